import { after, afterEach, before, describe, type TestContext } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { launch, Visitor } from './wiki-page.ts';
import { cards } from './cards.ts';
import { dialogs } from './dialogs.ts';
import { installGadget } from './install-gadget.ts';
import { looks } from './skins.ts';
import { refusals } from './errors.ts';
import { writing } from './user-flows.ts';
import { startWiki, type Wiki } from './start-wiki.ts';

export interface Stage {
  wiki: Wiki;
  browser: Browser;
  visit(
    test: TestContext,
    user: string | null,
    more?: { width?: number; height?: number; expected?: RegExp },
  ): Promise<Visitor>;
}

describe('the gadget on a real wiki', () => {
  let wiki: Wiki;
  let browser: Browser;
  let close = async () => {};
  const here = (): Stage => ({
    wiki,
    browser,
    visit: (test, user, more = {}) => Visitor.begin(test, { browser, wiki, user, ...more }),
  });

  before(async () => {
    wiki = await startWiki();
    await installGadget(wiki);
    ({ browser, close } = await launch());
  });
  afterEach(() => wiki.reset());
  after(async () => {
    await close();
    await wiki.close();
  });

  cards(here);
  dialogs(here);
  writing(here);
  refusals(here);
  looks(here);
});
