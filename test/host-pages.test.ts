import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { MentorshipErrorEvent } from '../src/events.js';
import {
  type FakeSource,
  fakeSource,
  INVITED,
  isDialogOpen,
  KIM,
  openAsk,
  press,
  showFake,
  textarea,
  until,
  untilClosed,
  write,
} from './dialog-helpers.js';
import {
  all,
  attach,
  defineAddress,
  find,
  idle,
  make,
  nextOutcome,
  recordEvents,
  root,
  visibleText,
} from './element-helpers.js';
import { isolateStorageInTests } from './isolated-storage.js';
import { clearDrafts } from './scenarios.js';

isolateStorageInTests();

let address = '';
beforeEach(() => (address = location.pathname + location.search));
afterEach(() => {
  clearDrafts();
  history.replaceState(null, '', address);
});

/** Creates an element of the page that is removed after the test. */
const container = (markup = '<div><p></p></div>'): HTMLElement => {
  const parsed = new DOMParser().parseFromString(markup, 'text/html').body.firstElementChild;
  if (!(parsed instanceof HTMLElement)) throw new Error('There is no element.');
  return attach(parsed);
};
const innermost = (element: Element): Element =>
  element.lastElementChild ? innermost(element.lastElementChild) : element;

/** Records exceptions and unhandled rejections of a page. */
function recordExceptions(page: Window): string[] {
  const messages: string[] = [];
  page.addEventListener('error', (event) => messages.push(event.message));
  page.addEventListener('unhandledrejection', (event) => messages.push(String(event.reason)));
  return messages;
}

/** Ways to hide a part of the page, in which no dialog can be seen. */
const HIDINGS: Record<
  string,
  { markup?: string; hide: (element: HTMLElement) => void; show: (element: HTMLElement) => void }
> = {
  'the attribute hidden': {
    hide: (element) => (element.hidden = true),
    show: (element) => (element.hidden = false),
  },
  'display: none': {
    hide: (element) => (element.style.display = 'none'),
    show: (element) => (element.style.display = ''),
  },
  'content-visibility: hidden': {
    hide: (element) => (element.style.contentVisibility = 'hidden'),
    show: (element) => (element.style.contentVisibility = ''),
  },
  'a closed <details>': {
    markup: '<details open><summary>More</summary><div></div></details>',
    hide: (element) => element.removeAttribute('open'),
    show: (element) => element.setAttribute('open', ''),
  },
  'a closed <dialog>': {
    markup: '<dialog open><div></div></dialog>',
    hide: (element) => element.removeAttribute('open'),
    show: (element) => element.setAttribute('open', ''),
  },
};

describe('a card that is hidden', () => {
  for (const [how, { markup, hide, show }] of Object.entries(HIDINGS)) {
    it(`by ${how} opens no dialog, reports why, and opens one later`, async () => {
      const parent = container(markup);
      const element = await showFake(fakeSource(), { parent: innermost(parent) });
      hide(parent);
      const events = recordEvents(element);
      await element.ask();
      expect(isDialogOpen(element)).to.be.false;
      const { error } = events.find(({ type }) => type === 'mentorship-error') as MentorshipErrorEvent;
      expect(error.code).to.equal('unsupported');
      show(parent);
      await openAsk(element);
      expect(find(element, 'dialog').checkVisibility()).to.be.true;
    });

    it(`by ${how} closes its dialog, so that the page can be used`, async () => {
      const parent = container(markup);
      const element = await showFake(fakeSource(), { parent: innermost(parent) });
      await openAsk(element);
      write(element, 'I am still writing');
      hide(parent);
      await untilClosed(element);
      show(parent);
      await openAsk(element);
      expect(textarea(element).value).to.equal('I am still writing');
    });
  }

  it('closes its dialog if the card itself disappears', async () => {
    const fake = fakeSource();
    const element = await showFake(fake);
    await openAsk(element);
    element.hidden = true;
    await untilClosed(element);
  });

  it('opens the dialog of #mentorship-ask once it is visible', async () => {
    const parent = container();
    parent.hidden = true;
    const element = await showFake(fakeSource(), { parent });
    location.hash = '#mentorship-ask';
    await idle();
    expect(isDialogOpen(element)).to.be.false;
    parent.hidden = false;
    element.requestUpdate();
    await until('the dialog', () => isDialogOpen(element));
  });

  for (const property of ['visibility: hidden', 'pointer-events: none', 'display: contents', 'opacity: 0'])
    it(`by ${property} has a dialog that is seen and can be used`, async () => {
      const parent = container();
      parent.style.cssText = property;
      const element = await showFake(fakeSource(), { parent });
      if (property.startsWith('display')) element.style.cssText = property;
      await openAsk(element);
      const dialog = find(element, 'dialog');
      const { visibility, pointerEvents } = getComputedStyle(dialog);
      expect([visibility, pointerEvents]).to.deep.equal(['visible', 'auto']);
      await idle();
      expect(isDialogOpen(element)).to.be.true;
    });
});

