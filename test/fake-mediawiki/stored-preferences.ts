// Stores the mentorship data of a wiki without the extension in preferences that belong to scripts.
import type { MenteeStatus } from './mentorship.ts';
import { option, setOption } from './options.ts';
import { isRecord } from './settings.ts';
import type { User } from './state.ts';

const mentorOption = 'userjs-mentorship-mentor';
const statusOption = 'userjs-mentorship-status';

/** The preference that contains a viewer's questions, newest first. */
export const preferenceQuestionsOption = 'userjs-mentorship-questions';

const statusValues = { enabled: null, optout: 'opted-out', disabled: 'disabled' } as const;

/** Returns the status of a mentee. */
export function storedStatus(user: User): MenteeStatus {
  const value = option(user, statusOption);
  return value === statusValues.optout ? 'optout' : value === statusValues.disabled ? 'disabled' : 'enabled';
}

/** Stores the status of a mentee. */
export const storeStatus = (user: User, status: MenteeStatus): void =>
  setOption(user, statusOption, statusValues[status]);

/** Stores the name of a user's mentor; null removes it. */
export const storeMentor = (user: User, name: string | null): void => setOption(user, mentorOption, name);

interface PreferenceQuestion {
  readonly page: string;
  readonly heading: string;
}

function readQuestion(value: unknown): PreferenceQuestion | null {
  if (!isRecord(value)) return null;
  const { page, section } = value;
  return typeof page === 'string' && typeof section === 'string' ? { page, heading: section } : null;
}

/** Returns the locations of a viewer's questions, newest first; skips invalid entries. */
export function preferenceQuestions(user: User): PreferenceQuestion[] {
  const text = option(user, preferenceQuestionsOption);
  const list: unknown = typeof text === 'string' ? JSON.parse(text) : [];
  return Array.isArray(list) ? list.map(readQuestion).filter((question) => question !== null) : [];
}
