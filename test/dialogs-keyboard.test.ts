import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { MentorshipModule } from '../src/mentorship-module.js';
import {
  askEndingWith,
  rejectingWith,
  fakeSource,
  type FakeSource,
  headingOf,
  deferred,
  skipPollDelays,
  INVITED,
  isDialogOpen,
  KIM,
  showFake,
  textarea,
  until,
  untilClosed,
} from './dialog-helpers.js';
import { all, attach, find, markup, root, visibleText } from './element-helpers.js';
import { clearDrafts } from './scenarios.js';
import { isolateStorageInTests } from './isolated-storage.js';

isolateStorageInTests();

const press = async (...keys: string[]) => {
  for (const key of keys) await sendKeys({ press: key });
};
const chord = async (modifier: string, key: string) => {
  await sendKeys({ down: modifier });
  await sendKeys({ press: key });
  await sendKeys({ up: modifier });
};
const type = (text: string) => sendKeys({ type: text });

/** Returns the text, label or name of the focused element. */
const focused = (element: MentorshipModule): string => {
  const node = root(element).activeElement;
  if (!(node instanceof HTMLElement)) return document.activeElement?.localName ?? 'nothing';
  if (node instanceof HTMLTextAreaElement || node instanceof HTMLInputElement)
    return visibleText(node.labels?.[0]) || node.value;
  return node.ariaLabel ?? (node.localName === 'section' ? 'the card' : visibleText(node));
};
/** Returns the contents of the live regions of the dialog and the card. */
const announcement = (element: MentorshipModule) =>
  all(element, '[role=status]')
    .map(visibleText)
    .filter((text) => text !== '');
const alertText = (element: MentorshipModule) => visibleText(find(element, 'dialog [role=alert]'));

/** Presses Tab until the element with that text has focus. */
async function tabTo(
  element: MentorshipModule,
  text: string,
  direction: 'forwards' | 'backwards' = 'forwards',
) {
  const passed: string[] = [];
  if (direction === 'backwards') await sendKeys({ down: 'Shift' });
  while (passed.length < 25) {
    await press('Tab');
    passed.push(focused(element));
    if (passed.at(-1) === text) break;
  }
  if (direction === 'backwards') await sendKeys({ up: 'Shift' });
  if (passed.at(-1) !== text) throw new Error(`“${text}” was not reached, but ${passed.join(', ')}.`);
}

/** Focuses a button before the element. */
async function start(fake: FakeSource) {
  const before = attach(document.createElement('button'));
  const element = await showFake(fake);
  // After the last element of a page, Tab focuses Firefox’s own controls; the next Tab returns to the page.
  for (let presses = 0; !document.hasFocus() && presses < 40; presses++) await press('Tab');
  expect(document.hasFocus(), 'the page has the focus').to.be.true;
  before.focus();
  return element;
}

/** Focuses a control, presses Enter and waits for the focus inside the dialog. */
async function openDialog(element: MentorshipModule, ...path: string[]) {
  for (const control of path) {
    await tabTo(element, control);
    await press('Enter');
  }
  await until('the dialog', () => isDialogOpen(element));
}

const MENU = 'More options';
const ASK = 'Ask your mentor a question';

/** Cases by heading of the dialog: viewer, control, and the element that receives focus. */
const DIALOGS: Record<
  string,
  { fake: () => FakeSource; path: string[]; focus: string; back: string; stops: string[] }
