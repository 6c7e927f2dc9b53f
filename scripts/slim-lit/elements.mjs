import { PROPERTIES } from './properties.mjs';

/** Lit builds its own release so. */
export const NO_CHECKS = ['const DEV_MODE = true;', 'const DEV_MODE = false;'];

/** What is updated: one element, at once, with the controllers that it has from the start. */
export const REACTIVE_ELEMENT = {
  definitions: {
    ...PROPERTIES,
    // Styles in nested lists.
    'ReactiveElement.finalizeStyles': '',
    // Controllers that come and go.
    'ReactiveElement.removeController': '',
    // Updates that are put off.
    'ReactiveElement.scheduleUpdate': '',
    'ReactiveElement.getUpdateComplete': '',
    'ReactiveElement.shouldUpdate': '',
    'ReactiveElement.createRenderRoot': `
    createRenderRoot() {
        const renderRoot = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
        renderRoot.adoptedStyleSheets = this.constructor.styles.map(({ styleSheet }) => styleSheet);
        return renderRoot;
    }
`,
    'ReactiveElement.constructor': `
    constructor() {
        super();
        this.isUpdatePending = false;
        this.hasUpdated = false;
        this.__updatePromise = new Promise((resolve) => (this.__enableUpdating = resolve));
        this._$changedProperties = new Map();
        this.__saveInstanceProperties();
        this.requestUpdate();
    }
`,
    'ReactiveElement.__initialize': '',
    'ReactiveElement.requestUpdate': `
    requestUpdate(name, oldValue, options) {
        if (name !== undefined) {
            if (is(this[name], oldValue)) return;
            if (!this._$changedProperties.has(name))
                this._$changedProperties.set(name, this.hasUpdated ? oldValue : undefined);
            if (options?.reflect && this.__reflectingProperty !== name)
                (this.__reflectingProperties ??= new Set()).add(name);
        }
        if (!this.isUpdatePending) this.__updatePromise = this.__enqueueUpdate();
    }
`,
    'ReactiveElement.performUpdate': '',
    'ReactiveElement.__enqueueUpdate': `
    async __enqueueUpdate() {
        this.isUpdatePending = true;
        try {
            await this.__updatePromise;
        } catch (error) {
            // Reported as an error that nobody handled: it is of the update before.
            Promise.reject(error);
        }
        if (!this.hasUpdated) {
            for (const [name, value] of this.__instanceProperties) this[name] = value;
            this.__instanceProperties.clear();
        }
        const changedProperties = this._$changedProperties;
        try {
            this.willUpdate(changedProperties);
            this.update(changedProperties);
        } catch (error) {
            this.__markUpdated();
            throw error;
        }
        this.hasUpdated = true;
        this.updated(changedProperties);
        return !this.isUpdatePending;
    }
`,
    'ReactiveElement._$didUpdate': '',
  },
  texts: [
    NO_CHECKS,
    ['const global = globalThis;', 'const global = {};'],
    ["Symbol.metadata ??= Symbol('metadata');", ''],
    ['global.litPropertyMetadata ??= new WeakMap();', ''],
    ['this.constructor._initializers?.forEach((i) => i(this));', ''],
    ["import { getCompatibleStyle, adoptStyles, } from './css-tag.js';", ''],
    ['this.enableUpdating(true);', 'this.__enableUpdating();'],
    // What is there to be overridden, and what our element overrides.
    ['enableUpdating(_requestedUpdate) { }', ''],
    ['willUpdate(_changedProperties) { }', ''],
    ['updated(_changedProperties) { }', ''],
    ['firstUpdated(_changedProperties) { }', ''],
    ['ReactiveElement.elementStyles = [];', ''],
    ["ReactiveElement.shadowRootOptions = { mode: 'open' };", ''],
    ["ReactiveElement[JSCompiler_renameProperty('elementProperties', ReactiveElement)] = new Map();", ''],
    ["ReactiveElement[JSCompiler_renameProperty('finalized', ReactiveElement)] = new Map();", ''],
    ['this.renderRoot !== undefined && this.isConnected', 'false'],
    ['this.__instanceProperties = undefined;', ''],
    ['return this.getUpdateComplete();', 'return this.__updatePromise;'],
    ['polyfillSupport?.({ ReactiveElement });', ''],
    ["(global.reactiveElementVersions ??= []).push('2.1.2');", ''],
  ],
};

/** Only the element's own: nothing else is rendered by it, and no part must hear that it left the page. */
export const LIT_ELEMENT = {
  definitions: {
    'LitElement.constructor': '',
    'LitElement.createRenderRoot': '',
    'LitElement.connectedCallback': '',
    'LitElement.disconnectedCallback': '',
    'LitElement.render': '',
  },
  texts: [
    NO_CHECKS,
    ['this.renderOptions.isConnected = this.isConnected;', ''],
    [
      'this.__childPart = render(value, this.renderRoot, this.renderOptions);',
      'render(value, this.renderRoot);',
    ],
    ["LitElement['_$litElement$'] = true;", ''],
    ["LitElement[JSCompiler_renameProperty('finalized', LitElement)] = true;", ''],
    ['global.litElementHydrateSupport?.({ LitElement });', ''],
    ['polyfillSupport?.({ LitElement });', ''],
    ["(global.litElementVersions ??= []).push('4.2.2');", ''],
  ],
};
