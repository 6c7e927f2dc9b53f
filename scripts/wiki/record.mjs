// Records what a real MediaWiki without GrowthExperiments answers, for test/recordings-1.39, and what it holds by then,
// for the wiki in memory: `node scripts/wiki/record.mjs`. Its clock stands still at the moment of the other recordings.
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { createClient } from './client.mjs';
import { installMediaWiki, MEDIAWIKI } from './debian.mjs';
import { EXCHANGES } from './exchanges.mjs';
import { createFolder, php, setReadOnly, setSettings } from './folder.mjs';
import { PASSWORD, PEOPLE } from './people.mjs';
import { createRecorder } from './recorder.mjs';
import { seed } from './seed.mjs';
import { freePort, startServer } from './server.mjs';

const RECORDINGS = 'test/recordings-1.39';
const SEED = 'test/fake-mediawiki/core-seed.json';
const NOW = new Date('2026-11-22T11:00:00Z');

const SETTINGS = `<?php
require '${php('LocalSettings.php')}';
// A core and its skins, nothing else.
ExtensionRegistry::getInstance()->clearQueue();
wfLoadSkins( [ 'Vector', 'MinervaNeue', 'Timeless', 'MonoBook' ] );
$wgServer = 'https://wiki.example';
$wgSitename = 'Growth Test Wiki';
$wgMetaNamespace = 'Growth_Test_Wiki';
$wgEnableEmail = true;
$wgCrossSiteAJAXdomains = [ 'host.example' ];
if ( PHP_SAPI !== 'cli' ) {
	Wikimedia\\Timestamp\\ConvertibleTimestamp::setFakeTime( file_get_contents( getenv( 'WIKI_DIR' ) . '/now' ) );
}
if ( is_file( getenv( 'WIKI_DIR' ) . '/captcha' ) ) {
	wfLoadExtension( 'ConfirmEdit' );
	$wgCaptchaTriggers['edit'] = true;
}
`;

function runPhp({ dir, env }, args, input) {
  return new Promise((resolve, reject) => {
    const child = spawn('php', args, { cwd: dir, env, stdio: ['pipe', 'inherit', 'inherit'] });
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${args[0]} ended with ${code}`)),
    );
    child.stdin.end(input);
  });
}

async function install(folder) {
  const { dir, env, server } = folder;
  const where = ['--dbtype=sqlite', '--dbname=wiki', `--dbpath=${dir}/data`, `--confpath=${dir}/tmp`];
  const what = ['--scriptpath=/w', `--server=${server}`, `--pass=${PASSWORD}`, 'Growth Test Wiki', 'Admin'];
  const noSettingsYet = { ...folder, env: { ...env, MW_CONFIG_FILE: join(dir, 'none.php') } };
  await runPhp(noSettingsYet, [`${MEDIAWIKI}/maintenance/install.php`, ...where, ...what]);
  writeFileSync(join(dir, 'settings.php'), SETTINGS);
  env.MW_CONFIG_FILE = join(dir, 'settings.php');
  await runPhp(folder, [php('seed.php')], JSON.stringify(seed(NOW)));
}

async function write(path, value) {
  mkdirSync(dirname(path), { recursive: true });
  const options = await resolveConfig(path);
  writeFileSync(path, await format(JSON.stringify(value, null, 2), { ...options, parser: 'json' }));
}

async function record(folder) {
  const { dir, server } = folder;
  const api = `${server}/w/api.php`;
  const account = (id) => PEOPLE.find((person) => person.id === id)?.name ?? null;
  const clients = new Map();
  const clientOf = (id) => {
    const name = account(id);
    if (!clients.has(id)) clients.set(id, createClient(api, name && { name, password: PASSWORD }));
    return clients.get(id);
  };
  const set = {
    at: (time) => writeFileSync(join(dir, 'now'), time),
    readOnly: (reason) => setReadOnly(folder, reason),
    settings: (values) => setSettings(folder, values),
    captcha: () => writeFileSync(join(dir, 'captcha'), ''),
    noCaptcha: () => rmSync(join(dir, 'captcha'), { force: true }),
    admin: (params) => clientOf('admin').post(params),
  };
  const recorder = createRecorder({ api, account, clientOf, set });
  for (const part of ['viewers', 'reads', 'writes', 'cors'])
    rmSync(`${RECORDINGS}/${part}`, { recursive: true, force: true });
  for (const exchange of EXCHANGES) {
    await write(`${RECORDINGS}/${exchange.file}.json`, await recorder(exchange));
    console.log(exchange.file);
  }
}

installMediaWiki();
const folder = createFolder(`http://127.0.0.1:${await freePort()}`);
writeFileSync(join(folder.dir, 'now'), '2026-11-22T11:00:00Z');
await install(folder);
const server = startServer(folder);
try {
  await server.answers();
  await record(folder);
  const { password: _, ...content } = seed(NOW);
  await write(SEED, content);
} finally {
  await server.close();
}
