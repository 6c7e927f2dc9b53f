// Without the extension the wiki knows nothing of mentorship: a script keeps all of it in preferences of its own.
import type { MenteeStatus } from './mentorship.ts';
import { option, setOption } from './options.ts';
import { isRecord } from './settings.ts';
import type { User } from './state.ts';

const mentorOption = 'userjs-mentorship-mentor';
const statusOption = 'userjs-mentorship-status';

/** The preference that holds a viewer's questions, newest first. */
export const preferenceQuestionsOption = 'userjs-mentorship-questions';

const statusValues = { enabled: null, optout: 'opted-out', disabled: 'disabled' } as const;

/** The status of a mentee. */
export function storedStatus(user: User): MenteeStatus {
  const value = option(user, statusOption);
  return value === statusValues.optout ? 'optout' : value === statusValues.disabled ? 'disabled' : 'enabled';
}

/** Keeps the status of a mentee. */
export const storeStatus = (user: User, status: MenteeStatus): void =>
  setOption(user, statusOption, statusValues[status]);

/** Keeps the name of somebody's mentor, or that there is none. */
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

/** Where a viewer's questions stand, or stood, newest first; whatever is no question is passed over. */
export function preferenceQuestions(user: User): PreferenceQuestion[] {
  const text = option(user, preferenceQuestionsOption);
  const list: unknown = typeof text === 'string' ? JSON.parse(text) : [];
  return Array.isArray(list) ? list.map(readQuestion).filter((question) => question !== null) : [];
}
