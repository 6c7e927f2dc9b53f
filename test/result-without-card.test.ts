import { expect } from '@open-wc/testing';
import type { MessageId } from '../src/i18n/messages.js';
import type { MentorshipModule } from '../src/mentorship-module.js';
import type { Snapshot } from '../src/sdk/index.js';
import {
  submitDialog,
  deferred,
  dialogOf,
  fakeSource,
  INVITED,
  isDialogOpen,
  KIM,
  MENTORED,
  rejectingWith,
  showFake,
  until,
  untilClosed,
} from './dialog-helpers.js';
import { all, find, root, visibleText } from './element-helpers.js';
import { isolateStorageInTests } from './isolated-storage.js';
import type { Changes } from './sample-snapshots.js';
import { clearDrafts } from './scenarios.js';
import { button, press, write } from './user-actions.js';

isolateStorageInTests();
afterEach(clearDrafts);

const MENTOR: Changes = {
  viewer: { isMentor: true, mentoring: { pausedUntil: null, waitingQuestions: null } },
  mentor: KIM,
};
const PAUSED: Changes = {
  viewer: { isMentor: true, mentoring: { pausedUntil: '2099-01-01T23:59:59Z', waitingQuestions: null } },
};

/** Changes of the wiki after which no card applies. */
const ENDS: Record<string, (now: Snapshot) => void> = {
  'the program is off': (now) => (now.program = { ...now.program, enabled: false }),
  'the viewer is disabled': (now) => (now.viewer &&= { ...now.viewer, status: 'disabled' }),
  'the viewer is blocked': (now) => (now.viewer &&= { ...now.viewer, isMentor: false, blocked: true }),
};

/** Shows a card. The change is made when the source has received a write. */
async function showUntil(change: (now: Snapshot) => void, options: Parameters<typeof fakeSource>[0]) {
  const made = fakeSource(options);
  let isOver = false;
  const source = {
    ...made.source,
    load: async () => {
      if (isOver || made.writes.length > 0) change(made.now);
      return structuredClone(made.now);
    },
  };
  return { ...made, end: () => (isOver = true), element: await showFake({ source }) };
}

const note = (element: Element) => {
  const found = root(element).querySelector<HTMLElement>('.note');
  return found?.checkVisibility() ? visibleText(found) : '';
};

async function open(element: MentorshipModule, id: MessageId) {
  press(element, id, 'section');
  await until('the dialog', () => isDialogOpen(element));
}

interface Action {
  snapshot: Changes;
  /** Runs every step, up to the write. */
  act: (element: MentorshipModule) => Promise<unknown>;
}

const confirmed = (id: MessageId, fill?: (element: MentorshipModule) => unknown) => ({
  act: async (element: MentorshipModule) => {
    await open(element, id);
    await fill?.(element);
    submitDialog(element);
  },
});

const ACTIONS: Record<string, Action> = {
  leave: { snapshot: MENTORED, ...confirmed('leave') },
  join: { snapshot: {}, ...confirmed('get-mentor') },
  choose: {
    snapshot: MENTORED,
    ...confirmed('choose', async (element) => {
      await until('the list', () => all(element, '.mentor input').length);
      all(element, '.mentor input')[0]?.click();
    }),
  },
  pause: {
    snapshot: MENTOR,
    ...confirmed('pause', (element) => {
      const field = find(element, 'dialog input') as HTMLInputElement;
      field.value = '2099-01-01';
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    }),
  },
  resign: { snapshot: MENTOR, ...confirmed('resign') },
  resume: { snapshot: PAUSED, act: async (element) => press(element, 'resume', 'section') },
  snooze: { snapshot: INVITED, act: async (element) => press(element, 'not-now', 'section') },
  decline: {
    snapshot: INVITED,
    act: async (element) => {
      press(element, 'not-now', 'section');
      await until('the buttons', () => button(element, 'dialog-common-never', '.note-actions'));
      press(element, 'dialog-common-never', '.note-actions');
      await until('the answer', () => !button(element, 'dialog-common-never', '.note-actions'));
    },
  },
};

