import { expect } from '@open-wc/testing';
import de from '../locales/de.json' with { type: 'json' };
import { until } from './dialog-helpers.js';
import { all, expectNoErrors, find, type Page, visibleText } from './element-helpers.js';
import { MOUNT, onlyCard, type PageOptions, run, wikiPage } from './gadget-page.js';

const CHECK =
  '/untranslated/w/index.php?title=MediaWiki:Gadget-mentorship-module-check.js&action=raw&ctype=text/javascript';
const PLAIN = { wgScriptPath: '/plain-wiki/admin/w', wgUserGroups: ['*', 'user', 'sysop'] };
const SETTINGS = 'MediaWiki:Gadget-mentorship-module-settings.js';

afterEach(() => {
  for (const frame of document.querySelectorAll('iframe')) frame.remove();
});

/** Opens a page and runs the check. `report`: as with `?mentorship-check=1`. */
async function checkedPage({ report, ...options }: PageOptions & { report?: true }) {
  const { page } = await wikiPage({ body: MOUNT, config: PLAIN, ...options });
  if (report) page.history.replaceState(null, '', '?mentorship-check=1');
  await run(page, CHECK);
  return page;
}

/** Returns the hosts of the check's box and dialog. */
const hosts = (page: Page) =>
  [...page.document.querySelectorAll('div')].filter(({ shadowRoot }) => shadowRoot !== null);
const found = (page: Page, selector: string) =>
  hosts(page)
    .map(({ shadowRoot }) => shadowRoot?.querySelector<HTMLElement>(selector))
    .find(Boolean);
const lines = (page: Page, selector = 'section li') =>
  hosts(page).flatMap((host) => all(host, selector).map(visibleText));
const isBeforePlace = (page: Page) =>
  page.document.querySelector('div.mentorship-module')?.previousElementSibling === hosts(page)[0];
const dialogOf = (page: Page) => found(page, 'dialog');
const reportRead = (page: Page) => until('the report', () => lines(page, 'dialog h3').length === 5);

describe('mistakes on the page', () => {
  it('are shown before the card, with a link to each page', async () => {
    const page = await checkedPage({ settings: { sidebr: true, homepage: 'all' } });
    await until('the box', () => found(page, 'section'));
    expect(lines(page)).to.deep.equal([
      `${SETTINGS}: “homepage” must be one of "experienced", "everybody", "nobody", not "all".`,
      `${SETTINGS}: “sidebr” is no field, so it is ignored. Write “sidebar”.`,
    ]);
    expect(visibleText(found(page, 'h2'))).to.equal('2 mistakes in the set-up of the mentorship cards');
    const [host] = hosts(page);
    expect(find(host!, 'li a').getAttribute('href')).to.equal(
      `/untranslated/w/index.php?title=${encodeURIComponent(SETTINGS)}`,
    );
    expect(isBeforePlace(page), 'before the card').to.equal(true);
    await onlyCard(page);
    expectNoErrors(page);
  });

  it('name scripts that are missing, foreign or of another build', async () => {
    for (const [wgScript, expected] of [
      ['/nowhere/w/index.php', ['dialogs.js: the page is missing', 'more.js: the page is missing']],
      ['/outdated/w/index.php', ['dialogs.js: version ', 'more.js: version ']],
    ] as const) {
      const page = await checkedPage({ wgScript });
      await until('the box', () => found(page, 'section'));
      for (const part of expected)
        expect(lines(page).join('\n')).to.contain(`MediaWiki:Gadget-mentorship-module-${part}`);
    }
  });

  it('are shown where the card would stand if its script is missing', async () => {
    const page = await checkedPage({ scripts: 0, settings: { sidebr: true } });
    await until('the box', () => found(page, 'section'));
    expect(isBeforePlace(page)).to.equal(true);
  });

  it('name the page with the wiki’s own texts', async () => {
    for (const [texts, fault] of [
      ['MediaWiki:Missing.json', 'the page is missing, or not JSON'],
      ['MediaWiki:Broken.json', 'the page is missing, or not JSON'],
      ['MediaWiki:List.json', 'the page has no texts by language'],
    ]) {
      const page = await checkedPage({ settings: { texts } });
      await until('the box', () => found(page, 'section'));
      expect(lines(page)).to.have.lengthOf(1);
      expect(lines(page)[0]).to.contain(`${texts}: ${fault}`);
    }
  });

  it('are named in the language of the viewer around the lines', async () => {
    const page = await checkedPage({
      lang: 'de',
      wgScript: '/translated/w/index.php',
      settings: { sidebr: true },
    });
    await until('the box', () => found(page, 'section'));
    expect(found(page, 'section')!.lang).to.equal('de');
    expect(found(page, 'li')!.lang).to.equal('en');
    expect(visibleText(found(page, 'section button'))).to.equal(de['dialog-check-open']);
  });
});

