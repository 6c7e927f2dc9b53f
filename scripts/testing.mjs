// How tests are run and counted, for whoever runs some.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';

const BUILT_TESTS = 'node_modules/.cache/tests';

/** Runs a command with its output shown; resolves with how it ended and what it printed. */
export function run(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...env },
    });
    let output = '';
    child.stdout.on('data', (data) => {
      output += data;
      process.stdout.write(data);
    });
    child.on('error', () => resolve({ ok: false, output }));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

/** Runs a command. If it fails, rejects with the names of failed tests, or else with the end of its output. */
export function runQuietly(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += data));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else {
        const failures = output.match(/^ *not ok .*$/gm)?.join('\n') ?? output.slice(-2000);
        reject(new Error(`${command} ${args.join(' ')} failed:\n${failures}`));
      }
    });
  });
}

/** A run that failed without naming a failed test counts as one. */
export const counted = (ok, passed, failed) => ({ passed, failed: ok ? failed : Math.max(1, failed) });

/** Something that did not even begin counts as one that failed. */
export function failure(error) {
  console.error(error);
  return { passed: 0, failed: 1 };
}

/** Builds the tests in a folder that end in `ending`, and runs them in Node. */
export async function testsInNode(folder, ending, env) {
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
  const files = readdirSync(built).map((file) => `${built}/${file}`);
  const reporters = [
    '--test-reporter=dot',
    '--test-reporter-destination=stderr',
    '--test-reporter=tap',
    '--test-reporter-destination=stdout',
  ];
  const { ok, output } = await run(
    process.execPath,
    ['--enable-source-maps', '--test', ...reporters, ...files],
    env,
  );
  const count = (name) => Number(new RegExp(`^# ${name} (\\d+)`, 'm').exec(output)?.[1] ?? 0);
  return counted(ok, count('pass'), count('fail') + count('cancelled'));
}
