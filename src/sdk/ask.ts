import { type Actor, asSourceError, knownAs } from './client-context.js';
import * as after from './optimistic-updates.js';
import type { Asked, AskOptions, Client } from './client.js';
import { checkQuestion } from './validation.js';
import { lookFor } from './looks.js';
import { parseAsked } from './parse-answers.js';
import { givenUp, inTurn } from './concurrency.js';
import type { Snapshot } from './snapshot.js';
import type { AskedQuestion } from './sources/actions.js';

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
