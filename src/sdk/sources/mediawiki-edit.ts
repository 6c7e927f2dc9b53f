import { isMentorshipError, MentorshipError } from '../errors.js';
import { invalid } from '../validation.js';
import {
  type OutsideRecord,
  readAt,
  readFields,
  readList,
  readRecord,
  readText,
  readWord,
} from '../coerce.js';
import { plainWords } from '../mediawiki/api-errors.js';
import type { Ready, Session } from '../mediawiki/session.js';

/** Edits a page. `blocked`, `refused` and so on where the wiki says so; not repeated but after `badtoken`. */
export async function edit(
  { write }: Session,
  ready: Ready,
  fields: Readonly<Record<string, string>>,
): Promise<OutsideRecord> {
  const answer = await write(ready, {
    params: { action: 'edit', ...fields },
    done: (said) => typeof readAt(said, 'edit')?.result === 'string',
  });
  const result = readFields(answer.edit);
  if (result.result === 'Success') return result;
  // Filters and captchas answer so: nothing was saved.
  const wikiMessage = plainWords(readWord(result.warning) || readWord(result.info));
  throw new MentorshipError('refused', `The wiki says ${readWord(result.result)}.`, {
    cause: { code: readText(result.code, 80) ?? (result.captcha ? 'captcha' : 'failure'), answer: result },
    wikiMessage,
  });
}

/** The wiki's own code of a refusal; null: it is none. */
export function wikiCodeOf(error: unknown): string | null {
  const code = isMentorshipError(error) ? readRecord(error.cause)?.code : null;
  return typeof code === 'string' ? code : null;
}

/** In front, it separates in place of “|”, which values may have. */
const SEPARATOR = '\u001F';

/** Changes several of the viewer's options at once; null: back to nothing. */
export async function setOptions(
  { write }: Session,
  ready: Ready,
  options: Readonly<Record<string, string | null>>,
): Promise<void> {
  // Names come from pages that anybody edits: none may go on as another option.
  if (Object.values(options).some((value) => value?.includes(SEPARATOR)))
    throw invalid('An option has a control character.');
  const answer = await write(ready, {
    params: {
      action: 'options',
      change: Object.entries(options)
        .map(([name, value]) => `${SEPARATOR}${name}${value === null ? '' : `=${value}`}`)
        .join(''),
    },
    done: (said) => said.options === 'success',
  });
  // What the wiki does not store, it calls a success with a warning.
  const refused = readList(answer.warnings)
    .map(readFields)
    .find(({ code }) => code === 'validationfailed');
  if (refused)
    throw new MentorshipError('refused', 'The wiki did not store an option.', {
      cause: { code: 'validationfailed', text: readWord(refused.text) },
      wikiMessage: plainWords(readWord(refused.text)),
    });
}
