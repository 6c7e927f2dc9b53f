import { html } from 'lit';
import type { Variant } from '../sdk/variant.js';
import { card, link, type ViewContext } from './card.js';

export function mentor({ programme }: Extract<Variant, { kind: 'mentor' }>, context: ViewContext) {
  const { messages } = context;
  return card(context, {
    heading: messages.t('mentor-heading'),
    body: html` <p>${messages.t(programme.dashboardUrl ? 'mentor-about' : 'mentor-about-talk')}</p> `,
    actions: [link('link', programme.dashboardUrl, messages.t('dashboard'), 'primary')],
  });
}
