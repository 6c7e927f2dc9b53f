import type { MentorshipModule } from '../src/mentorship-module.js';
import { MentorshipError, type MentorshipErrorCode, type QuestionTerms } from '../src/sdk/index.js';
import {
  asking,
  dialogOf,
  failing,
  fakeSource,
  type Fake,
  held,
  hurry,
  INVITED,
  KIM,
  MENTORED,
  openAsk,
  write,
} from './fake-source.js';
import { all, find, root, until } from './shadow-dom.js';

/** One thing that a viewer can have in sight besides the bare card. */
export interface Step {
  name: string;
  source: () => Fake;
  /** From the card to there. Works in every language. */
  go: (element: MentorshipModule, fake: Fake) => Promise<void>;
}

const never = () => new Promise<never>(() => {});
const EMAIL = 'https://wiki.example/wiki/Special:ChangeEmail';
const LICENSE = { name: 'CC BY-SA 4.0', url: 'https://creativecommons.org/licenses/by-sa/4.0/' };

const terms = (changes: Partial<QuestionTerms>) => ({
  prepareQuestion: async () => ({ writable: true, copyright: null, emailUrl: EMAIL, ...changes }),
});
const has = (element: MentorshipModule, selector: string) =>
  until(selector, () => root(element).querySelector(selector));
const submit = (element: MentorshipModule) => find(element, 'dialog .primary').click();

/** Writes a question and publishes it. */
async function publish(element: MentorshipModule, text = 'May I upload a photo?') {
  await openAsk(element);
  write(element, text);
  submit(element);
}

const ask = (name: string, options: Parameters<typeof fakeSource>[0], go: Step['go']): Step => ({
  name: `ask: ${name}`,
  source: () => fakeSource(options),
  go,
});

const PROBLEMS: MentorshipErrorCode[] = [
  ...(['blocked', 'read-only', 'rate-limited', 'session', 'network', 'no-mentor'] as const),
  ...(['unsupported', 'refused'] as const),
];

/** Ends the wait for the profiles of a source. */
const showProfiles = new WeakMap<Fake, () => void>();

const problems = PROBLEMS.map((code) =>
  ask(
    `refused as ${code}`,
    {
      ask: failing(code, 'No.', {
        wikiMessage: 'The wiki’s own words.',
        ...(code === 'rate-limited' && { retryAfter: 30 }),
      }),
    },
    async (element) => {
      await publish(element);
      await has(element, '#problem p');
    },
  ),
);

const EMAILS = ['confirmed', 'unconfirmed', 'none', null] as const;

const sent = EMAILS.map((email) =>
  ask(
    `sent, e-mail ${email ?? 'unknown'}`,
    { snapshot: { ...MENTORED, viewer: { email } }, ...terms({}) },
    async (element) => {
      await publish(element);
      await has(element, 'dialog a.primary');
    },
  ),
);

/** Opens what an item of the menu is for. */
async function fromMenu(element: MentorshipModule, index: number) {
  find(element, '.more').click();
  all(element, '#more button')[index]?.click();
  await has(element, 'dialog[open]');
}

const [ABOUT, CHOOSE, LEAVE] = [0, 1, 2];

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

const LEFT = { viewer: { status: 'opted-out' } } as const;

