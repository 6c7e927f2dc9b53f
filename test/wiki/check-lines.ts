// Reads the lines that name mistakes in the set-up, in the console and on the page.
import type { WikiPage } from './wiki-page.ts';

const TIMEOUT_MS = 15_000;
const POLL_MS = 40;

/** Waits for a condition. Rejects with the description if it does not become true in time. */
export async function until(
  describe: string | (() => string),
  isTrue: () => boolean | Promise<boolean>,
): Promise<void> {
  const end = Date.now() + TIMEOUT_MS;
  while (!(await isTrue())) {
    if (Date.now() > end)
      throw new Error(`Not in time: ${typeof describe === 'string' ? describe : describe()}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Waits until the console has a line. */
export const untilLogged = ({ consoleMessages }: WikiPage, line: string): Promise<void> =>
  until(
    () => `${line}\nLogged: ${consoleMessages.join('\n')}`,
    () => consoleMessages.some((text) => text.includes(line)),
  );

/** Returns the texts of elements in the shadow roots of `div`s and of the card. */
export const textsOf = ({ page }: WikiPage, selector: string): Promise<string[]> =>
  page.$$eval(`div >>> ${selector}`, (elements) =>
    elements.map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim()),
  );

/** Returns the lines that an interface editor sees on the page. */
export const shownLines = (wikiPage: WikiPage): Promise<string[]> =>
  textsOf(wikiPage, 'section[aria-labelledby=heading] li');

/** Waits until the page shows a line with a text. */
export async function untilShown(wikiPage: WikiPage, part: string): Promise<void> {
  let lines: string[] = [];
  await until(
    () => `${part}\nShown: ${lines.join('\n')}`,
    async () => {
      lines = await shownLines(wikiPage);
      return lines.some((line) => line.includes(part));
    },
  );
}
