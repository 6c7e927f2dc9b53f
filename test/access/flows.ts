import type { KeyInput } from 'puppeteer-core';

/** A key, a text to type, or the beginning of the name of a control: Tab is pressed until that has the focus. */
export type Step = KeyInput | `to ${string}` | `type ${string}`;

interface Flow {
  viewer: 'mentored' | 'invited' | 'opted out' | 'mentor';
  steps: readonly Step[];
}

const ASK = 'to Ask your mentor a question';
const MENU = ['to More options', 'Enter'] as const;

/** The tasks of the viewers, by keyboard. */
export const FLOWS: Record<string, Flow> = {
  ask: {
    viewer: 'mentored',
    steps: [
      ASK,
      'Enter',
      'type May I upload a photo?',
      'to Publish your question',
      'Enter',
      'to Done',
      'Enter',
    ],
  },
  'ask-blank': { viewer: 'mentored', steps: [ASK, 'Enter', 'to Publish your question', 'Enter', 'Escape'] },
  menu: { viewer: 'mentored', steps: [...MENU, 'ArrowDown', 'End', 'Home', 'c', 'Escape'] },
  about: { viewer: 'mentored', steps: [...MENU, 'to How mentorship works', 'Enter', 'Escape'] },
  choose: {
    viewer: 'mentored',
    steps: [...MENU, 'to Choose another mentor', 'Enter', 'to Olga', ' ', 'to Choose Olga', 'Enter'],
  },
  leave: {
    viewer: 'mentored',
    steps: [
      ...MENU,
      'to Continue without a mentor',
      'Enter',
      'to Continue without a mentor',
      'Enter',
      'to Undo',
      'Enter',
    ],
  },
  'come-back': { viewer: 'opted out', steps: ['to Get a mentor', 'Enter', 'to Get a mentor', 'Enter'] },
  enroll: {
    viewer: 'invited',
    steps: [
      'to Become a mentor',
      'Enter',
      'type I know about bridges.',
      'to Become a mentor',
      'Enter',
      'to Done',
      'Enter',
    ],
  },
  snooze: { viewer: 'invited', steps: ['to Not now', 'Enter', 'to Undo', 'Enter'] },
  decline: { viewer: 'invited', steps: ['to Not now', 'Enter', 'to Don’t ask again', 'Enter'] },
  'pause-and-resume': {
    viewer: 'mentor',
    steps: [
      'to Take a break',
      'Enter',
      'type 12242026',
      'to Take a break',
      'Enter',
      'to End your break',
      'Enter',
    ],
  },
  resign: { viewer: 'mentor', steps: ['to Stop being a mentor', 'Enter', 'to Stop being a mentor', 'Enter'] },
};