/** Everything that can be seen after the first click. */
export const steps: readonly Step[] = [
  ask('writing', {}, async (element) => {
    await openAsk(element);
    write(element, 'May I');
  }),
  ask('a draft of another tab', {}, async (element, { id }) => {
    const draft = (text: string) => ({ id: text, text, savedAt: Date.now() });
    const stored = { drafts: [draft('This one'), draft('The other one')], sent: [] };
    localStorage.setItem(`mentorship-module question ${id} Ana`, JSON.stringify(stored));
    await openAsk(element);
    await has(element, 'dialog .notice q');
  }),
  ask('a draft that cannot be kept', { id: null }, async (element) => {
    await openAsk(element);
    write(element, 'May I');
    await has(element, '#count span + span');
  }),
  ask('blank', {}, async (element) => {
    await publish(element, ' \u200B ');
    await has(element, '#problem p');
  }),
  ask('too long', {}, async (element) => {
    await publish(element, 'x'.repeat(2_001));
    await has(element, '#problem p');
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
      await has(element, 'dialog .notice');
    },
  ),
  ask('the copyright notice', terms({ copyright: LICENSE }), async (element) => {
    await openAsk(element);
    await has(element, `dialog a[href="${LICENSE.url}"]`);
  }),
  ask('a talk page that cannot be written', terms({ writable: false }), async (element) => {
    await openAsk(element);
    await until('no field', () => !root(element).querySelector('dialog textarea'));
  }),
  ask('sending', { ask: asking(never) }, async (element) => {
    await publish(element);
    await has(element, 'dialog progress');
  }),
  ask(
    'checking',
    { ask: asking(failing('timeout', 'No answer.', { outcomeUnknown: true })), findQuestion: never },
    async (element) => {
      await publish(element);
      await has(element, 'dialog progress');
    },
  ),
  ask(
    'unsure',
    {
      ask: asking(failing('timeout', 'No answer.', { outcomeUnknown: true })),
      findQuestion: failing('denied', 'No.'),
    },
    async (element) => {
      await publish(element);
      await has(element, 'dialog blockquote + a');
    },
  ),
  ask(
    'missing',
    { ask: asking(failing('timeout', 'No answer.', { outcomeUnknown: true })) },
    async (element) => {
      const end = hurry();
      await publish(element);
      await has(element, 'dialog .actions button + button').finally(end);
    },
  ),
  ...sent,
  ask(
    'sent, the first edit',
    { ask: async () => ({ url: `${KIM.talkUrl}#1`, revision: 1, firstEdit: true }) },
    async (element) => {
      await publish(element);
      await has(element, 'dialog a.primary');
    },
  ),
  ask('closed while it was sent: a note', {}, async (element, fake) => {
    const { act, release } = held(() => ({ url: null, revision: null, firstEdit: false }));
    fake.source.loadActions = async () => ({ ask: act });
    await publish(element);
    dialogOf(element)?.close();
    release();
    await has(element, '.note:not([hidden])');
  }),
  ask('closed while it was sent, and it failed: a note', {}, async (element, fake) => {
    const { act, release } = held(() => {
      throw new MentorshipError('refused', 'No.');
    });
    fake.source.loadActions = async () => ({ ask: act });
    await publish(element);
    dialogOf(element)?.close();
    await until('closed', () => !dialogOf(element));
    release();
    await has(element, '.note:not([hidden])');
  }),
  { name: 'leave', source: () => fakeSource(), go: (element) => fromMenu(element, LEAVE) },
  {
    name: 'leave: under way',
    source: () => fakeSource({ leave: never }),
    go: async (element) => {
      await leave(element);
      await has(element, 'dialog [aria-disabled=true]');
    },
  },
  ...(['refused', 'session', 'no-mentor'] as const).map((code) => ({
    name: `leave: failed as ${code}`,
    source: () => fakeSource({ leave: failing(code, 'No.', { wikiMessage: 'The wiki’s own words.' }) }),
    go: async (element: MentorshipModule) => {
      await leave(element);
      await has(element, 'dialog [role=alert] p');
    },
  })),
  {
    name: 'leave: nobody knows whether it worked',
    source: () => fakeSource({ leave: failing('timeout', 'No answer.', { outcomeUnknown: true }) }),
    go: async (element, fake) => {
      const end = hurry();
      fake.source.load = failing('network', 'No answer.');
      await leave(element);
      await has(element, 'dialog [role=alert] p').finally(end);
    },
  },
  {
    name: 'leave: a note above the card, with undo',
    source: () => fakeSource(),
    go: async (element) => {
      await leave(element);
      await has(element, '.note-actions button');
    },
  },
  {
    name: 'leave: undone',
    source: () => fakeSource(),
    go: async (element) => {
      await leave(element);
      await has(element, '.note-actions button');
      find(element, '.note-actions button').click();
      await until('undone', () => !root(element).querySelector('.note-actions') && isMentored(element));
    },
  },
  {
    name: 'come back',
    source: () => fakeSource({ snapshot: LEFT }),
    go: async (element) => {
      find(element, '.actions .primary').click();
      await has(element, 'dialog[open]');
    },
  },
  {
    name: 'come back: a note above the card',
    source: () => fakeSource({ snapshot: LEFT }),
    go: async (element) => {
      find(element, '.actions .primary').click();
      await has(element, 'dialog[open]');
      submit(element);
      await has(element, '.note:not([hidden])');
    },
  },
  {
    name: 'keep the mentor rather than be one',
    source: () => fakeSource({ snapshot: { ...INVITED, mentor: KIM } }),
    go: async (element) => {
      find(element, '.links button').click();
      await has(element, 'dialog[open]');
    },
  },
  {
    name: 'keep the mentor: a note above the card',
    source: () => fakeSource({ snapshot: { ...INVITED, mentor: KIM } }),
    go: async (element) => {
      find(element, '.links button').click();
      await has(element, 'dialog[open]');
      submit(element);
      await has(element, '.note:not([hidden])');
    },
  },
  { name: 'how it works', source: () => fakeSource(), go: (element) => fromMenu(element, ABOUT) },
  {
    name: 'choose',
    source: () => fakeSource(),
    go: async (element) => {
      await fromMenu(element, CHOOSE);
      await has(element, '.mentor .quiet span');
      find(element, '.mentor input').click();
    },
  },
  {
    name: 'choose: without a choice',
    source: () => fakeSource(),
    go: async (element) => {
      await fromMenu(element, CHOOSE);
      await has(element, '.mentor .quiet span');
      submit(element);
      await has(element, '#problem p');
    },
  },
  {
    name: 'choose: among many',
    source: () => fakeSource({ getMentors: async () => MANY }),
    go: async (element) => {
      await fromMenu(element, CHOOSE);
      await has(element, '#search');
      const field = find(element, '#search') as HTMLInputElement;
      field.value = 'a';
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await until('the result', () => find(element, 'search p').textContent);
    },
  },
  {
    name: 'choose: who was chosen is blocked',
    source: () => {
      const { act: known, release } = held(undefined);
      const fake = fakeSource({
        getProfiles: async (names) => {
          await known();
          return names.map((name) => ({ ...UNKNOWN, name, blocked: name === 'Olga' }));
        },
      });
      showProfiles.set(fake, release);
      return fake;
    },
    go: async (element, fake) => {
      await fromMenu(element, CHOOSE);
      await has(element, '.mentor input');
      find(element, '.mentor input').click();
      showProfiles.get(fake)?.();
      await has(element, '#problem p');
    },
  },
  {
    name: 'choose: the list cannot be loaded',
    source: () => fakeSource({ getMentors: failing('network', 'No.') }),
    go: async (element) => {
      await fromMenu(element, CHOOSE);
      await has(element, 'dialog .actions .primary');
    },
  },
  {
    name: 'choose: a note above the card',
    source: () => fakeSource(),
    go: async (element) => {
      await fromMenu(element, CHOOSE);
      await has(element, '.mentor .quiet span');
      find(element, '.mentor input').click();
      submit(element);
      await has(element, '.note:not([hidden])');
    },
  },
  {
    name: 'choose: nobody',
    source: () => fakeSource({ getMentors: async () => [] }),
    go: async (element) => {
      await fromMenu(element, CHOOSE);
      await has(element, 'dialog .actions .primary');
    },
  },
  {
    name: 'choose: being loaded',
    source: () => fakeSource({ getMentors: never }),
    go: async (element) => {
      await fromMenu(element, CHOOSE);
      await has(element, 'dialog progress');
    },
  },
  {
    name: 'enroll',
    source: () => fakeSource({ snapshot: INVITED }),
    go: async (element) => {
      find(element, '.actions .primary').click();
      await has(element, 'dialog[open]');
      write(element, 'I know about bridges.');
    },
  },
  {
    name: 'enroll: too long',
    source: () => fakeSource({ snapshot: INVITED }),
    go: async (element) => {
      find(element, '.actions .primary').click();
      await has(element, 'dialog[open]');
      write(element, 'x'.repeat(241));
      submit(element);
      await has(element, '#problem p');
    },
  },
  {
    name: 'enroll: done',
    source: () => fakeSource({ snapshot: INVITED }),
    go: async (element) => {
      find(element, '.actions .primary').click();
      await has(element, 'dialog[open]');
      submit(element);
      await until('done', () => !root(element).querySelector('dialog textarea'));
    },
  },
  {
    name: 'the invitation put away: a note above the card, with undo',
    source: () => fakeSource({ snapshot: INVITED }),
    go: async (element) => {
      all(element, '.actions button').at(-1)?.click();
      await has(element, '.note-actions button');
    },
  },
  {
    name: 'the menu',
    source: () => fakeSource(),
    go: async (element) => {
      find(element, '.more').click();
      await has(element, '#more:popover-open');
    },
  },
];

/** So that no draft is left for another step. */
export const forget = () => {
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith('mentorship-module')))
    localStorage.removeItem(key);
};
