import { expect, waitUntil } from '@open-wc/testing';
import {
  all,
  idle,
  make,
  attach,
  recordEvents,
  nextOutcome,
  show,
  httpWiki,
  visibleText,
} from './element-helpers.js';
import { fakeSource, MENTORED, openAsk, submitDialog, until, write } from './dialog-helpers.js';
import { isolateStorageInTests } from './isolated-storage.js';

isolateStorageInTests();

/** The default wiki of a viewer without questions. */
const wiki = (fault?: string) => httpWiki(fault, 'n_ana');

/** Waits until the card in view has read the mentor's talk page, and returns the number of requests. */
async function countSettled({ stats }: ReturnType<typeof httpWiki>): Promise<number> {
  const isRead = async () =>
    (await stats()).urls.some((url) => url.includes('action=discussiontoolspageinfo'));
  await waitUntil(isRead, 'the talk page');
  return (await stats()).requests;
}

describe('requests', function () {
  // Other test files keep connections to the same server open, up to 17 s, and a browser opens six.
  this.timeout(30_000);
  const HANGING = { interval: 5, timeout: 25_000 };

  it('are shared by elements with the same URL, at most four', async () => {
    const { api, stats } = wiki();
    const elements = [make({ api }), make({ api }), make({ api: new URL(api, location.href).href })];
    const ready = elements.map(nextOutcome);
    for (const element of elements) attach(element);
    await Promise.all(ready);
    expect(elements.map(({ variant }) => variant)).to.deep.equal(['mentored', 'mentored', 'mentored']);
    const { urls, headers } = await stats();
    // The reply time is read once a card is shown, which may be before this line.
    const loads = urls.filter((url) => !url.includes('action=discussiontoolspageinfo'));
    expect(loads.length).to.be.within(1, 4);
    expect(urls.length - loads.length).to.be.at.most(1);
    expect(urls.join()).not.to.contain('token');
    expect(headers[0]?.['api-user-agent']).to.contain('mentorship-module');
  });

  it('are not sent for a later element while an earlier one shows its card', async () => {
    const server = wiki();
    const { api, stats } = server;
    await show({ api });
    const requests = await countSettled(server);
    await show({ api });
    expect((await stats()).requests).to.equal(requests);
  });

  it('are not repeated when the element moves', async () => {
    const server = wiki();
    const { api, stats } = server;
    const [here, there] = [attach(document.createElement('div')), attach(document.createElement('div'))];
    const element = await show({ api }, here);
    const requests = await countSettled(server);
    const events = recordEvents(element);
    for (const parent of [there, here, there]) {
      parent.append(element);
      await element.updateComplete;
    }
    await idle();
    expect((await stats()).requests).to.equal(requests);
    expect(events).to.have.lengthOf(0);
    expect(element.getAttribute('variant')).to.equal('mentored');
  });

  it('continue while the element moves', async () => {
    const { api, stats } = wiki();
    const [here, there] = [attach(document.createElement('div')), attach(document.createElement('div'))];
    const element = attach(make({ api }), here);
    const events = recordEvents(element);
    const ready = nextOutcome(element);
    await element.updateComplete;
    there.append(element);
    await ready;
    await idle();
    const { urls } = await stats();
    expect(urls.filter((url) => !url.includes('discussiontoolspageinfo')).length).to.be.at.most(4);
    expect(events).to.have.lengthOf(1);
  });

  it('are repeated for another URL, and only the last one counts', async () => {
    const first = wiki('hang');
    const element = attach(make({ api: first.api }));
    const events = recordEvents(element);
    await waitUntil(async () => (await first.stats()).requests === 2, 'both requests', HANGING);
    const ready = nextOutcome(element);
    element.api = '/wiki/m_fatima/w/api.php';
    await ready;
    expect(element.getAttribute('variant')).to.equal('mentor');
    await waitUntil(
      async () => (await first.stats()).aborted === 2,
      'the first requests were given up',
      HANGING,
    );
    const again = nextOutcome(element);
    element.setAttribute('api', '/wiki/n_eli/w/api.php');
    await again;
    expect(element.getAttribute('variant')).to.equal('opt-in');
    expect(events.map(({ type }) => type)).to.deep.equal(['mentorship-ready', 'mentorship-ready']);
  });

  it('are aborted when the element is removed, and sent again on reinsertion', async () => {
    const { api, stats, clearFault } = wiki('hang');
    const element = attach(make({ api }));
    const events = recordEvents(element);
    await waitUntil(async () => (await stats()).requests === 2, 'both requests', HANGING);
    element.remove();
    await waitUntil(async () => (await stats()).aborted === 2, 'the requests were given up', HANGING);
    await idle();
    expect((await stats()).requests).to.equal(2);
    expect(events.length, 'nobody is told of a wait that was given up').to.equal(0);
    await clearFault();
    const ready = nextOutcome(element);
    attach(element);
    await ready;
    expect(element.getAttribute('variant')).to.equal('mentored');
    expect(events).to.have.lengthOf(1);
  });

  it('continue for the other element if one of two is removed', async () => {
    const { api, stats, clearFault } = wiki('hang');
    const [leaves, stays] = [attach(make({ api })), attach(make({ api }))];
    await waitUntil(async () => (await stats()).requests === 2, 'both requests', HANGING);
    // Aborted later but counted earlier, which proves that the first abort would have been counted.
    const other = wiki('hang');
    const controller = new AbortController();
    const aborted = fetch(other.api, { signal: controller.signal }).catch(() => {});
    await waitUntil(async () => (await other.stats()).requests === 1, 'another request', HANGING);
    leaves.remove();
    await idle();
    controller.abort();
    await aborted;
    await waitUntil(async () => (await other.stats()).aborted === 1, 'its abort', HANGING);
    expect((await stats()).aborted).to.equal(0);
    stays.remove();
    await waitUntil(async () => (await stats()).aborted === 2, 'both were given up', HANGING);
    await clearFault();
  });

  it('are repeated by refresh(), but not when a rendered card is reinserted', async () => {
    const server = wiki();
    const { api, stats } = server;
    const element = await show({ api });
    const requests = await countSettled(server);
    const events = recordEvents(element);
    element.remove();
    await idle();
    attach(element);
    await idle();
    expect((await stats()).requests).to.equal(requests);
    expect(events, 'no other snapshot').to.deep.equal([]);
    expect(element.getAttribute('variant')).to.equal('mentored');
    await element.refresh();
    expect((await stats()).requests).to.be.above(requests);
  });

  it('can be refreshed by two elements at the same time', async () => {
    const { api } = wiki();
    const [one, two] = [await show({ api }), await show({ api })];
    await Promise.all([one.refresh(), two.refresh(), one.refresh()]);
    expect([one, two].map((element) => element.getAttribute('variant'))).to.deep.equal([
      'mentored',
      'mentored',
    ]);
    expect(one.matches(':state(loading)')).to.be.false;
  });
});

