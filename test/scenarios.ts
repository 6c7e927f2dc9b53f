import type { MentorshipModule } from '../src/mentorship-module.js';
import {
  type MentorshipActions,
  MentorshipError,
  type MentorshipErrorCode,
  type QuestionTerms,
} from '../src/sdk/index.js';
import {
  askEndingWith,
  dialogOf,
  rejectingWith,
  fakeSource,
  type FakeSource,
  deferred,
  skipPollDelays,
  INVITED,
  KIM,
  MENTORED,
  openAsk,
  write,
} from './fake-source.js';
import { all, find, root, until } from './shadow-dom.js';

/** A state that a viewer reaches from the card. */
export interface Scenario {
  name: string;
  source: () => FakeSource;
  /** Reaches the state from the card, in any language. */
  run: (element: MentorshipModule, fake: FakeSource) => Promise<void>;
}

type AskResult = Awaited<ReturnType<MentorshipActions['ask']>>;

const never = () => new Promise<never>(() => {});
const OLGA = { ...KIM, name: 'Olga' };
const EMAIL = 'https://wiki.example/wiki/Special:ChangeEmail';
const LICENSE = { name: 'CC BY-SA 4.0', url: 'https://creativecommons.org/licenses/by-sa/4.0/' };

const terms = (changes: Partial<QuestionTerms>) => ({
  prepareQuestion: async () => ({
    writable: true,
    copyright: null,
    notifies: true,
    sendsEmail: true,
    emailUrl: EMAIL,
    ...changes,
  }),
});
const waitFor = (element: MentorshipModule, selector: string) =>
  until(selector, () => root(element).querySelector(selector));
const submit = (element: MentorshipModule) => find(element, 'dialog .primary').click();

/** Writes a question and publishes it. */
async function publish(element: MentorshipModule, text = 'May I upload a photo?') {
  await openAsk(element);
  write(element, text);
  submit(element);
}

const ask = (name: string, options: Parameters<typeof fakeSource>[0], run: Scenario['run']): Scenario => ({
  name: `ask: ${name}`,
  source: () => fakeSource(options),
  run,
});

const PROBLEMS: MentorshipErrorCode[] = [
  ...(['blocked', 'read-only', 'rate-limited', 'session', 'network', 'no-mentor'] as const),
  ...(['unsupported', 'refused', 'locked'] as const),
];

/** Functions that complete the deferred action of a source. */
const releases = new WeakMap<FakeSource, () => void>();

const problems = PROBLEMS.map((code) =>
  ask(
    `refused as ${code}`,
    {
      ask: rejectingWith(code, 'No.', {
        wikiMessage: 'The wiki’s own words.',
        ...(code === 'rate-limited' && { retryAfter: 30 }),
      }),
    },
    async (element) => {
      await publish(element);
      await waitFor(element, '#problem p');
    },
  ),
);

/** The dialog is closed before the question is sent, with the given result. */
const closedWhileSending = (name: string, result: () => AskResult): Scenario => ({
  name: `ask: closed while ${name}`,
  source: () => {
    const { act, release } = deferred(result);
    const fake = fakeSource({ ask: act });
    releases.set(fake, release);
    return fake;
  },
  run: async (element, fake) => {
    await publish(element);
    dialogOf(element)?.close();
    await until('closed', () => !dialogOf(element));
    releases.get(fake)?.();
    await waitFor(element, '.note:not([hidden])');
  },
});

const EMAILS = ['confirmed', 'unconfirmed', 'none', null] as const;

const sent = EMAILS.map((email) =>
  ask(
    `sent, e-mail ${email ?? 'unknown'}`,
    { snapshot: { ...MENTORED, viewer: { email } }, ...terms({}) },
    async (element) => {
      await publish(element);
      await waitFor(element, 'dialog a.primary');
    },
  ),
);

/** Opens the dialog of a menu item. */
async function fromMenu(element: MentorshipModule, index: number) {
  find(element, '.more').click();
  all(element, '#more button')[index]?.click();
  await waitFor(element, 'dialog[open]');
}

const [ABOUT, CHOOSE, LEAVE] = [0, 1, 2];
/** Index in the menu of the invitation. */
const KEEP = 0;

async function leave(element: MentorshipModule) {
  await fromMenu(element, LEAVE);
  submit(element);
}

const isMentored = (element: MentorshipModule) => element.variant === 'mentored';

