import { html } from 'lit';
import type { Variant } from '../sdk/variant.js';
import { card, deed, link, type ViewContext } from './card.js';
import { again } from './waiting.js';

export function unavailable({ programme }: Extract<Variant, { kind: 'unavailable' }>, context: ViewContext) {
  const { messages } = context;
  return card(context, {
    heading: messages.t('unavailable-heading'),
    body: html` <p>${messages.t('unavailable-about')}</p> `,
    actions: [again(context, 'look-again')],
    links: [
      link('link', programme.helpDeskUrl, messages.t('help-desk')),
      deed(context, 'about', programme.learnMoreUrl, messages.t('how-it-works')),
    ],
  });
}
