// Loads the built lazy.js in pages of a wiki in memory, and counts the scripts and the requests that follow.
import { expect } from '@open-wc/testing';
import { FakeMediaWiki, type PersonaId } from './fake-mediawiki/index.js';
import { until } from './dialog-helpers.js';
import { httpWiki, idle, openPage, type Page } from './element-helpers.js';
import type { MentorshipReadyEvent } from '../src/events.js';
import { isolateStorage } from './isolated-storage.js';

afterEach(() => {
  for (const frame of document.querySelectorAll('iframe')) frame.remove();
});

type Settings = Record<string, unknown>;

/** A persona, or one who has disabled the program in the preferences. */
type Viewer = PersonaId | 'disabled';

/** Opens a page of a wiki as the viewer gets it, before the wiki's own script. `startWiki` runs that script. */
async function openWiki(who: Viewer) {
  const viewer = who === 'disabled' ? 'x_lou' : who;
  const wiki = httpWiki();
  await wiki.clearFault(viewer);
  const page = await openPage('/plain/empty');
  isolateStorage(page);
  const memory = new FakeMediaWiki();
  if (who === 'disabled')
    memory.setUser(viewer, { options: { 'growthexperiments-homepage-mentorship-enabled': '0' } });
  const { config, options } = memory.pageVariables(viewer, 'article');
  const queue: [modules: string[], task: () => void][] = [];
  const inline = Object.fromEntries(
    ['wgUserName', 'wgUserGroups', 'wgUserId', 'wgUserIsTemp'].map((name) => [name, config.get(name)]),
  );
  Object.assign(page, { RLCONF: inline, RLQ: queue });
  const startWiki = () => {
    const path = wiki.api.replace('/api.php', '');
    const get = (name: string) => (name === 'wgScriptPath' ? path : config.get(name));
    Object.assign(page, { mw: { config: { get }, user: { options } } });
    const run = ([modules, task]: (typeof queue)[number]) => {
      expect(modules).to.deep.equal(['user.options']);
      task();
    };
    for (const entry of queue.splice(0)) run(entry);
    queue.push = (...entries) => entries.map(run).length;
  };
  return { page, wiki, startWiki };
}

/** Adds an element with content of the host. Attributes have an equals sign. */
function add(page: Page, settings: Settings = {}): HTMLElement {
  const element = page.document.createElement('mentorship-module');
  for (const [name, value] of Object.entries(settings))
    if (typeof value === 'string') element.setAttribute(name, value);
    else Object.assign(element, { [name]: value });
  element.append(Object.assign(page.document.createElement('p'), { textContent: 'Own content' }));
  page.document.body.append(element);
  return element;
}

async function loadLazy(page: Page, file = 'lazy.js'): Promise<void> {
  const script = Object.assign(page.document.createElement('script'), { type: 'module' });
  const loaded = new Promise((resolve) => script.addEventListener('load', resolve));
  page.document.head.append(Object.assign(script, { src: `/dist/${file}` }));
  await loaded;
}

const scriptsOf = (page: Page) =>
  page.performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name).pathname)
    .filter((path) => path.startsWith('/dist/'));

/** Event of the element, or of lazy.js, which does not load its class. */
type ReadyEvent = Event & Pick<MentorshipReadyEvent, 'variant' | 'decision'>;

const nextReady = (element: Element) =>
  new Promise<ReadyEvent>((resolve) =>
    element.addEventListener('mentorship-ready', (event) => resolve(event as ReadyEvent), { once: true }),
  );

/** Waits until the observers of the page have run. */
async function settle(page: Page): Promise<void> {
  await new Promise((resolve) => {
    const probe = page.document.body.appendChild(page.document.createElement('i'));
    new page.IntersectionObserver((_, observer) => {
      observer.disconnect();
      probe.remove();
      resolve(undefined);
    }).observe(probe);
  });
  await idle();
}

const isShown = (element: Element) => element.querySelector('p')!.checkVisibility();

/** Viewers whom the page names as ones without a card. */
const NOBODY: [name: string, viewer: Viewer, reason: string][] = [
  ['signed-out', 'anon', 'signed-out'],
  ['temporary', 'temp', 'signed-out'],
  ['disabled', 'disabled', 'disabled'],
];

