// Loads the element in pages that lack a feature of the browser, or break one.
import { expect } from '@open-wc/testing';
import { openAsk, until } from './dialog-helpers.js';
import { defineAddress, find, openPage, type Page } from './element-helpers.js';

afterEach(() => {
  for (const frame of document.querySelectorAll('iframe')) frame.remove();
});

type Change = (page: Page) => unknown;

/** Opens a page, changes it, and loads the element, which has content of the host. */
async function openChanged(change: Change, src = defineAddress()): Promise<Page> {
  const page = await openPage('/plain/own-content');
  change(page);
  await load(page, src);
  return page;
}

/** Runs a module. Creates the script here, because an image in the page may hide the method of its document. */
async function load(page: Page, src: string): Promise<void> {
  const script = Object.assign(document.createElement('script'), { type: 'module', src });
  const loaded = new Promise((resolve, reject) => {
    script.addEventListener('load', resolve);
    script.addEventListener('error', () => reject(new Error(`“${src}” could not be loaded.`)));
  });
  page.document.head.append(script);
  await loaded;
  // Modules that are imported on first use, and the wiki's response.
  await until('the element', () => !page.customElements.get('mentorship-module') || isSettled(page));
}

/** Returns the address of lazy.js of the package. */
const lazyAddress = () =>
  defineAddress().replace('/dist/define.js', '/dist/lazy-define.js').replace('/src/define.', '/src/lazy.');

const elementOf = (page: Page) => page.document.querySelector('mentorship-module')!;
const ownContent = (page: Page) => page.document.querySelector('mentorship-module p')!;
const isSettled = ({ pageLog }: Page) => pageLog.ready.length + pageLog.failed.length > 0;

const expectCleanLog = ({ pageLog: { errors, warnings, violations } }: Page) =>
  expect({ errors, warnings, violations }).to.deep.equal({ errors: [], warnings: [], violations: [] });

/** Features without which card or dialogs would fail. */
const REQUIRED: Record<string, Change> = {
  'attachInternals()': (page) => Reflect.deleteProperty(page.HTMLElement.prototype, 'attachInternals'),
  popover: (page) => Reflect.deleteProperty(page.HTMLElement.prototype, 'showPopover'),
  IntersectionObserver: (page) => Reflect.deleteProperty(page, 'IntersectionObserver'),
  'AbortSignal.any()': (page) => Reflect.deleteProperty(page.AbortSignal, 'any'),
  'URL.canParse()': (page) => Reflect.deleteProperty(page.URL, 'canParse'),
};

describe('without', () => {
  for (const [name, remove] of Object.entries(REQUIRED))
    for (const [file, address] of Object.entries({ define: defineAddress, lazy: lazyAddress }))
      it(`${name}, ${file}.js keeps the content of the host, and reports nothing`, async () => {
        const page = await openChanged(remove, address());
        if (file === 'lazy') await load(page, defineAddress());
        expect(page.customElements.get('mentorship-module')).to.be.undefined;
        expect(ownContent(page).checkVisibility()).to.be.true;
        expect(elementOf(page).shadowRoot).to.be.null;
        expectCleanLog(page);
        expect(page.pageLog.failed).to.deep.equal([]);
      });
});

const throwing = () => {
  throw new Error('careless');
};

const hide = (name: string) => (page: Page) => {
  const image = Object.assign(page.document.createElement('img'), { name, alt: '' });
  page.document.body.append(image);
};

/** Replaces a global by a getter. */
const define = (name: string, get: () => unknown) => (page: Page) =>
  Object.defineProperty(page, name, { configurable: true, get });

/** Careless pages in which the card works. */
const CARELESS: Record<string, Change> = {
  'a polyfill of attachInternals() that throws': (page) => {
    page.HTMLElement.prototype.attachInternals = throwing;
  },
  'a global mw that throws': define('mw', throwing),
  'an mw.config that throws': define('mw', () => ({
    config: { get: throwing },
    user: { options: { get: throwing } },
  })),
  'an mw that is a text': define('mw', () => 'mw'),
  'an mw without user': define('mw', () => ({ config: { get: () => null } })),
  'an RLCONF that throws': define('RLCONF', throwing),
  'an RLQ that is a number': define('RLQ', () => 7),
  'a localStorage that throws': define('localStorage', throwing),
  'no requestIdleCallback': (page) => Reflect.deleteProperty(page, 'requestIdleCallback'),
  'no BroadcastChannel': (page) => Reflect.deleteProperty(page, 'BroadcastChannel'),
  'no navigator.locks': (page) => Reflect.deleteProperty(page.Navigator.prototype, 'locks'),
  'no navigation entry': (page) => {
    page.performance.getEntriesByType = () => [];
  },
  'an image with the name “body”': hide('body'),
  'an image with the name “activeElement”': hide('activeElement'),
  'an image with the name “documentElement”': hide('documentElement'),
  'an image with the name “addEventListener”': hide('addEventListener'),
};

describe('on a page with', () => {
  for (const [name, change] of Object.entries(CARELESS))
    it(`${name} card and dialogs work`, async () => {
      const page = await openChanged(change);
      expect(elementOf(page).variant).to.equal('mentored');
      await openAsk(elementOf(page));
      expect(find(elementOf(page), 'dialog').checkVisibility()).to.be.true;
      expectCleanLog(page);
    });

  for (const name of ['createElement', 'createComment', 'importNode'])
    it(`an image with the name “${name}” the content of the host stays, or the card works`, async () => {
      const page = await openChanged(hide(name));
      const isCard = elementOf(page).variant === 'mentored';
      expect(isCard || ownContent(page).checkVisibility()).to.be.true;
      expect(page.pageLog.errors).to.deep.equal([]);
    });
});
