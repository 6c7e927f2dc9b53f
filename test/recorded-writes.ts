import { parseSnapshot, type Snapshot } from '../src/sdk/index.js';
import { growthActions } from '../src/sdk/growth/actions.ts';
import { readRecording } from './recorded-wiki.ts';

export const NOW = new Date('2026-11-22T11:00:00Z');

/** Returns a signal that is never aborted. */
export const neverAborted = () => ({ signal: new AbortController().signal });

export const snapshotFor = (name: string, more: object = {}): Snapshot =>
  parseSnapshot({ viewer: { name }, mentor: { name: 'Mentor Marcus' }, ...more });

export interface Sent {
  method: string;
  url: URL;
  params: Record<string, string>;
  headers: Headers;
}

type Answer = (sent: Sent) => Response | Promise<Response>;

/** Creates a `fetch` that records requests. */
export function recordingFetch(answer: Answer): { sent: Sent[]; fetch: typeof fetch } {
  const sent: Sent[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const body = request.method === 'POST' ? new URLSearchParams(await request.text()) : [];
    const params = Object.fromEntries([...url.searchParams, ...body]);
    const one = { method: request.method, url, params, headers: request.headers };
    sent.push(one);
    request.signal.throwIfAborted();
    return answer(one);
  };
  return { sent, fetch };
}

export const posts = (sent: readonly Sent[]) => sent.filter(({ method }) => method === 'POST');

interface PreflightState {
  userinfo?: object;
  revision?: number;
  token?: string;
}

/** Returns the response to the preflight of a write. */
export const preflightResponse = ({
  userinfo = {},
  revision = 38,
  token = 'CSRF-TOKEN+\\',
}: PreflightState = {}) => ({
  batchcomplete: true,
  query: {
    ...(readRecording('site/siteinfo.json').response.body.query as object),
    userinfo: { id: 8, name: 'Newcomer Ana', options: {}, ...userinfo },
    tokens: { csrftoken: token },
    usercontribs: revision
      ? [{ userid: 8, user: 'Newcomer Ana', pageid: 3, revid: revision, parentid: 1 }]
      : [],
  },
});

interface BcError {
  error?: { code: string; info: string; docref?: string } & Record<string, unknown>;
}

/** Converts an error to the format of errorformat=plaintext; the recordings have the older one. */
function asPlaintext(body: BcError): object {
  if (!body.error) return body;
  const { code, info, docref, ...data } = body.error;
  return { errors: [{ code, text: info, ...(Object.keys(data).length > 0 && { data }) }], docref };
}

export const ERROR_FORMATS = {
  'as it was recorded': (body: object) => body,
  'with errorformat=plaintext': asPlaintext,
};

interface Replay {
  form?: (body: object) => object;
  before?: PreflightState;
  /** Responses to other GET requests, by action. */
  reads?: Record<string, object>;
}

/** Creates GrowthExperiments actions on a wiki that responds to each POST with a recording. */
export function replayWrite(file: string, { form = (body) => body, before, reads = {} }: Replay = {}) {
  const exchange = readRecording(`writes/${file}.json`) as ReturnType<typeof readRecording> & {
    as_user: string;
    request: { post: Record<string, string> };
  };
  const { status, headers, body } = exchange.response;
  const { sent, fetch } = recordingFetch(({ method, params }) =>
    method === 'POST'
      ? new Response(JSON.stringify(form(body)), { status, headers })
      : Response.json(reads[params.action ?? ''] ?? preflightResponse(before)),
  );
  const actions = growthActions({
    api: 'https://wiki.example/w/api.php',
    fetch,
    now: () => NOW,
    random: () => 0,
  });
  return { actions, sent, recordedParams: exchange.request.post, recordedUser: exchange.as_user };
}
