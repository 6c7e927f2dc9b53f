import type { MentorshipModule } from '../src/mentorship-module.js';
import {
  type ListedMentor,
  type Mentor,
  MentorshipError,
  type MentorshipActions,
  type MentorshipSource,
  type Snapshot,
} from '../src/sdk/index.js';
import { type Changes, mentorNamed, snapshotOf } from './sample-snapshots.js';
import { find, root, until } from './shadow-dom.js';

const TALK = 'https://wiki.example/wiki/User_talk:Kim';

export const KIM: Mentor = {
  ...mentorNamed('Kim'),
  gender: 'female',
  editCount: 1234,
  intro: 'I write about rivers.',
  talkUrl: TALK,
  askUrl: 'https://wiki.example/w/index.php?title=User_talk:Kim&action=edit&section=new',
};

/** A newcomer whose mentor is Kim. */
export const MENTORED: Changes = { mentor: KIM };
/** An experienced editor who is invited. */
export const INVITED: Changes = {
  viewer: { name: 'Noor', editCount: 900, registered: null },
  program: {
    enrollUrl: 'https://wiki.example/wiki/Special:EnrollAsMentor',
    dashboardUrl: 'https://wiki.example/wiki/Special:MentorDashboard',
  },
};

const LISTED: ListedMentor[] = ['Olga', 'Zoë', 'José'].map((name) => ({
  name,
  intro: `I am ${name}.`,
  talkUrl: null,
}));

let count = 0;

interface FakeSourceOptions extends Partial<MentorshipActions> {
  snapshot?: Changes;
  /** null: the source has no ID. */
  id?: string | null;
}

export interface FakeSource {
  source: MentorshipSource;
  /** The snapshot of the next load. */
  now: Snapshot;
  /** Writes that reached the source, in order. */
  writes: string[];
  id: string;
}

/** Creates a source that performs every action at once and records it; `options` replaces single actions. */
export function fakeSource({
  snapshot = MENTORED,
  id: given,
  ...options
}: FakeSourceOptions = {}): FakeSource {
  const id = given ?? `fake ${Date.now()} ${count++}`;
  const writes: string[] = [];
  const now = snapshotOf(snapshot);
  const update = <K extends 'viewer'>(key: K, change: Partial<NonNullable<Snapshot[K]>>) => {
    if (now[key]) now[key] = { ...now[key], ...change };
  };
  const actions: MentorshipActions = {
    prepareQuestion: async () => ({
      writable: true,
      copyright: null,
      notifies: true,
      sendsEmail: true,
      emailUrl: null,
    }),
    ask: async (_, { text, onBeforeSend }) => {
      onBeforeSend?.('checkpoint');
      writes.push(`ask ${text}`);
      const url = `${TALK}#${writes.length}`;
      now.questions = [{ text, url, askedAt: null, state: 'waiting' as const }, ...now.questions].slice(0, 3);
      return { url, revision: 4711, firstEdit: false };
    },
    findQuestion: async () => null,
    refreshQuestions: async () => now.questions,
    leave: async (_, { reason }) => {
      writes.push(`leave ${reason}`.trim());
      Object.assign(now, { mentor: null });
      update('viewer', { status: 'opted-out' });
    },
    undoLeave: async (_, { mentor }) => {
      writes.push(`undoLeave ${mentor}`);
      Object.assign(now, { mentor: KIM });
      update('viewer', { status: 'enabled' });
    },
    join: async () => {
      writes.push('join');
      now.mentor ??= KIM;
      update('viewer', { status: 'explicit' });
    },
    getMentors: async () => LISTED,
    getProfiles: async (names) =>
      names.map((name) => ({
        name,
        gender: 'unknown' as const,
        editCount: 77,
        lastActive: null,
        blocked: false,
      })),
    readTalkPage: async () => ({ typicalReplyHours: null, waitingQuestions: null, talkUrl: null }),
    chooseMentor: async (_, { name }) => {
      writes.push(`choose ${name}`);
      now.mentor = mentorNamed(name);
    },
    enroll: async (_, { introduction }) => {
      writes.push(`enroll ${introduction}`.trim());
      update('viewer', { isMentor: true });
    },
    snoozeInvite: async (_, { until }) => {
      writes.push(`snooze ${until}`);
      update('viewer', { inviteSnoozedUntil: until });
    },
    declineInvite: async () => {
      writes.push('decline');
      update('viewer', { inviteDeclined: true });
    },
    restoreInvite: async () => {
      writes.push('restore');
      update('viewer', { inviteDeclined: false, inviteSnoozedUntil: null });
    },
    pause: async (_, { until }) => {
      writes.push(`pause ${until}`);
      update('viewer', { mentoring: { pausedUntil: until, waitingQuestions: null } });
    },
    resume: async () => {
      writes.push('resume');
      update('viewer', { mentoring: { pausedUntil: null, waitingQuestions: null } });
    },
    resign: async () => {
      writes.push('resign');
      update('viewer', { isMentor: false, mentoring: null });
    },
  };
  const source: MentorshipSource = {
    ...(given !== null && { id }),
    load: async () => structuredClone(now),
    loadActions: async () => ({ ...actions, ...options }),
  };
  return { source, now, writes, id };
}

/** Creates an action that completes when the test releases it. */
export function deferred<T>(value: T | (() => T)) {
  let release = () => {};
  const gate = new Promise<void>((resolve) => (release = resolve));
  const act = async () => {
    await gate;
    return value instanceof Function ? value() : value;
  };
  return { act, release };
}

/** Creates an `ask` that calls `onBeforeSend` and then ends as specified. */
export const askEndingWith =
  (end: () => Promise<never> | ReturnType<MentorshipActions['ask']>): MentorshipActions['ask'] =>
  async (_, { onBeforeSend }) => {
    onBeforeSend?.('checkpoint');
    return end();
  };

export const rejectingWith =
  (...error: ConstructorParameters<typeof MentorshipError>) =>
  async (): Promise<never> => {
    throw new MentorshipError(...error);
  };

export const dialogOf = (element: Element) => root(element).querySelector('dialog');
export const isDialogOpen = (element: Element): boolean => dialogOf(element)?.open ?? false;
export const textarea = (element: Element) => find(element, 'dialog textarea') as HTMLTextAreaElement;

export function write(element: Element, text: string): void {
  const field = textarea(element);
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

export async function openAsk(element: MentorshipModule, text?: string): Promise<void> {
  await element.ask(text);
  await until('the dialog', () => isDialogOpen(element));
}

/** Number of callers of `skipPollDelays` that have not ended it. */
let skipping = 0;
let restoreTimers = () => {};

/**
 * Skips the delays between polls, and those of `withPatience`, by advancing the clock instead. Several callers may overlap.
 *
 * @returns a function that ends this
 */
export function skipPollDelays(): () => void {
  if (skipping++ === 0) restoreTimers = replaceTimers();
  return () => {
    if (--skipping === 0) restoreTimers();
  };
}

/** @returns a function that restores timers and clock */
function replaceTimers(): () => void {
  const { setTimeout } = globalThis;
  const { now } = Date;
  let ahead = 0;
  const isPause = (ms: number) => ms > 900 && ms <= 8_000;
  Object.assign(globalThis, {
    setTimeout: (task: () => void, ms = 0, ...params: unknown[]) => {
      if (isPause(ms)) ahead += ms;
      return setTimeout(task, isPause(ms) ? 0 : ms, ...params);
    },
  });
  Date.now = () => now() + ahead;
  return () => {
    Object.assign(globalThis, { setTimeout });
    Date.now = now;
  };
}
