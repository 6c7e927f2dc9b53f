/** A locale as XLIFF 1.2 and back. As in @lit/localize’s own, what is put in stands as an <x/>. */
import { DOMImplementation, DOMParser, XMLSerializer } from '@xmldom/xmldom';
import { isCode, METADATA, tagOf } from './files.mjs';
import { limitOf } from './rules.mjs';

const XLIFF = 'urn:oasis:names:tc:xliff:document:1.2';

function fill(document, element, text) {
  for (const [index, part] of text.split(/(\$\d)/).entries())
    if (index % 2) {
      const param = document.createElementNS(XLIFF, 'x');
      param.setAttribute('id', part.slice(1));
      param.setAttribute('equiv-text', part);
      element.appendChild(param);
    } else if (part) element.appendChild(document.createTextNode(part));
  return element;
}

/**
 * @param {string} code
 * @param {{ metadata: object, texts: Record<string, string> }} locale
 * @returns {string} the XML
 */
export function toXliff(code, { metadata, texts }, { en, qqq }) {
  const document = new DOMImplementation().createDocument(XLIFF, 'xliff');
  const add = (parent, name, attributes = {}, text = '') => {
    const element = fill(document, document.createElementNS(XLIFF, name), text);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return parent.appendChild(element);
  };
  const root = document.documentElement;
  root.setAttribute('version', '1.2');
  const file = add(root, 'file', {
    original: `locales/${code}.json`,
    'source-language': 'en',
    'target-language': tagOf(code),
    datatype: 'plaintext',
  });
  const header = add(file, 'header');
  header.appendChild(document.createElementNS(XLIFF, 'note')).setAttribute('from', METADATA);
  header.firstChild.appendChild(document.createTextNode(JSON.stringify(metadata)));
  const body = add(file, 'body');
  for (const [key, source] of Object.entries(en.texts)) {
    const note = qqq.texts[key] ?? '';
    const target = texts[key];
    // Tools count what is written; where there are forms, that is more than what is read.
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
    add(unit, 'note').appendChild(document.createTextNode(note));
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(document)}\n`;
}

const childOf = (element, name) =>
  Array.from(element.childNodes).find(({ localName }) => localName === name) ?? null;

/** A tool may have put other things around the text, such as <g>: what stands in them counts. */
function textIn(element) {
  return Array.from(element.childNodes)
    .map((node) => {
      if (node.localName === 'x') return node.getAttribute('equiv-text') || `$${node.getAttribute('id')}`;
      // Text and CDATA; no comments.
      if ([3, 4].includes(node.nodeType)) return node.nodeValue;
      return node.nodeType === 1 ? textIn(node) : '';
    })
    .join('');
}

/**
 * @param {string} xml
 * @returns {{ code: string, metadata: object, texts: Record<string, string>, stale: string[] }} `stale`: keys whose
 *   English has changed since
 * @throws {Error} that says why it is no such file
 */
export function fromXliff(xml, { en }) {
  const fail = (words) => {
    throw new Error(`This is no XLIFF 1.2 of ours: ${words}.`);
  };
  const document = new DOMParser({ onError: (_, message) => fail(message) }).parseFromString(xml, 'text/xml');
  const [file] = Array.from(document.getElementsByTagNameNS(XLIFF, 'file'));
  const code = /^locales\/([\w-]+)\.json$/.exec(file?.getAttribute('original') ?? '')?.[1];
  if (!code || !isCode(code)) fail('its <file> does not say original="locales/xx.json"');
  const header = childOf(file, 'header');
  const note = Array.from(header?.childNodes ?? []).find((node) => node.getAttribute?.('from') === METADATA);
  const given = {};
  const stale = [];
  const seen = new Set();
  for (const unit of Array.from(file.getElementsByTagNameNS(XLIFF, 'trans-unit'))) {
    const key = unit.getAttribute('id');
    const [source, target] = [childOf(unit, 'source'), childOf(unit, 'target')];
    if (!Object.hasOwn(en.texts, key)) fail(`it has a key “${key}”`);
    if (seen.has(key)) fail(`it has the key “${key}” twice`);
    seen.add(key);
    if (source && textIn(source) !== en.texts[key]) stale.push(key);
    // What is empty is not translated yet.
    if (target && textIn(target)) given[key] = textIn(target);
  }
  const texts = Object.fromEntries(
    Object.keys(en.texts).flatMap((key) => (key in given ? [[key, given[key]]] : [])),
  );
  return { code, metadata: note ? JSON.parse(note.textContent) : {}, texts, stale };
}