const KEY_EVENTS = ['keydown', 'keypress', 'keyup'] as const;
const ENTER = KEY_EVENTS.map((type) => `${type} Enter`);

/** Returns the keys that reach a page, which are added as they come. */
function takenKeys(page: Document): string[] {
  const taken: string[] = [];
  for (const type of KEY_EVENTS) page.addEventListener(type, ({ key }) => taken.push(`${type} ${key}`));
  return taken;
}

describe('shortcuts of the host', () => {
  const taken: string[] = [];
  /** Acts on every key outside of a text field, as common libraries do. */
  const onKey = (event: KeyboardEvent) => {
    const isField = event.target instanceof HTMLTextAreaElement || event.target instanceof HTMLInputElement;
    if (isField) return;
    event.preventDefault();
    taken.push(`${event.type} ${event.key}`);
  };
  beforeEach(() => {
    taken.length = 0;
    for (const type of KEY_EVENTS) document.addEventListener(type, onKey);
  });
  afterEach(() => {
    for (const type of KEY_EVENTS) document.removeEventListener(type, onKey);
  });

  it('get no key that is typed in a dialog', async () => {
    const element = await showFake(fakeSource());
    await openAsk(element);
    await sendKeys({ type: 's/?' });
    await sendKeys({ press: 'ArrowLeft' });
    expect(textarea(element).value).to.equal('s/?');
    find(element, 'dialog h2').focus();
    await sendKeys({ press: 'j' });
    await sendKeys({ press: 'Escape' });
    await untilClosed(element);
    expect(taken).to.deep.equal([]);
  });

  it('get no key that is pressed before another one is released', async () => {
    const element = await showFake(fakeSource());
    await openAsk(element);
    const { value } = textarea(element);
    await sendKeys({ down: 'a' });
    await sendKeys({ down: 'b' });
    await sendKeys({ up: 'a' });
    await sendKeys({ up: 'b' });
    expect(textarea(element).value).to.equal(`${value}ab`);
    expect(taken).to.deep.equal([]);
  });

  it('get no Enter or Space of a button, and no Escape of the open menu', async () => {
    const element = await showFake(fakeSource());
    find(element, '.more').focus();
    await sendKeys({ press: ' ' });
    await until('the menu', () => find(element, '#more').matches(':popover-open'));
    await sendKeys({ press: 'Escape' });
    await until('closed', () => !find(element, '#more').matches(':popover-open'));
    find(element, 'section .primary').focus();
    await sendKeys({ press: 'Enter' });
    await until('the dialog', () => isDialogOpen(element));
    expect(taken).to.deep.equal([]);
  });

  it('get a key that was released where the page did not see it, once it is pressed again', async () => {
    const element = await showFake(fakeSource());
    // Another window, such as of a followed link, gets the rest. On macOS, no window gets the `keyup` of Command and Enter.
    const init = { key: 'Enter', code: 'Enter', bubbles: true, composed: true };
    find(element, 'section a').dispatchEvent(new KeyboardEvent('keydown', init));
    const own = attach(document.createElement('a'));
    own.tabIndex = 0;
    own.focus();
    const all = takenKeys(document);
    await sendKeys({ press: 'Enter' });
    expect(all.map((key) => key.replace('Return', 'Enter'))).to.deep.equal(
      // The first listener of this test has prevented the default action, which is the event “keypress”.
      ENTER.filter((key) => !key.startsWith('keypress')),
    );
  });

  it('get the other keys, also those of slotted content', async () => {
    const element = await showFake(fakeSource());
    find(element, 'section .primary').focus();
    await sendKeys({ press: 'j' });
    await sendKeys({ press: 'Escape' });
    const own = Object.assign(document.createElement('button'), { slot: 'footer', textContent: 'Own' });
    element.append(own);
    own.focus();
    await sendKeys({ press: 'Enter' });
    expect(taken.filter((key) => key.startsWith('keydown'))).to.deep.equal([
      'keydown j',
      'keydown Escape',
      'keydown Enter',
    ]);
  });
});

/** Replaces each text, as page translators do: by an element, or by another text node. */
const TRANSLATORS: Record<string, (text: Text) => Node> = {
  'in <font>': ({ data }) => inFont(data),
  'in <font><font>': ({ data }) => inFont(inFont(data)),
  'in other text nodes': ({ data }) => new Text(data),
};

function inFont(content: Node | string): Node {
  const font = new DOMParser().parseFromString('<font></font>', 'text/html').body.firstChild!;
  (font as Element).append(content);
  return font;
}

