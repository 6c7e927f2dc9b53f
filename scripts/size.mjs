// What the browser must fetch before the first card, against the budget.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const FIRST_CARD = { file: 'dist/mentorship-module.js', budget: 17_408, goal: 15_360 };
const LOCALE_BUDGET = 2_000;
/** A dialog with its English texts; what all of them need once; the texts of all in another language. */
const DIALOG_BUDGET = 4_096;
const COMMON_BUDGET = 6_144;
const COMMON = /^(dialogs|client|deed|growth-actions|fresh-questions|limits)-/;
const DIALOG_LOCALE_BUDGET = 3_000;

/** What a page view with a card costs in a wiki's gadget, and what is fetched on first use: held to what it is. */
const GADGET = { file: 'dist/mentorship-module.gadget.js', budget: 26_624, goal: 24_576 };
const GADGET_DIALOGS = { file: 'dist/mentorship-module.gadget-dialogs.js', budget: 21_888 };
const LOADER = { file: 'dist/gadget/mentorship-module-loader.js', budget: 1_024 };

const measure = (file) => {
  const raw = readFileSync(file);
  return {
    raw: raw.length,
    gzip: gzipSync(raw, { level: 9 }).length,
    brotli: brotliCompressSync(raw).length,
  };
};
const print = (file, size, budget) => {
  const over = size.brotli > budget;
  console.log(
    `${over ? '✗' : '✓'} ${file}: ${size.brotli} B brotli of ${budget} (gzip ${size.gzip}, raw ${size.raw})`,
  );
  if (over) process.exitCode = 1;
};
function withoutDialogs(file) {
  const [found] = /[^,;]*dialog-[^,;]*/.exec(readFileSync(file, 'utf8')) ?? [];
  if (!found) return;
  console.log(`✗ ${file} has something of the dialogs: ${found.slice(0, 80)}`);
  process.exitCode = 1;
}

if (!existsSync(FIRST_CARD.file)) throw new Error('Run `npm run build` first.');
const first = measure(FIRST_CARD.file);
print(FIRST_CARD.file, first, FIRST_CARD.budget);
console.log(`  ${first.brotli - FIRST_CARD.goal} B from the goal of ${FIRST_CARD.goal}`);
// A static import would be fetched before the first card as well.
const code = readFileSync(FIRST_CARD.file, 'utf8');
if (/\bfrom\s*["']|\bimport\s*["']/.test(code)) {
  console.log(`✗ ${FIRST_CARD.file} imports another file`);
  process.exitCode = 1;
}
withoutDialogs(FIRST_CARD.file);
for (const name of readdirSync('dist/parts'))
  print(
    `dist/parts/${name}`,
    measure(`dist/parts/${name}`),
    COMMON.test(name) ? COMMON_BUDGET : DIALOG_BUDGET,
  );
for (const name of readdirSync('dist/locales').filter((file) => !file.startsWith('en.')))
  print(
    `dist/locales/${name}`,
    measure(`dist/locales/${name}`),
    name.endsWith('.dialogs.json') ? DIALOG_LOCALE_BUDGET : LOCALE_BUDGET,
  );
const gadget = measure(GADGET.file);
print(GADGET.file, gadget, GADGET.budget);
console.log(`  ${gadget.brotli - GADGET.goal} B from the goal of ${GADGET.goal}`);
withoutDialogs(GADGET.file);
const gadgetDialogs = measure(GADGET_DIALOGS.file);
print(GADGET_DIALOGS.file, gadgetDialogs, GADGET_DIALOGS.budget);
console.log(`  ${gadget.brotli + gadgetDialogs.brotli} B both`);
const { length } = readFileSync(LOADER.file);
const isLong = length > LOADER.budget;
console.log(`${isLong ? '✗' : '✓'} ${LOADER.file}: ${length} B raw of ${LOADER.budget}`);
if (isLong) process.exitCode = 1;
