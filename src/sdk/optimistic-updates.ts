import { parseSnapshot } from './parse-snapshot.js';
import type { Question, Snapshot, Viewer } from './snapshot.js';
import type { AskedQuestion } from './source.js';

/** What a snapshot says after something was done, as far as can be told without asking the source. */
export type Change = (snapshot: Snapshot) => Snapshot;

const viewerWith =
  (change: Partial<Viewer>): Change =>
  (snapshot) => ({ ...snapshot, viewer: snapshot.viewer && { ...snapshot.viewer, ...change } });

/** Of a new mentor, only the name is known. */
const mentorCalled =
  (name: string): Change =>
  (snapshot) =>
    snapshot.mentor?.name === name
      ? snapshot
      : { ...snapshot, standIn: null, mentor: parseSnapshot({ viewer: null, mentor: { name } }).mentor };

export const left: Change = (snapshot) => ({
  ...viewerWith({ status: 'opted-out' })(snapshot),
  mentor: null,
  standIn: null,
});

export const cameBack =
  (mentor: string): Change =>
  (snapshot) =>
    mentorCalled(mentor)(viewerWith({ status: 'enabled' })(snapshot));

export const joined: Change = viewerWith({ status: 'explicit' });

export const chose =
  (mentor: string): Change =>
  (snapshot) =>
    mentorCalled(mentor)(joined(snapshot));

export const enrolled: Change = viewerWith({ isMentor: true });

export const declined: Change = viewerWith({ inviteDeclined: true });

export const restored: Change = viewerWith({ inviteDeclined: false });

/** @param when - milliseconds since 1970 */
export const asked =
  (text: string, { url }: AskedQuestion, when: number): Change =>
  (snapshot) => {
    const question: Question = { text, url, askedAt: new Date(when).toISOString(), state: 'waiting' };
    const others = snapshot.questions.filter((known) => url === null || known.url !== url);
    return { ...snapshot, questions: [question, ...others].slice(0, 3) };
  };

/** @param since - the snapshot at hand when the source was asked; a later one may know of later questions */
export const questionsFound =
  (found: Question[], since: Snapshot): Change =>
  (snapshot) => ({
    ...snapshot,
    questions:
      snapshot.questions === since.questions
        ? found
        : snapshot.questions.map((known) => {
            const same = found.find(({ url }) => url !== null && url === known.url);
            return same ? { ...known, state: same.state } : known;
          }),
  });

/** What was known of the questions' states: a new reading of the snapshot does not say. */
export const statesKept =
  ({ questions }: Snapshot): Change =>
  (snapshot) => ({
    ...snapshot,
    questions: snapshot.questions.map((question) => {
      const known = questions.find(({ url }) => url !== null && url === question.url);
      return known && question.state === 'unknown' ? { ...question, state: known.state } : question;
    }),
  });
