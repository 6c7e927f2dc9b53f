import { expect, oneEvent } from '@open-wc/testing';
import { MentorshipErrorEvent, MentorshipModule } from '../src/index.js';
import '../src/define.js';

const DOCUMENT = { viewer: { name: 'Ana' }, mentor: { name: 'Sasha' }, program: { enabled: true } };

/** Removes what a test has added to the page. */
const clean: Element[] = [];
function append<T extends Element>(node: T): T {
  clean.push(node);
  document.body.append(node);
  return node;
}
const make = (properties: Partial<Record<keyof MentorshipModule, unknown>>) =>
  Object.assign(document.createElement('mentorship-module'), properties);

describe('typical usage by hosts', () => {
  afterEach(() => clean.splice(0).forEach((node) => node.remove()));

  for (const [name, style] of Object.entries({
    'a float': 'float: inline-start',
    'an inline block': 'display: inline-block',
    'an inline grid': 'display: inline-grid',
    'a popover’s position': 'position: absolute',
  }))
    it(`sizes ${name} by its card, not the reverse`, async () => {
      const parent = append(document.createElement('div'));
      parent.setAttribute('style', style);
      const element = make({ snapshot: DOCUMENT });
      parent.append(element);
      await oneEvent(element, 'mentorship-ready');
      expect(element.getBoundingClientRect().width).to.be.within(240, 480);
    });

  for (const name of ['api', 'src', 'preview', 'source', 'theme', 'layout'] as const)
    it(`${name} = undefined equals an unset attribute`, async () => {
      const errors: Event[] = [];
      const element = make({ snapshot: DOCUMENT, [name]: undefined });
      element.addEventListener('mentorship-error', (event) => errors.push(event));
      append(element);
      await oneEvent(element, 'mentorship-ready');
      expect(errors).to.have.length(0);
    });

  it('snapshot = undefined falls back on src', async () => {
    const src = `data:application/json,${encodeURIComponent(JSON.stringify(DOCUMENT))}`;
    const element = append(make({ snapshot: undefined, source: undefined, src }));
    // A data: URL cannot be read, but the error proves that it was used.
    const event: Event = await oneEvent(element, 'mentorship-error');
    if (!(event instanceof MentorshipErrorEvent)) throw new Error(event.type);
    expect(event.error.message).to.contain('src=');
  });

  it('a custom tag name can be defined twice without a warning', () => {
    const warnings: unknown[] = [];
    const { warn } = console;
    console.warn = (...words) => warnings.push(words);
    try {
      MentorshipModule.define('my-card');
      MentorshipModule.define('my-card');
    } finally {
      console.warn = warn;
    }
    expect(warnings).to.have.length(0);
    expect(customElements.get('my-card')!.prototype).to.be.instanceOf(MentorshipModule);
  });

  it('focus stays where a viewer has moved it meanwhile', async () => {
    let fail = true;
    let answer = () => {};
    const source = {
      load: async () => {
        if (fail) throw new Error('out of order');
        await new Promise<void>((resolve) => (answer = resolve));
        return DOCUMENT as never;
      },
    };
    const field = append(document.createElement('input'));
    const element = append(make({ source }));
    await oneEvent(element, 'mentorship-error');
    fail = false;
    const button = element.shadowRoot!.querySelector('button')!;
    button.focus();
    button.click();
    field.focus();
    answer();
    await oneEvent(element, 'mentorship-ready');
    await element.updateComplete;
    expect(document.activeElement === field).to.equal(true);
  });

  it('elements that are refreshed together share one load', async () => {
    let loads = 0;
    const source = {
      load: async () => {
        loads++;
        return DOCUMENT as never;
      },
    };
    const element = append(make({ source }));
    await oneEvent(element, 'mentorship-ready');
    await Promise.all([element.refresh(), element.refresh(), element.refresh()]);
    expect(loads).to.equal(2);
  });
});
