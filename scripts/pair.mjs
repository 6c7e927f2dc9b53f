/**
 * The gadget is two classic scripts: what a page view needs, and all that the sources load on first use. Neither can
 * import the other, so the second is a function that is handed what it shares with the first, as the parts of
 * scripts/lazy.mjs are; src/gadget/dialogs.ts fetches it. docs/adr/0010.
 */
import { createHash } from 'node:crypto';
import { dynamicImports, edited, handedBy, isExport, isImport, members } from './lazy.mjs';

/** What src/gadget/dialogs.ts calls itself, in the first script. */
const LOAD = 'loadDialogs';
const SHARED = '__shared';
const BUILD = '__BUILD__';

/** The names of the first script and the second. */
export const FIRST = 'mentorship-module.gadget.js';
export const SECOND = 'mentorship-module.gadget-dialogs.js';

/** All that the entry does not import, however far, is of the second script. */
function chunkOf(id, { getModuleInfo, getModuleIds }) {
  const entry = [...getModuleIds()].find((each) => getModuleInfo(each).isEntry);
  const inFirst = new Set([entry]);
  for (const each of inFirst) for (const next of getModuleInfo(each).importedIds) inFirst.add(next);
  return inFirst.has(id) ? 'card' : 'dialogs';
}

export const pairOutput = {
  dir: 'dist',
  entryFileNames: FIRST,
  chunkFileNames: SECOND,
  manualChunks: chunkOf,
  onlyExplicitManualChunks: true,
};

function firstScript(rest, handed) {
  const shared = handed.filter(([name]) => name !== LOAD);
  return `const ${SHARED} = () => (${members(shared)});\n${rest}`;
}

function secondScript(rest, handed, taken) {
  const part = `(${SHARED}) => {\nconst ${members(taken)} = ${SHARED}();\n${rest}\nreturn ${members(handed)};\n}`;
  return `document.currentScript.mentorshipDialogs = { build: '${BUILD}', part: ${part} };`;
}

export const pair = {
  name: 'pair',
  renderChunk(code, chunk) {
    const { body } = this.parse(code);
    const imports = body.filter(isImport);
    const exports = body.filter(isExport);
    const handed = handedBy(exports);
    const taken = imports.flatMap(({ specifiers }) =>
      specifiers.map(({ imported, local }) => [imported.name, local.name]),
    );
    const [, load] = handed.find(([name]) => name === LOAD) ?? [];
    const loads = dynamicImports(body).map(({ start, end }) => [start, end, `${load}(${SHARED})`]);
    if (chunk.isEntry ? imports.length || !load : loads.length)
      this.error(`${chunk.fileName} imports in a way that scripts/pair.mjs does not know.`);
    const drop = [...imports, ...exports].map(({ start, end }) => [start, end, '']);
    const rest = edited(code, [...loads, ...drop]);
    return {
      code: chunk.isEntry ? firstScript(rest, handed) : secondScript(rest, handed, taken),
      map: null,
    };
  },
  /** Names are handed over in their short forms: scripts of two builds would understand each other wrongly. */
  generateBundle(_, bundle) {
    const names = Object.keys(bundle).sort();
    if (names.join() !== [SECOND, FIRST].join()) this.error(`The gadget is ${names.join(' and ')}.`);
    const scripts = Object.values(bundle);
    const hash = createHash('sha256');
    for (const { code } of scripts) hash.update(code);
    const build = hash.digest('hex').slice(0, 8);
    for (const script of scripts) {
      if (!script.code.includes(BUILD)) this.error(`${script.fileName} does not say of which build it is.`);
      script.code = script.code.replaceAll(BUILD, build);
    }
  },
};
