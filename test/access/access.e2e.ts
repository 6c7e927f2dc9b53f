// Measures every card and dialog, and drives each task by keyboard while it reads the accessibility tree.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { codes, tagOf } from '../../build/locales/files.ts';
import { type FrameOptions, PictureBrowser, urlOf } from '../pictures/pages.ts';
import { findLowContrast, findNameless, findSmallTargets } from './checks.ts';
import { FLOWS } from './flows.ts';
import { Person } from './person.ts';

const FOLDER = 'test/access/flows';

/** `UPDATE=1` writes the logs of the tasks anew. */
const isUpdate = process.env['UPDATE'] === '1';

/** The states with the most controls, for the names in each language. */
const NAMED_STATES = [
  ...['card mentored-question-states', 'card invite', 'card mentored-summary', 'the menu'],
  ...['ask: writing', 'choose: among many', 'leave: with reasons', 'enroll', 'pause'],
];

/** Fails with all lines, because an assertion on arrays leaves some out. */
const expectNone = (found: readonly string[]) => assert.ok(found.length === 0, found.join('\n'));

describe('access', () => {
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

  /** Runs a check in each state. Resolves with what it finds. */
  async function inEachState(
    page: Page,
    states: readonly string[],
    check: () => string[],
  ): Promise<string[]> {
    const found: string[] = [];
    for (const state of states) {
      await page.evaluate((name) => showState(name, ''), state);
      found.push(...(await page.evaluate(check)).map((one) => `${state}: ${one}`));
    }
    return found;
  }

  for (const width of [320, 640])
    it(`has targets of at least 24 px at ${width} px`, async () => {
      const page = await open({ theme: 'light', dir: 'ltr', width });
      const states = await page.evaluate(() => allStateNames);
      expectNone(await inEachState(page, states, findSmallTargets));
      await page.close();
    });

  for (const theme of ['light', 'dark'] as const)
    it(`has enough contrast in the ${theme} theme`, async () => {
      const page = await open({ theme, dir: 'rtl', width: 320 });
      const states = await page.evaluate(() => allStateNames);
      expectNone(await inEachState(page, states, findLowContrast));
      await page.close();
    });

  it('names every control in every language', async () => {
    const page = await open({ theme: 'light', dir: 'ltr', width: 320 });
    const found: string[] = [];
    for (const code of ['en', ...codes()]) {
      await page.evaluate((language) => setLanguage(language), tagOf(code));
      found.push(...(await inEachState(page, NAMED_STATES, findNameless)).map((one) => `${code}: ${one}`));
    }
    expectNone(found);
    await page.close();
  });

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
