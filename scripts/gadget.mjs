/** What the gadget's build has of its own; scripts/classic.mjs makes its syntax old. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { transformSync } from 'esbuild';
import { codes } from './locales/files.mjs';
import { textsFor } from './locales/served.mjs';
import { FIRST, SECOND } from './pair.mjs';

const FOLDER = 'dist/gadget';
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

/** By name, modules that src/gadget has in its own way: other files, and no preview of what others see. */
const STAND_INS = ['files', 'preview'];

/** A gadget has its other languages on pages of the wiki. */
export const onWiki = {
  name: 'on-wiki',
  resolveId(source) {
    const own = STAND_INS.find((name) => source.endsWith(`/${name}.js`));
    return own ? `${process.cwd()}/src/gadget/${own}.ts` : null;
  },
};

/** A page of JavaScript is saved as wikitext is: four tildes would become a signature. */
export const unsigned = {
  name: 'unsigned',
  renderChunk(code) {
    const mark = `mentorship-module ${version}, MIT`;
    if (code.includes('</nowiki>')) this.error('The gadget has </nowiki> in it.');
    // A wiki replaces control characters, and saves all else as NFC.
    const script = code
      .trim()
      .replace(/[\p{Cc}--[\t\n\r]]/gv, (sign) => `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
    if (script !== script.normalize()) this.error('The gadget has text that is not in NFC.');
    return { code: `/*${mark} <nowiki>*/${script}/*</nowiki>*/\n`, map: null };
  },
};

/** English is in the script; of what is made of it, the keys alone. */
const onPages = () => [...codes(), 'qqx'];

/** The settings stay as they are written, for the administrator who edits them. */
function loader() {
  const [settings, rest] = readFileSync('src/gadget/loader.js', 'utf8').split(/(?<=\/\* Below.*\n)/);
  return settings + transformSync(rest, { minify: true, target: 'es5' }).code;
}

/** What is to be copied to the wiki: each file is the page `MediaWiki:Gadget-<name>`, but for the definition. */
export const wikiPages = {
  name: 'wiki-pages',
  writeBundle(_, bundle) {
    mkdirSync(FOLDER, { recursive: true });
    const write = (name, text) => writeFileSync(`${FOLDER}/${name}`, text);
    write('mentorship-module.js', bundle[FIRST].code);
    write('mentorship-module-dialogs.js', bundle[SECOND].code);
    write('mentorship-module-loader.js', loader());
    write(
      'Gadgets-definition.txt',
      '* mentorship-module[ResourceLoader|default|targets=desktop,mobile]|mentorship-module-loader.js\n',
    );
    for (const code of onPages()) write(`mentorship-module-${code}.json`, JSON.stringify(textsFor(code)));
  },
};
