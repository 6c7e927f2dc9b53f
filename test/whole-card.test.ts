import { expect } from '@open-wc/testing';
import { sendKeys, setViewport } from '@web/test-runner-commands';
import type { MentorshipModule } from '../src/mentorship-module.js';
import { cases } from './card-cases.js';
import {
  fakeSource,
  INVITED,
  KIM,
  MENTORED,
  press,
  rejectingWith,
  showFake,
  until,
  untilClosed,
  write,
} from './dialog-helpers.js';
import {
  all,
  elementFor,
  attach,
  find,
  idle,
  isImpression,
  nextOutcome,
  root,
  visibleText,
} from './element-helpers.js';
import { snapshotOf } from './sample-snapshots.js';
import { clearDrafts } from './scenarios.js';

const MENTOR = {
  viewer: { isMentor: true, mentoring: { pausedUntil: null, waitingQuestions: null } },
  mentor: { ...KIM, name: 'Olga' },
} as const;

const whole = (element: Element) => root(element).querySelector<HTMLDialogElement>('dialog.whole');
const action = (element: Element) => root(element).querySelector<HTMLDialogElement>('dialog:not(.whole)');
const focusedIn = (element: Element) => root(element).activeElement;
const seeMore = (element: Element) => find(element, '.summary .actions button');

async function open(element: MentorshipModule) {
  seeMore(element).focus();
  seeMore(element).click();
  await until('the whole card', () => whole(element)?.open);
}
const untilAction = (element: Element) => until('a dialog above', () => action(element)?.open);
const untilWholeClosed = (element: Element) => until('the whole card closed', () => !whole(element));

async function showSummary(snapshot: Parameters<typeof snapshotOf>[0], options = {}) {
  const fake = fakeSource({ snapshot, ...options });
  return { fake, element: await showFake(fake, { layout: 'summary' }) };
}

const controlsOf = (element: Element, selector: string) =>
  all(element, `${selector} :is(button, a):not(.close)`)
    .filter((one) => one.checkVisibility() || one.closest('[popover]'))
    .map((one) => `${one.localName} ${one.getAttribute('href') ?? ''} ${visibleText(one)}`);

beforeEach(clearDrafts);
afterEach(() => setViewport({ width: 800, height: 600 }));

