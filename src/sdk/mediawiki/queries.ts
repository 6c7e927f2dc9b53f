import { MentorshipError } from '../errors.js';
import { type OutsideRecord, readAt, readFields, readWord } from '../coerce.js';

/** Set by this SDK on every wiki: viewers who asked for a mentor on purpose, and viewers who want no invitation. */
export const EXPLICIT_OPTION = 'userjs-mentorship-module-explicit';
export const DECLINED_OPTION = 'userjs-mentorship-module-invite';

export interface Account {
  /** As `meta=userinfo` says it. */
  user: OutsideRecord;
  options: OutsideRecord;
  /** What a snapshot's viewer has on any MediaWiki. */
  viewer: OutsideRecord;
}

/** Who asks, in a batched answer; null: signed out. */
export function accountIn(answer: OutsideRecord): Account | null {
  const user = readAt(answer, 'query', 'userinfo');
  if (!user) throw new MentorshipError('bad-data', 'No viewer in the answer.', { cause: { answer } });
  if (user.anon === true) return null;
  const options = readFields(user.options);
  return {
    user,
    options,
    viewer: {
      name: user.name,
      id: user.id,
      gender: options.gender,
      registered: user.registrationdate,
      editCount: user.editcount,
      temporary: user.temp === true,
      blocked: isBlockedForGood(user),
      inviteDeclined: Boolean(options[DECLINED_OPTION]),
      email: emailOf(user),
    },
  };
}

/** On the whole site, and without expiry. */
export const isBlockedForGood = ({ blockpartial, blockexpiry }: OutsideRecord): boolean =>
  blockpartial === false && /^infini/.test(readWord(blockexpiry));

function emailOf({ email, emailauthenticated }: OutsideRecord): string | null {
  if (typeof email !== 'string') return null;
  if (email === '') return 'none';
  return emailauthenticated ? 'confirmed' : 'unconfirmed';
}
