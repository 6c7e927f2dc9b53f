import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { WikiPage } from '../src/sdk/index.js';

/** Responses of a real wiki to one viewer; see `test/recordings/README.md`. */
const RECORDINGS = path.resolve('test/recordings');

interface Exchange {
  request: { query: Record<string, string> };
  response: { status: number; headers: Record<string, string>; body: Record<string, unknown> };
}

export function readRecording(file: string): Exchange {
  return JSON.parse(readFileSync(path.join(RECORDINGS, file), 'utf8')) as Exchange;
}

const body = (file: string) => readRecording(file).response.body;

/** Responds to a batch with the recordings of its parts, as described in their README. */
export function recordedFetch(viewer: string, asked: URLSearchParams[] = []): typeof fetch {
  return async (input, init) => {
    const params = new URL(new Request(input, init).url).searchParams;
    asked.push(params);
    return Response.json(answer(viewer, params));
  };
}

function answer(viewer: string, params: URLSearchParams): unknown {
  if (params.get('action') === 'expandtemplates') return body(`${viewer}/08-expandtemplates-mentor.json`);
  if (params.get('list') === 'users|usercontribs')
    return {
      query: {
        ...(body(`${viewer}/09-users-mentor.json`).query as object),
        ...(body(`${viewer}/10-usercontribs-mentor.json`).query as object),
      },
    };
  return {
    ...(params.get('list') === 'growthmentorlist' ? body(`${viewer}/02-growthmentorlist.json`) : {}),
    query: {
      ...(params.get('meta')?.includes('userinfo')
        ? (body(`${viewer}/01-userinfo.json`).query as object)
        : {}),
      ...(body(`${viewer}/13-revisions-json.json`).query as object),
      ...(body('site/siteinfo.json').query as object),
    },
  };
}

/** Returns the variables of a recorded page, with the options of the same viewer. */
export function recordedPage(
  viewer: string,
  page: '30-html-mwconfig-Homepage' | '31-html-mwconfig-article',
): WikiPage {
  const { mwconfig } = body(`${viewer}/${page}.json`) as { mwconfig: Record<string, unknown> };
  const { options } = (
    body(`${viewer}/01-userinfo.json`).query as { userinfo: { options: Record<string, unknown> } }
  ).userinfo;
  return {
    config: { get: (name) => mwconfig[name] ?? null },
    options: { get: (name) => options[name] ?? null },
  };
}
