import { expect } from '@open-wc/testing';
import type { MentorshipModule } from '../src/mentorship-module.js';
import { until } from './dialog-helpers.js';
import { make, openPage, nextOutcome } from './element-helpers.js';

type Page = Window & typeof globalThis;

const PAGES: Record<string, () => Promise<Page>> = {
  'the stand-alone file': () => openPage('/strict/empty'),
  'the package, with whole Lit': async () => window,
};

/** The class of the built file, which has another copy of Lit. */
const classOf = (page: Page) => page.customElements.get('mentorship-module') as typeof MentorshipModule;

const OWN_PROPERTIES: Record<string, (above: object) => object> = {
  'beside those of the class above': (above) => ({ ...above, extra: {} }),
  'alone, as Lit has it': () => ({ extra: {} }),
};

afterEach(() => {
  for (const element of document.querySelectorAll('iframe, body > [preview]')) element.remove();
});

let count = 0;

for (const [name, pageOf] of Object.entries(PAGES))
  describe(`${name}, extended with Lit`, () => {
    async function attachTo<T extends HTMLElement>(page: Page, element: T): Promise<T> {
      const end = nextOutcome(element);
      element.setAttribute('preview', 'mentored');
      page.document.body.append(element);
      await end;
      return element;
    }

    it('renders again when an update is requested by property name', async () => {
      const page = await pageOf();
      const element = await attachTo(page, make({}, page.document));
      element.requestUpdate('anything', 1);
      expect(element.isUpdatePending).to.be.true;
      await element.updateComplete;
      const end = nextOutcome(element);
      element.requestUpdate('snapshot', {});
      expect((await end).type).to.equal('mentorship-ready');
    });

    for (const [how, ownProperties] of Object.entries(OWN_PROPERTIES))
      it(`observes a property of a subclass, given ${how}`, async () => {
        const page = await pageOf();
        const tag = `card-with-extra-${count++}`;
        const drawn: unknown[] = [];
        class Extended extends classOf(page) {
          static override properties = ownProperties(super.properties) as typeof MentorshipModule.properties;
          declare extra?: string;
          protected override render(): unknown {
            drawn.push(this.extra);
            return super.render();
          }
        }
        const early = Object.assign(page.document.createElement(tag), { extra: 'early', theme: 'dark' });
        page.document.body.append(early);
        page.customElements.define(tag, Extended);
        await attachTo(page, early);
        expect([early.extra, early.getAttribute('theme')]).to.deep.equal(['early', 'dark']);

        const element = await attachTo(page, new Extended());
        element.setAttribute('extra', 'by attribute');
        expect(element.extra).to.equal('by attribute');
        await until('drawn by attribute', () => drawn.at(-1) === 'by attribute');
        element.extra = 'by property';
        await until('drawn by property', () => drawn.at(-1) === 'by property');
        element.setAttribute('layout', 'summary');
        expect(element.layout, 'what the class above observes').to.equal('summary');
        element.theme = 'light';
        await element.updateComplete;
        expect(element.getAttribute('theme')).to.equal('light');
      });
  });
