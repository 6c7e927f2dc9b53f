import type { MentorshipModule } from '../../../src/index.js';
import { type Case, cases } from '../../../test/card-cases.js';
import { root, until } from '../../../test/shadow-dom.js';
import { type Step, steps } from '../../../test/scenarios.js';
import { setUp } from '../case-data.js';

/** One thing that a translator looks at. */
export interface Scene {
  id: string;
  title: string;
  /** The element with its data, not in the page yet, and what is to be done once its card stands. */
  prepare: () => { element: MentorshipModule; go: () => Promise<void> };
}

export interface Room {
  title: string;
  scenes: Scene[];
}

/** Each text of the cards stands in at least one of them. */
const CARDS = [
  'mentored-question-states',
  'mentored-no-introduction',
  'mentored-away-stand-in',
  'mentored-away-until',
  'mentored-away-nobody',
  'mentored-explicit',
  'opt-in',
  'opt-in-opted-out',
  'opt-in-graduated',
  'invite-thresholds',
  'invite-unknown-age',
  'invite-by-right',
  'invite-with-mentor',
  'mentor',
  'core-mentor',
  'unavailable-help-desk',
  'preview-mentored',
  'failed-bad-data',
];

/** Steps that show no text that others do not. */
const NOTHING_NEW: string[] = [];

const make = () => document.createElement('mentorship-module');

function sceneOfCase(one: Case): Scene {
  const prepare = () => ({ element: Object.assign(make(), setUp(one).properties), go: async () => {} });
  return { id: one.id, title: one.title, prepare };
}

const DAY_MS = 86_400_000;

/** `days`: since the mentor's latest edit. */
function sceneOfActivity(days: number, title: string): Scene {
  const prepare = () => {
    const lastActive = new Date(Date.now() - days * DAY_MS).toISOString();
    const snapshot = {
      viewer: { name: 'Robin', editCount: 12 },
      mentor: { name: 'Sasha', gender: 'female', editCount: 1, lastActive, talkUrl: 'https://wiki.example/' },
      program: { enabled: true },
    };
    return { element: Object.assign(make(), { snapshot }), go: async () => {} };
  };
  return { id: `active-${days}`, title, prepare };
}

function sceneOfStep(step: Step): Scene {
  const prepare = () => {
    const fake = step.source();
    const element = Object.assign(make(), { source: fake.source, enroll: 'here' });
    return { element, go: () => step.go(element, fake) };
  };
  return { id: step.name.replaceAll(/\W+/g, '-'), title: step.name, prepare };
}

const ROOMS_OF_STEPS: [title: string, begins: RegExp][] = [
  ['Asking', /^ask/],
  ['Choosing another mentor', /^choose/],
  ['Leaving', /^leave/],
  ['Coming back, and keeping a mentor', /^(?:come|keep)/],
  ['Becoming a mentor, and not becoming one', /^(?:enroll|the invitation)/],
  ['How it works', /^how/],
];

export const rooms: readonly Room[] = [
  {
    title: 'Cards',
    scenes: [
      ...CARDS.flatMap((id) => cases.filter((one) => one.id === id)).map(sceneOfCase),
      sceneOfActivity(0, 'The mentor was active today'),
      sceneOfActivity(1, 'The mentor was active yesterday'),
      sceneOfActivity(5, 'The mentor was active some days ago'),
    ],
  },
  ...ROOMS_OF_STEPS.map(([title, begins]) => ({
    title,
    scenes: steps
      .filter(({ name }) => begins.test(name) && !NOTHING_NEW.includes(name))
      .map((step) => sceneOfStep(step)),
  })),
];

/** Waits until a card is drawn, which is when its language is there, too. */
export const stands = (element: MentorshipModule): Promise<void> =>
  until('the card', () => root(element).querySelector('section') ?? element.matches(':state(failed)'));
