import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import type { MentorshipModule } from '../src/mentorship-module.js';
import { MentorshipError } from '../src/sdk/index.js';
import {
  submitDialog,
  askEndingWith,
  dialogOf,
  rejectingWith,
  fakeSource,
  type FakeSource,
  headingOf,
  deferred,
  INVITED,
  isDialogOpen,
  KIM,
  MENTORED,
  openAsk,
  press,
  showFake,
  textarea,
  until,
  untilClosed,
  write,
} from './dialog-helpers.js';
import { FakeTimers } from './fake-timers.js';
import {
  all,
  find,
  isAction,
  make,
  markup,
  attach,
  idle,
  recordEvents,
  root,
  nextOutcome,
  visibleText,
} from './element-helpers.js';
import { clearDrafts } from './scenarios.js';
import { isolateStorageInTests } from './isolated-storage.js';

isolateStorageInTests();

/** Returns the fields that are set on each action event. */
const actionFields = (events: Event[]) =>
  events.filter(isAction).map((event) => {
    const { action, phase, variant, href, text, length, reason, mentor, revision, errorCode } = event;
    expect(variant, `${action} ${phase}`).to.be.oneOf(['mentored', 'invite', 'opt-in']);
    const fields = { href, text, length, reason, mentor, revision, errorCode };
    const set = Object.entries(fields).filter(([, value]) => value != null);
    expect(event.cancelable, `${action} ${phase}`).to.equal(phase === 'start' || phase === 'submit');
    return { [`${action} ${phase}`]: Object.fromEntries(set) };
  });

const opened = (element: MentorshipModule) => until('the dialog', () => isDialogOpen(element));
const primary = (element: MentorshipModule) => find(element, 'section .actions .primary').click();
const esc = (element: MentorshipModule) => dialogOf(element)?.close();

interface ActionCase {
  fake: (options?: Parameters<typeof fakeSource>[0]) => FakeSource;
  /** Presses the control on the card. */
  begin: (element: MentorshipModule) => void;
  /** Fills in the dialog. */
  fill?: (element: MentorshipModule) => Promise<void> | void;
  /** Enabled if the wiki performs the action itself. */
  href?: string;
  fields: object;
  done?: object;
  write: string;
}

const withMentor: ActionCase['fake'] = (options) => fakeSource(options);
const invited: ActionCase['fake'] = (options) => fakeSource({ snapshot: INVITED, ...options });

/** Cases by action name, which is also the name of the source's method, except for `choose`. */
const FLOWS: Record<string, ActionCase> = {
  ask: {
    fake: withMentor,
    begin: primary,
    fill: (element) => write(element, ' May I? 😀 '),
    href: KIM.askUrl!,
    fields: { text: 'May I? 😀', length: 8 },
    done: { href: `${KIM.talkUrl}#1`, length: 8, revision: 4711 },
    write: 'ask May I? 😀',
  },
  leave: {
    fake: withMentor,
    begin: (element) => press(element, 'Continue without a mentor', '#more'),
    fill: (element) => {
      all(element, 'dialog input')[2]?.click();
      write(element, 'We disagree');
    },
    fields: { reason: 'mismatch', text: 'We disagree', length: 11 },
    write: 'leave mismatch: We disagree',
  },
  choose: {
    fake: withMentor,
    begin: (element) => press(element, 'Choose another mentor', '#more'),
    fill: async (element) => {
      await until('the list', () => all(element, '.mentor input').length);
      all(element, '.mentor input')[1]?.click();
    },
    fields: { mentor: 'Zoë', reason: '' },
    write: 'choose Zoë',
  },
  join: {
    fake: (options) => fakeSource({ snapshot: {}, ...options }),
    begin: primary,
    fields: {},
    write: 'join',
  },
  enroll: {
    fake: invited,
    begin: primary,
    fill: (element) => write(element, 'Bridges'),
    href: INVITED.program!.enrollUrl!,
    fields: { text: 'Bridges', length: 7 },
    write: 'enroll Bridges',
  },
};

