// Builds and tests a copy of the project with the lowest versions of its libraries that package.json allows, and with the
// newest: `npm run test:libraries`.
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import puppeteer from 'puppeteer-core';
import { checkPage, serveFiles } from './check-page.mjs';
import { CHROMIUM_FLAGS } from './chromium-path.mjs';
import { installChromium } from './setup.mjs';
import { runQuietly, temporaryFolder } from './testing.mjs';

/** Tests of all that ky does: requests, retries, timeouts and errors. */
const TESTS = ['action-api', 'patience', 'wiki-faults', 'growth-post'];

const output = (command, ...args) => execFileSync(command, args, { encoding: 'utf8' });

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

const lowestOf = (ranges) =>
  Object.entries(ranges).map(([name, range]) => `${name}@${range.replace('^', '')}`);

/** Lit's own packages are listed because its ranges allow newer ones. */
function lowestVersions() {
  const libraries = lowestOf(dependencies);
  const lit = libraries.find((library) => library.startsWith('lit@'));
  return [...libraries, ...lowestOf(JSON.parse(output('npm', 'view', lit, 'dependencies', '--json')))];
}

const SETS = {
  lowest: lowestVersions,
  newest: () => Object.entries(dependencies).map(([name, range]) => `${name}@${range}`),
};

/** Links what is not installed in `target`, because development tools need not be installed again. */
function linkPackages(source, target) {
  for (const name of readdirSync(source)) {
    const from = path.resolve(source, name);
    const to = path.join(target, name);
    if (name === '.cache' || name === '.package-lock.json') continue;
    if (!existsSync(to)) symlinkSync(from, to);
    else if (name.startsWith('@')) linkPackages(from, to);
  }
}

async function copyProject(folder, libraries) {
  const files = output('git', 'ls-files', '--cached', '--others', '--exclude-standard', '-z').split('\0');
  for (const file of files.filter((name) => name && existsSync(name)))
    cpSync(file, path.join(folder, file), { recursive: true });
  const flags = [
    '--no-save',
    '--no-package-lock',
    '--omit=dev',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
  ];
  await runQuietly('npm', ['install', ...flags, ...libraries], { cwd: folder });
  const installed = Object.keys(dependencies).map((name) => {
    const manifest = path.join(folder, 'node_modules', name, 'package.json');
    return `${name} ${JSON.parse(readFileSync(manifest, 'utf8')).version}`;
  });
  linkPackages('node_modules', path.join(folder, 'node_modules'));
  return installed.join(', ');
}

async function testProject(folder, browser) {
  await runQuietly('npm', ['run', 'build'], { cwd: folder });
  const script = `
    import { testsInNode } from './scripts/testing.mjs';
    for (const name of ${JSON.stringify(TESTS)})
      if ((await testsInNode('test', \`\${name}.node.test.ts\`)).failed > 0) process.exitCode = 1;`;
  await runQuietly(process.execPath, ['--input-type=module', '--eval', script], { cwd: folder });
  cpSync('test/bundlers/shared/index.html', path.join(folder, 'dist/index.html'));
  writeFileSync(path.join(folder, 'dist/main.js'), "import './mentorship-module.js';\n");
  const { url, close } = await serveFiles(path.join(folder, 'dist'));
  try {
    await checkPage(browser, url);
  } finally {
    await close();
  }
}

const temporary = temporaryFolder('libraries');
const browser = await puppeteer.launch({ executablePath: await installChromium(), args: CHROMIUM_FLAGS });

/** Prints the result of a set, and returns true if it passed. */
async function testSet([name, libraries]) {
  const since = Date.now();
  const folder = path.join(temporary, name);
  mkdirSync(folder);
  let installed = 'not installed';
  let problem = null;
  try {
    installed = await copyProject(folder, libraries());
    await testProject(folder, browser);
  } catch (error) {
    problem = error;
  }
  const seconds = ((Date.now() - since) / 1000).toFixed(1);
  console.log(`${problem ? '✗' : '✓'} ${name}: ${installed} (${seconds} s)`);
  if (problem) console.log(problem.message.replaceAll(temporary, '…'));
  return problem === null;
}

const results = await Promise.all(Object.entries(SETS).map(testSet));
await browser.close();
const passed = results.filter(Boolean).length;
console.log(`\n${passed} passed, ${results.length - passed} failed`);
process.exitCode = passed < results.length ? 1 : 0;
