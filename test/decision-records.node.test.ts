import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';

const FOLDER = 'docs/adr';
const read = (file: string) => readFileSync(`${FOLDER}/${file}`, 'utf8');

/** Returns the status of each record in the index, by file. */
const indexed = () =>
  [...read('README.md').matchAll(/^\| \[\d+\]\((\S+)\) .*\| (\S.*?) +\|$/gm)].map(([, file, status]) => [
    file,
    status,
  ]);

/** Returns the status in a record, without dates, reasons and links. */
function statusOf(file: string): string | undefined {
  const [, status = ''] = /^Date: [^.]*\. Status: (.*)$/m.exec(read(file)) ?? [];
  return /^\w+(?: by [\d, ]*\d)?/.exec(
    status.replace(/\[(\d+)\]\([^)]*\)/g, '$1').replaceAll(' and ', ', '),
  )?.[0];
}

test('the index of decision records has the status of each record', () => {
  const records = readdirSync(FOLDER).filter((file) => file !== 'README.md');
  assert.deepEqual(
    indexed(),
    records.sort().map((file) => [file, statusOf(file)]),
  );
});
