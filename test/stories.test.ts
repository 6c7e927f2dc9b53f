import { expect } from '@open-wc/testing';
import type { FakeMediaWiki, PersonaId, SoftwareName } from './fake-mediawiki/index.js';
import en from '../locales/en.json' with { type: 'json' };
// Loads them here, because the time of the stories does not wait for the network.
import '../src/controllers/interaction-controller.js';
import '../src/controllers/refresh-stale-data.js';
import '../src/dialogs/ask.js';
import '../src/dialogs/choose.js';
import '../src/dialogs/dialog-controller.js';
import '../src/dialogs/enroll.js';
import '../src/dialogs/join.js';
import '../src/dialogs/leave.js';
import '../src/dialogs/pause.js';
import '../src/dialogs/resign.js';
import '../src/dialogs/resume.js';
import '../src/sdk/growth/actions.js';
import '../src/sdk/plain/actions.js';
import type { MessageId } from '../src/i18n/messages.js';
import { installDate } from './fake-date.js';
import { ActionFixture } from './action-fixture.js';
import { all, find, idle, visibleText } from './element-helpers.js';
import { closeDialog, findDialog, patternOf, press, submitButton, write } from './user-actions.js';

const DAY_MS = 86_400_000;

let fixture: ActionFixture;
let endDate = () => {};

const card = () => {
  if (!fixture.element) throw new Error('There is no card.');
  return fixture.element;
};

/** Leaves out texts that consist of parameters, such as numbers of edits, because they match any text. */
const PATTERNS = Object.entries(en)
  .filter(([id, text]) => id !== '@metadata' && /[a-z]{3}/i.test(patternOf(text as string)))
  .map(([id, text]) => [id, new RegExp(`^${patternOf(text as string)}$`)] as const);

/** Returns the id of the first message that a node shows; none for other texts, such as names. */
function idOf(node: Element): string[] {
  const text = visibleText(node).replaceAll(/[\u2066-\u2069]/g, '');
  return PATTERNS.flatMap(([id, pattern]) => (pattern.test(text) ? [id] : [])).slice(0, 1);
}

/**
 * Returns what can be seen, such as `opt-in: opt-in-heading [get-mentor how-it-works]`: the variant, the heading and the
 * controls of the card, or of the dialog above it, with states of questions and lines that offer something; then the
 * notice with its buttons.
 */
function seen(): string {
  const ids = (selector: string) =>
    all(card(), selector)
      .filter((node) => node.checkVisibility())
      .flatMap(idOf)
      .join(' ');
  const place = findDialog(card()) ? 'dialog' : 'section';
  const heading = ids(`${place} h2`);
  const lines = '.notice > span, p.quiet > span, .history span[class]';
  const shown = heading
    ? `${place === 'dialog' ? 'dialog ' : ''}${heading} [${ids(`${place} :is(a, button, ${lines})`)}]`
    : 'no card';
  const notice = place === 'dialog' ? '' : ids('.note');
  return `${card().variant}: ${shown}${notice ? `, notice ${notice} [${ids('.note-actions button')}]` : ''}`;
}

/** Waits for everything that needs no time to pass, such as facts that are read after the card. */
async function settle() {
  await fixture.clock.settle();
  await idle();
  await fixture.clock.settle();
}

/** Loads the page again after some days. */
const visit =
  (days = 0) =>
  async () => {
    fixture.element?.remove();
    await fixture.clock.advance(days * DAY_MS);
    await fixture.show();
  };
const click = (id: MessageId) => () => press(card(), id, 'section');
const clickNotice = (id: MessageId) => () => press(card(), id, '.note-actions');
const submit = async () => {
  submitButton(card()).click();
  await fixture.clock.advance(30_000);
};
const close = () => closeDialog(card());
const later = (days: number, change: (wiki: FakeMediaWiki) => void) => () => {
  change(fixture.wiki);
  return visit(days)();
};
const ask = () => {
  write(card(), 'How do I add a source?');
  return submit();
};
const chooseFirst = () => {
  find(card(), 'dialog .mentor input').click();
  return submit();
};
const until = (day: string) => () => {
  const field = find(card(), 'dialog input') as HTMLInputElement;
  field.value = day;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  return submit();
};

interface Story {
  name: string;
  viewer: PersonaId;
  software?: SoftwareName;
  prepare?: (wiki: FakeMediaWiki) => void;
  /** Each step, and what is seen after it. */
  steps: readonly (readonly [step: () => unknown, seen: string])[];
}

const GROWTH = 'growth-1.43';
const CORE = 'core-1.39';

/** Wikis with both kinds of programs, and what only one of them shows. */
const WIKIS = [
  { software: GROWTH, desk: '', email: 'dialog-ask-email-none-link ' },
  { software: CORE, desk: ' help-desk', email: '' },
] as const;

