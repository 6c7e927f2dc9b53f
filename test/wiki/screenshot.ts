import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { environment } from './start-wiki.ts';
import type { WikiPage } from './wiki-page.ts';

const SCREENSHOTS = fileURLToPath(new URL('node_modules/.cache/wiki-screenshots/', environment.root));

/** Saves a picture of the page, for people who review a change. */
export async function screenshot({ page }: WikiPage, name: string): Promise<void> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: `${SCREENSHOTS}${name.replace(/[^\w-]+/g, '-')}.png` });
}