describe('the result of an action after which no card applies', () => {
  for (const [action, { snapshot, act }] of Object.entries(ACTIONS))
    for (const [what, change] of Object.entries(ENDS))
      it(`${action}: is seen above the place of the card and has the focus, if ${what}`, async () => {
        const { element } = await showUntil(change, { snapshot });
        await act(element);
        await until('no card', () => element.variant === 'none');
        await until('a notice', () => note(element) && !isDialogOpen(element));
        expect(all(element, 'section')).to.be.empty;
        await until('the focus', () => root(element).activeElement === find(element, '.note'));
      });

  it('is seen after resigning, which snoozes the invitation', async () => {
    const snoozed = (now: Snapshot) =>
      (now.viewer &&= {
        ...now.viewer,
        editCount: 900,
        registered: null,
        inviteSnoozedUntil: '2099-01-01T00:00:00Z',
      });
    const { element } = await showUntil(snoozed, { snapshot: { ...MENTOR, mentor: null } });
    await ACTIONS['resign']!.act(element);
    await until('no card', () => element.variant === 'none');
    await until('a notice', () => note(element));
  });

  it('is seen in the dialog of a question, and of becoming a mentor', async () => {
    for (const [snapshot, id] of [
      [MENTORED, 'ask'],
      [INVITED, 'become-mentor'],
    ] as const) {
      const { element } = await showUntil(ENDS['the program is off']!, { snapshot });
      await open(element, id);
      write(element, 'Rivers');
      submitDialog(element);
      await until('no card', () => element.variant === 'none');
      await until('the last step', () => all(element, 'dialog textarea').length === 0);
      expect(dialogOf(element)?.checkVisibility()).to.be.true;
      dialogOf(element)?.close();
      await untilClosed(element);
      expect(element.checkVisibility(), 'nothing is left to be seen').to.be.false;
    }
  });

  it('is seen if the dialog was closed before', async () => {
    const { act, release } = deferred(undefined);
    const { element, end } = await showUntil(ENDS['the viewer is disabled']!, {
      snapshot: MENTORED,
      leave: act,
    });
    await ACTIONS['leave']!.act(element);
    dialogOf(element)?.close();
    await untilClosed(element);
    end();
    release();
    await until('a notice', () => note(element));
    expect(element.variant).to.equal('none');
  });

  it('is seen if the action fails, and the dialog can be closed, after which nothing is left', async () => {
    const { element, end } = await showUntil(ENDS['the program is off']!, {
      snapshot: MENTORED,
      leave: rejectingWith('denied', 'Refused.', { wikiMessage: 'No.' }),
    });
    end();
    await ACTIONS['leave']!.act(element);
    await until('the problem', () => all(element, 'dialog q').length);
    await element.refresh();
    await until('no card', () => element.getAttribute('variant') === 'none');
    expect(dialogOf(element)?.checkVisibility()).to.be.true;
    dialogOf(element)?.close();
    await untilClosed(element);
    expect(element.checkVisibility()).to.be.false;
  });

  it('is seen in place of a summary', async () => {
    const { element } = await showUntil(ENDS['the viewer is blocked']!, { snapshot: MENTORED });
    element.layout = 'summary';
    await element.updateComplete;
    find(element, '.summary .actions button').click();
    await until('the whole card', () => root(element).querySelector('dialog.whole'));
    find(element, '.whole [data-action="leave"]').click();
    await until('the dialog', () => root(element).querySelector('dialog:not(.whole)'));
    find(element, 'dialog:not(.whole) .actions .primary').click();
    await until('a notice', () => note(element) && !dialogOf(element));
    expect(element.variant).to.equal('none');
  });

  it('is not shown to another viewer, and not against the attribute hidden', async () => {
    const { element, now } = await showUntil(ENDS['the program is off']!, { snapshot: MENTORED });
    await ACTIONS['leave']!.act(element);
    await until('a notice', () => note(element));
    element.hidden = true;
    expect(element.checkVisibility()).to.be.false;
    element.hidden = false;
    expect(element.checkVisibility()).to.be.true;
    now.viewer = null;
    await element.refresh();
    await until('nothing', () => !element.checkVisibility());
    expect(note(element)).to.equal('');
  });
});
