// Writes the reference as Markdown, from custom-elements.json and the API reports.
import { readFileSync } from 'node:fs';
import { elementTables } from '../element-tables.mjs';

/** Names of the pages, and the report that each shows. */
const REPORTS = {
  index: { report: 'api/index.api.md', title: 'mentorship-module' },
  sdk: { report: 'api/sdk.api.md', title: 'mentorship-module/sdk' },
};

function elementPage() {
  const kinds = elementTables(JSON.parse(readFileSync('custom-elements.json', 'utf8')));
  const plural = (title) => title.replace(/y$/, 'ie') + 's';
  return [
    '# `<mentorship-module>`',
    'The types are those of [mentorship-module](index.md).',
    ...kinds.map(({ title, table }) => `## ${plural(title)}\n\n${table}`),
  ].join('\n\n');
}

/** Splits an API report into its exported declarations. */
function declarationsIn(report) {
  const code = /```ts\n(.*?)```/s.exec(report)?.[1] ?? '';
  const declarations = code.split(/^\/\/ @public.*\n/m).slice(1);
  if (declarations.length === 0) throw new Error('The API report has no public declaration.');
  /** A type and a constant may share a name. */
  const codeByName = new Map();
  for (const text of declarations) {
    const name = /^export (?:declare |abstract )*\w+ (\w+)/m.exec(text)?.[1];
    if (name === undefined) throw new Error(`Cannot read the name of a declaration: ${text.slice(0, 80)}`);
    const code = text.replace(/^\/\/ \(No @packageDocumentation.*$/m, '').trim();
    codeByName.set(name, [...(codeByName.get(name) ?? []), code]);
  }
  return Array.from(codeByName, ([name, codes]) => ({ name, code: codes.join('\n\n') }));
}

function reportPage({ report, title }) {
  const declarations = declarationsIn(readFileSync(report, 'utf8'));
  return [
    `# \`${title}\``,
    `Everything that \`import … from '${title}'\` exports.`,
    declarations.map(({ name }) => `[\`${name}\`](#${name.toLowerCase()})`).join(' · '),
    ...declarations.map(({ name, code }) => `## ${name}\n\n\`\`\`ts\n${code}\n\`\`\``),
  ].join('\n\n');
}

/** Returns the pages of the reference. */
export const reference = () => [
  { name: 'element', text: elementPage() },
  ...Object.entries(REPORTS).map(([name, page]) => ({ name, text: reportPage(page) })),
];