const nameIn: Record<string, string> = { choose: 'chooseMentor' };

describe('event sequence', () => {
  afterEach(clearDrafts);

  for (const [action, { fake, begin, fill, href, fields, done = fields, write: written }] of Object.entries(
    FLOWS,
  )) {
    const start = { [`${action} start`]: href ? { href } : {} };

    /** Opens the action's dialog and fills it in. */
    const openFilled = async (source: FakeSource['source']) => {
      const element = await showFake({ source }, { leaveReasons: true });
      const events = recordEvents(element);
      begin(element);
      await opened(element);
      await fill?.(element);
      return { element, events };
    };

    it(`${action}: start, submit, done`, async () => {
      const { source, writes } = fake();
      const { element, events } = await openFilled(source);
      submitDialog(element);
      await until('done', () => actionFields(events).length > 2);
      expect(actionFields(events)).to.deep.equal([
        start,
        { [`${action} submit`]: fields },
        { [`${action} done`]: done },
      ]);
      expect(writes).to.deep.equal([written]);
      esc(element);
      await untilClosed(element);
      expect(actionFields(events), 'closing it afterwards cancels nothing').to.have.lengthOf(3);
    });

    it(`${action}: canceled when the dialog is closed`, async () => {
      const { source, writes } = fake();
      const { element, events } = await openFilled(source);
      esc(element);
      await untilClosed(element);
      expect(actionFields(events)).to.deep.equal([start, { [`${action} canceled`]: {} }]);
      expect(writes).to.deep.equal([]);
    });

    it(`${action}: failed, with the error code`, async () => {
      const { source } = fake({ [nameIn[action] ?? action]: rejectingWith('blocked', 'No.') });
      const { element, events } = await openFilled(source);
      submitDialog(element);
      await until('failed', () => actionFields(events).length > 2);
      const { text, ...rest } = fields as { text?: string };
      expect(actionFields(events).at(-1)).to.deep.equal({
        [`${action} failed`]: {
          ...rest,
          ...(action !== 'ask' && text ? { text } : {}),
          errorCode: 'blocked',
        },
      });
      expect(isDialogOpen(element), 'it stays').to.be.true;
    });

    for (const phase of ['start', 'submit'])
      it(`${action}: nothing is written if the host cancels ${phase}`, async () => {
        const { source, writes } = fake();
        const element = await showFake({ source }, { leaveReasons: true });
        const events = recordEvents(element);
        element.addEventListener('mentorship-action', (event) => {
          if (event.phase === phase) event.preventDefault();
        });
        begin(element);
        if (phase === 'start') await element.updateComplete;
        else {
          await opened(element);
          await fill?.(element);
          submitDialog(element);
          await untilClosed(element);
        }
        const submitted = [start, { [`${action} submit`]: fields }, { [`${action} canceled`]: {} }];
        expect(actionFields(events)).to.deep.equal(phase === 'start' ? [start] : submitted);
        expect(writes).to.deep.equal([]);
        expect(isDialogOpen(element)).to.be.false;
      });
  }

  it('about: start only; closing it cancels nothing', async () => {
    const element = await showFake(fakeSource());
    const events = recordEvents(element);
    press(element, 'How mentorship works', '#more');
    await opened(element);
    esc(element);
    await untilClosed(element);
    expect(actionFields(events).map((one) => Object.keys(one)[0])).to.deep.equal(['about start']);
  });

  it('snooze, decline: start, done; on undo: restore, start, done', async () => {
    const { source, writes } = invited();
    const element = await showFake({ source });
    const events = recordEvents(element);
    press(element, 'Not now');
    await until('the note', () => markup(element, '.note-actions button').length);
    expect(actionFields(events)).to.deep.equal([{ 'snooze start': {} }, { 'snooze done': {} }]);
    press(element, 'Don’t ask again');
    await until('the note', () => markup(element, '.note-actions button').length);
    expect(actionFields(events).slice(2)).to.deep.equal([{ 'decline start': {} }, { 'decline done': {} }]);
    press(element, 'Undo');
    await until('told', () => actionFields(events).length > 5);
    expect(actionFields(events).slice(4)).to.deep.equal([{ 'restore start': {} }, { 'restore done': {} }]);
    expect(events.filter(isAction).map(({ variant }) => variant)).to.deep.equal(Array(6).fill('invite'));
    expect(writes.map((write) => write.split(' ')[0])).to.deep.equal(['snooze', 'decline', 'restore']);
  });

  it('snooze fails on a wiki that cannot store it, and the browser stores it', async () => {
    const { source } = invited({ snoozeInvite: rejectingWith('read-only', 'No.') });
    const element = await showFake({ source });
    const events = recordEvents(element);
    press(element, 'Not now');
    await until('the note', () => markup(element, '.note-actions button').length);
    expect(actionFields(events).at(-1)).to.deep.equal({ 'snooze failed': { errorCode: 'read-only' } });
    const later = await showFake({ source });
    expect(later.getAttribute('variant')).to.equal('none');
  });

  it('snooze writes nothing if the host cancels it', async () => {
    const { source, writes } = invited();
    const element = await showFake({ source });
    element.addEventListener('mentorship-action', (event) => event.preventDefault());
    press(element, 'Not now');
    await element.updateComplete;
    expect(element.getAttribute('variant')).to.equal('invite');
    expect(writes).to.deep.equal([]);
  });
});

