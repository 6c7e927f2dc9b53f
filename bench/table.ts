import { writeFileSync } from 'node:fs';
import { format } from 'prettier';

type Row = Record<string, unknown>;

/** Returns a table of rows by name. Objects in a row become columns of their own. */
function table(rows: Record<string, Row>, first: string): string {
  const flat = Object.entries(rows).map(
    ([name, row]) =>
      [
        name,
        Object.fromEntries(
          Object.entries(row).flatMap(([column, value]) =>
            typeof value === 'object' && value
              ? Object.entries(value).map(([inner, one]): [string, unknown] => [`${column} ${inner}`, one])
              : [[column, value] as [string, unknown]],
          ),
        ),
      ] as const,
  );
  const columns = [...new Set(flat.flatMap(([, row]) => Object.keys(row)))];
  const line = (cells: unknown[]) => `| ${cells.map(String).join(' | ')} |`;
  return [
    line([first, ...columns]),
    line([first, ...columns].map(() => '---')),
    ...flat.map(([name, row]) => line([name, ...columns.map((column) => row[column] ?? '')])),
  ].join('\n');
}

const SECTIONS: Record<string, [title: string, first: string, text: string]> = {
  cards: [
    'Cards',
    'elements',
    'Milliseconds from the data (`snapshot`) to the painted cards of a mentee, the growth of the heap after a garbage collection, and requests to the wiki for as many elements with the same `api`, which share one load.',
  ],
  pages: [
    'A page with a wiki in memory',
    'viewer',
    'Milliseconds from the navigation to the card, with an empty cache and on the next page, and requests to `api.php` before the card, with the bytes of their responses before compression. The element has `api` and reads no variables of the page, so a signed-out reader costs two requests here, and none on a page of the wiki.',
  ],
  mentors: [
    'A long list of mentors',
    'mentors',
    'Milliseconds of CPU time of the longest task of the main thread while the card of a newcomer is loaded and rendered, and while the dialog for choosing a mentor is opened and searched, and milliseconds until that dialog shows the list. Medians of 5 runs.',
  ],
  wiki: [
    'The gadget on a real wiki',
    'viewer',
    'MediaWiki 1.39 without GrowthExperiments. Milliseconds from the navigation to the card (0: no card), requests that reached the network and their bytes, without compression, until the network was idle. They include what is read after the card, and the page that [turns all cards off](gadget.md#turning-it-off), which a warm page renews after it has begun to load the card.',
  ],
  peers: [
    'Published elements',
    'element',
    'Bytes (brotli) of what is imported at once, bundled by esbuild with the same settings, and milliseconds from the import to the first frame with the element, without data of the network.',
  ],
};

export async function writeTable(results: Record<string, unknown>): Promise<void> {
  const machines = results['machines'] as Record<string, string>;
  const sections = Object.entries(SECTIONS)
    .filter(([name]) => results[name])
    .map(
      ([name, [title, first, text]]) =>
        `## ${title}\n\n${text}\n\n${table(results[name] as Record<string, Row>, first)}\n\nMachine: ${machines[name]}.\n`,
    );
  const page = `# Benchmarks

Written by \`npm run bench\`, with the data in [\`bench/results.json\`](../bench/results.json). Times are medians of 15 runs on a shared machine, so compare them within one table only; other work makes all of them larger. Counts and bytes are exact.

${sections.join('\n')}`;
  writeFileSync('docs/benchmarks.md', await format(page, { parser: 'markdown' }));
}
