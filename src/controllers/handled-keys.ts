/** Events of a key after its `keydown`. */
const KEY_EVENTS = ['keypress', 'keyup'] as const;

/** Codes of handled keys that are still pressed. */
const pressedKeys = new Set<string>();

/** Hides the events of a handled key from the host, until that key is released. */
function stopKeyEvent(event: KeyboardEvent): void {
  if (!pressedKeys.has(event.code)) return;
  event.stopPropagation();
  if (event.type === 'keyup') pressedKeys.delete(event.code);
  if (pressedKeys.size === 0)
    for (const type of KEY_EVENTS) removeEventListener(type, stopKeyEvent, { capture: true });
}

/**
 * Hides a key that the card handles, and any key in a dialog, from the host's shortcuts, because outside of the shadow root
 * its target is the element and not the text field or button. Listeners that capture see it nevertheless.
 *
 * @param event - `keydown` in the shadow root
 * @param root - root of the rendered card
 */
export function hideHandledKey(event: Event, root: HTMLElement | DocumentFragment): void {
  const { target } = event;
  const key = 'key' in event ? event.key : '';
  if (!(target instanceof Element) || !root.contains(target)) return;
  const isMenuKey = root.querySelector(':popover-open') !== null;
  const isControlKey = (key === 'Enter' || key === ' ') && target.closest('button, a');
  if (!isMenuKey && !isControlKey && !target.closest('dialog')) return;
  event.stopPropagation();
  if ('code' in event) pressedKeys.add(String(event.code));
  // Captures, because the dialog or menu may be closed before these events.
  for (const type of KEY_EVENTS) addEventListener(type, stopKeyEvent, { capture: true });
}
