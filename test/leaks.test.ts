import { expect, waitUntil } from '@open-wc/testing';
import { executeServerCommand } from '@web/test-runner-commands';
import { trackResources, type ResourceTracker } from './resource-tracker.js';
import { idle, make, nextOutcome, httpWiki } from './element-helpers.js';

const MENTOR = { viewer: { name: 'Noor', isMentor: true }, program: { enabled: true } };
const TIMES = 100;

/** Elements that the browser still has after a garbage collection. */
const countInstances = () => executeServerCommand<number, string>('count-instances', 'mentorship-module');
const isChromium = navigator.userAgent.includes('Chrome/');

describe(`after ${TIMES} mounts, moves and removals nothing is left behind`, function () {
  this.timeout(60_000);
  let ledger: ResourceTracker;
  let before_: Record<string, number>;

  beforeEach(async () => {
    // What is made once a page, such as the first rendering of a template, is not counted.
    const first = make({ preview: 'mentored', lang: 'de' });
    const end = nextOutcome(first);
    document.body.append(first);
    await end;
    first.remove();
    await idle();
    ledger = trackResources();
    before_ = ledger.open();
  });
  afterEach(() => ledger.restore());

  const nothingIsLeft = async () => {
    const now = () => JSON.stringify(ledger.open());
    const wanted = JSON.stringify(before_);
    for (let tries = 0; tries < 500 && now() !== wanted; tries++)
      await new Promise(requestAnimationFrameOnce);
    expect(ledger.open()).to.deep.equal(before_);
  };
  /** Leaves no trace in the ledger. */
  const requestAnimationFrameOnce = (done: (value: unknown) => void) =>
    void document.createElement('div').animate([], 20).finished.then(done);

  const move = async (settings: Parameters<typeof make>[0], wait: boolean) => {
    const [here, there] = [document.createElement('div'), document.createElement('div')];
    document.body.append(here, there);
    const element = make(settings);
    const end = nextOutcome(element);
    here.append(element);
    if (wait) await end;
    else await element.updateComplete;
    there.append(element);
    await element.updateComplete;
    here.append(element);
    here.remove();
    there.remove();
  };

  it('the ledger sees what is left open', async () => {
    window.addEventListener('resize', nothing);
    const timer = setTimeout(nothing, 60_000);
    const observer = new MutationObserver(nothing);
    const given = new AbortController();
    const hanging = fetch(httpWiki('hang').api, { signal: given.signal });
    expect(ledger.open()).to.deep.equal({
      ...before_,
      ...{ listeners: 1, timers: 1, observers: 1, requests: 1 },
    });
    window.removeEventListener('resize', nothing);
    clearTimeout(timer);
    observer.disconnect();
    given.abort();
    await hanging.catch(nothing);
    await nothingIsLeft();
  });

  it('with data that the host hands in', async () => {
    for (let count = 0; count < TIMES; count++) await move({ snapshot: MENTOR }, count % 2 === 0);
    await nothingIsLeft();
  });

  it('with a wiki, whether the card came or not', async () => {
    const { api } = httpWiki();
    for (let count = 0; count < TIMES; count++) await move({ api }, count % 10 === 0);
    await nothingIsLeft();
  });

  it('with a wiki that does not answer: its requests are given up', async () => {
    const { api, stats } = httpWiki('hang');
    for (let count = 0; count < TIMES; count++) await move({ api, lang: count % 2 ? 'de' : 'en' }, false);
    await nothingIsLeft();
    // Nothing is answered, so a request that a timer began later would never be gone. One that was aborted at once may
    // reach a busy server late.
    const areAllGone = async () => {
      const { aborted, requests } = await stats();
      return aborted === requests;
    };
    await waitUntil(areAllGone);
    await idle();
    await waitUntil(areAllGone);
  });

  it('with a wiki that asks to try again later', async () => {
    const { api, stats } = httpWiki('maxlag');
    for (let count = 0; count < TIMES; count++) {
      const element = make({ api });
      document.body.append(element);
      if (count === 0) await waitUntil(async () => (await stats()).requests > 0);
      await element.updateComplete;
      element.remove();
    }
    await nothingIsLeft();
    const { requests } = await stats();
    await idle();
    expect((await stats()).requests).to.equal(requests);
  });

  it('with failures, refreshes, changed addresses and themes', async () => {
    for (let count = 0; count < TIMES / 4; count++) {
      const element = make({ snapshot: {} });
      const end = nextOutcome(element);
      document.body.append(element);
      await end;
      element.theme = 'dark';
      const next = nextOutcome(element);
      element.snapshot = MENTOR;
      await next;
      await element.refresh();
      element.api = '/wiki/q_kim/w/api.php';
      element.snapshot = null;
      void element.refresh();
      await element.updateComplete;
      element.remove();
    }
    await nothingIsLeft();
  });

  it('no element is kept, where the browser can be asked', async function () {
    if (!isChromium) return this.skip();
    const { api } = httpWiki();
    const mount = async (settings: Parameters<typeof make>[0]) => {
      const element = make(settings);
      const end = nextOutcome(element);
      document.body.append(element);
      await end;
      return element;
    };
    // In a function of its own, whose variables are gone afterwards.
    const countOne = async () => {
      const element = await mount({ api });
      expect(await countInstances(), 'while it is in the page').to.equal(1);
      element.remove();
    };
    await countOne();
    for (let count = 0; count < 30; count++) {
      for (const settings of [{ api }, { snapshot: MENTOR, lang: 'de' }, { preview: 'mentored' }])
        (await mount(settings)).remove();
    }
    // The browser holds what it has not drawn without the element yet.
    await idle();
    expect(await countInstances()).to.equal(0);
  });
});

function nothing() {}
