// Opens pages of a wiki, one after the other or side by side, in one browser.
import { expect } from '@open-wc/testing';
import type { MentorshipModule } from '../src/mentorship-module.js';
import { type PersonaId, FakeMediaWiki, personas } from './fake-mediawiki/index.js';
import { MentorshipError } from '../src/sdk/index.js';
import { parseMentor } from '../src/sdk/parse-snapshot.js';
import {
  dialogOf,
  fakeSource,
  MENTORED,
  openAsk,
  press,
  submitDialog,
  textarea,
  until,
  write,
} from './dialog-helpers.js';
import {
  attach,
  defineAddress,
  find,
  idle,
  make,
  nextOutcome,
  openPage,
  type Page,
  root,
  show,
  visibleText,
} from './element-helpers.js';
import { isolateStorage } from './isolated-storage.js';

const API = '/w/api.php';
const API_URL = `${location.origin}${API}`;
const KEPT = 'mentorship-module kept ';
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

type Network = 'up' | 'cut' | 'failing';

interface PageOptions {
  viewer?: PersonaId;
  /** `cut`: no request is answered; `failing`: the wiki answers each with HTTP 503. */
  network?: Network;
  /** `starting`: the wiki's own script never runs. */
  wiki?: 'ready' | 'starting';
  attributes?: Record<string, string>;
  /** Changes the page before the element's script runs. */
  prepare?: (page: Page) => void;
}

/** Opened page with one card. */
interface Visit {
  page: Page;
  element: MentorshipModule;
  /** Names of dispatched events. */
  events: string[];
  /** Texts of the card at each `mentorship-ready`. */
  texts: string[];
  /** Number of requests before the first `mentorship-ready`. */
  requestsBefore: () => number | null;
  /** True if no frame was painted between the registration of the element and the first `mentorship-ready`. */
  isInFirstFrame: () => boolean | null;
  /** Runs tasks that wait until the browser is idle, and returns their number. */
  beIdle: () => number;
  /** Returns the number of requests that were answered with HTTP 503. */
  failures: () => number;
  setNetwork: (state: Network) => void;
}

let wiki: FakeMediaWiki;
let endIsolation = () => {};
const frames: Page[] = [];

const userId = (viewer: PersonaId) => Number(wiki.pageVariables(viewer, 'article').config.get('wgUserId'));
const keyOf = (viewer: PersonaId) => `${KEPT}${API_URL} snapshot ${userId(viewer)}`;
const keptKeys = () => Object.keys(localStorage).filter((key) => key.startsWith(KEPT));
const outageKeys = () =>
  Object.keys(localStorage).filter((key) => key.startsWith('mentorship-module outage '));
const nameOf = (viewer: PersonaId) => personas.find(({ id }) => id === viewer)?.name ?? '';

type Stored = {
  at: number;
  until: number;
  snapshot: { viewer: Record<string, unknown>; mentor: Record<string, unknown> };
};
const readStored = (viewer: PersonaId) => JSON.parse(localStorage.getItem(keyOf(viewer)) ?? '{}') as Stored;

function changeStored(viewer: PersonaId, change: (stored: Stored) => void): void {
  const stored = readStored(viewer);
  change(stored);
  localStorage.setItem(keyOf(viewer), JSON.stringify(stored));
}

const makeOlder = (viewer: PersonaId, ms: number) => changeStored(viewer, (stored) => (stored.at -= ms));

