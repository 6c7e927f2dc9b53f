import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import puppeteer, { type Browser, type LaunchOptions } from 'puppeteer-core';

/** What scripts/test.mjs has found: the path of a browser, its flags, and where the gallery is. */
interface Found {
  name: string;
  path: string;
  flags: string[];
  gallery: string;
}

export const found = JSON.parse(process.env['E2E'] ?? 'null') as Found;

/** Starts the browser that is to be tested. @returns it, and what ends it */
export async function launch(): Promise<{ browser: Browser; close: () => Promise<void> }> {
  // Firefox does not start as root in somebody else's home, which is what some containers have.
  const home = mkdtempSync(path.join(tmpdir(), 'mentorship-e2e-'));
  const options: LaunchOptions = {
    browser: found.name === 'firefox' ? 'firefox' : 'chrome',
    executablePath: found.path,
    args: found.flags,
    env: { ...process.env, HOME: home },
    timeout: 60_000,
  };
  // On a machine that is busy, the first start may take too long.
  const browser = await puppeteer.launch(options).catch(() => puppeteer.launch(options));
  const close = async () => {
    await browser.close();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  };
  return { browser, close };
}
