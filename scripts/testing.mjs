// Runs commands and tests, and counts the results.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';

const BUILT_TESTS = 'node_modules/.cache/tests';

/** Runs a command. Resolves with its output, and with `ok: false` if it failed. */
export function runBuffered(command, args, { show = false, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (output += data));
    if (show) child.stdout.pipe(process.stdout, { end: false });
    child.on('error', ({ message }) => resolve({ ok: false, output: `${message}\n` }));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

/** Like `runBuffered`, and shows the output while the command runs. */
export const run = (command, args, env = {}) =>
  runBuffered(command, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
    show: true,
  });

/** Creates a temporary folder, and removes it when the process ends. */
export function temporaryFolder(name) {
  const folder = mkdtempSync(path.join(tmpdir(), `mentorship-${name}-`));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  return folder;
}

/** Runs a command. If it fails, rejects with the names of failed tests, or else with the end of its output. */
export async function runQuietly(command, args, options) {
  const { ok, output } = await runBuffered(command, args, options);
  if (ok) return;
  const failures = output.match(/^ *not ok .*$/gm)?.join('\n') ?? output.slice(-2000);
  throw new Error(`${command} ${args.join(' ')} failed:\n${failures}`);
}

/** Counts a run that failed without a failed test as one failure. */
export const counted = (ok, passed, failed) => ({ passed, failed: ok ? failed : Math.max(1, failed) });

/** Prints an error, and counts it as one failure. */
export function failure(error) {
  console.error(error);
  return { passed: 0, failed: 1 };
}

/** Adds up the counts of several runs. */
export const sum = (results) =>
  results.reduce(
    (total, { passed, failed }) => ({ passed: total.passed + passed, failed: total.failed + failed }),
    { passed: 0, failed: 0 },
  );

/** Builds the tests in a folder whose names end in `ending`. Resolves with the paths of the built files. */
export async function buildTests(folder, ending) {
  const { build } = await import('esbuild');
  const built = `${BUILT_TESTS}/${folder}`;
  rmSync(built, { recursive: true, force: true });
  mkdirSync(built, { recursive: true });
  await build({
    entryPoints: readdirSync(folder)
      .filter((file) => file.endsWith(ending))
      .map((file) => `${folder}/${file}`),
    outdir: built,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return readdirSync(built).map((file) => `${built}/${file}`);
}

/** Runs built tests in Node, and counts them. */
export async function runTests(files, env) {
  const reporters = [
    '--test-reporter=dot',
    '--test-reporter-destination=stderr',
    '--test-reporter=tap',
    '--test-reporter-destination=stdout',
  ];
  const { ok, output } = await run(
    process.execPath,
    [
      '--enable-source-maps',
      '--test',
      // One file more than cores, because some files wait for retries.
      `--test-concurrency=${availableParallelism() + 1}`,
      ...reporters,
      ...files,
    ],
    env,
  );
  const count = (name) => Number(new RegExp(`^# ${name} (\\d+)`, 'm').exec(output)?.[1] ?? 0);
  return counted(ok, count('pass'), count('fail') + count('cancelled'));
}

/** Builds the tests in a folder whose names end in `ending`, runs them in Node, and counts them. */
export const testsInNode = async (folder, ending, env) => runTests(await buildTests(folder, ending), env);
