/**
 * What the bundled libraries carry for callers that we do not have, left out when `dist/mentorship-module.js` is
 * built. Each stand-in keeps the contract of what is called; docs/adr/0004 has the figures. The tests of the API's
 * faults run on the result.
 */
const STAND_INS = {
  // Instances, defaults and merging of options: there are two callers, and they pass all of their options.
  'ky/distribution/index.js': `
    import { Ky } from './core/Ky.js';
    export { HTTPError } from './errors/HTTPError.js';
    export { TimeoutError } from './errors/TimeoutError.js';
    export default {
      get: Ky.create,
      post: (url, options) => Ky.create(url, { ...options, method: 'post' }),
    };`,
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
  // Ids made from the text of a message: ours have names.
  '@lit/localize/internal/id-generation.js': `export const generateMsgId = () => '';`,
  // Browsers without constructable stylesheets: they have no container queries either.
  '@lit/reactive-element/css-tag.js': `
    export class CSSResult {
      constructor(text) { this.cssText = text; }
      get styleSheet() {
        if (!this.sheet) (this.sheet = new CSSStyleSheet()).replaceSync(this.cssText);
        return this.sheet;
      }
    }
    export const supportsAdoptingStyleSheets = true;
    export const css = (strings, ...values) => {
      if (values.length) throw new Error('css without values only');
      return new CSSResult(strings[0]);
    };
    export const unsafeCSS = (text) => new CSSResult(text);
    export const getCompatibleStyle = (style) => style;
    export const adoptStyles = (root, styles) => {
      root.adoptedStyleSheets = styles.map((style) => style.styleSheet);
    };`,
};

/** Options that are never given, in ky's class; each must be found, so that a new version of ky does not pass by. */
const ABSENT = {
  'ky/distribution/core/Ky.js': [
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
};

/** Methods that nothing calls once the above is gone. Private, so the build would fail if something did. */
const UNCALLED = {
  'ky/distribution/core/Ky.js': [
    'normalizeSearchParams',
    'assignRequest',
    'wrapRequestWithUploadProgress',
    'getNormalizedOptions',
    'decorateResponse',
    'cancelResponseBody',
    'cancelBody',
  ],
};

export const slim = {
  name: 'slim',
  load(id) {
    const path = Object.keys(STAND_INS).find((name) => id.endsWith(`/node_modules/${name}`));
    return path ? STAND_INS[path] : null;
  },
  transform(code, id) {
    const path = Object.keys(ABSENT).find((name) => id.endsWith(`/node_modules/${name}`));
    if (!path) return null;
    const replaced = ABSENT[path].reduce((text, [from, to]) => {
      if (!text.includes(from)) this.error(`${path} no longer has: ${from}`);
      return text.replaceAll(from, to);
    }, code);
    return UNCALLED[path].reduce((text, name) => {
      const rest = text.replace(new RegExp(`^    (static )?#${name}\\([^]*?^    \\}\\n`, 'm'), '');
      if (rest === text) this.error(`${path} no longer has: #${name}`);
      return rest;
    }, replaced);
  },
};
