import { expect } from '@open-wc/testing';
import type { MentorshipModule } from '../src/mentorship-module.js';
import { cases } from './card-cases.js';
import { all, attach, find, root, showAll, showCase } from './element-helpers.js';
import { overflowing, ROUNDING } from './layout-checks.js';

const inCard = (element: MentorshipModule): string[] =>
  overflowing(all(element, '*'), element.getBoundingClientRect());

const page = document.documentElement;
const SHOWN = cases.filter(({ expect }) => expect !== 'none');

for (const lang of ['en', 'de', 'ar'])
  describe(`width of every card in ${lang}`, () => {
    let column: HTMLElement;
    let elements: Map<string, MentorshipModule>;

    before(async () => {
      column = Object.assign(document.createElement('div'), { lang, dir: lang === 'ar' ? 'rtl' : 'ltr' });
      document.body.append(column);
      elements = await showAll(SHOWN, column);
    });
    afterEach(() => page.removeAttribute('style'));
    after(() => column.remove());

    for (const width of [240, 320, 480, 1_024])
      for (const text of [100, 200])
        it(`${width} px, text at ${text} %: nothing overflows`, () => {
          column.style.inlineSize = `${width}px`;
          page.style.fontSize = `${text}%`;
          const found: string[] = [];
          for (const [id, element] of elements) {
            expect(element.getBoundingClientRect().width, id).to.equal(width);
            if (element.scrollWidth > element.clientWidth) found.push(`${id}: the element itself`);
            found.push(...inCard(element).map((what) => `${id}: ${what}`));
          }
          expect(found).to.deep.equal([]);
        });
  });

describe('lines of a sentence', () => {
  for (const id of ['mentored', 'mentored-long-wait', 'invite', 'invite-with-mentor', 'opt-in-graduated'])
    it(`${id}: are equally high, with links and buttons in them`, async () => {
      const one = cases.find((each) => each.id === id);
      const column = attach(Object.assign(document.createElement('div'), { lang: 'en' }));
      // Smaller than the target of a button, and with whole pixels, because WebKit rounds the height of a line.
      column.style.cssText = 'inline-size: 320px; font-size: 10px';
      const element = await showCase(one!, column);
      const sentences = all(element, 'section p:not(.actions, .quiet)');
      expect(sentences).not.to.be.empty;
      for (const sentence of sentences) {
        const { lineHeight, paddingBlock, borderBlockWidth } = getComputedStyle(sentence);
        const [line = 0, padding = 0, border = 0] = [lineHeight, paddingBlock, borderBlockWidth].map(
          parseFloat,
        );
        const lines = (sentence.getBoundingClientRect().height - 2 * (padding + border)) / line;
        expect(lines, sentence.textContent).to.be.closeTo(Math.round(lines), 0.02);
      }
    });
});

describe('menu', () => {
  afterEach(() => page.removeAttribute('dir'));

  for (const pageDir of ['ltr', 'rtl'])
    for (const lang of ['en', 'ar'])
      for (const place of ['top', 'bottom'])
        it(`opens beside its button: card in ${lang} at the ${place} of a page that is ${pageDir}`, async () => {
          page.dir = pageDir;
          const frame = attach(Object.assign(document.createElement('div'), { lang }));
          Object.assign(frame.style, { position: 'fixed', insetInline: '0', [place]: '0' });
          const element = await showCase(
            cases.find(({ id }) => id === 'mentored')!,
            frame,
          );
          if (place === 'bottom') frame.style.blockSize = '4em';
          const more = find(element, '.more');
          more.click();
          const button = more.getBoundingClientRect();
          const menu = find(element, '#more').getBoundingClientRect();
          const edge = lang === 'ar' ? 'left' : 'right';
          expect(menu[edge], 'aligned').to.be.closeTo(button[edge], ROUNDING);
          const gap = place === 'top' ? menu.top - button.bottom : button.top - menu.bottom;
          expect(gap, 'above or below, without a gap').to.be.closeTo(0, ROUNDING);
        });
});

describe('container width', () => {
  const one = cases.find(({ id }) => id === 'mentored-name-long')!;

  it('follows the container, not the window: buttons fill the row of a narrow column', async () => {
    const column = attach(document.createElement('div'));
    const element = await showCase(
      cases.find(({ id }) => id === 'invite')!,
      column,
    );
    const buttonOf = () => root(element).querySelector('.primary')!.getBoundingClientRect().width;
    column.style.inlineSize = '260px';
    expect(buttonOf()).to.be.above(200);
    column.style.inlineSize = '700px';
    expect(buttonOf()).to.be.below(300);
  });

  it('does not stretch a flex row or a grid', async () => {
    for (const display of ['flex', 'grid', 'inline-flex']) {
      const row = attach(document.createElement('div'));
      Object.assign(row.style, { display, inlineSize: '320px' });
      const element = await showCase(one, row);
      expect(element.getBoundingClientRect().width, display).to.be.within(200, 320 + ROUNDING);
    }
  });

  it('the check detects overflow', async () => {
    const column = attach(document.createElement('div'));
    column.style.inlineSize = '240px';
    const element = await showCase(one, column);
    element.style.overflowWrap = 'normal';
    expect(inCard(element)).not.to.be.empty;
  });
});
