/** Writes `src/generated/`: the texts of each locale in two files, card and dialogs, the modules that import them, the icons and the version. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import chains from '../../src/i18n/fallback-chains.json' with { type: 'json' };
import { iconModule } from '../icon-paths.ts';
import { codes, readLocale, TAGS } from './files.ts';
import { served, textsFor } from './served.ts';

const FOLDER = 'src/generated';
const NOTE = '// Generated from locales/ by build/locales/generate.ts. Do not edit.';

/** Texts of dialogs have ids such as `dialog-ask-send`; the second word names the dialog. */
const dialogOf = (id: string): string | null => /^dialog-([a-z]+)-/.exec(id)?.[1] ?? null;

const pick = (texts: Record<string, string>, isWanted: (id: string) => boolean): string =>
  JSON.stringify(Object.fromEntries(Object.entries(texts).filter(([id]) => isWanted(id))));

/** Longer codes first, because `zh-hant` is looked for before `zh`. */
const codesByLength = (): string[] =>
  served()
    .filter((code) => code !== 'en')
    .sort()
    .reverse();

function importsOf(suffix: string): string {
  const lines = codesByLength().map(
    (code) => `  '${code}': () => import('./texts/${code}${suffix}.json', { with: { type: 'json' } }),`,
  );
  const type = 'Readonly<Record<string, () => Promise<{ default: unknown }>>>';
  return `${NOTE}\nexport const importTexts: ${type} = {\n${lines.join('\n')}\n};\n`;
}

/**
 * Returns the codes that fall back to each locale, separated by spaces. Includes the locales with a BCP 47 tag of their
 * own, because `localeFor` of src/i18n/load-locale.ts does not find them.
 */
function fallbacks(): Record<string, string> {
  const locales = new Set([...Object.keys(TAGS), ...codes()]);
  const codesOf = new Map<string, string[]>(Object.keys(TAGS).map((locale) => [locale, []]));
  for (const chain of chains) {
    const [code = '', ...others] = chain.split(' ');
    const locale = locales.has(code) ? undefined : others.find((name) => locales.has(name));
    if (locale) codesOf.set(locale, [...(codesOf.get(locale) ?? []), code]);
  }
  return Object.fromEntries([...codesOf].map(([locale, list]) => [locale, list.join(' ')]));
}

function generatedFiles(): Record<string, string> {
  const { texts: english } = readLocale('en');
  const dialogs = new Set(Object.keys(english).flatMap((id) => dialogOf(id) ?? []));
  const files: Record<string, string> = {
    'card-texts.ts': importsOf(''),
    'dialog-texts.ts': importsOf('.dialogs'),
    'card-icons.ts': iconModule('card'),
    'dialog-icons.ts': iconModule('dialog'),
    'version.ts': `// Generated from package.json. Do not edit.\nexport const version = '${manifest.version}';\n`,
  };
  files['texts/en.json'] = pick(english, (id) => dialogOf(id) === null);
  for (const dialog of dialogs)
    files[`texts/en.${dialog}.json`] = pick(english, (id) => dialogOf(id) === dialog);
  // src/i18n/locale-fallbacks.ts finds the others, whose BCP 47 tag is not their name.
  const named = codesByLength().filter((code) => codes().includes(code) && !(code in TAGS));
  files['locale-names.json'] = JSON.stringify(named);
  files['fallbacks.json'] = JSON.stringify(fallbacks());
  for (const code of codesByLength()) {
    const texts = textsFor(code);
    files[`texts/${code}.json`] = pick(texts, (id) => dialogOf(id) === null);
    files[`texts/${code}.dialogs.json`] = pick(texts, (id) => dialogOf(id) !== null);
  }
  return files;
}

/** Writes only files that change, so that no watcher reports the others. */
export function generateTexts(): void {
  mkdirSync(`${FOLDER}/texts`, { recursive: true });
  const files = generatedFiles();
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(FOLDER, name);
    if (!existsSync(file) || readFileSync(file, 'utf8') !== content) writeFileSync(file, content);
  }
  for (const name of readdirSync(`${FOLDER}/texts`))
    if (!(`texts/${name}` in files)) rmSync(`${FOLDER}/texts/${name}`);
}
