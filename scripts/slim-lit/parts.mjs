/** Where the values of a template go: children, whole attributes, properties and listeners. No part asks what is above it. */
export const PARTS = {
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
};
