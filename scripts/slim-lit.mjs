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
    // Classes with other properties than their parents.
    'ReactiveElement.__prepare': '',
    'ReactiveElement.getPropertyOptions': '',
    'ReactiveElement.finalize': `
    static finalize() {
        if (this.hasOwnProperty('finalized')) return;
        this.finalized = true;
        for (const name in this.properties) this.createProperty(name, this.properties[name]);
    }
`,
    'ReactiveElement.observedAttributes': `
    static get observedAttributes() {
        this.finalize();
        return Object.keys(this.properties).filter((name) => this.properties[name].attribute !== false);
    }
`,
    'ReactiveElement.__attributeNameForProperty': '',
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
    _$attributeToProperty(name, value) {
        if (!(name in this.constructor.properties) || this.__reflectingProperty === name) return;
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
    ['this.constructor._initializers?.forEach((i) => i(this));', ''],
    ['elementProperties.keys()', 'Object.keys(elementProperties)'],
    ['.elementProperties;', '.properties;'],
    ['this.constructor.elementStyles', 'this.constructor.styles'],
    ['ReactiveElement.elementStyles = [];', ''],
    ["ReactiveElement[JSCompiler_renameProperty('elementProperties', ReactiveElement)] = new Map();", ''],
    ["ReactiveElement[JSCompiler_renameProperty('finalized', ReactiveElement)] = new Map();", ''],
    ['this.__controllers?.forEach((c) => c.hostUpdated?.());', ''],
    ['this.firstUpdated(changedProperties);', ''],
    ['firstUpdated(_changedProperties) { }', ''],
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

/** No part must hear that it left the page. */
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
    // Where the expressions are. What stands before one of an attribute ends with its name and a sign of equality.
    getTemplateHtml: `
const getTemplateHtml = (strings) => {
    const attrNames = [];
    const html = strings.map((text, index) => {
        if (index === strings.length - 1) return text || '<?>';
        const [end, name] = /([^\\s"]+)="?$/.exec(text) ?? [];
        if (!end) return text + nodeMarker;
        attrNames.push(name);
        return text.slice(0, -end.length) + name + boundAttributeSuffix + end.slice(name.length) + marker;
    });
    return [trustFromTemplateString(strings, html.join('')), attrNames];
};
`,
    'PropertyPart.constructor': '',
    'BooleanAttributePart.constructor': '',
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
        if (isPrimitive(value) && value === this._$committedValue) return;
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
    ['data === markerMatch', 'true'],
    ['rawTextElement.test(node.tagName)', 'false'],
    // Expressions that are a part of an attribute, or stand in a tag.
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
  [/>[^<]*=["']?\$\{/, 'It has text that looks like an attribute in a template'],
  [/\bhostUpdated?\(|\bfirstUpdated\(|\bshouldUpdate\(/, 'It has more to do with updates'],
  [/<!--/, 'It has a comment in a template'],
  [/<(script|style|textarea|title)\b[^>]*>[^<]*\$\{/, 'It has an expression in raw text in a template'],
];

/** Says what a module of ours does that only the whole of Lit can; null: nothing. */
export function unsupportedIn(code) {
  if (!/from 'lit/.test(code)) return null;
  const properties = /static override properties = \{\n([^]*?)\n {2}\};/.exec(code)?.[1] ?? '';
  const odd = properties
    .split('\n')
    .find((line) => line && !/^ +[a-z]+: \{( reflect: true | attribute: false )?\},$/.test(line));
  if (odd) return `It has a property with other options or in capitals: ${odd.trim()}`;
  return UNSUPPORTED.find(([pattern]) => pattern.test(code.replaceAll('=>', '')))?.[1] ?? null;
}
