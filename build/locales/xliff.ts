/** Converts a locale to XLIFF 1.2 and back. A parameter becomes an element `x`, as in the files of @lit/localize. */
import { type Document, DOMImplementation, DOMParser, Element, Text, XMLSerializer } from '@xmldom/xmldom';
import { isCode, isRecord, type LocaleFile, METADATA, tagOf } from './files.ts';
import { limitOf } from './rules.ts';

const XLIFF = 'urn:oasis:names:tc:xliff:document:1.2';

interface Sources {
  en: LocaleFile;
  qqq: LocaleFile;
}

function fill(document: Document, element: Element, text: string): Element {
  for (const [index, part] of text.split(/(\$\d)/).entries())
    if (index % 2) {
      const param = document.createElementNS(XLIFF, 'x');
      param.setAttribute('id', part.slice(1));
      param.setAttribute('equiv-text', part);
      element.appendChild(param);
    } else if (part) element.appendChild(document.createTextNode(part));
  return element;
}

/** Returns a locale as XML. */
export function toXliff(code: string, { metadata, texts }: LocaleFile, { en, qqq }: Sources): string {
  const document = new DOMImplementation().createDocument(null, '');
  const add = (parent: Document | Element, name: string, attributes: Record<string, string>, text = '') => {
    const element = fill(document, document.createElementNS(XLIFF, name), text);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    parent.appendChild(element);
    return element;
  };
  const root = add(document, 'xliff', { version: '1.2' });
  const file = add(root, 'file', {
    original: `locales/${code}.json`,
    'source-language': 'en',
    'target-language': tagOf(code),
    datatype: 'plaintext',
  });
  const header = add(file, 'header', {});
  add(header, 'note', { from: METADATA }).appendChild(document.createTextNode(JSON.stringify(metadata)));
  const body = add(file, 'body', {});
  for (const [key, source] of Object.entries(en.texts)) {
    const note = qqq.texts[key] ?? '';
    const target = texts[key];
    // Tools count the characters of the source, of which a reader sees only some if there are forms.
    const limit = `${source}${target ?? ''}`.includes('{{') ? null : limitOf(note);
    body.appendChild(document.createTextNode('\n'));
    const unit = add(body, 'trans-unit', {
      id: key,
      'xml:space': 'preserve',
      ...(limit && { maxwidth: String(limit), 'size-unit': 'char' }),
    });
    add(unit, 'source', {}, source);
    if (target !== undefined)
      add(unit, 'target', { state: target === source ? 'needs-translation' : 'translated' }, target);
    add(unit, 'note', {}).appendChild(document.createTextNode(note));
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(document)}\n`;
}

const childrenOf = (element: Element): Element[] =>
  Array.from(element.childNodes).filter((node) => node instanceof Element);

const childOf = (element: Element, name: string): Element | undefined =>
  childrenOf(element).find(({ localName }) => localName === name);

/** Returns the text of an element, also inside of elements that a tool has added, such as `g`. */
function textIn(element: Element): string {
  return Array.from(element.childNodes)
    .map((node) => {
      if (node instanceof Text) return node.nodeValue ?? '';
      if (!(node instanceof Element)) return '';
      if (node.localName !== 'x') return textIn(node);
      return node.getAttribute('equiv-text') || `$${node.getAttribute('id') ?? ''}`;
    })
    .join('');
}

interface Imported extends LocaleFile {
  code: string;
  /** Keys whose English has changed since the export. */
  stale: string[];
}

function fail(problem: string): never {
  throw new Error(`This is no XLIFF 1.2 of ours: ${problem}.`);
}

function metadataIn(file: Element): LocaleFile['metadata'] {
  const header = childOf(file, 'header');
  const note = header && childrenOf(header).find((child) => child.getAttribute('from') === METADATA);
  const metadata: unknown = note ? JSON.parse(note.textContent ?? '') : {};
  return isRecord(metadata) ? metadata : fail('its metadata is not an object');
}

/** @throws {Error} with the reason, if the XML is not an exported locale */
export function fromXliff(xml: string, { en }: Pick<Sources, 'en'>): Imported {
  const onError = (_: unknown, message: string) => fail(message);
  const document = new DOMParser({ onError }).parseFromString(xml, 'text/xml');
  const [file] = Array.from(document.getElementsByTagNameNS(XLIFF, 'file'));
  const code = /^locales\/([\w-]+)\.json$/.exec(file?.getAttribute('original') ?? '')?.[1];
  if (!file || !code || !isCode(code)) return fail('its <file> has no original="locales/xx.json"');
  const given = new Map<string, string>();
  const stale: string[] = [];
  const seen = new Set<string>();
  for (const unit of Array.from(file.getElementsByTagNameNS(XLIFF, 'trans-unit'))) {
    const key = unit.getAttribute('id') ?? '';
    const [source, target] = [childOf(unit, 'source'), childOf(unit, 'target')];
    if (!Object.hasOwn(en.texts, key)) fail(`the key “${key}” is not in en.json`);
    if (seen.has(key)) fail(`the key “${key}” occurs twice`);
    seen.add(key);
    if (source && textIn(source) !== en.texts[key]) stale.push(key);
    // An empty target is not translated yet.
    const text = target && textIn(target);
    if (text) given.set(key, text);
  }
  const texts = Object.keys(en.texts).flatMap((key) => {
    const text = given.get(key);
    return text === undefined ? [] : [[key, text] as const];
  });
  return { code, metadata: metadataIn(file), texts: Object.fromEntries(texts), stale };
}
