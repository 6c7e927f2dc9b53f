import { ApiError, type Call } from './call.ts';
import { awayUntil, isMentor, isProgramOn, menteeStatus, mentors } from './mentorship.ts';
import type { QueryPart } from './query.ts';
import { rawSettings, readJson } from './settings.ts';

/** Errors of the extension for viewers without permission. */
export const permissionDenied = () => new ApiError('permissiondenied-generic', 'Permission denied.');

/** list=growthmentorlist: an object by user ID, or an empty array without mentors or with the program disabled. */
export function growthMentorList({ wiki }: Call): QueryPart {
  const list = isProgramOn(wiki) ? mentors(wiki) : [];
  const entries = list.map(
    ({ id, message, weight, username }) => [id, { message, weight, username }] as const,
  );
  return { top: { growthmentorlist: entries.length > 0 ? Object.fromEntries(entries) : [] } };
}

/** list=growthmentormentee: all mentees of a mentor. */
export function growthMentorMentee(call: Call): QueryPart {
  const given = call.required('gemmmentor');
  const mentor = call.wiki.user(given)?.name ?? given;
  const mentees = [...call.wiki.users.values()]
    .filter((user) => user.mentor === mentor)
    .sort((a, b) => a.id - b.id)
    .map(({ name, id }) => ({ name, id }));
  return { top: { growthmentormentee: { mentor, mentees } } };
}

/** meta=growthmenteestatus. */
export function growthMenteeStatus({ viewer }: Call): QueryPart {
  if (viewer.kind !== 'named') throw permissionDenied();
  return { top: { growthmenteestatus: { menteestatus: menteeStatus(viewer) } } };
}

/** meta=growthmentorstatus. */
export function growthMentorStatus({ wiki, viewer }: Call): QueryPart {
  if (!isMentor(wiki, viewer)) throw permissionDenied();
  return { top: { growthmentorstatus: { mentorstatus: awayUntil(wiki, viewer) ? 'away' : 'active' } } };
}

const homepageSettings = {
  GEHomepageSuggestedEditsIntroLinks: { create: '', image: '' },
  GELevelingUpGetStartedMaxTotalEdits: 10,
  GELevelingUpKeepGoingNotificationThresholds: 4,
};

/** meta=communityconfiguration. */
export function communityConfiguration(call: Call): QueryPart {
  const provider = call.oneOf('ccrprovider', ['GrowthHomepage', 'GrowthMentorList', 'Mentorship']);
  const data = {
    GrowthHomepage: () => homepageSettings,
    GrowthMentorList: () => readJson(call.wiki, call.wiki.software.mentorsPage) ?? { Mentors: {} },
    Mentorship: () => rawSettings(call.wiki),
  }[provider]();
  return { top: { communityconfiguration: { data } } };
}
