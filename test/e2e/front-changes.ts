import type { SeenCard } from './front-page.ts';

interface Change {
  /** Settings before, as in the URL. */
  before?: string;
  name: string;
  value: string;
  then: (card: SeenCard) => unknown;
}

/** A change of each control, and what shows it. The first card is Ana's, who has a mentor and one question. */
export const CHANGES: readonly Change[] = [
  { before: '&days=90', name: 'edits', value: '500', then: ({ variant }) => variant === 'invite' },
  { before: '&edits=500', name: 'days', value: '90', then: ({ variant }) => variant === 'invite' },
  { before: '&edits=500&days=90', name: 'status', value: 'explicit', then: isMentored },
  { name: 'status', value: 'disabled', then: ({ variant }) => variant === 'none' },
  { name: 'account', value: 'signed-out', then: ({ about }) => about.includes('Row 1 of 14') },
  { name: 'account', value: 'blocked', then: ({ about }) => about.includes('Row 5 of 14') },
  { name: 'account', value: 'blocked-for-a-time', then: ({ text }) => !text.includes('Ask your mentor') },
  { name: 'role', value: 'yes', then: ({ variant }) => variant === 'mentor' },
  { before: '&edits=500&days=90', name: 'invitation', value: 'declined', then: isMentored },
  { name: 'mentor', value: 'none', then: ({ variant }) => variant === 'opt-in' },
  { name: 'mentor', value: 'away', then: ({ text }) => text.includes('Lee') },
  { name: 'mentor', value: 'retired', then: ({ text }) => text.includes('no longer') },
  { name: 'questions', value: 'several', then: ({ text }) => text.includes('How do I add a source?') },
  { name: 'program', value: 'off', then: ({ about }) => about.includes('Row 2 of 14') },
  { name: 'right', value: 'granted', then: ({ variant }) => variant === 'invite' },
  { before: '&days=90', name: 'minimumEdits', value: '1', then: ({ variant }) => variant === 'invite' },
  { before: '&edits=500', name: 'minimumDays', value: '1', then: ({ variant }) => variant === 'invite' },
  {
    before: '&mentor=none&edits=100&days=31',
    name: 'graduation',
    value: 'soon',
    then: ({ about }) => about.includes('Row 12 of 14'),
  },
  {
    before: '&mentor=none',
    name: 'mentors',
    value: 'none',
    then: ({ variant }) => variant === 'unavailable',
  },
  { name: 'helpDesk', value: 'no', then: ({ text }) => !text.includes('help desk') },
  { name: 'network', value: 'offline', then: ({ about }) => about.includes('cannot be loaded') },
  { name: 'network', value: 'http-500', then: ({ about }) => about.includes('HTTP 500') },
  { name: 'network', value: 'silent', then: ({ about }) => about.includes('is being loaded') },
  { before: '&edits=500', name: 'later', value: '89', then: ({ variant }) => variant === 'invite' },
  { name: 'lang', value: 'ar', then: ({ direction, text }) => direction === 'rtl' && text.includes('سلمى') },
  { name: 'theme', value: 'dark', then: ({ colorScheme }) => colorScheme === 'dark' },
  { name: 'dir', value: 'rtl', then: ({ direction, lang }) => direction === 'rtl' && lang === 'en' },
  { name: 'width', value: '240', then: ({ width }) => width === 240 },
  { name: 'text', value: '200', then: ({ fontSize }) => fontSize === '32px' },
  { name: 'skin', value: 'monobook', then: ({ skin, fontSize }) => skin && fontSize === '13px' },
];

function isMentored({ variant }: SeenCard): boolean {
  return variant === 'mentored';
}

/** Values of a control on both sides of a bound, and the rows that they lead to. */
export const BOUNDS = [
  ['noor', 'edits', ['499', 14, '499 edits: below the 500'], ['500', 6, '500 edits: at least the 500']],
  ['noor', 'days', ['89', 14, '89 days: below the 90'], ['90', 6, '90 days: at least the 90']],
  ['noor', 'minimumEdits', ['1481', 14, 'below the 1,481'], ['1480', 6, 'at least the 1,480']],
  ['noor&invitation=snoozed', 'later', ['89', 8, 'put the invitation off until'], ['90', 6, '1,190 days']],
  [
    'ben&graduation=soon&edits=100',
    'days',
    ['29', 14, '29 days: not more'],
    ['30', 12, 'over 30 days: more'],
  ],
  ['ben&graduation=soon&days=31', 'edits', ['99', 14, '99 edits: below'], ['100', 12, '100 edits: at least']],
  ['ben&right=not-granted&days=90', 'edits', ['499', 14, 'has not granted'], ['500', 11, 'at least the 500']],
  ['noor&minimumEdits=0', 'edits', ['499', 14, 'where the wiki asks for no edits'], ['500', 6, '500 edits']],
] as const;
