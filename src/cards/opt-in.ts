import { html, nothing } from 'lit';
import type { Decision } from '../sdk/decide.js';
import { card, actionButton, actionLink, type CardContext } from './card.js';

export function optIn(decision: Extract<Decision, { variant: 'opt-in' }>, context: CardContext) {
  const { reason, program, canEnroll, canGetMentor } = decision;
  const { messages } = context;
  const graduated = reason === 'graduated' || reason === 'experienced';
  const text = reason === 'experienced' ? 'opt-in-graduated' : (`opt-in-${reason}` as const);
  return card(context, {
    heading: messages.t(graduated ? 'opt-in-heading-graduated' : 'opt-in-heading'),
    body: html` <p>${messages.t(canGetMentor ? text : 'unavailable-about')}</p> `,
    actions: [
      canGetMentor
        ? actionButton(context, 'join', program.homepageUrl, messages.t('get-mentor'), 'primary')
        : actionLink('link', program.helpDeskUrl, messages.t('help-desk'), 'primary'),
    ],
    links: [
      actionButton(context, 'about', program.learnMoreUrl, messages.t('how-it-works')),
      graduated && canGetMentor ? actionLink('link', program.helpDeskUrl, messages.t('help-desk')) : nothing,
      canEnroll ? actionButton(context, 'enroll', program.enrollUrl, messages.t('become-mentor')) : nothing,
    ],
  });
}