function translate(element: Element, replace: (text: Text) => Node): void {
  const walker = document.createTreeWalker(root(element), NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) if (walker.currentNode instanceof Text) texts.push(walker.currentNode);
  for (const text of texts) if (text.data.trim()) text.replaceWith(replace(text));
}

describe('texts that a page translator has put', () => {
  for (const [how, replace] of Object.entries(TRANSLATORS)) {
    it(`${how} name one mentor`, async () => {
      const fake = fakeSource();
      const element = await showFake(fake);
      translate(element, replace);
      const before = await fake.source.load({ signal: new AbortController().signal });
      const mentor = { ...KIM, name: 'Robin', intro: 'Other', talkUrl: 'https://wiki.example/Robin' };
      Object.assign(fake.source, { load: async () => ({ ...before, mentor }) });
      await element.refresh();
      await until('the new mentor', () => find(element, '.person a').matches('[href$=Robin]'));
      expect(visibleText(find(element, '.person strong'))).to.equal('Robin');
      expect(visibleText(find(element, 'blockquote'))).to.equal('Other');
    });

    it(`${how} make way for another card, and for the heading and notices of dialogs`, async () => {
      const element = await showFake(fakeSource({ snapshot: INVITED }));
      press(element, 'Become a mentor');
      await until('the dialog', () => isDialogOpen(element));
      translate(element, replace);
      find(element, 'dialog .actions .primary').click();
      await until('done', () => visibleText(find(element, 'dialog h2')) === 'You’re a mentor now');
      find(element, 'dialog .close').click();
      await untilClosed(element);
      expect(visibleText(find(element, 'section h2'))).to.equal('You’re a mentor');
    });
  }
});

describe('a sandboxed frame without forms', () => {
  /** Opens a frame in which the element is loaded. */
  async function openFrame(sandbox: string, head = ''): Promise<Window & typeof globalThis> {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', sandbox);
    frame.width = '800';
    frame.srcdoc = `<!doctype html><title>t</title>${head}<mentorship-module><p>Own</p></mentorship-module><script type="module" src="${defineAddress()}"></script>`;
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    attach(frame);
    await loaded;
    return frame.contentWindow as Window & typeof globalThis;
  }

  /** Shows the element with a source in such a frame. */
  async function showInFrame(fake: FakeSource) {
    const page = await openFrame('allow-scripts allow-same-origin');
    const element = page.document.querySelector('mentorship-module')!;
    await page.customElements.whenDefined('mentorship-module');
    const ready = nextOutcome(element);
    Object.assign(element, { source: fake.source, enroll: 'here' });
    await ready;
    await element.updateComplete;
    return element;
  }

  /** Names of the buttons that open each dialog, and their snapshots. */
  const DIALOGS: Record<string, { button?: string; snapshot?: typeof INVITED }> = {
    ask: {},
    leave: { button: 'Continue without a mentor' },
    choose: { button: 'Choose another mentor' },
    enroll: { button: 'Become a mentor', snapshot: INVITED },
  };

  for (const [action, { button, snapshot }] of Object.entries(DIALOGS))
    it(`can send “${action}” by a click`, async function () {
      this.timeout(60_000);
      const fake = fakeSource(snapshot && { snapshot });
      const element = await showInFrame(fake);
      if (button) press(element, button);
      else await element.ask('May I?');
      await until('the dialog', () => isDialogOpen(element));
      if (action === 'choose') {
        await until('the mentors', () => all(element, 'dialog [type=radio]').length);
        find(element, 'dialog [type=radio]').click();
      }
      find(element, 'dialog .actions .primary').click();
      await until('sent', () => fake.writes.length);
      expect(fake.writes.map((write) => write.split(' ')[0])).to.deep.equal([action]);
    });
});

