import { expect, waitUntil } from '@open-wc/testing';
import { FakeMediaWiki } from './fake-mediawiki/index.js';
import { MentorshipModule } from '../src/index.js';
import type { MentorshipSource, Snapshot } from '../src/sdk/index.js';
import {
  find,
  idle,
  make,
  markup,
  attach,
  recordEvents,
  nextOutcome,
  show,
  httpWiki,
  visibleText,
} from './element-helpers.js';

const MENTOR = { viewer: { name: 'Noor', isMentor: true }, program: { enabled: true } };
const NOBODY = { viewer: null, program: { enabled: true } };
const UNAVAILABLE = { viewer: { name: 'Robin' }, mentorsAvailable: false, program: { enabled: true } };

/** The result of a foreign source is not typed. */
const giving = (load: (signal: AbortSignal) => unknown): MentorshipSource => ({
  load: async ({ signal }) => (await load(signal)) as Snapshot,
});

describe('before the first load', () => {
  it('takes properties that were set before the upgrade', async () => {
    const early = Object.assign(document.createElement('card-that-comes-late'), { preview: 'unavailable' });
    early.setAttribute('layout', 'summary');
    attach(early);
    const ready = nextOutcome(early);
    MentorshipModule.define('card-that-comes-late');
    await ready;
    expect(early).to.be.instanceOf(MentorshipModule);
    expect(early).to.have.property('layout', 'summary');
    expect(early.getAttribute('variant')).to.equal('unavailable');
  });

  it('can be defined again under the same name', () => {
    MentorshipModule.define();
    expect(customElements.get('mentorship-module')).to.equal(MentorshipModule);
    expect(MentorshipModule.version).to.match(/^\d+\.\d+\.\d+/);
  });

  it('does nothing while it is disconnected', async () => {
    const { api, stats } = httpWiki();
    const element = make({ api });
    await idle();
    expect((await stats()).requests).to.equal(0);
    const ready = nextOutcome(element);
    attach(element);
    await ready;
    expect(element.variant).to.equal('mentored');
  });

  it('takes properties that are set after it was connected', async () => {
    const element = await show({ preview: 'mentor' });
    const ready = nextOutcome(element);
    element.preview = 'invite';
    await ready;
    expect(element.getAttribute('variant')).to.equal('invite');
    expect(visibleText(find(element, 'h2'))).to.equal('Want to help out?');
  });
});

describe('sources of data', () => {
  it('prefers preview, snapshot, source, src, api, and the wiki’s own page, in this order', async () => {
    const memory = new FakeMediaWiki();
    const { config, options } = memory.pageVariables('b_ivy', 'article');
    const own = httpWiki('none', 'b_ivy').api.replace('/api.php?persona=b_ivy', '');
    const page = { get: (name: string) => (name === 'wgScriptPath' ? own : config.get(name)) };
    Object.assign(globalThis, { mw: { config: page, user: { options } } });
    try {
      const element = make({
        preview: 'invite',
        snapshot: MENTOR,
        source: giving(() => UNAVAILABLE),
        src: '../src/previews/none.json',
        api: '/wiki/q_kim/w/api.php',
      });
      element.src = new URL('/src/previews/opt-in.json', location.href).pathname;
      let ready = nextOutcome(element);
      attach(element);
      const seen = [];
      for (const name of ['preview', 'snapshot', 'source', 'src', 'api', null] as const) {
        await ready;
        seen.push(element.getAttribute('variant'));
        ready = nextOutcome(element);
        if (name) element[name] = null;
      }
      expect(seen).to.deep.equal(['invite', 'mentor', 'unavailable', 'opt-in', 'mentored', 'mentored']);
    } finally {
      Reflect.deleteProperty(globalThis, 'mw');
    }
  });

  it('sends fewer requests on the wiki’s own page, and none for anonymous viewers', async () => {
    const { api, stats } = httpWiki();
    const { config, options } = new FakeMediaWiki().pageVariables('anon', 'article');
    const get = (name: string) => (name === 'wgScriptPath' ? api.replace('/api.php', '') : config.get(name));
    Object.assign(globalThis, { mw: { config: { get }, user: { options } } });
    try {
      const element = await show({});
      expect(element.decision).to.deep.equal({ variant: 'none', row: 1, reason: 'signed-out' });
      expect((await stats()).requests).to.equal(0);
    } finally {
      Reflect.deleteProperty(globalThis, 'mw');
    }
  });

  it('tolerates any global named mw', async () => {
    for (const mw of [null, 7, 'mw', {}, { config: null }, { config: { get: 1 } }, { user: 1 }]) {
      Object.assign(globalThis, { mw });
      const element = await show({ snapshot: MENTOR });
      expect(element.variant).to.equal('mentor');
      expect((await show({})).matches(':state(failed)')).to.be.true;
    }
    Reflect.deleteProperty(globalThis, 'mw');
  });

  const FOREIGN: Record<string, () => unknown> = {
    'throws at once': () => {
      throw new RangeError('no');
    },
    'rejects with no error': () => Promise.reject(new Error('no')),
    'gives nothing': () => undefined,
    'gives a number': () => 42,
    'gives a list': () => [],
    'gives an object that is no snapshot': () => ({ hello: 'world' }),
    'gives one whose fields throw': () => ({
      get viewer() {
        throw new Error('no');
      },
    }),
  };
  for (const [what, load] of Object.entries(FOREIGN))
    it(`fails with a message if the host’s source ${what}`, async () => {
      const element = make({ source: giving(load) });
      const end = nextOutcome(element);
      attach(element);
      const event = await end;
      if (!('error' in event)) throw new Error('It did not fail.');
      expect(event.error.name).to.equal('MentorshipError');
      expect(visibleText(find(element, 'section'))).to.equal('This couldn’t be loaded. Try again');
      expect(visibleText(find(element, 'button'))).to.equal('Try again');
    });

  it('waits for a source that never responds, and aborts its signal when no caller is left', async () => {
    let given: AbortSignal | undefined;
    const source = giving((signal) => {
      given = signal;
      return new Promise(() => {});
    });
    const element = attach(make({ source }));
    await waitUntil(() => given);
    expect(element.matches(':state(loading)')).to.be.true;
    const ready = nextOutcome(element);
    element.source = giving(() => MENTOR);
    await ready;
    expect(given?.aborted).to.be.true;
    expect(element.variant).to.equal('mentor');
  });
});

