/**
 * What ky does for callers that we do not have: there are two, one GETs, one POSTs, and both pass all of their options. The tests of
 * the API's faults run on the result.
 */
export const KY_MODULES = {
  // Instances, defaults and merging of options: there are two callers, and they pass all of their options.
  'ky/distribution/index.js': `
    import { Ky } from './core/Ky.js';
    export { HTTPError } from './errors/HTTPError.js';
    export { TimeoutError } from './errors/TimeoutError.js';
    const call = (method) => (url, options) => Ky.create(url, { ...options, method });
    export default { get: call('get'), post: call('post') };`,
  'ky/distribution/utils/merge.js': `
    export const mergeHeaders = (first, second) => new Headers(second ?? first);
    export const mergeHooks = () => {};`,
  // Long messages: the SDK's own error says it in its words and has these as cause.
  'ky/distribution/errors/HTTPError.js': `
    export class HTTPError extends Error {
      constructor(response) { super('HTTP ' + response.status); this.name = 'HTTPError'; this.response = response; }
    }`,
  'ky/distribution/errors/TimeoutError.js': `
    export class TimeoutError extends Error {
      constructor() { super(); this.name = 'TimeoutError'; }
    }`,
  // Progress of uploads and downloads.
  'ky/distribution/utils/body.js': `
    export const streamRequest = (request) => request;
    export const streamResponse = (response) => response;`,
  'ky/distribution/utils/normalize.js': `
    export const normalizeRequestMethod = (method) => method.toUpperCase();
    export const normalizeRetryOptions = (retry) => ({ methods: ['get'], ...retry });`,
  // Detection of browsers that lack what the element needs anyway; options that are not for fetch.
  'ky/distribution/core/constants.js': `
    export const supportsRequestStreams = false;
    export const supportsAbortController = true;
    export const supportsAbortSignal = true;
    export const supportsResponseStreams = true;
    export const supportsFormData = false;
    export const responseTypes = {};
    export const requestMethods = ['get'];
    export const maxSafeTimeout = 2147483647;
    export const stop = Symbol();
    export class RetryMarker {}`,
  'ky/distribution/utils/options.js': `
    export const findUnknownOptions = () => ({});
    export const hasSearchParameters = () => false;`,
};

export const KY = {
  'ky/distribution/core/Ky.js': {
    texts: [
      ["this.#options.prefixUrl && typeof this.#input === 'string'", 'false'],
      ['this.#options.json !== undefined', 'false'],
      ['if (ky.#options.onDownloadProgress)', 'if (false)'],
      ['this.#options.onUploadProgress)', 'false)'],
      ['!this.#options.onUploadProgress || ', 'true || '],
      ['this.#options.parseJson)', 'false)'],
      ['this.#options.retry.jitter === true', 'false'],
      ["typeof this.#options.retry.jitter === 'function'", 'false'],
      ['this.#options.retry.shouldRetry !== undefined', 'true'],
      ['if (result === true)', 'if (true)'],
      ['this.#options.timeout === false', 'false'],
      ['hasSearchParameters(this.#options.searchParams)', 'false'],
      ["typeof ky.#options.timeout === 'number' && ky.#options.timeout > maxSafeTimeout", 'false'],
      [
        "typeof this.#input !== 'string' && !(this.#input instanceof URL || this.#input instanceof globalThis.Request)",
        'false',
      ],
      ['error instanceof Error ? error : new NonError(error)', 'error'],
      [
        'for (const [type, mimeType] of Object.entries(responseTypes))',
        'if (false) for (const [type, mimeType] of [])',
      ],
      ['for (const hook of this.#options.hooks.beforeRetry)', 'if (false) for (const hook of [])'],
      ['for (const hook of this.#options.hooks.beforeRequest)', 'if (false) for (const hook of [])'],
      ['for (const hook of ky.#options.hooks.afterResponse)', 'if (false) for (const hook of [])'],
      ['for (const hook of ky.#options.hooks.beforeError)', 'if (false) for (const hook of [])'],
      ["prefixUrl: String(options.prefixUrl || ''),", ''],
      ['context: options.context ?? {},', ''],
      ["options.headers && new globalThis.Headers(options.headers).has('content-type')", 'false'],
      ['if (this.#input instanceof globalThis.Request\n', 'if (false\n'],
      ['ky.#cancelBody(originalRequest?.body ?? undefined);', ''],
      ['ky.#cancelBody(ky.request.body ?? undefined);', ''],
      ['ky.#decorateResponse(response);', ''],
      ['ky.#getNormalizedOptions()', 'ky.#options'],
      ['errorObject instanceof ForceRetryError', 'false'],
      ['error instanceof ForceRetryError && error.customRequest', 'false'],
    ],
    definitions: {
      'Ky.#normalizeSearchParams': '',
      'Ky.#assignRequest': '',
      'Ky.#wrapRequestWithUploadProgress': '',
      'Ky.#getNormalizedOptions': '',
      'Ky.#decorateResponse': '',
      'Ky.#cancelResponseBody': '',
      'Ky.#cancelBody': '',
    },
  },
};
