import { expect } from '@open-wc/testing';
import type { Fault, FakeMediaWiki, PersonaId } from './fake-mediawiki/index.js';
import '../src/controllers/interaction-controller.js';
import '../src/dialogs/about.js';
import '../src/dialogs/ask.js';
import '../src/dialogs/choose.js';
import '../src/dialogs/dialog-controller.js';
import '../src/dialogs/enroll.js';
import '../src/dialogs/join.js';
import '../src/dialogs/leave.js';
import type { MessageId } from '../src/i18n/messages.js';
import '../src/sdk/growth/actions.js';
import { readDraft, type WikiRecord, ActionFixture } from './action-fixture.js';
import {
  button,
  closeDialog,
  findDialog,
  textField,
  key,
  press,
  quotedWikiMessage,
  visibleMessages,
  submitButton,
  write,
} from './user-actions.js';
import { all, markup } from './element-helpers.js';

/** A fault injected into a write, and the resulting error of the client. */
interface WriteFault {
  name: string;
  fault: Fault;
  /** True if the wiki stored the write before the fault. */
  stored: boolean;
  code: string;
}

const WRITE_FAULTS: readonly WriteFault[] = [
  { name: 'no response', fault: { how: 'silence' }, stored: false, code: 'timeout' },
  { name: 'no response after storing', fault: { how: 'silence-after' }, stored: true, code: 'timeout' },
  { name: 'briefly offline', fault: { how: 'offline' }, stored: false, code: 'network' },
  { name: 'connection reset after storing', fault: { how: 'reset' }, stored: true, code: 'network' },
  { name: '502', fault: { how: 'bad-gateway' }, stored: false, code: 'http' },
  { name: '502 after storing', fault: { how: 'bad-gateway-after' }, stored: true, code: 'http' },
  {
    name: 'truncated response after storing',
    fault: { how: 'garbled-after' },
    stored: true,
    code: 'bad-data',
  },
  {
    name: 'stored while polling',
    fault: { how: 'late', ms: 25_000 },
    stored: true,
    code: 'timeout',
  },
  { name: 'slow response', fault: { how: 'slow', ms: 19_000 }, stored: true, code: '' },
];

const NOTHING = /^$/;

let fixture: ActionFixture;

const start = (viewer: PersonaId) => (fixture = new ActionFixture(viewer));

const currentElement = () => {
  if (!fixture.element) throw new Error('There is no element.');
  return fixture.element;
};

const untilDialogOpens = (what: string) =>
  fixture.clock.advanceUntil(() => findDialog(currentElement()) !== null, what);

// Sets a fragment, because dialogs then add no entry to the history, which all tests share. Sets it once, because WebKit
// allows 100 changes of the history in ten seconds.
before(() => history.replaceState(null, '', '#table'));
after(() => history.replaceState(null, '', location.pathname + location.search));

afterEach(async () => {
  currentElement().remove();
  // Completes pending requests, because they hold the viewer's lock, for which the next test would wait.
  await fixture.clock.runAll();
  fixture.end();
});

