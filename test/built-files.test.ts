import { expect, waitUntil } from '@open-wc/testing';
import {
  expectNoErrors,
  find,
  make,
  openPage,
  nextOutcome,
  type Page,
  visibleText,
} from './element-helpers.js';

/** Headings of the cards, in the order of /strict/cards. */
const HEADINGS = {
  mentored: 'Your mentor',
  'opt-in': 'Need a hand?',
  invite: 'Want to help out?',
  mentor: 'You’re a mentor',
  unavailable: 'No mentor is free at the moment',
};

const LONG = { timeout: 8_000 };

const elementsOf = (page: Page) => [...page.document.querySelectorAll('mentorship-module')];

/** Returns all files that the page has fetched, except those of every test page. */
const fetched = (page: Page, count = Infinity) =>
  page.performance
    .getEntriesByType('resource')
    .slice(0, count)
    .map(({ name }) => new URL(name))
    .filter(({ protocol, pathname }) => protocol !== 'data:' && pathname !== '/test/pages/page-log.ts');

afterEach(() => {
  for (const frame of document.querySelectorAll('iframe')) frame.remove();
});

describe('built files under a strict policy', () => {
  it('show every card without any report of the browser', async () => {
    const page = await openPage('/strict/cards');
    await waitUntil(() => page.pageLog.ready.length === 6, 'all are ready', LONG);
    const elements = elementsOf(page);
    expect(elements.map((element) => element.getAttribute('variant'))).to.deep.equal([
      ...Object.keys(HEADINGS),
      'none',
    ]);
    const headings = elements.slice(0, 5).map((element) => visibleText(find(element, 'h2')));
    expect(headings).to.deep.equal(Object.values(HEADINGS));
    const [mentored] = elements;
    const { padding } = page.getComputedStyle(find(mentored!, 'section'));
    expect(parseFloat(padding), 'styles are there').to.be.above(8);
    expectNoErrors(page);
  });

  it('violations of the policy are detected', async () => {
    const page = await openPage('/strict/empty');
    page.document.body.setAttribute('style', 'color: red');
    await waitUntil(() => page.pageLog.violations.length > 0);
  });

  it('show a card in German', async () => {
    const page = await openPage('/strict/german');
    await waitUntil(() => page.pageLog.ready.length === 1, 'ready', LONG);
    expect(find(elementsOf(page)[0]!, 'section').lang).to.equal('de');
    expect(visibleText(find(elementsOf(page)[0]!, 'h2'))).not.to.equal(HEADINGS.invite);
    expect(page.pageLog.violations).to.deep.equal([]);
    expect(fetched(page).filter(({ pathname }) => pathname.includes('locales'))).to.have.lengthOf(1);
  });

  it('load only the script and the wiki until the card is rendered', async () => {
    const page = await openPage('/strict/wiki');
    await waitUntil(() => page.pageLog.ready.length === 1, 'ready', LONG);
    const addresses = fetched(page, page.pageLog.requestsUntilReady ?? 0);
    expect(addresses.map(({ origin }) => origin)).to.deep.equal(addresses.map(() => location.origin));
    const [script, part, ...rest] = addresses.map(({ pathname }) => pathname);
    expect(script).to.equal('/dist/mentorship-module.js');
    expect(part).to.match(/^\/dist\/parts\/define-[\w-]{8}\.js$/);
    expect(rest).to.have.lengthOf.within(1, 4);
    expect(new Set(rest)).to.deep.equal(new Set(['/wiki/n_ana/w/api.php']));
    expect(page.pageLog.violations).to.deep.equal([]);
  });

  it('report nothing on retry, move and removal', async () => {
    const page = await openPage('/strict/empty');
    const element = make({ api: '/faulty/404/loading/w/api.php' }, page.document);
    const failed = nextOutcome(element);
    page.document.body.append(element);
    await failed;
    const end = nextOutcome(element);
    element.setAttribute('api', '/wiki/n_ana/w/api.php');
    await end;
    element.remove();
    const { violations, errors } = page.pageLog;
    expect({ violations, errors }).to.deep.equal({ violations: [], errors: [] });
  });
});

describe('several copies', () => {
  it('evaluates the same file once if it is loaded from two URLs', async () => {
    const page = await openPage('/plain/twice');
    await waitUntil(() => page.pageLog.ready.length === 1, 'ready', LONG);
    const { errors, warnings } = page.pageLog;
    expect({ errors, warnings }).to.deep.equal({ errors: [], warnings: [] });
    const parts = fetched(page).filter(({ pathname }) => pathname.includes('/parts/define-'));
    expect(parts).to.have.lengthOf(1);
  });

  it('keeps the first of two versions, throws nothing and warns once', async () => {
    const page = await openPage('/plain/two-versions');
    await waitUntil(() => page.pageLog.ready.length === 1, 'ready', LONG);
    expect(page.pageLog.errors).to.deep.equal([]);
    expect(page.pageLog.warnings).to.have.lengthOf(1);
    expect(page.pageLog.warnings[0]).to.match(/mentorship-module.*exists already/);
    const [element] = elementsOf(page);
    expect(visibleText(find(element!, 'h2'))).to.equal(HEADINGS.invite);
    const { version } = element!.constructor as unknown as { version: string };
    expect(version).to.equal('0.0.1');
    expect(fetched(page).filter(({ pathname }) => /samples-[\w-]+\.js$/.test(pathname))).to.have.lengthOf(1);
  });
});

describe('missing locale file', () => {
  it('shows English and reports an error', async () => {
    const page = await openPage('/plain/no-locales');
    await waitUntil(() => page.pageLog.ready.length === 1, 'ready', LONG);
    expect(visibleText(find(elementsOf(page)[0]!, 'h2'))).to.equal(HEADINGS.invite);
    expect(find(elementsOf(page)[0]!, 'section').lang).to.equal('en');
    expect(page.pageLog.failed).to.deep.equal(['network']);
    expect(page.pageLog.errors).to.deep.equal([]);
  });

  it('keeps the current language if a later locale is missing, and loads another one', async () => {
    const page = await openPage('/plain/no-locales');
    await waitUntil(() => page.pageLog.ready.length === 1, 'ready', LONG);
    const [element] = elementsOf(page);
    element!.lang = 'ar';
    await waitUntil(() => find(element!, 'section').lang === 'ar', 'Arabic', LONG);
    element!.lang = 'sr-ec';
    await waitUntil(() => page.pageLog.failed.length === 2, 'told', LONG);
    expect(find(element!, 'section').lang).to.equal('ar');
    element!.lang = 'en';
    await waitUntil(() => find(element!, 'section').lang === 'en', 'English', LONG);
    const banner = page.document.body.appendChild(page.document.createElement('p'));
    for (const lang of ['de', 'fr']) banner.lang = lang;
    element!.lang = 'tr';
    await waitUntil(() => page.pageLog.failed.length === 3, 'told once', LONG);
    expect(page.pageLog.failed).to.deep.equal(['network', 'network', 'network']);
  });
});
