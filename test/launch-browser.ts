import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import puppeteer, { type Browser, type LaunchOptions } from 'puppeteer-core';

interface Installed {
  browser: 'chrome' | 'firefox';
  path: string;
  flags: string[];
}

/** Starts a browser. @returns it, and what ends it */
export async function launchBrowser(
  installed: Installed,
): Promise<{ browser: Browser; close: () => Promise<void> }> {
  // Firefox does not start as root in somebody else's home, which is what some containers have.
  const home = mkdtempSync(path.join(tmpdir(), 'mentorship-browser-'));
  const options: LaunchOptions = {
    browser: installed.browser,
    executablePath: installed.path,
    args: installed.flags,
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