describe('dialog “ask”', () => {
  const TEXT = 'How do I add a source to the article about our bridge? I have tried it three times by now.';
  const POST = 'helppanelquestionposter';
  const START_AND_SUBMIT = ['ask start', 'ask submit'];
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
    /** Changes the wiki after the dialog was opened. Returns a function that reverts the change. */
    meanwhile?: (wiki: FakeMediaWiki) => (() => unknown) | undefined;
    /** Called when a write is sent. */
    onPost?: (count: number) => void;
    messages: MessageId[];
    /** The wiki's own message. */
    words?: RegExp;
    /** Number of writes that reach the wiki. */
    posts: number;
    stored: 0 | 1;
    draft: 'none' | 'kept' | 'unconfirmed';
    log: string[];
    /** The button that leads to success afterwards; undefined if there is none. */
    then?: MessageId | undefined;
  }

  const setSession = (viewer: PersonaId) => {
    const before = fixture.signedIn;
    fixture.signedIn = viewer;
    return () => (fixture.signedIn = before);
  };

  /** Expectations for a refused write: nothing is stored and the form is unchanged. */
  const refused = (code: string, problem: MessageId, posts: 0 | 1 = 1) => ({
    messages: [...FORM, problem],
    posts,
    stored: 0 as const,
    draft: 'kept' as const,
    log: [...START_AND_SUBMIT, `ask failed ${code}`],
    then: 'dialog-ask-send' as const,
  });

  const ROWS: Row[] = [
    {
      name: 'success',
      messages: SENT,
      posts: 1,
      stored: 1,
      draft: 'none',
      log: [...START_AND_SUBMIT, 'ask done'],
    },
    {
      name: 'blank',
      text: ' \u200B\n\u2800 ',
      messages: ['dialog-ask-blank', ...FORM],
      posts: 0,
      stored: 0,
      draft: 'kept',
      log: ['ask start'],
    },
    {
      name: 'too long',
      text: '🐱'.repeat(2_001),
      messages: ['dialog-ask-long', ...FORM],
      posts: 0,
      stored: 0,
      draft: 'kept',
      log: ['ask start'],
    },
    {
      name: 'maximum length',
      text: '🐱'.repeat(2_000),
      messages: SENT,
      posts: 1,
      stored: 1,
      draft: 'none',
      log: [...START_AND_SUBMIT, 'ask done'],
    },
    {
      // The client counts characters after Unicode normalization, as a real wiki does; the fake wiki counts before.
      name: 'too long for the wiki only',
      text: 'e\u0301'.repeat(1_500),
      words: /cannot be longer than 2,000 characters/,
      ...refused('invalid', 'dialog-ask-failed'),
      then: undefined,
    },
    {
      name: 'sitewide block',
      meanwhile: (wiki) => {
        wiki.setUser('n_ana', { block: { reason: 'Much [[nonsense]]' } });
        return () => wiki.setUser('n_ana', { block: null });
      },
      words: /^Much nonsense$/,
      ...refused('blocked', 'dialog-ask-blocked', 0),
    },
    {
      name: 'partial block of talk pages',
      meanwhile: (wiki) => {
        wiki.setUser('n_ana', { block: { partial: true } });
        return () => wiki.setUser('n_ana', { block: null });
      },
      words: /^Your username or IP address is blocked from doing this\.$/,
      ...refused('blocked', 'dialog-ask-blocked'),
    },
    {
      name: 'protected page',
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
      name: 'rate-limited, with a time to wait',
      meanwhile: (wiki) => wiki.limitRate({ action: POST, seconds: 30 }),
      // The element's own message contains the time to wait.
      words: /^$/,
      ...refused('rate-limited', 'dialog-ask-rate-limited'),
    },
    {
      name: 'rate-limited, without a time to wait',
      meanwhile: (wiki) => wiki.limitRate({ action: POST }),
      words: /rate limit/,
      ...refused('rate-limited', 'dialog-ask-failed'),
    },
    {
      name: 'edit filter',
      meanwhile: (wiki) => wiki.refuseTexts(/bridge/, 'No <b>bridges</b>, please.'),
      words: /^No bridges, please\.$/,
      ...refused('refused', 'dialog-ask-failed'),
    },
    {
      name: 'another user is signed in',
      meanwhile: () => setSession('n_ben'),
      words: /^You are no longer logged in as/,
      ...refused('session', 'dialog-ask-session', 0),
      messages: ['dialog-ask-by-hand', 'dialog-ask-reload', 'dialog-ask-send', 'dialog-ask-session'],
    },
    {
      name: 'nobody is signed in',
      meanwhile: () => setSession('anon'),
      words: /^You are no longer logged in as/,
      ...refused('session', 'dialog-ask-session', 0),
      messages: ['dialog-ask-by-hand', 'dialog-ask-reload', 'dialog-ask-send', 'dialog-ask-session'],
    },
    {
      name: 'another user signs in while sending',
      onPost: (count) => count === 1 && setSession('n_ben'),
      words: /^You are no longer logged in as/,
      ...refused('session', 'dialog-ask-session'),
      messages: ['dialog-ask-by-hand', 'dialog-ask-reload', 'dialog-ask-send', 'dialog-ask-session'],
    },
    {
      name: 'expired token',
      onPost: (count) => count === 1 && fixture.wiki.expireTokens('n_ana'),
      messages: SENT,
      posts: 2,
      stored: 1,
      draft: 'none',
      log: [...START_AND_SUBMIT, 'ask done'],
    },
    {
      name: 'token that expires twice',
      onPost: (count) => count <= 2 && fixture.wiki.expireTokens('n_ana'),
      words: /^Invalid CSRF token\.$/,
      ...refused('session', 'dialog-ask-session'),
      posts: 2,
      messages: ['dialog-ask-by-hand', 'dialog-ask-reload', 'dialog-ask-send', 'dialog-ask-session'],
    },
    {
      name: 'no mentor is left',
      meanwhile: (wiki) => {
        wiki.setMentor('n_ana', null);
        wiki.setMentors([]);
        return () => wiki.setMentors([{ name: 'Mentor Fatima' }]);
      },
      ...refused('no-mentor', 'dialog-ask-no-mentor'),
    },
    {
      name: 'viewer has opted out',
      meanwhile: (wiki) => {
        wiki.setUser('n_ana', { status: 'optout' });
        return () => wiki.setUser('n_ana', { status: 'enabled' });
      },
      ...refused('no-mentor', 'dialog-ask-no-mentor'),
    },
    {
      name: 'talk page with another content model',
      meanwhile: (wiki) => {
        wiki.setContentModel('User talk:Mentor Fatima', 'flow-board');
        return () => wiki.setContentModel('User talk:Mentor Fatima', 'wikitext');
      },
      messages: MISSING,
      posts: 1,
      stored: 0,
      draft: 'kept',
      log: [...START_AND_SUBMIT, 'ask failed network'],
      then: 'dialog-ask-again',
    },
    {
      name: 'no connection',
      meanwhile: () => fixture.goOffline(),
      ...refused('network', 'dialog-ask-network', 0),
    },
    {
      name: 'connection lost while sending',
      onPost: (count) => count === 1 && (undo = fixture.goOffline()),
      messages: ['dialog-ask-look', 'dialog-ask-unsure'],
      posts: 0,
      stored: 0,
      draft: 'unconfirmed',
      log: [...START_AND_SUBMIT, 'ask failed network'],
      then: 'dialog-ask-look',
    },
    {
      name: 'mentor is away: asks the stand-in',
      meanwhile: (wiki) => {
        wiki.setUser('m_fatima', {
          options: { 'growthexperiments-mentor-away-timestamp': '20261224000000' },
        });
        return undefined;
      },
      messages: SENT,
      posts: 1,
      stored: 1,
      draft: 'none',
      log: [...START_AND_SUBMIT, 'ask done'],
    },
    ...WRITE_FAULTS.map(({ name, fault, stored }): Row => ({
      name,
      onPost: (count) => count === 1 && fixture.disturb(POST, fault),
      ...(stored
        ? { messages: SENT, stored: 1, posts: 1, draft: 'none', log: [...START_AND_SUBMIT, 'ask done'] }
        : {
            messages: MISSING,
            stored: 0,
            posts: 0,
            draft: 'kept',
            log: [...START_AND_SUBMIT, 'ask failed network'],
            then: 'dialog-ask-again',
          }),
    })),
  ];

  /** Reverts the change. */
  let undo: (() => unknown) | undefined;

  const begin = async (text: string) => {
    press(currentElement(), 'ask', 'section');
    await untilDialogOpens('the dialog');
    await fixture.clock.settle();
    write(currentElement(), text);
  };

  /** Waits until the dialog neither sends nor polls. */
  const untilSettled = () =>
    fixture.clock.advanceUntil(() => {
      const seen = visibleMessages(currentElement());
      return !seen.includes('dialog-ask-sending') && !seen.includes('dialog-ask-checking');
    }, 'an end');

  const check = async ({ stored, draft, text = TEXT }: Pick<Row, 'stored' | 'draft' | 'text'>) => {
    const { questions } = await fixture.readWiki();
    expect(questions, 'on the wiki').to.deep.equal(stored ? [text.trim()] : []);
    const kept = readDraft(localStorage, fixture.draftKey);
    expect(kept, 'draft').to.deep.equal({ where: draft, text: draft === 'none' ? '' : text });
  };

  for (const row of ROWS)
    it(row.name, async () => {
      start('n_ana');
      await fixture.show();
      undo = undefined;
      const text = row.text ?? TEXT;
      await begin(text);
      undo = row.meanwhile?.(fixture.wiki);
      if (row.onPost) fixture.onPost = row.onPost;
      submitButton(currentElement()).click();
      await untilSettled();
      expect(visibleMessages(currentElement())).to.deep.equal([...row.messages].sort());
      expect(quotedWikiMessage(currentElement())).to.match(row.words ?? NOTHING);
      expect(fixture.log).to.deep.equal(row.log);
      expect(fixture.posts).to.deep.equal(Array(row.posts).fill(POST));
      undo?.();
      fixture.onPost = () => {};
      fixture.signedIn = 'n_ana';
      await check({ ...row, text });
      if (!row.then) return;
      press(currentElement(), row.then, 'dialog');
      await untilSettled();
      if (row.then === 'dialog-ask-look') {
        expect(visibleMessages(currentElement())).to.deep.equal(MISSING);
        press(currentElement(), 'dialog-ask-again', 'dialog');
        await untilSettled();
      }
      expect(visibleMessages(currentElement()), 'at the second try').to.deep.equal(SENT);
      await check({ stored: 1, draft: 'none', text });
    });

  const ready = async (text = TEXT) => {
    start('n_ana');
    const element = await fixture.show();
    await begin(text);
    return element;
  };
  const isPost = ({ action }: Readonly<Record<string, string>>) => action === POST;
  const success = { stored: 1, draft: 'none' } as const;

  it('reports the question and the state of the request to the host', async () => {
    const element = await ready();
    submitButton(element).click();
    await untilSettled();
    const [, sent, done] = fixture.events;
    const [question] = fixture.wiki.questionsOf('n_ana');
    expect(sent).to.include({ phase: 'submit', text: TEXT, length: TEXT.length, cancelable: true });
    expect(done).to.include({ phase: 'done', revision: question?.revision, length: TEXT.length });
    expect(done?.href).to.match(/^https:\/\/wiki\.example\/wiki\/User_talk:Mentor_Fatima#Question/);
    expect(all(element, '.history li')[0]?.textContent).to.contain(TEXT.slice(0, 50));
  });

  it('shows progress while sending, then while polling', async () => {
    const element = await ready();
    fixture.disturb(POST, { how: 'silence' });
    submitButton(element).click();
    await fixture.clock.advance(19_000);
    expect(visibleMessages(element)).to.deep.equal(['dialog-ask-sending']);
    await fixture.clock.advance(2_000);
    expect(visibleMessages(element)).to.deep.equal(['dialog-ask-checking']);
    await fixture.clock.advance(13_000);
    expect(visibleMessages(element), 'too early to say').to.deep.equal(['dialog-ask-checking']);
    await fixture.clock.advance(3_000);
    expect(visibleMessages(element)).to.deep.equal(MISSING);
  });

  /** The button and the field before the first press. */
  const TWICE: Record<string, (controls: { button: HTMLElement; area: Element }) => void> = {
    'clicked twice': ({ button }) => [1, 2].forEach(() => button.click()),
    'Ctrl+Enter twice': ({ area }) => [1, 2].forEach(() => key(area, { key: 'Enter', ctrlKey: true })),
    '⌘ Enter and a click': ({ area, button }) => {
      key(area, { key: 'Enter', metaKey: true });
      button.click();
    },
  };
  for (const [name, actionCase] of Object.entries(TWICE))
    it(`${name}: sends one question`, async () => {
      const element = await ready();
      actionCase({ button: submitButton(element), area: textField(element) });
      await untilSettled();
      expect(visibleMessages(element)).to.deep.equal(SENT);
      expect(fixture.posts).to.deep.equal([POST]);
      expect(fixture.log).to.deep.equal([...START_AND_SUBMIT, 'ask done']);
      await check(success);
    });

  it('does not send on Enter during input composition, nor on Enter alone', async () => {
    const element = await ready();
    key(textField(element), { key: 'Enter', ctrlKey: true, isComposing: true });
    key(textField(element), { key: 'Enter' });
    await fixture.clock.settle();
    expect(fixture.log).to.deep.equal(['ask start']);
    expect(visibleMessages(element)).to.deep.equal([...FORM].sort().slice(1));
  });

  it('leaves the action to the host if it cancels the event', async () => {
    const element = await ready();
    element.addEventListener('mentorship-action', (event) => event.preventDefault());
    submitButton(element).click();
    await fixture.clock.advanceUntil(() => fixture.log.length > 2, 'the end of the dialog');
    expect(fixture.posts).to.deep.equal([]);
    expect(fixture.log).to.deep.equal([...START_AND_SUBMIT, 'ask canceled']);
    await check({ stored: 0, draft: 'none' });
  });

  it('sends once from two elements', async () => {
    const first = await ready();
    fixture.element = null;
    const second = await fixture.show();
    await begin(TEXT);
    for (const element of [first, second]) submitButton(element).click();
    await untilSettled();
    await fixture.clock.advanceUntil(
      () => visibleMessages(first).includes('dialog-ask-sent'),
      'the first one’s end',
    );
    expect(visibleMessages(second)).to.deep.equal(SENT);
    first.remove();
    await check(success);
  });

  describe('while the request is pending', () => {
    const startPending = async (fault?: Fault) => {
      const element = await ready();
      const gate = fault ? null : fixture.wiki.hold(isPost);
      if (fault) fixture.disturb(POST, fault);
      submitButton(element).click();
      if (gate) await gate.arrived;
      else await fixture.clock.advanceUntil(() => fixture.sent > 0, 'the write');
      await fixture.clock.settle();
      return { element, release: () => gate?.release() };
    };

    it('can be closed; a notice reports that the question was published', async () => {
      const { element, release } = await startPending();
      await closeDialog(element);
      expect(visibleMessages(element)).to.deep.equal([]);
      release();
      await fixture.clock.advanceUntil(() => visibleMessages(element).length > 0, 'a note');
      expect(visibleMessages(element)).to.deep.equal(['dialog-ask-sent']);
      expect(fixture.log).to.deep.equal([...START_AND_SUBMIT, 'ask done']);
      await check(success);
    });

    it('can be closed; a notice appears even if the response arrives before the next frame', async () => {
      const { element, release } = await startPending();
      const closed = closeDialog(element);
      release();
      await fixture.clock.advanceUntil(() => fixture.log.length > 2, 'the answer');
      await closed;
      expect(visibleMessages(element)).to.deep.equal(['dialog-ask-sent']);
      expect(fixture.log).to.deep.equal([...START_AND_SUBMIT, 'ask done']);
    });

    it('can be closed; a notice reports that the question was not published', async () => {
      const { element } = await startPending({ how: 'silence' });
      await closeDialog(element);
      await fixture.clock.advanceUntil(() => visibleMessages(element).length > 0, 'a note');
      expect(visibleMessages(element)).to.deep.equal(['dialog-ask-kept']);
      await check({ stored: 0, draft: 'kept' });
      press(element, 'ask', 'section');
      await untilDialogOpens('the dialog');
      expect(textField(element).value).to.equal(TEXT);
      submitButton(element).click();
      await untilSettled();
      await check(success);
    });

    it('can be closed; a notice appears even while another dialog is open', async () => {
      const { element, release } = await startPending();
      await closeDialog(element);
      press(element, 'leave', 'section');
      await untilDialogOpens('the other dialog');
      release();
      await fixture.clock.advanceUntil(() => fixture.log.includes('ask done'), 'the answer');
      await closeDialog(element);
      expect(visibleMessages(element)).to.deep.equal(['dialog-ask-sent']);
      await check(success);
    });

    it('can be closed and opened again', async () => {
      const { element, release } = await startPending();
      await closeDialog(element);
      press(element, 'ask', 'section');
      await untilDialogOpens('the dialog');
      expect(visibleMessages(element)).to.deep.equal(['dialog-ask-sending']);
      release();
      await untilSettled();
      expect(visibleMessages(element)).to.deep.equal(SENT);
      await check(success);
    });

    const REMOVALS = [
      { name: 'delivered', fault: undefined, stored: 1, draft: 'none' },
      { name: 'response lost', fault: { how: 'silence-after' }, stored: 1, draft: 'none' },
      { name: 'request lost', fault: { how: 'silence' }, stored: 0, draft: 'kept' },
    ] as const;
    for (const { name, fault, stored, draft } of REMOVALS)
      it(`survives the removal of its element; ${name}`, async () => {
        const { element, release } = await startPending(fault);
        element.remove();
        await fixture.clock.settle();
        release();
        await fixture.clock.runAll();
        await check({ stored, draft });
        await fixture.show();
        press(currentElement(), 'ask', 'section');
        await untilDialogOpens('the dialog');
        if (stored) expect(textField(currentElement()).value).to.equal('');
        else {
          expect(textField(currentElement()).value).to.equal(TEXT);
          submitButton(currentElement()).click();
          await untilSettled();
          await check(success);
        }
      });

    it('lets the next element poll while the first one waits for a response', async () => {
      const { element } = await startPending({ how: 'silence-after' });
      element.remove();
      await check({ stored: 1, draft: 'unconfirmed' });
      await fixture.show();
      press(currentElement(), 'ask', 'section');
      await untilDialogOpens('the dialog');
      await untilSettled();
      expect(visibleMessages(currentElement())).to.deep.equal(SENT);
      await check(success);
      await fixture.clock.runAll();
      expect(fixture.posts).to.deep.equal([POST]);
    });
  });
});

