import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { environment, type Wiki } from './start-wiki.ts';

/** A request with a token that reached the wiki. */
interface ForwardedRequest {
  url: URL;
  method: string;
  authorization: string | undefined;
  cookie: string | undefined;
}

interface HostOptions {
  /** The element's source sends cookies. */
  credentials?: true;
  /** The OAuth token of the element, which the proxy in front of the wiki accepts. */
  token?: string;
}

export interface HostPage {
  origin: string;
  /** The host as listed in $wgCrossSiteAJAXdomains. */
  name: string;
  /** Returns the URL of a page with an element. */
  urlFor(element: string, options?: HostOptions): string;
  forwarded: ForwardedRequest[];
  close(): Promise<void>;
}

/** The user that the token belongs to. */
const OWNER = 'n_ben';

const TYPES: Record<string, string> = { js: 'text/javascript', json: 'application/json' };

function sourceOf({ credentials, token }: HostOptions, wiki: Wiki, proxy: string): string {
  if (credentials) return `element.source = autoSource({ api: '${wiki.api}', credentials: 'include' });`;
  return token ? `element.api = '${proxy}'; element.token = async () => '${token}';` : '';
}

const html = (element: string, script: string) => `<!doctype html><html lang="en"><title>Host</title>
<body>${element}</mentorship-module>
<script type="module">
  import { autoSource } from '/dist/sdk.js';
  const element = document.querySelector('mentorship-module');
  window.heard = [];
  for (const type of ['mentorship-ready', 'mentorship-error'])
    element.addEventListener(type, () => window.heard.push(type));
  ${script}
  void autoSource;
  await import('/dist/mentorship-module.js');
</script></body></html>`;

const CORS_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization, api-user-agent',
};

/**
 * Starts two servers of other origins: a page, and a proxy of the wiki that accepts tokens, which MediaWiki 1.39
 * alone does not.
 */
export async function startHostPage(wiki: Wiki): Promise<HostPage> {
  const forwarded: ForwardedRequest[] = [];
  const proxy = await serve(async (request, response) => {
    if (request.method === 'OPTIONS') {
      response.writeHead(204, CORS_HEADERS).end();
      return;
    }
    const { authorization, cookie } = request.headers;
    const url = new URL(request.url ?? '', wiki.url);
    forwarded.push({ url: new URL(url), method: request.method ?? '', authorization, cookie });
    url.searchParams.delete('crossorigin');
    const answer = await fetch(url, {
      method: request.method ?? '',
      headers: { cookie: await wiki.login(OWNER), 'content-type': request.headers['content-type'] ?? '' },
      body: request.method === 'POST' ? await text(request) : null,
    });
    response.writeHead(answer.status, { ...CORS_HEADERS, 'content-type': 'application/json' });
    response.end(await answer.text());
  });
  const api = `${proxy.origin}/w/api.php`;

  const page = await serve(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://host.invalid');
    const file = /^\/dist\/(?:[\w.-]+\/)*[\w.-]+\.(\w+)$/.exec(url.pathname);
    if (file) {
      response.setHeader('content-type', TYPES[file[1] ?? ''] ?? 'text/plain');
      response.end(await readFile(new URL(`.${url.pathname}`, environment.root)));
    } else if (url.pathname === '/') {
      const options = JSON.parse(url.searchParams.get('options') ?? '{}') as HostOptions;
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(html(url.searchParams.get('element') ?? '', sourceOf(options, wiki, api)));
    } else response.writeHead(204).end();
  });
  return {
    origin: page.origin,
    name: new URL(page.origin).host,
    urlFor: (element, options = {}) =>
      `${page.origin}/?${new URLSearchParams({ element, options: JSON.stringify(options) }).toString()}`,
    forwarded,
    close: async () => {
      await Promise.all([page.close(), proxy.close()]);
    },
  };
}

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>) {
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { origin: `http://127.0.0.1:${port}`, close };
}
