import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import type { TestContext } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { measureCard } from './measure-card.ts';
import type { Wiki } from './start-wiki.ts';
import { screenshot } from './screenshot.ts';
import { WikiPage } from './wiki-page.ts';

/**
 * Console messages that skins of MediaWiki 1.39 cause: Timeless preloads a logo that the wiki of the tests does not use, and
 * Minerva in debug mode requests a file from a folder that does not exist, if the page is open for long enough.
 */
export const MESSAGES_OF_SKINS =
  /was preloaded using link preload but not used|extensions\/Minerva\/resources\/mobile\.startup\.stub\.js|reading 'require'\) \(http\S+debug=1\S+skin=minerva/;

export const SKINS = ['vector-2022', 'vector', 'minerva', 'timeless', 'monobook'] as const;
export type Skin = (typeof SKINS)[number];

/** Copies the files of the package that the documentation of the examples names. */
export function copyElement(folder: string): void {
  for (const name of ['mentorship-module.js', 'parts', 'locales'])
    cpSync(`dist/${name}`, `${folder}/${name}`, { recursive: true });
}

/** Expects a card that fits its place, on a page without errors. A refused request or script is an error. */
export async function expectCard(
  test: TestContext,
  options: { browser: Browser; wiki: Wiki; user: string; width?: number },
  address: string,
  variant: string,
): Promise<WikiPage> {
  const wikiPage = await WikiPage.open(test, { ...options, expected: MESSAGES_OF_SKINS });
  const { card } = await wikiPage.go(address);
  assert.equal(card, variant);
  const { overflowX, outside, width, height } = await measureCard(wikiPage.page);
  assert.deepEqual([overflowX, outside], [0, []]);
  assert.ok(width > 100 && height > 40, `${width} × ${height}`);
  await screenshot(wikiPage, test.name);
  return wikiPage;
}

/** Expects that a reader without an account downloads no script of the example. */
export async function expectNothingForReaders(
  test: TestContext,
  options: { browser: Browser; wiki: Wiki },
  address: string,
): Promise<void> {
  const { page, sent } = await WikiPage.open(test, { ...options, user: null, expected: MESSAGES_OF_SKINS });
  await page.goto(address, { waitUntil: 'networkidle0' });
  assert.deepEqual(
    sent.map(({ url }) => url.pathname).filter((path) => path.endsWith('mentorship-module.js')),
    [],
  );
}