/** A write whose success the wiki itself can confirm. */
interface ActionCase {
  name: string;
  viewer: PersonaId;
  prepare?: (wiki: FakeMediaWiki) => void;
  /** Runs every step before the final button. */
  begin: () => Promise<void>;
  /** Presses the final button, initially and on a retry. */
  press: () => void;
  /** Actions sent to the wiki. */
  posts: string[];
  /** The one that decides; the last one by default. */
  decisive?: string;
  /** The resulting data, all or nothing. `changes` counts mentor changes since the start. */
  known: Partial<WikiRecord>;
  messages: MessageId[];
  /** The resulting card. */
  card: string;
  log: string[];
  /** Events after a success, in addition to those of the action itself. */
  then?: string[];
  /** True if the dialog stays open and shows the result itself. */
  staysOpen?: true;
}

const STATUS = 'growthsetmenteestatus';
const SET_MENTOR = 'growthsetmentor';
const LIST = 'growthmanagementorlist';

const openFrom = async (id: MessageId) => {
  press(currentElement(), id, 'section');
  await untilDialogOpens('the dialog');
  await fixture.clock.settle();
};
const send = () => submitButton(currentElement()).click();
const undo = () => press(currentElement(), 'dialog-common-undo', '.note-actions');
const never = () => press(currentElement(), 'dialog-common-never', '.note-actions');
const eventsOf = (action: string) => ['start', 'submit', 'done'].map((phase) => `${action} ${phase}`);

