// Builds `dist/` for tests of the built files.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { run } from './testing.mjs';

const SOURCES = ['src', 'locales', 'build', 'rollup.config.mjs', 'package.json'];
const BUILT = ['dist/sdk-shared.js', 'dist/mentorship-module.js', 'dist/gadget/mentorship-module-dialogs.js'];

const changedAt = (path) =>
  Math.max(
    statSync(path).mtimeMs,
    ...(statSync(path).isDirectory() ? readdirSync(path).map((name) => changedAt(`${path}/${name}`)) : []),
  );

/** Builds `dist/` if a source is newer. @throws {Error} if the build fails */
export async function buildIfStale() {
  const isFresh =
    BUILT.every((file) => existsSync(file)) &&
    Math.min(...BUILT.map((file) => statSync(file).mtimeMs)) >= Math.max(...SOURCES.map(changedAt));
  if (isFresh) return;
  console.log('Building dist…');
  const { ok } = await run('npm', ['run', '--silent', 'build']);
  if (!ok) throw new Error('The build failed: npm run build');
}
