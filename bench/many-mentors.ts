// Measures a card and the dialog for choosing a mentor on a wiki with a long list of mentors.
import type { DevServerConfig } from '@web/dev-server';
import type { Browser, Page } from 'puppeteer-core';
import { FakeMediaWiki } from '../test/fake-mediawiki/index.ts';
import { median } from './median.ts';

type Middleware = NonNullable<DevServerConfig['middleware']>[number];

const RUNS = 5;
const COUNTS = [10, 1_000, 10_000];
const THROTTLES = { quiet: 1, 'CPU 4× slower': 4 };
const INTRODUCTION =
  'I have been editing since 2009, and mostly write about rivers, bridges, railway stations and the history of small towns. Ask me about sources, pictures, or anything else.';

/** Creates a wiki whose list begins with the newcomer's own mentor. */
function wikiWith(count: number): FakeMediaWiki {
  const wiki = new FakeMediaWiki();
  const entries = Array.from({ length: count }, (_, index): [number, object] => [
    index === 0 ? 3 : 1_000 + index,
    {
      username: index === 0 ? 'Mentor Fatima' : `Mentor ${index}`,
      message: `${INTRODUCTION} ${index}`,
      weight: 2,
    },
  ]);
  wiki.setPage(wiki.mentorsPage, JSON.stringify({ Mentors: Object.fromEntries<object>(entries) }));
  return wiki;
}

const wikis = new Map<string, FakeMediaWiki>();
const bodies = new Map<string, string>();

/** Serves `/many-mentors/COUNT/w/api.php`, a wiki with as many mentors, for a newcomer. */
export const serveManyMentors: Middleware = async (ctx, next) => {
  const [, kind, count = ''] = ctx.path.split('/');
  if (kind !== 'many-mentors') {
    await next();
    return;
  }
  const wiki = wikis.get(count) ?? wikiWith(Number(count));
  wikis.set(count, wiki);
  const body =
    bodies.get(ctx.url) ?? (await (await wiki.fetchAs('n_ana')(`${wiki.api}${ctx.search}`)).text());
  bodies.set(ctx.url, body);
  ctx.type = 'application/json';
  ctx.body = body;
};

interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  /** CPU time of the thread, in microseconds. */
  tdur?: number;
  args: { name?: string };
}

/**
 * Runs a step, and returns the milliseconds of the longest task of the page's main thread. Counts CPU time, because other
 * work on the machine interrupts a task.
 */
async function longestTask(page: Page, step: () => Promise<unknown>): Promise<number> {
  await page.tracing.start({ categories: ['toplevel', 'disabled-by-default-devtools.timeline'] });
  await step();
  const { traceEvents } = JSON.parse(new TextDecoder().decode(await page.tracing.stop())) as {
    traceEvents: TraceEvent[];
  };
  const threadOf = ({ pid, tid }: TraceEvent) => `${pid}/${tid}`;
  const main = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(threadOf),
  );
  const tasks = traceEvents.filter((event) => event.name === 'RunTask' && main.has(threadOf(event)));
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1_000;
}

const showCard = (page: Page, count: number) =>
  page.evaluate(async (api) => {
    const card = document.createElement('mentorship-module');
    card.setAttribute('api', api);
    const ready = new Promise((resolve) => card.addEventListener('mentorship-ready', resolve));
    document.body.append(card);
    await ready;
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  }, `/many-mentors/${count}/w/api.php`);

/** Opens the dialog, searches for the last mentor, and returns the milliseconds until the list was shown. */
async function openDialog(page: Page, count: number): Promise<number> {
  const ms = await page.evaluate(
    async (rows) => {
      const root = document.querySelector('mentorship-module')?.shadowRoot;
      const start = performance.now();
      const button = Array.from(root?.querySelectorAll('button') ?? []).find(
        ({ textContent }) => textContent.trim() === 'Choose another mentor',
      );
      button?.click();
      while ((root?.querySelectorAll('.mentor').length ?? 0) < rows)
        await new Promise((resolve) => requestAnimationFrame(resolve));
      return performance.now() - start;
    },
    Math.min(count - 1, 200),
  );
  await page.waitForNetworkIdle();
  await page.evaluate(
    async (text) => {
      const field = document
        .querySelector('mentorship-module')
        ?.shadowRoot?.querySelector('input[type=search]');
      if (!(field instanceof HTMLInputElement)) throw new Error('There is no search.');
      field.value = text;
      field.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    },
    `Mentor ${count - 1}`,
  );
  await page.waitForNetworkIdle();
  return ms;
}

/** Milliseconds of the longest tasks of card and dialog, and until the dialog shows the list. */
export async function benchManyMentors(browser: Browser, url: string) {
  const results: Record<string, Record<string, number>> = {};
  for (const count of COUNTS) {
    const result: Record<string, number> = {};
    for (const [label, rate] of Object.entries(THROTTLES)) {
      const runs: { card: number; dialog: number; list: number }[] = [];
      for (let index = 0; index < RUNS; index++) {
        const context = await browser.createBrowserContext();
        const page = await context.newPage();
        await page.goto(`${url}strict/empty`);
        await page.waitForFunction(() => customElements.get('mentorship-module'));
        await page.emulateCPUThrottling(rate);
        const card = await longestTask(page, () => showCard(page, count));
        await page.waitForNetworkIdle();
        let list = 0;
        const dialog = await longestTask(page, async () => (list = await openDialog(page, count)));
        runs.push({ card, dialog, list });
        await context.close();
      }
      result[`card, ${label}`] = median(runs.map(({ card }) => card));
      result[`dialog, ${label}`] = median(runs.map(({ dialog }) => dialog));
      result[`list, ${label}`] = median(runs.map(({ list }) => list));
    }
    results[count] = result;
  }
  return results;
}
