import { type Actor, asSourceError, invalid, knownAs, lengthOf } from './mutations.js';
import * as after from './optimistic-updates.js';
import type { Client } from './client.js';
import { givenUp, inTurn, lookFor } from './concurrency.js';
import type { Snapshot } from './snapshot.js';
import type { AskedQuestion } from './source.js';
import type { CallOptions } from './snapshot-store.js';
import { readCount, readFlag, readRecord, readUrl } from './coerce.js';
import { MentorshipError } from './errors.js';

type Asking = Pick<Client, 'ask' | 'findQuestion'>;

/** A question on its way. */
interface Sending {
  /** null: not sent yet. */
  checkpoint: string | null;
  tell: ((checkpoint: string) => void)[];
  /** From now on, something may be stored. */
  begin: () => void;
}

interface Send {
  pageTitle: string | undefined;
  sending: Sending;
  signal: AbortSignal;
}

/** Asking, and following it up. */
export function asking(actor: Actor): Asking {
  const { loader, world, share, able } = actor;
  const sendings = new Map<string, Sending>();

  const settled = async (
    text: string,
    { asked, before }: { asked: AskedQuestion; before: Snapshot },
    signal: AbortSignal,
  ): Promise<Asked> => {
    const snapshot = await actor.settle(after.asked(text, asked, world.now()), before, signal);
    return { ...asked, snapshot };
  };

  const send = async (text: string, { pageTitle, sending, signal }: Send): Promise<Asked> => {
    const before = await loader.load({ signal });
    const actions = await able('ask');
    const onBeforeSend = (checkpoint: string) => {
      // Two sendings from the same state of the wiki must not be taken for one.
      const own = `${checkpoint} ${Math.random()}`;
      for (const tell of sending.tell) tell(own);
      sending.checkpoint = own;
      sending.begin();
    };
    const asked = await inTurn(
      `mentorship-module ask ${before.viewer?.name ?? ''} ${loader.source.id ?? ''}`,
      async () => parseAsked(await actions.ask(before, { text, pageTitle, onBeforeSend, signal })),
      { locks: world.locks, signal },
    );
    return settled(text, { asked, before }, signal);
  };

  const ask = async (text: string, options: AskOptions = {}): Promise<Asked> => {
    checkQuestion(text);
    const { pageTitle, onBeforeSend, signal } = options;
    if (signal?.aborted) throw givenUp(signal);
    const sending: Sending = sendings.get(text) ?? { checkpoint: null, tell: [], begin: () => {} };
    sendings.set(text, sending);
    if (onBeforeSend && sending.checkpoint !== null) onBeforeSend(sending.checkpoint);
    else if (onBeforeSend) sending.tell.push(onBeforeSend);
    const task = async (shared: AbortSignal, begin: () => void) => {
      sending.begin = begin;
      const forget = () => sendings.get(text) === sending && sendings.delete(text);
      shared.addEventListener('abort', forget);
      try {
        return await send(text, { pageTitle, sending, signal: shared });
      } catch (cause) {
        const error = asSourceError(cause, { outcomeUnknown: sending.checkpoint !== null });
        // The snapshot at hand promises somebody whom there is not.
        if (error.code === 'no-mentor') void loader.refresh().catch(() => {});
        throw error;
      } finally {
        forget();
      }
    };
    return share(`ask ${text}`, task, signal);
  };

  const find = async (text: string, checkpoint: string, signal: AbortSignal): Promise<Asked | null> => {
    try {
      const before = await loader.load({ signal });
      const actions = await able('findQuestion');
      const since = checkpoint.replace(/ \S*$/, '');
      const look = async () => {
        const found = await actions.findQuestion(before, { text, checkpoint: since, signal });
        return found === null ? null : parseAsked(found);
      };
      const asked = await lookFor(look, world, signal);
      return asked && (await settled(text, { asked, before }, signal));
    } catch (cause) {
      // Whoever could not look knows as little as before.
      throw knownAs(asSourceError(cause, { retryable: true }), { outcomeUnknown: true });
    }
  };

  return {
    ask,
    findQuestion: (text, { checkpoint, signal }) => {
      const task = (shared: AbortSignal, begin: () => void) => {
        // Not by looking, but it was sent before.
        begin();
        return find(text, checkpoint, shared);
      };
      return share(`findQuestion ${checkpoint} ${text}`, task, signal);
    },
  };
}

/** Options of `ask`. */
export interface AskOptions extends CallOptions {
  /** Of the page that the question is about. */
  pageTitle?: string | undefined;
  /** Called right before the question is sent; `findQuestion` takes the checkpoint. */
  onBeforeSend?: ((checkpoint: string) => void) | undefined;
}

/** A question that was asked, and what the source said afterwards. */
export type Asked = AskedQuestion & { snapshot: Snapshot };

/** What a source says of what it did is as foreign as a document: see `parseSnapshot`. */
export function parseAsked(data: unknown): AskedQuestion {
  const fields = readRecord(data);
  if (!fields)
    throw new MentorshipError('bad-data', 'Not a question.', {
      cause: { answer: data },
      outcomeUnknown: true,
    });
  return {
    url: readUrl(fields.url),
    revision: readCount(fields.revision),
    firstEdit: readFlag(fields.firstEdit, false),
  };
}

/** In Unicode characters. */
export const LONGEST_QUESTION = 2000;

/** Whether nothing of a text can be seen: white space, controls, joiners, fillers, the empty Braille pattern. */
export const isBlank = (text: string): boolean =>
  !/[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800]/u.test(text);

/** @throws {MentorshipError} `invalid` */
export function checkQuestion(text: string): void {
  if (typeof text !== 'string' || isBlank(text)) throw invalid('The question is blank.');
  if (lengthOf(text) > LONGEST_QUESTION) throw invalid('The question is too long.');
}