describe('state visible to the host', () => {
  it('reflects variant and states', async () => {
    const element = attach(make({ snapshot: MENTOR }));
    await element.updateComplete;
    expect(element.matches(':state(loading)')).to.be.true;
    expect(element.variant).to.be.null;
    expect(element.hasAttribute('variant')).to.be.false;
    await nextOutcome(element);
    expect(element.matches(':state(loading)')).to.be.false;
    expect(element.variant).to.equal('mentor');
    expect(element.getAttribute('variant')).to.equal('mentor');
    const failed = nextOutcome(element);
    Object.assign(element, { snapshot: 'nonsense' });
    await failed;
    expect(element.matches(':state(failed)')).to.be.true;
    expect(element.variant).to.be.null;
    expect(element.hasAttribute('variant')).to.be.false;
  });

  it('accepts theme and layout as attributes and properties', async () => {
    const [one, other] = [await show({ preview: 'mentored' }), await show({ preview: 'mentored' })];
    const full = one.offsetHeight;
    one.setAttribute('theme', 'dark');
    one.setAttribute('layout', 'summary');
    Object.assign(other, { theme: 'dark', layout: 'summary' });
    await Promise.all([one.updateComplete, other.updateComplete]);
    expect(one.offsetHeight).to.be.below(full);
    expect(getComputedStyle(one).colorScheme).to.equal('dark');
    expect(other.offsetHeight).to.equal(one.offsetHeight);
    expect(getComputedStyle(other).colorScheme).to.equal('dark');
  });

  it('takes no space without a card', async () => {
    const element = await show({ snapshot: NOBODY, content: 'The host’s own words' });
    expect(element.getAttribute('variant')).to.equal('none');
    expect(getComputedStyle(element).display).to.equal('none');
    expect(markup(element, 'section, slot')).to.be.empty;
  });

  it('can be hidden', async () => {
    const element = await show({ snapshot: MENTOR, hidden: true });
    expect(getComputedStyle(element).display).to.equal('none');
  });
});

describe('refresh()', () => {
  it('reloads, dispatches one event, and resolves afterwards', async () => {
    const answers = [MENTOR, UNAVAILABLE];
    const element = await show({ source: giving(() => answers.shift()) });
    const events = recordEvents(element);
    const done = element.refresh();
    await element.updateComplete;
    expect(element.matches(':state(loading)')).to.be.true;
    expect(visibleText(find(element, 'h2')), 'the old card stays meanwhile').to.equal('You’re a mentor');
    await done;
    expect(element.variant).to.equal('unavailable');
    expect(events.map(({ type }) => type)).to.deep.equal(['mentorship-ready']);
  });

  it('resolves while disconnected', async () => {
    const element = make({ snapshot: MENTOR });
    await element.refresh();
    expect(element.variant, 'nothing is loaded').to.be.null;
  });

  it('does not reject', async () => {
    const answers: unknown[] = [MENTOR];
    const element = await show({ source: giving(() => answers.shift()) });
    const events = recordEvents(element);
    await element.refresh();
    expect(events.map(({ type }) => type)).to.deep.equal(['mentorship-error']);
    expect(markup(element, 'button')).to.have.lengthOf(1);
  });
});
