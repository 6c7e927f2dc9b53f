import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import {
  button,
  closeDialog,
  findDialog,
  textField,
  key,
  press,
  visibleMessages,
  submitButton,
  write,
} from './user-actions.js';
import { type BrowserConditions, TabsFixture } from './two-tabs-fixture.js';

/** Maximum delay of a request that reaches the wiki. */
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

/** An action in a tab, or a fault of the next question; impossible actions are skipped. */
type Step =
  | {
      tab: 0 | 1;
      action:
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
      /** `rest` waits until nothing is pending before the next step. */
      then: 'rest' | 'at once';
    }
  | { fault: (typeof FAULTS)[number] }
  /** Holds the next question until it is released. */
  | { fault: 'held' }
  | { fault: 'let in' }
  /** Fails the next request, whichever it is. */
  | { fault: 'down' }
  | { wait: number };

interface Sequence {
  preference: BrowserConditions['preference'];
  steps: Step[];
  end: 'as it is' | 'reload';
}

let tabs: TabsFixture;

type DialogState = 'closed' | 'write' | 'busy' | 'unsure' | 'missing' | 'sent' | 'elsewhere';

function dialogState(tab: number): DialogState {
  const element = tabs.element(tab);
  if (!findDialog(element)) return 'closed';
  const seen = visibleMessages(element);
  if (seen.includes('dialog-ask-sending') || seen.includes('dialog-ask-checking')) return 'busy';
  if (seen.includes('dialog-ask-unsure')) return 'unsure';
  if (seen.includes('dialog-ask-missing')) return 'missing';
  if (seen.includes('dialog-ask-sent')) return 'sent';
  return seen.includes('dialog-ask-send') ? 'write' : 'elsewhere';
}

/** Returns the text in the dialog; null if there is none. */
function text(tab: number): string | null {
  const dialog = findDialog(tabs.element(tab));
  const area = dialog?.querySelector('textarea');
  return (area ? area.value : dialog?.querySelector('blockquote')?.textContent)?.trim() ?? null;
}

/** Runs a sequence of steps in two tabs and tracks the questions that the user meant to ask. */
class SequenceRunner {
  /** Texts that were submitted. */
  readonly submitted = new Set<string>();
  /** Texts that were overwritten. */
  readonly replaced = new Set<string>();
  /** The last text seen in each tab. */
  readonly #last: (string | null)[] = [null, null];
  #count = 0;
  #release = () => {};
  readonly #cleanups: (() => void)[] = [];

  async run(step: Step): Promise<void> {
    if ('wait' in step) await tabs.clock.advance(step.wait);
    else if ('fault' in step) this.#applyFault(step.fault);
    else await this.#runAction(step);
    if (!('then' in step) || step.then === 'rest') await tabs.clock.settle();
    this.check();
  }

