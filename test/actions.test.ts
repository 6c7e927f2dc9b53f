import { expect } from '@open-wc/testing';
import type { Fault, FakeMediaWiki, PersonaId } from './fake-mediawiki/index.js';
import '../src/dialogs/about.js';
import '../src/dialogs/ask.js';
import '../src/dialogs/choose.js';
import '../src/dialogs/dialog-controller.js';
import '../src/dialogs/enroll.js';
import '../src/dialogs/join.js';
import '../src/dialogs/leave.js';
import type { MessageId } from '../src/i18n/messages.js';
import '../src/sdk/growth/actions.js';
import { draftIn, type Known, World } from './action-fixture.js';
import { button, close, dialogIn, field, key, press, quoted, sees, sender, write } from './user-actions.js';
import { all } from './element-helpers.js';

/** What happens to a write on its way, and what the wiki's client makes of it. */
interface Trouble {
  name: string;
  fault: Fault;
  /** Whether the wiki stored it all the same. */
  stored: boolean;
  code: string;
}

const TROUBLES: readonly Trouble[] = [
  { name: 'silence', fault: { how: 'silence' }, stored: false, code: 'timeout' },
  { name: 'silence, after it was stored', fault: { how: 'silence-after' }, stored: true, code: 'timeout' },
  { name: 'offline for a moment', fault: { how: 'offline' }, stored: false, code: 'network' },
  { name: 'reset, after it was stored', fault: { how: 'reset' }, stored: true, code: 'network' },
  { name: '502', fault: { how: 'bad-gateway' }, stored: false, code: 'http' },
  { name: '502, after it was stored', fault: { how: 'bad-gateway-after' }, stored: true, code: 'http' },
  { name: 'garbled, after it was stored', fault: { how: 'garbled-after' }, stored: true, code: 'bad-data' },
  {
    name: 'stored while it is being looked for',
    fault: { how: 'late', ms: 25_000 },
    stored: true,
    code: 'timeout',
  },
  { name: 'a slow answer', fault: { how: 'slow', ms: 19_000 }, stored: true, code: '' },
];

const NOTHING = /^$/;

let world: World;

const start = (viewer: PersonaId) => (world = new World(viewer));

const shown = () => {
  if (!world.element) throw new Error('There is no element.');
  return world.element;
};

const opened = (what: string) => world.clock.until(() => dialogIn(shown()) !== null, what);

beforeEach(() => {
  // A page with an address of its own: then dialogs make no entry in its history, which all tests would share.
  history.replaceState(null, '', '#table');
});

afterEach(async () => {
  shown().remove();
  // What was on its way holds the viewer's turn, which the next test would wait for.
  await world.clock.end();
  world.end();
  history.replaceState(null, '', location.pathname + location.search);
});

