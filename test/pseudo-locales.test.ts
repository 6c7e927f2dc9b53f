import { setViewport } from '@web/test-runner-commands';
import { expect } from '@open-wc/testing';
import type { MentorshipModule } from '../src/mentorship-module.js';
import { cases } from './card-cases.js';
import { showFake } from './dialog-helpers.js';
import { all, find, attach, showAll } from './element-helpers.js';
import { layoutProblems, ROUNDING } from './layout-checks.js';
import { clearDrafts, scenarios } from './scenarios.js';

/** Pseudo-locales: longer than any language, and from right to left. */
const LANGUAGES = { 'en-x-long': 'ltr', 'en-x-rtl': 'rtl' };
const WIDTHS = [240, 320, 640];
const HEIGHT = 800;

const SHOWN = cases.filter(({ expect }) => !['none', 'loading'].includes(expect));

/** Returns the topmost parts: the dialog, or else the menu, or else the card with its notice. */
function framesOf(element: MentorshipModule): Element[] {
  const [top] = all(element, 'dialog, [popover]:popover-open');
  return top ? [top] : all(element, 'section, #dialogs');
}

const exceedsWindow = (frame: Element): boolean => {
  const { left, right } = frame.getBoundingClientRect();
  return left < -ROUNDING || right > innerWidth + ROUNDING;
};

const faultsOf = (element: MentorshipModule): string[] =>
  framesOf(element).flatMap((frame) => [
    ...layoutProblems(frame),
    ...(exceedsWindow(frame) ? ['the frame leaves the window'] : []),
  ]);

for (const [lang, dir] of Object.entries(LANGUAGES)) {
  describe(`every card in ${lang}`, () => {
    let column: HTMLElement;
    let elements: Map<string, MentorshipModule>;

    before(async () => {
      column = Object.assign(document.createElement('div'), { lang, dir });
      document.body.append(column);
      elements = await showAll(SHOWN, column);
    });
    after(() => column.remove());

    for (const width of WIDTHS)
      it(`${width} px: nothing is cut off or overlaps`, () => {
        column.style.inlineSize = `${width}px`;
        const found = [...elements].flatMap(([id, element]) =>
          faultsOf(element).map((fault) => `${id}: ${fault}`),
        );
        expect(found).to.deep.equal([]);
      });
  });

  describe(`every dialog in ${lang}`, () => {
    afterEach(clearDrafts);
    after(() => setViewport({ width: 800, height: 600 }));

    for (const { name, source, run } of scenarios)
      it(name, async () => {
        await setViewport({ width: WIDTHS[0]!, height: HEIGHT });
        const parent = attach(Object.assign(document.createElement('main'), { dir, lang }));
        const fake = source();
        const element = await showFake(fake, { parent });
        await run(element, fake);
        const found: string[] = [];
        for (const width of WIDTHS) {
          await setViewport({ width, height: HEIGHT });
          found.push(...faultsOf(element).map((fault) => `${width} px: ${fault}`));
        }
        expect(found).to.deep.equal([]);
      });
  });
}

describe('the layout checks', () => {
  const shown = async () => {
    const parent = attach(document.createElement('div'));
    parent.style.inlineSize = '320px';
    return (await showAll([cases[0]!], parent)).get(cases[0]!.id)!;
  };

  it('detect overlap', async () => {
    const element = await shown();
    find(element, '.actions').style.marginBlockStart = '-3em';
    expect(faultsOf(element).join()).to.contain('overlap');
  });

  it('detect what leaves the card', async () => {
    const element = await shown();
    find(element, 'h2').style.marginInlineStart = '-2em';
    expect(faultsOf(element).join()).to.contain('leaves its frame');
  });

  it('detect what is cut off', async () => {
    const element = await shown();
    Object.assign(find(element, 'h2').style, { overflow: 'hidden', whiteSpace: 'nowrap', inlineSize: '2em' });
    expect(faultsOf(element).join()).to.contain('cuts off');
  });
});
