import { rights } from './access.ts';
import { refuseBlocked } from './blocks.ts';
import { ApiError, split, type Call } from './call.ts';
import { assignMentor, isProgrammeOn, menteeStatus, mentors, setMenteeStatus } from './mentorship.ts';
import { isOption, setOption } from './options.ts';
import { permissionDenied } from './query-growth.ts';

type Body = Record<string, unknown>;

/** action=growthsetmenteestatus: to leave, or to come back. */
export function setMenteeState(call: Call): () => Body {
  const { wiki, viewer } = call;
  const state = call.oneOf('state', ['disabled', 'enabled', 'optout']);
  return () => {
    if (viewer.kind !== 'named' || !isProgrammeOn(wiki)) throw permissionDenied();
    if (menteeStatus(viewer) === state) {
      // The extension's text for this error does not exist: the wiki shows the name of the message.
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

function changesOf(call: Call): (readonly [name: string, value: string | null])[] {
  const changes = split(call.get('change') ?? '').map((change) => {
    const [name = '', ...value] = change.split('=');
    return [name, value.length > 0 ? value.join('=') : null] as const;
  });
  const name = call.get('optionname');
  return name === null ? changes : [...changes, [name, call.get('optionvalue')]];
}

/** action=options: changes preferences; one without a value goes back to its default. */
export function changeOptions(call: Call): () => Body {
  const changes = changesOf(call);
  return () => {
    if (call.viewer.kind !== 'named') {
      throw new ApiError('notloggedin', 'You must be logged in to change preferences.');
    }
    if (changes.length === 0) throw new ApiError('nochanges', 'No changes were requested.');
    for (const [name, value] of changes) {
      if (isOption(name)) {
        setOption(call.viewer, name, value);
      } else {
        const text = `Validation error for "${name}": not a valid preference.`;
        call.warnings.push({ module: 'options', code: 'validationfailed', text });
      }
    }
    return { options: 'success' };
  };
}
