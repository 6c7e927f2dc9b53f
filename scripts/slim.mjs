/**
 * What the bundled libraries carry for callers that we do not have, left out when `dist/mentorship-module.js` is
 * built; docs/adr/0004 has the figures. Every text and every definition must be found, so that a new version of a
 * library does not pass by.
 */
import { KY, KY_MODULES } from './slim-ky.mjs';
import { LIT, LIT_MODULES, unsupportedIn } from './slim-lit.mjs';

/** Ids made from the text of a message, and texts with expressions or markup: ours have names and are strings. */
const LOCALIZE_MODULES = {
  '@lit/localize/internal/runtime-msg.js': `
    export const runtimeMsg = (templates, template, { id }) => templates[id] || template;`,
};

/** In place of whole modules; each keeps the contract of what is called. */
const STAND_INS = { ...KY_MODULES, ...LIT_MODULES, ...LOCALIZE_MODULES };

/** Modules of which a part goes. Definitions are given as `name` or `Class.method`; each with what stands there instead. */
const TRIMMED = { ...KY, ...LIT };

/** Those that have not been met. */
const left = new Set();

function entryFor(table, id) {
  const entry = Object.entries(table).find(([path]) => id.endsWith(`/node_modules/${path}`)) ?? [];
  left.delete(entry[0]);
  return entry;
}

const swapText = (code, from, to) => (code.includes(from) ? code.replaceAll(from, () => to) : null);

function swapDefinition(code, name, to) {
  const [owner, method] = name.replaceAll('$', '\\$').split('.');
  const whole = new RegExp(`^(export )?(class|function|const) ${owner}\\b[^]*?^\\};?\\n`, 'm');
  const part = new RegExp(`^ {4}(static |async |get )*${method}\\([^]*?^ {4}\\}\\n`, 'm');
  const found = whole.exec(code)?.[0];
  if (!found || (method && !part.test(found))) return null;
  return code.replace(found, () => (method ? found.replace(part, () => to) : to));
}

export const slim = {
  name: 'slim',
  buildStart() {
    for (const path of Object.keys({ ...STAND_INS, ...TRIMMED })) left.add(path);
  },
  load(id) {
    const [, code] = entryFor(STAND_INS, id);
    return code ?? null;
  },
  transform(code, id) {
    const unsupported = id.includes('/src/') ? unsupportedIn(code) : null;
    if (unsupported) this.error(`${unsupported}, which scripts/slim-lit.mjs takes out of Lit.`);
    const [path, { texts = [], definitions = {} } = {}] = entryFor(TRIMMED, id);
    // ky's own word for all of its files; nodeResolve believes it of the first one only.
    if (!path) return id.includes('/node_modules/ky/') ? { code, moduleSideEffects: false } : null;
    const all = (entries, swap, start) =>
      entries.reduce(
        (text, [what, to]) => swap(text, what, to) ?? this.error(`${path} no longer has: ${what}`),
        start,
      );
    return all(Object.entries(definitions), swapDefinition, all(texts, swapText, code));
  },
  buildEnd(error) {
    if (!error && left.size) this.error(`Nothing imports ${[...left].join(', ')} any more.`);
  },
};
