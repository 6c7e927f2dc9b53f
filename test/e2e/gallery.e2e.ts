import { after, before, describe } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { askTests } from './ask.ts';
import { environment, launch } from './browser.ts';
import { dialogTests } from './dialogs.ts';
import { frontTests } from './front.ts';
import { translateTests } from './translate.ts';
import { type OpenGallery, GalleryPage } from './gallery-page.ts';

describe(`the gallery in ${environment.name}`, () => {
  let browser: Browser;
  let close = async () => {};
  const openGallery: OpenGallery = (test, options) => GalleryPage.open(test, browser, options);

  before(async () => {
    ({ browser, close } = await launch());
  });
  after(() => close());

  askTests(openGallery);
  dialogTests(openGallery);
  translateTests(openGallery);
  frontTests(() => browser);
});
