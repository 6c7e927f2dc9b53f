import { after, afterEach, before, describe, type TestContext } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startWikiAndBrowser, WikiPage } from './wiki-page.ts';
import { cardTests } from './cards.ts';
import { dialogTests } from './dialogs.ts';
import { installGadget } from './install-gadget.ts';
import { skinTests } from './skins.ts';
import { errorTests } from './errors.ts';
import { userFlowTests } from './user-flows.ts';
import { warmTests } from './warm.ts';
import type { Wiki } from './start-wiki.ts';

export interface GadgetContext {
  wiki: Wiki;
  browser: Browser;
  openPage(
    test: TestContext,
    user: string | null,
    more?: { width?: number; height?: number; expected?: RegExp },
  ): Promise<WikiPage>;
}

describe('the gadget on a real wiki', () => {
  let wiki: Wiki;
  let browser: Browser;
  let close = async () => {};
  const getContext = (): GadgetContext => ({
    wiki,
    browser,
    openPage: (test, user, more = {}) => WikiPage.open(test, { browser, wiki, user, ...more }),
  });

  before(async () => {
    ({ wiki, browser, close } = await startWikiAndBrowser());
    await installGadget(wiki);
  });
  afterEach(() => wiki.reset());
  after(() => close());

  cardTests(getContext);
  warmTests(getContext);
  dialogTests(getContext);
  userFlowTests(getContext);
  errorTests(getContext);
  skinTests(getContext);
});