describe('report on the set-up', () => {
  it('opens with the URL, and has pages, program, language and card', async () => {
    const page = await checkedPage({ report: true });
    await reportRead(page);
    expect(Boolean(found(page, 'section')), 'no mistakes, no box').to.equal(false);
    expect(dialogOf(page)!.matches(':modal')).to.equal(true);
    const text = visibleText(dialogOf(page));
    for (const part of [
      'No mistakes found.',
      'MediaWiki:Gadget-mentorship-module-dialogs.js: version ',
      'MediaWiki:Gadget-mentorship-module-loader.js: version ',
      'MediaWiki:Mentorship.json: found',
      'Project:Mentors.json: found',
      'The program is on.',
      'This wiki does not have GrowthExperiments.',
      'Mentors on the list: 5. Mentors who take new mentees now: 3.',
      'The texts are the built-in English ones.',
      'The offer of a mentor, because you have none. (row 14 of the decision table)',
    ])
      expect(text).to.contain(part);
    expectNoErrors(page);
  });

  it('describes a wiki with GrowthExperiments', async () => {
    const page = await checkedPage({ report: true, config: {} });
    await reportRead(page);
    const text = visibleText(dialogOf(page));
    expect(text).to.contain('This wiki has GrowthExperiments.');
    expect(text).to.contain('The card of a mentee, because you have a mentor. (row 7 of the decision table)');
  });

  it('says that the page of the language is missing', async () => {
    const page = await checkedPage({ report: true, lang: 'de' });
    await reportRead(page);
    expect(visibleText(dialogOf(page))).to.contain('MediaWiki:Gadget-mentorship-module-de.json: missing');
  });

  it('opens with the button, and returns the focus to it', async () => {
    const page = await checkedPage({ settings: { sidebr: true } });
    await until('the box', () => found(page, 'section'));
    const button = found(page, 'section button')!;
    button.focus();
    button.click();
    await reportRead(page);
    find(hosts(page).at(-1)!, 'dialog .close').click();
    await until('closed', () => !dialogOf(page));
    expect(button.matches(':focus')).to.equal(true);
  });

  it('can be copied as text', async () => {
    const page = await checkedPage({ report: true });
    await reportRead(page);
    const copied: string[] = [];
    Object.defineProperty(page.navigator, 'clipboard', {
      value: { writeText: async (text: string) => void copied.push(text) },
    });
    const status = () => visibleText(found(page, 'dialog [role=status]'));
    find(hosts(page).at(-1)!, 'dialog .primary').click();
    await until('copied', () => status() === 'Copied.');
    expect(copied[0]).to.match(
      /^Set-up of the mentorship cards\n\nMistakes\n\* No mistakes found\.\n\nPages\n\* /,
    );
  });

  it('says so if the browser does not allow to copy', async () => {
    const page = await checkedPage({ report: true });
    await reportRead(page);
    Object.defineProperty(page.navigator, 'clipboard', { value: undefined });
    find(hosts(page).at(-1)!, 'dialog .primary').click();
    await until('told', () => /^Your browser/.test(visibleText(found(page, 'dialog [role=status]'))));
  });

  it('says which error keeps the card away', async () => {
    const page = await checkedPage({ report: true, config: { wgScriptPath: '/there/is/no/wiki' } });
    await reportRead(page);
    expect(visibleText(dialogOf(page))).to.contain('No card, because of an error: GET ');
  });
});
