import { expect, waitUntil } from '@open-wc/testing';
import type { MentorshipErrorCode } from '../src/index.js';
import type { MentorshipModule } from '../src/mentorship-module.js';
import {
  find,
  make,
  markup,
  openPage,
  type Outcome,
  root,
  nextOutcome,
  httpWiki,
  visibleText,
} from './element-helpers.js';

/** Expected error codes, by the fault names of test/test-servers.mjs. */
const FAULTS: Record<string, MentorshipErrorCode> = {
  maxlag: 'busy',
  ratelimited: 'rate-limited',
  readonly: 'read-only',
  internal: 'refused',
  'legacy-error': 'refused',
  'html-page': 'bad-data',
  empty: 'bad-data',
  truncated: 'bad-data',
  null: 'bad-data',
  array: 'bad-data',
  number: 'bad-data',
  'wrong-shape': 'bad-data',
  204: 'bad-data',
  'redirect-loop': 'http',
  'redirect-to-404': 'http',
  'cached-redirect': 'http',
  401: 'denied',
  403: 'denied',
  404: 'http',
  '429-long': 'rate-limited',
  '429-nonsense': 'rate-limited',
  500: 'http',
  502: 'http',
  503: 'http',
  hang: 'timeout',
  reset: 'network',
  offline: 'network',
};

type Page = Window & typeof globalThis;

interface Wiki {
  api: string;
  clearFault: () => Promise<unknown>;
  requests: () => Promise<number>;
}

/** Counts the requests that the page sends, and fails them while `instead` returns a promise. */
function interceptFetch(page: Page, part: string, override: () => Promise<Response> | null): () => number {
  const { fetch } = page;
  let requests = 0;
  page.fetch = (input, init) => {
    const matches = new page.Request(input, init).url.includes(part);
    if (matches) requests++;
    return (matches && override()) || fetch.call(page, input, init);
  };
  return () => requests;
}

function wikiWith(fault: string, page: Page): Wiki {
  if (fault === 'offline') {
    let isCleared = false;
    const failed = () => (isCleared ? null : Promise.reject(new page.TypeError('Failed to fetch')));
    const requests = interceptFetch(page, 'once=offline', failed);
    const clearFault = async () => (isCleared = true);
    return { api: '/wiki/q_kim/w/api.php?once=offline', clearFault, requests: async () => requests() };
  }
  const { api, clearFault, stats } = httpWiki(fault);
  // Ignores retries that Chromium itself makes after a connection reset.
  const sent = fault === 'reset' ? interceptFetch(page, api, () => null) : null;
  return { api, clearFault, requests: async () => sent?.() ?? (await stats()).requests };
}

interface Run {
  wiki: Wiki;
  withoutContent: MentorshipModule;
  /** Renders the element with content of the host. */
  withContent: MentorshipModule;
  event: Outcome;
  /** Resolves after a timer that was started with the element and is due after its last one. */
  isLate: boolean;
}

async function run(fault: string, page: Page): Promise<Run> {
  const faulty = wikiWith(fault, page);
  const [withoutContent, withContent] = [
    make({ api: faulty.api }, page.document),
    make({ api: faulty.api, content: 'The host’s own words' }, page.document),
  ];
  const ends = [nextOutcome(withoutContent), nextOutcome(withContent)] as const;
  page.document.body.append(withoutContent, withContent);
  let isLate = false;
  const timer = page.setTimeout(() => (isLate = true), 20_000);
  const [event] = await Promise.all(ends);
  page.clearTimeout(timer);
  return { wiki: faulty, withoutContent, withContent, event, isLate };
}

interface FaultRuns {
  page: Page;
  runs: Map<string, Promise<Run>>;
  /** Errors that reached the window of the page. */
  uncaught: string[];
}

async function runFaults(pageOf: () => Promise<Page>): Promise<FaultRuns> {
  const page = await pageOf();
  const uncaught: string[] = [];
  page.addEventListener('error', ({ message }) => uncaught.push(message));
  page.addEventListener('unhandledrejection', ({ reason }) => uncaught.push(String(reason)));
  return { page, uncaught, runs: new Map(Object.keys(FAULTS).map((fault) => [fault, run(fault, page)])) };
}

