/**
 * What ky does for callers that we do not have: there are two, one GETs, one POSTs, and both pass all of their options. The tests of
 * the API's faults run on the result.
 */
export const KY_MODULES = {
  // Instances, defaults and merging of options.
  'ky/distribution/index.js': `
    import { Ky } from './core/Ky.js';
    export { HTTPError } from './errors/HTTPError.js';
    export { TimeoutError } from './errors/TimeoutError.js';
    const call = (method) => (url, options) => Ky.create(url, { ...options, method });
    export default { get: call('GET'), post: call('POST') };`,
  // Long messages: the SDK's own error says it in its words and has these as cause.
  'ky/distribution/errors/HTTPError.js': `
    export class HTTPError extends Error {
      constructor(response) { super('HTTP ' + response.status); this.name = 'HTTPError'; this.response = response; }
    }`,
  'ky/distribution/errors/TimeoutError.js': `
    export class TimeoutError extends Error {
      constructor() { super(); this.name = 'TimeoutError'; }
    }`,
};

export const KY = {
  // Hooks, progress, forms, bodies of JSON, search parameters, prefixes, jitter and rules of its own for when to try
  // again; what is left is one request, its time, and that it is tried again as the caller says.
  'ky/distribution/core/Ky.js': {
    texts: [
      ['    #abortController;\n', ''],
      ['    #input;\n', ''],
      ['    #originalRequest;\n', ''],
      ['    #userProvidedAbortSignal;\n', ''],
      ['    #cachedNormalizedOptions;\n', ''],
    ],
    definitions: {
      'Ky.create': `
    static create(input, options) {
        const ky = new Ky(input, options);
        return ky.#retry(async () => {
            const response = await ky.#fetch();
            if (!response.ok && ky.#options.throwHttpErrors !== false) throw new HTTPError(response);
            return response;
        });
    }
`,
      'Ky.constructor': `
    constructor(input, options) {
        this.#options = options;
        this.request = new Request(input, options);
    }
`,
      'Ky.#calculateRetryDelay': `
    async #calculateRetryDelay(error) {
        const { limit, shouldRetry, delay } = this.#options.retry;
        const retryCount = ++this.#retryCount;
        if (retryCount > limit || !(await shouldRetry({ error, retryCount }))) throw error;
        return delay(retryCount);
    }
`,
      'Ky.#retry': `
    async #retry(function_) {
        try {
            return await function_();
        } catch (error) {
            await delay(await this.#calculateRetryDelay(error), this.#options);
            return this.#retry(function_);
        }
    }
`,
      // What is sent is a copy, so that the request can be sent again.
      'Ky.#fetch': `
    async #fetch() {
        const controller = new AbortController();
        const signal = AbortSignal.any([this.#options.signal, controller.signal]);
        return timeout(new Request(this.request.clone(), { signal }), {}, controller, this.#options);
    }
`,
      'Ky.#normalizeSearchParams': '',
      'Ky.#calculateDelay': '',
      'Ky.#assignRequest': '',
      'Ky.#wrapRequestWithUploadProgress': '',
      'Ky.#getNormalizedOptions': '',
      'Ky.#decorateResponse': '',
      'Ky.#cancelResponseBody': '',
      'Ky.#cancelBody': '',
    },
  },
  // Callers without a signal, and browsers without AbortController.
  'ky/distribution/utils/delay.js': {
    texts: [
      ['if (signal)', 'if (true)'],
      ['signal?.', 'signal.'],
      ['async function', 'function'],
    ],
  },
  'ky/distribution/utils/timeout.js': {
    texts: [
      ['if (abortController)', 'if (true)'],
      ['async function', 'function'],
    ],
  },
};
