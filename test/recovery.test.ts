// Loads a failed card again when the browser is online.
import { expect, waitUntil } from '@open-wc/testing';
import { attach, httpWiki, idle, make, nextOutcome, show } from './element-helpers.js';
import { FakeTimers } from './fake-timers.js';
import { trackResources } from './resource-tracker.js';

const timers = new FakeTimers();
let restore = () => {};
/** Begins to fake the timers, so that the delay after the event passes at once. */
const fakeTimers = () => ({ restore } = timers.install(window));
afterEach(() => {
  restore();
  restore = () => {};
  Reflect.deleteProperty(navigator, 'onLine');
});

const goOnline = () => window.dispatchEvent(new Event('online'));
const DELAY_MS = 3_000;

/** Shows an element whose load has failed, and clears the fault of its wiki. */
async function showFailed() {
  const wiki = httpWiki('404');
  const element = await show({ api: wiki.api });
  expect(element.matches(':state(failed)')).to.be.true;
  await wiki.clearFault();
  const { requests } = await wiki.stats();
  const sent = async () => (await wiki.stats()).requests - requests;
  /** Counts the loads. What is read after the card, such as the states of questions, is no load. */
  const loads = async () =>
    (await wiki.stats()).urls.slice(requests).filter((url) => url.includes('userinfo')).length;
  return { element, sent, loads };
}

describe('a failed card, when the browser is online again', () => {
  it('loads once, however many events come', async () => {
    const { element, loads } = await showFailed();
    const ready = nextOutcome(element);
    fakeTimers();
    for (let count = 0; count < 5; count++) goOnline();
    await timers.advance(DELAY_MS);
    await ready;
    expect(element.variant).to.equal('mentored');
    goOnline();
    await timers.advance(DELAY_MS);
    expect(element.matches(':state(loading)'), 'a card that is shown does not load').to.be.false;
    expect(await loads()).to.equal(1);
  });

  it('loads later, at a random time', async () => {
    const { element, sent } = await showFailed();
    const ready = nextOutcome(element);
    const { random } = Math;
    Math.random = () => 0.5;
    fakeTimers();
    goOnline();
    Math.random = random;
    await timers.advance(DELAY_MS / 2 - 1);
    expect(await sent()).to.equal(0);
    await timers.advance(1);
    await ready;
    expect(element.variant).to.equal('mentored');
  });

  it('does not load while it is disconnected, and does after it was moved', async () => {
    const { element, sent } = await showFailed();
    fakeTimers();
    element.remove();
    goOnline();
    await timers.advance(DELAY_MS);
    expect(await sent(), 'removed').to.equal(0);
    attach(element);
    goOnline();
    attach(element, attach(document.createElement('div')));
    const ready = nextOutcome(element);
    await timers.advance(DELAY_MS);
    await ready;
    expect(element.variant).to.equal('mentored');
  });

  it('does not load if the browser went offline again', async () => {
    const { sent } = await showFailed();
    fakeTimers();
    goOnline();
    Object.defineProperty(navigator, 'onLine', { value: false, configurable: true });
    await timers.advance(DELAY_MS);
    expect(await sent()).to.equal(0);
  });

  it('loads if its load was pending, and then fails', async () => {
    let fail: (error: Error) => void = () => {};
    let loads = 0;
    const load = () =>
      ++loads === 1 ? new Promise<never>((_, reject) => (fail = reject)) : Promise.resolve({});
    const element = attach(make({ source: { load } as never }));
    await waitUntil(() => loads === 1);
    fakeTimers();
    goOnline();
    await timers.advance(DELAY_MS);
    expect(loads).to.equal(1);
    fail(new Error('offline'));
    await timers.advance(0);
    expect(loads).to.equal(2);
    element.remove();
  });

  it('can be loaded by “Try again” if it was removed during its load', async () => {
    let loads = 0;
    const load = () =>
      ++loads === 2 ? new Promise<never>(() => {}) : Promise.reject(new Error(`Failure ${loads}.`));
    const element = await show({ source: { load } });
    fakeTimers();
    goOnline();
    await timers.advance(DELAY_MS);
    await element.updateComplete;
    expect(element.matches(':state(loading)')).to.be.true;
    element.remove();
    await timers.settle();
    attach(element);
    await element.updateComplete;
    expect(element.matches(':state(loading)')).to.be.false;
    expect(loads).to.equal(2);
    element.shadowRoot?.querySelector<HTMLElement>('section button')?.click();
    await timers.settle();
    expect(loads).to.equal(3);
  });

  it('fails again without a second event, and keeps “Try again”', async () => {
    const { api } = httpWiki('404');
    const element = await show({ api });
    fakeTimers();
    const end = nextOutcome(element);
    goOnline();
    await timers.advance(DELAY_MS);
    await end;
    expect(element.matches(':state(failed)')).to.be.true;
    expect(element.shadowRoot?.querySelector('section button')?.textContent).to.contain('Try again');
  });

  it('leaves no listener and no timer behind', async () => {
    const resources = trackResources();
    try {
      const { element } = await showFailed();
      goOnline();
      element.remove();
      await idle();
      const { listeners, timers } = resources.open();
      expect({ listeners, timers }).to.deep.equal({ listeners: 0, timers: 0 });
    } finally {
      resources.restore();
    }
  });
});
