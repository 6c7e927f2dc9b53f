import {
  flag,
  lengthOf,
  readFields,
  type Readers,
  textUpTo,
  toHttpUrl,
  toInteger,
  toRecord,
} from './coerce.js';
import { poll, withLock } from './concurrency.js';
import { abortError, MentorshipError, withOutcome } from './errors.js';
import { type ClientContext, invalidError, toSourceError } from './mutations.js';
import { afterAsk } from './optimistic-updates.js';
import type { Snapshot } from './snapshot.js';
import type { CallOptions } from './snapshot-store.js';
import type { AskedQuestion } from './source.js';

/** Options of `ask`. */
export interface AskOptions extends CallOptions {
  /** Title of the page that the question is about. Ignored if a wiki page cannot have it. */
  pageTitle?: string | undefined;
  /** Called right before the question is sent, with the checkpoint for `findQuestion`. */
  onBeforeSend?: ((checkpoint: string) => void) | undefined;
}

/** A published question, and the snapshot that was loaded afterwards. */
export type Asked = AskedQuestion & { snapshot: Snapshot };

/** Pending question, shared by all concurrent callers with the same text. */
interface PendingQuestion {
  /** Argument of `onBeforeSend`; null: not sent yet. */
  checkpoint: string | null;
  listeners: ((checkpoint: string) => void)[];
  markOutcomeUnknown: () => void;
}

/** Creates the client's methods that ask a question and look for one whose outcome is unknown. @internal */
export function createAsk({ store, runtime, dedupe, requireAction, commit }: ClientContext) {
  const pendingQuestions = new Map<string, PendingQuestion>();

  const commitQuestion = async (
    text: string,
    { asked, before }: { asked: AskedQuestion; before: Snapshot },
    signal: AbortSignal,
  ): Promise<Asked> => {
    const snapshot = await commit(afterAsk(text, asked, runtime.now()), before, signal);
    return { ...asked, snapshot };
  };

  const send = async (
    text: string,
    { pageTitle, pending, signal }: { pageTitle?: string; pending: PendingQuestion; signal: AbortSignal },
  ): Promise<Asked> => {
    const before = await store.load({ signal });
    const actions = await requireAction('ask');
    const onBeforeSend = (checkpoint: string) => {
      // Adds a random suffix, because two questions may have the same revision as their checkpoint.
      const clientCheckpoint = `${checkpoint} ${Math.random()}`;
      for (const listener of pending.listeners) listener(clientCheckpoint);
      pending.checkpoint = clientCheckpoint;
      pending.markOutcomeUnknown();
    };
    const asked = await withLock(
      `mentorship-module ask ${before.viewer?.name ?? ''} ${store.source.id ?? ''}`,
      async () => toAskedQuestion(await actions.ask(before, { text, pageTitle, onBeforeSend, signal })),
      { locks: runtime.locks, signal },
    );
    return commitQuestion(text, { asked, before }, signal);
  };

  const ask = async (text: string, options: AskOptions = {}): Promise<Asked> => {
    checkQuestion(text);
    const { onBeforeSend, signal } = options;
    const pageTitle = toPageTitle(options.pageTitle);
    if (signal?.aborted) throw abortError(signal);
    const pending = pendingQuestions.get(text) ?? {
      checkpoint: null,
      listeners: [],
      markOutcomeUnknown: () => {},
    };
    pendingQuestions.set(text, pending);
    if (onBeforeSend && pending.checkpoint !== null) onBeforeSend(pending.checkpoint);
    else if (onBeforeSend) pending.listeners.push(onBeforeSend);
    const task = async (shared: AbortSignal, markOutcomeUnknown: () => void) => {
      pending.markOutcomeUnknown = markOutcomeUnknown;
      const forget = () => pendingQuestions.get(text) === pending && pendingQuestions.delete(text);
      shared.addEventListener('abort', forget);
      try {
        return await send(text, { ...(pageTitle !== null && { pageTitle }), pending, signal: shared });
      } catch (cause) {
        const error = toSourceError(cause, { outcomeUnknown: pending.checkpoint !== null });
        // The cached snapshot is stale, because the mentor has changed.
        if (error.code === 'no-mentor') await store.refresh({ signal: shared }).catch(() => {});
        throw error;
      } finally {
        forget();
      }
    };
    return dedupe(`ask ${text}`, task, signal);
  };

  const find = async (text: string, checkpoint: string, signal: AbortSignal): Promise<Asked | null> => {
    try {
      const before = await store.load({ signal });
      const actions = await requireAction('findQuestion');
      const sourceCheckpoint = checkpoint.replace(/ \S*$/, '');
      const findOnce = async () => {
        const found = await actions.findQuestion(before, { text, checkpoint: sourceCheckpoint, signal });
        return found === null ? null : toAskedQuestion(found);
      };
      const asked = await poll(findOnce, runtime, signal);
      return asked && (await commitQuestion(text, { asked, before }, signal));
    } catch (cause) {
      // The lookup failed, so the outcome is still unknown.
      throw withOutcome(toSourceError(cause, { retryable: true }), { outcomeUnknown: true });
    }
  };

  return {
    ask,
    findQuestion: (text: string, { checkpoint, signal }: CallOptions & { checkpoint: string }) => {
      const task = (shared: AbortSignal, markOutcomeUnknown: () => void) => {
        // The question was sent before, so an abort leaves its outcome unknown.
        markOutcomeUnknown();
        return find(text, checkpoint, shared);
      };
      return dedupe(`findQuestion ${checkpoint} ${text}`, task, signal);
    },
  };
}