> = {
  [ASK]: {
    fake: () => fakeSource(),
    path: [ASK],
    focus: 'Your question',
    back: ASK,
    stops: ['Close', 'See the talk page', 'Your question', 'Cancel', 'Publish your question'],
  },
  'How mentorship works': {
    fake: () => fakeSource({ snapshot: { mentor: KIM, program: { learnMoreUrl: null } } }),
    path: [MENU, 'How mentorship works'],
    focus: 'How mentorship works',
    back: MENU,
    stops: ['Close', 'Done'],
  },
  'Choose another mentor': {
    fake: () => fakeSource(),
    path: [MENU, 'Choose another mentor'],
    focus: 'Choose another mentor',
    back: MENU,
    stops: ['Close', 'Olga', 'Your reason', 'Cancel', 'Choose another mentor'],
  },
  'Continue without a mentor?': {
    fake: () => fakeSource(),
    path: [MENU, 'Continue without a mentor'],
    focus: 'Continue without a mentor?',
    back: MENU,
    stops: [
      ...['Close', 'I can manage on my own', 'In your own words', 'Cancel', 'Continue without a mentor'],
    ],
  },
  'Get a mentor': {
    fake: () => fakeSource({ snapshot: {} }),
    path: ['Get a mentor'],
    focus: 'Get a mentor',
    back: 'Get a mentor',
    stops: ['Close', 'Cancel', 'Choose a mentor yourself', 'Get a mentor'],
  },
  'I’d rather keep my mentor': {
    fake: () => fakeSource({ snapshot: { ...INVITED, mentor: KIM } }),
    path: [MENU, 'I’d rather keep my mentor'],
    focus: 'I’d rather keep my mentor',
    back: MENU,
    stops: ['Close', 'Cancel', 'Keep my mentor'],
  },
  'Become a mentor': {
    fake: () => fakeSource({ snapshot: INVITED }),
    path: ['Become a mentor'],
    focus: 'Introduce yourself',
    back: 'Become a mentor',
    stops: ['Close', 'Introduce yourself', 'Cancel', 'Become a mentor'],
  },
};

/** Matches the beginning of a label. */
const begins = (actual: string[], wanted: string[]) =>
  actual.map((text, index) => (text.startsWith(wanted[index] ?? text) ? wanted[index] : text));

describe('keyboard navigation of each dialog', () => {
  afterEach(clearDrafts);

  for (const [heading, { fake, path, focus, back, stops }] of Object.entries(DIALOGS)) {
    it(`${heading}: receives focus, traps it, and restores it on Escape`, async () => {
      const element = await start(fake());
      element.leaveReasons = true;
      await openDialog(element, ...path);
      expect(headingOf(element)).to.equal(heading);
      expect(focused(element).startsWith(focus), focused(element)).to.be.true;
      if (heading.startsWith('Choose')) await until('the list', () => all(element, '.mentor input').length);
      // Some browsers continue with their own controls after the last element.
      find(element, 'dialog h2').focus();
      const reached: string[] = [];
      while (reached.length < stops.length) {
        await press('Tab');
        // Firefox also stops at a list that scrolls.
        if (!root(element).activeElement?.matches('.mentors')) reached.push(focused(element));
      }
      expect(begins(reached, stops)).to.deep.equal(stops);
      for (let presses = 0; presses < 3; presses++) {
        await press('Tab');
        const node = root(element).activeElement;
        expect(!node || find(element, 'dialog').contains(node), focused(element)).to.be.true;
      }
      await press('Escape');
      await untilClosed(element);
      expect(focused(element)).to.equal(back);
      expect(markup(element, 'dialog'), 'nothing is left').to.be.empty;
    });

    it(`${heading}: its own button closes it`, async () => {
      const element = await start(fake());
      await openDialog(element, ...path);
      find(element, 'dialog .close').focus();
      await press(' ');
      await untilClosed(element);
      expect(focused(element)).to.equal(back);
    });
  }

  it('Escape in the menu focuses its button and opens nothing', async () => {
    const element = await start(fakeSource());
    await tabTo(element, MENU);
    await press('Enter', 'Tab', 'Escape');
    expect(focused(element)).to.equal(MENU);
    expect(isDialogOpen(element)).to.be.false;
  });
});

