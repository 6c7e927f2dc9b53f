import { html, nothing } from 'lit';
import type { Messages } from '../messages.js';
import type { Mentor, Programme } from '../sdk/snapshot.js';
import type { Eligibility, Variant } from '../sdk/variant.js';
import { card, link, type ViewContext } from './card.js';

export function invite(variant: Extract<Variant, { kind: 'invite' }>, context: ViewContext) {
  const { mentor, eligibility, programme } = variant;
  const { messages } = context;
  return card(context, {
    heading: messages.t('invite-heading'),
    body: html`
      <p class="detail">${messages.t('invite-about')}</p>
      <p>${reason(eligibility, messages)}</p>
    `,
    actions: [
      link('enrol', programme.enrolUrl, messages.t('become-mentor'), 'primary'),
      link('about', programme.learnMoreUrl, messages.t('learn-more'), 'button'),
    ],
    more: mentor ? ownMentor(mentor, programme, messages) : nothing,
    links: [
      mentor ? nothing : link('join', programme.homepageUrl, messages.t('mentor-instead')),
      link('link', programme.helpDeskUrl, messages.t('help-desk')),
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

const ownMentor = (mentor: Mentor, { homepageUrl }: Programme, messages: Messages) => html`
  <p class="quiet detail">
    <span>${messages.rich('own-mentor', mentor)}</span>
    ${link('ask', mentor.askUrl, messages.t('own-mentor-ask'))}
    ${link('leave', homepageUrl, messages.t('own-mentor-leave'))}
  </p>
`;