  #applyFault(fault: Extract<Step, { fault: unknown }>['fault']): void {
    const { wiki } = tabs;
    const match = ({ action }: Readonly<Record<string, string>>) => action === 'helppanelquestionposter';
    if (fault === 'let in') this.#release();
    else if (fault === 'down')
      // Excludes loading, because without a card there is nothing to test.
      this.#cleanups.push(wiki.disturb({ how: 'offline', match: () => !tabs.isLoading }));
    else if (fault === 'held') {
      this.#release();
      const { arrived, release } = wiki.hold(match);
      this.#release = release;
      void arrived.then(() => tabs.clock.schedule(release, LATEST_MS));
    } else this.#cleanups.push(wiki.disturb({ how: fault, match }));
  }

  async #runAction({ tab, action }: Extract<Step, { tab: unknown }>): Promise<void> {
    const element = tabs.element(tab);
    const state = dialogState(tab);
    switch (action) {
      case 'open':
        if (state === 'closed') await this.open(tab);
        break;
      case 'type': {
        if (state === 'closed') await this.open(tab);
        if (dialogState(tab) !== 'write') break;
        const before = text(tab);
        if (before) this.replaced.add(before);
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
        this.retry(tab);
        break;
      case 'edit':
        if (state === 'missing') press(element, 'dialog-ask-edit', 'dialog');
        break;
      case 'swap':
        this.swap(tab);
        break;
      case 'close':
        await closeDialog(element);
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
    await tabs.clock.advanceUntil(() => findDialog(tabs.element(tab)) !== null, 'the dialog');
  }

  send(tab: number, how: 'once' | 'by clicks' | 'by keys'): void {
    const words = text(tab);
    if (dialogState(tab) !== 'write' || !words) return;
    this.submitted.add(words);
    this.replaced.delete(words);
    const element = tabs.element(tab);
    const [control, area] = [submitButton(element), textField(element)];
    for (let times = how === 'once' ? 1 : 2; times > 0; times--)
      if (how === 'by keys') key(area, { key: 'Enter', ctrlKey: true });
      else control.click();
  }

  /** Presses the button that polls or sends again, if there is one. */
  retry(tab: number): boolean {
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

  /** Asserts the invariants. */
  check(): void {
    const { asked } = tabs;
    expect(asked, 'never twice').to.deep.equal([...new Set(asked)]);
    for (const tab of [0, 1]) {
      const now = text(tab);
      const last = this.#last[tab];
      if (now) this.#last[tab] = now;
      else if (last && dialogState(tab) === 'sent')
        expect(asked, `tab ${tab} says that it is there`).to.include(last);
      if (dialogState(tab) === 'closed') this.#last[tab] = null;
    }
  }

  get #missing(): string[] {
    const { asked } = tabs;
    return [...this.submitted].filter((one) => !this.replaced.has(one) && !asked.includes(one));
  }

  /** Returns drafts of questions that are stored. */
  get #staleDrafts(): string[] {
    return tabs.asked.filter((one) => tabs.drafts.includes(`"text":"${one}"`));
  }

  get #isFinished(): boolean {
    return (
      [...this.#missing, ...this.#staleDrafts].length === 0 &&
      [0, 1].every((tab) => dialogState(tab) === 'closed')
    );
  }

  /** Ends all faults and resolves every tab until nothing is left to do. */
  async finish(end: Sequence['end']): Promise<void> {
    for (const stop of this.#cleanups) stop();
    this.#release();
    await tabs.clock.settle();
    if (end === 'reload') for (const tab of [0, 1]) await tabs.reload(tab);
    for (let round = 0; round < 8 && !this.#isFinished; round++)
      for (const tab of [0, 1]) await this.#resolve(tab);
    const { asked } = tabs;
    expect(this.#missing, `asked: ${asked.join(', ')}; ${tabs.drafts}`).to.deep.equal([]);
    expect(this.#staleDrafts, 'drafts').to.deep.equal([]);
  }

  async #resolve(tab: number): Promise<void> {
    await tabs.clock.advanceUntil(() => dialogState(tab) !== 'busy', `an end in tab ${tab}`, 120_000);
    this.check();
    const state = dialogState(tab);
    if (state === 'closed') {
      if ([...this.#missing, ...this.#staleDrafts].length > 0) await this.open(tab);
    } else if (state === 'sent') await closeDialog(tabs.element(tab));
    else if (state === 'write') {
      const words = text(tab);
      // A user who still sees a stored question may send it again.
      if (words && this.submitted.has(words) && !this.replaced.has(words)) this.send(tab, 'once');
      else if (!this.swap(tab)) await closeDialog(tabs.element(tab));
    } else this.retry(tab);
    await tabs.clock.settle();
    this.check();
  }
}

const tab = fc.constantFrom(0 as const, 1 as const);
const then = fc.constantFrom('rest' as const, 'rest' as const, 'at once' as const);
const tabSteps = (weight: number, ...list: Extract<Step, { tab: unknown }>['action'][]) => ({
  weight,
  arbitrary: fc.record({ tab, action: fc.constantFrom(...list), then }),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  tabSteps(6, 'type'),
  tabSteps(6, 'send', 'click twice', 'press twice'),
  tabSteps(3, 'open', 'go on'),
  tabSteps(2, 'close', 'reload'),
  tabSteps(1, 'edit', 'swap'),
  { weight: 2, arbitrary: fc.constantFrom(...FAULTS).map((fault) => ({ fault })) },
  {
    weight: 3,
    arbitrary: fc.constantFrom('held' as const, 'let in' as const).map((fault) => ({ fault })),
  },
  { weight: 1, arbitrary: fc.constant({ fault: 'down' as const }) },
  { weight: 2, arbitrary: fc.constantFrom(500, 5_000, 21_000).map((wait) => ({ wait })) },
);

const sequence: fc.Arbitrary<Sequence> = fc.record({
  preference: fc.constantFrom('kept' as const, 'lost' as const),
  steps: fc.array(step, { minLength: 4, maxLength: 16 }),
  end: fc.constantFrom('as it is' as const, 'reload' as const),
});

async function runSequence({ preference, steps, end }: Sequence): Promise<void> {
  await tabs.start({ storage: 'allowed', preference });
  const runner = new SequenceRunner();
  for (const one of steps) await runner.run(one);
  await runner.finish(end);
}

describe('two tabs', () => {
  before(() => (tabs = new TabsFixture(2)));
  after(() => tabs.dispose());

  const EXAMPLES: Record<string, Sequence> = {
    'the other tab has changed the text of a sent question': {
      preference: 'kept',
      steps: [
        { tab: 0, action: 'type', then: 'rest' },
        { tab: 1, action: 'type', then: 'rest' },
        { tab: 0, action: 'send', then: 'rest' },
      ],
      end: 'as it is',
    },
    'a question that waits for the lock is kept although the other tab overwrites its draft': {
      preference: 'kept',
      steps: [
        { tab: 0, action: 'type', then: 'rest' },
        { tab: 1, action: 'type', then: 'rest' },
        { fault: 'silence' },
        { tab: 1, action: 'send', then: 'at once' },
        { tab: 0, action: 'send', then: 'rest' },
      ],
      end: 'reload',
    },
    'both send the same draft at once, and the wiki stores no list of questions': {
      preference: 'lost',
      steps: [
        { tab: 0, action: 'type', then: 'rest' },
        { tab: 1, action: 'open', then: 'rest' },
        { tab: 0, action: 'send', then: 'at once' },
        { tab: 1, action: 'send', then: 'at once' },
      ],
      end: 'as it is',
    },
    'both send the same draft at once': {
      preference: 'kept',
      steps: [
        { tab: 0, action: 'type', then: 'rest' },
        { tab: 1, action: 'open', then: 'rest' },
        { tab: 0, action: 'send', then: 'at once' },
        { tab: 1, action: 'send', then: 'at once' },
      ],
      end: 'as it is',
    },
  };
  for (const [name, one] of Object.entries(EXAMPLES)) it(name, () => runSequence(one)).timeout(30_000);

  it('one polls for a question that the other has sent instead of resending it', async () => {
    await tabs.start();
    const runner = new SequenceRunner();
    await runner.run({ tab: 0, action: 'type', then: 'rest' });
    await runner.run({ tab: 1, action: 'open', then: 'rest' });
    await runner.run({ fault: 'silence' });
    await runner.run({ tab: 0, action: 'send', then: 'rest' });
    await runner.run({ tab: 1, action: 'send', then: 'rest' });
    expect(visibleMessages(tabs.element(0))).to.deep.equal(['dialog-ask-sending']);
    expect(visibleMessages(tabs.element(1))).to.deep.equal(['dialog-ask-checking']);
    await runner.finish('as it is');
  }).timeout(30_000);

  it('one polls when it is opened for a question that the other has sent', async () => {
    await tabs.start();
    const runner = new SequenceRunner();
    await runner.run({ tab: 0, action: 'type', then: 'rest' });
    await runner.run({ fault: 'silence' });
    await runner.run({ tab: 0, action: 'send', then: 'rest' });
    await runner.run({ tab: 1, action: 'open', then: 'rest' });
    expect(visibleMessages(tabs.element(1))).to.deep.equal(['dialog-ask-checking']);
    await runner.finish('reload');
  }).timeout(30_000);

  it('one polls for a question that the other has sent before it continues', async () => {
    await tabs.start();
    const runner = new SequenceRunner();
    await runner.run({ tab: 0, action: 'type', then: 'rest' });
    await runner.run({ tab: 1, action: 'type', then: 'rest' });
    await runner.run({ fault: 'silence' });
    await runner.run({ tab: 0, action: 'send', then: 'rest' });
    expect(runner.swap(1), 'offered').to.be.true;
    await tabs.clock.settle();
    expect(visibleMessages(tabs.element(1))).to.deep.equal(['dialog-ask-checking']);
    await runner.finish('as it is');
  }).timeout(30_000);

  it('take turns: the same text is sent once even without drafts', async () => {
    await tabs.start({ storage: 'forbidden', preference: 'kept' });
    const runner = new SequenceRunner();
    for (const tab of [0, 1] as const) {
      await runner.open(tab);
      write(tabs.element(tab), 'The same question');
      await tabs.clock.settle();
    }
    for (const tab of [0, 1]) runner.send(tab, 'once');
    await tabs.clock.advanceUntil(() => [0, 1].every((tab) => dialogState(tab) === 'sent'), 'both ends');
    expect(tabs.asked).to.deep.equal(['The same question']);
  }).timeout(30_000);

  it('store each submitted question exactly once in any sequence', async () => {
    await fc.assert(fc.asyncProperty(sequence, runSequence), { numRuns: 25, includeErrorInReport: true });
  }).timeout(300_000);
});
