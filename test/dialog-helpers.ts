import type { MentorshipModule } from '../src/mentorship-module.js';
import { dialogOf, type FakeSource, isDialogOpen } from './fake-source.js';
import { until } from './shadow-dom.js';
import { all, find, make, attach, nextOutcome, visibleText } from './element-helpers.js';

export * from './fake-source.js';
export { until } from './shadow-dom.js';

export const WAIT = { interval: 5, timeout: 9_000 };

/** Appends an element with `enroll="here"` and waits until its card is rendered. */
export async function showFake(
  { source }: Pick<FakeSource, 'source'>,
  { parent, ...settings }: Parameters<typeof make>[0] & { parent?: Element } = {},
): Promise<MentorshipModule> {
  const element = Object.assign(make({ source, ...settings }), { enroll: 'here' });
  const end = nextOutcome(element);
  attach(element, parent);
  await end;
  await element.updateComplete;
  return element;
}

/** Presses the main button of the open dialog. */
export const submitDialog = (element: Element): void => find(element, 'dialog .actions .primary').click();

/** Waits until the element has no dialog. */
export const untilClosed = (element: MentorshipModule) => until('closed', () => !dialogOf(element));

/** Returns the heading of the dialog; null if none is open. */
export const headingOf = (element: Element): string | null =>
  isDialogOpen(element) ? visibleText(find(element, 'dialog h2')) : null;

/** Clicks the button or link with that text. */
export function press(element: Element, text: string, within = ''): void {
  const control = all(element, `${within} :is(button, a)`).find((one) => visibleText(one) === text);
  if (!control) throw new Error(`There is no “${text}”.`);
  control.click();
}
