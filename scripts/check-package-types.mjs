// Packs the package as built, and checks how its types resolve. `attw --pack` would build once more.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { temporaryFolder } from './testing.mjs';

const folder = temporaryFolder('types');
const [{ filename }] = JSON.parse(
  execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    encoding: 'utf8',
  }),
);
const untyped = ['custom-elements.json', 'snapshot.schema.json'];
execFileSync(
  'node_modules/.bin/attw',
  [
    path.join(folder, filename),
    '--profile',
    'esm-only',
    '--format',
    'ascii',
    '--exclude-entrypoints',
    ...untyped,
  ],
  { stdio: 'inherit' },
);
