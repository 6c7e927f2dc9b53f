import type { MentorshipActionEvent, MentorshipErrorEvent, MentorshipReadyEvent } from '../../src/index.js';

export type ElementEvent = MentorshipReadyEvent | MentorshipErrorEvent | MentorshipActionEvent;

/** Returns the container of the element that an event comes from. */
export const frameOf = (event: Event): HTMLElement | null =>
  event.target instanceof Element ? event.target.closest<HTMLElement>('[data-preview]') : null;

/** Cancels clicks on links inside a card, because they would leave the gallery. */
function preventNavigation(event: Event): void {
  const isLink = event.composedPath().some((target) => target instanceof HTMLAnchorElement);
  if (isLink && frameOf(event)) event.preventDefault();
}

/** Listens to the events of all elements on the page, and follows none of their links. */
export function listen(listener: (event: ElementEvent) => void): void {
  document.body.addEventListener('mentorship-ready', listener);
  document.body.addEventListener('mentorship-error', listener);
  document.body.addEventListener('mentorship-action', listener);
  document.body.addEventListener('click', preventNavigation);
  document.body.addEventListener('auxclick', preventNavigation);
}

/** Returns true if the load failed. A locale that cannot be loaded is an error too, but the card is still rendered. */
export const isFailure = ({ target }: Event): boolean =>
  target instanceof Element && target.matches(':state(failed)');
