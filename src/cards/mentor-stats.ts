import { html, nothing } from 'lit';
import type { Messages } from '../i18n/messages.js';
import type { Mentor } from '../sdk/snapshot.js';

type MentorFigures = Pick<Mentor, 'name' | 'gender' | 'editCount' | 'lastActive'>;

/** Renders a mentor's edit count and last activity. Omits unknown values. */
export const mentorStats = (mentor: MentorFigures, messages: Messages) => {
  const { editCount, lastActive } = mentor;
  return html`
    ${editCount === null ? nothing : html` <span>${messages.t('mentor-edits', editCount)}</span> `}
    ${lastActive ? html` <span>${activity(mentor, messages.daysSince(lastActive), messages)}</span> ` : nothing}
  `;
};

function activity(mentor: MentorFigures, days: number, messages: Messages): string {
  if (days === 0) return messages.t('active-today', mentor);
  return days === 1 ? messages.t('active-yesterday', mentor) : messages.t('active-days-ago', mentor, days);
}
