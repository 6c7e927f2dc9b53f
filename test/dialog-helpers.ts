import type { MentorshipModule } from '../src/mentorship-module.js';
import { type Fake, isOpen } from './fake-source.js';
import { all, find, make, place, settled, words } from './element-helpers.js';

export * from './fake-source.js';
export { until } from './shadow-dom.js';

export const WAIT = { interval: 5, timeout: 9_000 };

/** An element in the page with its card drawn. `enroll` is here, so that everything is done in place. */
export async function showFake(
  { source }: Pick<Fake, 'source'>,
  { parent, ...settings }: Parameters<typeof make>[0] & { parent?: Element } = {},
): Promise<MentorshipModule> {
  const element = Object.assign(make({ source, ...settings }), { enroll: 'here' });
  const end = settled(element);
  place(element, parent);
  await end;
  await element.updateComplete;
  return element;
}

/** What stands in the dialog's own heading; null where none is open. */
export const headingOf = (element: Element): string | null =>
  isOpen(element) ? words(find(element, 'dialog h2')) : null;

/** Presses the button or link of those words. */
export function press(element: Element, text: string, within = ''): void {
  const control = all(element, `${within} :is(button, a)`).find((one) => words(one) === text);
  if (!control) throw new Error(`There is no “${text}”.`);
  control.click();
}
