import { keepMentor, keptQuestions, keepStatus, keptStatus } from './stored-preferences.ts';
import { menteeStatus, setMenteeStatus, type MenteeStatus } from './mentorship.ts';
import { storedQuestions } from './questions.ts';
import type { Software } from './software.ts';
import type { User, WikiState } from './state.ts';

/** Where a question stands that somebody has asked. */
export interface Whereabouts {
  readonly page: string;
  readonly heading: string;
}

/** Where a wiki keeps what belongs to mentorship. */
interface Program {
  readonly status: (user: User) => MenteeStatus;
  readonly setStatus: (wiki: WikiState, user: User, status: MenteeStatus) => void;
  readonly setMentor: (user: User, name: string | null) => void;
  readonly newestQuestion: (wiki: WikiState, user: User) => Whereabouts | null;
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
    status: keptStatus,
    setStatus: (_wiki, user, status) => {
      keepStatus(user, status);
      if (status === 'optout') keepMentor(user, null);
    },
    setMentor: keepMentor,
    newestQuestion: (_wiki, user) => keptQuestions(user)[0] ?? null,
  },
};

/** How the wiki that has an account keeps what belongs to mentorship. */
export const programOf = ({ software }: User): Program => programs[software.extensions];
