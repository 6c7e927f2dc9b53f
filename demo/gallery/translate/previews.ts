import type { MentorshipModule } from '../../../src/index.js';
import { type Case, cases } from '../../../test/card-cases.js';
import { root, until } from '../../../test/shadow-dom.js';
import { type Scenario, scenarios } from '../../../test/scenarios.js';
import { dataFor } from '../case-data.js';

/** A card or dialog shown to translators. */
export interface Preview {
  id: string;
  title: string;
  /** Creates the element with its data, outside the document. `run` opens the dialog once the card is rendered. */
  prepare: () => { element: MentorshipModule; run: () => Promise<void> };
}

export interface PreviewSection {
  title: string;
  previews: Preview[];
}

/** Cases that together show every text of the cards. */
const CARDS = [
  'mentored-question-states',
  'mentored-no-introduction',
  'mentored-away-stand-in',
  'mentored-away-until',
  'mentored-away-nobody',
  'mentored-retired',
  'mentored-explicit',
  'mentored-blocked-until',
  'mentored-graduating',
  'mentored-reply-time',
  'mentored-long-wait',
  'mentored-summary',
  'opt-in',
  'opt-in-opted-out',
  'opt-in-graduated',
  'opt-in-experienced',
  'opt-in-unavailable',
  'invite-thresholds',
  'invite-unknown-age',
  'invite-year',
  'invite-minimum-edits',
  'invite-by-right',
  'invite-with-mentor',
  'invite-with-mentor-away',
  'mentor',
  'mentor-waiting',
  'mentor-with-mentor',
  'core-mentor',
  'core-mentor-paused',
  'unavailable-help-desk',
  'preview-mentored',
  'failed-bad-data',
];

/** Scenarios that show no text beyond those of the others. */
const REDUNDANT: string[] = [];

const make = () => document.createElement('mentorship-module');

function previewOfCase(one: Case): Preview {
  const prepare = () => ({ element: Object.assign(make(), dataFor(one).properties), run: async () => {} });
  return { id: one.id, title: one.title, prepare };
}

const DAY_MS = 86_400_000;

/** `days` is the time since the mentor's latest edit. */
function previewOfActivity(days: number, title: string): Preview {
  const prepare = () => {
    const lastActive = new Date(Date.now() - days * DAY_MS).toISOString();
    const snapshot = {
      viewer: { name: 'Robin', editCount: 12 },
      mentor: { name: 'Sasha', gender: 'female', editCount: 1, lastActive, talkUrl: 'https://wiki.example/' },
      program: { enabled: true },
    };
    return { element: Object.assign(make(), { snapshot }), run: async () => {} };
  };
  return { id: `active-${days}`, title, prepare };
}

function previewOfScenario(scenario: Scenario): Preview {
  const prepare = () => {
    const fake = scenario.source();
    const element = Object.assign(make(), { source: fake.source, enroll: 'here' });
    return { element, run: () => scenario.run(element, fake) };
  };
  return { id: scenario.name.replaceAll(/\W+/g, '-'), title: scenario.name, prepare };
}

const SCENARIO_SECTIONS: [title: string, begins: RegExp][] = [
  ['Asking', /^ask/],
  ['Choosing another mentor', /^choose/],
  ['Leaving', /^leave/],
  ['Coming back, and keeping a mentor', /^(?:come|keep)/],
  ['Becoming a mentor, and not becoming one', /^(?:enroll|the invitation)/],
  ['Being a mentor: a break, and stopping', /^(?:pause|resume|resign)/],
  ['How it works', /^how/],
  ['The whole card, and the menu', /^the (?:whole|menu)/],
];

export const previewSections: readonly PreviewSection[] = [
  {
    title: 'Cards',
    previews: [
      ...CARDS.flatMap((id) => cases.filter((one) => one.id === id)).map(previewOfCase),
      previewOfActivity(0, 'The mentor was active today'),
      previewOfActivity(1, 'The mentor was active yesterday'),
      previewOfActivity(5, 'The mentor was active some days ago'),
    ],
  },
  ...SCENARIO_SECTIONS.map(([title, pattern]) => ({
    title,
    previews: scenarios
      .filter(({ name }) => pattern.test(name) && !REDUNDANT.includes(name))
      .map((scenario) => previewOfScenario(scenario)),
  })),
];

/** Waits until a card is rendered, which implies that its locale is loaded. */
export const cardRendered = (element: MentorshipModule): Promise<void> =>
  until('the card', () => root(element).querySelector('section') ?? element.matches(':state(failed)'));
