import { html, nothing } from 'lit';
import type { Decision } from '../sdk/decide.js';
import type { Messages } from '../i18n/messages.js';
import type { Viewer } from '../sdk/snapshot.js';
import { card, actionButton, actionLink, type CardContext } from './card.js';
import { ownMentor } from './mentor-sentences.js';

export function mentor(
  { viewer, mentor: own, program, pausedUntil }: Extract<Decision, { variant: 'mentor' }>,
  context: CardContext,
) {
  const { messages } = context;
  const { dashboardUrl, homepageUrl } = program;
  // A wiki's dashboard has the actions of mentors.
  const mentoring = dashboardUrl ? null : viewer.mentoring;
  const until = mentoring && pausedUntil;
  const talkUrl = viewer.talkPage?.talkUrl ?? null;
  const { waitingQuestions = null } = viewer.talkPage ?? viewer.mentoring ?? {};
  const waiting = waitingQuestions ? messages.t('mentor-waiting', waitingQuestions) : null;
  return card(context, {
    heading: messages.t('mentor-heading'),
    body: html`
      <p>
        ${until ? pause(until, viewer, messages) : messages.t(dashboardUrl ? 'mentor-about-dashboard' : 'mentor-about-talk')}
      </p>
      ${waiting ? html` <p class="detail">${talkUrl ? actionLink('link', talkUrl, waiting, 'plain') : waiting}</p> ` : nothing}
    `,
    actions: [
      actionLink('link', dashboardUrl, messages.t('dashboard'), 'primary'),
      until ? actionButton(context, 'resume', null, messages.t('resume'), 'primary') : nothing,
      mentoring && !until ? actionButton(context, 'pause', null, messages.t('pause'), 'button') : nothing,
    ],
    more: own
      ? html`
          <p class="quiet">
            <span>${ownMentor(own, messages)}</span>
            ${actionButton(context, 'leave', homepageUrl, messages.t('leave'))}
          </p>
        `
      : nothing,
    links: [mentoring ? actionButton(context, 'resign', null, messages.t('resign')) : nothing],
  });
}

/** Tells of the break; without a known end, in the words that the mentor’s mentees read. */
const pause = (until: string, viewer: Viewer, messages: Messages) =>
  until === 'unknown' ? messages.rich('away', viewer) : messages.t('mentor-paused', messages.day(until));