describe('lazy.js', () => {
  for (const [name, viewer, reason] of NOBODY)
    for (const source of ['the page', 'api'])
      it(`loads one script for a ${name} viewer, with the wiki of ${source}, and says “none”`, async () => {
        const { page, wiki, startWiki } = await openWiki(viewer);
        startWiki();
        const element = add(page, source === 'api' ? { api: wiki.api } : {});
        const ready = nextReady(element);
        await loadLazy(page);
        const { variant, decision, bubbles, composed, cancelable } = await ready;
        expect({ variant, reason: decision.variant === 'none' && decision.reason }).to.deep.equal({
          variant: 'none',
          reason,
        });
        expect({ bubbles, composed, cancelable }).to.deep.equal({
          bubbles: true,
          composed: true,
          cancelable: false,
        });
        expect(element.getAttribute('variant')).to.equal('none');
        expect(isShown(element)).to.be.false;
        expect(element.getBoundingClientRect().height).to.equal(0);
        element.setAttribute('lang', 'de');
        page.document.body.append('more');
        await settle(page);
        expect(scriptsOf(page)).to.deep.equal(['/dist/lazy.js']);
        expect((await wiki.stats()).requests).to.equal(0);
        expect(page.pageLog.ready, 'once').to.deep.equal(['none']);
        expect(page.pageLog.errors).to.deep.equal([]);
      });

  for (const [name, viewer] of NOBODY.filter(([, one]) => one !== 'disabled'))
    it(`does not wait for the wiki’s script to say “none” to a ${name} viewer`, async () => {
      const { page } = await openWiki(viewer);
      const element = add(page);
      const ready = nextReady(element);
      await loadLazy(page);
      expect((await ready).variant).to.equal('none');
      expect(scriptsOf(page)).to.deep.equal(['/dist/lazy.js']);
    });

  it('decides as the registered element does', async () => {
    for (const [name, viewer] of NOBODY) {
      const { page, startWiki } = await openWiki(viewer);
      startWiki();
      const element = add(page);
      const early = nextReady(element);
      await loadLazy(page);
      const { decision } = await early;
      const late = nextReady(element);
      await loadLazy(page, 'mentorship-module.js');
      expect({ ...(await late).decision }, name).to.deep.equal({ ...decision });
      expect(isShown(element), name).to.be.false;
      expect(page.pageLog.errors).to.deep.equal([]);
    }
  });

  it('waits for the viewer’s options, and loads the rest for a viewer with a card', async () => {
    const { page, startWiki } = await openWiki('n_ana');
    const element = add(page);
    await loadLazy(page);
    await settle(page);
    expect(scriptsOf(page), 'before').to.deep.equal(['/dist/lazy.js']);
    expect(isShown(element)).to.be.true;
    const ready = nextReady(element);
    startWiki();
    expect((await ready).variant).to.equal('mentored');
    expect(scriptsOf(page)).to.include('/dist/mentorship-module.js');
    expect(page.pageLog.ready).to.deep.equal(['mentored']);
  });

  it('waits for the viewer’s options, and loads nothing for a disabled one', async () => {
    const { page, startWiki } = await openWiki('disabled');
    const ready = nextReady(add(page));
    await loadLazy(page);
    startWiki();
    expect((await ready).decision).to.deep.equal({ variant: 'none', row: 3, reason: 'disabled' });
    expect(scriptsOf(page)).to.deep.equal(['/dist/lazy.js']);
  });

  it('loads nothing before the element comes near the viewport', async () => {
    const { page, startWiki } = await openWiki('n_ana');
    startWiki();
    page.document.body.append(page.document.createElement('br'));
    const spacer = page.document.body.appendChild(page.document.createElement('canvas'));
    Object.assign(spacer, { width: 10, height: 3_000 });
    const element = add(page);
    await loadLazy(page);
    await settle(page);
    expect(scriptsOf(page)).to.deep.equal(['/dist/lazy.js']);
    const ready = nextReady(element);
    page.scrollTo(0, 2_000);
    await settle(page);
    page.scrollTo(0, 2_900);
    expect((await ready).variant).to.equal('mentored');
  });

  for (const [viewer, remaining] of [
    ['anon', []],
    ['temp', []],
    ['n_ben', []],
    ['n_ana', ['snapshot', 'reply-times']],
  ] as const)
    it(`deletes what is kept for others before the element is in sight: ${viewer}`, async () => {
      const { page } = await openWiki(viewer);
      page.localStorage.clear();
      const { wgUserId } = ((await openWiki('n_ana')).page as Page & { RLCONF: Record<string, unknown> })
        .RLCONF;
      const keyOf = (kind: string) =>
        `mentorship-module kept https://a.example/api.php ${kind} ${String(wgUserId)}`;
      for (const kind of ['snapshot', 'reply-times']) page.localStorage.setItem(keyOf(kind), '{}');
      page.localStorage.setItem('mentorship-module question x', 'stays');
      await loadLazy(page);
      expect(Object.keys(page.localStorage).sort()).to.deep.equal(
        [...remaining.map(keyOf), 'mentorship-module question x'].sort(),
      );
      expect(scriptsOf(page)).to.deep.equal(['/dist/lazy.js']);
      page.localStorage.clear();
    });

  it('load() loads the rest at once', async () => {
    const { page } = await openWiki('anon');
    const { load } = await (
      page as unknown as { eval(code: string): Promise<{ load(): Promise<void> }> }
    ).eval(`import('/dist/lazy.js')`);
    await load();
    expect(page.customElements.get('mentorship-module')).not.to.be.undefined;
  });

  const sample = { viewer: null };
  const OTHERS: Record<string, Settings> = {
    'a sample': { preview: 'mentored' },
    'a property': { snapshot: sample },
    'a source of the host': { source: { load: async () => Promise.resolve(sample) } },
    'a token': { token: () => 'token' },
    'a document': { src: '/there/is/no/such.json' },
    'another viewer': { viewer: 'Newcomer Ana' },
    'another wiki': { api: '/wiki/n_ana/w/api.php' },
  };
  for (const [name, settings] of Object.entries(OTHERS))
    it(`loads the rest for ${name}, because the page’s own viewer does not matter`, async () => {
      const { page, startWiki } = await openWiki('anon');
      startWiki();
      add(page, settings);
      await loadLazy(page);
      await until('registered', () => page.customElements.get('mentorship-module'));
    });

  it('loads the rest once a hidden element gets another source', async () => {
    const { page } = await openWiki('anon');
    const element = add(page);
    const none = nextReady(element);
    await loadLazy(page);
    await none;
    const ready = nextReady(element);
    element.setAttribute('preview', 'mentored');
    expect((await ready).variant).to.equal('mentored');
    await until('drawn', () => element.shadowRoot?.querySelector('section'));
    expect(element.getBoundingClientRect().height).to.be.above(50);
  });

  const throwing = () => {
    throw new Error('careless');
  };
  it('hides the element of a signed-out viewer without access to storage', async () => {
    const { page } = await openWiki('anon');
    Object.defineProperty(page, 'localStorage', { get: throwing });
    const ready = nextReady(add(page));
    await loadLazy(page);
    expect((await ready).variant).to.equal('none');
    expect(scriptsOf(page)).to.deep.equal(['/dist/lazy.js']);
  });

  const CARELESS: Record<string, (page: Page) => unknown> = {
    'no variables': (page) => Object.assign(page, { RLCONF: undefined }),
    'variables that are a text': (page) => Object.assign(page, { RLCONF: 'RLCONF' }),
    'variables that throw': (page) => Object.defineProperty(page, 'RLCONF', { get: throwing }),
    'a queue that is a number': (page) => Object.assign(page, { RLQ: 7 }),
  };
  for (const [name, change] of Object.entries(CARELESS))
    it(`loads the rest on a page with ${name}`, async () => {
      const { page } = await openWiki('n_ana');
      change(page);
      add(page);
      await loadLazy(page);
      await until('registered', () => page.customElements.get('mentorship-module'));
    });
});
