import { html } from 'lit';
import type { Decision } from '../sdk/decide.js';
import { card, actionLink, type CardContext } from './card.js';

export function mentor({ program }: Extract<Decision, { variant: 'mentor' }>, context: CardContext) {
  const { messages } = context;
  return card(context, {
    heading: messages.t('mentor-heading'),
    body: html` <p>${messages.t(program.dashboardUrl ? 'mentor-about' : 'mentor-about-talk')}</p> `,
    actions: [actionLink('link', program.dashboardUrl, messages.t('dashboard'), 'primary')],
  });
}
