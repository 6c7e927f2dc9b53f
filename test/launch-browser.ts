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

/** Starts a browser. @returns the browser, and a function that closes it */
export async function launchBrowser(
  installed: Installed,
): Promise<{ browser: Browser; close: () => Promise<void> }> {
  // Uses a home folder of its own, because Firefox does not start as root in the home of another user, as in some
  // containers.
  const home = mkdtempSync(path.join(tmpdir(), 'mentorship-browser-'));
  const options: LaunchOptions = {
    browser: installed.browser,
    executablePath: installed.path,
    args: installed.flags,
    env: { ...process.env, HOME: home },
    timeout: 60_000,
  };
  // Retries, because the first start may time out on a busy machine.
  const browser = await puppeteer.launch(options).catch(() => puppeteer.launch(options));
  const close = async () => {
    await browser.close();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  };
  return { browser, close };
}
