import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { button, close, dialogIn, field, key, press, sees, sender, write } from './user-actions.js';
import { type Circumstances, Tabs } from './two-tabs-fixture.js';

/** A request that reaches the wiki at all does so within this time. */
const LATEST_MS = 10_000;

const FAULTS = [
  'silence',
  'offline',
  'bad-gateway',
  'silence-after',
  'reset',
  'bad-gateway-after',
  'garbled-after',
] as const;

/** What somebody does in a tab, or what happens to the next question that is sent; what is impossible is left out. */
type Step =
  | {
      tab: 0 | 1;
      does:
        | 'open'
        | 'type'
        | 'send'
        | 'click twice'
        | 'press twice'
        | 'go on'
        | 'edit'
        | 'swap'
        | 'close'
        | 'reload';
      /** Whether all comes to rest before the next step. */
      then: 'rest' | 'at once';
    }
  | { fate: (typeof FAULTS)[number] }
  /** The next question waits before the wiki, until it is let in. */
  | { fate: 'held' }
  | { fate: 'let in' }
  /** One request, whichever is next, fails. */
  | { fate: 'down' }
  | { wait: number };

interface Story {
  preference: Circumstances['preference'];
  steps: Step[];
  end: 'as it is' | 'reload';
}

let tabs: Tabs;

type Standing = 'closed' | 'write' | 'busy' | 'unsure' | 'missing' | 'sent' | 'elsewhere';

function standing(tab: number): Standing {
  const element = tabs.element(tab);
  if (!dialogIn(element)) return 'closed';
  const seen = sees(element);
  if (seen.includes('dialog-ask-sending') || seen.includes('dialog-ask-checking')) return 'busy';
  if (seen.includes('dialog-ask-unsure')) return 'unsure';
  if (seen.includes('dialog-ask-missing')) return 'missing';
  if (seen.includes('dialog-ask-sent')) return 'sent';
  return seen.includes('dialog-ask-send') ? 'write' : 'elsewhere';
}

/** The text in front of somebody; null: none. */
function text(tab: number): string | null {
  const dialog = dialogIn(tabs.element(tab));
  const area = dialog?.querySelector('textarea');
  return (area ? area.value : dialog?.querySelector('blockquote')?.textContent)?.trim() ?? null;
}

/** One browser with two tabs, and the questions that somebody means to ask in it. */
class Telling {
  /** Sent by a press of the button. */
  readonly meant = new Set<string>();
  /** Written over. */
  readonly dropped = new Set<string>();
  /** What was last seen of a text in each tab. */
  readonly #last: (string | null)[] = [null, null];
  #count = 0;
  #letIn = () => {};
  readonly #ends: (() => void)[] = [];

  async do(step: Step): Promise<void> {
    if ('wait' in step) await tabs.clock.pass(step.wait);
    else if ('fate' in step) this.#befall(step.fate);
    else await this.#act(step);
    if (!('then' in step) || step.then === 'rest') await tabs.clock.rest();
    this.check();
  }

