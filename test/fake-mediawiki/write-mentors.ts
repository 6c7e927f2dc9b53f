import { rights } from './access.ts';
import { refuseBlocked } from './blocks.ts';
import { ApiError, type Call } from './call.ts';
import {
  awayOption,
  awayUntil,
  introMaximum,
  mentors,
  mentorsText,
  type ListedMentor,
} from './mentorship.ts';
import { setOption } from './options.ts';
import type { User, WikiState } from './state.ts';
import { compact, iso, longDate } from './times.ts';

type Change = (wiki: WikiState, call: Call, user: User) => ListedMentor;

const averageWeight = 2;

function checkedMessage(call: Call, user: User): string | null {
  const message = call.get('message');
  if (message !== null && Array.from(message).length > introMaximum) {
    const info = `Introduction message is too long (affected user ID: ${user.id}). Maximum length is ${introMaximum}.`;
    throw new ApiError('growthexperiments-mentor-writer-error-message-too-long', info);
  }
  return message === '' ? null : message;
}

const weightOf = (call: Call, fallback: number) =>
  call.has('weight') ? Number(call.oneOf('weight', ['0', '1', '2', '4'])) : fallback;

function listed(wiki: WikiState, user: User): ListedMentor {
  const mentor = mentors(wiki).find(({ id }) => id === user.id);
  if (mentor) return mentor;
  const info = `Mentor ${user.name} was not found in the mentor list`;
  throw new ApiError('growthexperiments-mentor-writer-error-not-in-the-list', info);
}

const save = (wiki: WikiState, by: User, list: readonly ListedMentor[]) =>
  wiki.edit(by, { page: wiki.software.mentorsPage, text: mentorsText(list) });

const add: Change = (wiki, call, user) => {
  const message = checkedMessage(call, user);
  const list = mentors(wiki);
  if (list.some(({ id }) => id === user.id)) {
    const info = `Mentor ${user.name} was already added to the mentor list`;
    throw new ApiError('growthexperiments-mentor-writer-error-already-added', info);
  }
  const mentor = { id: user.id, username: user.name, message, weight: weightOf(call, averageWeight) };
  save(wiki, call.viewer, [...list, mentor]);
  return mentor;
};

function changeAway(call: Call, user: User): void {
  if (!call.has('isaway')) return;
  const until = call.get('awaytimestamp');
  if (until === null) {
    throw new ApiError('away-timestamp', 'If isaway is true, then awaytimestamp must be provided.');
  }
  setOption(user, awayOption, compact(iso(new Date(until))));
}

const change: Change = (wiki, call, user) => {
  const before = listed(wiki, user);
  changeAway(call, user);
  const message = call.has('message') ? checkedMessage(call, user) : before.message;
  const after = { ...before, message, weight: weightOf(call, before.weight) };
  save(
    wiki,
    call.viewer,
    mentors(wiki).map((mentor) => (mentor.id === user.id ? after : mentor)),
  );
  return after;
};

// A mentor who leaves the list keeps the existing mentees.
const remove: Change = (wiki, call, user) => {
  const before = listed(wiki, user);
  save(
    wiki,
    call.viewer,
    mentors(wiki).filter(({ id }) => id !== user.id),
  );
  return before;
};

const changes = { add, change, remove } as const;

/** action=growthmanagementorlist: adds, changes or removes a mentor. */
export function manageMentorList(call: Call): () => Record<string, unknown> {
  const { wiki, viewer } = call;
  const action = call.oneOf('geaction', ['add', 'change', 'remove']);
  const name = call.get('username');
  return () => {
    refuseBlocked(wiki, viewer);
    const user = name === null ? viewer : wiki.user(name);
    const right = user === viewer ? 'enrollasmentor' : 'managementors';
    if (!user || !rights(wiki, viewer).some((own) => own === right || own === 'managementors')) {
      throw new ApiError('permissiondenied', "You don't have permission to enroll as a mentor.");
    }
    const { message, weight } = changes[action](wiki, call, user);
    const until = awayUntil(wiki, user);
    const mentor = {
      message,
      weight,
      awayTimestamp: until && compact(iso(until)),
      awayTimestampHuman: until && longDate(until),
      automaticallyAssigned: weight > 0,
    };
    return { growthmanagementorlist: { status: 'ok', mentor } };
  };
}