/** Maximum length of a question, in Unicode characters. */
export const LONGEST_QUESTION = 2_000;

/** Returns true if a text has no visible character: only white space, controls, joiners, fillers or empty Braille. */
export const isBlank = (text: string): boolean =>
  !/[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800]/u.test(text);

/** Maximum length of a page's title, in bytes of UTF-8. */
const LONGEST_TITLE = 255;

/** Matches a title that MediaWiki refuses: markup, encoded characters, a signature, a relative path, or nothing. */
const INVALID_TITLE =
  /[[\]{}|#<>\p{Cc}\p{Cs}\uFFFD]|~{3}|%[\da-f]{2}|&[\da-z\x80-\u{10FFFF}]+;|(?:^|\/)\.\.?(?:\/|$)|^:|^$/iu;

/** Returns the title in MediaWiki's form, such as “Help:Links” for “:Help:Links_”; null: it is not a title of a page. */
export function toPageTitle(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const title = value
    // MediaWiki removes these marks, because they are invisible and change the direction of the text.
    .replace(/[\u200E\u200F\u202A-\u202E]/g, '')
    .replace(/[_\p{Z}]+/gu, ' ')
    .trim()
    .replace(/^: ?/, '');
  const isTooLong = new TextEncoder().encode(title).length > LONGEST_TITLE;
  return isTooLong || INVALID_TITLE.test(title) ? null : title;
}

/** @throws {MentorshipError} `invalid` if the question is blank or too long */
function checkQuestion(text: string): void {
  if (typeof text !== 'string' || isBlank(text)) throw invalidError('The question is blank.');
  if (lengthOf(text) > LONGEST_QUESTION)
    throw invalidError(`The question is longer than ${LONGEST_QUESTION} characters.`);
}

const ASKED_QUESTION: Readers<Required<AskedQuestion>> = {
  url: toHttpUrl,
  revision: toInteger,
  firstEdit: flag(false),
  recipient: textUpTo(255),
  duplicateUrl: toHttpUrl,
};

/** Validates the result, because the source may be the host's own. */
function toAskedQuestion(data: unknown): AskedQuestion {
  const fields = toRecord(data);
  if (!fields)
    throw new MentorshipError('bad-data', 'The source’s action returned no question object.', {
      cause: { answer: data },
      outcomeUnknown: true,
    });
  return readFields(ASKED_QUESTION, fields);
}