/** Opens a page, and resolves once the element's script has run. */
async function open({
  viewer = 'q_kim',
  network = 'up',
  wiki: state = 'ready',
  attributes = {},
  prepare = () => {},
}: PageOptions = {}): Promise<Visit> {
  const page: Page & { mw?: unknown; RLCONF?: unknown; RLQ?: unknown } = await openPage('/plain/empty');
  frames.push(page);
  isolateStorage(page);
  const { config, options } = wiki.pageVariables(viewer, 'article');
  const own = { get: (name: string) => (name === 'wgScriptPath' ? '/w' : config.get(name)) };
  if (state === 'ready') page.mw = { config: own, user: { options } };
  else {
    const names = ['wgUserName', 'wgUserGroups', 'wgUserId', 'wgUserIsTemp'];
    page.RLCONF = Object.fromEntries(names.map((name) => [name, config.get(name)]));
    page.RLQ = [];
  }
  let current = network;
  let failures = 0;
  const send = wiki.fetchAs(viewer);
  const { fetch: original } = page;
  page.fetch = async (input, init) => {
    const request = new page.Request(input, init);
    const { method, headers, signal } = request;
    if (!request.url.startsWith(API_URL)) return original(request);
    if (current === 'cut') throw new TypeError('Failed to fetch');
    if (current === 'failing') {
      failures++;
      return new page.Response('', { status: 503 });
    }
    const body = method === 'POST' ? await request.text() : null;
    const url = request.url.replace(API_URL, wiki.api);
    const answer = await send(url, { method, headers: [...headers], signal, ...(body !== null && { body }) });
    return new page.Response(await answer.text(), { status: answer.status, headers: [...answer.headers] });
  };
  const waiting: (() => void)[] = [];
  Object.assign(page, { requestIdleCallback: (task: () => void) => waiting.push(task) });
  prepare(page);
  const element = page.document.createElement('mentorship-module');
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  page.document.body.append(element);
  const [events, texts]: [string[], string[]] = [[], []];
  const before = wiki.log.length;
  let [isPainted, isInFirstFrame]: [boolean, boolean | null] = [false, null];
  const registry = page.customElements;
  const define = registry.define.bind(registry);
  registry.define = (...call) => {
    page.requestAnimationFrame(() => (isPainted = true));
    define(...call);
  };
  let requestsBefore: number | null = null;
  for (const type of ['mentorship-ready', 'mentorship-error'])
    element.addEventListener(type, () => {
      events.push(type);
      isInFirstFrame ??= !isPainted;
      requestsBefore ??= wiki.log.length - before;
      texts.push(visibleText(element.shadowRoot?.querySelector('section')));
    });
  await new Promise((resolve) => {
    const script = page.document.createElement('script');
    script.addEventListener('load', resolve, { once: true });
    page.document.head.append(Object.assign(script, { type: 'module', src: defineAddress() }));
  });
  return {
    page,
    element,
    events,
    texts,
    requestsBefore: () => requestsBefore,
    isInFirstFrame: () => isInFirstFrame,
    beIdle: () => waiting.splice(0).map((task) => task()).length,
    failures: () => failures,
    setNetwork: (now) => (current = now),
  };
}

const text = ({ element }: Visit) => visibleText(root(element).querySelector('section'));

interface LayoutShift extends PerformanceEntry {
  sources: { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly }[];
}

const painted = async ({ page }: Visit) => {
  for (let frame = 0; frame < 2; frame++) await new Promise((resolve) => page.requestAnimationFrame(resolve));
};

/**
 * Observes layout shifts once the card is painted, where the browser measures them, because a busy browser paints the page
 * without the card first. Resolves with a function that resolves with the shifts.
 */
async function observeShifts(visit: Visit): Promise<() => Promise<string[]>> {
  await painted(visit);
  const { PerformanceObserver } = visit.page as typeof globalThis;
  const shifts: string[] = [];
  const add = (list: PerformanceEntryList) => {
    for (const { sources } of list as LayoutShift[])
      for (const { node, previousRect, currentRect } of sources)
        shifts.push(JSON.stringify([node?.nodeName, node?.textContent, previousRect, currentRect]));
  };
  const observer = new PerformanceObserver((list) => add(list.getEntries()));
  const isMeasured = PerformanceObserver.supportedEntryTypes.includes('layout-shift');
  if (isMeasured) observer.observe({ type: 'layout-shift' });
  return async () => {
    // A shift is measured when a frame is painted.
    await painted(visit);
    if (isMeasured) add(observer.takeRecords());
    return shifts;
  };
}

const isReady = ({ events }: Visit) => until('ready', () => events.includes('mentorship-ready'));
const close = ({ page }: Visit) => page.frameElement?.remove();

/** Opens a page, and closes it once the snapshot is kept. */
async function visit(options: PageOptions = {}): Promise<void> {
  const first = await open(options);
  await isReady(first);
  await until('kept', () => keptKeys().length > 0);
  close(first);
}