describe('ask()', () => {
  afterEach(clearDrafts);
  const READ_ONLY = { viewer: { name: 'Robin' }, mentor: KIM, program: { enabled: true } };

  it('does nothing before the card and its locale are loaded', async () => {
    const mentor = { ...KIM, askUrl: null };
    const element = make({ snapshot: { ...READ_ONLY, mentor }, lang: 'eo' });
    const events = recordEvents(element);
    const end = nextOutcome(element);
    // Resolves with the update that decides. A poll could come after the locale, which may be in the browser's cache.
    const decided = new Promise<void>((resolve) => {
      const hostUpdated = () => {
        if (element.decision) resolve();
      };
      element.addController({ hostUpdated });
    });
    attach(element);
    await decided;
    expect(root(element).querySelector('section') === null, 'not drawn yet').to.be.true;
    await element.ask();
    expect(events).to.deep.equal([]);
    await end;
    await openAsk(element);
    expect(find(element, 'dialog').lang).to.equal('eo');
  });

  it('passes the text to the host if the source cannot send it', async () => {
    const element = make({ snapshot: READ_ONLY });
    const end = nextOutcome(element);
    attach(element);
    await end;
    const texts: unknown[] = [];
    element.addEventListener('mentorship-action', (event) => {
      if (event.phase !== 'submit') return;
      event.preventDefault();
      texts.push(event.text);
    });
    await openAsk(element);
    write(element, 'May I?');
    submitDialog(element);
    await untilClosed(element);
    expect(texts).to.deep.equal(['May I?']);
    await openAsk(element);
    await until('it is not the viewer’s to send again', () => textarea(element).value === '');
  });

  for (const type of ['storage', 'pagehide', 'visibilitychange'])
    it(`does not store the text again if ${type} is fired before the dialog’s close event`, async () => {
      const element = make({ snapshot: READ_ONLY });
      const end = nextOutcome(element);
      attach(element);
      await end;
      element.addEventListener('mentorship-action', (event) => {
        if (event.phase === 'submit') event.preventDefault();
      });
      await openAsk(element);
      write(element, 'May I?');
      submitDialog(element);
      expect(dialogOf(element), 'the close event is pending').to.exist;
      dispatchEvent(new Event(type));
      await untilClosed(element);
      await openAsk(element);
      expect(textarea(element).value).to.equal('');
    });

  it('reports that sending is unsupported if the host does not take over, and keeps the text', async () => {
    const element = make({ snapshot: READ_ONLY });
    const end = nextOutcome(element);
    attach(element);
    await end;
    await openAsk(element);
    write(element, 'May I?');
    submitDialog(element);
    await until('the problem', () => markup(element, '#problem p').length);
    expect(visibleText(find(element, '#problem'))).to.contain('Questions can’t be sent from here.');
    expect(textarea(element).value).to.equal('May I?');
  });

  it('uses the text of the host unless there is a draft', async () => {
    const { source } = fakeSource();
    const element = await showFake({ source });
    await openAsk(element, 'How do I cite?');
    expect(textarea(element).value).to.equal('How do I cite?');
    write(element, 'How do I cite a map?');
    esc(element);
    await untilClosed(element);
    await openAsk(element, 'Something else');
    expect(textarea(element).value).to.equal('How do I cite a map?');
  });

  it('does nothing without a mentor or while a dialog is open', async () => {
    const nobody = await showFake(fakeSource({ snapshot: {} }));
    const events = recordEvents(nobody);
    await nobody.ask('May I?');
    expect([actionFields(events), markup(nobody, 'dialog')]).to.deep.equal([[], []]);
    const element = await showFake(fakeSource());
    press(element, 'Continue without a mentor', '#more');
    await opened(element);
    await element.ask('May I?');
    expect(all(element, 'dialog')).to.have.lengthOf(1);
    expect(headingOf(element)).to.equal('Continue without a mentor?');
  });
});

