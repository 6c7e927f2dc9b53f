import type { CSSResultOrNative } from 'lit';

/** Copies of style sheets for other documents, because a constructed style sheet works in one document only. */
const copies = new WeakMap<Document, Map<CSSResultOrNative, CSSStyleSheet>>();

/** Adds styles to a shadow root, in any document. */
export function adoptStyles(root: ShadowRoot, styles: readonly CSSResultOrNative[]): void {
  root.adoptedStyleSheets = [...new Set([...root.adoptedStyleSheets, ...sheetsFor(root, styles)])];
}

/** Removes styles that `adoptStyles` has added. */
export function removeStyles(root: ShadowRoot, styles: readonly CSSResultOrNative[]): void {
  const sheets = new Set(sheetsFor(root, styles));
  root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => !sheets.has(sheet));
}

/** Returns the style sheets for the document of a shadow root. */
function sheetsFor({ ownerDocument }: ShadowRoot, styles: readonly CSSResultOrNative[]): CSSStyleSheet[] {
  const { defaultView } = ownerDocument;
  // A document without a window, such as that of a template, renders nothing.
  if (!defaultView) return [];
  const known = copies.get(ownerDocument) ?? new Map<CSSResultOrNative, CSSStyleSheet>();
  copies.set(ownerDocument, known);
  return styles.map((style) => {
    const original = style instanceof CSSStyleSheet ? style : style.styleSheet;
    if (ownerDocument === document && original) return original;
    const copy = known.get(style) ?? new defaultView.CSSStyleSheet();
    if (!known.has(style)) copy.replaceSync(toText(style));
    known.set(style, copy);
    return copy;
  });
}

const toText = (style: CSSResultOrNative): string =>
  'cssText' in style ? style.cssText : Array.from(style.cssRules, ({ cssText }) => cssText).join('');
