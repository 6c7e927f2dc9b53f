import { expect } from '@open-wc/testing';
import type { MentorshipModule } from '../src/mentorship-module.js';
import {
  submitDialog,
  dialogOf,
  fakeSource,
  headingOf,
  isDialogOpen,
  KIM,
  press,
  until,
  write,
} from './dialog-helpers.js';
import { cards, GADGET, MOUNT, onlyCard, countScripts, wikiPage } from './gadget-page.js';
import { all, expectNoErrors, find, type Page, visibleText } from './element-helpers.js';
import { clearDrafts } from './scenarios.js';

const WIKI = '/untranslated/w/index.php';
/** A wiki that has only the card of this version. */
const OUTDATED = '/outdated/w/index.php';
const NOWHERE = '/nowhere/w/index.php';
/** A wiki that lacks the dialogs only. */
const NO_DIALOGS = '/nowhere/dialogs/w/index.php';

/** Faults of the scripts on a wiki, with the warning. */
const FAULTS = {
  missing: { wiki: '/nowhere', mistake: mistakeOf('the page is missing') },
  empty: { wiki: '/empty', mistake: mistakeOf('the page is missing') },
  'of another build': {
    wiki: '/outdated',
    mistake: mistakeOf('version \\d\\S+\\+later, but the card’s is \\d\\S+\\+\\w{8}'),
  },
};

function mistakeOf(mistake: string) {
  return (name: string) =>
    new RegExp(
      `^mentorship-module: MediaWiki:Gadget-mentorship-module-${name}\\.js: ${mistake}\\. Import import\\.xml again\\.$`,
    );
}

const DIALOGS = '-dialogs.js';
const MORE = '-more.js';
const dialogs = (page: Page) => countScripts(page, DIALOGS);
const more = (page: Page) => countScripts(page, MORE);
/** Returns the number of downloads that are no imports, because browsers repeat failed imports as they like. */
const countRefetches = (page: Page, part: string) =>
  page.performance
    .getEntriesByType('resource')
    .filter(
      (entry) => entry.name.includes(part) && 'initiatorType' in entry && entry.initiatorType === 'fetch',
    ).length;
const PLAIN = { wgScriptPath: '/plain-wiki/n_ana/w' };
const primary = (card: MentorshipModule) => find(card, 'section .actions .primary').click();
const about = async (card: MentorshipModule) => {
  press(card, 'How mentorship works', '#more');
  await until('the dialog', () => headingOf(card) === 'How mentorship works');
};
/** The button of the invitation, which has no URL. */
const notNowFails = async (page: Page, card: MentorshipModule) => {
  const before = page.pageLog.failed.length;
  press(card, 'Not now');
  await until('told', () => page.pageLog.failed.length > before);
  expect(page.pageLog.failed).to.deep.equal(Array(before + 1).fill('network'));
  expect(card.getAttribute('variant')).to.equal('invite');
};

/** Presses the button of the error message, and waits until the page has been reloaded. */
async function reloads(card: MentorshipModule): Promise<void> {
  const [frame] = document.querySelectorAll('iframe');
  const loaded = new Promise((resolve) => frame!.addEventListener('load', resolve, { once: true }));
  press(card, 'Reload', '[role=alert]');
  await loaded;
}

afterEach(() => {
  for (const frame of document.querySelectorAll('iframe')) frame.remove();
  clearDrafts();
});

