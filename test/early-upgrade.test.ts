// Upgrades elements on a page of a wiki whose own script, which sets `mw`, has not run yet.
import { expect, waitUntil } from '@open-wc/testing';
import type { MentorshipModule } from '../src/mentorship-module.js';
import { defineAddress, httpWiki, idle, nextOutcome, openPage, type Page } from './element-helpers.js';
import { FakeMediaWiki, type PersonaId } from './fake-mediawiki/index.js';
import { FakeTimers } from './fake-timers.js';

type WikiGlobals = { RLCONF?: unknown; RLQ?: unknown; mw?: unknown };

/** Variables that come with the wiki's script. All others are in the HTML of the page. */
const OF_THE_SITE = ['wgServer', 'wgScriptPath', 'wgScript', 'wgArticlePath', 'wgContentLanguage'];
const IN_THE_HTML = [
  'wgUserName',
  'wgUserGroups',
  'wgUserId',
  'wgUserIsTemp',
  'wgUserEditCount',
  'wgUserRegistration',
  'wgGEHelpPanelMentorData',
  'wgGEHelpPanelAskMentor',
];

const frames: Page[] = [];
afterEach(() => {
  for (const frame of frames.splice(0)) frame.frameElement?.remove();
});

/** Opens a page of a wiki, whose script runs when `startWiki` is called. */
async function openWiki(persona: PersonaId, { globals }: { globals?: WikiGlobals } = {}) {
  const page: Page & WikiGlobals = await openPage('/plain/empty');
  frames.push(page);
  const { api, clearFault, stats } = httpWiki();
  await clearFault(persona);
  const { config, options } = new FakeMediaWiki().pageVariables(persona, 'article');
  const read = (names: string[]) => Object.fromEntries(names.map((name) => [name, config.get(name)]));
  Object.assign(page, globals ?? { RLCONF: read(IN_THE_HTML), RLQ: [] });
  const setConfig = (values: Record<string, unknown>) => {
    page.mw = { config: { get: (name: string) => values[name] ?? null } };
  };
  /** Runs the first of the wiki's scripts, which replaces the queue by one whose `push` returns nothing. */
  const startQueue = () => {
    setConfig(page.RLCONF as Record<string, unknown>);
    const queue: unknown[] = [];
    const push = (entry: unknown) => {
      if (typeof entry === 'function') (entry as () => void)();
      else queue[queue.length] = entry;
    };
    page.RLQ = Object.assign(queue, { push });
  };
  /** Runs the wiki's scripts in their order: functions in the queue are called before the variables of the site are set. */
  const startWiki = () => {
    const values: Record<string, unknown> = { ...(page.RLCONF as object) };
    setConfig(values);
    const queue = page.RLQ as ((() => void) | [string[], () => void])[];
    for (const entry of queue) if (typeof entry === 'function') entry();
    Object.assign(values, read(OF_THE_SITE), { wgScriptPath: api.replace('/api.php', '') });
    Object.assign(page.mw as object, { user: { options } });
    const call = (entry: (() => void) | [string[], () => void]) =>
      typeof entry === 'function' ? entry() : entry[1]();
    page.RLQ = { push: call };
    for (const entry of queue) if (typeof entry !== 'function') call(entry);
  };
  const addElement = (attributes: Record<string, string> = {}): MentorshipModule => {
    const element = page.document.createElement('mentorship-module');
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    page.document.body.append(element);
    return element;
  };
  const runElementScript = () =>
    new Promise((resolve) => {
      const script = page.document.createElement('script');
      script.addEventListener('load', resolve, { once: true });
      page.document.head.append(Object.assign(script, { type: 'module', src: defineAddress() }));
    });
  return { page, api, stats, startQueue, startWiki, addElement, runElementScript };
}

const standInOf = ({ decision }: MentorshipModule) =>
  decision && 'standIn' in decision ? (decision.standIn?.name ?? null) : null;