const PAGES: Record<string, () => Promise<Page>> = {
  'the source': async () => window,
  'what is built': () => openPage('/strict/empty'),
};

/** Runs all faults at the same time, because the slowest takes 17 s. */
const runsByPage = new Map(Object.entries(PAGES).map(([what, pageOf]) => [what, runFaults(pageOf)]));

for (const [what, faultRuns] of runsByPage)
  describe(`API faults, loaded as ${what}`, function () {
    this.timeout(60_000);
    let page: Page;
    let runs: Map<string, Promise<Run>>;
    let uncaught: string[];

    before(async () => {
      ({ page, runs, uncaught } = await faultRuns);
    });
    after(async () => {
      for (const { withoutContent, withContent } of await Promise.all(runs.values())) {
        withoutContent.remove();
        withContent.remove();
      }
    });

    for (const [fault, code] of Object.entries(FAULTS)) {
      it(`${fault}: fails with code ${code} and a message, in time`, async () => {
        const { wiki, event, isLate, withoutContent, withContent } = await runs.get(fault)!;
        if (!('error' in event)) throw new Error(`It did not fail but show ${event.variant}.`);
        const { error } = event;
        expect(error.name).to.equal('MentorshipError');
        expect(error.code).to.equal(code);
        expect(error.message).to.match(/^\P{Ll}.*\.$/u);
        expect(error.cause, 'cause').to.be.ok;
        expect(error.outcomeUnknown).to.be.false;
        expect(await wiki.requests()).to.be.within(1, 6);
        expect(isLate).to.be.false;
        if (fault === '429-long') {
          expect(await wiki.requests(), 'both elements share two, which are not sent again').to.equal(2);
          expect(error.retryAfter).to.equal(9_999);
          expect(error.message, 'it says why it does not wait').to.contain('9999');
        }

        expect(withoutContent.matches(':state(failed)')).to.be.true;
        expect(visibleText(find(withoutContent, 'section p'))).to.equal('This couldn’t be loaded.');
        expect(find(withoutContent, 'section').getBoundingClientRect().height).to.be.above(40);
        expect(visibleText(find(withoutContent, 'button'))).to.equal('Try again');
        const own = withContent.querySelector('p')!;
        expect(Boolean(own.assignedSlot)).to.be.true;
        expect(own.getBoundingClientRect().height).to.be.above(10);
        expect(markup(withContent, 'section')).to.be.empty;
      });

      it(`${fault}: “Try again” shows the card once the fault is over`, async () => {
        const { wiki, withoutContent, withContent } = await runs.get(fault)!;
        const button = find(withoutContent, 'button');
        await wiki.clearFault();
        button.focus();
        const end = nextOutcome(withoutContent);
        button.click();
        await withoutContent.updateComplete;
        const status = find(withoutContent, '[role=status]');
        expect(visibleText(status)).to.equal('Loading…');
        await end;
        expect(withoutContent.getAttribute('variant')).to.equal('mentored');
        await waitUntil(() => visibleText(status) === 'Your mentor', 'the result is announced');
        expect(find(withoutContent, '[role=status]') === status, 'in the same place').to.be.true;
        const focused = root(withoutContent).activeElement;
        expect(focused?.contains(find(withoutContent, 'h2')) || focused?.localName === 'button', 'focus').to
          .be.true;
        await withContent.refresh();
        expect(withContent.getAttribute('variant')).to.equal('mentored');
        expect(Boolean(withContent.querySelector('p')!.assignedSlot)).to.be.false;
      });
    }

    it('“Try again” keeps the focus and reports another failure', async () => {
      const { withoutContent, withContent } = await run('404', page);
      const button = find(withoutContent, 'button');
      button.focus();
      const end = nextOutcome(withoutContent);
      button.click();
      await end;
      const status = find(withoutContent, '[role=status]');
      await waitUntil(() => visibleText(status) === 'This couldn’t be loaded.');
      expect(root(withoutContent).activeElement?.localName).to.equal('button');
      withoutContent.remove();
      withContent.remove();
    });

    it('leaks no error to the page', async () => {
      await Promise.all(runs.values());
      expect(uncaught).to.deep.equal([]);
    });
  });
