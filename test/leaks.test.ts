import { expect, waitUntil } from '@open-wc/testing';
import { executeServerCommand } from '@web/test-runner-commands';
import { itNeeding } from './driver-features.js';
import { trackResources, type ResourceTracker } from './resource-tracker.js';
import { idle, make, nextOutcome, httpWiki } from './element-helpers.js';

const MENTOR = { viewer: { name: 'Noor', isMentor: true }, program: { enabled: true } };
const TIMES = 100;

/** Counts the elements that remain after a garbage collection. */
const countInstances = () => executeServerCommand<number, string>('count-instances', 'mentorship-module');

describe(`no resources remain after ${TIMES} mounts, moves and removals`, function () {
  this.timeout(60_000);
  let tracker: ResourceTracker;
  let baseline: Record<string, number>;

  beforeEach(async () => {
    // Excludes what is created once per page, such as the first rendering of a template.
    const first = make({ preview: 'mentored', lang: 'de' });
    const end = nextOutcome(first);
    document.body.append(first);
    await end;
    first.remove();
    await idle();
    tracker = trackResources();
    baseline = tracker.open();
  });
  afterEach(() => tracker.restore());

  const expectNothingOpen = async () => {
    const now = () => JSON.stringify(tracker.open());
    const wanted = JSON.stringify(baseline);
    for (let tries = 0; tries < 500 && now() !== wanted; tries++)
      await new Promise(requestAnimationFrameOnce);
    expect(tracker.open()).to.deep.equal(baseline);
  };
  /** Uses an animation frame that the tracker does not record. */
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

  it('the tracker detects open resources', async () => {
    window.addEventListener('resize', nothing);
    const timer = setTimeout(nothing, 60_000);
    const observer = new MutationObserver(nothing);
    const given = new AbortController();
    const hanging = fetch(httpWiki('hang').api, { signal: given.signal });
    expect(tracker.open()).to.deep.equal({
      ...baseline,
      ...{ listeners: 1, timers: 1, observers: 1, requests: 1 },
    });
    window.removeEventListener('resize', nothing);
    clearTimeout(timer);
    observer.disconnect();
    given.abort();
    await hanging.catch(nothing);
    await expectNothingOpen();
  });

  it('with data of the host', async () => {
    for (let count = 0; count < TIMES; count++) await move({ snapshot: MENTOR }, count % 2 === 0);
    await expectNothingOpen();
  });

  it('with a wiki, before and after the card is rendered', async () => {
    const { api } = httpWiki();
    for (let count = 0; count < TIMES; count++) await move({ api }, count % 10 === 0);
    await expectNothingOpen();
  });

  it('with a wiki that does not respond: requests are aborted', async () => {
    const { api, stats } = httpWiki('hang');
    for (let count = 0; count < TIMES; count++) await move({ api, lang: count % 2 ? 'de' : 'en' }, false);
    await expectNothingOpen();
    // No response arrives, so a request sent later by a timer would never be aborted. A request that was aborted
    // immediately may reach a busy server late.
    const areAllAborted = async () => {
      const { aborted, requests } = await stats();
      return aborted === requests;
    };
    await waitUntil(areAllAborted, 'all are aborted', { timeout: 9_000 });
    await idle();
    await waitUntil(areAllAborted, 'all are aborted', { timeout: 9_000 });
  });

  it('with a wiki that asks to retry later', async () => {
    const { api, stats } = httpWiki('maxlag');
    for (let count = 0; count < TIMES; count++) {
      const element = make({ api });
      document.body.append(element);
      if (count === 0) await waitUntil(async () => (await stats()).requests > 0);
      await element.updateComplete;
      element.remove();
    }
    await expectNothingOpen();
    // Counts in the page, because an aborted request may reach a busy server late.
    const { requests } = await stats();
    const { fetches } = tracker;
    const before = fetches();
    expect(before).to.be.at.least(requests);
    await idle();
    expect(fetches()).to.equal(before);
  });

  it('with failures, refreshes, changed URLs and themes', async () => {
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
    await expectNothingOpen();
  });

  itNeeding('garbage collection', 'no element is retained', async () => {
    const { api } = httpWiki();
    const mount = async (settings: Parameters<typeof make>[0]) => {
      const element = make(settings);
      const end = nextOutcome(element);
      document.body.append(element);
      await end;
      return element;
    };
    // Runs in a function of its own, so that its variables are released.
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
    // The browser retains removed nodes until the next frame.
    await idle();
    expect(await countInstances()).to.equal(0);
  });
});

function nothing() {}
