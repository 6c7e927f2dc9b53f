import { html, nothing } from 'lit';
import type { Variant } from '../sdk/variant.js';
import { card, deed, link, type ViewContext } from './card.js';

export function optIn(variant: Extract<Variant, { kind: 'opt-in' }>, context: ViewContext) {
  const { reason, program, mayBecomeMentor } = variant;
  const { messages } = context;
  const graduated = reason === 'graduated';
  return card(context, {
    heading: messages.t(graduated ? 'opt-in-heading-graduated' : 'opt-in-heading'),
    body: html` <p>${messages.t(`opt-in-${reason}`)}</p> `,
    actions: [deed(context, 'join', program.homepageUrl, messages.t('get-mentor'), 'primary')],
    links: [
      deed(context, 'about', program.learnMoreUrl, messages.t('how-it-works')),
      graduated ? link('link', program.helpDeskUrl, messages.t('help-desk')) : nothing,
      mayBecomeMentor ? deed(context, 'enroll', program.enrollUrl, messages.t('become-mentor')) : nothing,
    ],
  });
}
