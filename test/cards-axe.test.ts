import { expect } from '@open-wc/testing';
import 'axe-core/axe.min.js';
import type { AxeResults, RunOptions } from 'axe-core';
import type { MentorshipModule } from '../src/mentorship-module.js';
import { cases } from './card-cases.js';
import { showAll, showCase, caseSettled } from './element-helpers.js';

declare const axe: { run(context: Element, options: RunOptions): Promise<AxeResults> };

const OPTIONS: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations', 'incomplete'],
};
/** Rules that apply to whole pages only. */
const PAGE_RULES = ['region'];

const describeViolations = (results: AxeResults['violations']) =>
  results
    .filter(({ id }) => !PAGE_RULES.includes(id))
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
    );

const page = document.documentElement;
page.lang = 'en';
document.title = 'Cards';

for (const scheme of ['light', 'dark'])
  for (const [dir, lang] of Object.entries({ ltr: 'en', rtl: 'ar' }))
    describe(`axe, ${scheme}, ${dir}`, () => {
      const main = Object.assign(document.createElement('main'), { dir, lang });
      let elements: Map<string, MentorshipModule>;
      before(async () => {
        page.style.colorScheme = scheme;
        document.body.style.background = scheme === 'dark' ? '#101418' : '#fff';
        document.body.style.color = scheme === 'dark' ? '#eaecf0' : '#202122';
        document.body.append(main);
        elements = await showAll(cases, main);
        main.replaceChildren();
      });
      after(() => {
        page.removeAttribute('style');
        document.body.removeAttribute('style');
        main.remove();
      });

      for (const one of cases)
        it(one.id, async () => {
          // Runs one at a time, because axe would check the other cards as well.
          const element = elements.get(one.id)!;
          main.replaceChildren(element);
          await caseSettled(one, element);
          if (one.expect === 'none') return;
          const { violations, incomplete } = await axe.run(element, OPTIONS);
          expect(describeViolations(violations)).to.deep.equal([]);
          expect(describeViolations(incomplete.filter(({ id }) => id === 'color-contrast'))).to.deep.equal(
            [],
          );
        });
    });

describe('axe self-test', () => {
  it('checks the shadow root', async () => {
    const element = await showCase(cases[0]!);
    element.shadowRoot!.querySelector('.person a')!.replaceChildren();
    const { violations } = await axe.run(element, OPTIONS);
    expect(violations.map(({ id }) => id)).to.include('link-name');
  });

  it('detects insufficient contrast', async () => {
    const element = await showCase(cases[0]!);
    element.style.setProperty('--mentorship-color', '#ddd');
    const { violations } = await axe.run(element, OPTIONS);
    expect(violations.map(({ id }) => id)).to.include('color-contrast');
  });
});
