import { expect, oneEvent } from '@open-wc/testing';
import { MentorshipErrorEvent, MentorshipModule } from '../src/index.js';
import '../src/define.js';

const DOCUMENT = { viewer: { name: 'Ana' }, mentor: { name: 'Sasha' }, program: { enabled: true } };

/** Takes away what a test put into the page. */
const clean: Element[] = [];
function put<T extends Element>(node: T): T {
  clean.push(node);
  document.body.append(node);
  return node;
}
const make = (properties: Partial<Record<keyof MentorshipModule, unknown>>) =>
  Object.assign(document.createElement('mentorship-module'), properties);

describe('what hosts do', () => {
  afterEach(() => clean.splice(0).forEach((node) => node.remove()));

  for (const [name, style] of Object.entries({
    'a float': 'float: inline-start',
    'an inline block': 'display: inline-block',
    'an inline grid': 'display: inline-grid',
    'a popover’s position': 'position: absolute',
  }))
    it(`${name} is as wide as its card, not the other way round`, async () => {
      const parent = put(document.createElement('div'));
      parent.setAttribute('style', style);
      const element = make({ snapshot: DOCUMENT });
      parent.append(element);
      await oneEvent(element, 'mentorship-ready');
      expect(element.getBoundingClientRect().width).to.be.within(240, 480);
    });

  for (const name of ['api', 'src', 'preview', 'source', 'theme', 'layout'] as const)
    it(`${name} = undefined is as if it were not set`, async () => {
      const errors: Event[] = [];
      const element = make({ snapshot: DOCUMENT, [name]: undefined });
      element.addEventListener('mentorship-error', (event) => errors.push(event));
      put(element);
      await oneEvent(element, 'mentorship-ready');
      expect(errors).to.have.length(0);
    });

  it('snapshot = undefined leaves the word to src', async () => {
    const src = `data:application/json,${encodeURIComponent(JSON.stringify(DOCUMENT))}`;
    const element = put(make({ snapshot: undefined, source: undefined, src }));
    // A data: address is none that may be read; but it is the one that was looked at.
    const event: Event = await oneEvent(element, 'mentorship-error');
    if (!(event instanceof MentorshipErrorEvent)) throw new Error(event.type);
    expect(event.error.message).to.contain('src=');
  });

  it('a name of its own can be defined twice without a warning', () => {
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

  it('a viewer who went on to type elsewhere keeps the focus', async () => {
    let fail = true;
    let answer = () => {};
    const source = {
      load: async () => {
        if (fail) throw new Error('out of order');
        await new Promise<void>((resolve) => (answer = resolve));
        return DOCUMENT as never;
      },
    };
    const field = put(document.createElement('input'));
    const element = put(make({ source }));
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
    const element = put(make({ source }));
    await oneEvent(element, 'mentorship-ready');
    await Promise.all([element.refresh(), element.refresh(), element.refresh()]);
    expect(loads).to.equal(2);
  });
});
