import { isMentorshipError, MentorshipError } from '../errors.js';

/**
 * The header that a host's access token makes. Nothing was sent before, so that no failure is `outcomeUnknown`.
 *
 * @param signal - ends the wait for a host that does not answer
 * @throws {MentorshipError} `session`
 */
export async function bearer(
  token: () => string | Promise<string>,
  signal: AbortSignal,
): Promise<{ Authorization: string }> {
  let giveUp = () => {};
  const gaveUp = new Promise<never>((_, reject) => {
    giveUp = () => reject(new MentorshipError('session', 'The host gave no token in time.'));
    signal.addEventListener('abort', giveUp);
  });
  try {
    return { Authorization: `Bearer ${await Promise.race([token(), gaveUp])}` };
  } catch (cause) {
    throw isMentorshipError(cause)
      ? cause
      : new MentorshipError('session', 'The host gave no token.', { cause });
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}
