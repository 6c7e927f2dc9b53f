// Opens and closes dialogs in applications with a router, which must not notice.
import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { fakeSource, isDialogOpen, openAsk, until, untilClosed } from './dialog-helpers.js';
import { defineAddress, find, idle, openPage, type Page } from './element-helpers.js';

type RouterPage = Page & { visits: number };

/** `state` is a key of the router's states. With `ownEntry` a dialog has an entry on a narrow screen. */
const ROUTERS: Record<string, { address: string; state: string | null; ownEntry?: true }> = {
  'React Router': { address: '/routers/react/first', state: 'idx' },
  'React Router in the fragment': { address: '/routers/react-hash/first#/first', state: 'idx' },
  'Vue Router': { address: '/routers/vue/first', state: 'position' },
  'Vue Router in the fragment': { address: '/routers/vue-hash/first#/first', state: 'position' },
  Turbo: { address: '/routers/turbo/first', state: 'turbo' },
  'a router without states': { address: '/routers/plain/first', state: null },
  'a router without states in the fragment': {
    address: '/routers/plain-hash/first#/first',
    state: null,
    ownEntry: true,
  },
};

const WIDTHS = { wide: 800, narrow: 360 };

afterEach(() => {
  // Keeps the frames, because WebKit keeps entries of a removed frame in the history, and reloads the tests' own page
  // when a later frame goes back to one.
  for (const frame of document.querySelectorAll('iframe')) frame.hidden = true;
});

/** Waits until a test may change the history, because WebKit allows 100 changes in 10 s to a page and its frames. */
const allowance = () =>
  until('less changes of the history', () => {
    const changes = [...document.querySelectorAll('iframe')].flatMap(
      ({ contentWindow }) => (contentWindow as RouterPage).pageLog.historyChanges,
    );
    return changes.filter((time) => time > Date.now() - 10_000).length < 70;
  });

async function openRouter(address: string, width: number): Promise<RouterPage> {
  await allowance();
  const page = (await openPage(address)) as RouterPage;
  page.frameElement?.setAttribute('width', String(width));
  const script = Object.assign(page.document.createElement('script'), {
    type: 'module',
    src: defineAddress(),
  });
  page.document.head.append(script);
  await arrival(page, 'first');
  return page;
}

/** Waits until the router has rendered a route, and its card is rendered. */
async function arrival(page: RouterPage, route: string): Promise<void> {
  await until(route, () => page.document.querySelector('h1')?.textContent === route);
  await until('the card', () => cardOf(page).getAttribute('variant') === 'mentored');
  // Some routers write their state after they have rendered.
  await idle();
}

const cardOf = (page: Page) => page.document.querySelector('mentorship-module')!;
const fieldOf = (page: Page) => page.document.querySelector('input')!;

/** Returns all that a dialog must leave as it is. */
const observe = (page: RouterPage) => ({
  visits: page.visits,
  address: page.location.href,
  state: structuredClone(page.history.state) as unknown,
  text: fieldOf(page).value,
});

/** Waits until the entry of a closed dialog was left, which ends later than the dialog. */
async function untilReturned(page: Page): Promise<void> {
  const hasOwnState = () => 'mentorship-module' in Object(page.history.state);
  await until('the entry of the page', () => !hasOwnState());
  await idle();
}

/**
 * Presses Escape in a dialog. A key that is pressed before the frame has the focus goes to the tests' own page. Presses it
 * again if no key event reaches the frame, because the driver of WebKit loses keys on a busy machine.
 */
async function pressEscape(page: Page): Promise<void> {
  const keys: Event[] = [];
  page.addEventListener('keydown', (event) => keys.push(event), { capture: true, once: true });
  while (keys.length === 0) {
    page.focus();
    await until('the focus', () => page.document.hasFocus() && cardOf(page).shadowRoot?.activeElement);
    await sendKeys({ press: 'Escape' });
    await idle();
  }
}

const CLOSINGS: Record<string, (page: Page) => unknown> = {
  'its button': (page) => find(cardOf(page), 'dialog .close').click(),
  Escape: pressEscape,
};

for (const [router, { address, state, ownEntry }] of Object.entries(ROUTERS))
  describe(`a dialog on a page with ${router}`, function () {
    this.timeout(20_000);

    /** Opens the second route and writes into its form, because the first route may have no entry before it. */
    async function openSecond(width: number): Promise<RouterPage> {
      const page = await openRouter(address, width);
      page.document.querySelector('a')!.click();
      await arrival(page, 'second');
      fieldOf(page).value = 'typed';
      if (state) expect(page.history.state).to.have.property(state);
      else expect(page.history.state).to.be.null;
      return page;
    }

    const hasEntry = (kind: string) => ownEntry === true && kind === 'narrow';

    if (!address.includes('#'))
      it('that the address has opened leaves the state of the router', async () => {
        const page = await openRouter(`${address}#mentorship-ask`, WIDTHS.wide);
        // A preview ignores the address.
        Object.assign(cardOf(page), { preview: null, source: fakeSource().source });
        await until('the dialog', () => isDialogOpen(cardOf(page)));
        const before = observe(page);
        await pressEscape(page);
        await untilClosed(cardOf(page));
        await idle();
        const expected = { ...before, address: before.address.replace('#mentorship-ask', '') };
        expect(observe(page)).to.deep.equal(expected);
        page.document.querySelector('a')!.click();
        await arrival(page, 'second');
        page.history.back();
        await arrival(page, 'first');
        expect(page.pageLog.errors).to.deep.equal([]);
      });

    for (const [kind, width] of Object.entries(WIDTHS)) {
      for (const [how, close] of Object.entries(CLOSINGS))
        it(`is closed by ${how} on a ${kind} screen without a visit`, async () => {
          const page = await openSecond(width);
          const before = observe(page);
          // The length of the history is no measure, because browsers limit it.
          let pushes = 0;
          const push = page.history.pushState.bind(page.history);
          page.history.pushState = (...entry) => {
            pushes++;
            push(...entry);
          };
          for (const open of [
            async () => openAsk(cardOf(page)),
            async () => find(cardOf(page), '.detail button').click(),
          ]) {
            await open();
            await until('the dialog', () => isDialogOpen(cardOf(page)));
            await close(page);
            await untilClosed(cardOf(page));
            await untilReturned(page);
            expect(observe(page)).to.deep.equal(before);
            if (!hasEntry(kind)) expect(pushes).to.equal(0);
          }
          page.history.back();
          await arrival(page, 'first');
          page.history.forward();
          await arrival(page, 'second');
          expect(page.location.href).to.equal(before.address);
          expect(page.pageLog.errors).to.deep.equal([]);
        });

      it(`is closed by Back on a ${kind} screen, and Forward leads to its page again`, async () => {
        const page = await openSecond(width);
        const before = observe(page);
        const card = cardOf(page);
        await openAsk(card);
        page.history.back();
        await untilClosed(card);
        if (hasEntry(kind)) {
          await untilReturned(page);
          expect(observe(page)).to.deep.equal(before);
          page.history.back();
        }
        await arrival(page, 'first');
        page.history.forward();
        await arrival(page, 'second');
        await idle();
        expect(isDialogOpen(cardOf(page))).to.be.false;
        const { address: arrived, state: restored } = observe(page);
        expect(arrived).to.equal(before.address);
        if (state) expect(restored).to.have.property(state);
        expect(page.pageLog.errors).to.deep.equal([]);
      });
    }
  });