describe('states of questions', () => {
  const WAIT = { interval: 5, timeout: 5_000 };
  const states = (element: Element) =>
    all(element, '.history :is(.waiting, .answered, .archived)').map(visibleText);
  const known = (element: Element) => waitUntil(() => states(element).length > 0, 'the states', WAIT);

  it('are requested when the card becomes visible, in two or three requests, once for all elements', async () => {
    const { api, stats } = httpWiki();
    const [one, two] = [await show({ api }), await show({ api })];
    const { requests } = await stats();
    expect(requests, 'while the card is loaded').to.be.within(1, 7);
    await Promise.all([known(one), known(two)]);
    expect(states(one)).to.deep.equal(states(two));
    const { urls } = await stats();
    const asked = (action: string) => urls.filter((url) => url.includes(`action=${action}`)).length;
    expect(asked('homepagequestionstore')).to.equal(1);
    expect(asked('discussiontoolspageinfo')).to.equal(1);
    expect(urls.length).to.be.at.most(7);
    const late = await show({ api });
    await known(late);
    expect((await stats()).requests).to.equal(urls.length);
  });

  it('are not requested while no card is visible', async () => {
    const { api, stats } = httpWiki();
    const spacer = attach(document.createElement('div'));
    spacer.style.blockSize = '300vh';
    const element = await show({ api });
    await idle();
    expect((await stats()).requests).to.be.at.most(4);
    expect(states(element)).to.be.empty;
    element.scrollIntoView();
    await known(element);
  });

  const QUESTION = { text: 'Why?', url: 'https://wiki.example/1', askedAt: null, state: 'unknown' } as const;
  for (const questions of [[], [QUESTION]])
    it(`are requested once for ${questions.length} questions and one that is asked then, but again for an unknown one`, async () => {
      let reads = 0;
      const fake = fakeSource({
        snapshot: { ...MENTORED, questions },
        refreshQuestions: async ({ questions }) => {
          reads++;
          return questions.map((question) => ({ ...question, state: 'answered' }));
        },
      });
      const element = await show({ source: fake.source });
      if (questions.length) await known(element);
      await idle();
      const before = reads;
      expect(before).to.equal(questions.length);
      await openAsk(element);
      write(element, 'How?');
      submitDialog(element);
      await until('asked', () => states(element)[0]?.startsWith('Waiting'));
      await idle();
      expect(reads).to.equal(before);
      fake.now.questions = [{ ...QUESTION, url: 'https://wiki.example/other' }, ...fake.now.questions];
      await element.refresh();
      await until('read', () => reads === before + 1);
    });

  it('are not requested again when the element moves', async () => {
    const { api, stats } = httpWiki();
    const element = await show({ api });
    await known(element);
    const { requests } = await stats();
    attach(element, attach(document.createElement('div')));
    await idle();
    expect((await stats()).requests).to.equal(requests);
    expect(states(element)).not.to.be.empty;
  });
});
