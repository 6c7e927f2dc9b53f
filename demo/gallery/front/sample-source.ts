import {
  MentorshipError,
  type MentorshipActions,
  type MentorshipSource,
  parseSnapshot,
  type Snapshot,
} from '../../../src/sdk/index.js';
import { parseMentor } from '../../../src/sdk/parse-snapshot.js';
import type { Settings } from './fields.js';
import { sampleFor, sampleMentor, sampleSnapshot } from './sample-snapshot.js';

const SLOW_MS = 3_000;

const abortOf = (signal: AbortSignal) =>
  new Promise<never>((_, reject) =>
    signal.addEventListener('abort', () => reject(new DOMException('Aborted', 'AbortError')), { once: true }),
  );

const networkError = (options = {}) =>
  new MentorshipError('network', 'The network of this sample is off.', { retryable: true, ...options });

/** Waits as long as a request takes. @throws {MentorshipError} if the request fails */
async function useNetwork({ network }: Settings, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (network === 'silent') await abortOf(signal);
  if (network === 'slow')
    await Promise.race([abortOf(signal), new Promise((resolve) => setTimeout(resolve, SLOW_MS))]);
  if (network === 'offline') throw networkError();
  if (network === 'http-500')
    throw new MentorshipError('http', 'GET https://wiki.example/w/api.php failed: HTTP 500.', {
      retryable: true,
    });
}

/** Refuses a write, if the settings say so. */
function refuse({ writes }: Settings): void {
  if (writes === 'read-only')
    throw new MentorshipError('read-only', 'The wiki is read-only.', {
      retryable: true,
      wikiMessage: 'The servers are being moved.',
    });
  if (writes === 'rate-limited')
    throw new MentorshipError('rate-limited', 'Too many writes.', { retryable: true, retryAfter: 60 });
  if (writes === 'refused')
    throw new MentorshipError('refused', 'An edit filter refused the text.', {
      wikiMessage: 'This looks like an advertisement.',
    });
}

/**
 * Creates a source in memory, which accepts writes until the settings change. It does not use the wiki in memory, whose
 * accounts have fixed names, and whose data cannot be copied as a snapshot.
 */
export function sampleSource(settings: Settings): MentorshipSource {
  const { names, intro } = sampleFor(settings.lang);
  const others = names.slice(1);
  // Copied, because snapshots are frozen.
  const now: Snapshot = { ...parseSnapshot(sampleSnapshot(settings, new Date())) };
  const assign = (name: string) => {
    now.mentor = parseMentor(sampleMentor(name, intro, new Date()));
    now.standIn = null;
  };
  const update = (change: Partial<NonNullable<Snapshot['viewer']>>) => {
    if (now.viewer) now.viewer = { ...now.viewer, ...change };
  };
  const read = async <T>(signal: AbortSignal, value: () => T): Promise<T> => {
    await useNetwork(settings, signal);
    return structuredClone(value());
  };
  /** Performs a write, whose response may be lost. */
  const write = async <T>(signal: AbortSignal, change: () => T): Promise<T> => {
    await useNetwork(settings, signal);
    refuse(settings);
    const result = change();
    if (settings.writes === 'lost') throw networkError({ outcomeUnknown: true });
    return result;
  };
  const questionUrl = (count: number) => `${now.mentor?.talkUrl ?? ''}#new-${count}`;
  const withUrl = (url: string | null) => ({ url, revision: 4711, firstEdit: false });
  let asked = 0;

  const actions: MentorshipActions = {
    prepareQuestion: (_, { signal }) =>
      read(signal, () => ({
        writable: true,
        copyright: null,
        notifies: true,
        sendsEmail: true,
        emailUrl: null,
      })),
    ask: (_, { text, onBeforeSend, signal }) => {
      onBeforeSend?.(String(asked));
      return write(signal, () => {
        const url = questionUrl(++asked);
        const question = { text, url, askedAt: new Date().toISOString(), state: 'waiting' as const };
        now.questions = [question, ...now.questions].slice(0, 3);
        return withUrl(url);
      });
    },
    findQuestion: (_, { text, signal }) =>
      read(signal, () => {
        const found = now.questions.find((question) => question.text === text);
        return found ? withUrl(found.url) : null;
      }),
    refreshQuestions: (_, { signal }) => read(signal, () => now.questions),
    leave: (_, { signal }) =>
      write(signal, () => {
        now.mentor = now.standIn = null;
        update({ status: 'opted-out' });
      }),
    undoLeave: (_, { mentor, signal }) =>
      write(signal, () => {
        assign(mentor);
        update({ status: 'enabled' });
      }),
    join: (_, { signal }) =>
      write(signal, () => {
        if (!now.mentor) assign(others[0] ?? '');
        update({ status: 'explicit' });
      }),
    getMentors: (_, { signal }) =>
      read(signal, () =>
        settings.mentors === 'some' ? others.map((name) => ({ name, intro, talkUrl: null })) : [],
      ),
    getProfiles: (wanted, { signal }) =>
      read(signal, () =>
        wanted.map((name, index) => ({
          name,
          gender: 'unknown' as const,
          editCount: 1234 * (index + 1),
          lastActive: now.mentor?.lastActive ?? null,
          blocked: false,
        })),
      ),
    readTalkPage: (_, { signal }) =>
      read(signal, () => ({
        typicalReplyHours: now.mentor?.typicalReplyHours ?? null,
        waitingQuestions: now.viewer?.mentoring?.waitingQuestions ?? null,
        talkUrl: null,
      })),
    chooseMentor: (_, { name, signal }) =>
      write(signal, () => {
        assign(name);
        update({ status: 'explicit' });
      }),
    enroll: (_, { signal }) => write(signal, () => update({ isMentor: true })),
    snoozeInvite: (_, { until, signal }) => write(signal, () => update({ inviteSnoozedUntil: until })),
    declineInvite: (_, { signal }) => write(signal, () => update({ inviteDeclined: true })),
    restoreInvite: (_, { signal }) =>
      write(signal, () => update({ inviteDeclined: false, inviteSnoozedUntil: null })),
    pause: (_, { until, signal }) =>
      write(signal, () => update({ mentoring: { pausedUntil: until, waitingQuestions: 2 } })),
    resume: (_, { signal }) =>
      write(signal, () => update({ mentoring: { pausedUntil: null, waitingQuestions: 2 } })),
    resign: (_, { signal }) => write(signal, () => update({ isMentor: false, mentoring: null })),
  };
  return {
    load: ({ signal }) => read(signal, () => now),
    loadActions: async () => actions,
  };
}