describe('a page of a wiki whose last snapshot the browser keeps', function () {
  this.timeout(30_000);

  beforeEach(() => {
    wiki = new FakeMediaWiki();
    endIsolation = isolateStorage(window);
    localStorage.clear();
  });
  afterEach(() => {
    for (const frame of frames.splice(0)) frame.frameElement?.remove();
    localStorage.clear();
    endIsolation();
  });

  for (const [viewer, variant] of [
    ['q_kim', 'mentored'],
    ['n_eli', 'opt-in'],
    ['e_hal', 'invite'],
    ['m_fatima', 'mentor'],
  ] as const)
    it(`renders the card (${variant}) without a request, and the same one as after a load`, async () => {
      const first = await open({ viewer });
      await isReady(first);
      await until('kept', () => keptKeys().length > 0);
      expect(first.requestsBefore()).to.be.greaterThan(0);
      close(first);
      const requests = wiki.log.length;
      const second = await open({ viewer, network: 'cut' });
      await isReady(second);
      expect(second.element.variant).to.equal(variant);
      expect(second.texts[0]).to.equal(first.texts[0]);
      expect(wiki.log).to.have.lengthOf(requests);
    });

  it('keeps a decision without a card, too, and shows the card once the reload has one', async () => {
    wiki.setUser('e_hal', {
      status: 'optout',
      options: { 'userjs-mentorship-module-invite': '2026-11-01' },
    });
    await visit({ viewer: 'e_hal' });
    const requests = wiki.log.length;
    wiki.setUser('e_hal', { options: { 'userjs-mentorship-module-invite': null } });
    const second = await open({ viewer: 'e_hal' });
    await isReady(second);
    expect(second.element.variant).to.equal('none');
    expect(wiki.log).to.have.lengthOf(requests);
    await until('the card', () => (second.beIdle(), second.element.variant === 'invite'));
  });

  it('renders it before the first frame', async () => {
    await visit();
    const second = await open();
    await isReady(second);
    expect(second.isInFirstFrame()).to.equal(true);
  });

  it('reloads it when the browser is idle, and changes only what changed, without moving anything', async () => {
    await visit();
    const second = await open();
    await isReady(second);
    const requests = wiki.log.length;
    const nodes = [...root(second.element).querySelectorAll('section *')];
    const heights = nodes.map((node) => node.getBoundingClientRect().top);
    find(second.element, 'section .primary').focus();
    const shifts = await observeShifts(second);
    // The states of the questions, which add lines, are read after the reload.
    second.element.addEventListener('mentorship-ready', () => second.setNetwork('cut'), { once: true });
    await until('an idle task', () => (second.beIdle(), wiki.log.length > requests));
    await until('reloaded', () => second.events.length === 2);
    await second.element.updateComplete;
    expect(second.texts[1]).to.equal(second.texts[0]);
    expect([...root(second.element).querySelectorAll('section *')]).to.deep.equal(nodes);
    expect(nodes.map((node) => node.getBoundingClientRect().top)).to.deep.equal(heights);
    expect(root(second.element).activeElement?.className).to.contain('primary');
    expect(await shifts()).to.deep.equal([]);
  });

  it('reloads it at once if it is older than five minutes, and not otherwise', async () => {
    await visit();
    const requests = wiki.log.length;
    const fresh = await open();
    await isReady(fresh);
    await until('the script', () =>
      fresh.page.performance.getEntriesByType('resource').some(({ name }) => name.includes('keep-snapshot')),
    );
    await idle();
    expect(wiki.log).to.have.lengthOf(requests);
    expect(fresh.events).to.deep.equal(['mentorship-ready']);
    close(fresh);
    makeOlder('q_kim', 6 * MINUTE_MS);
    const { at } = readStored('q_kim');
    const old = await open();
    await until('reloaded', () => old.events.length === 2);
    await until('kept anew', () => readStored('q_kim').at > at);
  });

  it('sends one load for all page views of an outage, and keeps the card', async () => {
    await visit();
    const failures: number[] = [];
    for (let view = 0; view < 4; view++) {
      const next = await open({ network: 'failing' });
      await isReady(next);
      await until('an idle task', () => next.beIdle() > 0);
      if (view === 0) await until('paused', () => outageKeys().length > 0);
      await idle();
      expect(next.events).to.deep.equal(['mentorship-ready']);
      expect(next.element.variant).to.equal('mentored');
      failures.push(next.failures());
      close(next);
    }
    expect(failures[0]).to.be.above(0);
    expect(failures.slice(1)).to.deep.equal([0, 0, 0]);
  });

  it('answers a person in an outage, and another element shows the same card', async () => {
    await visit();
    const second = await open({ network: 'failing' });
    await isReady(second);
    await until('paused', () => (second.beIdle(), outageKeys().length > 0));
    const other = second.page.document.createElement('mentorship-module');
    second.page.document.body.append(other);
    await until('the same card', () => other.variant === 'mentored');
    second.setNetwork('up');
    await openAsk(second.element);
    write(second.element, 'How do I add a picture?');
    submitDialog(second.element);
    await until('sent', () => visibleText(dialogOf(second.element)).includes('has been published'));
  });

  it('forgets a reply time that was read more than a day ago', async () => {
    await visit();
    changeStored('q_kim', ({ snapshot }) => (snapshot.mentor.typicalReplyHours = 5));
    const second = await open();
    await isReady(second);
    await until('reloaded', () => (second.beIdle(), second.events.length === 2));
    await until('kept anew', () => readStored('q_kim').snapshot.mentor.typicalReplyHours !== 5);
  });

  it('shows another mentor once the wiki names one, and keeps a dialog, its text and the focus', async () => {
    await visit();
    wiki.setMentor('q_kim', 'Mentor Olga');
    const second = await open();
    await isReady(second);
    expect(text(second)).not.to.contain('Olga');
    await openAsk(second.element);
    write(second.element, 'How do I add a picture?');
    textarea(second.element).focus();
    // The dialog needs the reload before the browser is idle.
    await until('reloaded', () => text(second).includes('Mentor Olga'));
    expect(dialogOf(second.element)?.open).to.equal(true);
    expect(textarea(second.element).value).to.equal('How do I add a picture?');
    expect(root(second.element).activeElement).to.equal(textarea(second.element));
  });

  it('moves nothing when a fact changes', async () => {
    const first = await open();
    await isReady(first);
    // The states of questions follow the card.
    await until('known', () => /"state":"(?!unknown)/.test(localStorage.getItem(keyOf('q_kim')) ?? ''));
    close(first);
    const second = await open();
    await isReady(second);
    const after = second.page.document.createElement('p');
    after.textContent = 'Text of the page';
    second.page.document.body.append(after);
    await second.element.updateComplete;
    const top = after.getBoundingClientRect().top;
    expect(top).to.be.greaterThan(100);
    const shifts = await observeShifts(second);
    wiki.setUser('Mentor Fatima', { editCount: 54_321 });
    await until('changed', () => (second.beIdle(), text(second).includes('54,321')));
    await second.element.updateComplete;
    expect(after.getBoundingClientRect().top).to.equal(top);
    expect(await shifts()).to.deep.equal([]);
  });

  it('keeps a dialog, its text and the focus when another card takes its place, and sends nothing', async () => {
    await visit();
    wiki.setUser('q_kim', { status: 'optout' });
    const asked = wiki.questionsOf('q_kim').length;
    const gate = wiki.hold(({ method }) => method === 'GET');
    const second = await open();
    await isReady(second);
    expect(second.element.variant).to.equal('mentored');
    await openAsk(second.element);
    write(second.element, 'How do I add a picture?');
    textarea(second.element).focus();
    gate.release();
    await until('another card', () => second.element.variant === 'opt-in');
    expect(dialogOf(second.element)?.open).to.equal(true);
    expect(textarea(second.element).value).to.equal('How do I add a picture?');
    expect(root(second.element).activeElement).to.equal(textarea(second.element));
    submitDialog(second.element);
    await until('refused', () => root(second.element).querySelector('dialog [role="alert"] *'));
    expect(textarea(second.element).value).to.equal('How do I add a picture?');
    expect(wiki.questionsOf('q_kim')).to.have.lengthOf(asked);
  });

  it('has no error if the program has ended since, while a dialog was being opened', async () => {
    await visit();
    wiki.setSettings({ GEMentorshipEnabled: false });
    const second = await open();
    await isReady(second);
    void second.element.ask('How do I add a picture?');
    await until('reloaded', () => second.element.variant === 'none');
    await idle();
    expect(wiki.questionsOf('q_kim').some((one) => one.text.includes('picture'))).to.equal(false);
    expect(second.events).not.to.include('mentorship-error');
  });

  it('lets no question be lost while the network is cut off', async () => {
    await visit();
    const second = await open({ network: 'cut' });
    await isReady(second);
    await openAsk(second.element);
    write(second.element, 'How do I add a picture?');
    submitDialog(second.element);
    await until('the error', () => root(second.element).querySelector('dialog [role="alert"] *'));
    expect(textarea(second.element).value).to.equal('How do I add a picture?');
    expect(second.element.variant).to.equal('mentored');
  });

  it('stays if the reload fails for a time, and is reloaded once the browser is online', async () => {
    await visit();
    makeOlder('q_kim', 6 * MINUTE_MS);
    wiki.setMentor('q_kim', 'Mentor Olga');
    const second = await open({ network: 'cut' });
    await isReady(second);
    await second.element.updateComplete;
    second.setNetwork('up');
    second.page.Math.random = () => 0;
    await until('another mentor', () => {
      second.page.dispatchEvent(new Event('online'));
      return text(second).includes('Mentor Olga');
    });
    expect(second.events).to.deep.equal(['mentorship-ready', 'mentorship-ready']);
  });

  it('is not kept with the address or state of the e-mail', async () => {
    wiki.setUser('q_kim', { email: { address: 'kim@private.example', confirmedAt: '2026-01-01T00:00:00Z' } });
    await visit();
    expect(readStored('q_kim').snapshot.viewer.email).to.equal(null);
    expect(JSON.stringify(Object.entries(localStorage))).not.to.match(/private|confirmed/);
  });

  it('knows the state of the e-mail when a dialog needs it', async () => {
    wiki.setUser('q_kim', { email: { address: 'kim@private.example', confirmedAt: null } });
    await visit();
    const second = await open();
    await isReady(second);
    await openAsk(second.element);
    write(second.element, 'How do I add a picture?');
    submitDialog(second.element);
    await until('sent', () =>
      [...root(second.element).querySelectorAll('dialog a')].some((link) =>
        (link as HTMLAnchorElement).href.includes('Special:ConfirmEmail'),
      ),
    );
  });

  it('is renewed by every action', async () => {
    await visit();
    const second = await open();
    await isReady(second);
    await until('a menu', () => root(second.element).querySelector('section'));
    void second.element.ask('Where is the sandbox?');
    await until(
      'the dialog',
      () =>
        dialogOf(second.element)?.open &&
        !find(second.element, 'dialog .actions .primary').matches('[aria-disabled=true]'),
    );
    submitDialog(second.element);
    await until('asked', () => wiki.questionsOf('q_kim').some((one) => one.text.includes('sandbox')));
    await until('kept', () => JSON.stringify(readStored('q_kim')).includes('sandbox'));
    close(second);
    const third = await open({ network: 'cut' });
    await isReady(third);
    expect(third.texts[0]).to.contain('Where is the sandbox?');
  });

  it('is the same in all tabs', async () => {
    await visit();
    const [one, two] = [await open(), await open()];
    await isReady(one);
    await isReady(two);
    wiki.setMentor('q_kim', 'Mentor Olga');
    await one.element.refresh();
    await until('the other tab', () => text(two).includes('Mentor Olga'));
  });

  /** Opens a tab whose responses arrive once `letGo` is called. */
  async function openSlow() {
    let letGo = () => {};
    const released = new Promise<void>((resolve) => (letGo = resolve));
    let responses = 0;
    const tab = await open({
      prepare: (page) => {
        const { fetch } = page;
        page.fetch = async (input, init) => {
          const response = await fetch(input, init);
          if (new page.Request(input, init).url.startsWith(API_URL)) {
            responses++;
            await released;
          }
          return response;
        };
      },
    });
    return { tab, letGo, responses: () => responses };
  }

  async function leave({ element }: Visit): Promise<void> {
    press(element, 'Continue without a mentor', '#more');
    await until('the dialog', () => dialogOf(element)?.open);
    submitDialog(element);
    await until('closed', () => !dialogOf(element));
    await until('left', () => readStored('q_kim').snapshot.viewer.status === 'opted-out');
  }

  for (const when of ['kept', 'first'] as const)
    it(`is not undone by a slower ${when} load of another tab that began before an action`, async () => {
      if (when === 'kept') await visit();
      const slow = await openSlow();
      await until('requests', () => (slow.tab.beIdle(), slow.responses() > 1));
      const one = await open();
      await isReady(one);
      await until('loaded', () => (one.beIdle(), one.events.length >= (when === 'kept' ? 2 : 1)));
      await until('a menu', () => root(one.element).querySelector('.more'));
      await leave(one);
      await idle();
      slow.letGo();
      await until('agreed', () => slow.tab.element.variant === 'opt-in');
      await idle();
      expect(one.element.variant).to.equal('opt-in');
      expect(readStored('q_kim').snapshot.viewer.status).to.equal('opted-out');
    });

  it('is that of the load, if the time of a stored one is in the future', async () => {
    await visit();
    changeStored('q_kim', (stored) => {
      stored.at += 60 * MINUTE_MS;
      stored.until = Date.now() + 60 * MINUTE_MS;
    });
    wiki.setUser('q_kim', { status: 'optout' });
    const second = await open();
    await until('loaded', () => (second.beIdle(), second.element.variant === 'opt-in'));
    await until('stored', () => readStored('q_kim').snapshot.viewer.status === 'opted-out');
  });

  it('is asked for once, however many tabs are open', async () => {
    await visit();
    const tabs = [await open(), await open(), await open()];
    for (const tab of tabs) await isReady(tab);
    const [first] = tabs;
    wiki.setUser('Mentor Fatima', { editCount: 54_321 });
    await first!.element.refresh();
    const requests = wiki.log.length;
    for (const tab of tabs) await until('the same', () => text(tab).includes('54,321'));
    for (const tab of tabs) tab.beIdle();
    await idle();
    expect(wiki.log.slice(requests).filter(({ params }) => params.meta?.includes('userinfo'))).to.be.empty;
  });

  describe('for another viewer', () => {
    for (const state of ['ready', 'starting'] as const)
      for (const viewer of ['anon', 'temp', 'n_ana', 'x_lou'] as const)
        it(`is deleted before anything is rendered, with all about the mentor: ${viewer}, ${state}`, async () => {
          await visit();
          const replies = `${KEPT}${API_URL} reply-times ${userId('q_kim')}`;
          const mine = `${KEPT}${API_URL} reply-times ${userId('n_ana')}`;
          localStorage.setItem(replies, '{"Mentor Marcus":[3,1]}');
          localStorage.setItem(mine, '{}');
          localStorage.setItem('mentorship-module question x', 'stays');
          const seen: string[] = [];
          const next = await open({
            viewer,
            wiki: state,
            network: 'cut',
            prepare: (page) =>
              new page.MutationObserver(() => seen.push(page.document.body.innerHTML)).observe(
                page.document,
                {
                  childList: true,
                  subtree: true,
                },
              ),
          });
          await until('deleted', () => !localStorage.getItem(keyOf('q_kim')));
          await next.element.updateComplete;
          expect(localStorage.getItem(replies)).to.equal(null);
          expect(localStorage.getItem(mine)).to.equal(viewer === 'n_ana' ? '{}' : null);
          expect(localStorage.getItem('mentorship-module question x')).to.equal('stays');
          expect(next.texts.join()).not.to.contain('Kim');
          expect(root(next.element).textContent).not.to.contain('Marcus');
        });

    /** Lets a page's requests come from another viewer, such as one who has signed in since. */
    const sendAs = (getViewer: () => PersonaId) => (page: Page) => {
      const { fetch } = page;
      page.fetch = async (input, init) => {
        const request = new page.Request(input, init);
        if (!request.url.startsWith(API_URL)) return fetch(request);
        const answer = await wiki.fetchAs(getViewer())(request.url.replace(API_URL, wiki.api));
        return new page.Response(await answer.text());
      };
    };

    it('is deleted if the wiki knows that nobody is signed in, though the page names the viewer', async () => {
      await visit();
      makeOlder('q_kim', 6 * MINUTE_MS);
      const second = await open({ prepare: sendAs(() => 'anon') });
      await until('nobody', () => second.element.variant === 'none');
      expect(root(second.element).querySelector('section')).to.equal(null);
      await until('deleted', () => keptKeys().length === 0);
    });

    it('is not stored again by a load that began before the deletion', async () => {
      await visit();
      makeOlder('q_kim', 6 * MINUTE_MS);
      let events: string[] = [];
      const gate = wiki.hold();
      // The load that began before belongs to the first account.
      const kim = await open({ prepare: sendAs(() => (events.length < 2 ? 'q_kim' : 'anon')) });
      ({ events } = kim);
      await gate.arrived;
      const told = new Promise((resolve) => kim.page.addEventListener('storage', resolve, { once: true }));
      await open({ viewer: 'anon' });
      await told;
      expect(keptKeys()).to.be.empty;
      const stored: string[] = [];
      kim.page.Storage.prototype.setItem = (key) => void stored.push(key);
      gate.release();
      await until('nobody', () => kim.element.variant === 'none');
      await idle();
      expect(stored.filter((key) => key.startsWith(KEPT))).to.be.empty;
    });

    it('is not stored again by a page of the first account from the back/forward cache', async () => {
      await visit();
      const kim = await open();
      await isReady(kim);
      await until('loaded', () => (kim.beIdle(), kim.events.length === 2));
      // No event tells a page in the cache.
      localStorage.removeItem(keyOf('q_kim'));
      wiki.setMentor('q_kim', 'Mentor Olga');
      const { PageTransitionEvent } = kim.page as typeof globalThis;
      kim.page.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
      await until('reloaded', () => text(kim).includes('Olga'));
    });

    it('is deleted in the card of another open tab', async () => {
      await visit();
      const kim = await open();
      await isReady(kim);
      await until('loaded', () => (kim.beIdle(), kim.events.length === 2));
      wiki.setMentor('q_kim', 'Mentor Olga');
      await open({ viewer: 'anon' });
      expect(localStorage.getItem(keyOf('q_kim'))).to.equal(null);
      // The page of the first account asks the wiki who is signed in.
      await until('reloaded', () => text(kim).includes('Olga'));
    });
  });

  describe('with hostile data in the storage', () => {
    const HOSTILE: Record<string, (stored: Stored) => unknown> = {
      'broken JSON': () => '{"at":',
      'a number': () => 7,
      'no time': (stored) => ({ snapshot: stored.snapshot }),
      'a time in the far future': (stored) => ({ ...stored, until: Date.now() + 2 * DAY_MS }),
      'a time that is over': (stored) => ({ ...stored, until: Date.now() - 1 }),
      'another name': (stored) => ({
        ...stored,
        snapshot: { ...stored.snapshot, viewer: { name: 'Eve', id: stored.snapshot.viewer.id } },
      }),
      'another id': (stored) => ({
        ...stored,
        snapshot: { ...stored.snapshot, viewer: { name: nameOf('q_kim'), id: 1 } },
      }),
      'no viewer': (stored) => ({ ...stored, snapshot: { program: {} } }),
      'a huge text': (stored) => ({ ...stored, padding: 'x'.repeat(1_000_000) }),
    };
    for (const [what, forge] of Object.entries(HOSTILE))
      it(`loads the card: ${what}`, async () => {
        await visit();
        const forged = forge(readStored('q_kim'));
        localStorage.setItem(keyOf('q_kim'), typeof forged === 'string' ? forged : JSON.stringify(forged));
        const second = await open();
        await isReady(second);
        expect(second.requestsBefore()).to.be.greaterThan(0);
        expect(second.element.variant).to.equal('mentored');
      });

    it('validates it like any document', async () => {
      await visit();
      changeStored('q_kim', ({ snapshot }) => {
        const evil = 'javascript:alert(1)';
        Object.assign(snapshot.mentor, {
          talkUrl: evil,
          askUrl: evil,
          intro: '<img src=x onerror=alert(1)>',
        });
      });
      const second = await open({ network: 'cut' });
      await isReady(second);
      expect(root(second.element).innerHTML).not.to.contain('javascript:');
      expect(root(second.element).querySelector('img')).to.equal(null);
    });

    for (const [what, prepare] of Object.entries<(page: Page) => void>({
      'is denied': (page) =>
        Object.defineProperty(page, 'localStorage', {
          get: () => {
            throw new DOMException('Denied.', 'SecurityError');
          },
        }),
      'is full': (page) =>
        (page.Storage.prototype.setItem = () => {
          throw new DOMException('Full.', 'QuotaExceededError');
        }),
    }))
      it(`shows the card if access ${what}`, async () => {
        await visit();
        const requests = wiki.log.length;
        makeOlder('q_kim', 6 * MINUTE_MS);
        const second = await open({ prepare });
        await isReady(second);
        expect(second.element.variant).to.equal('mentored');
        await until('loaded', () => wiki.log.length > requests);
        expect(second.events).not.to.include('mentorship-error');
      });
  });

  it('is not kept off the wiki, and neither are reply times', async () => {
    const prepare = (page: Page & { mw?: unknown }) => {
      page.mw = undefined;
    };
    const first = await open({ viewer: 'n_ana', attributes: { api: API }, prepare });
    await isReady(first);
    const isTalkPage = ({ params }: FakeMediaWiki['log'][number]) =>
      params.action === 'discussiontoolspageinfo';
    await until('the talk page', () => wiki.log.some(isTalkPage));
    await idle();
    expect(keptKeys()).to.be.empty;
    const reads = wiki.log.filter(isTalkPage).length;
    await first.element.refresh();
    first.page.dispatchEvent(new Event('visibilitychange'));
    await idle();
    expect(wiki.log.filter(isTalkPage), 'once on a page').to.have.lengthOf(reads);
    // The next card is in view only in its place.
    close(first);
    await open({ viewer: 'n_ana' });
    await until('kept on the wiki', () => keptKeys().some((key) => key.includes(' reply-times ')));
  });

  it('is not kept for another wiki, a preview or another user', async () => {
    const others: Record<string, string>[] = [
      { api: `${location.origin}/plain/other/api.php` },
      { preview: 'mentored' },
      { viewer: 'Newcomer Ana', api: API },
    ];
    for (const attributes of others) {
      const one = await open({ attributes });
      await until('an outcome', () => one.events.length > 0);
      await one.element.updateComplete;
      await idle();
      expect(keptKeys(), JSON.stringify(attributes)).to.be.empty;
      close(one);
    }
  });
});

describe('a source of the host', () => {
  beforeEach(() => {
    endIsolation = isolateStorage(window);
    localStorage.clear();
  });
  afterEach(() => {
    localStorage.clear();
    endIsolation();
  });

  const ANA = { id: 8, name: 'Newcomer Ana' };
  /** Creates a source that counts its loads. */
  function counted(keepFor?: { id: number; name: string } | null, mentor = MENTORED.mentor) {
    const fake = fakeSource({ id: 'the host', snapshot: { ...MENTORED, mentor, viewer: ANA } });
    const { load } = fake.source;
    const counts = { loads: 0 };
    const source = Object.assign(fake.source, {
      ...(keepFor !== undefined && { keepFor }),
      load: (options: { signal: AbortSignal }) => {
        counts.loads++;
        return load(options);
      },
    });
    return { ...fake, source, counts };
  }
  const keysOf = () => keptKeys().filter((key) => key.includes('snapshot'));

  it('is not kept without “keepFor”, though it has an id', async () => {
    await show({ source: counted().source });
    await idle();
    expect(keysOf()).to.be.empty;
  });

  it('is kept for the user in “keepFor”, and rendered before the next load', async () => {
    const first = await show({ source: counted(ANA).source });
    await until('kept', () => keysOf().length === 1);
    expect(keysOf()).to.deep.equal([`${KEPT}the host snapshot 8`]);
    first.remove();
    const { source, counts } = counted(ANA);
    const second = await show({ source });
    expect([second.variant, counts.loads]).to.deep.equal(['mentored', 0]);
    await until('reloaded', () => counts.loads === 1);
  });

  it('is rendered if a card is inserted again, because another tab may have stored it', async () => {
    const { source } = counted(ANA);
    const element = await show({ source });
    await until('kept', () => keysOf().length === 1);
    element.remove();
    await idle();
    const [key] = keysOf();
    const stored = localStorage.getItem(key!) ?? '';
    localStorage.setItem(key!, stored.replaceAll('"Kim"', '"Olga"'));
    const ready = nextOutcome(element);
    attach(element);
    await ready;
    expect(visibleText(find(element, '.person strong'))).to.equal('Olga');
  });

  it('is kept only until the day on which an absence ends, because the card says “until”', async () => {
    const tomorrow = new Date(Date.now() + DAY_MS).toISOString().slice(0, 10);
    const mentor = parseMentor({ name: 'Mentor Nina', away: { until: `${tomorrow}T12:00:00Z` } });
    await show({ source: counted(ANA, mentor).source });
    await until('kept', () => keysOf().length === 1);
    const { until: end, at } = JSON.parse(localStorage.getItem(keysOf()[0]!) ?? '') as Stored;
    expect(end).to.be.at.most(Date.parse(tomorrow));
    expect(end).to.be.greaterThan(at);
  });

  for (const other of [null, { id: 9, name: 'Newcomer Ben' }])
    it(`is deleted once the host names ${other ? 'another user' : 'nobody'}`, async () => {
      const first = await show({ source: counted(ANA).source });
      await until('kept', () => keysOf().length === 1);
      first.remove();
      localStorage.setItem(`${KEPT}the hosts snapshot 8`, '{}');
      const { source, counts } = counted(other);
      await show({ source });
      expect(counts.loads).to.equal(1);
      await idle();
      expect(keysOf()).to.deep.equal([`${KEPT}the hosts snapshot 8`]);
    });

  it('is loaded again, and no longer kept, if the reload fails for good', async () => {
    const first = await show({ source: counted(ANA).source });
    await until('kept', () => keysOf().length === 1);
    first.remove();
    const { source } = counted(ANA);
    source.load = () => Promise.reject(new MentorshipError('denied', 'No.'));
    const second = await show({ source });
    expect(second.variant).to.equal('mentored');
    await until('failed', () => second.matches(':state(failed)'));
    expect(keysOf()).to.be.empty;
  });

  it('is loaded again in all elements if the reload fails for good', async () => {
    const first = await show({ source: counted(ANA).source });
    await until('kept', () => keysOf().length === 1);
    first.remove();
    const { source } = counted(ANA);
    source.load = () => Promise.reject(new MentorshipError('denied', 'No.'));
    const elements = [make({ source }), make({ source })];
    const outcomes = elements.map(nextOutcome);
    elements.forEach((element) => attach(element));
    await Promise.all(outcomes);
    expect(elements.map(({ variant }) => variant)).to.deep.equal(['mentored', 'mentored']);
    await until('failed', () => elements.every((element) => element.matches(':state(failed)')));
  });
});
