import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';

type Texts = Record<string, unknown>;

/** A gallery with locales that a test may change. */
export interface GalleryServer {
  url: string;
  /** All addresses that the server prints. */
  urls: string[];
  /** Saves a locale file. */
  change: (code: string, change: (texts: Texts) => void) => void;
}

/** Serves the gallery from a copy of the locales until the test ends. @param env - further environment variables */
export async function startGallery(
  test: TestContext,
  env: Record<string, string> = {},
): Promise<GalleryServer> {
  const folder = mkdtempSync(path.join(tmpdir(), 'mentorship-locales-'));
  cpSync('locales', folder, { recursive: true });
  const server = spawn(process.execPath, ['--import', 'tsx', 'scripts/start.ts'], {
    env: { ...process.env, LOCALES: folder, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  test.after(async () => {
    server.kill();
    await rm(folder, { recursive: true });
  });
  const [said] = (await once(server.stdout, 'data')) as [Buffer];
  const urls = said.toString().match(/http:\S+/g) ?? [];
  return {
    url: urls[0] ?? '',
    urls: [...urls],
    change: (code, change) => {
      const file = path.join(folder, `${code}.json`);
      const texts = JSON.parse(readFileSync(file, 'utf8')) as Texts;
      change(texts);
      writeFileSync(file, JSON.stringify(texts, null, 2));
    },
  };
}
