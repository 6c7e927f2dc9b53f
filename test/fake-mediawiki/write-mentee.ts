import { rights } from './access.ts';
import { refuseBlocked } from './blocks.ts';
import { ApiError, type Call } from './call.ts';
import { assignMentor, isProgramOn, menteeStatus, mentors, setMenteeStatus } from './mentorship.ts';
import { permissionDenied } from './query-growth.ts';

type Body = Record<string, unknown>;

/** action=growthsetmenteestatus: leaves or rejoins mentorship. */
export function setMenteeState(call: Call): () => Body {
  const { wiki, viewer } = call;
  const state = call.oneOf('state', ['disabled', 'enabled', 'optout']);
  return () => {
    if (viewer.kind !== 'named' || !isProgramOn(wiki)) throw permissionDenied();
    if (menteeStatus(viewer) === state) {
      // The extension has no text for this error, so the wiki shows the message key.
      const code = 'growthexperiments-setmenteestatus-no-change';
      throw new ApiError(code, `⧼apierror-${code}⧽`);
    }
    setMenteeStatus(wiki, viewer, state);
    return { growthsetmenteestatus: { status: 'ok' } };
  };
}

/** action=growthsetmentor: a mentee chooses a mentor, or a mentor claims a mentee. */
export function setMentor(call: Call): () => Body {
  const { wiki, viewer } = call;
  const mentee = wiki.user(call.required('mentee'));
  const mentor = wiki.user(call.required('mentor'));
  const reason = call.get('reason') ?? '';
  return () => {
    refuseBlocked(wiki, viewer);
    const isListed = mentors(wiki).some(({ id }) => id === mentor?.id);
    const may = (viewer === mentee || viewer === mentor) && isListed && viewer.kind === 'named';
    if (!mentee || !mentor || !(may || rights(wiki, viewer).includes('setmentor'))) {
      throw new ApiError('permissiondenied', "You don't have permission to set user's mentor.");
    }
    const prefix = 'growthexperiments-homepage-claimmentee';
    if (menteeStatus(mentee) === 'optout') {
      throw new ApiError(`${prefix}-opt-out`, `${mentee.name} opted out of mentorship`);
    }
    if (mentee.mentor === mentor.name) {
      throw new ApiError(`${prefix}-already-mentor`, `You already mentor ${mentee.name}`);
    }
    const previous = assignMentor(wiki, { mentee, mentor, by: viewer, reason });
    const status = {
      status: 'ok',
      mentee: mentee.name,
      newMentor: mentor.name,
      oldMentor: previous ?? false,
    };
    return { growthsetmentor: status };
  };
}
