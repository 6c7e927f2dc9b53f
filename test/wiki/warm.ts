import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { GadgetContext } from './gadget.wiki.ts';
import type { WikiPage } from './wiki-page.ts';

/** Returns what the browser keeps for a viewer on the current origin, by key. */
const readKept = ({ page }: WikiPage): Promise<[string, string][]> =>
  page.evaluate(() =>
    Object.keys(localStorage)
      .filter((key) => key.startsWith('mentorship-module kept '))
      .map((key): [string, string] => [key, localStorage.getItem(key) ?? '']),
  );

async function untilKept(wikiPage: WikiPage): Promise<[string, string][]> {
  await wikiPage.page.waitForFunction(() =>
    Object.keys(localStorage).some((key) => /^mentorship-module kept .* snapshot \d+$/.test(key)),
  );
  return readKept(wikiPage);
}

async function signOut({ context }: WikiPage): Promise<void> {
  await context.deleteCookie(...(await context.cookies()));
}

export const warmTests = (getContext: () => GadgetContext) =>
  describe('the kept card', () => {
    it('is rendered without the wiki’s API, and stays in its place when it is reloaded', async (test) => {
      const { wiki, openPage } = getContext();
      const wikiPage = await openPage(test, 'q_kim', { expected: /ERR_FAILED/ });
      const { page } = wikiPage;
      await wikiPage.go(wiki.pageUrl('Mentorship'));
      await untilKept(wikiPage);
      await page.waitForNetworkIdle();
      const text = await wikiPage.text();
      const asked = wikiPage.asked(wiki.api).length;
      assert.ok(asked > 0);

      await page.setRequestInterception(true);
      let isCut = true;
      page.on('request', (request) => {
        void (isCut && request.url().startsWith(wiki.api) ? request.abort() : request.continue());
      });
      assert.equal((await wikiPage.go(wiki.pageUrl('Mentorship'))).card, 'mentored');
      assert.equal(await wikiPage.text(), text);
      await page.waitForNetworkIdle();
      assert.equal(await wikiPage.text(), text);

      isCut = false;
      await page.evaluateOnNewDocument(() => {
        const shifts: number[] = [];
        Object.assign(window, { shifts });
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            const { sources = [] } = entry as unknown as { sources?: { node: Node | null }[] };
            if (
              sources.some(
                ({ node }) => node?.nodeName.startsWith('MENTORSHIP') || node?.getRootNode() !== document,
              )
            )
              shifts.push(entry.startTime);
          }
        }).observe({ type: 'layout-shift', buffered: true });
      });
      await wikiPage.go(wiki.pageUrl('Mentorship'));
      await page.waitForNetworkIdle();
      assert.ok(wikiPage.asked(wiki.api).length > asked, 'the reload');
      assert.equal(await wikiPage.text(), text);
      assert.deepEqual(await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts), []);
    });

    it('is never shown to the next account, and deleted with all about the mentor', async (test) => {
      const { wiki, openPage } = getContext();
      const wikiPage = await openPage(test, 'n_ana');
      const { page, context } = wikiPage;
      await wikiPage.go(wiki.pageUrl('Mentorship'));
      const [first] = await untilKept(wikiPage);
      const [key, text] = first ?? ['', ''];
      assert.match(text, /Mentor Fatima/);
      assert.match(text, /"email":null/);

      await signOut(wikiPage);
      await context.setCookie(...(await wiki.browserCookies('n_ben')));
      // This page has no card.
      await page.goto(wiki.pageUrl('River'), { waitUntil: 'networkidle0' });
      assert.deepEqual(await readKept(wikiPage), []);

      await page.evaluateOnNewDocument(() => {
        const seen: string[] = [];
        Object.assign(window, { seen });
        addEventListener('mentorship-ready', ({ target }) =>
          seen.push((target as Element).shadowRoot?.textContent ?? ''),
        );
      });
      await wikiPage.go(wiki.pageUrl('Mentorship'));
      const kept = await untilKept(wikiPage);
      assert.ok(kept.every(([one]) => one !== key));
      assert.doesNotMatch(JSON.stringify(kept), /Fatima|Newcomer Ana/);
      const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen);
      assert.match(seen.join(), /Mentor Marcus/);
      assert.doesNotMatch(seen.join(), /Fatima/);

      await signOut(wikiPage);
      await page.goto(wiki.pageUrl('River'), { waitUntil: 'networkidle0' });
      assert.deepEqual(await readKept(wikiPage), []);
    });
  });
