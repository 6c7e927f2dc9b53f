/** Converts the gadget's files to the content of the pages `MediaWiki:Gadget-…`, which an administrator imports or pastes. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
import type { Plugin } from 'rollup';
import { minify as terser } from 'terser';
import manifest from '../package.json' with { type: 'json' };
import { importFile, type WikiPage } from './import-file.ts';
import { codes } from './locales/files.ts';
import { textsFor } from './locales/served.ts';

const FOLDER = 'dist/gadget';

/** Texts of files by name. */
type Files = Record<string, string>;

/** Script that checks the set-up. Another build of rollup writes it before, because it shares no module with the card. */
const CHECK = 'mentorship-module-check.js';
const LOADER = 'mentorship-module-loader.js';

const LIBRARIES = ' Includes Lit and @lit/localize (BSD-3-Clause, Google LLC) and ky (MIT, Sindre Sorhus).';

/** Adds a first line with the version, by which src/gadget/load-script.ts tells scripts of different builds apart. */
const withVersion = (code: string, version: string, libraries = ''): string =>
  `/*! mentorship-module ${version}, MIT.${libraries} */${code}`;

/** Returns the package's version with a hash of the code as build metadata. */
const versionOf = (codes: readonly string[]): string =>
  `${manifest.version}+${createHash('sha256').update(codes.join('')).digest('hex').slice(0, 8)}`;

/** Returns the address from which a wiki serves a page as a script, relative to the importing page. */
const addressOf = (name: string): string =>
  `./index.php?title=MediaWiki:Gadget-${name}&action=raw&ctype=text/javascript`;

/** Minifies the loader, which stays ES5. terser makes it 11 B shorter than esbuild does. */
async function minify(file: string): Promise<string> {
  const { code = '' } = await terser(readFileSync(file, 'utf8'), {
    ecma: 5,
    compress: { passes: 4, hoist_vars: true },
  });
  return code;
}

/** Time of the pages that an administrator may edit. It is older than any edit, so that an import keeps those. */
const BEFORE_ANY_EDIT = new Date('2026-01-01');

/** Time of the files in the zip, so that one commit gives one zip. A zip stores local times from 1980 on. */
const ZIP_TIME = new Date(1980, 0, 1);

/** Text of the gadget in the preferences. */
const DESCRIPTION = 'Mentorship: a card that brings newcomers and mentors together';

const DEFINITION =
  '* mentorship-module[ResourceLoader|default|targets=desktop,mobile]|mentorship-module-settings.js|mentorship-module-loader.js\n';

/** Rewrites a chunk so that a wiki saves it unchanged. */
export const wikiScript: Plugin = {
  name: 'wiki-script',
  renderChunk(code) {
    // A wiki saves a page of JavaScript as it saves wikitext: nowiki keeps `~~~~` from becoming a signature.
    if (code.includes('</nowiki>')) this.error('The gadget contains </nowiki>.');
    const script = code
      .replace(/"\.\/(mentorship-module(?:-dialogs|-more)?\.js)"/g, (_, name: string) =>
        JSON.stringify(addressOf(name)),
      )
      // A wiki replaces control characters.
      .replace(/(?![\t\n\r])\p{Cc}/gu, (sign) => `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
    // A wiki saves a page in Unicode's normalization form C.
    if (script !== script.normalize()) this.error('The gadget contains text that is not in NFC.');
    return { code: `/*<nowiki>*/${script.trim()}/*</nowiki>*/\n`, map: null };
  },
};

/** Writes all pages. */
export const wikiPages: Plugin = {
  name: 'wiki-pages',
  async writeBundle(_, bundle) {
    mkdirSync(FOLDER, { recursive: true });
    const modules: Files = { [CHECK]: readFileSync(`${FOLDER}/${CHECK}`, 'utf8') };
    for (const part of Object.values(bundle)) if (part.type === 'chunk') modules[part.fileName] = part.code;
    const loader = await minify('src/gadget/loader.js');
    const version = versionOf([loader, ...Object.values(modules)]);
    const generated: Files = { [LOADER]: withVersion(loader, version) };
    for (const [name, code] of Object.entries(modules))
      generated[name] = withVersion(code, version, LIBRARIES);
    // `qqx` shows the ids of texts.
    for (const code of [...codes(), 'qqx'])
      generated[`mentorship-module-${code}.json`] = JSON.stringify(textsFor(code));
    const settings: Files = {
      'mentorship-module-settings.js': readFileSync('src/gadget/settings.js', 'utf8'),
    };
    const pages = [
      ...pagesOf(generated),
      ...pagesOf({ ...settings, 'mentorship-module': DESCRIPTION }, BEFORE_ANY_EDIT),
    ];
    const files: Files = {
      ...generated,
      ...settings,
      'Gadgets-definition.txt': DEFINITION,
      'import.xml': importFile(pages),
      'uninstall.txt': pages.map(({ title }) => `${title}\n`).join(''),
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(`${FOLDER}/${name}`, text);
    writeFileSync(`${FOLDER}/mentorship-module-gadget.zip`, zip({ ...files, ...documents() }));
  },
};

/** Documents in the zip, by their names there. */
const DOCUMENTS: Files = {
  'README.md': 'gadget',
  'plain-wiki.md': 'plain-wiki',
  'translating.md': 'translating',
};

/** Returns the documents for an administrator without this repository. Keeps only the text of a link out of the zip. */
const documents = (): Files =>
  Object.fromEntries(
    Object.entries(DOCUMENTS).map(([name, document]) => {
      const text = readFileSync(`docs/${document}.md`, 'utf8').replaceAll('](gadget.md', '](README.md');
      return [
        name,
        text.replace(/\[([^\]]+)\]\((?!https?:|#)([^)#]+)[^)]*\)/g, (link, label: string, target: string) =>
          target in DOCUMENTS ? link : label,
        ),
      ];
    }),
  );

const zip = (files: Files): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])), {
    mtime: ZIP_TIME,
  });

const pagesOf = (files: Files, date?: Date): WikiPage[] =>
  Object.entries(files).map(([name, text]) => ({
    title: `MediaWiki:Gadget-${name}`,
    model: name.endsWith('.js') ? 'javascript' : name.endsWith('.json') ? 'json' : 'wikitext',
    text,
    ...(date && { date }),
  }));
