/**
 * What Lit does for templates and properties of kinds that we do not have. Lit's own source is what is built
 * (`development`, with its checks switched off, as Lit builds its own release), so that the text here can be read.
 */
const NO_CHECKS = ['const DEV_MODE = true;', 'const DEV_MODE = false;'];

/** Only those of properties that are given as `{}`, `{ reflect: true }` or `{ attribute: false }`. */
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
    'ReactiveElement.createProperty': `
    static createProperty(name, options) {
        const key = Symbol();
        this.elementProperties.set(name, options);
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
    }
`,
    'ReactiveElement.getPropertyDescriptor': '',
    'ReactiveElement.__propertyToAttribute': `
    __propertyToAttribute(name, value) {
        this.__reflectingProperty = name;
        if (value == null) this.removeAttribute(name);
        else this.setAttribute(name, value);
        this.__reflectingProperty = null;
    }
`,
    'ReactiveElement._$attributeToProperty': `
    _$attributeToProperty(attribute, value) {
        const name = this.constructor.__attributeToPropertyMap.get(attribute);
        if (name === undefined || this.__reflectingProperty === name) return;
        this.__reflectingProperty = name;
        this[name] = value;
        this.__reflectingProperty = null;
    }
`,
    'ReactiveElement.requestUpdate': `
    requestUpdate(name, oldValue, options) {
        if (name !== undefined) {
            if (is(this[name], oldValue)) return;
            this._$changeProperty(name, oldValue, options);
        }
        if (!this.isUpdatePending) this.__updatePromise = this.__enqueueUpdate();
    }
`,
    'ReactiveElement.performUpdate': `
    performUpdate() {
        if (!this.isUpdatePending) return;
        if (!this.hasUpdated) {
            this.renderRoot ??= this.createRenderRoot();
            for (const [name, value] of this.__instanceProperties) this[name] = value;
            this.__instanceProperties.clear();
        }
        const changedProperties = this._$changedProperties;
        try {
            this.willUpdate(changedProperties);
            this.__controllers?.forEach((c) => c.hostUpdate?.());
            this.update(changedProperties);
        } catch (error) {
            this.__markUpdated();
            throw error;
        }
        this._$didUpdate(changedProperties);
    }
`,
  },
  texts: [
    NO_CHECKS,
    ["Symbol.metadata ??= Symbol('metadata');", ''],
    ['global.litPropertyMetadata ??= new WeakMap();', ''],
    ['const metadata = this[Symbol.metadata];', 'const metadata = null;'],
    ['...getOwnPropertySymbols(props),', ''],
    ['superCtor._initializers !== undefined', 'false'],
    ['this.constructor._initializers?.forEach((i) => i(this));', ''],
    ['this.finalizeStyles(this.styles)', 'this.styles'],
    ["typeof attribute === 'string'", 'false'],
    ["typeof name === 'string'", 'true'],
    ['this.renderRoot !== undefined && this.isConnected', 'false'],
    ['this.__instanceProperties = undefined;', ''],
    ['if (instanceProperties.size > 0)', 'if (true)'],
    ['{ useDefault, reflect, wrapped }, initializeValue)', '{ reflect })'],
    ['if (useDefault && !(', 'if (false && !('],
    ['!this.hasUpdated && !useDefault', '!this.hasUpdated'],
    ['const result = this.scheduleUpdate();', 'const result = this.performUpdate();'],
    ['if (result != null)', 'if (false)'],
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
    ElementPart: '',
    'TemplateInstance.parentNode': '',
    'TemplateInstance._$isConnected': '',
    'ChildPart.parentNode': '',
    'ChildPart._$isConnected': '',
    'ChildPart.startNode': '',
    'ChildPart.endNode': '',
    'ChildPart.setConnected': '',
    'AttributePart.tagName': '',
    'AttributePart._$isConnected': '',
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
        if (listener === nothing && oldListener !== nothing) this.element.removeEventListener(this.name, this);
        if (listener !== nothing && oldListener === nothing) this.element.addEventListener(this.name, this);
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
    ["regex === tagEndRegex && strings[i + 1].startsWith('/>')", 'false'],
    ["match[QUOTE_CHAR] === '\"'", 'true'],
    ['const value = node.getAttribute(name);', ''],
    ['const statics = value.split(marker);', ''],
    ['strings: statics,', ''],
    ['name.startsWith(marker)', 'false'],
    ["strings.length > 2 || strings[0] !== '' || strings[1] !== ''", 'false'],
    ['part.strings !== undefined', 'false'],
    ['templatePart.type === ATTRIBUTE_PART', 'true'],
    // Templates that were compiled, and options of rendering.
    ["typeof type === 'number'", 'true'],
    ['options?.creationScope ?? d', 'd'],
    ['options?.renderBefore ?? container', 'container'],
    ['options?.renderBefore ?? null', 'null'],
    ['endNode, undefined, options ?? {})', 'endNode)'],
    ['node.nextSibling, this, options)', 'node.nextSibling)'],
    ['templatePart.strings, this, options)', ')'],
    ['this, this.options)', ')'],
    ['this.options = options;', ''],
    ['this._$parent = parent;', ''],
    ['this._$disconnectableChildren = undefined;', ''],
    ['this._$notifyConnectionChanged?.(false, true, from);', ''],
    ['this.__isConnected = options?.isConnected ?? true;', ''],
    ['this.type = CHILD_PART;', ''],
    ['this.type = ATTRIBUTE_PART;', ''],
    ['part !== undefined', 'true'],
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

export const LIT = {
  '@lit/reactive-element/development/reactive-element.js': REACTIVE_ELEMENT,
  'lit-element/development/lit-element.js': LIT_ELEMENT,
  'lit-html/development/lit-html.js': LIT_HTML,
};

const UNSUPPORTED = [
  [/import [^;]*\b(svg|mathml|noChange)\b[^;]* from 'lit'/, 'It imports more of Lit'],
  [/from 'lit\/|from 'lit-/, 'It has directives'],
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