const ACTION_CASES: readonly ActionCase[] = [
  {
    name: 'leaving',
    viewer: 'n_ana',
    begin: () => openFrom('leave'),
    press: send,
    posts: [STATUS],
    known: { status: '2', mentor: '', changes: 0 },
    messages: ['dialog-common-undo', 'dialog-leave-done'],
    card: 'opt-in',
    log: eventsOf('leave'),
  },
  {
    name: 'undoing leave',
    viewer: 'n_ana',
    begin: async () => {
      await openFrom('leave');
      send();
      await fixture.clock.advanceUntil(
        () => button(currentElement(), 'dialog-common-undo', '.note-actions') !== null,
        'undo',
      );
    },
    press: undo,
    posts: [STATUS, STATUS, SET_MENTOR],
    known: { status: '1', mentor: 'Mentor Fatima', changes: 1 },
    messages: ['dialog-common-undone'],
    card: 'mentored',
    log: [...eventsOf('leave'), 'join start', 'join done'],
  },
  {
    name: 'rejoining',
    viewer: 'n_eli',
    begin: () => openFrom('get-mentor'),
    press: send,
    posts: [STATUS, 'options'],
    decisive: STATUS,
    known: { status: '1', explicit: true, mentor: 'Mentor Marcus', changes: 0 },
    messages: ['dialog-join-done'],
    card: 'mentored',
    log: eventsOf('join'),
  },
  {
    name: 'getting a mentor',
    viewer: 'e_gus',
    begin: () => openFrom('get-mentor'),
    press: send,
    posts: [SET_MENTOR, 'options'],
    decisive: SET_MENTOR,
    known: { status: '1', explicit: true, changes: 1 },
    messages: ['dialog-join-done'],
    card: 'mentored',
    log: eventsOf('join'),
  },
  {
    name: 'keeping the mentor',
    viewer: 'e_hal',
    begin: () => openFrom('mentor-keep'),
    press: send,
    posts: ['options'],
    known: { status: '1', explicit: true, mentor: 'Mentor Nina', changes: 0 },
    messages: ['dialog-join-kept'],
    card: 'mentored',
    log: eventsOf('join'),
  },
  {
    name: 'choosing another mentor',
    viewer: 'n_ana',
    begin: async () => {
      await openFrom('choose');
      await fixture.clock.advanceUntil(
        () => all(currentElement(), 'dialog [name=mentor]').length > 0,
        'the list',
      );
      const row = all(currentElement(), 'dialog [name=mentor]').find((one) =>
        one.matches('[value="Mentor Marcus"]'),
      );
      row?.click();
    },
    press: send,
    posts: [SET_MENTOR, 'options'],
    decisive: SET_MENTOR,
    known: { status: '1', explicit: true, mentor: 'Mentor Marcus', changes: 1 },
    messages: ['dialog-choose-done'],
    card: 'mentored',
    log: eventsOf('choose'),
  },
  {
    name: 'becoming a mentor',
    viewer: 'e_hal',
    begin: async () => {
      await openFrom('become-mentor');
      write(currentElement(), 'Rivers, bridges, and questions.');
    },
    press: send,
    // Ends the viewer's own mentorship.
    posts: [LIST, STATUS],
    decisive: LIST,
    known: { isMentor: true, status: '2', changes: 0 },
    messages: ['dialog-enroll-done'],
    card: 'mentor',
    log: eventsOf('enroll'),
    then: ['leave done'],
    staysOpen: true,
  },
];