describe('the element in unusual places', () => {
  const SNAPSHOT = { viewer: { name: 'Ana', isMentor: true }, program: { enabled: true } };
  const frameDocument = (): Document => {
    const frame = attach(document.createElement('iframe'));
    frame.width = '600';
    return frame.contentDocument!;
  };
  const PLACES: Record<string, () => ParentNode> = {
    'the document of a frame': () => frameDocument().body,
    'a document without a window': () => document.implementation.createHTMLDocument('').body,
    'a template': () => document.createElement('template').content,
    'a shadow root': () => container().attachShadow({ mode: 'open' }),
    'a shadow root without a slot for it': () => {
      const host = container();
      host.attachShadow({ mode: 'open' });
      return host;
    },
    'a detached element': () => document.createElement('div'),
    'an SVG foreignObject': () => {
      const svg = attach(document.createElementNS('http://www.w3.org/2000/svg', 'svg'));
      return svg.appendChild(document.createElementNS('http://www.w3.org/2000/svg', 'foreignObject'));
    },
  };
  for (const [place, create] of Object.entries(PLACES))
    it(`${place}: throws nothing when it is created there, moved there twice, used there, and moved back`, async () => {
      const exceptions = recordExceptions(window);
      const fresh = make({ snapshot: SNAPSHOT });
      create().append(fresh);
      const element = attach(make({ snapshot: SNAPSHOT }));
      await nextOutcome(element);
      await element.updateComplete;
      for (const parent of [create(), create(), create()]) {
        parent.append(element);
        parent.append(element);
        await element.refresh();
        await element.ask();
        await idle();
      }
      document.adoptNode(element);
      attach(element);
      await element.updateComplete;
      await until('styles', () => root(element).adoptedStyleSheets.length > 0);
      expect(getComputedStyle(find(element, 'section')).display).to.equal('grid');
      await idle();
      expect(exceptions).to.deep.equal([]);
      fresh.remove();
    });

  it('has its styles in the document of a frame also after a failed load', async () => {
    const body = frameDocument().body;
    const element = make({ source: { load: () => Promise.reject(new Error('Offline.')) } });
    const end = nextOutcome(element);
    attach(element, body);
    await end;
    await until('styles', () => root(element).adoptedStyleSheets.length > 0);
    const { display } = body.ownerDocument.defaultView!.getComputedStyle(find(element, 'section'));
    expect(display).to.equal('grid');
  });

  it('has its styles and dialogs in the document of a frame', async () => {
    const exceptions = recordExceptions(window);
    const body = frameDocument().body;
    const element = await showFake(fakeSource(), { parent: body });
    await until('styles', () => root(element).adoptedStyleSheets.length > 0);
    const styleOf = (selector: string) =>
      body.ownerDocument.defaultView!.getComputedStyle(find(element, selector));
    expect(styleOf('section').display).to.equal('grid');
    await openAsk(element);
    expect(styleOf('dialog').padding).to.equal('16px');
    expect(all(element, 'dialog'), 'one dialog').to.have.lengthOf(1);
    document.body.append(attach(element));
    await untilClosed(element);
    await openAsk(element);
    expect(getComputedStyle(find(element, 'dialog')).padding).to.equal('16px');
    expect(exceptions).to.deep.equal([]);
  });

  it('reports an address that became invalid while it was removed, and still follows the language', async () => {
    const exceptions = recordExceptions(window);
    const parent = container();
    const element = make({ snapshot: SNAPSHOT });
    const ready = nextOutcome(element);
    attach(element, parent);
    await ready;
    element.remove();
    await idle();
    const error = nextOutcome(element);
    Object.assign(element, { snapshot: null, api: 'https://[' });
    attach(element, parent);
    expect(await error).to.have.nested.property('error.code', 'bad-attribute');
    parent.setAttribute('lang', 'de');
    await until('German', () => find(element, 'section').lang === 'de');
    expect(exceptions).to.deep.equal([]);
  });

  it('keeps the focus in the document of a frame if the focused control is gone', async () => {
    const question = {
      text: 'Why?',
      url: 'https://wiki.example/1',
      askedAt: null,
      state: 'waiting',
    } as const;
    const fake = fakeSource({ snapshot: { mentor: KIM, questions: [question] } });
    const element = await showFake(fake, { parent: frameDocument().body });
    const focused = () => root(element).activeElement?.localName;
    find(element, '.history a').focus();
    expect(focused()).to.equal('a');
    fake.now.questions = [];
    await element.refresh();
    expect(focused(), 'after a reload').to.equal('section');
    press(element, 'Continue without a mentor', '#more');
    await until('the dialog', () => isDialogOpen(element));
    find(element, 'dialog .actions .primary').click();
    await untilClosed(element);
    await until('left', () => element.variant === 'opt-in');
    await idle();
    expect(focused(), 'after a dialog').to.equal('section');
  });

  it('handles keys in the document of a frame, and hides them there', async () => {
    const page = frameDocument();
    const element = await showFake(fakeSource(), { parent: page.body });
    const taken = takenKeys(page);
    const takenHere = takenKeys(document);
    page.defaultView!.focus();
    find(element, '.more').focus();
    await sendKeys({ press: 'Enter' });
    await until('the menu', () => find(element, '#more').matches(':popover-open'));
    await sendKeys({ press: 'ArrowDown' });
    expect(visibleText(root(element).activeElement)).to.equal('How mentorship works');
    await sendKeys({ press: 'Escape' });
    await until('closed', () => !find(element, '#more').matches(':popover-open'));
    expect(root(element).activeElement?.className).to.equal('more');
    await openAsk(element);
    await sendKeys({ type: 'Why?' });
    expect(textarea(element).value).to.equal('Why?');
    find(element, 'dialog .close').focus();
    await sendKeys({ press: 'Enter' });
    await untilClosed(element);
    expect(taken).to.deep.equal([]);
    attach(document.createElement('button')).focus();
    await sendKeys({ press: 'Enter' });
    expect(takenHere).to.deep.equal(ENTER);
  });
});
