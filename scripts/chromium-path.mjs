// @ts-check
import { execFileSync } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';

/** Flags for Chromium as root, in a container, without network. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

/** @typedef {() => string | null | undefined | Promise<string | null>} FindPath */

/** Finds a Chromium: CHROME_PATH, an installed one, or the binary inside of an npm package. @type {FindPath[]} */
export const CHROMIUMS = [
  () => process.env['CHROME_PATH'],
  () => onPath('chromium'),
  () => onPath('chromium-browser'),
  () => onPath('google-chrome'),
  unpacked,
];

/** Returns the path of the first Chromium that is found, or null. */
export async function chromiumPath() {
  for (const find of CHROMIUMS) {
    const path = await find();
    if (path) return path;
  }
  return null;
}

/** Returns the path of a command, or an empty string. @param {string} name */
export function onPath(name) {
  try {
    return execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

/** Returns the path of the Chromium in the installed package, or null. */
async function unpacked() {
  const folder = 'node_modules/@sparticuz/chromium';
  return existsSync(folder) ? unpackChromium(folder) : null;
}

/** Returns the path where a version of Chromium is unpacked. @param {string} version */
export const unpackedPath = (version) => path.resolve(`node_modules/.cache/chromium-${version}/chromium`);

/**
 * Unpacks Chromium once per version. The file is renamed at the end, so that a parallel run does not start half a file.
 *
 * @param {string} folder - folder of a package `@sparticuz/chromium`
 */
export async function unpackChromium(folder) {
  const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const target = unpackedPath(version);
  if (existsSync(target)) return target;
  await mkdir(path.dirname(target), { recursive: true });
  const partial = `${target}.${process.pid}`;
  const packed = createReadStream(path.join(folder, 'bin/chromium.br'));
  await pipeline(packed, createBrotliDecompress(), createWriteStream(partial));
  await chmod(partial, 0o755);
  await rename(partial, target);
  return target;
}