describe('actions', () => {
  /** Waits until the action has succeeded or failed. */
  const BUSY: MessageId = 'dialog-common-busy';
  const PROBLEMS: MessageId[] = [
    'dialog-common-failed',
    'dialog-common-later',
    'dialog-common-missing',
    'dialog-common-no-mentor',
    'dialog-common-seconds',
    'dialog-common-session',
    'dialog-common-unsure',
  ];

  let actionCase: ActionCase;
  let before: WikiRecord;

  const known = async () => {
    const now = await fixture.readWiki();
    return { ...now, changes: now.changes - before.changes };
  };

  const begin = async (one: ActionCase) => {
    actionCase = one;
    start(actionCase.viewer);
    actionCase.prepare?.(fixture.wiki);
    await fixture.show();
    before = await fixture.readWiki();
    await actionCase.begin();
  };

  const isUndo = () => actionCase.press === undo;

  /** Reads the error from the dialog, or from the notice above the card. */
  const hasFailed = () =>
    isUndo()
      ? visibleMessages(currentElement()).includes('dialog-common-undo')
      : visibleMessages(currentElement()).some((id) => PROBLEMS.includes(id));
  const hasSucceeded = () =>
    actionCase.messages.every((id) => visibleMessages(currentElement()).includes(id));
  const end = () =>
    fixture.clock.advanceUntil(
      () => !visibleMessages(currentElement()).includes(BUSY) && (hasFailed() || hasSucceeded()),
      'an end',
      120_000,
    );

  const checkDone = async (when: string) => {
    expect(visibleMessages(currentElement()), when).to.deep.equal(actionCase.messages);
    expect(currentElement().checkVisibility(), 'in sight').to.be.true;
    expect(findDialog(currentElement()) !== null, 'dialog open').to.equal(actionCase.staysOpen ?? false);
    expect(currentElement().getAttribute('variant')).to.equal(actionCase.card);
    expect(await known(), `on the wiki, ${when}`).to.include(actionCase.known);
    const { log, then = [] } = actionCase;
    expect(fixture.log.slice(-1 - then.length)).to.deep.equal([log.at(-1), ...then]);
  };

  const checkFailed = async (id: MessageId, code: string, words = NOTHING) => {
    const action = actionCase.log.at(-1)?.split(' ')[0];
    expect(fixture.log).to.deep.equal([...actionCase.log.slice(0, -1), `${action} failed ${code}`]);
    if (!isUndo()) {
      expect(visibleMessages(currentElement())).to.deep.equal([id]);
      expect(findDialog(currentElement())?.checkVisibility(), 'dialog open').to.be.true;
    } else expect(visibleMessages(currentElement())).to.include('dialog-common-undo');
    if (!isUndo() || words !== NOTHING) expect(quotedWikiMessage(currentElement())).to.match(words);
    expect(await known(), 'on the wiki').not.to.include(actionCase.known);
  };

  const again = async () => {
    fixture.onPost = () => {};
    fixture.signedIn = actionCase.viewer;
    actionCase.press();
    await end();
    await checkDone('at the second try');
  };

  for (const one of ACTION_CASES)
    describe(one.name, () => {
      const decisive = one.decisive ?? one.posts.at(-1) ?? '';

      it('succeeds', async () => {
        await begin(one);
        actionCase.press();
        await end();
        await checkDone('at once');
        expect(fixture.log).to.deep.equal([...actionCase.log, ...(actionCase.then ?? [])]);
        expect(fixture.posts).to.deep.equal(actionCase.posts);
      });

      for (const { name, fault, stored, code } of WRITE_FAULTS)
        it(name, async () => {
          await begin(one);
          fixture.disturb(decisive, fault);
          actionCase.press();
          await end();
          if (stored) {
            await checkDone('after a look');
            expect(fixture.posts).to.deep.equal(actionCase.posts);
            return;
          }
          await checkFailed('dialog-common-missing', code);
          expect(fixture.posts).to.deep.equal(
            actionCase.posts.slice(0, actionCase.posts.lastIndexOf(decisive)),
          );
          await again();
        });

      for (const times of [1, 2])
        it(`renews an expired token, ${times}×`, async () => {
          await begin(one);
          const before = fixture.posts.length;
          const renew = (count: number) =>
            count <= before + times && fixture.wiki.expireTokens(actionCase.viewer);
          fixture.onPost = renew;
          actionCase.press();
          await end();
          if (times === 1) {
            await checkDone('with a new token');
            expect(fixture.posts.length).to.equal(actionCase.posts.length + 1);
            return;
          }
          await checkFailed('dialog-common-session', 'session', /^Invalid CSRF token\.$/);
          expect(fixture.posts.length).to.equal(before + 2);
          await again();
        });

      it('fails while the wiki is read-only', async () => {
        await begin(one);
        fixture.wiki.setReadOnly('A new server moves in.');
        actionCase.press();
        await end();
        await checkFailed('dialog-common-later', 'read-only', /^A new server moves in\.$/);
        fixture.wiki.setReadOnly(null);
        await again();
      });

      it('fails when rate-limited', async () => {
        await begin(one);
        const endLimit = fixture.wiki.limitRate({ action: decisive, seconds: 30 });
        actionCase.press();
        await end();
        await checkFailed('dialog-common-seconds', 'rate-limited', /rate limit/);
        endLimit();
        await again();
      });

      it('fails if another user is signed in', async () => {
        await begin(one);
        fixture.signedIn = 'n_ben';
        actionCase.press();
        await end();
        await checkFailed('dialog-common-session', 'session', /^You are no longer logged in as/);
        await again();
      });

      it('fails without a connection', async () => {
        await begin(one);
        const undo = fixture.goOffline();
        actionCase.press();
        await end();
        undo();
        await checkFailed('dialog-common-missing', 'network');
        await again();
      });

      it('handles a connection that is lost while sending', async () => {
        await begin(one);
        let undo = () => {};
        fixture.onPost = () => {
          undo = fixture.goOffline();
          fixture.onPost = () => {};
        };
        actionCase.press();
        await end();
        undo();
        await checkFailed('dialog-common-unsure', 'network');
        await again();
      });

      it('completes if its element is removed while the request is pending', async () => {
        await begin(one);
        const gate = fixture.wiki.hold(({ action }) => action === decisive);
        actionCase.press();
        await gate.arrived;
        currentElement().remove();
        gate.release();
        await fixture.clock.runAll();
        expect(await known(), 'on the wiki').to.include(actionCase.known);
        expect(fixture.posts).to.deep.equal(actionCase.posts);
        await fixture.show();
        expect(currentElement().getAttribute('variant')).to.equal(actionCase.card);
      });

      it('runs once when pressed twice', async () => {
        await begin(one);
        const button = isUndo() ? null : submitButton(currentElement());
        actionCase.press();
        button?.click();
        await end();
        await checkDone('once');
        await fixture.clock.runAll();
        expect(fixture.posts).to.deep.equal(actionCase.posts);
      });
    });

  const findCase = (name: string): ActionCase => {
    const found = ACTION_CASES.find((one) => one.name === name);
    if (!found) throw new Error(`Unknown action case “${name}”.`);
    return found;
  };

  interface StateCase {
    who: string;
    name: string;
    /**
     * Changes the wiki after the dialog was opened. Returns a function that reverts the change; without one, the
     * action succeeds.
     */
    meanwhile: (wiki: FakeMediaWiki) => unknown;
    posts: string[];
    /** Expectations that differ from the default. */
    known?: Partial<WikiRecord>;
    card?: string;
    problem?: { id?: MessageId; code: string; words: RegExp };
  }

  const block = (wiki: FakeMediaWiki) => {
    wiki.setUser(actionCase.viewer, { block: { expiry: '2026-12-24T00:00:00Z' } });
    return () => wiki.setUser(actionCase.viewer, { block: null });
  };
  const BLOCKED = { code: 'blocked', words: /^Your username or IP address has been blocked/ };
  const only =
    (...names: string[]) =>
    (wiki: FakeMediaWiki) => {
      wiki.setMentors(names.map((name) => ({ name })));
      return () => wiki.setMentors(['Mentor Fatima', 'Mentor Marcus'].map((name) => ({ name })));
    };

  const STATE_CASES: StateCase[] = [
    {
      who: 'leaving',
      name: 'succeeds if already left',
      meanwhile: (wiki) => wiki.setUser('n_ana', { status: 'optout' }),
      posts: [STATUS],
    },
    {
      who: 'leaving',
      name: 'succeeds if blocked',
      meanwhile: (wiki) => {
        block(wiki);
      },
      posts: [STATUS],
      // Row 9: no card for those who are blocked for a time and have no mentor.
      card: 'none',
    },
    {
      who: 'leaving',
      name: 'fails if the program is disabled',
      meanwhile: (wiki) => {
        wiki.setSettings({ GEMentorshipEnabled: false });
        return () => wiki.setSettings({ GEMentorshipEnabled: true });
      },
      posts: [STATUS],
      problem: { code: 'denied', words: /^Permission denied\.$/ },
    },
    {
      who: 'undoing leave',
      name: 'blocked',
      meanwhile: block,
      posts: [STATUS, STATUS, SET_MENTOR],
      problem: BLOCKED,
    },
    {
      who: 'undoing leave',
      name: 'keeps the drawn mentor if the former one has left the list',
      meanwhile: only('Mentor Marcus'),
      posts: [STATUS, STATUS, SET_MENTOR],
      known: { mentor: 'Mentor Marcus', changes: 0 },
    },
    {
      who: 'rejoining',
      name: 'fails without available mentors',
      meanwhile: (wiki) => {
        wiki.setMentors([]);
        return () => wiki.setMentors([{ name: 'Mentor Marcus' }]);
      },
      posts: [STATUS],
      known: { changes: 1 },
      problem: { id: 'dialog-common-no-mentor', code: 'no-mentor', words: NOTHING },
    },
    {
      who: 'rejoining',
      name: 'succeeds if already back',
      meanwhile: (wiki) => wiki.setUser('n_eli', { status: 'enabled' }),
      posts: ['options'],
    },
    {
      who: 'getting a mentor',
      name: 'fails without available mentors',
      meanwhile: only(),
      posts: [],
      problem: { id: 'dialog-common-no-mentor', code: 'no-mentor', words: NOTHING },
    },
    {
      who: 'getting a mentor',
      name: 'blocked',
      meanwhile: block,
      posts: [SET_MENTOR],
      problem: BLOCKED,
    },
    {
      who: 'getting a mentor',
      name: 'succeeds with an existing mentor',
      meanwhile: (wiki) => wiki.setMentor('e_gus', 'Mentor Olga'),
      posts: ['options'],
      known: { mentor: 'Mentor Olga', changes: 0 },
    },
    {
      who: 'choosing another mentor',
      name: 'blocked',
      meanwhile: block,
      posts: [SET_MENTOR],
      problem: BLOCKED,
    },
    {
      who: 'choosing another mentor',
      name: 'fails if the chosen mentor has left the list',
      meanwhile: only('Mentor Fatima'),
      posts: [SET_MENTOR],
      problem: { code: 'denied', words: /permission to set user's mentor/ },
    },
    {
      who: 'choosing another mentor',
      name: 'fails if the viewer has left',
      meanwhile: (wiki) => {
        wiki.setUser('n_ana', { status: 'optout' });
        return () => {
          wiki.setUser('n_ana', { status: 'enabled' });
          wiki.setMentor('n_ana', 'Mentor Fatima');
        };
      },
      posts: [SET_MENTOR],
      problem: { code: 'refused', words: /opted out of mentorship/ },
    },
    {
      who: 'choosing another mentor',
      name: 'succeeds if the mentor is already assigned',
      meanwhile: (wiki) => wiki.setMentor('n_ana', 'Mentor Marcus'),
      posts: [SET_MENTOR, 'options'],
      known: { changes: 0 },
    },
    {
      who: 'becoming a mentor',
      name: 'succeeds if already enrolled',
      meanwhile: (wiki) => wiki.setMentors([{ name: 'Mentor Fatima' }, { name: 'Experienced Hal' }]),
      posts: [LIST, STATUS],
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
      name: 'fails below the thresholds',
      meanwhile: (wiki) => {
        wiki.setUser('e_hal', { editCount: 10 });
        return () => wiki.setUser('e_hal', { editCount: 1_500 });
      },
      posts: [LIST],
      problem: { code: 'denied', words: /permission to enroll as a mentor/ },
    },
    {
      who: 'becoming a mentor',
      name: 'fails with an introduction that is too long for the wiki only',
      meanwhile: () => {
        write(currentElement(), 'e\u0301'.repeat(200));
        return () => write(currentElement(), 'é'.repeat(200));
      },
      posts: [LIST],
      problem: { code: 'invalid', words: /^Introduction message is too long/ },
    },
  ];

  for (const { who, name, meanwhile, posts, problem, known: different, card } of STATE_CASES)
    it(`${who}: ${name}`, async () => {
      const one = findCase(who);
      await begin({ ...one, known: { ...one.known, ...different }, card: card ?? one.card });
      const endLimit = meanwhile(fixture.wiki);
      actionCase.press();
      await end();
      expect(fixture.posts).to.deep.equal(posts);
      if (!problem) {
        await checkDone('as it was already');
        return;
      }
      await checkFailed(problem.id ?? 'dialog-common-failed', problem.code, problem.words);
      (endLimit as (() => unknown) | undefined)?.();
      await again();
    });

  it('writes once if two elements of one source leave at the same time', async () => {
    start('n_ana');
    const source = fixture.source();
    const elements = [await fixture.show(source), await fixture.show(source)];
    for (const element of elements) {
      fixture.element = element;
      await openFrom('leave');
    }
    for (const element of elements) submitButton(element).click();
    const end = (element: Element) => visibleMessages(element).includes('dialog-leave-done');
    await fixture.clock.advanceUntil(() => elements.every(end), 'both ends');
    expect(fixture.posts).to.deep.equal([STATUS]);
    elements[0]?.remove();
  });

  it('does not send an introduction that is too long', async () => {
    await begin(findCase('becoming a mentor'));
    write(currentElement(), '🐱'.repeat(241));
    actionCase.press();
    await fixture.clock.settle();
    expect(visibleMessages(currentElement())).to.deep.equal(['dialog-enroll-long']);
    expect(fixture.log).to.deep.equal(['enroll start']);
    expect(fixture.posts).to.deep.equal([]);
    write(currentElement(), '🐱'.repeat(240));
    await again();
  });

  it('does not submit “choose” without a selection', async () => {
    await begin({ ...findCase('choosing another mentor'), begin: () => openFrom('choose') });
    await fixture.clock.advanceUntil(
      () => all(currentElement(), 'dialog [name=mentor]').length > 0,
      'the list',
    );
    actionCase.press();
    await fixture.clock.settle();
    expect(visibleMessages(currentElement())).to.deep.equal(['dialog-choose-missing']);
    expect(fixture.posts).to.deep.equal([]);
  });

  // The last write decides, and must not be sent if the one before it fails.
  for (const one of ACTION_CASES.filter(({ posts, decisive }) => posts.length > 1 && !decisive))
    for (const { name, fault, code } of WRITE_FAULTS.filter(({ name }) => !/slow/.test(name)))
      it(`${one.name}: failure of the first of several writes: ${name}`, async () => {
        const [first = ''] = one.posts.slice(-2);
        await begin(one);
        fixture.disturb(first, fault);
        actionCase.press();
        await end();
        await checkFailed('dialog-common-missing', code);
        expect(fixture.posts).not.to.include(SET_MENTOR);
        await again();
      });

  // The first write decides. The option is set again if it was lost.
  for (const one of ACTION_CASES.filter(({ posts, decisive }) => decisive && posts.includes('options')))
    for (const { name, fault, stored } of WRITE_FAULTS.filter(({ name }) => !/slow/.test(name)))
      it(`${one.name}: failure of the last of several writes: ${name}`, async () => {
        await begin(one);
        fixture.disturb('options', fault);
        actionCase.press();
        await end();
        await checkDone('after a look');
        expect(fixture.posts.filter((post) => post === one.decisive).length).to.equal(1);
        if (stored) expect(fixture.posts).to.deep.equal(actionCase.posts);
      });
});

describe('the invitation', () => {
  const begin = async () => {
    start('e_hal');
    await fixture.show();
    press(currentElement(), 'not-now', 'section');
  };
  const NOTE: MessageId[] = ['dialog-common-never', 'dialog-common-snoozed-months', 'dialog-common-undo'];
  const end = () =>
    fixture.clock.advanceUntil(() => {
      const seen = visibleMessages(currentElement());
      return seen.length > 0 && !seen.includes('dialog-common-busy');
    }, 'a note');
  const variant = () => currentElement().getAttribute('variant');

  const OUTCOMES = [{ name: 'success', fault: null, stored: true, code: '' }, ...WRITE_FAULTS];

  for (const { name, fault, stored, code } of OUTCOMES) {
    it(`“not now”: ${name}`, async () => {
      start('e_hal');
      if (fault) fixture.disturb('options', fault);
      await fixture.show();
      press(currentElement(), 'not-now', 'section');
      await end();
      expect(visibleMessages(currentElement())).to.deep.equal(NOTE);
      expect(variant()).to.equal('invite');
      expect(fixture.log).to.deep.equal(['snooze start', stored ? 'snooze done' : `snooze failed ${code}`]);
      const { snoozed, declined } = await fixture.readWiki();
      expect({ snoozed, declined }).to.deep.equal({ snoozed: stored, declined: false });
      currentElement().remove();
      await fixture.show();
      expect(variant(), 'the next time').to.equal('mentored');
    });

    it(`undo of “not now”: ${name}`, async () => {
      await begin();
      await end();
      if (fault) fixture.disturb('options', fault);
      undo();
      await end();
      expect((await fixture.readWiki()).snoozed).to.equal(!stored);
      const last = stored ? 'restore done' : `restore failed ${code}`;
      expect(fixture.log).to.deep.equal(['snooze start', 'snooze done', 'restore start', last]);
      if (!stored) {
        expect(visibleMessages(currentElement())).to.include('dialog-common-undo');
        expect(markup(currentElement(), 'section')).to.be.empty;
        undo();
        await end();
      }
      expect(visibleMessages(currentElement())).to.deep.equal(['dialog-common-undone']);
      expect(variant()).to.equal('invite');
      expect((await fixture.readWiki()).snoozed).to.be.false;
      expect(fixture.posts).to.deep.equal(['options', 'options']);
    });
  }

  for (const { name, fault, stored, code } of OUTCOMES)
    it(`“don’t ask again”, and its undo: ${name}`, async () => {
      await begin();
      await end();
      if (fault) fixture.disturb('options', fault);
      never();
      await end();
      expect(visibleMessages(currentElement())).to.deep.equal([
        'dialog-common-declined',
        'dialog-common-undo',
      ]);
      expect(variant()).to.equal('invite');
      expect(fixture.log.slice(2)).to.deep.equal([
        'decline start',
        stored ? 'decline done' : `decline failed ${code}`,
      ]);
      expect((await fixture.readWiki()).declined).to.equal(stored);
      undo();
      await end();
      expect(variant()).to.equal('invite');
      expect(fixture.log.slice(4)).to.deep.equal(['restore start', 'restore done']);
      const { snoozed, declined } = await fixture.readWiki();
      expect({ snoozed, declined }).to.deep.equal({ snoozed: false, declined: false });
      currentElement().remove();
      await fixture.show();
      expect(variant(), 'the next time').to.equal('invite');
    });

  it('stores “not now” in the browser if the wiki accepts no write, and removes it on undo', async () => {
    start('e_hal');
    fixture.wiki.setReadOnly('A new server moves in.');
    await fixture.show();
    press(currentElement(), 'not-now', 'section');
    await end();
    expect(markup(currentElement(), 'section')).to.be.empty;
    expect(fixture.log).to.deep.equal(['snooze start', 'snooze failed read-only']);
    undo();
    await end();
    expect(fixture.log.slice(2)).to.deep.equal(['restore start', 'restore done']);
    expect(fixture.posts).to.deep.equal(['options']);
    expect(variant()).to.equal('invite');
    currentElement().remove();
    await fixture.show();
    expect(variant(), 'the next time').to.equal('invite');
  });

  it('does not write “not now” as another user', async () => {
    start('e_hal');
    await fixture.show();
    fixture.signedIn = 'n_ben';
    press(currentElement(), 'not-now', 'section');
    await end();
    fixture.signedIn = 'e_hal';
    expect(fixture.log).to.deep.equal(['snooze start', 'snooze failed session']);
    expect(fixture.posts).to.deep.equal([]);
  });
});
