import { html } from 'lit';
import type { Decision } from '../sdk/decide.js';
import { card, actionButton, actionLink, type CardContext } from './card.js';
import { retryButton } from './placeholder.js';

export function unavailable(
  { program }: Extract<Decision, { variant: 'unavailable' }>,
  context: CardContext,
) {
  const { messages } = context;
  return card(context, {
    heading: messages.t('unavailable-heading'),
    body: html` <p>${messages.t('unavailable-about')}</p> `,
    actions: [
      actionLink('link', program.helpDeskUrl, messages.t('help-desk'), 'primary'),
      retryButton(context, 'look-again'),
    ],
    links: [actionButton(context, 'about', program.learnMoreUrl, messages.t('how-it-works'))],
  });
}