describe('URL of the page', () => {
  let address: string;
  beforeEach(() => {
    address = location.pathname + location.search;
  });
  afterEach(async () => {
    clearDrafts();
    await setViewport({ width: 800, height: 600 });
    history.replaceState(null, '', address);
  });
  const HASH = '#mentorship-ask';

  it('opens the ask dialog on each change, in one of two elements', async () => {
    const elements = [await showFake(fakeSource()), await showFake(fakeSource())];
    for (let times = 0; times < 2; times++) {
      location.hash = HASH;
      await until('one', () => elements.some(isDialogOpen));
      await Promise.all(elements.map(({ updateComplete }) => updateComplete));
      expect(elements.filter(isDialogOpen)).to.have.lengthOf(1);
      const element = elements.find(isDialogOpen)!;
      esc(element);
      await untilClosed(element);
      await until('the hash is gone', () => location.hash === '');
    }
  });

  it('and ask() open no dialog while the viewer is blocked, and the card says until when', async () => {
    const blocked = { ...MENTORED, viewer: { blockedUntil: '2099-12-24T12:00:00Z' } };
    const element = await showFake(fakeSource({ snapshot: blocked }));
    const events = recordEvents(element);
    location.hash = HASH;
    await element.ask('May I?');
    await idle();
    expect([isDialogOpen(element), events]).to.deep.equal([false, []]);
    expect(visibleText(find(element, 'section .actions'))).to.equal(
      'You can ask again on December 24, 2099.',
    );
  });

  it('and ask() open no dialog on the card of a mentor who has a mentor', async () => {
    const element = await showFake(fakeSource({ snapshot: { ...MENTORED, viewer: { isMentor: true } } }));
    const events = recordEvents(element);
    location.hash = HASH;
    await element.ask('May I?');
    await idle();
    expect([element.variant, isDialogOpen(element), events]).to.deep.equal(['mentor', false, []]);
    expect(element.decision).to.have.nested.property('mentor.name');
  });

  it('opens no dialog if the source cannot write, unlike ask()', async () => {
    const { loadActions: _, ...source } = fakeSource().source;
    const element = await showFake({ source });
    location.hash = HASH;
    await idle();
    expect(isDialogOpen(element)).to.be.false;
    await element.ask('May I?');
    await opened(element);
    esc(element);
    await untilClosed(element);
  });

  it('opens the ask dialog of a viewer whose block has ended', async () => {
    const past = { ...MENTORED, viewer: { blockedUntil: '2020-12-24T12:00:00Z' } };
    const element = await showFake(fakeSource({ snapshot: past }));
    location.hash = HASH;
    await opened(element);
    esc(element);
    await untilClosed(element);
  });

  it('contains the fragment while the dialog is open, so that a reload reopens it; Back closes it', async () => {
    const element = await showFake(fakeSource());
    find(element, 'section .actions .primary').focus();
    primary(element);
    await opened(element);
    expect(location.hash).to.equal(HASH);
    history.back();
    await untilClosed(element);
    expect(location.hash).to.equal('');
    expect(root(element).activeElement === find(element, 'section .actions .primary')).to.be.true;
  });

  it('is restored when the dialog is closed otherwise', async () => {
    const element = await showFake(fakeSource());
    primary(element);
    await opened(element);
    esc(element);
    await untilClosed(element);
    await until('the hash is gone', () => location.hash === '');
  });

  it('stays consistent if the dialog is opened and closed quickly', async () => {
    history.pushState(null, '', '#before');
    history.pushState(null, '', address);
    const element = await showFake(fakeSource());
    // The length of the history is no measure, because browsers limit it.
    let [pushes, backCalls, popstates] = [0, 0, 0];
    history.pushState = (...entry) => {
      pushes++;
      History.prototype.pushState.apply(history, entry);
    };
    history.back = () => {
      backCalls++;
      History.prototype.back.call(history);
    };
    const onPop = () => popstates++;
    addEventListener('popstate', onPop);
    for (let times = 0; times < 3; times++) {
      primary(element);
      await opened(element);
      esc(element);
      await untilClosed(element);
    }
    await openAsk(element);
    await until('every way back is over', () => backCalls === popstates);
    await until('the address', () => location.hash === HASH);
    Reflect.deleteProperty(history, 'back');
    Reflect.deleteProperty(history, 'pushState');
    removeEventListener('popstate', onPop);
    expect(pushes - backCalls, 'one entry').to.equal(1);
    expect(isDialogOpen(element), 'no Back of an earlier one has closed it').to.be.true;
    history.back();
    await untilClosed(element);
    expect(location.hash, 'one Back').to.equal('');
  });

  /**
   * Closes an ask dialog that has a history entry, and delays `history.back()` until the returned function is called.
   */
  const closeSlowly = async (element: MentorshipModule): Promise<() => Promise<unknown>> => {
    let goBack = () => {};
    history.back = () => (goBack = () => History.prototype.back.call(history));
    esc(element);
    await untilClosed(element);
    Reflect.deleteProperty(history, 'back');
    expect(location.hash, 'the browser has not gone back').to.equal(HASH);
    return () => {
      const arrival = new Promise((resolve) => addEventListener('popstate', resolve, { once: true }));
      goBack();
      return arrival;
    };
  };

  /** Waits for everything that `popstate` starts: `hashchange` follows it in a task. */
  const hashchange = () => new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }));

  /** Closes an ask dialog by going back. */
  const leave = async (element: MentorshipModule) => {
    history.back();
    await untilClosed(element);
    expect(location.hash).to.equal('');
  };

  it('changes late if the browser goes back slowly; the next dialog stays open', async () => {
    const clock = new FakeTimers();
    const { restore } = clock.install(window);
    const element = await showFake(fakeSource());
    await openAsk(element);
    const goBack = await closeSlowly(element);
    await clock.advance(10_000);
    await openAsk(element);
    write(element, 'I am still writing');
    await Promise.all([hashchange(), goBack()]);
    restore();
    expect(isDialogOpen(element)).to.be.true;
    expect(textarea(element).value).to.equal('I am still writing');
    expect(location.hash, 'the entry of the next dialog').to.equal(HASH);
    await leave(element);
  });

  it('is kept by the second dialog however long ago the first one was closed', async () => {
    const clock = new FakeTimers();
    const { restore } = clock.install(window);
    const element = await showFake(fakeSource());
    await openAsk(element);
    await (
      await closeSlowly(element)
    )();
    await clock.advance(495);
    await openAsk(element);
    const goBack = await closeSlowly(element);
    await clock.advance(10);
    await openAsk(element);
    await Promise.all([hashchange(), goBack()]);
    restore();
    expect(isDialogOpen(element)).to.be.true;
    expect(location.hash).to.equal(HASH);
    await leave(element);
  });

  it('has no fragment if the next dialog is closed before the browser has gone back', async () => {
    const element = await showFake(fakeSource());
    await openAsk(element);
    const goBack = await closeSlowly(element);
    await openAsk(element);
    esc(element);
    await untilClosed(element);
    await Promise.all([hashchange(), goBack()]);
    expect(location.hash).to.equal('');
  });

  it('opens no dialog in one element if another one reopens while the browser goes back', async () => {
    const [other, element] = [await showFake(fakeSource()), await showFake(fakeSource())];
    const events = [recordEvents(other), recordEvents(element)];
    const seen = () => events.map((list) => actionFields(list).flatMap(Object.keys));
    await openAsk(element);
    const goBack = await closeSlowly(element);
    await openAsk(element);
    await Promise.all([hashchange(), goBack()]);
    expect(seen()).to.deep.equal([[], ['ask start', 'ask canceled', 'ask start']]);
    const goBackAgain = await closeSlowly(element);
    await openAsk(other);
    await Promise.all([hashchange(), goBackAgain()]);
    expect(seen()[0]).to.deep.equal(['ask start']);
    expect([isDialogOpen(other), isDialogOpen(element)]).to.deep.equal([true, false]);
    expect(location.hash).to.equal(HASH);
    await leave(other);
  });

  it('is left to the host’s router once that has added an entry', async () => {
    const element = await showFake(fakeSource());
    await openAsk(element);
    history.pushState({ own: 1 }, '', '#own');
    const back = history.back.bind(history);
    let backCalls = 0;
    history.back = () => (backCalls += 1);
    esc(element);
    await untilClosed(element);
    Reflect.deleteProperty(history, 'back');
    expect([backCalls, location.hash, history.state]).to.deep.equal([0, '#own', { own: 1 }]);
    back();
    // The restored URL contains the fragment, so the dialog opens as after a reload.
    await opened(element);
    esc(element);
    await untilClosed(element);
    expect(location.hash).to.equal('');
  });

  it('keeps a fragment of the page', async () => {
    history.replaceState(null, '', '#own');
    await setViewport({ width: 360, height: 640 });
    const element = await showFake(fakeSource());
    primary(element);
    await opened(element);
    expect(location.hash).to.equal('#own');
    expect(Object.keys(history.state as object)).to.deep.equal(['mentorship-module']);
    history.back();
    await untilClosed(element);
    expect([location.hash, history.state]).to.deep.equal(['#own', null]);
  });

  for (const state of [{ own: 1 }, 'text', 0, [], { own: 1, 'mentorship-module': null }])
    it(`gets no entry where the current one has the state ${JSON.stringify(state)}`, async () => {
      history.replaceState(state, '');
      await setViewport({ width: 360, height: 640 });
      const { length } = history;
      let popstates = 0;
      const onPop = () => popstates++;
      addEventListener('popstate', onPop);
      const element = await showFake(fakeSource());
      await openAsk(element);
      expect([history.length, location.hash, history.state]).to.deep.equal([length, '', state]);
      esc(element);
      await untilClosed(element);
      await idle();
      removeEventListener('popstate', onPop);
      expect([popstates, history.length, history.state]).to.deep.equal([0, length, state]);
    });

  it('is not left if a router has put its state into the entry of the dialog', async () => {
    const element = await showFake(fakeSource());
    await openAsk(element);
    history.replaceState({ ...history.state, own: 1 }, '');
    let popstates = 0;
    const onPop = () => popstates++;
    addEventListener('popstate', onPop);
    esc(element);
    await untilClosed(element);
    await idle();
    removeEventListener('popstate', onPop);
    expect([popstates, location.hash]).to.deep.equal([0, '']);
    expect(history.state, 'the state of the router').to.have.property('own', 1);
  });

  it('keeps the dialog open if a router dispatches popstate without leaving the page', async () => {
    history.replaceState({ own: 1 }, '');
    const element = await showFake(fakeSource());
    await openAsk(element);
    dispatchEvent(new PopStateEvent('popstate', { state: { own: 1 } }));
    expect(isDialogOpen(element)).to.be.true;
    history.replaceState({ own: 2 }, '', '#other');
    dispatchEvent(new PopStateEvent('popstate', { state: { own: 2 } }));
    await untilClosed(element);
  });

  it('is unchanged by other dialogs', async () => {
    const wide = await showFake(fakeSource());
    const { length } = history;
    press(wide, 'Continue without a mentor', '#more');
    await opened(wide);
    expect(history.length).to.equal(length);
    esc(wide);
    await untilClosed(wide);
  });
});

