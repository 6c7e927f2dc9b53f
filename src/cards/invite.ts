import { html, nothing } from 'lit';
import { heart } from '../generated/card-icons.js';
import type { Messages } from '../i18n/messages.js';
import type { Decision } from '../sdk/decide.js';
import { card, actionButton, actionLink, type CardContext } from './card.js';
import { absence, ownMentor } from './mentor-sentences.js';

type Invite = Extract<Decision, { variant: 'invite' }>;

export function invite(decision: Invite, context: CardContext) {
  const { mentor, program, canGetMentor } = decision;
  const { messages } = context;
  const why = figures(decision, messages);
  const asked = minimums(decision, messages);
  return card(context, {
    heading: messages.t('invite-heading'),
    body: html`
      <div class="compact">
        <p class="detail">${heart} ${messages.t('invite-mentors')}</p>
        ${why ? html` <p>${why}</p> ` : nothing}
        <p class="detail">
          ${messages.sentences(
            asked || nothing,
            actionLink('about', program.learnMoreUrl, messages.t('learn-more'), asked ? '' : 'plain'),
          )}
        </p>
      </div>
    `,
    actions: [
      actionButton(context, 'enroll', program.enrollUrl, messages.t('become-mentor'), 'primary'),
      actionButton(context, 'snooze', null, messages.t('not-now'), 'quiet-button'),
    ],
    more: mentor ? mentorship(decision, context) : nothing,
    menu: [
      mentor || canGetMentor
        ? actionButton(
            context,
            'join',
            program.homepageUrl,
            messages.t(mentor ? 'mentor-keep' : 'mentor-instead'),
          )
        : nothing,
      actionLink('link', program.helpDeskUrl, messages.t('help-desk')),
    ],
  });
}

/** Says why the viewer is invited. Omits unknown figures, and a number of edits that is no reason. */
function figures({ eligibility, viewer }: Invite, messages: Messages): string {
  const { editCount } = eligibility;
  const year = viewer.registered && messages.year(viewer.registered);
  if (!editCount) return year ? messages.t('invite-year', year) : '';
  return year ? messages.t('invite-since', editCount, year) : messages.t('invite-edits', editCount);
}

/** Returns what the wiki asks of mentors; empty: an open wiki asks nothing that is worth a mention. */
function minimums({ eligibility }: Invite, messages: Messages): string {
  const { by, minimumEditCount, minimumAgeDays } = eligibility;
  if (by === 'right') return messages.t('invite-right');
  if (!minimumEditCount) return '';
  return minimumAgeDays
    ? messages.t('invite-minimums', minimumEditCount, minimumAgeDays)
    : messages.t('invite-minimum-edits', minimumEditCount);
}

function mentorship({ mentor, standIn, program, canGetMentor }: Invite, context: CardContext) {
  const { messages } = context;
  if (!mentor) return nothing;
  const { retired } = mentor;
  return html`
    <p class="quiet detail">
      <span>${ownMentor(mentor, messages)}</span>
      ${mentor.away && !retired ? html` <span>${standIn ? messages.rich('away-stand-in', standIn) : absence(mentor, messages)}</span> ` : nothing}
      ${
        retired && canGetMentor
          ? actionButton(context, 'choose', program.homepageUrl, messages.t('get-another-mentor'))
          : actionButton(context, 'ask', (standIn ?? mentor).askUrl, messages.t('own-mentor-ask'))
      }
      ${actionButton(context, 'leave', program.homepageUrl, messages.t('leave'))}
    </p>
  `;
}
