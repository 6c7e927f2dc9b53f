import type { Settings } from './fields.js';

/** A person whose card the front page shows. */
export interface Story {
  /** Part of URLs, so it must not change. */
  id: string;
  name: string;
  /** Describes the person and the card, as long as no setting is changed. */
  sentence: string;
  settings: Settings;
}

/** A newcomer without a mentor, on a wiki with default settings. */
export const DEFAULTS: Settings = {
  edits: '12',
  days: '20',
  status: 'enabled',
  account: 'named',
  role: 'no',
  invitation: 'open',
  mentor: 'none',
  questions: 'none',
  program: 'on',
  right: 'minimums',
  minimumEdits: '500',
  minimumDays: '90',
  graduation: 'never',
  mentors: 'some',
  helpDesk: 'yes',
  network: 'fast',
  writes: 'stored',
  later: '0',
  lang: 'en',
  theme: 'auto',
  dir: 'auto',
  width: '320',
  text: '100',
  skin: 'none',
};

export const STORIES = [
  {
    id: 'ana',
    name: 'Ana',
    sentence: 'Ana joined yesterday: she sees her mentor.',
    settings: { ...DEFAULTS, edits: '1', days: '1', mentor: 'present', questions: 'waiting' },
  },
  {
    id: 'ben',
    name: 'Ben',
    sentence: 'Ben has no mentor yet: he can get one.',
    settings: DEFAULTS,
  },
  {
    id: 'noor',
    name: 'Noor',
    sentence: 'Noor has made 1,480 edits in three years: she is invited to help.',
    settings: { ...DEFAULTS, edits: '1480', days: '1100' },
  },
  {
    id: 'fatima',
    name: 'Fatima',
    sentence: 'Fatima is a mentor: two questions wait for her.',
    settings: { ...DEFAULTS, edits: '12345', days: '3200', role: 'yes' },
  },
  {
    id: 'eli',
    name: 'Eli',
    sentence: 'Eli wants a mentor, but none is free: he learns where else to ask.',
    settings: { ...DEFAULTS, edits: '3', days: '5', mentors: 'none' },
  },
] as const satisfies readonly Story[];
