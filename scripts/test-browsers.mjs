// Runs the browser tests in all browsers, or in some: `npm run test:browsers -- firefox webkit`. `older` means test/older in
// older Chromiums. Prints the tests that were skipped because the browser's driver lacks something. The last line has the
// totals.
import { parseArgs } from 'node:util';
import { browserTests, ENGINES } from './browser-tests.mjs';
import { buildIfStale } from './build-if-stale.mjs';
import { olderChromiumTests } from './older-chromiums.mjs';
import { failure, sum } from './testing.mjs';

const OLDER = 'older';
const known = [...ENGINES, OLDER];
const { positionals } = parseArgs({ allowPositionals: true });
const names = positionals.length > 0 ? positionals : known;
const unknown = names.find((name) => !known.includes(name));
if (unknown !== undefined) throw new Error(`Unknown browser “${unknown}”. Known: ${known.join(', ')}.`);
const results = [];
const skipped = [];

try {
  await buildIfStale();
  for (const name of names) {
    const result = await (name === OLDER ? olderChromiumTests() : browserTests(name)).catch(failure);
    console.log(
      `${name}: ${result.passed} passed, ${result.failed} failed, ${result.skipped?.length ?? 0} skipped`,
    );
    results.push(result);
    skipped.push(...(result.skipped ?? []));
  }
} catch (error) {
  results.push(failure(error));
}

console.log(`\n${skipped.length} skipped${skipped.map((name) => `\n  ${name}`).join('')}`);
const { passed, failed } = sum(results);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