describe('elements of one source', () => {
  afterEach(clearDrafts);

  it('update together', async () => {
    const { source, writes } = fakeSource();
    const [one, two] = [await showFake({ source }), await showFake({ source })];
    await openAsk(one);
    write(one, 'May I?');
    submitDialog(one);
    const questions = (element: MentorshipModule) =>
      all(element, '.history li > :first-child').map(visibleText);
    await until('both', () => questions(one).length && questions(two).length);
    expect(questions(two)).to.deep.equal(['May I?']);
    esc(one);
    await untilClosed(one);
    press(two, 'Continue without a mentor', '#more');
    await opened(two);
    submitDialog(two);
    await until('both', () => [one, two].every((element) => element.getAttribute('variant') === 'opt-in'));
    expect(writes).to.deep.equal(['ask May I?', 'leave']);
  });

  it('update while one of them is removed, and show the same card after its reinsertion', async () => {
    const { source } = fakeSource();
    const [one, two] = [await showFake({ source }), await showFake({ source })];
    one.remove();
    await idle();
    press(two, 'Continue without a mentor', '#more');
    await opened(two);
    submitDialog(two);
    await until('left', () => two.getAttribute('variant') === 'opt-in');
    const ready = nextOutcome(one);
    attach(one);
    expect(await ready).to.have.property('variant', 'opt-in');
    await one.updateComplete;
    expect(visibleText(find(one, 'section'))).to.equal(visibleText(find(two, 'section')));
  });

  it('send the same question once', async () => {
    const { source, writes } = fakeSource();
    const [one, two] = [await showFake({ source }), await showFake({ source })];
    await openAsk(one);
    write(one, 'May I?');
    await openAsk(two);
    expect(textarea(two).value).to.equal('May I?');
    submitDialog(one);
    submitDialog(two);
    const isSent = (element: MentorshipModule) => headingOf(element) === 'Your question has been published';
    await until('both are told', () => isSent(one) && isSent(two));
    expect(writes).to.deep.equal(['ask May I?']);
  });
});

