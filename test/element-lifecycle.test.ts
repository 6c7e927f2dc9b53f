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

/** As seen by somebody who asked nothing yet. */
const wiki = (fault?: string) => httpWiki(fault, 'n_ana');

describe('requests', () => {
  it('are shared by elements with the same address, three at most', async () => {
    const { api, stats } = wiki();
    const elements = [make({ api }), make({ api }), make({ api: new URL(api, location.href).href })];
    const ready = elements.map(nextOutcome);
    for (const element of elements) attach(element);
    await Promise.all(ready);
    expect(elements.map(({ variant }) => variant)).to.deep.equal(['mentored', 'mentored', 'mentored']);
    const { requests, urls, headers } = await stats();
    expect(requests).to.be.within(1, 3);
    expect(urls.join()).not.to.contain('token');
    expect(headers[0]?.['api-user-agent']).to.contain('mentorship-module');
  });

  it('are spared a late element where an earlier one still shows its card', async () => {
    const { api, stats } = wiki();
    await show({ api });
    const { requests } = await stats();
    await show({ api });
    expect((await stats()).requests).to.equal(requests);
  });

  it('are not repeated when the element moves', async () => {
    const { api, stats } = wiki();
    const [here, there] = [attach(document.createElement('div')), attach(document.createElement('div'))];
    const element = await show({ api }, here);
    const { requests } = await stats();
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

  it('go on while the element moves', async () => {
    const { api, stats } = wiki();
    const [here, there] = [attach(document.createElement('div')), attach(document.createElement('div'))];
    const element = attach(make({ api }), here);
    const events = recordEvents(element);
    const ready = nextOutcome(element);
    await element.updateComplete;
    there.append(element);
    await ready;
    await idle();
    expect((await stats()).requests).to.be.at.most(3);
    expect(events).to.have.lengthOf(1);
  });

  it('are made anew for another address, and only the last one counts', async () => {
    const first = wiki('hang');
    const element = attach(make({ api: first.api }));
    const events = recordEvents(element);
    await waitUntil(async () => (await first.stats()).requests === 1);
    const ready = nextOutcome(element);
    element.api = '/wiki/m_fatima/w/api.php';
    await ready;
    expect(element.getAttribute('variant')).to.equal('mentor');
    await waitUntil(async () => (await first.stats()).aborted === 1, 'the first request was given up');
    const again = nextOutcome(element);
    element.setAttribute('api', '/wiki/n_eli/w/api.php');
    await again;
    expect(element.getAttribute('variant')).to.equal('opt-in');
    expect(events.map(({ type }) => type)).to.deep.equal(['mentorship-ready', 'mentorship-ready']);
  });

  it('end when the element is taken away, and begin again when it is back', async () => {
    const { api, stats, clearFault } = wiki('hang');
    const element = attach(make({ api }));
    const events = recordEvents(element);
    await waitUntil(async () => (await stats()).requests === 1);
    element.remove();
    await waitUntil(async () => (await stats()).aborted === 1, 'the request was given up');
    await idle();
    expect((await stats()).requests).to.equal(1);
    expect(events.length, 'nobody is told of a wait that was given up').to.equal(0);
    await clearFault();
    const ready = nextOutcome(element);
    attach(element);
    await ready;
    expect(element.getAttribute('variant')).to.equal('mentored');
    expect(events).to.have.lengthOf(1);
  });

  it('go on for the other element when one of two is taken away', async () => {
    const { api, stats, clearFault } = wiki('hang');
    const [leaves, stays] = [attach(make({ api })), attach(make({ api }))];
    await waitUntil(async () => (await stats()).requests === 1);
    // Aborted after it, and seen to be gone before the other one is counted.
    const other = wiki('hang');
    const controller = new AbortController();
    const aborted = fetch(other.api, { signal: controller.signal }).catch(() => {});
    await waitUntil(async () => (await other.stats()).requests === 1);
    leaves.remove();
    await idle();
    controller.abort();
    await aborted;
    await waitUntil(async () => (await other.stats()).aborted === 1);
    expect((await stats()).aborted).to.equal(0);
    stays.remove();
    await waitUntil(async () => (await stats()).aborted === 1);
    await clearFault();
  });

  it('are made anew by refresh(), while a shown card that was taken away and put back keeps what it has', async () => {
    const { api, stats } = wiki();
    const element = await show({ api });
    const { requests } = await stats();
    element.remove();
    await idle();
    attach(element);
    await idle();
    expect((await stats()).requests).to.equal(requests);
    expect(element.getAttribute('variant')).to.equal('mentored');
    await element.refresh();
    expect((await stats()).requests).to.be.above(requests);
  });

  it('can be refreshed by two elements at once', async () => {
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

describe('how questions stand', () => {
  const WAIT = { interval: 5, timeout: 5_000 };
  const states = (element: Element) =>
    all(element, '.history :is(.waiting, .answered, .archived)').map(visibleText);
  const known = (element: Element) => waitUntil(() => states(element).length > 0, 'the states', WAIT);

  it('is asked for when the card is seen, in two or three requests, once for all elements', async () => {
    const { api, stats } = httpWiki();
    const [one, two] = [await show({ api }), await show({ api })];
    const { requests } = await stats();
    expect(requests, 'while the card is loaded').to.be.within(1, 6);
    await Promise.all([known(one), known(two)]);
    expect(states(one)).to.deep.equal(states(two));
    const { urls } = await stats();
    const asked = (action: string) => urls.filter((url) => url.includes(`action=${action}`)).length;
    expect(asked('homepagequestionstore')).to.equal(1);
    expect(asked('discussiontoolspageinfo')).to.equal(1);
    expect(urls.length).to.be.at.most(6);
    const late = await show({ api });
    await known(late);
    expect((await stats()).requests).to.equal(urls.length);
  });

  it('is not asked for while nobody sees the card', async () => {
    const { api, stats } = httpWiki();
    const spacer = attach(document.createElement('div'));
    spacer.style.blockSize = '300vh';
    const element = await show({ api });
    await idle();
    expect((await stats()).requests).to.be.at.most(3);
    expect(states(element)).to.be.empty;
    element.scrollIntoView();
    await known(element);
  });

  it('is not asked for again when the element moves', async () => {
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