describe('asking by keyboard', () => {
  afterEach(clearDrafts);

  it('sends a question and returns to the card', async () => {
    const { act, release } = deferred({ url: `${KIM.talkUrl}#1`, revision: 1, firstEdit: false });
    const fake = fakeSource({ ask: askEndingWith(act) });
    const element = await start(fake);
    await openDialog(element, ASK);
    await type('May I upload a photo?');
    expect(visibleText(find(element, '#count'))).to.equal('21 of 2,000 characters');
    await tabTo(element, 'Publish your question');
    await press('Enter');
    await until('sending', () => focused(element) === 'Publishing your question…');
    release();
    await until('sent', () => headingOf(element) === 'Your question has been published');
    expect(focused(element)).to.equal('See your question');
    expect(announcement(element)).to.deep.equal(['Your question has been published']);
    await tabTo(element, 'Done', 'backwards');
    await press('Enter');
    await untilClosed(element);
    expect(focused(element)).to.equal(ASK);
  });

  it('Enter inserts a line break, Ctrl+Enter publishes, and pressing it twice publishes once', async () => {
    const { act, release } = deferred({ url: null, revision: 1, firstEdit: false });
    let asked = 0;
    const texts: string[] = [];
    const element = await start(
      fakeSource({
        ask: async (_, { text, onBeforeSend }) => {
          asked++;
          texts.push(text);
          onBeforeSend?.('checkpoint');
          return act();
        },
      }),
    );
    await openDialog(element, ASK);
    await type('One');
    await press('Enter');
    await type('Two');
    expect(textarea(element).value).to.equal('One\nTwo');
    expect(asked).to.equal(0);
    await chord('Control', 'Enter');
    await chord('Control', 'Enter');
    await press('Enter');
    await until('asked', () => asked);
    release();
    await until('sent', () => headingOf(element) === 'Your question has been published');
    expect(texts).to.deep.equal(['One\nTwo']);
    expect(focused(element), 'without a link').not.to.equal('body');
  });

  it('pressing Enter twice on the button publishes once', async () => {
    const { act, release } = deferred({ url: null, revision: 1, firstEdit: false });
    let asked = 0;
    const element = await start(
      fakeSource({
        ask: async () => {
          asked++;
          return act();
        },
      }),
    );
    await openDialog(element, ASK);
    await type('One');
    await tabTo(element, 'Publish your question');
    await press('Enter', 'Enter', ' ');
    release();
    await until('sent', () => headingOf(element) === 'Your question has been published');
    expect(asked).to.equal(1);
  });

  it('Enter during input composition does not publish', async () => {
    const fake = fakeSource();
    const element = await start(fake);
    await openDialog(element, ASK);
    await type('と');
    const enterKey = (isComposing: boolean) =>
      textarea(element).dispatchEvent(
        new KeyboardEvent('keydown', {
          ...{ key: 'Enter', ctrlKey: true, bubbles: true, cancelable: true, composed: true },
          isComposing,
        }),
      );
    expect(enterKey(true), 'it is left to the input method').to.be.true;
    expect(headingOf(element)).to.equal(ASK);
    expect(fake.writes).to.deep.equal([]);
    expect(enterKey(false)).to.be.false;
    await until('sent', () => headingOf(element) === 'Your question has been published');
    expect(fake.writes).to.deep.equal(['ask と']);
  });

  it('a blank question is reported and the field keeps focus', async () => {
    const fake = fakeSource();
    const element = await start(fake);
    await openDialog(element, ASK);
    await tabTo(element, 'Publish your question');
    await press('Enter');
    expect(alertText(element)).to.contain('Write your question first.');
    expect(focused(element)).to.equal('Your question');
    expect(textarea(element).getAttribute('aria-invalid')).to.equal('true');
    await type('x');
    expect(alertText(element)).to.equal('');
    expect(fake.writes).to.deep.equal([]);
  });

  it('another draft that another tab removes leaves the focus in the dialog', async () => {
    const fake = fakeSource();
    const element = await start(fake);
    const key = `mentorship-module question ${fake.id} ${fake.now.viewer?.name}`;
    const drafts = ['one', 'two'].map((text) => ({ id: text, text, savedAt: Date.now() }));
    const store = (count: number) =>
      localStorage.setItem(key, JSON.stringify({ drafts: drafts.slice(0, count), sent: [] }));
    store(2);
    await openDialog(element, ASK);
    await tabTo(element, 'Continue with that one', 'backwards');
    store(1);
    window.dispatchEvent(new StorageEvent('storage', { key }));
    expect(focused(element)).to.equal('Your question');
  });

  it('a refusal is reported in the wiki’s words, and a retry succeeds', async () => {
    const fake = fakeSource();
    const { loadActions } = fake.source;
    let isBroken = true;
    fake.source.loadActions = async () => ({
      ...(await loadActions?.()),
      ...(isBroken && { ask: rejectingWith('refused', 'No.', { wikiMessage: 'Too many links.' }) }),
    });
    const element = await start(fake);
    await openDialog(element, ASK);
    await type('May I?');
    await chord('Control', 'Enter');
    await until('the problem', () => isDialogOpen(element) && root(element).querySelector('#problem p'));
    expect(alertText(element)).to.contain('Too many links.');
    expect(focused(element)).to.equal('Your question');
    expect(textarea(element).value).to.equal('May I?');
    await press('Tab');
    expect(focused(element)).to.equal('Ask directly on the talk page');
    isBroken = false;
    await press('Escape');
    await untilClosed(element);
    expect(focused(element)).to.equal(ASK);
    await press('Enter');
    await until('again', () => isDialogOpen(element));
    await until('the draft', () => textarea(element).value === 'May I?');
  });

  it('an unknown outcome is reported, and “Send it again” can be reached', async () => {
    const fake = fakeSource({
      ask: askEndingWith(rejectingWith('timeout', 'No answer.', { outcomeUnknown: true })),
    });
    const element = await start(fake);
    await openDialog(element, ASK);
    await type('May I?');
    const end = skipPollDelays();
    await chord('Control', 'Enter');
    const missing = 'Your question didn’t arrive. We’ve kept your text.';
    await until('missing', () => isDialogOpen(element) && focused(element) === missing).finally(end);
    await tabTo(element, 'Send it again');
    await tabTo(element, 'Change it first', 'backwards');
    await press('Enter');
    expect(focused(element)).to.equal('Your question');
    expect(textarea(element).value).to.equal('May I?');
  });

  it('“Check again” polls again', async () => {
    let polls = 0;
    const element = await start(
      fakeSource({
        ask: askEndingWith(rejectingWith('timeout', 'No answer.', { outcomeUnknown: true })),
        findQuestion: async () => {
          if (polls++ === 0) return rejectingWith('denied', 'No.')();
          return { url: `${KIM.talkUrl}#1`, revision: 1, firstEdit: false };
        },
      }),
    );
    await openDialog(element, ASK);
    await type('May I?');
    await chord('Control', 'Enter');
    await until('unsure', () => focused(element).startsWith('We still can’t tell'));
    await tabTo(element, 'Check again');
    await press('Enter');
    await until('sent', () => focused(element) === 'See your question');
    expect(polls).to.equal(2);
  });

  it('closing with Escape while sending reports the result above the card', async () => {
    const { act, release } = deferred({ url: null, revision: 1, firstEdit: false });
    const element = await start(fakeSource({ ask: askEndingWith(act) }));
    await openDialog(element, ASK);
    await type('May I?');
    await chord('Control', 'Enter');
    await until('sending', () => focused(element) === 'Publishing your question…');
    await press('Escape');
    await untilClosed(element);
    expect(focused(element)).to.equal(ASK);
    release();
    await until('the note', () => announcement(element).length);
    expect(announcement(element)).to.deep.equal(['Your question has been published']);
    expect(focused(element), 'the focus stays').to.equal(ASK);
  });

  it('reopening while sending shows the same request', async () => {
    const { act, release } = deferred({ url: null, revision: 1, firstEdit: false });
    const element = await start(fakeSource({ ask: askEndingWith(act) }));
    await openDialog(element, ASK);
    await type('May I?');
    await chord('Control', 'Enter');
    await press('Escape');
    await untilClosed(element);
    await press('Enter');
    await until('again', () => isDialogOpen(element));
    expect(focused(element)).to.equal('Publishing your question…');
    release();
    await until('sent', () => headingOf(element) === 'Your question has been published');
  });
});