  #befall(fate: Extract<Step, { fate: unknown }>['fate']): void {
    const { wiki } = tabs;
    const match = ({ action }: Readonly<Record<string, string>>) => action === 'helppanelquestionposter';
    if (fate === 'let in') this.#letIn();
    else if (fate === 'down')
      // Without a card there would be nothing to tell.
      this.#ends.push(wiki.disturb({ how: 'offline', match: () => !tabs.isLoading }));
    else if (fate === 'held') {
      this.#letIn();
      const { arrived, release } = wiki.hold(match);
      this.#letIn = release;
      void arrived.then(() => tabs.clock.later(release, LATEST_MS));
    } else this.#ends.push(wiki.disturb({ how: fate, match }));
  }

  async #act({ tab, does }: Extract<Step, { tab: unknown }>): Promise<void> {
    const element = tabs.element(tab);
    const stands = standing(tab);
    switch (does) {
      case 'open':
        if (stands === 'closed') await this.open(tab);
        break;
      case 'type': {
        if (stands === 'closed') await this.open(tab);
        if (standing(tab) !== 'write') break;
        const before = text(tab);
        if (before) this.dropped.add(before);
        write(element, `Question ${++this.#count} of tab ${tab}`);
        break;
      }
      case 'send':
        this.send(tab, 'once');
        break;
      case 'click twice':
        this.send(tab, 'by clicks');
        break;
      case 'press twice':
        this.send(tab, 'by keys');
        break;
      case 'go on':
        this.goOn(tab);
        break;
      case 'edit':
        if (stands === 'missing') press(element, 'dialog-ask-edit', 'dialog');
        break;
      case 'swap':
        this.swap(tab);
        break;
      case 'close':
        await close(element);
        break;
      case 'reload':
        await tabs.reload(tab);
        this.#last[tab] = null;
        break;
    }
  }

  async open(tab: number): Promise<void> {
    this.#last[tab] = null;
    press(tabs.element(tab), 'ask', 'section');
    await tabs.clock.until(() => dialogIn(tabs.element(tab)) !== null, 'the dialog');
  }

  send(tab: number, how: 'once' | 'by clicks' | 'by keys'): void {
    const words = text(tab);
    if (standing(tab) !== 'write' || !words) return;
    this.meant.add(words);
    this.dropped.delete(words);
    const element = tabs.element(tab);
    const [control, area] = [sender(element), field(element)];
    for (let times = how === 'once' ? 1 : 2; times > 0; times--)
      if (how === 'by keys') key(area, { key: 'Enter', ctrlKey: true });
      else control.click();
  }

  /** Looks or sends again, where that is offered. */
  goOn(tab: number): boolean {
    const element = tabs.element(tab);
    const found = (['dialog-ask-look', 'dialog-ask-again'] as const).find((id) =>
      button(element, id, 'dialog'),
    );
    if (found) press(element, found, 'dialog');
    return found !== undefined;
  }

  swap(tab: number): boolean {
    const element = tabs.element(tab);
    const isOffered = button(element, 'dialog-ask-swap', 'dialog') !== null;
    if (!isOffered) return false;
    press(element, 'dialog-ask-swap', 'dialog');
    this.#last[tab] = text(tab);
    return true;
  }

  /** What must be so at any moment. */
  check(): void {
    const { asked } = tabs;
    expect(asked, 'never twice').to.deep.equal([...new Set(asked)]);
    for (const tab of [0, 1]) {
      const now = text(tab);
      const last = this.#last[tab];
      if (now) this.#last[tab] = now;
      else if (last && standing(tab) === 'sent')
        expect(asked, `tab ${tab} says that it is there`).to.include(last);
      if (standing(tab) === 'closed') this.#last[tab] = null;
    }
  }

  get #missing(): string[] {
    const { asked } = tabs;
    return [...this.meant].filter((one) => !this.dropped.has(one) && !asked.includes(one));
  }

  /** Drafts of what has arrived. */
  get #left(): string[] {
    return tabs.asked.filter((one) => tabs.drafts.includes(`"text":"${one}"`));
  }

  get #isOver(): boolean {
    return (
      [...this.#missing, ...this.#left].length === 0 && [0, 1].every((tab) => standing(tab) === 'closed')
    );
  }

  /** Everything is well again, and somebody looks after what is left until nothing is. */
  async finish(end: Story['end']): Promise<void> {
    for (const stop of this.#ends) stop();
    this.#letIn();
    await tabs.clock.rest();
    if (end === 'reload') for (const tab of [0, 1]) await tabs.reload(tab);
    for (let round = 0; round < 8 && !this.#isOver; round++)
      for (const tab of [0, 1]) await this.#lookAfter(tab);
    const { asked } = tabs;
    expect(this.#missing, `asked: ${asked.join(', ')}; ${tabs.drafts}`).to.deep.equal([]);
    expect(this.#left, 'drafts').to.deep.equal([]);
  }

  async #lookAfter(tab: number): Promise<void> {
    await tabs.clock.until(() => standing(tab) !== 'busy', `an end in tab ${tab}`, 120_000);
    this.check();
    const stands = standing(tab);
    if (stands === 'closed') {
      if ([...this.#missing, ...this.#left].length > 0) await this.open(tab);
    } else if (stands === 'sent') await close(tabs.element(tab));
    else if (stands === 'write') {
      const words = text(tab);
      // Whoever still sees a question that has arrived may send it, too.
      if (words && this.meant.has(words) && !this.dropped.has(words)) this.send(tab, 'once');
      else if (!this.swap(tab)) await close(tabs.element(tab));
    } else this.goOn(tab);
    await tabs.clock.rest();
    this.check();
  }
}

const tab = fc.constantFrom(0 as const, 1 as const);
const then = fc.constantFrom('rest' as const, 'rest' as const, 'at once' as const);
const does = (weight: number, ...list: Extract<Step, { tab: unknown }>['does'][]) => ({
  weight,
  arbitrary: fc.record({ tab, does: fc.constantFrom(...list), then }),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  does(6, 'type'),
  does(6, 'send', 'click twice', 'press twice'),
  does(3, 'open', 'go on'),
  does(2, 'close', 'reload'),
  does(1, 'edit', 'swap'),
  { weight: 2, arbitrary: fc.constantFrom(...FAULTS).map((fate) => ({ fate })) },
  { weight: 3, arbitrary: fc.constantFrom('held' as const, 'let in' as const).map((fate) => ({ fate })) },
  { weight: 1, arbitrary: fc.constant({ fate: 'down' as const }) },
  { weight: 2, arbitrary: fc.constantFrom(500, 5_000, 21_000).map((wait) => ({ wait })) },
);

const story: fc.Arbitrary<Story> = fc.record({
  preference: fc.constantFrom('kept' as const, 'lost' as const),
  steps: fc.array(step, { minLength: 4, maxLength: 16 }),
  end: fc.constantFrom('as it is' as const, 'reload' as const),
});

async function tell({ preference, steps, end }: Story): Promise<void> {
  await tabs.start({ storage: 'allowed', preference });
  const telling = new Telling();
  for (const one of steps) await telling.do(one);
  await telling.finish(end);
}

describe('two tabs', () => {
  before(() => (tabs = new Tabs(2)));
  after(() => tabs.end());

  const EXAMPLES: Record<string, Story> = {
    'what one tab has sent is not what the other has made of it': {
      preference: 'kept',
      steps: [
        { tab: 0, does: 'type', then: 'rest' },
        { tab: 1, does: 'type', then: 'rest' },
        { tab: 0, does: 'send', then: 'rest' },
      ],
      end: 'as it is',
    },
    'what waits for its turn is kept although the other tab has written over it': {
      preference: 'kept',
      steps: [
        { tab: 0, does: 'type', then: 'rest' },
        { tab: 1, does: 'type', then: 'rest' },
        { fate: 'silence' },
        { tab: 1, does: 'send', then: 'at once' },
        { tab: 0, does: 'send', then: 'rest' },
      ],
      end: 'reload',
    },
    'both send the same draft at once, and the wiki keeps no list of questions': {
      preference: 'lost',
      steps: [
        { tab: 0, does: 'type', then: 'rest' },
        { tab: 1, does: 'open', then: 'rest' },
        { tab: 0, does: 'send', then: 'at once' },
        { tab: 1, does: 'send', then: 'at once' },
      ],
      end: 'as it is',
    },
    'both send the same draft at once': {
      preference: 'kept',
      steps: [
        { tab: 0, does: 'type', then: 'rest' },
        { tab: 1, does: 'open', then: 'rest' },
        { tab: 0, does: 'send', then: 'at once' },
        { tab: 1, does: 'send', then: 'at once' },
      ],
      end: 'as it is',
    },
  };
  for (const [name, one] of Object.entries(EXAMPLES)) it(name, () => tell(one)).timeout(30_000);

  it('one looks for what the other has sent, in place of sending it too', async () => {
    await tabs.start();
    const telling = new Telling();
    await telling.do({ tab: 0, does: 'type', then: 'rest' });
    await telling.do({ tab: 1, does: 'open', then: 'rest' });
    await telling.do({ fate: 'silence' });
    await telling.do({ tab: 0, does: 'send', then: 'rest' });
    await telling.do({ tab: 1, does: 'send', then: 'rest' });
    expect(sees(tabs.element(0))).to.deep.equal(['dialog-ask-sending']);
    expect(sees(tabs.element(1))).to.deep.equal(['dialog-ask-checking']);
    await telling.finish('as it is');
  }).timeout(30_000);

  it('one looks at once for what the other has sent, when it is opened', async () => {
    await tabs.start();
    const telling = new Telling();
    await telling.do({ tab: 0, does: 'type', then: 'rest' });
    await telling.do({ fate: 'silence' });
    await telling.do({ tab: 0, does: 'send', then: 'rest' });
    await telling.do({ tab: 1, does: 'open', then: 'rest' });
    expect(sees(tabs.element(1))).to.deep.equal(['dialog-ask-checking']);
    await telling.finish('reload');
  }).timeout(30_000);

  it('one looks for what the other has sent, before it goes on with that', async () => {
    await tabs.start();
    const telling = new Telling();
    await telling.do({ tab: 0, does: 'type', then: 'rest' });
    await telling.do({ tab: 1, does: 'type', then: 'rest' });
    await telling.do({ fate: 'silence' });
    await telling.do({ tab: 0, does: 'send', then: 'rest' });
    expect(telling.swap(1), 'offered').to.be.true;
    await tabs.clock.rest();
    expect(sees(tabs.element(1))).to.deep.equal(['dialog-ask-checking']);
    await telling.finish('as it is');
  }).timeout(30_000);

  it('take turns: the same text is sent once although no draft is kept', async () => {
    await tabs.start({ storage: 'forbidden', preference: 'kept' });
    const telling = new Telling();
    for (const tab of [0, 1] as const) {
      await telling.open(tab);
      write(tabs.element(tab), 'The same question');
      await tabs.clock.rest();
    }
    for (const tab of [0, 1]) telling.send(tab, 'once');
    await tabs.clock.until(() => [0, 1].every((tab) => standing(tab) === 'sent'), 'both ends');
    expect(tabs.asked).to.deep.equal(['The same question']);
  }).timeout(30_000);

  it('store each question that is meant exactly once, whatever happens', async () => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(story, async (one) => {
        runs++;
        await tell(one);
      }),
      { numRuns: 400, interruptAfterTimeLimit: 35_000, includeErrorInReport: true },
    );
    expect(runs, 'stories').to.be.above(5);
  }).timeout(110_000);
});
