import { MentorshipModule } from '../../src/index.js';
import { type DialogName, DIALOGS } from './gallery-state.js';

const elementIn = (preview: string): MentorshipModule | null => {
  const element = document.querySelector(`[data-preview="${CSS.escape(preview)}"] > *`);
  return element instanceof MentorshipModule ? element : null;
};

const controlIn = (element: MentorshipModule, action: DialogName, tag = 'button') =>
  element.shadowRoot?.querySelector<HTMLElement>(`${tag}[data-action="${action}"]`) ?? null;

/** Loads a card anew, as its host may. */
export const refresh = (preview: string): void => void elementIn(preview)?.refresh();

/** Those that an exhibit's card can open; enrolling only once `enroll="here"` is set. */
export function dialogsOf(preview: string): DialogName[] {
  const element = elementIn(preview);
  if (!element) return [];
  return DIALOGS.filter(
    (name) =>
      controlIn(element, name) ??
      (name === 'ask' || (name === 'enroll' && element.source !== null)
        ? controlIn(element, name, 'a')
        : null),
  );
}

/** Opens a dialog as its viewer does; where the card has only a link for asking, as its host does. */
export function openDialog(preview: string, name: DialogName): void {
  const element = elementIn(preview);
  const control = element && controlIn(element, name);
  if (element && !control && name === 'ask') void element.ask();
  control?.closest<HTMLElement>('[popover]')?.showPopover();
  control?.focus();
  control?.click();
}
