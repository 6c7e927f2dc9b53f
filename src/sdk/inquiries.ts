import { type Actor, asSourceError } from './client-context.js';
import * as after from './optimistic-updates.js';
import type { Client } from './client.js';
import { invalid } from './validation.js';
import { parseListed, parseProfiles, parseTerms } from './parse-answers.js';

type Inquiries = Pick<Client, 'prepareQuestion' | 'refreshQuestions' | 'getMentors' | 'getProfiles'>;

const MOST_PROFILES = 50;

/** What is only read. */
export function inquiries({ loader, share, able, note }: Actor): Inquiries {
  const inquire = <T>(
    key: unknown,
    task: (signal: AbortSignal) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> => {
    const read = async (shared: AbortSignal) => {
      try {
        return await task(shared);
      } catch (cause) {
        throw asSourceError(cause, { retryable: true });
      }
    };
    return share(key, read, signal);
  };

  return {
    prepareQuestion: ({ signal } = {}) =>
      inquire(
        'prepareQuestion',
        async (shared) => {
          const before = await loader.load({ signal: shared });
          const actions = await able('prepareQuestion');
          return parseTerms(await actions.prepareQuestion(before, { signal: shared }));
        },
        signal,
      ),

    refreshQuestions: ({ signal } = {}) =>
      inquire(
        'refreshQuestions',
        async (shared) => {
          const before = await loader.load({ signal: shared });
          const actions = await able('refreshQuestions');
          return note(
            after.questionsFound(await actions.refreshQuestions(before, { signal: shared }), before),
            before,
          );
        },
        signal,
      ),

    getMentors: ({ signal } = {}) =>
      inquire(
        'getMentors',
        async (shared) => {
          const before = await loader.load({ signal: shared });
          const actions = await able('getMentors');
          return parseListed(await actions.getMentors(before, { signal: shared }));
        },
        signal,
      ),

    getProfiles: async (names, { signal } = {}) => {
      if (names.length > MOST_PROFILES) throw invalid('Too many names.');
      return inquire(
        // Each is another inquiry.
        Symbol(),
        async (shared) =>
          parseProfiles(await (await able('getProfiles')).getProfiles([...names], { signal: shared })),
        signal,
      );
    },
  };
}
