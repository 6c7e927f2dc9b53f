import { MentorshipError } from '../sdk/errors.js';

/** Resolves with the default export of a chunk, or with null where there is no such chunk. */
export const importDefault = async (
  load: (() => Promise<{ default: unknown }>) | undefined,
  name: string,
): Promise<unknown> => (load ? (await importChunk(load, name)).default : null);

/** Rejects with a `MentorshipError` where a chunk cannot be fetched. */
export async function importChunk<T>(load: () => Promise<T>, name: string): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    const message = `The script of “${name}” could not be loaded.`;
    throw new MentorshipError('network', message, { cause, retryable: true });
  }
}
