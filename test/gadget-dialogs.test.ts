import { aTimeout, expect } from '@open-wc/testing';
import type { MentorshipModule } from '../src/mentorship-module.js';
import { dialogOf, fakeSource, headingOf, isOpen, KIM, press, until, write } from './fake-source.js';
import { cards, GADGET, MOUNT, onlyCard, type Page, quiet, requests, wikiPage } from './gadget-page.js';
import { all, find, words } from './helpers.js';
import { forget } from './steps.js';

const WIKI = '/untranslated/w/index.php';
/** It has the dialogs of another build. */
const OUTDATED = '/outdated/w/index.php';
/** Pages that are missing are empty there. */
const EMPTY = '/empty/w/index.php';
const NOWHERE = '/nowhere/w/index.php';

const dialogs = (page: Page) => requests(page, '-dialogs.js');
/** How often the dialogs and the gadget were fetched, and what the console was told. */
const seen = (page: Page) => [dialogs(page), requests(page, GADGET), page.witness.warnings.length];
const primary = (card: MentorshipModule) => find(card, 'section .actions .primary').click();
const submit = (card: MentorshipModule) => find(card, 'dialog .actions .primary').click();
const about = async (card: MentorshipModule) => {
  press(card, 'How mentorship works', '#more');
  await until('the dialog', () => headingOf(card) === 'How mentorship works');
};
/** The invitation's, which leads nowhere else. */
const notNowFails = async (page: Page, card: MentorshipModule) => {
  const before = page.witness.failed.length;
  press(card, 'Not now');
  await until('told', () => page.witness.failed.length > before);
  expect(page.witness.failed).to.deep.equal(Array(before + 1).fill('network'));
  expect(card.getAttribute('variant')).to.equal('invite');
};
const notNow = async (card: MentorshipModule) => {
  press(card, 'Not now');
  await until('the note', () => all(card, '.note-actions button').length);
};

afterEach(() => {
  for (const frame of document.querySelectorAll('iframe')) frame.remove();
  forget();
});

describe('the gadget’s second script', () => {
  it('is fetched with the first dialog, once for all cards', async () => {
    const { page } = await wikiPage({ body: `${MOUNT}${MOUNT}` });
    await until('both', () => cards(page).every((card) => card.hasAttribute('variant')));
    const [first, second] = cards(page) as [MentorshipModule, MentorshipModule];
    expect(dialogs(page)).to.equal(0);
    primary(first);
    press(second, 'How mentorship works', '#more');
    await until('the dialogs', () => isOpen(first) && isOpen(second));
    expect(page.getComputedStyle(find(first, 'dialog')).position, 'styles are there').to.equal('fixed');
    find(second, 'dialog .close').click();
    await until('closed', () => !dialogOf(second));
    press(second, 'Leave mentorship');
    await until('the other', () => headingOf(second) === 'Leave mentorship?');
    expect(dialogs(page)).to.equal(1);
    expect(page.document.querySelector('script[src*="-dialogs.js"]')).to.equal(null);
    quiet(page);
  });

  it('is of the first script’s build, and is kept for a day', async () => {
    const { page } = await wikiPage({ body: MOUNT });
    await about(await onlyCard(page));
    const { name } = page.performance
      .getEntriesByType('resource')
      .find((entry) => entry.name.includes('-dialogs.js'))!;
    expect(name.replace(location.origin, '')).to.match(
      /^\/untranslated\/w\/index\.php\?title=MediaWiki:Gadget-mentorship-module-dialogs\.js&action=raw&ctype=text\/javascript&maxage=86400&smaxage=86400&build=[0-9a-f]{8}$/,
    );
  });

  it('has the nonce of the first', async () => {
    const { page } = await wikiPage({ body: MOUNT, nonce: 'r4nd0m' });
    const card = await onlyCard(page);
    const nonces: string[] = [];
    new page.MutationObserver((records) => {
      for (const { addedNodes } of records)
        for (const node of addedNodes)
          if (node instanceof page.HTMLScriptElement) nonces.push(node.nonce ?? '');
    }).observe(page.document.head, { childList: true });
    await about(card);
    expect(nonces).to.deep.equal(['r4nd0m']);
  });

  it('asks, and finds out how the question stands', async () => {
    const { page } = await wikiPage({ body: MOUNT });
    const card = await onlyCard(page);
    primary(card);
    await until('the dialog', () => isOpen(card));
    write(card, 'May I upload a photo?');
    submit(card);
    await until('sent', () => headingOf(card) === 'Your question has been published');
    find(card, 'dialog .close').click();
    await until('its state', () => all(card, '.history .waiting').length);
    expect(words(find(card, '.history'))).to.contain('May I upload a photo?');
    quiet(page);
  });

  it('leaves, and takes it back', async () => {
    const { page } = await wikiPage({ body: MOUNT });
    const card = await onlyCard(page);
    press(card, 'Leave mentorship');
    await until('the dialog', () => isOpen(card));
    submit(card);
    await until('gone', () => card.getAttribute('variant') === 'opt-in' && !dialogOf(card));
    press(card, 'Undo');
    await until('back', () => card.getAttribute('variant') === 'mentored');
    quiet(page);
  });

  it('is not needed for a language that falls back on another', async () => {
    const { page } = await wikiPage({ lang: 'bar', body: MOUNT, wgScript: '/translated/w/index.php' });
    const card = await onlyCard(page);
    await until('German', () => find(card, 'section').lang === 'de');
    expect(dialogs(page)).to.equal(0);
    quiet(page);
  });

  it('is not needed for a card, and a card’s questions stay where it is missing', async () => {
    const { page } = await wikiPage({ persona: 'q_kim', body: MOUNT, wgScript: NOWHERE });
    const card = await onlyCard(page);
    await until('it was asked for', () => dialogs(page));
    expect(all(card, '.history li')).to.have.lengthOf(3);
    expect(page.witness.errors).to.deep.equal([]);
  });
});

