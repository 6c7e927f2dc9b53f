import { expect, waitUntil } from '@open-wc/testing';
import { executeServerCommand, sendKeys } from '@web/test-runner-commands';
// Loads them here, because `idle` does not wait for the network.
import '../src/controllers/interaction-controller.js';
import '../src/controllers/refresh-stale-data.js';
import '../src/sdk/growth/actions.js';
import '../src/sdk/plain/actions.js';
import type { MentorshipModule } from '../src/mentorship-module.js';
import type { MentorshipSource } from '../src/sdk/index.js';
import { cases } from './card-cases.js';
import { itNeeding } from './driver-features.js';
import { FakeTimers } from './fake-timers.js';
import {
  all,
  find,
  idle,
  isImpression,
  make,
  markup,
  attach,
  root,
  nextOutcome,
  showCase,
  visibleText,
} from './element-helpers.js';

const INTERACTIVE = 'a, button, input, select, textarea, summary, [tabindex]';
const MENTOR = { viewer: { name: 'Noor', isMentor: true }, program: { enabled: true } };

/** Returns the accessible name of a control; an icon is named by its label. */
const nameOf = (node: HTMLElement) => node.ariaLabel ?? visibleText(node);
const isShown = (node: HTMLElement) => node.checkVisibility({ visibilityProperty: true });
const button = (textContent: string) => Object.assign(document.createElement('button'), { textContent });

/** Waits for the bodies of responses, too. */
const reads = new FakeTimers();
let stopTracking = () => {};
before(() => (stopTracking = reads.trackReads(window)));
after(() => stopTracking());

/** Waits for what is read after the card, such as questions that wait on a talk page. */
async function untilUnchanged(element: MentorshipModule): Promise<void> {
  let before = '';
  for (let unchanged = 0; unchanged < 3;) {
    await idle();
    await reads.settle();
    unchanged = root(element).innerHTML === before ? unchanged + 1 : 0;
    before = root(element).innerHTML;
  }
}

/** Renders the element between two buttons of the page. */
async function between(one: (typeof cases)[number]) {
  const [first, last] = [button('Before'), button('After')];
  attach(first);
  const element = await showCase(one);
  await untilUnchanged(element);
  attach(last);
  return { first, element, last };
}

/** Returns the focused controls from `first` to `last`, one Tab after another; at most twenty. */
async function tabThrough(
  element: MentorshipModule,
  first: HTMLElement,
  last: HTMLElement,
  backwards = false,
) {
  first.focus();
  const reached: HTMLElement[] = [];
  for (let presses = 0; presses < 20; presses++) {
    if (backwards) await sendKeys({ down: 'Shift' });
    await sendKeys({ press: 'Tab' });
    if (backwards) await sendKeys({ up: 'Shift' });
    if (document.activeElement === last) return reached;
    const focused = root(element).activeElement;
    if (focused instanceof HTMLElement) reached.push(focused);
  }
  throw new Error(`The way out was not found after ${reached.map(visibleText).join(', ')}.`);
}