describe('while a dialog is open', () => {
  afterEach(clearDrafts);

  it('the language can change', async () => {
    const element = await showFake(fakeSource());
    await openAsk(element);
    write(element, 'May I?');
    textarea(element).focus();
    const before = headingOf(element);
    element.lang = 'ar';
    await until('Arabic', () => find(element, 'dialog').lang === 'ar');
    expect(find(element, 'dialog').dir).to.equal('rtl');
    expect(headingOf(element)).not.to.equal(before);
    expect(textarea(element).value).to.equal('May I?');
    expect(root(element).activeElement === textarea(element), 'the focus stays').to.be.true;
  });

  it('the card can change', async () => {
    const fake = fakeSource();
    const element = await showFake(fake);
    await openAsk(element);
    write(element, 'May I?');
    fake.now.viewer!.isMentor = true;
    await element.refresh();
    expect(element.getAttribute('variant')).to.equal('mentor');
    expect(textarea(element).value).to.equal('May I?');
    esc(element);
    await untilClosed(element);
    expect(root(element).activeElement === find(element, 'section'), 'the focus').to.be.true;
  });

  it('the terms stay if they cannot be read again', async () => {
    let reads = 0;
    const copyright = { name: 'CC BY-SA 4.0', url: null };
    const fake = fakeSource({
      prepareQuestion: async () => {
        if (++reads > 1) throw new MentorshipError('network', 'Offline.', { retryable: true });
        return { writable: true, copyright, notifies: true, sendsEmail: true, emailUrl: null };
      },
    });
    const element = await showFake(fake);
    await openAsk(element);
    const text = () => visibleText(find(element, 'dialog'));
    await until('the license', () => text().includes(copyright.name));
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
    await until('read again', () => reads === 2);
    await idle();
    expect(text()).to.contain(copyright.name);
  });

  it('closing it while its request is pending, and opening it again, keeps what was entered', async () => {
    const { act, release } = deferred(undefined);
    const mentoring = { pausedUntil: null, waitingQuestions: null };
    const fake = fakeSource({
      snapshot: { viewer: { name: 'Noor', isMentor: true, mentoring } },
      pause: act,
    });
    const element = await showFake(fake);
    const open = async () => {
      press(element, 'Take a break');
      await opened(element);
      return find(element, 'dialog input') as HTMLInputElement;
    };
    const field = await open();
    field.value = '2099-12-24';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    submitDialog(element);
    await until('pending', () => all(element, 'dialog progress').length);
    esc(element);
    await untilClosed(element);
    expect((await open()).value).to.equal('2099-12-24');
    release();
    await untilClosed(element);
  });

  it('closing another dialog does not affect it', async () => {
    const { act, release } = deferred(null);
    const { source, now } = fakeSource({
      leave: async () => {
        await act();
        now.viewer!.status = 'opted-out';
      },
    });
    const element = await showFake({ source });
    press(element, 'Continue without a mentor', '#more');
    await opened(element);
    submitDialog(element);
    esc(element);
    await untilClosed(element);
    press(element, 'How mentorship works', '#more');
    await opened(element);
    release();
    await until('left', () => element.getAttribute('variant') === 'opt-in');
    expect(headingOf(element)).to.equal('How mentorship works');
    esc(element);
    await untilClosed(element);
    expect(visibleText(find(element, '.note'))).to.equal('You don’t have a mentor anymore.');
  });

  it('removing the element closes it, and the card works after reinsertion', async () => {
    const { source } = fakeSource();
    const element = await showFake({ source });
    const events = recordEvents(element);
    await openAsk(element);
    write(element, 'May I?');
    element.remove();
    await untilClosed(element);
    await until('told', () => actionFields(events).length > 1);
    expect(Object.keys(actionFields(events).at(-1)!)).to.deep.equal(['ask canceled']);
    await until('the hash is gone', () => location.hash === '');
    attach(element);
    await element.updateComplete;
    expect(isDialogOpen(element)).to.be.false;
    primary(element);
    await opened(element);
    await until('the draft', () => textarea(element).value === 'May I?');
    expect(find(element, 'dialog').matches(':modal')).to.be.true;
  });

  it('the element can be moved', async () => {
    const element = await showFake(fakeSource());
    await openAsk(element);
    attach(element, attach(document.createElement('div')));
    await untilClosed(element);
    await until('the hash is gone', () => location.hash === '');
    await openAsk(element);
    expect(find(element, 'dialog').matches(':modal')).to.be.true;
  });

  it('removing the element while it sends: sends once and reports the result', async () => {
    const { act, release } = deferred({ url: null, revision: 1, firstEdit: false });
    let asked = 0;
    const { source } = fakeSource({
      ask: askEndingWith(() => {
        asked++;
        return act();
      }),
    });
    const element = await showFake({ source });
    const events = recordEvents(element);
    await openAsk(element);
    write(element, 'May I?');
    submitDialog(element);
    await until('sent', () => asked);
    element.remove();
    release();
    await until('told', () => actionFields(events).some((one) => 'ask done' in one));
    expect(asked).to.equal(1);
    attach(element);
    await openAsk(element);
    await until('no draft is left', () => textarea(element).value === '');
  });
});
