import type { MentorshipModule } from '../mentorship-module.js';
import { settings } from './mw.js';

/** Attributes that wikitext may set by `data-…`. Addresses are left out, because anybody can write wikitext. */
const ATTRIBUTES = ['layout', 'enroll', 'theme'];

/** A card speaks the viewer's language, whatever the page's content is written in. */
export function card(): MentorshipModule {
  const element = document.createElement('mentorship-module');
  element.lang = document.documentElement.lang;
  element.enroll = settings.enroll;
  return element;
}

/** Wikitext cannot hold the element itself, but a `div` of its name; what stands in that is for bad times. */
function upgrade(place: Element): void {
  if (place.querySelector('mentorship-module') || place.closest('mentorship-module')) return;
  const element = card();
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

/** Every mount point in a piece of content that has none yet. */
export function upgradeAll(content: ParentNode): void {
  const selector = 'div.mentorship-module';
  if (content instanceof Element && content.matches(selector)) upgrade(content);
  for (const place of content.querySelectorAll(selector)) upgrade(place);
}
