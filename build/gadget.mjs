/** Makes of the gadget's files what an administrator pastes into the pages `MediaWiki:Gadget-…`. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { transformSync } from 'esbuild';
import { codes } from './locales/files.mjs';
import { textsFor } from './locales/served.mjs';

const FOLDER = 'dist/gadget';
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

const LICENSE = `/*! mentorship-module ${version}, MIT. Includes Lit and @lit/localize (BSD-3-Clause, Google LLC) and ky (MIT, Sindre Sorhus). */`;

/** A wiki serves a page as a script from this address; it is relative to the address of the importing page. */
const addressOf = (name) => `./index.php?title=MediaWiki:Gadget-${name}&action=raw&ctype=text/javascript`;

/** Settings stay as they are written, for the administrator who edits them. */
function loader() {
  const [settings, rest] = readFileSync('src/gadget/loader.js', 'utf8').split(/(?<=\/\* Below.*\n)/);
  return settings + transformSync(rest, { minify: true, target: 'es5' }).code;
}

export const wikiPages = {
  name: 'wiki-pages',
  renderChunk(code) {
    // A wiki saves a page of JavaScript as it saves wikitext: nowiki keeps `~~~~` from becoming a signature.
    if (code.includes('</nowiki>')) this.error('The gadget has </nowiki> in it.');
    const script = code
      .replace(/"\.\/(mentorship-module(?:-dialogs)?\.js)"/g, (_, name) => JSON.stringify(addressOf(name)))
      // A wiki replaces control characters.
      .replace(/[\p{Cc}--[\t\n\r]]/gv, (sign) => `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
    // A wiki saves a page in Unicode's normalization form C.
    if (script !== script.normalize()) this.error('The gadget has text that is not in NFC.');
    return {
      code: `${LICENSE}/*<nowiki>*/${script.trim()}/*</nowiki>*/\n`,
      map: null,
    };
  },
  writeBundle() {
    mkdirSync(FOLDER, { recursive: true });
    const write = (name, text) => writeFileSync(`${FOLDER}/${name}`, text);
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