describe('the gadget’s second script, where it cannot be had', () => {
  it('the host is told, and the next attempt succeeds', async () => {
    const { page, variables } = await wikiPage({ persona: 'e_hal', body: MOUNT, wgScript: NOWHERE });
    const card = await onlyCard(page);
    await notNowFails(page, card);
    await notNowFails(page, card);
    variables.wgScript = WIKI;
    await notNow(card);
    expect(page.witness.errors).to.deep.equal([]);
  });

  it('of another build, it is refused with a word to the console', async () => {
    const { page, variables } = await wikiPage({ persona: 'e_hal', body: MOUNT, wgScript: OUTDATED });
    const card = await onlyCard(page);
    await notNowFails(page, card);
    const [warning, ...others] = page.witness.warnings;
    expect(others).to.deep.equal([]);
    expect(warning).to.match(
      /^mentorship-module: MediaWiki:Gadget-mentorship-module-dialogs\.js .*another build/,
    );
    variables.wgScript = WIKI;
    await notNow(card);
    expect(page.witness.errors).to.deep.equal([]);
  });

  it('of another build, both scripts are fetched anew, for the next page', async () => {
    const { page } = await wikiPage({ persona: 'e_hal', body: MOUNT, wgScript: OUTDATED });
    const card = await onlyCard(page);
    expect(requests(page, GADGET)).to.equal(1);
    await notNowFails(page, card);
    await until('anew', () => requests(page, GADGET) === 2 && dialogs(page) === 2);
  });

  it('of another build, that is found out once, however often the card is drawn', async () => {
    const { page } = await wikiPage({ persona: 'q_kim', body: MOUNT, wgScript: OUTDATED });
    const card = await onlyCard(page);
    await until('anew', () => String(seen(page)) === '2,2,1');
    for (const theme of ['light', 'dark', 'auto', 'light', 'dark']) {
      card.theme = theme;
      await card.updateComplete;
      await aTimeout(50);
    }
    expect(seen(page)).to.deep.equal([2, 2, 1]);
  });

  for (const [name, wgScript] of Object.entries({ 'of another build': OUTDATED, 'an empty page': EMPTY }))
    it(`${name}, another attempt fetches it once more, and nothing else`, async () => {
      const { page } = await wikiPage({ persona: 'e_hal', body: MOUNT, wgScript });
      const card = await onlyCard(page);
      await notNowFails(page, card);
      await until('anew', () => String(seen(page)) === '2,2,1');
      await notNowFails(page, card);
      await aTimeout(100);
      expect(seen(page)).to.deep.equal([3, 2, 1]);
    });

  it('a control with an address leads there instead', async () => {
    const { page } = await wikiPage({ body: MOUNT, wgScript: NOWHERE });
    const card = await onlyCard(page);
    const askUrl = new URL('/strict/empty?asked', location.href).href;
    card.source = fakeSource({ snapshot: { mentor: { ...KIM, askUrl } } }).source;
    await until('Kim', () => words(find(card, 'section')).includes('Kim'));
    primary(card);
    await until('there', () => page.location.href === askUrl);
  });
});
