import { activeBlock } from './blocks.ts';
import { ApiError, type Call } from './call.ts';
import { drawMentor, effectiveMentor, menteeStatus } from './mentorship.ts';
import { ask } from './questions.ts';
import type { User, WikiState } from './state.ts';
import { parseTitle } from './titles.ts';

const maxchars = 2000;

function readBody(call: Call): string {
  const body = call.required('body');
  const length = Array.from(body).length;
  if (length > maxchars) {
    const limit = `cannot be longer than ${maxchars.toLocaleString('en')} characters`;
    const info = `The value for parameter "body" ${limit} (was ${length.toLocaleString('en')}).`;
    throw new ApiError('maxchars', info, { data: { maxbytes: null, maxchars } });
  }
  return body;
}

// The extension takes the whole text of the refusal, markup and all, for a code.
function refuseBlocked(wiki: WikiState, viewer: User): void {
  const block = activeBlock(wiki, viewer);
  if (!block) return;
  const sentence = block.partial ? 'is blocked from doing this.' : 'has been blocked.';
  const text = `<p><strong>Your username or IP address ${sentence}`;
  throw new ApiError(text.replace(/[^\w-]/g, '_'), `⧼${text}⧽`);
}

const uncaught = (what: string) => {
  const errorclass = 'GrowthExperiments\\WikiConfigException';
  const info = `[000000000000000000000000] Exception caught: Mentorship: ${what}`;
  return new ApiError(`internal_api_error_${errorclass}`, info, { data: { errorclass } });
};

// Whoever has no mentor gets one by asking.
function answererFor(wiki: WikiState, asker: User): User {
  if (menteeStatus(asker) === 'optout') throw uncaught('Mentee opted out');
  asker.mentor ??= drawMentor(wiki, asker);
  const mentor = asker.mentor === null ? undefined : wiki.user(asker.mentor);
  if (!mentor) throw uncaught('No mentor available');
  return effectiveMentor(wiki, asker, mentor);
}

/** action=helppanelquestionposter: asks the mentor. Blank text and repetitions are taken, as on the real wiki. */
export function askMentor(call: Call): () => Record<string, unknown> {
  const { wiki, viewer } = call;
  const text = readBody(call);
  // There is no help desk here, to which the other sources would post.
  const source = call.oneOf('source', ['mentor-helppanel', 'mentor-homepage']);
  const relevant = call.get('relevanttitle');
  return () => {
    if (viewer.kind !== 'named') {
      throw new ApiError('notloggedin', 'You must be logged in to ask a question.');
    }
    const about = relevant === null ? null : parseTitle(relevant);
    if (relevant !== null && about === null) {
      throw new ApiError('growthexperiments-help-panel-questionposter-invalid-title', 'Invalid title.');
    }
    const isFirst = viewer.editCount === 0;
    const answerer = answererFor(wiki, viewer);
    refuseBlocked(wiki, viewer);
    const { revision, url } = ask(wiki, { asker: viewer, answerer, text, about: about?.text ?? null });
    const posted = { revision: revision.id, isfirstedit: isFirst ? 1 : 0, viewquestionurl: url, source };
    return { helppanelquestionposter: { result: 'success', ...posted } };
  };
}
