/** Converts the gadget's files to the content of the pages `MediaWiki:Gadget-…`, which an administrator pastes. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { transformSync } from 'esbuild';
import type { Plugin } from 'rollup';
import manifest from '../package.json' with { type: 'json' };
import { codes } from './locales/files.ts';
import { textsFor } from './locales/served.ts';

const FOLDER = 'dist/gadget';

const LICENSE = `/*! mentorship-module ${manifest.version}, MIT. Includes Lit and @lit/localize (BSD-3-Clause, Google LLC) and ky (MIT, Sindre Sorhus). */`;

/** Returns the address from which a wiki serves a page as a script, relative to the importing page. */
const addressOf = (name: string): string =>
  `./index.php?title=MediaWiki:Gadget-${name}&action=raw&ctype=text/javascript`;

/** Minifies the loader, except for the settings, because an administrator edits them. */
function loader(): string {
  const [settings = '', rest = ''] = readFileSync('src/gadget/loader.js', 'utf8').split(
    /(?<=\/\* Below.*\n)/,
  );
  return settings + transformSync(rest, { minify: true, target: 'es5' }).code;
}

export const wikiPages: Plugin = {
  name: 'wiki-pages',
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
    return {
      code: `${LICENSE}/*<nowiki>*/${script.trim()}/*</nowiki>*/\n`,
      map: null,
    };
  },
  writeBundle() {
    mkdirSync(FOLDER, { recursive: true });
    const write = (name: string, text: string) => writeFileSync(`${FOLDER}/${name}`, text);
    write('mentorship-module-loader.js', loader());
    write(
      'Gadgets-definition.txt',
      '* mentorship-module[ResourceLoader|default|targets=desktop,mobile]|mentorship-module-loader.js\n',
    );
    // `qqx` shows the ids of texts.
    for (const code of [...codes(), 'qqx'])
      write(`mentorship-module-${code}.json`, JSON.stringify(textsFor(code)));
  },
};
