/** Converts the gadget's files to the content of the pages `MediaWiki:Gadget-…`, which an administrator imports or pastes. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
import { transformSync } from 'esbuild';
import type { Plugin } from 'rollup';
import manifest from '../package.json' with { type: 'json' };
import { importFile, type WikiPage } from './import-file.ts';
import { codes } from './locales/files.ts';
import { textsFor } from './locales/served.ts';

const FOLDER = 'dist/gadget';

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

const minify = (file: string): string =>
  transformSync(readFileSync(file, 'utf8'), { charset: 'utf8', minify: true, target: 'es5' }).code;

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
  writeBundle(_, bundle) {
    mkdirSync(FOLDER, { recursive: true });
    const modules = [
      ...Object.values(bundle).flatMap((part) =>
        part.type === 'chunk' ? [[part.fileName, part.code] as const] : [],
      ),
      [CHECK, readFileSync(`${FOLDER}/${CHECK}`, 'utf8')] as const,
    ];
    const loader = minify('src/gadget/loader.js');
    const version = versionOf([loader, ...modules.map(([, code]) => code)]);
    const scripts = [
      ...modules.map(([name, code]) => [name, withVersion(code, version, LIBRARIES)] as const),
      [LOADER, withVersion(loader, version)] as const,
    ];
    // `qqx` shows the ids of texts.
    const texts = [...codes(), 'qqx'].map(
      (code) => [`mentorship-module-${code}.json`, JSON.stringify(textsFor(code))] as const,
    );
    const generated = Object.fromEntries([...scripts, ...texts]);
    const edited = {
      'mentorship-module-settings.js': readFileSync('src/gadget/settings.js', 'utf8'),
      'mentorship-module': DESCRIPTION,
    };
    const pagesOf = (files: object, date?: Date) =>
      Object.entries(files).map(([name, text]: [string, string]) => wikiPage(name, text, date));
    const pages = [...pagesOf(generated), ...pagesOf(edited, BEFORE_ANY_EDIT)];
    const files = {
      ...generated,
      'mentorship-module-settings.js': edited['mentorship-module-settings.js'],
      'Gadgets-definition.txt': DEFINITION,
      'import.xml': importFile(pages),
      'uninstall.txt': pages.map(({ title }) => `${title}\n`).join(''),
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(`${FOLDER}/${name}`, text);
    const zipped = {
      ...files,
      'README.md': readFileSync('docs/gadget.md', 'utf8'),
    };
    writeFileSync(
      `${FOLDER}/mentorship-module-gadget.zip`,
      zipSync(Object.fromEntries(Object.entries(zipped).map(([name, text]) => [name, strToU8(text)])), {
        mtime: ZIP_TIME,
      }),
    );
  },
};

function wikiPage(name: string, text: string, date?: Date): WikiPage {
  const model = name.endsWith('.js') ? 'javascript' : name.endsWith('.json') ? 'json' : 'wikitext';
  return { title: `MediaWiki:Gadget-${name}`, model, text, ...(date && { date }) };
}
