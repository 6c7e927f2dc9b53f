import { html, nothing } from 'lit';
import type { Messages } from '../i18n/messages.js';
import type { Mentor, Program } from '../sdk/snapshot.js';
import type { Decision, Eligibility } from '../sdk/decide.js';
import { card, deed, link, type CardContext } from './card.js';

export function invite(decision: Extract<Decision, { variant: 'invite' }>, context: CardContext) {
  const { mentor, eligibility, program } = decision;
  const { messages } = context;
  return card(context, {
    heading: messages.t('invite-heading'),
    body: html`
      <p class="detail">${messages.t('invite-about')}</p>
      <p>${reason(eligibility, messages)}</p>
    `,
    actions: [
      deed(context, 'enroll', program.enrollUrl, messages.t('become-mentor'), 'primary'),
      link('about', program.learnMoreUrl, messages.t('learn-more'), 'button'),
      deed(context, 'decline', null, messages.t('not-now'), 'button'),
    ],
    more: mentor ? ownMentor(mentor, program, context) : nothing,
    links: [
      deed(context, 'join', program.homepageUrl, messages.t(mentor ? 'mentor-keep' : 'mentor-instead')),
      link('link', program.helpDeskUrl, messages.t('help-desk')),
    ],
  });
}

function reason(eligibility: Eligibility, messages: Messages): string {
  if (eligibility.by === 'right') return messages.t('invite-why-right');
  const { editCount, ageDays, minimumEditCount, minimumAgeDays } = eligibility;
  return ageDays === null
    ? messages.t('invite-why-edits', editCount, minimumEditCount)
    : messages.t('invite-why', editCount, ageDays, minimumEditCount, minimumAgeDays);
}

const ownMentor = (mentor: Mentor, { homepageUrl }: Program, context: CardContext) => html`
  <p class="quiet detail">
    <span>${context.messages.rich('own-mentor', mentor)}</span>
    ${deed(context, 'ask', mentor.askUrl, context.messages.t('own-mentor-ask'))}
    ${deed(context, 'leave', homepageUrl, context.messages.t('leave'))}
  </p>
`;
