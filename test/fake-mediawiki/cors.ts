/** Result of the cross-origin check. */
interface CorsResult {
  /** Headers to add to the response. */
  readonly headers: Readonly<Record<string, string>>;
  /** Response to send without processing the request. */
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

/** Checks the `origin` parameter. Origins in `listed` may send the viewer's cookies. */
export function checkOrigin(url: URL, request: Request, listed: readonly string[]): CorsResult {
  const origin = url.searchParams.get('origin');
  if (origin === null || origin === '*') return { headers: {}, earlyResponse: null };
  // Accepts a missing `Origin` header, because requests to the fake wiki do not pass through the browser.
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
