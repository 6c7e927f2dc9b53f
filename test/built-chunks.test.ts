import { expect } from '@open-wc/testing';
import type { MentorshipModule } from '../src/mentorship-module.js';
import {
  submitDialog,
  dialogOf,
  fakeSource,
  headingOf,
  INVITED,
  isDialogOpen,
  KIM,
  MENTORED,
  press,
  textarea,
  until,
  untilClosed,
  write,
} from './dialog-helpers.js';
import {
  all,
  expectNoErrors,
  find,
  make,
  openPage,
  nextOutcome,
  httpWiki,
  type Page,
  visibleText,
} from './element-helpers.js';
import { clearDrafts } from './scenarios.js';

/** Returns the names and queries of the built files that the page has fetched. */
const scripts = (page: Page) =>
  page.performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name))
    .filter(({ pathname }) => pathname.endsWith('.js'))
    .map(({ pathname, search }) => pathname.replace('/dist/', '').replace(/-[\w-]{8}\.js$/, '') + search);

/** The first chunk contains the card and is imported by the entry itself. */
const CARD = 'parts/define';
/** This chunk is loaded after the card is shown. */
const INTERACTION = 'parts/interaction-controller';
const parts = (page: Page) => scripts(page).filter((name) => name.startsWith('parts/') && name !== CARD);

async function attachTo(page: Page, settings: Parameters<typeof make>[0]): Promise<MentorshipModule> {
  const element = Object.assign(make(settings, page.document), { enroll: 'here' });
  const end = nextOutcome(element);
  page.document.body.append(element);
  await end;
  await element.updateComplete;
  return element;
}

const primary = (element: MentorshipModule) => find(element, 'section .actions .primary').click();

afterEach(() => {
  for (const frame of document.querySelectorAll('iframe')) frame.remove();
  clearDrafts();
});

describe('built chunks, loaded as mentorship-module.js?v=3 under a strict policy', () => {
  it('loads no dialog chunk before it is needed', async () => {
    const page = await openPage('/strict/versioned');
    await attachTo(page, { source: fakeSource().source });
    await until('the chunk after the card', () => scripts(page).includes(INTERACTION));
    expect(scripts(page)).to.have.members(['mentorship-module.js?v=3', CARD, INTERACTION]);
  });

  it('opens the dialog, publishes a question and shows its state with a wiki', async () => {
    const page = await openPage('/strict/versioned');
    const { api, stats } = httpWiki('none', 'n_ana');
    const element = await attachTo(page, { api });
    primary(element);
    await until('the dialog', () => isDialogOpen(element));
    const field = textarea(element);
    expect(page.getComputedStyle(find(element, 'dialog')).position, 'styles are there').to.equal('fixed');
    expect(parseFloat(page.getComputedStyle(field).padding)).to.be.above(4);
    expect(element.shadowRoot!.activeElement === field).to.be.true;
    write(element, 'May I upload a photo?');
    submitDialog(element);
    await until('sent', () => headingOf(element) === 'Your question has been published');
    find(element, 'dialog .close').click();
    await untilClosed(element);
    await until('the question', () => all(element, '.history li').length);
    expect(visibleText(find(element, '.history'))).to.contain('May I upload a photo?');
    await until('its state', () => all(element, '.history .waiting').length);
    const { urls } = await stats();
    expect(urls.length).to.be.above(3);
    expect(
      scripts(page).filter((name) => name.includes('mentorship-module')),
      'the first file is evaluated once',
    ).to.deep.equal(['mentorship-module.js?v=3']);
    expect(parts(page)).to.include.members(['parts/dialog-controller', 'parts/ask', 'parts/client']);
    expect(parts(page), 'each once').to.have.lengthOf(new Set(parts(page)).size);
    expectNoErrors(page);
  });

  const DIALOGS = {
    leave: {
      snapshot: MENTORED,
      heading: 'Continue without a mentor?',
      begin: 'Continue without a mentor',
      writes: 'leave',
    },
    join: { snapshot: {}, heading: 'Get a mentor', begin: 'Get a mentor', writes: 'join' },
    enroll: { snapshot: INVITED, heading: 'Become a mentor', begin: 'Become a mentor', writes: 'enroll' },
    choose: {
      snapshot: MENTORED,
      heading: 'Choose another mentor',
      begin: 'Choose another mentor',
      writes: 'choose Olga',
    },
  };
  for (const [name, { snapshot, heading, begin, writes: written }] of Object.entries(DIALOGS))
    it(`${name}: opens and completes`, async () => {
      const page = await openPage('/strict/versioned');
      const { source, writes } = fakeSource({ snapshot });
      const element = await attachTo(page, { source });
      press(element, begin);
      await until('the dialog', () => headingOf(element) === heading);
      if (name === 'choose') {
        await until('the figures', () => all(element, '.mentor .quiet span').length);
        find(element, '.mentor input').click();
      }
      submitDialog(element);
      await until('done', () => writes.length);
      expect(writes).to.deep.equal([written]);
      await until('the note, or the next step', () => !dialogOf(element) || headingOf(element) !== heading);
      expect(parts(page)).to.include(`parts/${name}`);
      expectNoErrors(page);
    });

  it('opens “about” and handles “not now”', async () => {
    const page = await openPage('/strict/versioned');
    const element = await attachTo(page, { source: fakeSource().source });
    press(element, 'How mentorship works', '#more');
    await until('the dialog', () => headingOf(element) === 'How mentorship works');
    const { source, writes } = fakeSource({ snapshot: INVITED });
    const other = await attachTo(page, { source });
    press(other, 'Not now');
    await until('the note', () => all(other, '.note-actions button').length);
    press(other, 'Undo');
    await until('undone', () => all(other, 'section').length);
    expect(writes.map((write) => write.split(' ')[0])).to.deep.equal(['snooze', 'restore']);
    expectNoErrors(page);
  });

  it('opens the ask dialog from the URL, again after a reload, but not after it was closed', async () => {
    const page = await openPage('/strict/wiki#mentorship-ask');
    const element = () => page.document.querySelector('mentorship-module');
    const isAsking = () => {
      const one = element();
      return one?.shadowRoot && isDialogOpen(one);
    };
    const reload = async () => {
      const { frameElement } = page;
      const loaded = new Promise((resolve) =>
        frameElement?.addEventListener('load', resolve, { once: true }),
      );
      page.location.reload();
      await loaded;
      await until('ready', () => page.pageLog.ready.length);
    };
    await until('the dialog', isAsking);
    await reload();
    await until('the dialog again', isAsking);
    find(element()!, 'dialog .close').click();
    await until('closed', () => !isAsking());
    await until('the hash is gone', () => page.location.hash === '');
    await reload();
    expect(isAsking()).to.be.false;
  });

  it('does not answer the fragment of the URL if the host has asked before the card’s code was loaded', async () => {
    const page = await openPage('/strict/versioned#mentorship-ask');
    const element = page.document.createElement('mentorship-module');
    Object.assign(element, { source: fakeSource().source });
    const actions: string[] = [];
    element.addEventListener('mentorship-action', (event) => {
      event.preventDefault();
      actions.push(`${event.action} ${event.phase}`);
    });
    element.addEventListener('mentorship-ready', () => void element.ask('May I?'));
    page.document.body.append(element);
    await until('the card’s code', () => actions.includes('impression done'));
    expect(actions).to.deep.equal(['ask start', 'impression done']);
  });
});