describe('asking', () => {
  const TEXT = 'How do I add a source to the article about our bridge? I have tried it three times by now.';
  const POST = 'helppanelquestionposter';
  const TOLD = ['ask start', 'ask submit'];
  const FORM: MessageId[] = ['dialog-ask-by-hand', 'dialog-ask-send'];
  const SENT: MessageId[] = ['dialog-ask-see', 'dialog-ask-sent'];
  const MISSING: MessageId[] = [
    'dialog-ask-again',
    'dialog-ask-by-hand',
    'dialog-ask-edit',
    'dialog-ask-missing',
  ];

  interface Row {
    name: string;
    text?: string;
    /** What has happened since the dialog was opened. Returns what undoes it. */
    meanwhile?: (wiki: FakeMediaWiki) => (() => unknown) | undefined;
    /** What happens when a write is on its way. */
    onPost?: (count: number) => void;
    sees: MessageId[];
    /** The wiki's own words. */
    words?: RegExp;
    /** How many writes reach the wiki. */
    posts: number;
    stored: 0 | 1;
    draft: 'none' | 'kept' | 'doubtful';
    told: string[];
    /** What to press so that it works after all; without it there is nothing to be done. */
    then?: MessageId | undefined;
  }

  const setSession = (viewer: PersonaId) => {
    const before = world.signedIn;
    world.signedIn = viewer;
    return () => (world.signedIn = before);
  };

  /** Refused, with nothing stored and the form as it was. */
  const refused = (code: string, problem: MessageId, posts: 0 | 1 = 1) => ({
    sees: [...FORM, problem],
    posts,
    stored: 0 as const,
    draft: 'kept' as const,
    told: [...TOLD, `ask failed ${code}`],
    then: 'dialog-ask-send' as const,
  });

  const ROWS: Row[] = [
    { name: 'success', sees: SENT, posts: 1, stored: 1, draft: 'none', told: [...TOLD, 'ask done'] },
    {
      name: 'blank',
      text: ' \u200B\n\u2800 ',
      sees: ['dialog-ask-blank', ...FORM],
      posts: 0,
      stored: 0,
      draft: 'kept',
      told: ['ask start'],
    },
    {
      name: 'too long',
      text: '🐱'.repeat(2_001),
      sees: ['dialog-ask-long', ...FORM],
      posts: 0,
      stored: 0,
      draft: 'kept',
      told: ['ask start'],
    },
    {
      name: 'as long as can be',
      text: '🐱'.repeat(2_000),
      sees: SENT,
      posts: 1,
      stored: 1,
      draft: 'none',
      told: [...TOLD, 'ask done'],
    },
    {
      // The client counts after composing, as a real wiki does; the wiki in memory before.
      name: 'too long by the wiki’s own count',
      text: 'e\u0301'.repeat(1_500),
      words: /cannot be longer than 2,000 characters/,
      ...refused('invalid', 'dialog-ask-failed'),
      then: undefined,
    },
    {
      name: 'blocked from the whole wiki',
      meanwhile: (wiki) => {
        wiki.setUser('n_ana', { block: { reason: 'Much [[nonsense]]' } });
        return () => wiki.setUser('n_ana', { block: null });
      },
      words: /^Much nonsense$/,
      ...refused('blocked', 'dialog-ask-blocked', 0),
    },
    {
      name: 'blocked from talk pages',
      meanwhile: (wiki) => {
        wiki.setUser('n_ana', { block: { partial: true } });
        return () => wiki.setUser('n_ana', { block: null });
      },
      words: /^Your username or IP address is blocked from doing this\.$/,
      ...refused('blocked', 'dialog-ask-blocked'),
    },
    {
      name: 'a protected page',
      meanwhile: (wiki) => wiki.protect('User talk:Mentor Fatima'),
      words: /^This page has been protected/,
      ...refused('refused', 'dialog-ask-failed'),
    },
    {
      name: 'read-only',
      meanwhile: (wiki) => {
        wiki.setReadOnly('A new server moves in.');
        return () => wiki.setReadOnly(null);
      },
      words: /^A new server moves in\.$/,
      ...refused('read-only', 'dialog-ask-read-only'),
    },
    {
      name: 'too quick, with a time to wait',
      meanwhile: (wiki) => wiki.limitRate({ action: POST, seconds: 30 }),
      // Ours say how long.
      words: /^$/,
      ...refused('rate-limited', 'dialog-ask-rate-limited'),
    },
    {
      name: 'too quick, without one',
      meanwhile: (wiki) => wiki.limitRate({ action: POST }),
      words: /rate limit/,
      ...refused('rate-limited', 'dialog-ask-failed'),
    },
    {
      name: 'an edit filter',
      meanwhile: (wiki) => wiki.refuseTexts(/bridge/, 'No <b>bridges</b>, please.'),
      words: /^No bridges, please\.$/,
      ...refused('refused', 'dialog-ask-failed'),
    },
    {
      name: 'somebody else is signed in',
      meanwhile: () => setSession('n_ben'),
      words: /^You are no longer logged in as/,
      ...refused('session', 'dialog-ask-session', 0),
      sees: ['dialog-ask-by-hand', 'dialog-ask-reload', 'dialog-ask-send', 'dialog-ask-session'],
    },
    {
      name: 'nobody is signed in',
      meanwhile: () => setSession('anon'),
      words: /^You are no longer logged in as/,
      ...refused('session', 'dialog-ask-session', 0),
      sees: ['dialog-ask-by-hand', 'dialog-ask-reload', 'dialog-ask-send', 'dialog-ask-session'],
    },
    {
      name: 'somebody else is signed in at the last moment',
      onPost: (count) => count === 1 && setSession('n_ben'),
      words: /^You are no longer logged in as/,
      ...refused('session', 'dialog-ask-session'),
      sees: ['dialog-ask-by-hand', 'dialog-ask-reload', 'dialog-ask-send', 'dialog-ask-session'],
    },
    {
      name: 'a token that has expired',
      onPost: (count) => count === 1 && world.wiki.expireTokens('n_ana'),
      sees: SENT,
      posts: 2,
      stored: 1,
      draft: 'none',
      told: [...TOLD, 'ask done'],
    },
    {
      name: 'a token that has expired twice',
      onPost: (count) => count <= 2 && world.wiki.expireTokens('n_ana'),
      words: /^Invalid CSRF token\.$/,
      ...refused('session', 'dialog-ask-session'),
      posts: 2,
      sees: ['dialog-ask-by-hand', 'dialog-ask-reload', 'dialog-ask-send', 'dialog-ask-session'],
    },
    {
      name: 'no mentor any more',
      meanwhile: (wiki) => {
        wiki.setMentor('n_ana', null);
        wiki.setMentors([]);
        return () => wiki.setMentors([{ name: 'Mentor Fatima' }]);
      },
      ...refused('no-mentor', 'dialog-ask-no-mentor'),
    },
    {
      name: 'opted out meanwhile',
      meanwhile: (wiki) => {
        wiki.setUser('n_ana', { status: 'optout' });
        return () => wiki.setUser('n_ana', { status: 'enabled' });
      },
      ...refused('no-mentor', 'dialog-ask-no-mentor'),
    },
    {
      name: 'a talk page that has become something else',
      meanwhile: (wiki) => {
        wiki.setContentModel('User talk:Mentor Fatima', 'flow-board');
        return () => wiki.setContentModel('User talk:Mentor Fatima', 'wikitext');
      },
      sees: MISSING,
      posts: 1,
      stored: 0,
      draft: 'kept',
      told: [...TOLD, 'ask failed network'],
      then: 'dialog-ask-again',
    },
    {
      name: 'no connection',
      meanwhile: () => world.cutOff(),
      ...refused('network', 'dialog-ask-network', 0),
    },
    {
      name: 'no connection from when it is sent',
      onPost: (count) => count === 1 && (heal = world.cutOff()),
      sees: ['dialog-ask-look', 'dialog-ask-unsure'],
      posts: 0,
      stored: 0,
      draft: 'doubtful',
      told: [...TOLD, 'ask failed network'],
      then: 'dialog-ask-look',
    },
    {
      name: 'the page’s mentor is away: the stand-in is asked',
      meanwhile: (wiki) => {
        wiki.setUser('m_fatima', {
          options: { 'growthexperiments-mentor-away-timestamp': '20261224000000' },
        });
        return undefined;
      },
      sees: SENT,
      posts: 1,
      stored: 1,
      draft: 'none',
      told: [...TOLD, 'ask done'],
    },
    ...TROUBLES.map(({ name, fault, stored }): Row => ({
      name,
      onPost: (count) => count === 1 && world.disturb(POST, fault),
      ...(stored
        ? { sees: SENT, stored: 1, posts: 1, draft: 'none', told: [...TOLD, 'ask done'] }
        : {
            sees: MISSING,
            stored: 0,
            posts: 0,
            draft: 'kept',
            told: [...TOLD, 'ask failed network'],
            then: 'dialog-ask-again',
          }),
    })),
  ];

  /** Undoes what has happened meanwhile. */
  let heal: (() => unknown) | undefined;

  const begin = async (text: string) => {
    press(shown(), 'ask', 'section');
    await opened('the dialog');
    await world.clock.rest();
    write(shown(), text);
  };

  /** Until the dialog neither sends nor looks. */
  const atRest = () =>
    world.clock.until(() => {
      const seen = sees(shown());
      return !seen.includes('dialog-ask-sending') && !seen.includes('dialog-ask-checking');
    }, 'an end');

  const check = async ({ stored, draft, text = TEXT }: Pick<Row, 'stored' | 'draft' | 'text'>) => {
    const { questions } = await world.known();
    expect(questions, 'on the wiki').to.deep.equal(stored ? [text.trim()] : []);
    const kept = draftIn(localStorage, world.draftKey);
    expect(kept, 'draft').to.deep.equal({ where: draft, text: draft === 'none' ? '' : text });
  };

  for (const row of ROWS)
    it(row.name, async () => {
      start('n_ana');
      await world.show();
      heal = undefined;
      const text = row.text ?? TEXT;
      await begin(text);
      heal = row.meanwhile?.(world.wiki);
      if (row.onPost) world.onPost = row.onPost;
      sender(shown()).click();
      await atRest();
      expect(sees(shown())).to.deep.equal([...row.sees].sort());
      expect(quoted(shown())).to.match(row.words ?? NOTHING);
      expect(world.told).to.deep.equal(row.told);
      expect(world.posts).to.deep.equal(Array(row.posts).fill(POST));
      heal?.();
      world.onPost = () => {};
      world.signedIn = 'n_ana';
      await check({ ...row, text });
      if (!row.then) return;
      press(shown(), row.then, 'dialog');
      await atRest();
      if (row.then === 'dialog-ask-look') {
        expect(sees(shown())).to.deep.equal(MISSING);
        press(shown(), 'dialog-ask-again', 'dialog');
        await atRest();
      }
      expect(sees(shown()), 'at the second try').to.deep.equal(SENT);
      await check({ stored: 1, draft: 'none', text });
    });

  const ready = async (text = TEXT) => {
    start('n_ana');
    const element = await world.show();
    await begin(text);
    return element;
  };
  const isPost = ({ action }: Readonly<Record<string, string>>) => action === POST;
  const success = { stored: 1, draft: 'none' } as const;

  it('tells the host what was asked, and where it stands', async () => {
    const element = await ready();
    sender(element).click();
    await atRest();
    const [, sent, done] = world.events;
    const [question] = world.wiki.questionsOf('n_ana');
    expect(sent).to.include({ phase: 'submit', text: TEXT, length: TEXT.length, cancelable: true });
    expect(done).to.include({ phase: 'done', revision: question?.revision, length: TEXT.length });
    expect(done?.href).to.match(/^https:\/\/wiki\.example\/wiki\/User_talk:Mentor_Fatima#Question/);
    expect(all(element, '.history li')[0]?.textContent).to.contain(TEXT.slice(0, 50));
  });

  it('says that it is on its way, then that it is looked for', async () => {
    const element = await ready();
    world.disturb(POST, { how: 'silence' });
    sender(element).click();
    await world.clock.pass(19_000);
    expect(sees(element)).to.deep.equal(['dialog-ask-sending']);
    await world.clock.pass(2_000);
    expect(sees(element)).to.deep.equal(['dialog-ask-checking']);
    await world.clock.pass(13_000);
    expect(sees(element), 'too early to say').to.deep.equal(['dialog-ask-checking']);
    await world.clock.pass(3_000);
    expect(sees(element)).to.deep.equal(MISSING);
  });

  /** The button and the field as they were when the person set out to use them. */
  const TWICE: Record<string, (hands: { button: HTMLElement; area: Element }) => void> = {
    'clicked twice': ({ button }) => [1, 2].forEach(() => button.click()),
    'Ctrl+Enter twice': ({ area }) => [1, 2].forEach(() => key(area, { key: 'Enter', ctrlKey: true })),
    '⌘ Enter and a click': ({ area, button }) => {
      key(area, { key: 'Enter', metaKey: true });
      button.click();
    },
  };
  for (const [name, act] of Object.entries(TWICE))
    it(`${name}: one question`, async () => {
      const element = await ready();
      act({ button: sender(element), area: field(element) });
      await atRest();
      expect(sees(element)).to.deep.equal(SENT);
      expect(world.posts).to.deep.equal([POST]);
      expect(world.told).to.deep.equal([...TOLD, 'ask done']);
      await check(success);
    });

  it('sends nothing at the Enter of an input method, nor at Enter alone', async () => {
    const element = await ready();
    key(field(element), { key: 'Enter', ctrlKey: true, isComposing: true });
    key(field(element), { key: 'Enter' });
    await world.clock.rest();
    expect(world.told).to.deep.equal(['ask start']);
    expect(sees(element)).to.deep.equal([...FORM].sort().slice(1));
  });

  it('leaves it to the host', async () => {
    const element = await ready();
    element.addEventListener('mentorship-action', (event) => event.preventDefault());
    sender(element).click();
    await world.clock.until(() => world.told.length > 2, 'the end of the dialog');
    expect(world.posts).to.deep.equal([]);
    expect(world.told).to.deep.equal([...TOLD, 'ask canceled']);
    await check({ stored: 0, draft: 'none' });
  });

  it('asks once from two elements', async () => {
    const first = await ready();
    world.element = null;
    const second = await world.show();
    await begin(TEXT);
    for (const element of [first, second]) sender(element).click();
    await atRest();
    await world.clock.until(() => sees(first).includes('dialog-ask-sent'), 'the first one’s end');
    expect(sees(second)).to.deep.equal(SENT);
    first.remove();
    await check(success);
  });

  describe('while it is on its way', () => {
    const onItsWay = async (fault?: Fault) => {
      const element = await ready();
      const gate = fault ? null : world.wiki.hold(isPost);
      if (fault) world.disturb(POST, fault);
      sender(element).click();
      if (gate) await gate.arrived;
      else await world.clock.until(() => world.sent > 0, 'the write');
      await world.clock.rest();
      return { element, release: () => gate?.release() };
    };

    it('can be closed: a note says that it is published', async () => {
      const { element, release } = await onItsWay();
      await close(element);
      expect(sees(element)).to.deep.equal([]);
      release();
      await world.clock.until(() => sees(element).length > 0, 'a note');
      expect(sees(element)).to.deep.equal(['dialog-ask-sent']);
      expect(world.told).to.deep.equal([...TOLD, 'ask done']);
      await check(success);
    });

    it('can be closed: a note says so also where the answer comes before the next frame', async () => {
      const { element, release } = await onItsWay();
      const told = close(element);
      release();
      await world.clock.until(() => world.told.length > 2, 'the answer');
      await told;
      expect(sees(element)).to.deep.equal(['dialog-ask-sent']);
      expect(world.told).to.deep.equal([...TOLD, 'ask done']);
    });

    it('can be closed: a note says that it is not published', async () => {
      const { element } = await onItsWay({ how: 'silence' });
      await close(element);
      await world.clock.until(() => sees(element).length > 0, 'a note');
      expect(sees(element)).to.deep.equal(['dialog-ask-kept']);
      await check({ stored: 0, draft: 'kept' });
      press(element, 'ask', 'section');
      await opened('the dialog');
      expect(field(element).value).to.equal(TEXT);
      sender(element).click();
      await atRest();
      await check(success);
    });

    it('can be closed, and a note says so although another dialog is open', async () => {
      const { element, release } = await onItsWay();
      await close(element);
      press(element, 'leave', 'section');
      await opened('the other dialog');
      release();
      await world.clock.until(() => world.told.includes('ask done'), 'the answer');
      await close(element);
      expect(sees(element)).to.deep.equal(['dialog-ask-sent']);
      await check(success);
    });

    it('can be closed and opened again', async () => {
      const { element, release } = await onItsWay();
      await close(element);
      press(element, 'ask', 'section');
      await opened('the dialog');
      expect(sees(element)).to.deep.equal(['dialog-ask-sending']);
      release();
      await atRest();
      expect(sees(element)).to.deep.equal(SENT);
      await check(success);
    });

    const REMOVALS = [
      { name: 'it arrives', fault: undefined, stored: 1, draft: 'none' },
      { name: 'its answer is lost', fault: { how: 'silence-after' }, stored: 1, draft: 'none' },
      { name: 'it is lost', fault: { how: 'silence' }, stored: 0, draft: 'kept' },
    ] as const;
    for (const { name, fault, stored, draft } of REMOVALS)
      it(`can lose its element; ${name}`, async () => {
        const { element, release } = await onItsWay(fault);
        element.remove();
        await world.clock.rest();
        release();
        await world.clock.end();
        await check({ stored, draft });
        await world.show();
        press(shown(), 'ask', 'section');
        await opened('the dialog');
        if (stored) expect(field(shown()).value).to.equal('');
        else {
          expect(field(shown()).value).to.equal(TEXT);
          sender(shown()).click();
          await atRest();
          await check(success);
        }
      });

    it('is looked for by the next element, while the first one waits in vain', async () => {
      const { element } = await onItsWay({ how: 'silence-after' });
      element.remove();
      await check({ stored: 1, draft: 'doubtful' });
      await world.show();
      press(shown(), 'ask', 'section');
      await opened('the dialog');
      await atRest();
      expect(sees(shown())).to.deep.equal(SENT);
      await check(success);
      await world.clock.end();
      expect(world.posts).to.deep.equal([POST]);
    });
  });
});

/** What a viewer does that the wiki says of itself whether it is so. */
interface Act {
  name: string;
  viewer: PersonaId;
  prepare?: (wiki: FakeMediaWiki) => void;
  /** Everything before the button that does it. */
  begin: () => Promise<void>;
  /** The button that does it; for the first time, and again. */
  press: () => void;
  /** What the wiki is sent, the decisive write last. */
  posts: string[];
  /** What the wiki knows then; nothing by halves. `changes` of mentors since the beginning. */
  known: Partial<Known>;
  sees: MessageId[];
  /** The card that is there afterwards. */
  card: string;
  told: string[];
  /** Where the dialog stays open and says so itself. */
  staysOpen?: true;
}

const STATUS = 'growthsetmenteestatus';
const SET_MENTOR = 'growthsetmentor';
const LIST = 'growthmanagementorlist';

const openFrom = async (id: MessageId) => {
  press(shown(), id, 'section');
  await opened('the dialog');
  await world.clock.rest();
};
const send = () => sender(shown()).click();
const undo = () => press(shown(), 'dialog-common-undo', '.note-actions');
const toldOf = (action: string) => ['start', 'submit', 'done'].map((phase) => `${action} ${phase}`);

const ACTS: readonly Act[] = [
  {
    name: 'leaving',
    viewer: 'n_ana',
    begin: () => openFrom('leave'),
    press: send,
    posts: [STATUS],
    known: { status: '2', mentor: '', changes: 0 },
    sees: ['dialog-common-undo', 'dialog-leave-done'],
    card: 'opt-in',
    told: toldOf('leave'),
  },
  {
    name: 'taking back that one has left',
    viewer: 'n_ana',
    begin: async () => {
      await openFrom('leave');
      send();
      await world.clock.until(() => button(shown(), 'dialog-common-undo', '.note-actions') !== null, 'undo');
    },
    press: undo,
    posts: [STATUS, STATUS, SET_MENTOR],
    known: { status: '1', mentor: 'Mentor Fatima', changes: 1 },
    sees: ['dialog-common-undone'],
    card: 'mentored',
    told: [...toldOf('leave'), 'join start', 'join done'],
  },
  {
    name: 'coming back',
    viewer: 'n_eli',
    begin: () => openFrom('get-mentor'),
    press: send,
    posts: ['options', STATUS],
    known: { status: '1', explicit: true, mentor: 'Mentor Marcus', changes: 0 },
    sees: ['dialog-join-done'],
    card: 'mentored',
    told: toldOf('join'),
  },
  {
    name: 'getting a mentor',
    viewer: 'e_gus',
    begin: () => openFrom('get-mentor'),
    press: send,
    posts: ['options', SET_MENTOR],
    known: { status: '1', explicit: true, changes: 1 },
    sees: ['dialog-join-done'],
    card: 'mentored',
    told: toldOf('join'),
  },
  {
    name: 'keeping one’s mentor',
    viewer: 'e_hal',
    begin: () => openFrom('mentor-keep'),
    press: send,
    posts: ['options'],
    known: { status: '1', explicit: true, mentor: 'Mentor Nina', changes: 0 },
    sees: ['dialog-join-kept'],
    card: 'mentored',
    told: toldOf('join'),
  },
  {
    name: 'choosing another mentor',
    viewer: 'n_ana',
    begin: async () => {
      await openFrom('choose');
      await world.clock.until(() => all(shown(), 'dialog [name=mentor]').length > 0, 'the list');
      const row = all(shown(), 'dialog [name=mentor]').find((one) => one.matches('[value="Mentor Marcus"]'));
      row?.click();
    },
    press: send,
    posts: ['options', SET_MENTOR],
    known: { status: '1', explicit: true, mentor: 'Mentor Marcus', changes: 1 },
    sees: ['dialog-choose-done'],
    card: 'mentored',
    told: toldOf('choose'),
  },
  {
    name: 'becoming a mentor',
    viewer: 'e_hal',
    begin: async () => {
      await openFrom('become-mentor');
      write(shown(), 'Rivers, bridges, and questions.');
    },
    press: send,
    posts: [LIST],
    known: { isMentor: true, changes: 0 },
    sees: ['dialog-enroll-done'],
    card: 'mentor',
    told: toldOf('enroll'),
    staysOpen: true,
  },
];

describe('acting', () => {
  /** Done, or at an end otherwise. */
  const BUSY: MessageId = 'dialog-common-busy';
  const PROBLEMS: MessageId[] = [
    'dialog-common-failed',
    'dialog-common-no-mentor',
    'dialog-common-session',
    'dialog-common-unsure',
  ];

  let act: Act;
  let before: Known;

  const known = async () => {
    const now = await world.known();
    return { ...now, changes: now.changes - before.changes };
  };

  const begin = async (one: Act) => {
    act = one;
    start(act.viewer);
    act.prepare?.(world.wiki);
    await world.show();
    before = await world.known();
    await act.begin();
  };

  const isUndo = () => act.press === undo;

  /** A failure stands in the dialog, or above the card where there is none. */
  const hasFailed = () =>
    isUndo()
      ? sees(shown()).includes('dialog-common-undo')
      : sees(shown()).some((id) => PROBLEMS.includes(id));
  const hasSucceeded = () => act.sees.every((id) => sees(shown()).includes(id));
  const end = () =>
    world.clock.until(
      () => !sees(shown()).includes(BUSY) && (hasFailed() || hasSucceeded()),
      'an end',
      120_000,
    );

  const checkDone = async (when: string) => {
    expect(sees(shown()), when).to.deep.equal(act.sees);
    expect(dialogIn(shown()) !== null, 'dialog open').to.equal(act.staysOpen ?? false);
    expect(shown().getAttribute('variant')).to.equal(act.card);
    expect(await known(), `on the wiki, ${when}`).to.include(act.known);
    expect(world.told.at(-1)).to.equal(act.told.at(-1));
  };

  const checkFailed = async (id: MessageId, code: string, words = NOTHING) => {
    const action = act.told.at(-1)?.split(' ')[0];
    expect(world.told).to.deep.equal([...act.told.slice(0, -1), `${action} failed ${code}`]);
    if (!isUndo()) {
      expect(sees(shown())).to.deep.equal([id]);
      expect(dialogIn(shown()) !== null, 'dialog open').to.be.true;
    } else expect(sees(shown())).to.include('dialog-common-undo');
    if (!isUndo() || words !== NOTHING) expect(quoted(shown())).to.match(words);
    expect(await known(), 'on the wiki').not.to.include(act.known);
  };

  const again = async () => {
    world.onPost = () => {};
    world.signedIn = act.viewer;
    act.press();
    await end();
    await checkDone('at the second try');
  };

  for (const one of ACTS)
    describe(one.name, () => {
      const decisive = one.posts.at(-1) ?? '';

      it('succeeds', async () => {
        await begin(one);
        act.press();
        await end();
        await checkDone('at once');
        expect(world.told).to.deep.equal(act.told);
        expect(world.posts).to.deep.equal(act.posts);
      });

      for (const { name, fault, stored, code } of TROUBLES)
        it(name, async () => {
          await begin(one);
          world.disturb(decisive, fault);
          act.press();
          await end();
          if (stored) {
            await checkDone('after a look');
            expect(world.posts).to.deep.equal(act.posts);
            return;
          }
          await checkFailed('dialog-common-failed', code);
          expect(world.posts).to.deep.equal(act.posts.slice(0, -1));
          await again();
        });

      for (const times of [1, 2])
        it(`a token that has expired, ${times}×`, async () => {
          await begin(one);
          const before = world.posts.length;
          const renew = (count: number) => count <= before + times && world.wiki.expireTokens(act.viewer);
          world.onPost = renew;
          act.press();
          await end();
          if (times === 1) {
            await checkDone('with a new token');
            expect(world.posts.length).to.equal(act.posts.length + 1);
            return;
          }
          await checkFailed('dialog-common-session', 'session', /^Invalid CSRF token\.$/);
          expect(world.posts.length).to.equal(before + 2);
          await again();
        });

      it('read-only', async () => {
        await begin(one);
        world.wiki.setReadOnly('A new server moves in.');
        act.press();
        await end();
        await checkFailed('dialog-common-failed', 'read-only', /^A new server moves in\.$/);
        world.wiki.setReadOnly(null);
        await again();
      });

      it('too quick', async () => {
        await begin(one);
        const over = world.wiki.limitRate({ action: decisive, seconds: 30 });
        act.press();
        await end();
        await checkFailed('dialog-common-failed', 'rate-limited', /rate limit/);
        over();
        await again();
      });

      it('somebody else is signed in', async () => {
        await begin(one);
        world.signedIn = 'n_ben';
        act.press();
        await end();
        await checkFailed('dialog-common-session', 'session', /^You are no longer logged in as/);
        await again();
      });

      it('no connection', async () => {
        await begin(one);
        const heal = world.cutOff();
        act.press();
        await end();
        heal();
        await checkFailed('dialog-common-failed', 'network');
        await again();
      });

      it('no connection from when it is sent', async () => {
        await begin(one);
        let heal = () => {};
        world.onPost = () => {
          heal = world.cutOff();
          world.onPost = () => {};
        };
        act.press();
        await end();
        heal();
        await checkFailed('dialog-common-unsure', 'network');
        await again();
      });

      it('its element is taken away while it is on its way', async () => {
        await begin(one);
        const gate = world.wiki.hold(({ action }) => action === decisive);
        act.press();
        await gate.arrived;
        shown().remove();
        gate.release();
        await world.clock.end();
        expect(await known(), 'on the wiki').to.include(act.known);
        expect(world.posts).to.deep.equal(act.posts);
        await world.show();
        expect(shown().getAttribute('variant')).to.equal(act.card);
      });

      it('pressed twice', async () => {
        await begin(one);
        const button = isUndo() ? null : sender(shown());
        act.press();
        button?.click();
        await end();
        await checkDone('once');
        await world.clock.end();
        expect(world.posts).to.deep.equal(act.posts);
      });
    });

  const named = (name: string): Act => {
    const found = ACTS.find((one) => one.name === name);
    if (!found) throw new Error(`Nobody can do “${name}”.`);
    return found;
  };

  interface Refusal {
    who: string;
    name: string;
    /** What has happened since the dialog was opened. Returns what undoes it; without that, all ends well. */
    meanwhile: (wiki: FakeMediaWiki) => unknown;
    posts: string[];
    /** What is different then. */
    known?: Partial<Known>;
    problem?: { id?: MessageId; code: string; words: RegExp };
  }

  const block = (wiki: FakeMediaWiki) => {
    wiki.setUser(act.viewer, { block: { expiry: '2026-12-24T00:00:00Z' } });
    return () => wiki.setUser(act.viewer, { block: null });
  };
  const BLOCKED = { code: 'blocked', words: /^Your username or IP address has been blocked/ };
  const only =
    (...names: string[]) =>
    (wiki: FakeMediaWiki) => {
      wiki.setMentors(names.map((name) => ({ name })));
      return () => wiki.setMentors(['Mentor Fatima', 'Mentor Marcus'].map((name) => ({ name })));
    };

  const REFUSALS: Refusal[] = [
    {
      who: 'leaving',
      name: 'has left already',
      meanwhile: (wiki) => wiki.setUser('n_ana', { status: 'optout' }),
      posts: [STATUS],
    },
    {
      who: 'leaving',
      name: 'may leave although blocked',
      meanwhile: (wiki) => {
        block(wiki);
      },
      posts: [STATUS],
    },
    {
      who: 'leaving',
      name: 'the program is off by now',
      meanwhile: (wiki) => {
        wiki.setSettings({ GEMentorshipEnabled: false });
        return () => wiki.setSettings({ GEMentorshipEnabled: true });
      },
      posts: [STATUS],
      problem: { code: 'denied', words: /^Permission denied\.$/ },
    },
    {
      who: 'taking back that one has left',
      name: 'blocked',
      meanwhile: block,
      posts: [STATUS, STATUS, SET_MENTOR],
      problem: BLOCKED,
    },
    {
      who: 'taking back that one has left',
      name: 'the former mentor has stopped: the one whom the wiki has drawn stays',
      meanwhile: only('Mentor Marcus'),
      posts: [STATUS, STATUS, SET_MENTOR],
      known: { mentor: 'Mentor Marcus', changes: 0 },
    },
    {
      who: 'coming back',
      name: 'nobody takes mentees',
      meanwhile: (wiki) => {
        wiki.setMentors([]);
        return () => wiki.setMentors([{ name: 'Mentor Marcus' }]);
      },
      posts: ['options', STATUS],
      known: { changes: 1 },
      problem: { id: 'dialog-common-no-mentor', code: 'no-mentor', words: NOTHING },
    },
    {
      who: 'coming back',
      name: 'is back already',
      meanwhile: (wiki) => wiki.setUser('n_eli', { status: 'enabled' }),
      posts: ['options'],
    },
    {
      who: 'getting a mentor',
      name: 'nobody takes mentees',
      meanwhile: only(),
      posts: ['options'],
      problem: { id: 'dialog-common-no-mentor', code: 'no-mentor', words: NOTHING },
    },
    {
      who: 'getting a mentor',
      name: 'blocked',
      meanwhile: block,
      posts: ['options', SET_MENTOR],
      problem: BLOCKED,
    },
    {
      who: 'getting a mentor',
      name: 'has one already',
      meanwhile: (wiki) => wiki.setMentor('e_gus', 'Mentor Olga'),
      posts: ['options'],
      known: { mentor: 'Mentor Olga', changes: 0 },
    },
    {
      who: 'choosing another mentor',
      name: 'blocked',
      meanwhile: block,
      posts: ['options', SET_MENTOR],
      problem: BLOCKED,
    },
    {
      who: 'choosing another mentor',
      name: 'the chosen one has stopped',
      meanwhile: only('Mentor Fatima'),
      posts: ['options', SET_MENTOR],
      problem: { code: 'denied', words: /permission to set user's mentor/ },
    },
    {
      who: 'choosing another mentor',
      name: 'has left meanwhile',
      meanwhile: (wiki) => {
        wiki.setUser('n_ana', { status: 'optout' });
        return () => {
          wiki.setUser('n_ana', { status: 'enabled' });
          wiki.setMentor('n_ana', 'Mentor Fatima');
        };
      },
      posts: ['options', SET_MENTOR],
      problem: { code: 'refused', words: /opted out of mentorship/ },
    },
    {
      who: 'choosing another mentor',
      name: 'has the chosen one already',
      meanwhile: (wiki) => wiki.setMentor('n_ana', 'Mentor Marcus'),
      posts: ['options', SET_MENTOR],
      known: { changes: 0 },
    },
    {
      who: 'becoming a mentor',
      name: 'is one already',
      meanwhile: (wiki) => wiki.setMentors([{ name: 'Mentor Fatima' }, { name: 'Experienced Hal' }]),
      posts: [LIST],
    },
    {
      who: 'becoming a mentor',
      name: 'blocked',
      meanwhile: block,
      posts: [LIST],
      problem: BLOCKED,
    },
    {
      who: 'becoming a mentor',
      name: 'is no longer experienced enough',
      meanwhile: (wiki) => {
        wiki.setUser('e_hal', { editCount: 10 });
        return () => wiki.setUser('e_hal', { editCount: 1_500 });
      },
      posts: [LIST],
      problem: { code: 'denied', words: /permission to enroll as a mentor/ },
    },
    {
      who: 'becoming a mentor',
      name: 'an introduction that is too long by the wiki’s own count',
      meanwhile: () => {
        write(shown(), 'e\u0301'.repeat(200));
        return () => write(shown(), 'é'.repeat(200));
      },
      posts: [LIST],
      problem: { code: 'invalid', words: /^Introduction message is too long/ },
    },
  ];

  for (const { who, name, meanwhile, posts, problem, known: different } of REFUSALS)
    it(`${who}: ${name}`, async () => {
      const one = named(who);
      await begin({ ...one, known: { ...one.known, ...different } });
      const over = meanwhile(world.wiki);
      act.press();
      await end();
      expect(world.posts).to.deep.equal(posts);
      if (!problem) {
        await checkDone('as it was already');
        return;
      }
      await checkFailed(problem.id ?? 'dialog-common-failed', problem.code, problem.words);
      (over as (() => unknown) | undefined)?.();
      await again();
    });

  it('leaving at once from two elements of one source: one write', async () => {
    start('n_ana');
    const source = world.source();
    const elements = [await world.show(source), await world.show(source)];
    for (const element of elements) {
      world.element = element;
      await openFrom('leave');
    }
    for (const element of elements) sender(element).click();
    const end = (element: Element) => sees(element).includes('dialog-leave-done');
    await world.clock.until(() => elements.every(end), 'both ends');
    expect(world.posts).to.deep.equal([STATUS]);
    elements[0]?.remove();
  });

  it('becoming a mentor: an introduction that is too long is not sent', async () => {
    await begin(named('becoming a mentor'));
    write(shown(), '🐱'.repeat(241));
    act.press();
    await world.clock.rest();
    expect(sees(shown())).to.deep.equal(['dialog-enroll-long']);
    expect(world.told).to.deep.equal(['enroll start']);
    expect(world.posts).to.deep.equal([]);
    write(shown(), '🐱'.repeat(240));
    await again();
  });

  it('choosing another mentor: nobody is chosen', async () => {
    await begin({ ...named('choosing another mentor'), begin: () => openFrom('choose') });
    await world.clock.until(() => all(shown(), 'dialog [name=mentor]').length > 0, 'the list');
    act.press();
    await world.clock.rest();
    expect(sees(shown())).to.deep.equal(['dialog-choose-missing']);
    expect(world.posts).to.deep.equal([]);
  });

  // The decisive write comes second, and is not begun where the first one failed.
  for (const one of ACTS.filter(({ posts }) => posts.length > 1))
    for (const { name, fault, code } of TROUBLES.filter(({ name }) => !/slow/.test(name)))
      it(`${one.name}: the first of several writes: ${name}`, async () => {
        const [first = ''] = one.posts.slice(-2);
        await begin(one);
        world.disturb(first, fault);
        act.press();
        await end();
        const isSo = one.name === 'coming back' && (await known()).mentor !== '';
        if (!isSo) await checkFailed('dialog-common-failed', code);
        expect(world.posts).not.to.include(SET_MENTOR);
        await again();
        expect(world.posts.filter((post) => post === 'options').length).to.be.most(1);
      });
});

describe('the invitation', () => {
  const begin = async () => {
    start('e_hal');
    await world.show();
    press(shown(), 'not-now', 'section');
  };
  const NOTE: MessageId[] = ['dialog-common-declined', 'dialog-common-undo'];
  const end = () =>
    world.clock.until(() => {
      const seen = sees(shown());
      return seen.length > 0 && !seen.includes('dialog-common-busy');
    }, 'a note');
  const variant = () => shown().getAttribute('variant');

  const OUTCOMES = [{ name: 'success', fault: null, stored: true, code: '' }, ...TROUBLES];

  for (const { name, fault, stored, code } of OUTCOMES) {
    it(`“not now”: ${name}`, async () => {
      start('e_hal');
      if (fault) world.disturb('options', fault);
      await world.show();
      press(shown(), 'not-now', 'section');
      await end();
      expect(sees(shown())).to.deep.equal(NOTE);
      expect(variant()).to.equal('mentored');
      expect(world.told).to.deep.equal(['decline start', stored ? 'decline done' : `decline failed ${code}`]);
      expect((await world.known()).declined).to.equal(stored);
      shown().remove();
      await world.show();
      expect(variant(), 'the next time').to.equal('mentored');
    });

    it(`taking back “not now”: ${name}`, async () => {
      await begin();
      await end();
      if (fault) world.disturb('options', fault);
      undo();
      await end();
      expect((await world.known()).declined).to.equal(!stored);
      const last = stored ? 'restore done' : `restore failed ${code}`;
      expect(world.told).to.deep.equal(['decline start', 'decline done', 'restore start', last]);
      if (!stored) {
        expect(sees(shown())).to.include('dialog-common-undo');
        expect(variant()).to.equal('mentored');
        undo();
        await end();
      }
      expect(sees(shown())).to.deep.equal(['dialog-common-undone']);
      expect(variant()).to.equal('invite');
      expect((await world.known()).declined).to.be.false;
      expect(world.posts).to.deep.equal(['options', 'options']);
    });
  }

  it('“not now” on a wiki that takes nothing: this browser remembers it, and forgets it again', async () => {
    start('e_hal');
    world.wiki.setReadOnly('A new server moves in.');
    await world.show();
    press(shown(), 'not-now', 'section');
    await end();
    expect(variant()).to.equal('mentored');
    expect(world.told).to.deep.equal(['decline start', 'decline failed read-only']);
    undo();
    await end();
    expect(world.told.slice(2)).to.deep.equal(['restore start', 'restore done']);
    expect(world.posts).to.deep.equal(['options']);
    expect(variant()).to.equal('invite');
    shown().remove();
    await world.show();
    expect(variant(), 'the next time').to.equal('invite');
  });

  it('“not now” as somebody else: nothing is written', async () => {
    start('e_hal');
    await world.show();
    world.signedIn = 'n_ben';
    press(shown(), 'not-now', 'section');
    await end();
    world.signedIn = 'e_hal';
    expect(world.told).to.deep.equal(['decline start', 'decline failed session']);
    expect(world.posts).to.deep.equal([]);
  });
});