describe('layout="summary"', () => {
  for (const one of cases.filter(({ expect: outcome }) => !['none', 'loading', 'failed'].includes(outcome)))
    it(`${one.id}: the dialog has every control and text of the card`, async () => {
      const showCase = async (layout: 'card' | 'summary') => {
        const element = Object.assign(elementFor(one), { layout });
        const end = nextOutcome(element);
        attach(element);
        await end;
        await element.updateComplete;
        return element;
      };
      const card = await showCase('card');
      if (card.variant === 'none') return;
      const summary = await showCase('summary');
      expect(controlsOf(summary, '.summary').filter((text) => text.startsWith('button'))).to.deep.equal([
        'button  See more',
      ]);
      // A reader sees the button that opens the dialog, and in view the states of questions are refreshed.
      summary.scrollIntoView();
      await open(summary);
      const words = (element: Element, selector: string) =>
        all(element, `${selector} :is(h2, h3, p, li, strong, blockquote)`).map(visibleText);
      // Both refresh the states of questions, and other facts that arrive after the card.
      await until(
        'the same words',
        () => String(words(summary, '.whole')) === String(words(card, 'section')),
      );
      expect(controlsOf(summary, '.whole')).to.deep.equal(controlsOf(card, 'section'));
    });

  it('shows the heading and one line', async () => {
    const { element } = await showSummary({
      ...MENTORED,
      mentor: { ...KIM, away: { until: null }, lastActive: '2026-11-20T00:00:00Z' },
    });
    // WebKit adds a space after a block.
    const lines = find(element, '.summary')
      .innerText.split('\n')
      .map((line) => line.trim());
    expect(lines.filter(Boolean)).to.deep.equal(['Your mentor', 'Kim', 'See more']);
  });

  it('keeps the host’s heading and footer in place', async () => {
    const { source } = fakeSource();
    const element = await showFake({ source }, { layout: 'summary' });
    for (const slot of ['heading', 'footer'])
      element.append(Object.assign(document.createElement('p'), { slot, textContent: slot }));
    await open(element);
    expect(
      all(element, 'slot').map((slot) => (slot as HTMLSlotElement).assignedNodes().length),
    ).to.deep.equal([1, 1]);
  });

  it('closes on Escape, and returns the focus to the button', async () => {
    const { element } = await showSummary(MENTORED);
    await open(element);
    expect(visibleText(focusedIn(element))).to.equal('Your mentor');
    await sendKeys({ press: 'Escape' });
    await untilWholeClosed(element);
    expect(focusedIn(element)).to.equal(seeMore(element));
  });

  it('closes by its button', async () => {
    const { element } = await showSummary(MENTORED);
    await open(element);
    find(element, '.whole > .close').click();
    await untilWholeClosed(element);
    expect(focusedIn(element)).to.equal(seeMore(element));
  });

  it('returns to the card from a canceled action, and to its control', async () => {
    const { element } = await showSummary(MENTORED);
    // By keys, because one Escape closes all dialogs that were opened without the user.
    seeMore(element).focus();
    await sendKeys({ press: 'Enter' });
    await until('the whole card', () => whole(element)?.open);
    const ask = find(element, '.whole .primary');
    ask.focus();
    await sendKeys({ press: 'Enter' });
    await untilAction(element);
    await sendKeys({ press: 'Escape' });
    await until('closed', () => !action(element));
    expect([whole(element)?.open, focusedIn(element) === ask]).to.deep.equal([true, true]);
  });

  it('returns to the menu button from a canceled action of the menu', async () => {
    const { element } = await showSummary(MENTORED);
    await open(element);
    find(element, '.whole .more').click();
    all(element, '#more button').at(-1)?.focus();
    all(element, '#more button').at(-1)?.click();
    await untilAction(element);
    press(element, 'Cancel', 'dialog');
    await until('closed', () => !action(element));
    expect(focusedIn(element)).to.equal(find(element, '.whole .more'));
  });

  it('closes with a finished action, and shows its notice', async () => {
    const { element, fake } = await showSummary(MENTORED);
    await open(element);
    press(element, 'Continue without a mentor', '.whole');
    await untilAction(element);
    press(element, 'Continue without a mentor', 'dialog:not(.whole)');
    await untilClosed(element);
    expect(fake.writes).to.deep.equal(['leave']);
    expect(visibleText(find(element, '.note'))).to.equal('You don’t have a mentor anymore.');
    expect(focusedIn(element)).to.equal(seeMore(element));
  });

  it('closes after an action without a dialog', async () => {
    const { element } = await showSummary(INVITED);
    await open(element);
    press(element, 'Not now', '.whole');
    await untilClosed(element);
    expect(find(element, '.note').hidden).to.equal(false);
  });

  it('stays after a failed action, until that is canceled', async () => {
    const { element } = await showSummary(MENTORED, { leave: rejectingWith('refused', 'No.') });
    await open(element);
    press(element, 'Continue without a mentor', '.whole');
    await untilAction(element);
    press(element, 'Continue without a mentor', 'dialog:not(.whole)');
    await until('the error', () => root(element).querySelector('dialog [role=alert] p'));
    press(element, 'Cancel', 'dialog:not(.whole)');
    await until('closed', () => !action(element));
    expect(whole(element)?.open).to.equal(true);
  });

  it('closes when the viewer gets no card any more, another layout, or leaves the page', async () => {
    const { element, fake } = await showSummary(MENTORED);
    await open(element);
    element.layout = 'card';
    await untilWholeClosed(element);
    element.layout = 'summary';
    await element.updateComplete;
    await open(element);
    fake.now.program.enabled = false;
    await element.refresh();
    await untilWholeClosed(element);
    fake.now.program.enabled = true;
    await element.refresh();
    await open(element);
    element.remove();
    expect(whole(element)).to.equal(null);
  });

  it('follows the card while it is open', async () => {
    const { element, fake } = await showSummary({ mentorsAvailable: false });
    await open(element);
    fake.now.mentorsAvailable = true;
    press(element, 'Check again', '.whole');
    await until('the other card', () => visibleText(find(element, '.whole h2')) === 'Need a hand?');
    expect(whole(element)?.open).to.equal(true);
  });

  for (const width of [800, 320])
    it(`${width} px: Back closes one dialog after the other`, async () => {
      await setViewport({ width, height: 600 });
      const start = history.length;
      const { element } = await showSummary(MENTORED);
      await open(element);
      find(element, '.whole .primary').click();
      await untilAction(element);
      history.back();
      await until('closed', () => !action(element));
      expect(whole(element)?.open).to.equal(true);
      if (width > 640) find(element, '.whole > .close').click();
      else history.back();
      await untilWholeClosed(element);
      await idle();
      expect([history.state, history.length - start <= 2]).to.deep.equal([null, true]);
    });

  it('320 px: leaves no entry behind after a finished action', async () => {
    await setViewport({ width: 320, height: 600 });
    const { element } = await showSummary(MENTORED);
    await open(element);
    find(element, '.whole .primary').click();
    await untilAction(element);
    write(element, 'May I upload a photo?');
    press(element, 'Publish your question', 'dialog:not(.whole)');
    await until('published', () => root(element).querySelector('dialog:not(.whole) a.primary'));
    find(element, 'dialog:not(.whole) > header .close').click();
    await untilClosed(element);
    await until('the page’s own entry', () => history.state === null);
    expect(location.hash).to.equal('');
    await open(element);
    expect(history.state).to.have.property('mentorship-module');
    history.back();
    await untilWholeClosed(element);
  });
});

