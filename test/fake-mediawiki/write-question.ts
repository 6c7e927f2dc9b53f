import { ApiError, type Call } from './call.ts';
import { refusalOf } from './edit-rules.ts';
import { drawMentor, effectiveMentor, menteeStatus } from './mentorship.ts';
import { ask, questionTags } from './questions.ts';
import type { User, WikiState } from './state.ts';
import { parseTitle, talkPage } from './titles.ts';

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

// The extension uses the whole text of the refusal, including markup, as the error code.
function refuse(wiki: WikiState, asker: User, answerer: User): void {
  const refusal = refusalOf(wiki, asker, talkPage(answerer.name));
  if (refusal) throw new ApiError(refusal.markup.replace(/[^\w-]/g, '_'), `⧼${refusal.markup}⧽`);
}

function uncaught(errorclass: string, what: string): ApiError {
  const info = `[000000000000000000000000] Exception caught: ${what}`;
  return new ApiError(`internal_api_error_${errorclass}`, info, { data: { errorclass } });
}

const noMentor = (why: string) => uncaught('GrowthExperiments\\WikiConfigException', `Mentorship: ${why}`);

// Assigns a mentor to an asker who has none.
function answererFor(wiki: WikiState, asker: User): User {
  if (menteeStatus(asker) === 'optout') throw noMentor('Mentee opted out');
  asker.mentor ??= drawMentor(wiki, asker);
  const mentor = asker.mentor === null ? undefined : wiki.user(asker.mentor);
  if (!mentor) throw noMentor('No mentor available');
  return effectiveMentor(wiki, asker, mentor);
}

/** action=helppanelquestionposter: asks the mentor. Accepts blank and repeated texts, as the real wiki does. */
export function askMentor(call: Call): () => Record<string, unknown> {
  const { wiki, viewer } = call;
  const text = readBody(call);
  // The other sources would post to a help desk, which this wiki does not have.
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
    const model = wiki.contentModel(talkPage(answerer.name));
    if (model !== 'wikitext') throw uncaught('RuntimeException', `Content model ${model} is not supported.`);
    refuse(wiki, viewer, answerer);
    const question = { text: text.trim(), about: about?.text ?? null, tag: questionTags[source] };
    const { revision, url } = ask(wiki, { asker: viewer, answerer, ...question });
    const posted = { revision: revision.id, isfirstedit: isFirst ? 1 : 0, viewquestionurl: url, source };
    return { helppanelquestionposter: { result: 'success', ...posted } };
  };
}
