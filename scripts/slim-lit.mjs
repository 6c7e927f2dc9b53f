/**
 * What Lit does for templates and properties of kinds that we do not have. Lit's own source is what is built
 * (`development`, with its checks switched off, as Lit builds its own release), so that the text here can be read.
 */
const NO_CHECKS = ['const DEV_MODE = true;', 'const DEV_MODE = false;'];

/** One element, whose properties are given as `{}`, `{ reflect: true }` or `{ attribute: false }`, in small letters. */
const REACTIVE_ELEMENT = {
  definitions: {
    // Decorators.
    'ReactiveElement.addInitializer': '',
    'ReactiveElement.getPropertyOptions': '',
    // Styles in nested lists.
    'ReactiveElement.finalizeStyles': '',
    // Controllers that come and go.
    'ReactiveElement.removeController': '',
    // Updates that are put off.
    'ReactiveElement.scheduleUpdate': '',
    'ReactiveElement.getUpdateComplete': '',
    'ReactiveElement.shouldUpdate': '',
    // Properties of a class above.
    'ReactiveElement.__prepare': '',
    'ReactiveElement.__attributeNameForProperty': '',
    'ReactiveElement.getPropertyDescriptor': '',
    'ReactiveElement.observedAttributes': `
    static get observedAttributes() {
        this.finalize();
        return this.__attributes;
    }
`,
    'ReactiveElement.createProperty': '',
    'ReactiveElement.finalize': `
    static finalize() {
        if (this.__attributes) return;
        this.__attributes = [];
        for (const [name, options] of Object.entries(this.properties)) {
            const key = Symbol();
            defineProperty(this.prototype, name, {
                get() {
                    return this[key];
                },
                set(value) {
                    const oldValue = this[key];
                    this[key] = value;
                    this.requestUpdate(name, oldValue, options);
                },
                configurable: true,
                enumerable: true,
            });
            if (options.attribute !== false) this.__attributes.push(name);
        }
    }
`,
    'ReactiveElement.createRenderRoot': `
    createRenderRoot() {
        const renderRoot = this.shadowRoot ?? this.attachShadow({ mode: 'open' });
        renderRoot.adoptedStyleSheets = this.constructor.styles.map(({ styleSheet }) => styleSheet);
        return renderRoot;
    }
`,
    'ReactiveElement.__saveInstanceProperties': `
    __saveInstanceProperties() {
        this.__instanceProperties = new Map();
        for (const name of Object.keys(this.constructor.properties)) {
            if (this.hasOwnProperty(name)) {
                this.__instanceProperties.set(name, this[name]);
                delete this[name];
            }
        }
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
    'ReactiveElement.__propertyToAttribute': `
    __propertyToAttribute(name, value) {
        this.__reflectingProperty = name;
        if (value == null) this.removeAttribute(name);
        else this.setAttribute(name, value);
        this.__reflectingProperty = null;
    }
`,
    'ReactiveElement.attributeChangedCallback': `
    attributeChangedCallback(name, _old, value) {
        if (!this.constructor.__attributes.includes(name) || this.__reflectingProperty === name) return;
        this.__reflectingProperty = name;
        this[name] = value;
        this.__reflectingProperty = null;
    }
`,
    'ReactiveElement._$attributeToProperty': '',
    'ReactiveElement.requestUpdate': `
    requestUpdate(name, oldValue, options) {
        if (name !== undefined) {
            if (is(this[name], oldValue)) return;
            if (!this._$changedProperties.has(name))
                this._$changedProperties.set(name, this.hasUpdated ? oldValue : undefined);
            if (options.reflect && this.__reflectingProperty !== name)
                (this.__reflectingProperties ??= new Set()).add(name);
        }
        if (!this.isUpdatePending) this.__updatePromise = this.__enqueueUpdate();
    }
`,
    'ReactiveElement._$changeProperty': '',
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
const LIT_ELEMENT = {
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

/** Only templates whose expressions are children, whole attributes, properties or listeners. */
const LIT_HTML = {
  definitions: {
    resolveDirective: '',
    _$LH: '',
    render: `
export const render = (value, container) => {
    const part = (container['_$litPart$'] ??= new ChildPart(container.insertBefore(createMarker(), null), null));
    part._$setValue(value);
    return part;
};
`,
    ElementPart: '',
    'TemplateInstance.parentNode': '',
    'TemplateInstance._$isConnected': '',
    'TemplateInstance.constructor': `
    constructor(template) {
        this._$parts = [];
        this._$template = template;
    }
`,
    'TemplateInstance._clone': `
    _clone() {
        const { el, parts } = this._$template;
        const fragment = d.importNode(el.content, true);
        walker.currentNode = fragment;
        let node;
        let nodeIndex = -1;
        for (const { index, name, ctor } of parts) {
            for (; nodeIndex < index; nodeIndex++) node = walker.nextNode();
            this._$parts.push(ctor ? new ctor(node, name) : new ChildPart(node, node.nextSibling));
        }
        walker.currentNode = d;
        return fragment;
    }
`,
    'TemplateInstance._update': `
    _update(values) {
        this._$parts.forEach((part, index) => part._$setValue(values[index]));
    }
`,
    'Template.createElement': '',
    'ChildPart.parentNode': '',
    'ChildPart._$isConnected': '',
    'ChildPart.startNode': '',
    'ChildPart.endNode': '',
    'ChildPart.setConnected': '',
    'ChildPart.constructor': `
    constructor(startNode, endNode) {
        this._$committedValue = nothing;
        this._$startNode = startNode;
        this._$endNode = endNode;
    }
`,
    'AttributePart.tagName': '',
    'AttributePart._$isConnected': '',
    'AttributePart.constructor': `
    constructor(element, name) {
        this._$committedValue = nothing;
        this.element = element;
        this.name = name;
    }
`,
    'PropertyPart.constructor': '',
    'BooleanAttributePart.constructor': '',
    'AttributePart._$setValue': `
    _$setValue(value) {
        if (value === this._$committedValue) return;
        this._$committedValue = value;
        this._commitValue(value);
    }
`,
    'EventPart.constructor': '',
    'EventPart._$setValue': `
    _$setValue(value) {
        const listener = value ?? nothing;
        const oldListener = this._$committedValue;
        this._$committedValue = listener;
        const [isOff, wasOff] = [listener === nothing, oldListener === nothing];
        if (isOff !== wasOff)
            this.element[isOff ? 'removeEventListener' : 'addEventListener'](this.name, this);
    }
`,
    'EventPart.handleEvent': `
    handleEvent(event) {
        this._$committedValue.call(this.element, event);
    }
`,
  },
  texts: [
    NO_CHECKS,
    ['const ENABLE_EXTRA_SECURITY_HOOKS = true;', 'const ENABLE_EXTRA_SECURITY_HOOKS = false;'],
    ['const ENABLE_SHADYDOM_NOPATCH = true;', 'const ENABLE_SHADYDOM_NOPATCH = false;'],
    // SVG, MathML, comments and raw text.
    ['type === SVG_RESULT', 'false'],
    ['type === MATHML_RESULT', 'false'],
    [String.raw`/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g`, String.raw`/<\/?[a-z][^>\s]*/g`],
    ["match[COMMENT_START] === '!--'", 'false'],
    ['match[COMMENT_START] !== undefined', 'false'],
    ['match[TAG_NAME] !== undefined', 'true'],
    ['regex === commentEndRegex || regex === comment2EndRegex', 'false'],
    ['data === markerMatch', 'true'],
    ['rawTextElement.test(match[TAG_NAME])', 'false'],
    ['rawTextElement.test(node.tagName)', 'false'],
    ['rawTextEndRegex ?? textEndRegex', 'textEndRegex'],
    ['rawTextEndRegex = undefined;', ''],
    // Expressions that are a part of an attribute, or stand in a tag.
    ['match[ATTRIBUTE_NAME] === undefined', 'false'],
    ['attrNameEndIndex >= 0', 'true'],
    ["const end = regex === tagEndRegex && strings[i + 1].startsWith('/>') ? ' ' : '';", ''],
    ['marker +\n                        end', 'marker'],
    ['(attrNameEndIndex === -2 ? i : end)', "''"],
    ["match[QUOTE_CHAR] === '\"'", 'true'],
    [
      "new RegExp(`>|${SPACE_CHAR}(?:(${NAME_CHAR}+)(${SPACE_CHAR}*=${SPACE_CHAR}*(?:${ATTR_VALUE_CHAR}|(\"|')|))|$)`, 'g')",
      String.raw`/>|\s([^\s"'>=/]+)(\s*=\s*(?:[^\s"'\`<>=]|(")|))/g`.replace('\\`', '`'),
    ],
    ['const value = node.getAttribute(name);', ''],
    ['const statics = value.split(marker);', ''],
    ['strings: statics,', ''],
    ['type: ATTRIBUTE_PART,', ''],
    ['type: CHILD_PART, ', ''],
    ['node.hasAttributes()', 'true'],
    [
      'this.el = Template.createElement(html, options);',
      "this.el = d.createElement('template'); this.el.innerHTML = html;",
    ],
    ['name.startsWith(marker)', 'false'],
    // Templates that were compiled, and options of rendering.
    ["typeof type === 'number'", 'true'],
    // A function is shown as its text, as any other value.
    [" && typeof value != 'function'", ''],
    ['policy !== undefined', 'policy'],
    ['start = wrap(this._$startNode).nextSibling, from)', 'start = wrap(this._$startNode).nextSibling)'],
    ['.nextSibling, partIndex)', '.nextSibling)'],
    ['this, this.options)', ')'],
    ['this._$notifyConnectionChanged?.(false, true, from);', ''],
    ['value = resolveDirective(this, value, directiveParent);', ''],
    ['_$setValue(value, directiveParent = this)', '_$setValue(value)'],
    ['new TemplateInstance(template, this)', 'new TemplateInstance(template)'],
    ['instance._clone(this.options)', 'instance._clone()'],
    ['wrap(start)', 'start'],
    ['else if (isIterable(value))', 'else if (isArray(value))'],
    [' && value !== noChange', ''],
    ['polyfillSupport?.(Template, ChildPart);', ''],
    ["(global.litHtmlVersions ??= []).push('3.3.3');", ''],
  ],
};

export const LIT_MODULES = {
  // Browsers without constructable stylesheets: they have no container queries either.
  '@lit/reactive-element/development/css-tag.js': `
    export const css = ([text]) => {
      const styleSheet = new CSSStyleSheet();
      styleSheet.replaceSync(text);
      return { styleSheet };
    };`,
};

export const LIT = {
  '@lit/reactive-element/development/reactive-element.js': REACTIVE_ELEMENT,
  'lit-element/development/lit-element.js': LIT_ELEMENT,
  'lit-html/development/lit-html.js': LIT_HTML,
};

const UNSUPPORTED = [
  [/import [^;]*\b(svg|mathml|noChange|unsafeCSS)\b[^;]* from 'lit'/, 'It imports more of Lit'],
  [/from 'lit\/|from 'lit-/, 'It has directives'],
  [/\bcss`[^`]*\$\{/, 'It has an expression in its styles'],
  [/\b(host(Update|Updated)|firstUpdated|shouldUpdate|removeController)\(/, 'It has hooks of updates'],
  [/<[\w-]+(\s[^<>$]*)?\s\$\{/, 'It has an expression for an element in a template'],
  [/\s[\w-]+=["'][^"'\n]*\$\{/, 'It has an expression for a part of an attribute in a template'],
  [/\s[\w-]+='/, 'It has attributes in single quotes in a template'],
  [
    /<!--|<(script|style|title)\b|<textarea\b(?![^<]*><\/textarea>)/,
    'It has comments or raw text in a template',
  ],
];

/** Says what a module of ours does that only the whole of Lit can; null: nothing. */
export function unsupportedIn(code) {
  if (!/from 'lit/.test(code)) return null;
  const properties = /static override properties = \{\n([^]*?)\n {2}\};/.exec(code)?.[1] ?? '';
  const odd = properties
    .split('\n')
    .find((line) => line && !/^ +[a-z]+: \{( reflect: true | attribute: false )?\},$/.test(line));
  if (odd) return `It has a property with other options or in capitals: ${odd.trim()}`;
  return UNSUPPORTED.find(([pattern]) => pattern.test(code))?.[1] ?? null;
}
