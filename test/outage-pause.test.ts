// Counts the requests of page views during an outage of the wiki.
import { expect } from '@open-wc/testing';
import type { MentorshipErrorEvent } from '../src/events.js';
import { httpWiki, make, attach, nextOutcome, openPage, show } from './element-helpers.js';

type Wiki = ReturnType<typeof httpWiki>;

const keyOf = ({ api }: Wiki) => `mentorship-module outage ${new URL(api, location.href).href}`;
afterEach(() => {
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith('mentorship-module outage ')))
    localStorage.removeItem(key);
  for (const frame of document.querySelectorAll('iframe')) frame.remove();
});

const sent = async (wiki: Wiki) => (await wiki.stats()).requests;

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
    expect(first, 'with two retries').to.equal(3);
    for (let view = 0; view < 5; view++) {
      const { code, retryable, retryAfter } = await nextError(wiki);
      expect({ code, retryable }).to.deep.equal({ code: 'busy', retryable: true });
      expect(retryAfter).to.be.within(28, 60);
    }
    expect(await sent(wiki)).to.equal(first);
  });

  it('other tabs send nothing, either', async () => {
    const wiki = httpWiki('503');
    await nextError(wiki);
    const first = await sent(wiki);
    const tab = await openPage('/strict/empty');
    const element = tab.document.createElement('mentorship-module');
    element.setAttribute('api', wiki.api);
    const end = nextOutcome(element);
    tab.document.body.append(element);
    expect(((await end) as MentorshipErrorEvent).error.code).to.equal('busy');
    expect(await sent(wiki)).to.equal(first);
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
