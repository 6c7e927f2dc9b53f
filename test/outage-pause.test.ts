// Counts the requests of page views during an outage of the wiki.
import { expect } from '@open-wc/testing';
import type { MentorshipErrorEvent } from '../src/events.js';
import { growthSource } from '../src/sdk/index.js';
import { isolateStorage, isolateStorageInTests } from './isolated-storage.js';
import { httpWiki, make, attach, nextOutcome, openPage, type Page, show } from './element-helpers.js';

type Wiki = ReturnType<typeof httpWiki>;

// The tests of another file may clear the storage at the same time.
isolateStorageInTests();

async function openTab(): Promise<Page> {
  const page = await openPage('/strict/empty');
  isolateStorage(page);
  return page;
}

const keyOf = ({ api }: Wiki) => `mentorship-module outage ${new URL(api, location.href).href}`;
afterEach(() => {
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith('mentorship-module outage ')))
    localStorage.removeItem(key);
  for (const frame of document.querySelectorAll('iframe')) frame.remove();
});

const sent = async (wiki: Wiki) => (await wiki.stats()).requests;

/** Requests of a load that fails: two, and two or three retries, because it ends when one of the requests has failed thrice. */
const REQUESTS_PER_LOAD = { least: 4, most: 5 };
const MANY = 100;

/** Shows many elements in each tab at the same time, and returns the codes of their errors. */
async function fillTabs(tabs: readonly Page[], { api }: Wiki): Promise<string[]> {
  const elements = tabs.flatMap(({ document }) =>
    Array.from({ length: MANY }, () => document.createElement('mentorship-module')),
  );
  const ends = elements.map(nextOutcome);
  for (const element of elements) element.setAttribute('api', api);
  tabs.forEach(({ document }, index) =>
    document.body.append(...elements.slice(index * MANY, (index + 1) * MANY)),
  );
  const errors = (await Promise.all(ends)) as MentorshipErrorEvent[];
  for (const element of elements) element.remove();
  // An element releases its source after a microtask.
  await Promise.resolve();
  return errors.map(({ error }) => error.code);
}

/** Shows another element, as on the next page view, and returns its error. */
async function nextError({ api }: Wiki) {
  const element = make({ api });
  const end = nextOutcome(element);
  attach(element);
  const { error } = (await end) as MentorshipErrorEvent;
  element.remove();
  // An element releases its source after a microtask.
  await Promise.resolve();
  return error;
}

describe('during an outage', () => {
  it('page views after the first one send nothing, and say when to retry', async () => {
    const wiki = httpWiki('503');
    expect((await nextError(wiki)).code).to.equal('http');
    const first = await sent(wiki);
    expect(first).to.be.within(REQUESTS_PER_LOAD.least, REQUESTS_PER_LOAD.most);
    for (let view = 0; view < 5; view++) {
      const { code, retryable, retryAfter } = await nextError(wiki);
      expect({ code, retryable }).to.deep.equal({ code: 'busy', retryable: true });
      expect(retryAfter).to.be.within(28, 60);
    }
    expect(await sent(wiki)).to.equal(first);
  });

  it('many elements of two tabs send as many requests as one element of each, and later ones none', async () => {
    const wiki = httpWiki('503');
    const tabs = [await openTab(), await openTab()];
    expect(await fillTabs(tabs, wiki)).to.deep.equal(Array(2 * MANY).fill('http'));
    const first = await sent(wiki);
    expect(first, 'for the first elements').to.be.within(
      2 * REQUESTS_PER_LOAD.least,
      2 * REQUESTS_PER_LOAD.most,
    );
    expect(await fillTabs(tabs, wiki)).to.deep.equal(Array(2 * MANY).fill('busy'));
    expect(await fillTabs([await openTab()], wiki)).to.deep.equal(Array(MANY).fill('busy'));
    expect(await sent(wiki), 'for all').to.equal(first);
  });

  it('a source of the host is not paused', async () => {
    const { api } = httpWiki('503');
    const source = growthSource({ api });
    for (let view = 0; view < 2; view++) {
      const element = make({ source });
      const end = nextOutcome(element);
      attach(element);
      expect(((await end) as MentorshipErrorEvent).error.code).to.equal('http');
      element.remove();
      await Promise.resolve();
    }
  });

  it('elements of another wiki load', async () => {
    await nextError(httpWiki('503'));
    expect((await show({ api: httpWiki('none', 'n_ana').api })).variant).to.equal('mentored');
  });

  it('“Try again” sends a request, and its success ends the pause for all', async () => {
    const wiki = httpWiki('503');
    const element = await show({ api: wiki.api });
    const first = await sent(wiki);
    await element.refresh();
    expect(await sent(wiki)).to.be.above(first);
    expect(element.variant).to.equal(null);
    await wiki.clearFault();
    await element.refresh();
    expect(element.variant).to.equal('mentored');
    expect(localStorage.getItem(keyOf(wiki))).to.equal(null);
    expect((await show({ api: wiki.api })).variant).to.equal('mentored');
  });

  it('loads again after the pause', async () => {
    const wiki = httpWiki('503');
    await nextError(wiki);
    await wiki.clearFault();
    expect(Number(localStorage.getItem(keyOf(wiki))) - Date.now()).to.be.within(20_000, 60_000);
    localStorage.setItem(keyOf(wiki), String(Date.now() - 1));
    expect((await show({ api: wiki.api })).variant).to.equal('mentored');
    expect(localStorage.getItem(keyOf(wiki))).to.equal(null);
  });

  it('waits as long as the wiki asks, at most 20 minutes', async () => {
    const wiki = httpWiki('429-long');
    await nextError(wiki);
    expect((await nextError(wiki)).retryAfter).to.be.within(598, 1_200);
  });

  it('browsers return at different times', async () => {
    const ends = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const wiki = httpWiki('429-long');
        await nextError(wiki);
        return Math.round(Number(localStorage.getItem(keyOf(wiki))) / 1_000);
      }),
    );
    expect(new Set(ends).size).to.be.above(4);
  });

  for (const fault of ['404', 'reset', 'html-page'])
    it(`does not pause after “${fault}”, which is no overload`, async () => {
      const wiki = httpWiki(fault);
      await nextError(wiki);
      expect(localStorage.getItem(keyOf(wiki))).to.equal(null);
    });

  for (const stored of ['', 'soon', '-1', '9e15', 'Infinity', '{}'])
    it(`ignores the stored text “${stored}”`, async () => {
      const wiki = httpWiki('none', 'n_ana');
      localStorage.setItem(keyOf(wiki), stored);
      expect((await show({ api: wiki.api })).variant).to.equal('mentored');
    });

  it('an element whose data another one has shows the card', async () => {
    const wiki = httpWiki('none', 'n_ana');
    await show({ api: wiki.api });
    localStorage.setItem(keyOf(wiki), String(Date.now() + 40_000));
    expect((await show({ api: wiki.api })).variant).to.equal('mentored');
  });
});
