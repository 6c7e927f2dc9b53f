import { html, nothing } from 'lit';
import type { Messages } from '../i18n/messages.js';
import type { Mentor } from '../sdk/snapshot.js';

type MentorFigures = Pick<Mentor, 'name' | 'gender' | 'editCount' | 'lastActive' | 'typicalReplyHours'>;

/** Number of days after which an inactive mentor is not expected to answer as usual. */
const INACTIVE_DAYS = 30;

/** Renders a mentor's edit count, last activity and typical reply time. Omits unknown values. */
export const mentorStats = (mentor: MentorFigures, messages: Messages) => {
  const { editCount, lastActive, typicalReplyHours: hours } = mentor;
  const days = lastActive ? messages.daysSince(lastActive) : null;
  return html`
    ${editCount === null ? nothing : html` <span>${messages.t('mentor-edits', editCount)}</span> `}
    ${days === null ? nothing : html` <span>${activity(mentor, days, messages)}</span> `}
    ${
      hours === null || (days ?? 0) > INACTIVE_DAYS
        ? nothing
        : html` <span>${messages.t('reply-days', mentor, Math.max(1, Math.ceil(hours / 24)))}</span> `
    }
  `;
};

function activity(mentor: MentorFigures, days: number, messages: Messages): string {
  if (days === 0) return messages.t('active-today', mentor);
  return days === 1 ? messages.t('active-yesterday', mentor) : messages.t('active-days-ago', mentor, days);
}
