// Everything that a change must pass. Each check counts as one, each test as one; the last line counts them all.
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { installChromium, installPackages } from './setup.mjs';

const NODE_TESTS = 'node_modules/.cache/node-tests';
const bin = (name) => `node_modules/.bin/${name}`;

/** Runs a command with its output shown; resolves with how it ended and what it printed. */
function run(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (data) => {
      output += data;
      process.stdout.write(data);
    });
    child.on('error', () => resolve({ ok: false, output }));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

const check =
  (...command) =>
  async () => {
    const { ok } = await run(command[0], command.slice(1));
    return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  };

/** A run that failed without naming a failed test counts as one. */
const counted = (ok, passed, failed) => ({ passed, failed: ok ? failed : Math.max(1, failed) });

async function nodeTests() {
  const { build } = await import('esbuild');
  rmSync(NODE_TESTS, { recursive: true, force: true });
  mkdirSync(NODE_TESTS, { recursive: true });
  await build({
    entryPoints: readdirSync('test')
      .filter((file) => file.endsWith('.node.test.ts'))
      .map((file) => `test/${file}`),
    outdir: NODE_TESTS,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  const files = readdirSync(NODE_TESTS).map((file) => `${NODE_TESTS}/${file}`);
  const { ok, output } = await run(process.execPath, [
    '--enable-source-maps',
    '--test',
    '--test-reporter=dot',
    '--test-reporter-destination=stderr',
    '--test-reporter=tap',
    '--test-reporter-destination=stdout',
    ...files,
  ]);
  const count = (name) => Number(new RegExp(`^# ${name} (\\d+)`, 'm').exec(output)?.[1] ?? 0);
  return counted(ok, count('pass'), count('fail') + count('cancelled'));
}

async function browserTests() {
  process.env.CHROME_PATH = await installChromium();
  const { ok, output } = await run(bin('wtr'), []);
  const count = (name) => Number(new RegExp(`^counted: .*?(\\d+) ${name}`, 'm').exec(output)?.[1] ?? 0);
  return counted(ok, count('passed'), count('failed'));
}

const STEPS = {
  format: check(bin('prettier'), '--check', '--log-level', 'warn', '.'),
  lint: check(bin('eslint'), '.'),
  types: check(bin('tsc'), '-p', 'tsconfig.json'),
  'generated files': check(process.execPath, 'scripts/generate.mjs', '--check'),
  build: check('npm', 'run', '--silent', 'build'),
  size: check(process.execPath, 'scripts/size.mjs'),
  'package (publint)': check(bin('publint'), '--strict'),
  'package types (attw)': check(
    bin('attw'),
    '--pack',
    '.',
    '--profile',
    'esm-only',
    '--format',
    'ascii',
    '--exclude-entrypoints',
    'custom-elements.json',
    'snapshot.schema.json',
  ),
  'tests in Node': nodeTests,
  'tests in browsers': browserTests,
};

installPackages();
const total = { passed: 0, failed: 0 };
const only = process.argv.slice(2);
for (const [name, step] of Object.entries(STEPS).filter(
  ([name]) => only.length === 0 || only.some((word) => name.includes(word)),
)) {
  const since = Date.now();
  console.log(`\n── ${name}`);
  const { passed, failed } = await step().catch((error) => {
    console.error(error);
    return { passed: 0, failed: 1 };
  });
  total.passed += passed;
  total.failed += failed;
  console.log(
    `${failed ? '✗' : '✓'} ${name}: ${passed} passed, ${failed} failed (${((Date.now() - since) / 1000).toFixed(1)} s)`,
  );
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed ? 1 : 0;