const MANY = Array.from({ length: 12 }, (_, index) => ({
  name: `Mentor ${String.fromCharCode(65 + index)}`,
  intro: 'I like bridges.',
  talkUrl: null,
}));
const UNKNOWN = { gender: 'unknown', editCount: 77, lastActive: null } as const;

const breakUntil = (pausedUntil: string | null) =>
  ({ viewer: { isMentor: true, mentoring: { pausedUntil, waitingQuestions: null } } }) as const;
/** Mentors on a wiki without a dashboard. */
const PRESENT = breakUntil(null);
const PAUSED = breakUntil('2126-12-24T23:59:59.000Z');

const LEFT = { viewer: { status: 'opted-out' } } as const;

/** All states that a viewer can reach with a click. */
export const scenarios: readonly Scenario[] = [
  ask('writing', {}, async (element) => {
    await openAsk(element);
    write(element, 'May I');
  }),
  ask('about a page', {}, async (element) => {
    element.pageTitle = 'Help:How to add a source';
    await openAsk(element);
    find(element, 'dialog input').click();
    write(element, 'May I');
  }),
  ask('a draft of another tab', {}, async (element, { id }) => {
    const draft = (text: string) => ({ id: text, text, savedAt: Date.now() });
    const stored = { drafts: [draft('This one'), draft('The other one')], sent: [] };
    localStorage.setItem(`mentorship-module question ${id} Ana`, JSON.stringify(stored));
    await openAsk(element);
    await waitFor(element, 'dialog .notice q');
  }),
  ask('a draft that cannot be kept', { id: null }, async (element) => {
    await openAsk(element);
    write(element, 'May I');
    await waitFor(element, '#count span + span');
  }),
  ask('blank', {}, async (element) => {
    await publish(element, ' \u200B ');
    await waitFor(element, '#problem p');
  }),
  ask('too long', {}, async (element) => {
    await publish(element, 'x'.repeat(2_001));
    await waitFor(element, '#problem p');
  }),
  ...problems,
  ask(
    'the mentor is away',
    {
      snapshot: {
        mentor: { ...KIM, away: { until: '2026-12-24T00:00:00Z' } },
        standIn: { ...KIM, name: 'Olga' },
      },
    },
    async (element) => {
      await openAsk(element);
      await waitFor(element, 'dialog .notice');
    },
  ),
  ask('another mentor, assigned meanwhile', terms({ mentor: 'Olga' }), async (element, { now }) => {
    now.mentor = OLGA;
    await openAsk(element);
    await waitFor(element, 'dialog .notice');
  }),
  ask(
    'not sent, because another mentor was assigned',
    { ask: rejectingWith('no-mentor', 'Another mentor.') },
    async (element, { now }) => {
      await openAsk(element);
      write(element, 'May I upload a photo?');
      now.mentor = OLGA;
      submit(element);
      await waitFor(element, '#problem p');
    },
  ),
  ask('the copyright notice', terms({ copyright: LICENSE }), async (element) => {
    await openAsk(element);
    await waitFor(element, `dialog a[href="${LICENSE.url}"]`);
  }),
  ask('a talk page that cannot be written', terms({ writable: false }), async (element) => {
    await openAsk(element);
    await until('no field', () => !root(element).querySelector('dialog textarea'));
  }),
  ask('sending', { ask: askEndingWith(never) }, async (element) => {
    await publish(element);
    await waitFor(element, 'dialog progress');
  }),
  ask(
    'checking',
    {
      ask: askEndingWith(rejectingWith('timeout', 'No answer.', { outcomeUnknown: true })),
      findQuestion: never,
    },
    async (element) => {
      await publish(element);
      await waitFor(element, 'dialog progress');
    },
  ),
  ask(
    'unsure',
    {
      ask: askEndingWith(rejectingWith('timeout', 'No answer.', { outcomeUnknown: true })),
      findQuestion: rejectingWith('denied', 'No.'),
    },
    async (element) => {
      await publish(element);
      await waitFor(element, 'dialog blockquote + p a');
    },
  ),
  ask(
    'missing',
    { ask: askEndingWith(rejectingWith('timeout', 'No answer.', { outcomeUnknown: true })) },
    async (element) => {
      const end = skipPollDelays();
      await publish(element);
      await waitFor(element, 'dialog .actions button + button').finally(end);
    },
  ),
  ...sent,
  ask(
    'sent, the first edit',
    { ask: async () => ({ url: `${KIM.talkUrl}#1`, revision: 1, firstEdit: true }) },
    async (element) => {
      await publish(element);
      await waitFor(element, 'dialog a.primary');
    },
  ),
  ask('sent, without notifications', terms({ notifies: false, sendsEmail: false }), async (element) => {
    await publish(element);
    await waitFor(element, 'dialog a.primary');
  }),
  ask(
    'sent twice by the browser',
    {
      ask: async () => ({
        url: `${KIM.talkUrl}#1`,
        revision: 1,
        firstEdit: false,
        recipient: 'Kim',
        duplicateUrl: `${KIM.talkUrl}#2`,
      }),
    },
    async (element) => {
      await publish(element);
      await waitFor(element, 'dialog a:not(.primary)');
    },
  ),
  closedWhileSending('it was sent: a note', () => ({ url: null, revision: null, firstEdit: false })),
  closedWhileSending('it was sent, and it failed: a note', () => {
    throw new MentorshipError('refused', 'No.');
  }),
  { name: 'leave', source: () => fakeSource(), run: (element) => fromMenu(element, LEAVE) },
  {
    name: 'leave: with reasons',
    source: () => fakeSource(),
    run: (element) => {
      element.leaveReasons = true;
      return fromMenu(element, LEAVE);
    },
  },
  {
    name: 'leave: under way',
    source: () => fakeSource({ leave: never }),
    run: async (element) => {
      await leave(element);
      await waitFor(element, 'dialog [aria-disabled=true]');
    },
  },
  ...(['refused', 'session', 'no-mentor'] as const).map((code) => ({
    name: `leave: failed as ${code}`,
    source: () => fakeSource({ leave: rejectingWith(code, 'No.', { wikiMessage: 'The wiki’s own words.' }) }),
    run: async (element: MentorshipModule) => {
      await leave(element);
      await waitFor(element, 'dialog [role=alert] p');
    },
  })),
  ...([null, 30, 300] as const).map((retryAfter) => ({
    name: `leave: try again ${retryAfter === null ? 'later' : `in ${retryAfter} s`}`,
    source: () => fakeSource({ leave: rejectingWith('busy', 'Later.', { retryAfter }) }),
    run: async (element: MentorshipModule) => {
      await leave(element);
      await waitFor(element, 'dialog [role=alert] p');
    },
  })),
  {
    name: 'leave: did not arrive',
    source: () => fakeSource({ leave: rejectingWith('timeout', 'No answer.', { outcomeUnknown: true }) }),
    run: async (element) => {
      const end = skipPollDelays();
      await leave(element);
      await waitFor(element, 'dialog [role=alert] p').finally(end);
    },
  },
  {
    name: 'leave: nobody knows whether it worked',
    source: () => fakeSource({ leave: rejectingWith('timeout', 'No answer.', { outcomeUnknown: true }) }),
    run: async (element, fake) => {
      const end = skipPollDelays();
      fake.source.load = rejectingWith('network', 'No answer.');
      await leave(element);
      await waitFor(element, 'dialog [role=alert] p').finally(end);
    },
  },
  {
    name: 'leave: a note above the card, with undo',
    source: () => fakeSource(),
    run: async (element) => {
      await leave(element);
      await waitFor(element, '.note-actions button');
    },
  },
  {
    name: 'leave: undone',
    source: () => fakeSource(),
    run: async (element) => {
      await leave(element);
      await waitFor(element, '.note-actions button');
      find(element, '.note-actions button').click();
      await until('undone', () => !root(element).querySelector('.note-actions') && isMentored(element));
    },
  },
  {
    name: 'come back',
    source: () => fakeSource({ snapshot: LEFT }),
    run: async (element) => {
      find(element, '.actions .primary').click();
      await waitFor(element, 'dialog[open]');
    },
  },
  {
    name: 'come back: a note above the card',
    source: () => fakeSource({ snapshot: LEFT }),
    run: async (element) => {
      find(element, '.actions .primary').click();
      await waitFor(element, 'dialog[open]');
      submit(element);
      await waitFor(element, '.note:not([hidden])');
    },
  },
  {
    name: 'keep the mentor rather than be one',
    source: () => fakeSource({ snapshot: { ...INVITED, mentor: KIM } }),
    run: async (element) => {
      await fromMenu(element, KEEP);
      await waitFor(element, 'dialog[open]');
    },
  },
  {
    name: 'keep the mentor: a note above the card',
    source: () => fakeSource({ snapshot: { ...INVITED, mentor: KIM } }),
    run: async (element) => {
      await fromMenu(element, KEEP);
      await waitFor(element, 'dialog[open]');
      submit(element);
      await waitFor(element, '.note:not([hidden])');
    },
  },
  { name: 'how it works', source: () => fakeSource(), run: (element) => fromMenu(element, ABOUT) },
  {
    name: 'choose',
    source: () => fakeSource(),
    run: async (element) => {
      await fromMenu(element, CHOOSE);
      await waitFor(element, '.mentor .quiet span');
      find(element, '.mentor input').click();
    },
  },
  {
    name: 'choose: without a mentor',
    source: () => fakeSource({ snapshot: {} }),
    run: async (element) => {
      find(element, '.actions .primary').click();
      await waitFor(element, 'dialog[open]');
      all(element, 'dialog .actions button')[1]?.click();
      await waitFor(element, 'dialog .mentor');
    },
  },
  {
    name: 'choose: without a choice',
    source: () => fakeSource(),
    run: async (element) => {
      await fromMenu(element, CHOOSE);
      await waitFor(element, '.mentor .quiet span');
      submit(element);
      await waitFor(element, '#problem p');
    },
  },
  {
    name: 'choose: among many',
    source: () => fakeSource({ getMentors: async () => MANY }),
    run: async (element) => {
      await fromMenu(element, CHOOSE);
      await waitFor(element, '#search');
      const field = find(element, '#search') as HTMLInputElement;
      field.value = 'a';
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await until('the result', () => find(element, 'search p').textContent);
    },
  },
  {
    name: 'choose: among hundreds',
    source: () =>
      fakeSource({
        getMentors: async () =>
          Array.from({ length: 201 }, (_, index) => ({ ...MANY[index % MANY.length]!, name: `M ${index}` })),
      }),
    run: async (element) => {
      await fromMenu(element, CHOOSE);
      await waitFor(element, '.mentor');
    },
  },
  {
    name: 'choose: who was chosen is blocked',
    source: () => {
      const { act: known, release } = deferred(undefined);
      const fake = fakeSource({
        getProfiles: async (names) => {
          await known();
          return names.map((name) => ({ ...UNKNOWN, name, blocked: name === 'Olga' }));
        },
      });
      releases.set(fake, release);
      return fake;
    },
    run: async (element, fake) => {
      const end = skipPollDelays();
      await fromMenu(element, CHOOSE);
      await waitFor(element, '.mentor input').finally(end);
      find(element, '.mentor input').click();
      releases.get(fake)?.();
      await waitFor(element, '#problem p');
    },
  },
  {
    name: 'choose: the list cannot be loaded',
    source: () => fakeSource({ getMentors: rejectingWith('network', 'No.') }),
    run: async (element) => {
      await fromMenu(element, CHOOSE);
      await waitFor(element, 'dialog .actions .primary');
    },
  },
  {
    name: 'choose: a note above the card',
    source: () => fakeSource(),
    run: async (element) => {
      await fromMenu(element, CHOOSE);
      await waitFor(element, '.mentor .quiet span');
      find(element, '.mentor input').click();
      submit(element);
      await waitFor(element, '.note:not([hidden])');
    },
  },
  {
    name: 'choose: nobody',
    source: () => fakeSource({ getMentors: async () => [] }),
    run: async (element) => {
      await fromMenu(element, CHOOSE);
      await waitFor(element, 'dialog .actions .primary');
    },
  },
  {
    name: 'choose: being loaded',
    source: () => fakeSource({ getMentors: never }),
    run: async (element) => {
      await fromMenu(element, CHOOSE);
      await waitFor(element, 'dialog progress');
    },
  },
  {
    name: 'enroll',
    source: () => fakeSource({ snapshot: INVITED }),
    run: async (element) => {
      find(element, '.actions .primary').click();
      await waitFor(element, 'dialog[open]');
      write(element, 'I know about bridges.');
    },
  },
  {
    name: 'enroll: too long',
    source: () => fakeSource({ snapshot: INVITED }),
    run: async (element) => {
      find(element, '.actions .primary').click();
      await waitFor(element, 'dialog[open]');
      write(element, 'x'.repeat(241));
      submit(element);
      await waitFor(element, '#problem p');
    },
  },
  {
    name: 'enroll: with a mentor of one’s own',
    source: () => fakeSource({ snapshot: { ...INVITED, mentor: KIM } }),
    run: async (element) => {
      find(element, '.actions .primary').click();
      await waitFor(element, 'dialog[open]');
    },
  },
  {
    name: 'enroll: done, but the own mentor stays',
    source: () =>
      fakeSource({ snapshot: { ...INVITED, mentor: KIM }, leave: rejectingWith('read-only', 'No.') }),
    run: async (element) => {
      find(element, '.actions .primary').click();
      await waitFor(element, 'dialog[open]');
      submit(element);
      await until('done', () => !root(element).querySelector('dialog textarea'));
    },
  },
  {
    name: 'enroll: done',
    source: () => fakeSource({ snapshot: INVITED }),
    run: async (element) => {
      find(element, '.actions .primary').click();
      await waitFor(element, 'dialog[open]');
      submit(element);
      await until('done', () => !root(element).querySelector('dialog textarea'));
    },
  },
  {
    name: 'the invitation put away: a note above the card, with undo',
    source: () => fakeSource({ snapshot: INVITED }),
    run: async (element) => {
      all(element, '.actions button').at(-1)?.click();
      await waitFor(element, '.note-actions button');
    },
  },
  {
    name: 'the invitation put away for some days',
    source: () =>
      fakeSource({ snapshot: { ...INVITED, program: { ...INVITED.program, inviteSnoozeDays: 10 } } }),
    run: async (element) => {
      all(element, '.actions button').at(-1)?.click();
      await waitFor(element, '.note-actions button');
    },
  },
  {
    name: 'the invitation put away, but not stored',
    source: () =>
      fakeSource({ snapshot: INVITED, id: null, snoozeInvite: rejectingWith('read-only', 'No.') }),
    run: async (element) => {
      all(element, '.actions button').at(-1)?.click();
      await waitFor(element, '.note-actions button');
    },
  },
  {
    name: 'the invitation declined: a note above the card',
    source: () => fakeSource({ snapshot: INVITED }),
    run: async (element) => {
      all(element, '.actions button').at(-1)?.click();
      await waitFor(element, '.note-actions button');
      find(element, '.note-actions button').click();
      await until('declined', () => all(element, '.note-actions button').length === 1);
    },
  },
  {
    name: 'pause',
    source: () => fakeSource({ snapshot: PRESENT }),
    run: async (element) => {
      find(element, '.actions button').click();
      await waitFor(element, 'dialog[open]');
    },
  },
  {
    name: 'pause: without a day',
    source: () => fakeSource({ snapshot: PRESENT }),
    run: async (element) => {
      find(element, '.actions button').click();
      await waitFor(element, 'dialog[open]');
      submit(element);
      await waitFor(element, '#problem p');
    },
  },
  {
    name: 'pause: a note above the card',
    source: () => fakeSource({ snapshot: PRESENT }),
    run: async (element) => {
      find(element, '.actions button').click();
      await waitFor(element, 'dialog[open]');
      const field = find(element, '#until') as HTMLInputElement;
      field.value = '2126-12-24';
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      submit(element);
      await waitFor(element, '.note:not([hidden])');
    },
  },
  {
    name: 'resume: a note above the card',
    source: () => fakeSource({ snapshot: PAUSED }),
    run: async (element, { writes }) => {
      find(element, '.actions button').click();
      await until('the break has ended', () => writes.length > 0 && !root(element).querySelector('.primary'));
    },
  },
  {
    name: 'resign',
    source: () => fakeSource({ snapshot: PRESENT }),
    run: async (element) => {
      find(element, '.links button').click();
      await waitFor(element, 'dialog[open]');
    },
  },
  {
    name: 'resign: a note above the card',
    source: () => fakeSource({ snapshot: PRESENT }),
    run: async (element) => {
      find(element, '.links button').click();
      await waitFor(element, 'dialog[open]');
      submit(element);
      await waitFor(element, '.note:not([hidden])');
    },
  },
  {
    name: 'the whole card of a summary',
    source: () => fakeSource({ snapshot: MENTORED }),
    run: async (element) => {
      element.layout = 'summary';
      await element.updateComplete;
      find(element, '.summary .actions button').click();
      await waitFor(element, '.whole[open]');
    },
  },
  {
    name: 'the menu',
    source: () => fakeSource(),
    run: async (element) => {
      find(element, '.more').click();
      await waitFor(element, '#more:popover-open');
    },
  },
];

/** Deletes all drafts, so that none affects another scenario. */
export const clearDrafts = () => {
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith('mentorship-module')))
    localStorage.removeItem(key);
};
