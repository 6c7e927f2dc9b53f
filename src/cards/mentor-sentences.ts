import type { Messages } from '../i18n/messages.js';
import type { Mentor } from '../sdk/snapshot.js';

/** Says who the viewer's mentor is, or that this mentor is one no longer. */
export const ownMentor = (mentor: Mentor, messages: Messages): unknown[] =>
  messages.rich(mentor.retired ? 'no-longer-mentor' : 'own-mentor', mentor);

/** Says that the mentor is away, and until when if that is known. */
export function absence(mentor: Mentor, messages: Messages): unknown[] {
  const until = mentor.away?.until;
  return until ? messages.rich('away-until', mentor, messages.day(until)) : messages.rich('away', mentor);
}
