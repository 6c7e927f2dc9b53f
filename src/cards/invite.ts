import { html, nothing } from 'lit';
import type { Messages } from '../i18n/messages.js';
import type { Mentor, Program } from '../sdk/snapshot.js';
import type { Decision, Eligibility } from '../sdk/decide.js';
import { card, actionButton, actionLink, type CardContext } from './card.js';

export function invite(decision: Extract<Decision, { variant: 'invite' }>, context: CardContext) {
  const { mentor, eligibility, program, canGetMentor } = decision;
  const { messages } = context;
  return card(context, {
    heading: messages.t('invite-heading'),
    body: html`
      <p class="detail">${messages.t('invite-about')}</p>
      <p>${reason(eligibility, messages)}</p>
    `,
    actions: [
      actionButton(context, 'enroll', program.enrollUrl, messages.t('become-mentor'), 'primary'),
      actionLink('about', program.learnMoreUrl, messages.t('learn-more'), 'button'),
      actionButton(context, 'decline', null, messages.t('not-now'), 'button'),
    ],
    more: mentor ? ownMentor(mentor, program, context) : nothing,
    links: [
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

function reason(eligibility: Eligibility, messages: Messages): string {
  const { ageDays, minimumEditCount, minimumAgeDays } = eligibility;
  // An open wiki has no minimums that are worth a mention.
  if (eligibility.by === 'right' || minimumEditCount === 0) return messages.t('invite-why-right');
  const { editCount } = eligibility;
  return ageDays === null
    ? messages.t('invite-why-edits', editCount, minimumEditCount)
    : messages.t('invite-why', editCount, ageDays, minimumEditCount, minimumAgeDays);
}

const ownMentor = (mentor: Mentor, { homepageUrl }: Program, context: CardContext) => html`
  <p class="quiet detail">
    <span>${context.messages.rich('own-mentor', mentor)}</span>
    ${actionButton(context, 'ask', mentor.askUrl, context.messages.t('own-mentor-ask'))}
    ${actionButton(context, 'leave', homepageUrl, context.messages.t('leave'))}
  </p>
`;