describe('second script of the gadget', () => {
  it('is loaded with the first dialog, once for all cards', async () => {
    const { page } = await wikiPage({ body: `${MOUNT}${MOUNT}` });
    await until('both', () => cards(page).every((card) => card.hasAttribute('variant')));
    const [first, second] = cards(page) as [MentorshipModule, MentorshipModule];
    expect(dialogs(page)).to.equal(0);
    primary(first);
    press(second, 'How mentorship works', '#more');
    await until('the dialogs', () => isDialogOpen(first) && isDialogOpen(second));
    expect(page.getComputedStyle(find(first, 'dialog')).position, 'styles are there').to.equal('fixed');
    find(second, 'dialog .close').click();
    await until('closed', () => !dialogOf(second));
    press(second, 'Continue without a mentor');
    await until('the other', () => headingOf(second) === 'Continue without a mentor?');
    expect(dialogs(page)).to.equal(1);
    expect(page.document.querySelector('script[src*="-dialogs.js"]')).to.equal(null);
    expectNoErrors(page);
  });

  it('has a constant URL and imports the card from the URL of the loader', async () => {
    const { page } = await wikiPage({ body: MOUNT });
    await about(await onlyCard(page));
    const addresses = page.performance
      .getEntriesByType('resource')
      .map(({ name }) => name.replace(location.origin, ''))
      .filter((name) => name.includes('/index.php'));
    const address = (name: string) =>
      `${WIKI}?title=MediaWiki:Gadget-${name}&action=raw&ctype=text/javascript`;
    expect(addresses).to.deep.equal([
      address('mentorship-module.js'),
      address('mentorship-module-more.js'),
      address('mentorship-module-dialogs.js'),
    ]);
  });

  it('bypasses the cache of the browser with ?debug=true', async () => {
    const { page } = await wikiPage({ body: MOUNT, config: { debug: true } });
    await about(await onlyCard(page));
    expect(dialogs(page)).to.equal(2);
  });

  it('asks and shows the state of the question', async () => {
    const { page } = await wikiPage({ body: MOUNT });
    const card = await onlyCard(page);
    primary(card);
    await until('the dialog', () => isDialogOpen(card));
    write(card, 'May I upload a photo?');
    submitDialog(card);
    await until('sent', () => headingOf(card) === 'Your question has been published');
    find(card, 'dialog .close').click();
    await until('its state', () => all(card, '.history .waiting').length);
    expect(visibleText(find(card, '.history'))).to.contain('May I upload a photo?');
    expectNoErrors(page);
  });

  it('leaves and undoes it', async () => {
    const { page } = await wikiPage({ body: MOUNT });
    const card = await onlyCard(page);
    press(card, 'Continue without a mentor');
    await until('the dialog', () => isDialogOpen(card));
    submitDialog(card);
    await until('gone', () => card.getAttribute('variant') === 'opt-in' && !dialogOf(card));
    press(card, 'Undo');
    await until('back', () => card.getAttribute('variant') === 'mentored');
    expectNoErrors(page);
  });

  it('is not needed for a language that falls back on another', async () => {
    const { page } = await wikiPage({ lang: 'bar', body: MOUNT, wgScript: '/translated/w/index.php' });
    const card = await onlyCard(page);
    await until('German', () => card.shadowRoot?.querySelector('section')?.lang === 'de');
    expect([dialogs(page), more(page)]).to.deep.equal([0, 1]);
    expectNoErrors(page);
  });

  it('is not needed for a card, whose questions remain if it is missing', async () => {
    const { page } = await wikiPage({ persona: 'q_kim', body: MOUNT, wgScript: NO_DIALOGS });
    const card = await onlyCard(page);
    await until('it was asked for', () => dialogs(page));
    expect(all(card, '.history li')).to.have.lengthOf(3);
    expect(page.pageLog.errors).to.deep.equal([]);
  });
});

describe('third script of the gadget', () => {
  it('is loaded for a card on a wiki without GrowthExperiments', async () => {
    const { page } = await wikiPage({ body: MOUNT, config: PLAIN });
    const card = await onlyCard(page);
    await until('the card', () => card.getAttribute('variant') === 'mentored');
    expect(more(page)).to.equal(1);
    expectNoErrors(page);
  });

  it('is loaded once after the cards of a wiki with GrowthExperiments', async () => {
    const { page } = await wikiPage({ persona: 'e_hal', body: `${MOUNT}${MOUNT}` });
    await until('it', () => more(page));
    await until('both', () => cards(page).every((card) => card.getAttribute('variant') === 'invite'));
    expect([more(page), dialogs(page)]).to.deep.equal([1, 0]);
    expectNoErrors(page);
  });

  it('is not needed for a card, whose buttons work once it has arrived', async () => {
    const { page } = await wikiPage({ persona: 'e_hal', body: MOUNT, wgScript: '/held/w/index.php' });
    const card = await onlyCard(page);
    expect(visibleText(find(card, 'section h2'))).to.equal('Want to help out?');
    press(card, 'Not now');
    await fetch('/held/w/index.php?title=MediaWiki:Release');
    await until('the notice', () => all(card, '.note').length);
    expectNoErrors(page);
  });

  for (const [name, { wiki, mistake }] of Object.entries(FAULTS))
    it(`${name}: a press is reported, and warns once and refetches all scripts`, async () => {
      const { page } = await wikiPage({ persona: 'e_hal', body: MOUNT, wgScript: `${wiki}/w/index.php` });
      const card = await onlyCard(page);
      await notNowFails(page, card);
      await notNowFails(page, card);
      await until('told', () => all(card, '[role=alert]').length);
      await until('fetched again', () => countRefetches(page, MORE));
      const [warning, ...others] = page.pageLog.warnings;
      expect(others).to.deep.equal([]);
      expect(warning).to.match(mistake('more'));
      expect([countRefetches(page, GADGET), countRefetches(page, MORE)]).to.deep.equal([1, 1]);
      expect(page.pageLog.errors).to.deep.equal([]);
    });

  for (const [name, { wiki, mistake }] of Object.entries(FAULTS))
    it(`${name}: reports an error, warns once and refetches all scripts, for the next page`, async () => {
      const { page } = await wikiPage({ body: MOUNT, config: PLAIN, wgScript: `${wiki}/w/index.php` });
      await until('told', () => page.pageLog.failed.length);
      expect(page.pageLog.failed).to.deep.equal(['network']);
      await until(
        'fetched again',
        () => countRefetches(page, GADGET) === 1 && countRefetches(page, MORE) === 1,
      );
      const [warning, ...others] = page.pageLog.warnings;
      expect(others).to.deep.equal([]);
      expect(warning).to.match(mistake('more'));
      expect(page.pageLog.errors).to.deep.equal([]);
    });
});

