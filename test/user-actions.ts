import en from '../locales/en.json' with { type: 'json' };
import type { MessageId } from '../src/i18n/messages.js';
import { visibleText } from './element-helpers.js';

/** Messages that report a state, as opposed to permanent labels of a dialog. */
const STATUS_MESSAGES =
  /^dialog-(?:common-(?:undo|undone|busy|failed|unsure|missing|later|seconds|session|no-mentor|declined|never|snoozed-months)|ask-(?:unkept|blank|long|send|sending|checking|unsure|look|missing|again|edit|failed|blocked|read-only|rate-limited|session|reload|network|no-mentor|unsupported|kept|by-hand|elsewhere|sent|first|see|other)|leave-done|join-done|join-kept|choose-(?:failed|empty|missing|gone|done)|enroll-(?:long|done))$/;

/** Accepts any parameters, plurals and genders. */
export const patternOf = (template: string): string =>
  template
    .replaceAll(/\{\{.*?\}\}|\$\d/g, '\n')
    .replaceAll(/[.?*+^$()[\]{}|\\]/g, String.raw`\$&`)
    .replaceAll('\n', '.+?');

const PATTERNS = Object.entries(en)
  .filter(([id]) => STATUS_MESSAGES.test(id))
  // Matches whole words, and no end of a sentence, because a label may also be a part of another message.
  .map(
    ([id, text]) =>
      [id as MessageId, new RegExp(`(?<!\\p{L})${patternOf(text as string)}(?![\\p{L}.])`, 'u')] as const,
  );

const rootOf = (element: Element): ShadowRoot => {
  if (!element.shadowRoot) throw new Error('It has no shadow root.');
  return element.shadowRoot;
};

/** Returns the IDs of the messages visible in the dialog and above the card, in alphabetical order. */
export function visibleMessages(element: Element): MessageId[] {
  const parts = [...rootOf(element).querySelectorAll('dialog > :not(.announcement), .note, .note-actions')];
  const text = parts.map(plainText).join('\n');
  return PATTERNS.filter(([, pattern]) => pattern.test(text))
    .map(([id]) => id)
    .sort();
}

/** Returns the wiki's own message in the dialog. */
export const quotedWikiMessage = (element: Element): string =>
  plainText(rootOf(element).querySelector('dialog [role="alert"] q')) || plainText(noteOf(element));

const noteOf = (element: Element) => rootOf(element).querySelector('.note');

/** Returns the text without the directional isolates around names. */
const plainText = (node: Node | null): string => visibleText(node).replaceAll(/[\u2066-\u2069]/g, '');

/** Returns the open dialog. */
export const findDialog = (element: Element): HTMLDialogElement | null =>
  rootOf(element).querySelector<HTMLDialogElement>('dialog[open]');

/** Closes the dialog and waits for its `close` event, which browsers dispatch with the next frame. */
export async function closeDialog(element: Element): Promise<void> {
  const dialog = findDialog(element);
  if (!dialog) return;
  const closed = new Promise((resolve) => dialog.addEventListener('close', resolve));
  dialog.close();
  await closed;
}

type Place = 'section' | 'dialog' | '.note-actions';

/** Returns the button with that message. */
export function button(element: Element, id: MessageId, place: Place): HTMLButtonElement | null {
  const buttons = [...rootOf(element).querySelectorAll<HTMLButtonElement>(`${place} button`)];
  return buttons.find((one) => new RegExp(`^${patternOf(en[id])}$`).test(plainText(one))) ?? null;
}

export function press(element: Element, id: MessageId, place: Place): void {
  const found = button(element, id, place);
  if (!found) throw new Error(`There is no button “${en[id]}” in ${place}.`);
  found.click();
}

export function textField(element: Element): HTMLTextAreaElement {
  const found = rootOf(element).querySelector<HTMLTextAreaElement>('dialog textarea');
  if (!found) throw new Error('There is nothing to write in.');
  return found;
}

export function write(element: Element, text: string): void {
  const area = textField(element);
  area.value = text;
  area.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
}

/** Presses a key in a field. */
export function key(area: Element, init: KeyboardEventInit): void {
  area.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }));
}

/** Returns the submit button of the form. */
export function submitButton(element: Element): HTMLButtonElement {
  const found = rootOf(element).querySelector<HTMLButtonElement>('dialog form .actions button.primary');
  if (!found) throw new Error('There is nothing to submit.');
  return found;
}
