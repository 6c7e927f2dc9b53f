import { expect } from '@open-wc/testing';
// Loads it here, because a test that skips delays would skip the time to load it, too.
import '../src/controllers/interaction-controller.js';
import '../src/dialogs/dialog-controller.js';
import {
  deferred,
  fakeSource,
  headingOf,
  INVITED,
  isDialogOpen,
  KIM,
  press,
  rejectingWith,
  showFake,
  until,
} from './dialog-helpers.js';
import { all, attach, find, idle, isAction, markup, recordEvents, visibleText } from './element-helpers.js';
import { skipPollDelays } from './fake-source.js';
import type { Changes } from './sample-snapshots.js';
import { isolateStorageInTests } from './isolated-storage.js';

isolateStorageInTests();

const rejections: unknown[] = [];
const onRejection = ({ reason }: PromiseRejectionEvent) => rejections.push(reason);
before(() => window.addEventListener('unhandledrejection', onRejection));
after(() => window.removeEventListener('unhandledrejection', onRejection));
afterEach(() => expect(rejections.splice(0)).to.be.empty);

type Options = Parameters<typeof fakeSource>[0];

/** Shows an invitation whose source stops loading once a test sets `isOffline`. */
async function invited(options: Options = {}) {
  const fake = fakeSource({ snapshot: INVITED, ...options });
  const state = { isOffline: false };
  const { load } = fake.source;
  fake.source.load = (call) => (state.isOffline ? Promise.reject(new Error('Offline.')) : load(call));
  const element = await showFake(fake);
  const notice = () => all(element, '.note').map(visibleText).join();
  const buttons = () => all(element, '.note-actions button').map(visibleText);
  const dismiss = async (text = 'Not now') => {
    press(element, text);
    await until('the notice', () => notice() !== '' && notice() !== 'One moment…');
  };
  return { ...fake, state, element, notice, buttons, dismiss };
}

const SNOOZED = 'We’ll ask again in 3 months.';
const DECLINED = 'We won’t ask you again here.';
const FAILURES: [string, Parameters<typeof rejectingWith>][] = [
  ['refuses', ['denied', 'No.', {}]],
  ['does not answer', ['timeout', 'Late.', { outcomeUnknown: true }]],
];

describe('a dismissal, if the wiki cannot be reached afterwards', () => {
  let endSkip = () => {};
  before(() => (endSkip = skipPollDelays()));
  after(() => endSkip());

  for (const [name, failure] of FAILURES) {
    it(`is kept in this browser if the wiki ${name}, and can be undone`, async () => {
      const { element, state, notice, dismiss } = await invited({
        snoozeInvite: rejectingWith(...failure),
      });
      state.isOffline = true;
      await dismiss();
      expect(notice()).to.equal(SNOOZED);
      expect(markup(element, 'section')).to.be.empty;
      state.isOffline = false;
      press(element, 'Undo');
      await until('the card', () => markup(element, 'section').length);
    });

    it(`for good is kept in this browser if the wiki ${name}`, async () => {
      const { state, notice, dismiss } = await invited({ declineInvite: rejectingWith(...failure) });
      await dismiss();
      state.isOffline = true;
      await dismiss('Don’t ask again');
      expect(notice()).to.equal(DECLINED);
    });
  }
});

describe('while a dismissal is written', () => {
  for (const [name, slow] of [
    ['the write', 'loadActions'],
    ['the reload after it', 'load'],
  ] as const)
    it(`a notice says so during ${name}, and tells the result with the focus`, async () => {
      const { act, release } = deferred(undefined);
      const { element, source, notice } = await invited();
      const method = source[slow] as () => never;
      Object.assign(source, { [slow]: () => act().then(method) });
      all(element, 'section .quiet-button')[0]?.focus();
      press(element, 'Not now');
      await until('the notice', () => notice() === 'One moment…');
      await idle();
      expect(notice()).to.equal('One moment…');
      release();
      await until('the result', () => notice() === SNOOZED);
      await until('the focus', () => element.shadowRoot?.activeElement?.classList.contains('note'));
      expect(markup(element, 'section')).to.be.empty;
    });
});