describe('an element that is upgraded before the wiki’s own script', function () {
  this.timeout(20_000);

  for (const when of ['before the wiki’s scripts', 'between two of the wiki’s scripts'])
    for (const by of ['the page', 'the attribute “api”'])
      it(`knows all that the page knows, ${when}, with the API from ${by}`, async () => {
        const { page, api, stats, startQueue, startWiki, addElement, runElementScript } =
          await openWiki('n_dee');
        if (when.startsWith('between')) startQueue();
        const element = addElement(by === 'the page' ? {} : { api });
        await runElementScript();
        await idle();
        expect((await stats()).requests, 'before the wiki has started').to.equal(0);
        const ready = nextOutcome(element);
        startWiki();
        await ready;
        expect([element.variant, standInOf(element)]).to.deep.equal(['mentored', 'Mentor Fatima']);
        const late = addElement();
        await waitUntil(() => standInOf(late) === 'Mentor Fatima', 'an element after the wiki has started');
        expect(page.pageLog).to.deep.include({ errors: [], warnings: [], failed: [] });
      });

  for (const [who, persona] of [
    ['signed out', 'anon'],
    ['signed in with a temporary account', 'temp'],
  ] as const)
    it(`decides at once, without a request, if the viewer is ${who}`, async () => {
      const { page, stats, addElement, runElementScript } = await openWiki(persona);
      const element = addElement();
      const ready = nextOutcome(element);
      await runElementScript();
      await ready;
      expect(element.variant).to.equal('none');
      expect((await stats()).requests).to.equal(0);
      expect(page.pageLog.failed).to.deep.equal([]);
    });

  it('sends no request for a signed-out viewer if “api” is the page’s own wiki', async () => {
    const { api, stats, startWiki, addElement, runElementScript } = await openWiki('anon');
    const element = addElement({ api });
    const ready = nextOutcome(element);
    await runElementScript();
    startWiki();
    await ready;
    expect(element.variant).to.equal('none');
    expect((await stats()).requests).to.equal(0);
  });

  it('does not use the page’s variables for another wiki', async () => {
    const { startWiki, addElement, runElementScript } = await openWiki('anon');
    const other = addElement({ api: '/wiki/q_kim/w/api.php' });
    const shown = nextOutcome(other);
    await runElementScript();
    startWiki();
    await shown;
    expect(other.variant).to.equal('mentored');
  });

  it('does not wait for what does not come from the page’s wiki', async () => {
    const { addElement, runElementScript } = await openWiki('n_dee');
    const elements = [
      addElement({ preview: 'invite' }),
      addElement({ src: '/src/previews/mentor.json' }),
      addElement({ api: '/wiki/q_kim/w/api.php', viewer: 'Newcomer Dee' }),
      addElement({ api: location.origin.replace('localhost', '127.0.0.1').concat('/wiki/q_kim/w/api.php') }),
    ];
    const ends = Promise.all(elements.map(nextOutcome));
    await runElementScript();
    await ends;
  });

  it('waits again after it was removed and put back', async () => {
    const { page, stats, startWiki, addElement, runElementScript } = await openWiki('n_dee');
    const element = addElement();
    await runElementScript();
    element.remove();
    await idle();
    startWiki();
    await idle();
    expect((await stats()).requests, 'while it is removed').to.equal(0);
    const ready = nextOutcome(element);
    page.document.body.append(element);
    await ready;
    expect(standInOf(element)).to.equal('Mentor Fatima');
  });

  it('stops waiting after 20 s', async () => {
    const { page, api, addElement, runElementScript } = await openWiki('n_dee');
    const elements = [addElement({ api }), addElement()] as const;
    const timers = new FakeTimers();
    timers.install(page);
    await runElementScript();
    const ends = Promise.all(elements.map(nextOutcome));
    await timers.advance(19_900);
    expect(elements.map((element) => element.matches(':state(loading)'))).to.deep.equal([true, true]);
    await timers.advance(200);
    await ends;
    expect([elements[0].variant, elements[1].matches(':state(failed)')]).to.deep.equal(['mentored', true]);
    expect(page.pageLog.failed).to.deep.equal(['bad-attribute']);
    const late = addElement({ api });
    await nextOutcome(late);
    expect(late.variant, 'the next element does not wait').to.equal('mentored');
  });
});

describe('foreign globals with the names of a wiki’s', function () {
  this.timeout(20_000);
  const throwing = () => {
    throw new Error('careless');
  };
  const RLCONF = { wgUserGroups: ['*'], wgUserName: 'Somebody' };
  const FOREIGN: Record<string, () => WikiGlobals> = {
    'RLCONF is a string': () => ({ RLCONF: 'wgUserGroups' }),
    'RLCONF is a list': () => ({ RLCONF: [['wgUserGroups']] }),
    'RLCONF is empty': () => ({ RLCONF: {} }),
    'a getter of RLCONF throws': () => ({
      RLCONF: Object.defineProperty({}, 'a', { get: throwing, enumerable: true }),
    }),
    'RLQ is a string': () => ({ RLCONF, RLQ: 'queue' }),
    'RLQ is an object': () => ({ RLCONF, RLQ: { push: throwing } }),
    'RLQ is frozen': () => ({ RLCONF, RLQ: Object.freeze([]) }),
    'RLQ.push throws': () => ({ RLCONF, RLQ: Object.assign([], { push: throwing }) }),
    'RLQ calls at once, without mw': () => ({
      RLCONF,
      RLQ: Object.assign([], { push: ([, task]: [unknown, () => void]) => (task(), 1) }),
    }),
    'mw is of another library': () => ({ mw: { version: 3 } }),
    'mw.config is a function': () => ({ mw: { config: () => 'x' } }),
    'mw.config.get throws': () => ({
      mw: { config: { get: throwing }, user: { options: { get: throwing } } },
    }),
    'mw.config.get throws for some names': () => ({
      mw: { config: { get: (name: string) => (name === 'wgScriptPath' ? '/wiki/q_kim/w' : throwing()) } },
    }),
    'mw.config has only getters': () => ({
      mw: {
        get config() {
          return throwing();
        },
      },
    }),
    'values of mw.config throw': () => ({
      mw: {
        config: {
          get: (name: string) =>
            name === 'wgScriptPath'
              ? '/wiki/q_kim/w'
              : Object.defineProperty({}, 'name', { get: throwing, enumerable: true }),
        },
      },
    }),
    'mw.user.options throws': () => ({
      mw: {
        config: {
          get: (name: string) =>
            ({ wgScriptPath: '/wiki/q_kim/w', wgUserGroups: ['*'], wgUserName: 'Kim' })[name] ?? null,
        },
        user: { options: { get: throwing } },
      },
    }),
  };
  for (const [what, foreign] of Object.entries(FOREIGN))
    it(`fail no card whose “api” is given: ${what}`, async () => {
      const { page, addElement, runElementScript } = await openWiki('n_dee', { globals: foreign() });
      const element = addElement({ api: '/wiki/q_kim/w/api.php' });
      const end = nextOutcome(element);
      await runElementScript();
      await end;
      expect(element.variant).to.equal('mentored');
      expect(page.pageLog).to.deep.include({ errors: [], failed: [] });
    });
});