describe('missing second script of the gadget', () => {
  // Chromium caches a failed import until the page is reloaded.
  it('reports an error to the host each time', async () => {
    const { page } = await wikiPage({ persona: 'e_hal', body: MOUNT, wgScript: NO_DIALOGS });
    const card = await onlyCard(page);
    await notNowFails(page, card);
    await notNowFails(page, card);
    expect(page.pageLog.errors).to.deep.equal([]);
  });

  for (const [name, { wiki, mistake }] of Object.entries(FAULTS))
    it(`${name}: warns once and refetches both scripts once, for the next page`, async () => {
      const wgScript = `${wiki}/dialogs/w/index.php`;
      const { page } = await wikiPage({ persona: 'e_hal', body: MOUNT, wgScript });
      const card = await onlyCard(page);
      await notNowFails(page, card);
      await until(
        'fetched again',
        () => countRefetches(page, GADGET) === 1 && countRefetches(page, DIALOGS) === 1,
      );
      await notNowFails(page, card);
      const [warning, ...others] = page.pageLog.warnings;
      expect(others).to.deep.equal([]);
      expect(warning).to.match(mistake('dialogs'));
      expect([countRefetches(page, GADGET), countRefetches(page, DIALOGS)]).to.deep.equal([1, 1]);
      expect(page.pageLog.errors).to.deep.equal([]);
    });

  it('says so above the card, with a button that reloads the page', async () => {
    const { page } = await wikiPage({
      persona: 'e_hal',
      body: MOUNT,
      wgScript: '/outdated/dialogs/w/index.php',
    });
    const card = await onlyCard(page);
    await notNowFails(page, card);
    await until('told', () => all(card, '[role=alert]').length);
    expect(visibleText(find(card, '[role=alert] p'))).to.equal('This couldn’t be loaded. Reload the page.');
    expect(visibleText(find(card, 'section h2'))).to.equal('Want to help out?');
    await reloads(card);
  });

  it('says so in place of a card that needs it', async () => {
    const { page } = await wikiPage({ body: MOUNT, config: PLAIN, wgScript: OUTDATED });
    const [card] = cards(page) as [MentorshipModule];
    await until('told', () => all(card, '[role=alert]').length);
    expect(all(card, 'button').map(visibleText)).to.deep.equal(['Reload']);
    await reloads(card);
  });

  it('keeps the content of the page in place of a card that needs it', async () => {
    const body = '<div class="mentorship-module">Ask at the help desk.</div>';
    const { page } = await wikiPage({ body, config: PLAIN, wgScript: OUTDATED });
    const [card] = cards(page) as [MentorshipModule];
    await until('failed', () => page.pageLog.failed.length);
    await card.updateComplete;
    expect(all(card, '[role=alert]')).to.have.lengthOf(0);
    expect(visibleText(card)).to.equal('Ask at the help desk.');
  });

  it('a control with a URL navigates there instead', async () => {
    const { page } = await wikiPage({ body: MOUNT, wgScript: NOWHERE });
    const card = await onlyCard(page);
    const askUrl = new URL('/strict/empty?asked', location.href).href;
    card.source = fakeSource({ snapshot: { mentor: { ...KIM, askUrl } } }).source;
    await until('Kim', () => visibleText(find(card, 'section')).includes('Kim'));
    primary(card);
    await until('there', () => page.location.href === askUrl);
  });
});