describe('missing chunks', () => {
  it('a control with a URL navigates there instead', async () => {
    const page = await openPage('/strict/without-parts');
    const askUrl = new URL('/strict/german?asked', location.href).href;
    const { source } = fakeSource({ snapshot: { mentor: { ...KIM, askUrl } } });
    const element = await attachTo(page, { source });
    primary(element);
    await until('there', () => page.location.href === askUrl);
  });

  it('a control without a URL reports an error and can be pressed again', async () => {
    const page = await openPage('/strict/without-parts');
    const element = await attachTo(page, { source: fakeSource({ snapshot: INVITED }).source });
    for (const times of [1, 2]) {
      press(element, 'Not now');
      await until('told', () => page.pageLog.failed.length === times);
    }
    const { violations, errors } = page.pageLog;
    expect({ violations, errors }).to.deep.equal({ violations: [], errors: [] });
    expect(element.getAttribute('variant')).to.equal('invite');
  });

  it('a wiki without GrowthExperiments cannot be read, which is a network error', async () => {
    const page = await openPage('/strict/without-parts');
    const element = page.document.createElement('mentorship-module');
    element.setAttribute('api', '/plain-wiki/n_ana/w/api.php');
    element.textContent = 'Own content';
    page.document.body.append(element);
    await until('told', () => page.pageLog.failed.length);
    expect(page.pageLog.failed).to.deep.equal(['network']);
    expect(
      element.shadowRoot?.querySelector<HTMLSlotElement>('slot:not([name])')?.assignedNodes(),
    ).to.have.lengthOf(1);
    expect(page.pageLog.errors).to.deep.equal([]);
  });

  it('the card still shows its questions', async () => {
    const page = await openPage('/strict/without-parts');
    const element = await attachTo(page, { api: httpWiki('none', 'q_kim').api });
    expect(all(element, '.history li')).to.have.lengthOf(3);
    expect(page.pageLog.errors).to.deep.equal([]);
  });
});
