import { html, nothing } from 'lit';
import { avatar, heart } from '../generated/card-icons.js';
import type { Decision } from '../sdk/decide.js';
import { card, actionButton, actionLink, type CardContext } from './card.js';

export function optIn(decision: Extract<Decision, { variant: 'opt-in' }>, context: CardContext) {
  const { reason, program, canEnroll, canGetMentor } = decision;
  const { messages } = context;
  const isExperienced = reason === 'experienced';
  // Neither asked for a mentor, so it is not the primary action.
  const isQuiet = isExperienced || reason === 'graduated';
  const helpDesk = (look?: string) => actionLink('link', program.helpDeskUrl, messages.t('help-desk'), look);
  const isHelpDeskPrimary = !isExperienced && (isQuiet || !canGetMentor);
  const get = actionButton(
    context,
    'join',
    program.homepageUrl,
    messages.t('get-mentor'),
    isQuiet ? 'quiet-button' : 'primary',
  );
  return card(context, {
    heading: messages.t(isQuiet ? 'opt-in-heading-graduated' : 'opt-in-heading'),
    body: html`
      <div class="person">
        ${isExperienced ? heart : avatar}
        <p>${messages.t(canGetMentor || isExperienced ? `opt-in-${reason}` : 'opt-in-unavailable')}</p>
      </div>
    `,
    actions: [
      isExperienced
        ? actionLink('about', program.learnMoreUrl, messages.t('how-to-become-mentor'), 'primary')
        : nothing,
      isHelpDeskPrimary ? helpDesk('primary') : nothing,
      canGetMentor ? get : nothing,
    ],
    links: [
      actionButton(context, 'about', program.learnMoreUrl, messages.t('how-it-works')),
      isHelpDeskPrimary ? nothing : helpDesk(),
      canEnroll ? actionButton(context, 'enroll', program.enrollUrl, messages.t('become-mentor')) : nothing,
    ],
  });
}
