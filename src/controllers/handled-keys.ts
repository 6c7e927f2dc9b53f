const KEY_EVENTS = ['keydown', 'keypress', 'keyup'] as const;

/** Codes of handled keys that are still pressed. */
const pressedKeys = new Set<string>();

/** Hides the later events of a handled key from the host, until that key is released. */
function stopKeyEvent(event: KeyboardEvent): void {
  const { code, type, view } = event;
  if (!pressedKeys.has(code)) return;
  if (type !== 'keydown') event.stopPropagation();
  // A key that is pressed again was released in another window, or with the Command key, which hides its `keyup`.
  if (type !== 'keypress') pressedKeys.delete(code);
  if (pressedKeys.size === 0)
    for (const type of KEY_EVENTS) view?.removeEventListener(type, stopKeyEvent, { capture: true });
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
  for (const type of KEY_EVENTS)
    root.ownerDocument.defaultView?.addEventListener(type, stopKeyEvent, { capture: true });
}
