import assert from 'node:assert/strict';
import type { KeyInput, Page, SerializedAXNode } from 'puppeteer-core';
import type { Step } from './flows.ts';

const MOST_TABS = 30;

/** States of a node in the accessibility tree that are written down. */
const STATES = [
  'focused',
  'checked',
  'disabled',
  'expanded',
  'invalid',
  'modal',
  'required',
  'value',
  'description',
] as const;

/** Roles without a meaning of their own. */
const PLAIN = new Set(['RootWebArea', 'generic', 'none', 'InlineTextBox', 'LineBreak']);

const ISOLATES = /[\u2066-\u2069]/g;

/** Returns a name without the directional isolates around names of people. */
const nameOf = ({ name = '' }: SerializedAXNode) => name.replaceAll(ISOLATES, '').trim();

function stateOf(node: SerializedAXNode, state: (typeof STATES)[number]): string[] {
  const value = node[state];
  if (value === undefined || value === 'false' || (value === false && state !== 'expanded')) return [];
  return [value === true ? state : `${state}=${String(value)}`];
}

/** Writes a tree with one node per line. */
function lines(node: SerializedAXNode, depth = 0): string[] {
  const { role, children = [] } = node;
  const name = nameOf(node);
  // Leaves out a text that repeats the name of its link or heading.
  const inner = (by: number) =>
    children
      .filter((child) => child.role !== 'StaticText' || nameOf(child) !== name)
      .flatMap((child) => lines(child, depth + by));
  if (PLAIN.has(role)) return inner(0);
  const words = [role === 'StaticText' ? 'text' : role, ...(name ? [`“${name}”`] : [])];
  const states = STATES.flatMap((state) => stateOf(node, state));
  return [`${'  '.repeat(depth)}${[...words, ...states].join(' ')}`, ...inner(1)];
}

/** Somebody who uses a keyboard and a screen reader. Keeps a log of what they do and hear. */
export class Person {
  readonly #page: Page;
  readonly log: string[] = [];

  constructor(page: Page) {
    this.#page = page;
  }

  async begin(viewer: string): Promise<void> {
    await this.#page.evaluate((name) => showViewer(name), viewer);
    this.log.push(`# ${viewer}`, ...(await this.#tree()));
  }

  async do(step: Step): Promise<void> {
    if (step.startsWith('to ')) return this.#tabTo(step.slice(3));
    const focus = await this.#focus();
    if (step.startsWith('type ')) await this.#page.keyboard.type(step.slice(5));
    else await this.#page.keyboard.press(step as KeyInput);
    this.log.push('', `> ${step === ' ' ? 'Space' : step}, on ${focus}`);
    const heard = await this.#page.evaluate(() => nextAnnouncements());
    this.log.push(...heard.map((one) => `! ${one}`));
    const texts = heard.map((one) => one.replace(/^\w+: /, ''));
    assert.equal(new Set(texts).size, texts.length, `Announced more than once: ${heard.join(' | ')}`);
    this.log.push(...(await this.#tree()));
  }

  async #tabTo(name: string): Promise<void> {
    const passed: string[] = [];
    while (passed.length < MOST_TABS) {
      await this.#page.keyboard.press('Tab');
      const focus = await this.#focus();
      passed.push(focus);
      if (focus.includes(`“${name}`)) {
        this.log.push('', ...passed.map((one) => `> Tab: ${one}`));
        return;
      }
    }
    throw new Error(`“${name}” was not reached, but ${passed.join(', ')}.`);
  }

  async #tree(): Promise<string[]> {
    const root = await this.#page.accessibility.snapshot();
    return root ? lines(root) : [];
  }

  async #focus(): Promise<string> {
    const find = (node: SerializedAXNode): SerializedAXNode | undefined =>
      node.children?.map(find).find(Boolean) ?? (node.focused ? node : undefined);
    const root = await this.#page.accessibility.snapshot();
    const node = root && find(root);
    return node ? `${node.role} “${nameOf(node)}”` : 'nothing';
  }
}
