import { rights } from './access.ts';
import { ApiError, type Call, split, type Warning } from './call.ts';

type Body = Record<string, unknown>;

function warningsBody(warnings: readonly Warning[], isLegacy: boolean): Body {
  if (warnings.length === 0) return {};
  if (!isLegacy) return { warnings: warnings.map(({ code, text, module }) => ({ code, text, module })) };
  const texts: Record<string, { warnings: string }> = {};
  for (const { module: path, text } of warnings) {
    const module = path.slice(path.lastIndexOf('+') + 1);
    const before = texts[module]?.warnings;
    texts[module] = { warnings: before === undefined ? text : `${before}\n${text}` };
  }
  return { warnings: texts };
}

const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

function errorBody(error: ApiError, format: string): Body {
  const { code, message, data, module, others } = error;
  // The recordings omit the link to the documentation and the trace of an exception.
  const isException = code.startsWith('internal_api_error');
  const reference = isException ? { trace: '(omitted)' } : { docref: '(omitted)' };
  if (format === 'bc') return { error: { code, info: message, ...data, ...reference } };
  const text = format === 'html' ? { html: escape(message) } : { text: message };
  const details = Object.keys(data).length > 0 ? { data } : {};
  const origin = module === null || isException ? {} : { module };
  return {
    errors: [{ code, ...text, ...details, ...origin }, ...others.map((other) => ({ ...other, ...origin }))],
    ...reference,
  };
}

/** Modules whose responses do not depend on the viewer, and those that the wiki does not know. */
const isPublicModule = ({ wiki }: Call, module: string): boolean =>
  ['siteinfo', 'revisions'].includes(module) ||
  (module === 'growthmentorlist' && wiki.software.extensions !== 'growth');

/** Returns true if any cache may store the response: without data of the viewer, and not in the viewer's language. */
function isPublic(call: Call): boolean {
  const modules = ['list', 'meta', 'prop'].flatMap((kind) => split(call.get(kind) ?? ''));
  return (
    call.get('action') === 'query' &&
    modules.every((module) => isPublicModule(call, module)) &&
    (call.get('uselang') === 'content' || call.viewer.kind === 'anonymous') &&
    !rights(call.wiki, call.viewer).includes('deletedhistory')
  );
}

function cacheControl(call: Call, error: ApiError | null): string {
  const [browser, shared] = [call.amount('maxage', 0), call.amount('smaxage', 0)];
  return !error && browser + shared > 0 && isPublic(call)
    ? `s-maxage=${shared}, max-age=${browser}, public`
    : `private, must-revalidate, max-age=${error ? 0 : browser}`;
}

function headersFor(call: Call, error: ApiError | null): Headers {
  const headers = new Headers({
    'content-type': 'application/json; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'content-disposition': 'inline; filename=api-result.json',
    'cache-control': cacheControl(call, error),
    ...error?.headers,
  });
  if (error) headers.set('mediawiki-api-error', [error, ...error.others].map(({ code }) => code).join(', '));
  if (call.withoutCredentials) {
    headers.set('mediawiki-login-suppressed', 'true');
    headers.set('access-control-allow-origin', '*');
    headers.set('access-control-allow-credentials', 'false');
    headers.set(
      'access-control-expose-headers',
      'MediaWiki-API-Error, Retry-After, X-Database-Lag, MediaWiki-Login-Suppressed',
    );
  }
  return headers;
}

/** Formats a response or an error as requested. Errors too have HTTP status 200. */
export function respond(call: Call, run: () => Body): Response {
  const format = call.get('errorformat') ?? 'bc';
  let body: Body;
  let refusal: ApiError | null = null;
  try {
    body = run();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    refusal = error;
    body = errorBody(error, format);
  }
  const content = { ...warningsBody(call.warnings, format === 'bc'), ...body };
  return new Response(JSON.stringify(content), { headers: headersFor(call, refusal) });
}
