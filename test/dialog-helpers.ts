import type { MentorshipModule } from '../src/mentorship-module.js';
import { type FakeSource, isDialogOpen } from './fake-source.js';
import { all, find, make, attach, nextOutcome, visibleText } from './element-helpers.js';

export * from './fake-source.js';
export { until } from './shadow-dom.js';

export const WAIT = { interval: 5, timeout: 9_000 };

/** An element in the page with its card drawn. `enroll` is here, so that everything is done in place. */
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

/** What stands in the dialog's own heading; null where none is open. */
export const headingOf = (element: Element): string | null =>
  isDialogOpen(element) ? visibleText(find(element, 'dialog h2')) : null;

/** Presses the button or link of those words. */
export function press(element: Element, text: string, within = ''): void {
  const control = all(element, `${within} :is(button, a)`).find((one) => visibleText(one) === text);
  if (!control) throw new Error(`There is no “${text}”.`);
  control.click();
}
