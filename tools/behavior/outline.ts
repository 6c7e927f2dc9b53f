declare global {
  interface Element {
    /** Chromium's, with `--enable-blink-features=ComputedAccessibilityInfo`. */
    readonly computedRole: string;
    readonly computedName: string;
  }
}

/** Roles whose children are part of the name. */
const LEAVES = new Set([
  'button',
  'checkbox',
  'heading',
  'image',
  'img',
  'link',
  'menuitem',
  'option',
  'progressbar',
  'radio',
  'searchbox',
  'textbox',
]);

/** Roles that get a line of their own, followed by the lines of their children. */
const CONTAINERS = new Set([
  'alert',
  'alertdialog',
  'blockquote',
  'complementary',
  'dialog',
  'form',
  'group',
  'list',
  'menu',
  'navigation',
  'radiogroup',
  'region',
  'search',
  'status',
]);

const ATTRIBUTES = [
  'aria-current',
  'aria-disabled',
  'aria-expanded',
  'aria-invalid',
  'aria-pressed',
  'dir',
  'disabled',
  'lang',
  'maxlength',
  'required',
  'target',
] as const;

/**
 * Lists what a person can read and use, one line for each block of text, control, heading and landmark, in the order
 * in which they are drawn: `button "Close"`, `link "Learn more" → https://…`. Leaves out what is behind a modal dialog.
 */
export function outline(element: Element): string[] {
  const modal = element.shadowRoot?.querySelector('dialog:modal');
  const isBehind = (node: Element) => modal && !modal.contains(node) && !node.contains(modal);
  const lines: string[] = [];
  let text = '';
  const flush = () => {
    const line = collapse(text);
    if (line) lines.push(line);
    text = '';
  };
  const visit = (node: Node): void => {
    if (node instanceof Text) text += node.data;
    if (!(node instanceof Element) || isBehind(node)) return;
    const { display, visibility } = getComputedStyle(node);
    if (display === 'none' || visibility === 'hidden') return;
    const role = node.computedRole;
    const isBlock = !/^(?:inline|contents|ruby)/.test(display) || node instanceof HTMLBRElement;
    const isLeaf = LEAVES.has(role);
    const hasLine = isLeaf || CONTAINERS.has(role);
    if (isBlock || hasLine) flush();
    if (hasLine) lines.push(describe(node, role));
    if (!isLeaf) for (const child of childrenOf(node)) visit(child);
    if (isBlock) flush();
  };
  for (const child of childrenOf(element)) visit(child);
  flush();
  return lines;
}

const collapse = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** Follows shadow roots and slots, as the browser does when it draws. */
function childrenOf(node: Element): readonly Node[] {
  if (node.shadowRoot) return [...node.shadowRoot.childNodes];
  const assigned = node instanceof HTMLSlotElement ? node.assignedNodes() : [];
  return assigned.length > 0 ? assigned : [...node.childNodes];
}

function describe(node: Element, role: string): string {
  const name = collapse(node.computedName);
  const words = collapse(node.textContent);
  const parts = [
    role,
    /^H\d$/.test(node.tagName) && node.tagName.slice(1),
    name && `"${name}"`,
    LEAVES.has(role) &&
      words &&
      words !== name &&
      !(node instanceof HTMLTextAreaElement) &&
      `(reads "${words}")`,
    node instanceof HTMLAnchorElement && `→ ${node.href}`,
    isField(node) && node.value && `= "${node.value}"`,
    node instanceof HTMLInputElement && node.checked && '[checked]',
    ...ATTRIBUTES.map((attribute) => attributeOf(node, attribute)),
  ];
  return parts.filter((part) => typeof part === 'string' && part !== '').join(' ');
}

const isField = (node: Element): node is HTMLInputElement | HTMLTextAreaElement =>
  node instanceof HTMLInputElement || node instanceof HTMLTextAreaElement;

function attributeOf(node: Element, attribute: string): string {
  const value = node.getAttribute(attribute);
  if (value === null || value === 'false') return '';
  return value === '' ? `[${attribute}]` : `[${attribute}=${value}]`;
}
