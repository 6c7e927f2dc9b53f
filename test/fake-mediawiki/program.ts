import { storeMentor, preferenceQuestions, storeStatus, storedStatus } from './stored-preferences.ts';
import { menteeStatus, setMenteeStatus, type MenteeStatus } from './mentorship.ts';
import { storedQuestions } from './questions.ts';
import type { Software } from './software.ts';
import type { User, WikiState } from './state.ts';

/** Location of a question. */
export interface QuestionLocation {
  readonly page: string;
  readonly heading: string;
}

/** Storage of the mentorship data of a wiki. */
interface Program {
  readonly status: (user: User) => MenteeStatus;
  readonly setStatus: (wiki: WikiState, user: User, status: MenteeStatus) => void;
  readonly setMentor: (user: User, name: string | null) => void;
  readonly newestQuestion: (wiki: WikiState, user: User) => QuestionLocation | null;
}

const programs: Readonly<Record<Software['extensions'], Program>> = {
  growth: {
    status: menteeStatus,
    setStatus: setMenteeStatus,
    setMentor: (user, mentor) => Object.assign(user, { mentor, standIn: null }),
    newestQuestion: (wiki, user) => {
      const [question] = storedQuestions(user);
      const page = question && wiki.revisions.find(({ id }) => id === question.revId)?.page;
      return question && page !== undefined ? { page, heading: question.sectionHeader } : null;
    },
  },
  none: {
    status: storedStatus,
    setStatus: (_wiki, user, status) => {
      storeStatus(user, status);
      if (status === 'optout') storeMentor(user, null);
    },
    setMentor: storeMentor,
    newestQuestion: (_wiki, user) => preferenceQuestions(user)[0] ?? null,
  },
};

/** Returns the storage of the mentorship data for the wiki of an account. */
export const programOf = ({ software }: User): Program => programs[software.extensions];
