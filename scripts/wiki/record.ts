// Records the responses of a MediaWiki without GrowthExperiments for test/recordings-1.39, and its content for the wiki in
// memory: `npx tsx scripts/wiki/record.ts`. Its clock stands still at the time of the other recordings.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { freePort } from '../free-port.ts';
import { type Client, createClient } from './client.ts';
import { installMediaWiki } from './debian.ts';
import { EXCHANGES } from './exchanges.ts';
import { createFolder, fill, type Folder, install, php, setReadOnly, setSettings } from './folder.ts';
import { PASSWORD, PEOPLE } from './people.ts';
import { createRecorder } from './recorder.ts';
import { seed } from './seed.ts';
import { startServer } from './server.ts';

const RECORDINGS = 'test/recordings-1.39';
const SEED = 'test/fake-mediawiki/core-seed.json';
const NOW = new Date('2026-11-22T11:00:00Z');

const SETTINGS = `<?php
require '${php('LocalSettings.php')}';
// Loads only the skins of the core.
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

async function write(path: string, value: unknown): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const options = await resolveConfig(path);
  writeFileSync(path, await format(JSON.stringify(value, null, 2), { ...options, parser: 'json' }));
}

async function record(folder: Folder): Promise<void> {
  const { dir, server } = folder;
  const api = `${server}/w/api.php`;
  const account = (id: string) => PEOPLE.find((person) => person.id === id)?.name ?? null;
  const clients = new Map<string, Client>();
  const clientOf = (id: string) => {
    const name = account(id);
    const client = clients.get(id) ?? createClient(api, name === null ? null : { name, password: PASSWORD });
    clients.set(id, client);
    return client;
  };
  const set = {
    at: (time: string) => writeFileSync(join(dir, 'now'), time),
    readOnly: (reason: string | null) => setReadOnly(folder, reason),
    settings: (values: Record<string, unknown>) => setSettings(folder, values),
    captcha: (state: 'on' | 'off') =>
      state === 'on'
        ? writeFileSync(join(dir, 'captcha'), '')
        : rmSync(join(dir, 'captcha'), { force: true }),
    admin: (params: Record<string, unknown>) => clientOf('admin').post(params),
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
await install(folder, 'Growth Test Wiki');
writeFileSync(join(folder.dir, 'settings.php'), SETTINGS);
folder.env['MW_CONFIG_FILE'] = join(folder.dir, 'settings.php');
await fill(folder, NOW);
const server = startServer(folder);
try {
  await server.ready();
  await record(folder);
  const { password: _, ...content } = seed(NOW);
  await write(SEED, content);
} finally {
  await server.close();
}
