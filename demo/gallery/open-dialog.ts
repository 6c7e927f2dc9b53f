import { MentorshipModule } from '../../src/index.js';
import { type DialogName, DIALOGS } from './gallery-state.js';

const elementIn = (preview: string): MentorshipModule | null => {
  const element = document.querySelector(`[data-preview="${CSS.escape(preview)}"] > *`);
  return element instanceof MentorshipModule ? element : null;
};

const controlIn = (element: MentorshipModule, action: DialogName, tag = 'button') =>
  element.shadowRoot?.querySelector<HTMLElement>(`${tag}[data-action="${action}"]`) ?? null;

/** Reloads a card. */
export const refresh = (preview: string): void => void elementIn(preview)?.refresh();

/** Returns the dialogs that the card of a preview can open; `enroll` only if `enroll="here"` is set. */
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

/** Opens a dialog by clicking its button, or by calling `ask()` if the card only has a link. */
export function openDialog(preview: string, name: DialogName): void {
  const element = elementIn(preview);
  const control = element && controlIn(element, name);
  if (element && !control && name === 'ask') void element.ask();
  control?.closest<HTMLElement>('[popover]')?.showPopover();
  control?.focus();
  control?.click();
}
