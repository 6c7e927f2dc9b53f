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
function watch(page: Page, part: string, instead: () => Promise<Response> | null): () => number {
  const { fetch } = page;
  let requests = 0;
  page.fetch = (input, init) => {
    const mine = new page.Request(input, init).url.includes(part);
    if (mine) requests++;
    return (mine && instead()) || fetch.call(page, input, init);
  };
  return () => requests;
}

function wikiWith(fault: string, page: Page): Wiki {
  if (fault === 'offline') {
    let healed = false;
    const failed = () => (healed ? null : Promise.reject(new page.TypeError('Failed to fetch')));
    const requests = watch(page, 'once=offline', failed);
    const clearFault = async () => (healed = true);
    return { api: '/wiki/q_kim/w/api.php?once=offline', clearFault, requests: async () => requests() };
  }
  const { api, clearFault, stats } = httpWiki(fault);
  // Ignores retries that Chromium itself makes after a connection reset.
  const sent = fault === 'reset' ? watch(page, api, () => null) : null;
  return { api, clearFault, requests: async () => sent?.() ?? (await stats()).requests };
}

interface Run {
  wiki: Wiki;
  bare: MentorshipModule;
  /** Renders the element with content of the host. */
  filled: MentorshipModule;
  event: Outcome;
  /** Resolves after a timer that was started with the element and is due after its last one. */
  isLate: boolean;
}

async function run(fault: string, page: Page): Promise<Run> {
  const faulty = wikiWith(fault, page);
  const [bare, filled] = [
    make({ api: faulty.api }, page.document),
    make({ api: faulty.api, content: 'The host’s own words' }, page.document),
  ];
  const ends = [nextOutcome(bare), nextOutcome(filled)] as const;
  page.document.body.append(bare, filled);
  let isLate = false;
  const timer = page.setTimeout(() => (isLate = true), 15_000);
  const [event] = await Promise.all(ends);
  page.clearTimeout(timer);
  return { wiki: faulty, bare, filled, event, isLate };
}

interface Meeting {
  page: Page;
  runs: Map<string, Promise<Run>>;
  /** Errors that reached the window of the page. */
  uncaught: string[];
}

async function meet(pageOf: () => Promise<Page>): Promise<Meeting> {
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

/** Runs all faults at the same time, because the slowest takes 12 s. */
const meetings = new Map(Object.entries(PAGES).map(([what, pageOf]) => [what, meet(pageOf)]));

for (const [what, meeting] of meetings)
  describe(`API faults, loaded as ${what}`, function () {
    this.timeout(60_000);
    let page: Page;
    let runs: Map<string, Promise<Run>>;
    let uncaught: string[];

    before(async () => {
      ({ page, runs, uncaught } = await meeting);
    });
    after(async () => {
      for (const { bare, filled } of await Promise.all(runs.values())) {
        bare.remove();
        filled.remove();
      }
    });

    for (const [fault, code] of Object.entries(FAULTS)) {
      it(`${fault}: fails with code ${code} and a message, in time`, async () => {
        const { wiki, event, isLate, bare, filled } = await runs.get(fault)!;
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
          expect(await wiki.requests(), 'both elements share one, which is not sent again').to.equal(1);
          expect(error.retryAfter).to.equal(9_999);
          expect(error.message, 'it says why it does not wait').to.contain('9999');
        }

        expect(bare.matches(':state(failed)')).to.be.true;
        expect(visibleText(find(bare, 'section p'))).to.equal('The mentorship card could not be loaded.');
        expect(find(bare, 'section').getBoundingClientRect().height).to.be.above(40);
        expect(visibleText(find(bare, 'button'))).to.equal('Try again');
        const own = filled.querySelector('p')!;
        expect(Boolean(own.assignedSlot)).to.be.true;
        expect(own.getBoundingClientRect().height).to.be.above(10);
        expect(markup(filled, 'section')).to.be.empty;
      });

      it(`${fault}: “Try again” shows the card once the fault is over`, async () => {
        const { wiki, bare, filled } = await runs.get(fault)!;
        const button = find(bare, 'button');
        await wiki.clearFault();
        button.focus();
        const end = nextOutcome(bare);
        button.click();
        await bare.updateComplete;
        const status = find(bare, '[role=status]');
        expect(visibleText(status)).to.equal('Loading the mentorship card…');
        await end;
        expect(bare.getAttribute('variant')).to.equal('mentored');
        await waitUntil(() => visibleText(status) === 'Your mentor', 'the result is announced');
        expect(find(bare, '[role=status]') === status, 'in the same place').to.be.true;
        const focused = root(bare).activeElement;
        expect(focused?.contains(find(bare, 'h2')) || focused?.localName === 'button', 'focus').to.be.true;
        await filled.refresh();
        expect(filled.getAttribute('variant')).to.equal('mentored');
        expect(Boolean(filled.querySelector('p')!.assignedSlot)).to.be.false;
      });
    }

    it('“Try again” keeps the focus and reports another failure', async () => {
      const { bare, filled } = await run('404', page);
      const button = find(bare, 'button');
      button.focus();
      const end = nextOutcome(bare);
      button.click();
      await end;
      const status = find(bare, '[role=status]');
      await waitUntil(() => visibleText(status) === 'The mentorship card could not be loaded.');
      expect(root(bare).activeElement?.localName).to.equal('button');
      bare.remove();
      filled.remove();
    });

    it('leaks no error to the page', async () => {
      await Promise.all(runs.values());
      expect(uncaught).to.deep.equal([]);
    });
  });
