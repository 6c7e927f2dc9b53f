/** Writes `src/generated/`: the texts of each locale in two files, card and dialogs, the modules that import them, and the version. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { codes, readLocale, TAGS } from './files.mjs';
import { served, textsFor } from './served.mjs';

const FOLDER = 'src/generated';
const NOTE = '// Generated from locales/ by build/locales/generate.mjs. Do not edit.';

/** Texts of dialogs have ids such as `dialog-ask-send`; the second word names the dialog. */
const dialogOf = (id) => /^dialog-([a-z]+)-/.exec(id)?.[1] ?? null;

const pick = (texts, isWanted) =>
  JSON.stringify(Object.fromEntries(Object.entries(texts).filter(([id]) => isWanted(id))));

/** Longer codes first, because `zh-hant` is looked for before `zh`. */
const codesByLength = () =>
  served()
    .filter((code) => code !== 'en')
    .sort()
    .reverse();

function importsOf(suffix) {
  const lines = codesByLength().map(
    (code) => `  '${code}': () => import('./texts/${code}${suffix}.json', { with: { type: 'json' } }),`,
  );
  const type = 'Readonly<Record<string, () => Promise<{ default: unknown }>>>';
  return `${NOTE}\nexport const importTexts: ${type} = {\n${lines.join('\n')}\n};\n`;
}

function generatedFiles() {
  const { texts: english } = readLocale('en');
  const dialogs = new Set(Object.keys(english).map(dialogOf).filter(Boolean));
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const files = {
    'card-texts.ts': importsOf(''),
    'dialog-texts.ts': importsOf('.dialogs'),
    'version.ts': `// Generated from package.json. Do not edit.\nexport const version = '${version}';\n`,
  };
  files['texts/en.json'] = pick(english, (id) => !dialogOf(id));
  for (const dialog of dialogs)
    files[`texts/en.${dialog}.json`] = pick(english, (id) => dialogOf(id) === dialog);
  // src/i18n/locale-fallbacks.ts finds the others, whose BCP 47 tag is not their name.
  const named = codesByLength().filter((code) => codes().includes(code) && !(code in TAGS));
  files['locale-names.json'] = JSON.stringify(named);
  for (const code of codesByLength()) {
    const texts = textsFor(code);
    files[`texts/${code}.json`] = pick(texts, (id) => !dialogOf(id));
    files[`texts/${code}.dialogs.json`] = pick(texts, dialogOf);
  }
  return files;
}

/** Files that are up to date keep their dates, so that no watcher starts anew. */
export function generateTexts() {
  mkdirSync(`${FOLDER}/texts`, { recursive: true });
  const files = generatedFiles();
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(FOLDER, name);
    if (!existsSync(file) || readFileSync(file, 'utf8') !== content) writeFileSync(file, content);
  }
  for (const name of readdirSync(`${FOLDER}/texts`))
    if (!(`texts/${name}` in files)) rmSync(`${FOLDER}/texts/${name}`);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) generateTexts();
