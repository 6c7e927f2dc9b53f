import { storeMentor, preferenceQuestions, storeStatus, storedStatus } from './stored-preferences.ts';
import { menteeStatus, setMenteeStatus, type MenteeStatus } from './mentorship.ts';
import { storedQuestions } from './questions.ts';
import type { Software } from './software.ts';
import type { User, WikiState } from './state.ts';

/** Where a question stands that somebody has asked. */
export interface QuestionLocation {
  readonly page: string;
  readonly heading: string;
}

/** Where a wiki keeps what belongs to mentorship. */
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

/** How the wiki that has an account keeps what belongs to mentorship. */
export const programOf = ({ software }: User): Program => programs[software.extensions];
