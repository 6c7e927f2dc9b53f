import { after, before, describe } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { asking } from './ask.ts';
import { found, launch } from './browser.ts';
import { dialogs } from './dialogs.ts';
import { translating } from './translate.ts';
import { type Begin, Visit } from './gallery-page.ts';

describe(`the gallery in ${found.name}`, () => {
  let browser: Browser;
  let close = async () => {};
  const begin: Begin = (test, setting) => Visit.begin(test, browser, setting);

  before(async () => {
    ({ browser, close } = await launch());
  });
  after(() => close());

  asking(begin);
  dialogs(begin);
  translating(begin);
});