describe('other actions by keyboard', () => {
  afterEach(clearDrafts);

  it('leaving with a reason, and undoing it', async () => {
    const fake = fakeSource();
    const element = await start(fake);
    element.leaveReasons = true;
    await openDialog(element, MENU, 'Continue without a mentor');
    await tabTo(element, 'I can manage on my own');
    await press(' ', 'ArrowDown');
    expect(focused(element)).to.equal('I’d rather find help elsewhere');
    await tabTo(element, 'In your own words');
    await type('I know a club');
    await tabTo(element, 'Continue without a mentor');
    await press('Enter', 'Enter');
    await untilClosed(element);
    await until('the card', () => element.getAttribute('variant') === 'opt-in');
    expect(fake.writes).to.deep.equal(['leave elsewhere: I know a club']);
    expect(announcement(element)).to.deep.equal(['You don’t have a mentor anymore.']);
    expect(focused(element), 'the control is gone with its card').to.equal('the card');
    await chord('Shift', 'Tab');
    expect(focused(element)).to.equal('Undo');
    await press('Enter');
    await until('undone', () => announcement(element).includes('Undone.'));
    expect(fake.writes.at(-1)).to.equal('undoLeave Kim');
    expect(element.getAttribute('variant')).to.equal('mentored');
    expect(focused(element)).to.equal('the card');
    expect(markup(element, '.note-actions')).to.be.empty;
  });

  it('a failed undo is reported and can be retried', async () => {
    const element = await start(
      fakeSource({ undoLeave: rejectingWith('refused', 'No.', { wikiMessage: 'Not today.' }) }),
    );
    await openDialog(element, MENU, 'Continue without a mentor');
    await tabTo(element, 'Continue without a mentor');
    await press('Enter');
    await until('the note', () => markup(element, '.note-actions button').length);
    find(element, '.note-actions button').focus();
    await press('Enter');
    await until('told', () => announcement(element).includes('Not today.'));
    expect(visibleText(find(element, '.note-actions'))).to.equal('Undo');
  });

  it('a failure is reported in place and the button keeps focus', async () => {
    let isBroken = true;
    const fake = fakeSource({
      leave: async () => {
        if (isBroken) await rejectingWith('refused', 'No.', { wikiMessage: 'Not today.' })();
        fake.now.viewer!.status = 'opted-out';
      },
    });
    const element = await start(fake);
    await openDialog(element, MENU, 'Continue without a mentor');
    await tabTo(element, 'Continue without a mentor');
    await press('Enter');
    await until('told', () => alertText(element) !== '');
    expect(alertText(element)).to.equal('Something went wrong. You can try again. Not today.');
    expect(focused(element)).to.equal('Continue without a mentor');
    isBroken = false;
    await press('Enter');
    await untilClosed(element);
    await until('the card', () => element.getAttribute('variant') === 'opt-in');
  });

  it('progress is announced and a second Enter is ignored', async () => {
    const { act, release } = deferred(null);
    let leavesDialog = 0;
    const element = await start(
      fakeSource({
        leave: async () => {
          leavesDialog++;
          await act();
        },
      }),
    );
    await openDialog(element, MENU, 'Continue without a mentor');
    await tabTo(element, 'Continue without a mentor');
    await press('Enter', 'Enter');
    await until('said', () => announcement(element).includes('One moment…'));
    expect(focused(element)).to.equal('Continue without a mentor');
    release();
    await untilClosed(element);
    expect(leavesDialog).to.equal(1);
  });

  it('getting a mentor', async () => {
    const fake = fakeSource({ snapshot: {} });
    const element = await start(fake);
    await openDialog(element, 'Get a mentor');
    await tabTo(element, 'Get a mentor');
    await press('Enter');
    await untilClosed(element);
    await until('the card', () => element.getAttribute('variant') === 'mentored');
    expect(announcement(element)).to.deep.equal(['You have a mentor now.']);
    expect(focused(element), 'the main button has become another').to.equal(ASK);
    expect(fake.writes).to.deep.equal(['join']);
  });

  it('keeping the mentor instead of becoming one', async () => {
    const element = await start(fakeSource({ snapshot: { ...INVITED, mentor: KIM } }));
    await openDialog(element, MENU, 'I’d rather keep my mentor');
    await tabTo(element, 'Keep my mentor');
    await press('Enter');
    await untilClosed(element);
    await until('the card', () => element.getAttribute('variant') === 'mentored');
    expect(announcement(element)).to.deep.equal(['You’ve kept your mentor.']);
    expect(focused(element)).to.equal(MENU);
  });

  it('choosing another mentor', async () => {
    const fake = fakeSource();
    const element = await start(fake);
    await openDialog(element, MENU, 'Choose another mentor');
    await until('the list', () => all(element, '.mentor input').length);
    await until('said', () => announcement(element).includes('3 mentors to choose from'));
    await until('the figures', () => all(element, '.mentor .quiet span').length);
    await tabTo(element, visibleText(find(element, '.mentor')));
    await press('ArrowDown');
    await tabTo(element, visibleText(find(element, 'dialog .actions .primary')));
    await press('Enter');
    await untilClosed(element);
    await until('the card', () => visibleText(find(element, '.person')).includes('Zoë'));
    expect(
      announcement(element)
        .join()
        .replaceAll(/[\u2068\u2069]/g, ''),
    ).to.equal('Zoë is your mentor now.');
    expect(focused(element), 'the menu’s button is still there').to.equal(MENU);
    expect(fake.writes).to.deep.equal(['choose Zoë']);
  });

  it('becoming a mentor', async () => {
    const fake = fakeSource({ snapshot: INVITED });
    const element = await start(fake);
    await openDialog(element, 'Become a mentor');
    await type('I know about bridges.');
    await tabTo(element, 'Become a mentor');
    await press('Enter');
    await until('done', () => headingOf(element) === 'You’re a mentor now');
    expect(announcement(element)).to.deep.equal(['You’re a mentor now']);
    expect(focused(element)).to.equal('Open your mentor dashboard');
    await tabTo(element, 'Done', 'backwards');
    await press('Enter');
    await untilClosed(element);
    expect(fake.writes).to.deep.equal(['enroll I know about bridges.']);
    expect(element.getAttribute('variant')).to.equal('mentor');
    expect(focused(element)).to.equal('the card');
  });

  it('“Not now”, and undoing it', async () => {
    const fake = fakeSource({ snapshot: INVITED });
    const element = await start(fake);
    await tabTo(element, 'Not now');
    await press('Enter');
    await until('the note', () => announcement(element).length);
    expect(announcement(element)).to.deep.equal(['We’ll ask again in 3 months.']);
    await until('the focus', () => focused(element) === 'We’ll ask again in 3 months.');
    await press('Tab');
    expect(focused(element)).to.equal('Don’t ask again');
    await press('Enter');
    await until('declined', () => announcement(element)[0] === 'We won’t ask you again here.');
    expect(focused(element)).to.equal('We won’t ask you again here.');
    await press('Tab');
    expect(focused(element)).to.equal('Undo');
    await press('Enter');
    await until('undone', () => all(element, 'section').length);
    expect(announcement(element)).to.deep.equal(['Undone.']);
    expect(fake.writes.map((write) => write.split(' ')[0])).to.deep.equal(['snooze', 'decline', 'restore']);
    expect(focused(element)).to.equal('Undone.');
    await press('Tab');
    expect(focused(element)).to.equal('More options');
  });

  it('focus returns to the host’s own button', async () => {
    const element = await start(fakeSource());
    const own = document.createElement('button');
    own.textContent = 'Ask!';
    own.addEventListener('click', () => void element.ask());
    element.after(own);
    try {
      own.focus();
      await press('Enter');
      await until('the dialog', () => isDialogOpen(element));
      await press('Escape');
      await untilClosed(element);
      expect(document.activeElement === own).to.be.true;
    } finally {
      own.remove();
    }
  });
});
