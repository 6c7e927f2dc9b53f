import { MOST_QUESTIONS, parseMentor } from './parse-snapshot.js';
import type { Question, Snapshot, Viewer } from './snapshot.js';
import type { AskedQuestion, TalkPageFigures } from './source.js';

/** Returns the snapshot that is expected after a write. */
export type SnapshotUpdate = (snapshot: Snapshot) => Snapshot;

const updateViewer =
  (change: Partial<Viewer>): SnapshotUpdate =>
  (snapshot) => ({ ...snapshot, viewer: snapshot.viewer && { ...snapshot.viewer, ...change } });

/** Sets a new mentor with only the name, because the rest is unknown until a reload. */
const setMentor =
  (name: string): SnapshotUpdate =>
  (snapshot) =>
    snapshot.mentor?.name === name ? snapshot : { ...snapshot, standIn: null, mentor: parseMentor({ name }) };

export const afterLeave: SnapshotUpdate = (snapshot) => ({
  ...updateViewer({ status: 'opted-out' })(snapshot),
  mentor: null,
  standIn: null,
});

export const afterUndoLeave =
  (mentor: string): SnapshotUpdate =>
  (snapshot) =>
    setMentor(mentor)(updateViewer({ status: 'enabled' })(snapshot));

export const afterJoin: SnapshotUpdate = updateViewer({ status: 'explicit' });

export const afterChooseMentor =
  (mentor: string): SnapshotUpdate =>
  (snapshot) =>
    setMentor(mentor)(afterJoin(snapshot));

export const afterEnroll: SnapshotUpdate = updateViewer({ isMentor: true });

export const afterSnoozeInvite = (until: string): SnapshotUpdate =>
  updateViewer({ inviteSnoozedUntil: until });

export const afterDeclineInvite: SnapshotUpdate = updateViewer({ inviteDeclined: true });

export const afterRestoreInvite: SnapshotUpdate = updateViewer({
  inviteDeclined: false,
  inviteSnoozedUntil: null,
});

/** @param until - end of the break; null: the break has ended */
export const afterPause =
  (until: string | null): SnapshotUpdate =>
  (snapshot) => {
    const { mentoring = null } = snapshot.viewer ?? {};
    return updateViewer({ mentoring: mentoring && { ...mentoring, pausedUntil: until } })(snapshot);
  };

export const afterResign: SnapshotUpdate = updateViewer({ isMentor: false, mentoring: null });

/** @param when - time of asking, in milliseconds since 1970 */
export const afterAsk =
  (text: string, { url }: AskedQuestion, when: number): SnapshotUpdate =>
  (snapshot) => {
    const askedAt = new Date(when).toISOString();
    const others = snapshot.questions.filter((known) => url === null || known.url !== url);
    const questions: Question[] = [{ text: text.trim(), url, askedAt, state: 'waiting' }, ...others];
    return { ...snapshot, questions: questions.slice(0, MOST_QUESTIONS) };
  };

/**
 * Updates the questions. Returns the same snapshot if nothing is new.
 *
 * @param since - snapshot that the source was called with; if the questions changed since, only states are updated
 */
export const afterRefreshQuestions =
  (found: Question[], since: Snapshot): SnapshotUpdate =>
  (snapshot) => {
    const { questions } = snapshot;
    const updated =
      questions === since.questions
        ? found
        : questions.map((known) => {
            const same = found.find(({ url }) => url !== null && url === known.url);
            return same ? { ...known, state: same.state } : known;
          });
    const isSame =
      updated.length === questions.length &&
      updated.every((question, index) => isSameQuestion(question, questions[index]));
    return isSame ? snapshot : { ...snapshot, questions: updated };
  };

const isSameQuestion = (one: Question, other: Question | undefined): boolean =>
  one.text === other?.text &&
  one.url === other.url &&
  one.askedAt === other.askedAt &&
  one.state === other.state;

/**
 * Updates the mentor's reply time, or the viewer's waiting questions. Returns the same snapshot if nothing is new.
 *
 * @param name - user whose talk page was read
 */
export const afterReadTalkPage =
  (name: string, { typicalReplyHours, waitingQuestions, talkUrl }: TalkPageFigures): SnapshotUpdate =>
  (snapshot) => {
    const { viewer, mentor } = snapshot;
    if (
      viewer?.isMentor &&
      viewer.name === name &&
      waitingQuestions !== ((viewer.talkPage ?? viewer.mentoring)?.waitingQuestions ?? null)
    )
      return updateViewer({ talkPage: { waitingQuestions, talkUrl } })(snapshot);
    if (mentor?.name === name && mentor.typicalReplyHours !== typicalReplyHours)
      return { ...snapshot, mentor: { ...mentor, typicalReplyHours } };
    return snapshot;
  };

/** Keeps data that a load does not read: the states of questions, and the figures of talk pages. */
export const keepRefreshedData =
  (before: Snapshot): SnapshotUpdate =>
  (snapshot) => {
    const { viewer, mentor } = snapshot;
    const talkPage = before.viewer?.name === viewer?.name ? before.viewer?.talkPage : undefined;
    const replyHours = before.mentor?.name === mentor?.name ? before.mentor?.typicalReplyHours : null;
    return {
      ...snapshot,
      viewer: viewer?.isMentor && talkPage ? { ...viewer, talkPage } : viewer,
      mentor: mentor && { ...mentor, typicalReplyHours: mentor.typicalReplyHours ?? replyHours ?? null },
      questions: snapshot.questions.map((question) => {
        const same = before.questions.find(({ url }) => url !== null && url === question.url);
        return same && question.state === 'unknown' ? { ...question, state: same.state } : question;
      }),
    };
  };