describe('keyboard navigation', () => {
  for (const one of cases)
    it(`${one.id}: Tab reaches every control in order, each visible and named, and leaves the card`, async () => {
      const { first, element, last } = await between(one);
      expect(all(element, '[tabindex]').every(({ tabIndex }) => tabIndex <= 0)).to.be.true;
      const wanted = all(element, INTERACTIVE).filter(
        (node) => node.tabIndex >= 0 && isShown(node) && !node.matches(':disabled'),
      );
      const reached = await tabThrough(element, first, last);
      expect(reached.map(nameOf)).to.deep.equal(wanted.map(nameOf));
      expect(reached.every((node, index) => node === wanted[index])).to.be.true;
      for (const node of wanted) {
        expect(nameOf(node), 'a name').not.to.equal('');
        node.focus();
        expect(node.matches(':focus-visible')).to.be.true;
        const { outlineStyle, outlineWidth } = getComputedStyle(node);
        expect(outlineStyle).to.equal('solid');
        expect(parseFloat(outlineWidth)).to.be.at.least(2);
        const { height, width } = node.getBoundingClientRect();
        if (node.matches('button:not(.plain), .primary, .button'))
          expect(Math.min(height, width)).to.be.at.least(24);
      }
      expect(markup(element, '[style]'), 'no inline styles').to.be.empty;
    });

  it('Shift+Tab reaches the same controls in reverse', async () => {
    const { first, element, last } = await between(cases[0]!);
    const forwards = await tabThrough(element, first, last);
    const backwards = await tabThrough(element, last, first, true);
    expect(backwards.map(nameOf)).to.deep.equal(forwards.map(nameOf).reverse());
  });

  for (const [name, key] of Object.entries({ Enter: 'Enter', Space: ' ' }))
    it(`${name} on “Try again” shows the card, and the next Tab continues inside it`, async () => {
      const answers = [MENTOR];
      const source = { load: async () => answers[calls++ - 1] } as unknown as MentorshipSource;
      let calls = 0;
      const element = make({ source });
      const failed = nextOutcome(element);
      attach(element);
      await failed;
      find(element, 'button').focus();
      const ready = nextOutcome(element);
      await sendKeys({ press: key });
      await ready;
      expect(calls).to.equal(2);
      await waitUntil(() => visibleText(find(element, '[role=status]')) === 'You’re a mentor');
      expect(Boolean(root(element).activeElement)).to.be.true;
    });

  it('Enter on “Check again” reloads and keeps the focus', async () => {
    let calls = 0;
    const answer = { viewer: { name: 'Robin' }, mentorsAvailable: false, program: { enabled: true } };
    const source = { load: async () => (calls++, answer) } as unknown as MentorshipSource;
    const element = make({ source });
    const first = nextOutcome(element);
    attach(element);
    await first;
    find(element, 'button').focus();
    const again = nextOutcome(element);
    await sendKeys({ press: 'Enter' });
    await again;
    expect(calls).to.equal(2);
    expect(root(element).activeElement === find(element, 'button')).to.be.true;
    await waitUntil(() => visibleText(find(element, '[role=status]')) === visibleText(find(element, 'h2')));
  });

  it('Enter opens the menu, Escape closes it, and its items follow the button', async () => {
    const { first, element, last } = await between(cases[0]!);
    const menu = find(element, '#more');
    const before = await tabThrough(element, first, last);
    find(element, '.more').focus();
    await sendKeys({ press: 'Enter' });
    expect(menu.matches(':popover-open')).to.be.true;
    const items = all(element, '#more :is(a, button)');
    expect(items.map(visibleText)).to.deep.equal([
      ...['How mentorship works', 'Choose another mentor', 'Continue without a mentor'],
    ]);
    for (const item of items) {
      await sendKeys({ press: 'Tab' });
      expect(root(element).activeElement === item, visibleText(item)).to.be.true;
    }
    await sendKeys({ press: 'Tab' });
    const { activeElement: next } = root(element);
    expect(next?.outerHTML, 'then the card goes on').to.equal(
      before[before.indexOf(find(element, '.more')) + 1]?.outerHTML,
    );
    items[0]!.focus();
    await sendKeys({ press: 'Escape' });
    expect(menu.matches(':popover-open')).to.be.false;
    expect(root(element).activeElement === find(element, '.more')).to.be.true;
  });

  it('arrow keys, Home, End and a first letter move in the menu', async () => {
    const { element } = await between(cases[0]!);
    find(element, '.more').focus();
    await sendKeys({ press: 'Enter' });
    await sendKeys({ press: 'Tab' });
    const [about, choose, leave] = all(element, '#more :is(a, button)');
    const steps = [
      ['ArrowDown', choose],
      ['End', leave],
      ['ArrowDown', about],
      ['ArrowUp', leave],
      ['Home', about],
      // Two items begin with the letter.
      ['c', choose],
      ['c', leave],
      ['c', choose],
      ['x', choose],
    ] as const;
    for (const [press, item] of steps) {
      await sendKeys({ press });
      expect(visibleText(root(element).activeElement ?? element), press).to.equal(visibleText(item));
    }
  });

  it('Enter on a link dispatches an action that the host can cancel', async () => {
    const { element } = await between(cases.find(({ id }) => id === 'invite')!);
    const actions: string[] = [];
    element.addEventListener('mentorship-action', (event) => {
      event.preventDefault();
      if (!isImpression(event)) actions.push(event.action);
    });
    find(element, '.primary').focus();
    await sendKeys({ press: 'Enter' });
    expect(actions).to.deep.equal(['enroll']);
  });
});

describe('user preferences', () => {
  const set = (features: Record<string, string>) => executeServerCommand('emulate-features', features);
  afterEach(async () => {
    await set({ 'forced-colors': '', 'prefers-reduced-motion': '' });
    expect(matchMedia('(forced-colors: active)').matches, 'the next file has the page as it was').to.be.false;
  });

  const CASES = ['mentored', 'opt-in', 'invite', 'mentor', 'unavailable-help-desk', 'failed'];
  for (const one of cases.filter(({ id }) => CASES.includes(id)))
    itNeeding(
      'media features',
      `${one.id}: forced colors keep frame, buttons and focus distinguishable`,
      async () => {
        await set({ 'forced-colors': 'active' });
        expect(matchMedia('(forced-colors: active)').matches).to.be.true;
        const { element } = await between(one);
        const paper = getComputedStyle(find(element, 'section')).backgroundColor;
        for (const node of all(element, 'section, button:not(.plain), .primary, .button')) {
          const { borderTopStyle, borderTopWidth, borderTopColor } = getComputedStyle(node);
          expect(`${borderTopStyle} ${borderTopWidth}`).to.equal('solid 1px');
          expect(borderTopColor).not.to.equal(paper);
        }
        for (const node of all(element, '.plain:not([popover] *)')) {
          const { color, textDecorationLine } = getComputedStyle(node);
          const { color: own } = getComputedStyle(find(element, 'section p'));
          expect(textDecorationLine, 'a button that looks like a link').to.equal('underline');
          expect(color, 'and has its color').not.to.equal(own);
        }
        for (const node of all(element, 'h2, p, a, button, svg').filter(({ textContent }) => textContent)) {
          const { color, backgroundColor } = getComputedStyle(node);
          expect(color).not.to.equal(backgroundColor);
        }
        for (const node of all(element, 'a, button').filter(isShown)) {
          node.focus();
          expect(getComputedStyle(node).outlineStyle).to.equal('solid');
        }
      },
    );

  itNeeding('media features', 'forced colors keep the icon visible', async () => {
    await set({ 'forced-colors': 'active' });
    const { element } = await between(cases[0]!);
    const icon = getComputedStyle(find(element, 'svg'));
    expect(icon.fill).not.to.equal(getComputedStyle(find(element, 'section')).backgroundColor);
  });

  itNeeding('media features', 'reduced motion disables animations but keeps the skeleton', async () => {
    await set({ 'prefers-reduced-motion': 'reduce' });
    expect(matchMedia('(prefers-reduced-motion: reduce)').matches).to.be.true;
    for (const one of cases.filter(({ id }) => ['loading', 'mentored'].includes(id))) {
      const element = await showCase(one);
      for (const animation of root(element).getAnimations())
        expect(animation.effect?.getComputedTiming().activeDuration).to.be.at.most(1);
      if (one.id === 'loading')
        await waitUntil(() => getComputedStyle(find(element, '.skeleton')).opacity === '1');
    }
  });
});