describe('the card of a mentor', () => {
  const card = async (snapshot: Parameters<typeof snapshotOf>[0], options = {}) => {
    const fake = fakeSource({ snapshot, ...options });
    const element = await showFake(fake);
    const events: string[] = [];
    element.addEventListener('mentorship-action', (event) => {
      if (!isImpression(event))
        events.push([event.action, event.phase, event.until].filter(Boolean).join(' '));
    });
    return { fake, element, events };
  };
  const field = (element: Element) => find(element, '#until') as HTMLInputElement;
  const enter = (element: Element, day: string) => {
    field(element).value = day;
    field(element).dispatchEvent(new InputEvent('input', { bubbles: true }));
  };
  const buttons = (element: Element) => all(element, 'section button').map(visibleText);

  it('takes a break until a day', async () => {
    const { fake, element, events } = await card(MENTOR);
    expect(buttons(element)).to.deep.equal([
      'Take a break',
      'Continue without a mentor',
      'Stop being a mentor',
    ]);
    press(element, 'Take a break', 'section');
    await untilAction(element);
    expect(focusedIn(element)).to.equal(field(element));
    const tomorrow = field(element).min;
    for (const day of ['', '2020-01-01', '12026-12-24']) {
      enter(element, day);
      press(element, 'Take a break', 'dialog');
      await until('the error', () => root(element).querySelector('#problem p'));
      expect(focusedIn(element)).to.equal(field(element));
    }
    enter(element, tomorrow);
    expect(visibleText(find(element, '#problem'))).to.equal('');
    press(element, 'Take a break', 'dialog');
    await untilClosed(element);
    const until_ = `${tomorrow}T23:59:59.000Z`;
    expect(fake.writes).to.deep.equal([`pause ${until_}`]);
    const words = visibleText(find(element, '.note'));
    expect(words).to.match(/^You’re taking a break until .+\.$/);
    expect(visibleText(find(element, 'section p'))).to.equal(words);
    expect(events.filter((event) => event.startsWith('pause'))).to.deep.equal([
      'pause start',
      `pause submit ${until_}`,
      `pause done ${until_}`,
    ]);
  });

  const PAUSED = {
    ...MENTOR,
    viewer: {
      isMentor: true,
      mentoring: { pausedUntil: '2126-12-24T23:59:59.000Z', waitingQuestions: null },
    },
  } as const;

  it('comes back', async () => {
    const { fake, element, events } = await card(PAUSED);
    expect(visibleText(find(element, 'section p'))).to.equal(
      'You’re taking a break until December 24, 2126.',
    );
    expect(visibleText(find(element, '.primary'))).to.equal('End your break');
    find(element, '.primary').click();
    await until('the notice', () =>
      all(element, '.note').some((note) => visibleText(note).startsWith('Welcome')),
    );
    expect(fake.writes).to.deep.equal(['resume']);
    expect(events).to.deep.equal(['resume start', 'resume done']);
    expect(buttons(element)[0]).to.equal('Take a break');
  });

  it('is back after the end of the break, and is away without a known end', async () => {
    const pausedUntil = (end: string) =>
      card({ viewer: { isMentor: true, mentoring: { pausedUntil: end, waitingQuestions: null } } });
    const past = await pausedUntil('2026-01-01T00:00:00.000Z');
    expect(buttons(past.element)[0]).to.equal('Take a break');
    expect(visibleText(find(past.element, 'section p'))).to.match(/^Thank you/);
    past.element.remove();
    const unknown = await pausedUntil('unknown');
    expect(buttons(unknown.element)[0]).to.equal('End your break');
    expect(visibleText(find(unknown.element, 'section p'))).to.match(/^\S+ is away at the moment\.$/);
  });

  it('says why coming back failed', async () => {
    const resume = rejectingWith('refused', 'No.', { wikiMessage: 'The list is protected.' });
    const { element, events } = await card(PAUSED, { resume });
    find(element, '.primary').click();
    await until('the notice', () =>
      all(element, '.note').some((note) => visibleText(note) === 'The list is protected.'),
    );
    expect(events).to.deep.equal(['resume start', 'resume failed']);
    expect(visibleText(find(element, '.primary'))).to.equal('End your break');
  });

  it('stops, after a question', async () => {
    const { fake, element } = await card(MENTOR);
    press(element, 'Stop being a mentor', 'section');
    await untilAction(element);
    press(element, 'Stop being a mentor', 'dialog');
    await untilClosed(element);
    expect(fake.writes.at(-1)).to.equal('resign');
    expect(visibleText(find(element, '.note'))).to.match(/^You’re no longer a mentor/);
    expect(element.variant).not.to.equal('mentor');
  });

  it('offers none of that beside a dashboard, without actions, or where the break is unknown', async () => {
    const dashboard = await card({ ...PAUSED, program: { dashboardUrl: 'https://wiki.example/wiki/D' } });
    expect(buttons(dashboard.element)).to.deep.equal(['Continue without a mentor']);
    expect(visibleText(find(dashboard.element, '.primary'))).to.equal('Open your mentor dashboard');
    const unknown = await card({ viewer: { isMentor: true, mentoring: null } });
    expect(buttons(unknown.element)).to.deep.equal([]);
    const fake = fakeSource({ snapshot: MENTOR });
    const readOnly = await showFake({ source: { load: fake.source.load } });
    expect(buttons(readOnly)).to.deep.equal([]);
  });
});
