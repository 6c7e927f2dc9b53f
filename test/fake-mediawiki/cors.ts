/** What a wiki does about a request from a page of another origin. */
interface CorsResult {
  /** Added to the answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** In place of the answer. */
  readonly earlyResponse: Response | null;
}

const html = { 'content-type': 'text/html; charset=UTF-8', 'x-content-type-options': 'nosniff' } as const;

const mismatch = () =>
  new Response("'origin' parameter does not match Origin header\n", {
    status: 403,
    headers: { ...html, 'cache-control': 'no-cache' },
  });

function preflight(origin: string, asked: Headers): Response {
  const names = asked.get('access-control-request-headers');
  return new Response(null, {
    headers: {
      ...html,
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'POST, GET, HEAD',
      ...(names === null ? {} : { 'access-control-allow-headers': names }),
    },
  });
}

/** What follows from the `origin` in the address; `listed` are those that may send the viewer's cookies. */
export function checkOrigin(url: URL, request: Request, listed: readonly string[]): CorsResult {
  const origin = url.searchParams.get('origin');
  if (origin === null || origin === '*') return { headers: {}, earlyResponse: null };
  // A browser adds the header where a request leaves the page, and none does on its way to a wiki in memory.
  if ((request.headers.get('origin') ?? origin) !== origin) return { headers: {}, earlyResponse: mismatch() };
  if (!listed.includes(origin))
    return { headers: { 'mediawiki-cors-rejection': 'Origin mismatch' }, earlyResponse: null };
  if (request.method === 'OPTIONS') return { headers: {}, earlyResponse: preflight(origin, request.headers) };
  return {
    headers: {
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers':
        'MediaWiki-API-Error, Retry-After, X-Database-Lag, MediaWiki-Login-Suppressed',
    },
    earlyResponse: null,
  };
}
