// Runs test/access: `npm run test:access`. With `-- --update` it writes the logs of the flows anew.
import { parseArgs } from 'node:util';
import { generateTexts } from '../build/locales/generate.ts';
import { testsInNode } from './testing.mjs';

const { values } = parseArgs({ options: { update: { type: 'boolean' } } });

generateTexts();
const { passed, failed } = await testsInNode('test/access', '.e2e.ts', values.update ? { UPDATE: '1' } : {});
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
