// Checks the built package's types in the samples of test/types, and the data for editors. Run `npm run build` first.
// The samples import the package by its name, so that they resolve through the exports of package.json.
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { run } from './testing.mjs';

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** vue-tsc checks the samples in TypeScript and TSX too. */
const CHECKERS = [
  // Alone, because a type that one sample declares globally is known to all samples of a program.
  ['node_modules/.bin/tsc', ['-p', 'test/types/tsconfig.define.json']],
  ['node_modules/.bin/vue-tsc', ['-p', 'test/types/tsconfig.json']],
  [
    'node_modules/.bin/svelte-check',
    ['--workspace', 'test/types', '--tsconfig', './tsconfig.json', '--output', 'human', '--fail-on-warnings'],
  ],
];

for (const [command, args] of CHECKERS) {
  const { ok } = await run(command, args);
  if (!ok) process.exitCode = 1;
}

const html = readJson('dist/vscode.html-custom-data.json');
const webTypes = readJson('dist/web-types.json');
const element = readJson('custom-elements.json')
  .modules.flatMap(({ declarations = [] }) => declarations)
  .find(({ tagName }) => tagName);

/** Returns each attribute with its fixed values, such as `{ layout: 'card summary' }`. */
const valuesByName = (attributes, valuesOf) =>
  Object.fromEntries(attributes.map((attribute) => [attribute.name, valuesOf(attribute).join(' ')]));
const literals = (type) => Array.from(type.matchAll(/'([^']*)'/g), ([, value]) => value);

const expected = valuesByName(element.attributes, ({ type }) => literals(type.text));
const found = {
  'dist/vscode.html-custom-data.json': valuesByName(html.tags[0].attributes, ({ values }) =>
    values.map(({ name }) => name),
  ),
  'dist/web-types.json': valuesByName(webTypes.contributions.html.elements[0].attributes, ({ value }) =>
    literals(value.type),
  ),
};
for (const [file, attributes] of Object.entries(found)) {
  if (JSON.stringify(attributes) === JSON.stringify(expected)) continue;
  console.log(`✗ ${file} has the attributes`, attributes, 'and custom-elements.json has', expected);
  process.exitCode = 1;
}

const ajv = new Ajv({ strict: false, allErrors: true });
const schema = readJson('node_modules/vscode-html-languageservice/docs/customData.schema.json');
if (!ajv.validate(schema, html)) {
  console.log(`✗ dist/vscode.html-custom-data.json: ${ajv.errorsText()}`);
  process.exitCode = 1;
}
