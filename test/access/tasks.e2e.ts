// Drives each task by keyboard while it reads the accessibility tree.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { type FrameOptions, PictureBrowser, urlOf } from '../pictures/pages.ts';
import { findLowContrast, findNameless, findSmallTargets } from './checks.ts';
import { FLOWS } from './flows.ts';
import { Person } from './person.ts';

const FOLDER = 'test/access/flows';

/** `UPDATE=1` writes the logs of the tasks anew. */
const isUpdate = process.env['UPDATE'] === '1';

describe('tasks', () => {
  let browser: PictureBrowser;

  before(async () => {
    browser = await PictureBrowser.launch();
  });
  after(() => browser.close());

  async function open(frame: FrameOptions): Promise<Page> {
    const page = await browser.open(urlOf(frame), frame.width);
    await page.waitForFunction(() => 'showState' in window);
    return page;
  }

  for (const [name, { viewer, steps }] of Object.entries(FLOWS))
    it(`${name}, by keyboard and screen reader`, async () => {
      const page = await open({ theme: 'light', dir: 'ltr', width: 640 });
      const person = new Person(page);
      await person.begin(viewer);
      for (const step of steps) await person.do(step);
      await page.close();
      const log = `${person.log.join('\n')}\n`;
      const file = path.join(FOLDER, `${name}.txt`);
      if (isUpdate) {
        mkdirSync(FOLDER, { recursive: true });
        writeFileSync(file, log);
      } else assert.equal(log, existsSync(file) ? readFileSync(file, 'utf8') : '');
    });

  it('the checks find a small target, a control without a name, and low contrast', async () => {
    const page = await open({ theme: 'light', dir: 'ltr', width: 320 });
    await page.evaluate((name) => showState(name, ''), 'card opt-in');
    await page.evaluate(() => {
      const button = document.querySelector('mentorship-module')!.shadowRoot!.querySelector('button')!;
      button.textContent = '';
      Object.assign(button.style, { minBlockSize: '0', blockSize: '23px', padding: '0' });
      document.body.style.setProperty('--mentorship-color', '#999');
    });
    assert.equal((await page.evaluate(findSmallTargets)).length, 1);
    assert.equal((await page.evaluate(findNameless)).length, 1);
    assert.notEqual((await page.evaluate(findLowContrast)).length, 0);
    await page.close();
  });
});
