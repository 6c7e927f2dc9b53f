import { CHOICES, isLanguageTag } from '../gallery-state.js';
import { LABELS, labelFor } from '../controls.js';

interface NumberField {
  kind: 'number';
  label: string;
  max: number;
}

interface ChoiceField {
  kind: 'choice';
  label: string;
  /** Labels by value. */
  options: Readonly<Record<string, string>>;
}

export type Field = NumberField | ChoiceField;

const number = (label: string, max: number): NumberField => ({ kind: 'number', label, max });
const choice = (label: string, options: Record<string, string>): ChoiceField => ({
  kind: 'choice',
  label,
  options,
});

/** Returns the field of a setting that the page with all states has, too. */
const appearance = (name: keyof typeof CHOICES): ChoiceField =>
  choice(
    LABELS[name],
    Object.fromEntries(CHOICES[name].map((value: string) => [value, labelFor(name, value)])),
  );

/** Settings of a card, by the name that they have in the URL. */
export const FIELDS = {
  edits: number('Edits on this wiki', 1_000_000),
  days: number('Days since registration', 10_000),
  status: choice('Status', {
    enabled: 'enabled, the default',
    explicit: 'asked for a mentor',
    'opted-out': 'left mentorship',
    disabled: 'disabled',
  }),
  account: choice('Account', {
    named: 'signed in',
    'signed-out': 'signed out',
    temporary: 'temporary account',
    'blocked-for-a-time': 'blocked for a week',
    blocked: 'blocked without expiry',
  }),
  role: choice('Is a mentor', { no: 'no', yes: 'yes' }),
  invitation: choice('Invitation', {
    open: 'not answered',
    snoozed: 'put off for 90 days',
    declined: 'declined',
  }),
  mentor: choice('Mentor', {
    none: 'none',
    present: 'there',
    away: 'away for two weeks',
    retired: 'no longer a mentor',
  }),
  questions: choice('Questions', { none: 'none', waiting: 'one, waiting', several: 'three' }),
  program: choice('Program', { on: 'on', off: 'off' }),
  right: choice('Becoming a mentor', {
    minimums: 'at the minimums',
    granted: 'right granted by hand',
    'not-granted': 'right not granted',
  }),
  minimumEdits: number('Minimum edits', 1_000_000),
  minimumDays: number('Minimum days', 10_000),
  graduation: choice('Mentorship ends', { never: 'never', soon: 'at 100 edits, after 30 days' }),
  mentors: choice('Free mentors', { some: 'some', none: 'none' }),
  helpDesk: choice('Help desk', { yes: 'yes', no: 'no' }),
  network: choice('Network', {
    fast: 'fast',
    slow: 'three seconds slow',
    silent: 'never answers',
    offline: 'offline',
    'http-500': 'HTTP 500',
  }),
  writes: choice('Writes', {
    stored: 'are stored',
    'read-only': 'fail: read-only wiki',
    'rate-limited': 'fail: too many at once',
    refused: 'fail: edit filter',
    lost: 'are stored, the response is lost',
  }),
  later: number('Clock, days later', 10_000),
  lang: appearance('lang'),
  theme: appearance('theme'),
  dir: appearance('dir'),
  width: appearance('width'),
  text: appearance('text'),
  skin: choice('Skin', {
    none: 'none',
    'vector-2022': 'Vector 2022',
    vector: 'Vector legacy',
    minerva: 'Minerva',
    timeless: 'Timeless',
    monobook: 'MonoBook',
  }),
} as const satisfies Record<string, Field>;

export type FieldName = keyof typeof FIELDS;

/** A value for each field; numbers are digits. */
export type Settings = Readonly<Record<FieldName, string>>;

export const APPEARANCE = ['lang', 'theme', 'dir', 'width', 'text', 'skin'] as const;

/** Fields that are always in sight. */
export const NUMBERS = ['edits', 'days'] as const;

/** Other fields that change the card itself, by their heading. */
export const GROUPS = {
  Viewer: ['status', 'account', 'role', 'invitation', 'mentor', 'questions'],
  Wiki: ['program', 'right', 'minimumEdits', 'minimumDays', 'graduation', 'mentors', 'helpDesk'],
  'Network and clock': ['network', 'writes', 'later'],
} as const satisfies Record<string, readonly FieldName[]>;

/** Fields of data and network; the others are those of `APPEARANCE`. */
export const DATA: readonly FieldName[] = [...NUMBERS, ...Object.values(GROUPS).flat()];

/** Returns a valid value, which is the largest allowed one for a number that is too large; null: invalid. */
export function toValue(name: FieldName, given: string | null): string | null {
  if (given === null) return null;
  const field: Field = FIELDS[name];
  if (field.kind === 'number')
    return /^\d{1,9}$/.test(given) ? String(Math.min(Number(given), field.max)) : null;
  if (name === 'lang' && isLanguageTag(given)) return given;
  return Object.hasOwn(field.options, given) ? given : null;
}
