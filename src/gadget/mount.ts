import type { MentorshipModule } from '../mentorship-module.js';
import { contentTitle, settings, track } from './mw.js';

/** Attributes that wikitext may set by `data-…`. URLs are not among them, because anyone can edit wikitext. */
const ATTRIBUTES = ['layout', 'enroll', 'theme'];

/** Creates a card in the viewer's language, which may differ from the language of the page's content. */
export function createCard(): MentorshipModule {
  const element = document.createElement('mentorship-module');
  element.lang = document.documentElement.lang;
  element.enroll = settings.enroll;
  element.pageTitle = contentTitle();
  element.leaveReasons = settings.reasons;
  element.addEventListener('mentorship-action', ({ action, phase, reason, text }) => {
    if (settings.reasons && action === 'leave' && phase === 'done' && (reason || text))
      track('mentorship.leave', { reason, text });
  });
  return element;
}

/** Puts a card into a `div` of wikitext, which cannot contain the element itself. Keeps its content as the fallback. */
function upgrade(place: Element): void {
  if (place.querySelector('mentorship-module') || place.closest('mentorship-module')) return;
  const element = createCard();
  for (const name of ATTRIBUTES) {
    const value = place.getAttribute(`data-${name}`);
    if (value) element.setAttribute(name, value);
  }
  if (place.textContent.trim() || place.firstElementChild) {
    const own = document.createElement('div');
    own.lang = place.closest<HTMLElement>('[lang]')?.lang ?? '';
    own.dir = place.closest<HTMLElement>('[dir]')?.dir ?? '';
    own.append(...place.childNodes);
    element.append(own);
  }
  place.replaceChildren(element);
}

/** Puts a card into each mount point of the content that has none yet. */
export function upgradeAll(content: ParentNode): void {
  const selector = 'div.mentorship-module';
  if (content instanceof Element && content.matches(selector)) upgrade(content);
  for (const place of content.querySelectorAll(selector)) upgrade(place);
}
