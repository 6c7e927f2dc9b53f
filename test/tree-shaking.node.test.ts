import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { build } from 'esbuild';

/**
 * Returns true if the chunk of an export imports ky. webpack skips the other chunks of an entry, because package.json
 * says that they have no side effects, and keeps a whole graph otherwise.
 */
async function importsKy(entry: string, name: string): Promise<boolean> {
  const chunk = readFileSync(entry, 'utf8')
    .split('\n')
    .map((line) => /^export \{(?<names>.*)\} from '\.\/(?<file>.*)';$/.exec(line)?.groups)
    .find((groups) =>
      groups?.['names']?.split(',').some((exported) => exported.trim().endsWith(` as ${name}`)),
    );
  assert.ok(chunk, `${entry} re-exports ${name}`);
  const { metafile } = await build({
    entryPoints: [`dist/${chunk['file']}`],
    bundle: true,
    format: 'esm',
    external: ['ky', 'lit'],
    metafile: true,
    write: false,
    outdir: 'dist',
  });
  return Object.values(metafile.inputs).some(({ imports }) => imports.some(({ path }) => path === 'ky'));
}

for (const entry of ['dist/sdk-shared.js', 'dist/index.js'])
  for (const name of ['decide', 'parseSnapshot', 'isMentorshipError'])
    test(`the chunk of ${name} in ${entry} is bundled without ky`, async () => {
      assert.equal(await importsKy(entry, name), false);
    });

test('the chunk of autoSource is bundled with ky', async () => {
  assert.equal(await importsKy('dist/sdk-shared.js', 'autoSource'), true);
});
