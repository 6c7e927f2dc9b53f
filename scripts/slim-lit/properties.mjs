/** Properties of one element, given as `{}`, `{ reflect: true }` or `{ attribute: false }`, in small letters. */
export const PROPERTIES = {
  // Decorators.
  'ReactiveElement.addInitializer': '',
  'ReactiveElement.getPropertyOptions': '',
  // Ours is registered, and so prepared, before anybody can have a class below it.
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
        if (this.__prepared === this) return;
        this.__prepared = this;
        this.__attributes = [];
        this.__properties = { ...this.__properties, ...this.properties };
        for (const [name, options] of Object.entries(this.__properties)) {
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
  'ReactiveElement.__saveInstanceProperties': `
    __saveInstanceProperties() {
        this.__instanceProperties = new Map();
        for (const name of Object.keys(this.constructor.__properties)) {
            if (this.hasOwnProperty(name)) {
                this.__instanceProperties.set(name, this[name]);
                delete this[name];
            }
        }
    }
`,
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
  'ReactiveElement._$changeProperty': '',
};