const INVITED_WITH_MENTOR =
  'invite: invite-heading [learn-more become-mentor not-now own-mentor own-mentor-ask leave]';
const SNOOZED =
  'invite: no card, notice dialog-common-snoozed-months [dialog-common-never dialog-common-undo]';

const STORIES: readonly Story[] = [
  ...WIKIS.map(({ software, desk, email }): Story => ({
    name: 'a newcomer gets a mentor, asks, and gets an answer',
    viewer: 'e_gus',
    software,
    steps: [
      [visit(), `opt-in: opt-in-heading [get-mentor how-it-works${desk}]`],
      [click('get-mentor'), 'opt-in: dialog get-mentor [dialog-common-cancel dialog-join-choose get-mentor]'],
      [
        submit,
        `mentored: mentored-heading [how-it-works ask conversations${desk}], notice dialog-join-done []`,
      ],
      [click('ask'), 'mentored: dialog ask [dialog-ask-page dialog-common-cancel dialog-ask-send]'],
      [ask, `mentored: dialog dialog-ask-sent [${email}dialog-common-done dialog-ask-see]`],
      [close, `mentored: mentored-heading [how-it-works ask question-waiting conversations${desk}]`],
      [
        later(1, (wiki) => wiki.reply('e_gus', { text: 'Look here.' })),
        `mentored: mentored-heading [how-it-works ask question-answered conversations${desk}]`,
      ],
    ],
  })),
  ...WIKIS.map(({ software, desk, email }): Story => ({
    name: 'a mentee waits for two weeks, and chooses another mentor',
    viewer: 'n_ana',
    software,
    steps: [
      [visit(), `mentored: mentored-heading [how-it-works ask conversations${desk}]`],
      [click('ask'), 'mentored: dialog ask [dialog-ask-page dialog-common-cancel dialog-ask-send]'],
      [ask, `mentored: dialog dialog-ask-sent [${email}dialog-common-done dialog-ask-see]`],
      [visit(6), `mentored: mentored-heading [how-it-works ask question-waiting conversations${desk}]`],
      [
        visit(1),
        `mentored: mentored-heading [how-it-works ask question-waiting question-unanswered${desk} choose conversations]`,
      ],
      [
        visit(7),
        `mentored: mentored-heading [how-it-works ask question-waiting question-unanswered${desk} choose conversations]`,
      ],
      [click('choose'), 'mentored: dialog choose [dialog-common-cancel choose]'],
      [
        chooseFirst,
        `mentored: mentored-heading [how-it-works ask question-waiting question-unanswered${desk} choose conversations], notice dialog-choose-done []`,
      ],
      [
        visit(1),
        `mentored: mentored-heading [how-it-works ask question-waiting question-unanswered${desk} choose conversations]`,
      ],
    ],
  })),
  {
    name: 'a mentee becomes experienced, and continues without a mentor',
    viewer: 'n_ana',
    prepare: (wiki) =>
      wiki.setSettings({
        GEMentorshipStartOptedOutThresholds: { enabled: true, minEditcount: 100, minTenureInDays: 5 },
      }),
    steps: [
      [visit(), 'mentored: mentored-heading [how-it-works ask conversations]'],
      [
        later(10, (wiki) => wiki.setUser('n_ana', { editCount: 100 })),
        'mentored: mentored-heading [how-it-works ask graduating leave conversations]',
      ],
      [click('leave'), 'mentored: dialog dialog-leave-heading [dialog-common-cancel leave]'],
      [
        submit,
        'opt-in: opt-in-heading-graduated [get-mentor how-it-works], notice dialog-leave-done [dialog-common-undo]',
      ],
      [visit(1), 'opt-in: opt-in-heading-graduated [get-mentor how-it-works]'],
    ],
  },
  {
    name: 'an experienced editor says not now, is asked again after 90 days, and says never',
    viewer: 'e_hal',
    prepare: (wiki) => wiki.setMentor('e_hal', null),
    steps: [
      [visit(), 'invite: invite-heading [learn-more become-mentor not-now]'],
      [click('not-now'), SNOOZED],
      [visit(89), 'none: no card'],
      [visit(1), 'invite: invite-heading [learn-more become-mentor not-now]'],
      [click('not-now'), SNOOZED],
      [
        clickNotice('dialog-common-never'),
        'invite: no card, notice dialog-common-declined [dialog-common-undo]',
      ],
      [visit(400), 'none: no card'],
    ],
  },
  {
    name: 'an experienced editor says not now by mistake',
    viewer: 'e_hal',
    steps: [
      [visit(), INVITED_WITH_MENTOR],
      [click('not-now'), SNOOZED],
      [
        clickNotice('dialog-common-undo'),
        'invite: invite-heading [learn-more become-mentor not-now own-mentor own-mentor-ask leave], notice dialog-common-undone []',
      ],
      [visit(1), INVITED_WITH_MENTOR],
    ],
  },
  {
    name: 'an experienced mentee says not now, and keeps the mentor',
    viewer: 'e_hal',
    steps: [
      [visit(), INVITED_WITH_MENTOR],
      [click('not-now'), SNOOZED],
      [visit(1), 'mentored: mentored-heading [how-it-works ask graduating leave conversations]'],
      [visit(90), INVITED_WITH_MENTOR],
    ],
  },
  {
    name: 'an experienced mentee says yes',
    viewer: 'e_hal',
    steps: [
      [visit(), INVITED_WITH_MENTOR],
      [click('become-mentor'), 'invite: dialog become-mentor [dialog-common-cancel become-mentor]'],
      [submit, 'mentor: dialog dialog-enroll-done [dialog-common-done dashboard]'],
      [close, 'mentor: mentor-heading [dashboard]'],
      [visit(1), 'mentor: mentor-heading [dashboard]'],
    ],
  },
  {
    name: 'an experienced editor learns how to become a mentor, gets the right, and is invited',
    viewer: 'e_hal',
    prepare: (wiki) => {
      wiki.setMentor('e_hal', null);
      wiki.setSettings({ GEMentorshipAutomaticEligibility: false });
    },
    steps: [
      [visit(), 'opt-in: opt-in-heading-graduated [how-to-become-mentor get-mentor how-it-works]'],
      [
        later(3, (wiki) => wiki.setUser('e_hal', { rights: ['enrollasmentor'] })),
        'invite: invite-heading [learn-more become-mentor not-now]',
      ],
    ],
  },
  {
    name: 'a mentor who has a mentor continues without one',
    viewer: 'm_fatima',
    prepare: (wiki) => wiki.setMentor('m_fatima', 'Mentor Marcus'),
    steps: [
      [visit(), 'mentor: mentor-heading [mentor-waiting dashboard own-mentor leave]'],
      [click('leave'), 'mentor: dialog dialog-leave-heading [dialog-common-cancel leave]'],
      [
        submit,
        'mentor: mentor-heading [mentor-waiting dashboard], notice dialog-leave-done [dialog-common-undo]',
      ],
      [visit(1), 'mentor: mentor-heading [mentor-waiting dashboard]'],
    ],
  },
  {
    name: 'a mentor takes a break, comes back, and stops',
    viewer: 'm_fatima',
    software: CORE,
    steps: [
      [visit(), 'mentor: mentor-heading [pause resign]'],
      [click('pause'), 'mentor: dialog pause [dialog-common-cancel pause]'],
      [until('2026-12-24'), 'mentor: mentor-heading [resume resign], notice mentor-paused []'],
      [visit(1), 'mentor: mentor-heading [resume resign]'],
      [click('resume'), 'mentor: mentor-heading [pause resign], notice dialog-resume-done []'],
      [visit(1), 'mentor: mentor-heading [pause resign]'],
      [click('resign'), 'mentor: dialog dialog-resign-heading [dialog-common-cancel resign]'],
      [submit, 'none: no card, notice dialog-resign-done []'],
      [visit(1), 'none: no card'],
      [visit(90), 'invite: invite-heading [learn-more become-mentor not-now]'],
    ],
  },
  {
    name: 'a mentor’s break ends by itself',
    viewer: 'm_fatima',
    software: CORE,
    steps: [
      [visit(), 'mentor: mentor-heading [pause resign]'],
      [click('pause'), 'mentor: dialog pause [dialog-common-cancel pause]'],
      [until('2026-12-24'), 'mentor: mentor-heading [resume resign], notice mentor-paused []'],
      [visit(30), 'mentor: mentor-heading [resume resign]'],
      [visit(5), 'mentor: mentor-heading [pause resign]'],
    ],
  },
];

// Sets a fragment, because dialogs then add no entry to the history, which all tests share.
before(() => history.replaceState(null, '', '#stories'));
after(() => history.replaceState(null, '', location.pathname + location.search));

afterEach(async () => {
  fixture.element?.remove();
  await fixture.clock.runAll();
  endDate();
  fixture.end();
});

describe('stories', function () {
  this.timeout(20_000);
  for (const { name, viewer, software = GROWTH, prepare, steps } of STORIES)
    it(`${name} (${software})`, async () => {
      fixture = new ActionFixture(viewer, software);
      endDate = installDate(() => fixture.clock.now);
      prepare?.(fixture.wiki);
      const sequence: string[] = [];
      for (const [step] of steps) {
        await step();
        await settle();
        sequence.push(seen());
      }
      expect(sequence).to.deep.equal(steps.map(([, expected]) => expected));
    });
});
