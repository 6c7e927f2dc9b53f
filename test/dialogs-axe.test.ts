import { expect } from '@open-wc/testing';
import 'axe-core/axe.min.js';
import type { AxeResults, RunOptions } from 'axe-core';
import { showFake } from './dialog-helpers.js';
import { all, attach } from './element-helpers.js';
import { clearDrafts, scenarios } from './scenarios.js';

declare const axe: { run(context: Element, options: RunOptions): Promise<AxeResults> };

const OPTIONS: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  resultTypes: ['violations', 'incomplete'],
};

const describeViolations = (results: AxeResults['violations']) =>
  results.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
  );

/** The close button has the colors of its heading. */
const TOO_SHORT = 'Element content is too short';

const page = document.documentElement;
page.lang = 'en';
document.title = 'Dialogs';

for (const scheme of ['light', 'dark'])
  for (const [dir, lang] of Object.entries({ ltr: 'en', rtl: 'ar' }))
    describe(`axe, ${scheme}, ${dir}`, () => {
      before(() => {
        page.style.colorScheme = scheme;
        document.body.style.background = scheme === 'dark' ? '#101418' : '#fff';
        document.body.style.color = scheme === 'dark' ? '#eaecf0' : '#202122';
      });
      afterEach(clearDrafts);
      after(() => {
        page.removeAttribute('style');
        document.body.removeAttribute('style');
      });

      for (const { name, source, run } of scenarios)
        it(name, async () => {
          const parent = attach(Object.assign(document.createElement('main'), { dir, lang }));
          const fake = source();
          const element = await showFake(fake, { parent });
          await run(element, fake);
          const { violations } = await axe.run(element, OPTIONS);
          expect(describeViolations(violations)).to.deep.equal([]);
          // Axe ignores the top layer and assumes that later elements are painted above.
          for (const behind of all(element, '#dialogs:has(dialog) + section, #more:popover-open ~ *'))
            behind.style.display = 'none';
          const contrast = await axe.run(element, { ...OPTIONS, runOnly: ['color-contrast'] });
          expect(describeViolations(contrast.violations)).to.deep.equal([]);
          expect(
            describeViolations(contrast.incomplete).filter((one) => !one.includes(TOO_SHORT)),
          ).to.deep.equal([]);
        });
    });

describe('axe self-test', () => {
  afterEach(clearDrafts);

  it('checks a dialog', async () => {
    const { source, run } = scenarios[0]!;
    const fake = source();
    const element = await showFake(fake);
    await run(element, fake);
    element.shadowRoot!.querySelector('dialog label')!.remove();
    const { violations } = await axe.run(element, OPTIONS);
    expect(violations.map(({ id }) => id)).to.include('label');
  });
});