describe('while an action without a dialog is written', () => {
  const MENTOR: Changes = {
    viewer: {
      name: 'Noor',
      isMentor: true,
      mentoring: { pausedUntil: '2099-01-01', waitingQuestions: null },
    },
  };
  const names = (events: Event[]) => events.filter(isAction).map(({ action, phase }) => `${action} ${phase}`);

  it('a dialog opens; a snooze is told below it, unless the viewer becomes a mentor', async () => {
    const { act, release } = deferred(undefined);
    const { element, source, notice, buttons } = await invited();
    const actions = await source.loadActions?.();
    source.loadActions = async () => ({
      ...actions,
      snoozeInvite: async (...call) => {
        await act();
        return actions?.snoozeInvite?.(...call);
      },
    });
    press(element, 'Not now');
    await until('the notice', () => notice() === 'One moment…');
    press(element, 'Become a mentor');
    await until('the dialog', () => headingOf(element) === 'Become a mentor');
    release();
    await until('the result', () => notice() === SNOOZED);
    expect(isDialogOpen(element)).to.be.true;
    find(element, 'dialog .actions .primary').click();
    await until('the end', () => element.variant === 'mentor' && notice() === '');
    expect(buttons()).to.be.empty;
  });

  it('a dialog opens beside the end of a break', async () => {
    const { act, release } = deferred(undefined);
    const { element, notice } = await invited({ snapshot: MENTOR, resume: act });
    press(element, 'End your break');
    await until('the notice', () => notice() === 'One moment…');
    press(element, 'Stop being a mentor');
    await until('the dialog', () => isDialogOpen(element));
    release();
    await until('the result', () => notice() !== 'One moment…');
  });

  it('it is not written twice, and can be written again afterwards', async () => {
    const { act, release } = deferred(undefined);
    const { element, source, notice, writes } = await invited();
    const { loadActions } = source;
    source.loadActions = async () => {
      await act();
      return (await loadActions?.()) ?? {};
    };
    const events = recordEvents(element);
    press(element, 'Not now');
    await until('the notice', () => notice() === 'One moment…');
    press(element, 'Not now');
    await idle();
    release();
    await until('the result', () => notice() === SNOOZED);
    expect(writes).to.have.length(1);
    expect(names(events).filter((name) => name === 'snooze done')).to.have.length(1);
    press(element, 'Undo');
    await until('the card', () => markup(element, 'section').length);
    await until('undone', () => notice() === 'Undone.');
    press(element, 'Not now');
    await until('the result', () => notice() === SNOOZED);
    expect(writes.map((write) => write.split(' ')[0])).to.deep.equal(['snooze', 'restore', 'snooze']);
  });
});

describe('a dismissal that nothing has stored', () => {
  const rejected = rejectingWith('read-only', 'No.');
  const deny = () => {
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = () => {
      throw new DOMException('Denied.', 'QuotaExceededError');
    };
    return () => (Storage.prototype.setItem = setItem);
  };

  it('promises nothing for a source without an ID', async () => {
    const { element, notice, buttons, dismiss } = await invited({ id: null, snoozeInvite: rejected });
    await dismiss();
    expect(notice()).to.equal('This invitation is hidden for now.');
    expect(buttons()).to.deep.equal(['Undo']);
    expect(markup(element, 'section')).to.be.empty;
    press(element, 'Undo');
    await until('the card', () => markup(element, 'section').length);
  });

  it('promises nothing without storage, and can be tried again for good', async () => {
    let isReadOnly = true;
    const { notice, buttons, dismiss, source } = await invited();
    const actions = await source.loadActions?.();
    source.loadActions = async () => ({
      ...actions,
      declineInvite: async (...call) => (isReadOnly ? rejected() : actions?.declineInvite?.(...call)),
    });
    const allow = deny();
    await dismiss();
    expect(notice()).to.equal(SNOOZED);
    await dismiss('Don’t ask again');
    expect(notice()).to.equal('The wiki can’t do that right now. Try again later.');
    expect(buttons()).to.deep.equal(['Don’t ask again', 'Undo']);
    isReadOnly = false;
    await dismiss('Don’t ask again');
    expect(notice()).to.equal(DECLINED);
    allow();
  });
});

describe('texts of an action', () => {
  for (const [action, button, done] of [
    ['join', 'Get a mentor', 'dialog-join-done'],
    ['snooze', 'Not now', 'dialog-common-snoozed-months'],
  ] as const)
    it(`are in the language of the moment at which they are shown: ${action}`, async () => {
      const { act, release } = deferred(undefined);
      const { element, notice } = await invited(
        action === 'join'
          ? { snapshot: { viewer: { name: 'Robin' }, mentor: null, mentorsAvailable: true }, join: act }
          : { snoozeInvite: act },
      );
      press(element, button, 'section');
      if (action === 'join') {
        await until('the dialog', () => isDialogOpen(element));
        find(element, 'dialog .actions .primary').click();
      } else await until('the notice', () => notice() !== '');
      element.setAttribute('lang', 'qqx');
      const shown = () => all(element, 'section, dialog, .note');
      await until('the language', () => shown().every(({ lang }) => lang !== 'en'));
      release();
      await until('the result', () => notice().includes(done));
    });
});

describe('a notice after “Not now”', () => {
  it('ends with the card, which is decided anew when it is inserted again', async () => {
    const { element, notice, dismiss } = await invited({ snapshot: { ...INVITED, mentor: KIM } });
    await dismiss();
    const parent = element.parentElement;
    element.remove();
    await idle();
    parent?.append(element);
    await until('the card', () => element.variant === 'mentored' && markup(element, 'section').length);
    expect(notice()).to.equal('');
  });

  it('stays while the element moves', async () => {
    const { element, notice, dismiss } = await invited();
    await dismiss();
    attach(element, attach(document.createElement('div')));
    await idle();
    expect([element.variant, notice()]).to.deep.equal(['invite', SNOOZED]);
  });

  it('does not tell the end of “Undo” to another source', async () => {
    const { act, release } = deferred(undefined);
    const { element, notice, dismiss } = await invited({ restoreInvite: act });
    await dismiss();
    const events = recordEvents(element);
    press(element, 'Undo');
    await until('the notice', () => notice() === 'One moment…');
    element.source = fakeSource({ snapshot: INVITED }).source;
    await until('the card', () => markup(element, 'section').length && notice() === '');
    release();
    await until('the end', () =>
      events.filter(isAction).some(({ action, phase }) => action === 'restore' && phase === 'done'),
    );
    await idle();
    expect(notice()).to.equal('');
  });
});
