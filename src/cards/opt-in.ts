import { html, nothing } from 'lit';
import type { Decision } from '../sdk/decide.js';
import { card, actionButton, actionLink, type CardContext } from './card.js';

export function optIn(decision: Extract<Decision, { variant: 'opt-in' }>, context: CardContext) {
  const { reason, program, canEnroll } = decision;
  const { messages } = context;
  const graduated = reason === 'graduated';
  return card(context, {
    heading: messages.t(graduated ? 'opt-in-heading-graduated' : 'opt-in-heading'),
    body: html` <p>${messages.t(`opt-in-${reason}`)}</p> `,
    actions: [actionButton(context, 'join', program.homepageUrl, messages.t('get-mentor'), 'primary')],
    links: [
      actionButton(context, 'about', program.learnMoreUrl, messages.t('how-it-works')),
      graduated ? actionLink('link', program.helpDeskUrl, messages.t('help-desk')) : nothing,
      canEnroll ? actionButton(context, 'enroll', program.enrollUrl, messages.t('become-mentor')) : nothing,
    ],
  });
}
