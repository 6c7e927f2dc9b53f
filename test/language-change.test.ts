import { configureLocalization, LOCALE_STATUS_EVENT, msg } from '@lit/localize';
import { expect, waitUntil } from '@open-wc/testing';
import ar from '../locales/ar.json' with { type: 'json' };
import de from '../locales/de.json' with { type: 'json' };
import th from '../locales/th.json' with { type: 'json' };
import { DialogMessages } from '../src/dialogs/dialog-messages.js';
import { fakeSource, openAsk, showFake } from './dialog-helpers.js';
import {
  find,
  idle,
  make,
  openPage,
  attach,
  recordEvents,
  root,
  nextOutcome,
  show,
  visibleText,
} from './element-helpers.js';

const MENTOR = {
  viewer: { name: 'Noor', isMentor: true },
  program: { enabled: true, dashboardUrl: 'https://wiki.test/dashboard' },
};
const heading = (element: Element) => visibleText(root(element).querySelector('h2'));
const usesLanguage = (element: Element, lang: string) =>
  waitUntil(() => find(element, 'section').lang.toLowerCase() === lang.toLowerCase(), `it speaks ${lang}`, {
    timeout: 8_000,
  });

const fieldOf = (element: Element) => find(element, 'textarea') as HTMLTextAreaElement;

const within = (lang: string, parent?: ParentNode) => {
  const div = attach(document.createElement('div'), parent);
  div.lang = lang;
  return div;
};

describe('language change while the card is shown', () => {
  const { lang } = document.documentElement;
  afterEach(() => {
    document.documentElement.lang = lang;
  });

  it('follows the element', async () => {
    const element = await show({ snapshot: MENTOR });
    element.setAttribute('lang', 'de');
    await usesLanguage(element, 'de');
    element.setAttribute('lang', '');
    await usesLanguage(element, 'en');
  });

  it('follows any ancestor', async () => {
    const far = within('de');
    const near = within('', far);
    const element = await show({ snapshot: MENTOR }, near);
    const events = recordEvents(element);
    far.lang = 'ar';
    await usesLanguage(element, 'ar');
    expect(find(element, 'section').dir).to.equal('rtl');
    near.lang = 'de';
    await usesLanguage(element, 'de');
    near.removeAttribute('lang');
    await usesLanguage(element, 'ar');
    expect(events, 'nothing is loaded anew').to.be.empty;
  });

  it('follows the page', async () => {
    const element = await show({ snapshot: MENTOR });
    document.documentElement.lang = 'de';
    await usesLanguage(element, 'de');
  });

  it('follows ancestors outside its shadow roots', async () => {
    const outer = within('de');
    const middle = attach(document.createElement('div'), outer);
    const inner = document.createElement('div');
    middle.attachShadow({ mode: 'open' }).append(inner);
    const element = make({ snapshot: MENTOR });
    const end = nextOutcome(element);
    inner.attachShadow({ mode: 'open' }).append(element);
    await end;
    await usesLanguage(element, 'de');
    outer.lang = 'ar';
    await usesLanguage(element, 'ar');
    inner.lang = 'de';
    await usesLanguage(element, 'de');
  });

  it('ignores ancestors beyond a nearer language', async () => {
    const outer = within('de');
    const element = await show({ snapshot: MENTOR, lang: 'ar' }, outer);
    outer.lang = 'en';
    await idle();
    expect(find(element, 'section').lang).to.equal('ar');
  });

  it('applies a change made while disconnected on reinsertion', async () => {
    const outer = within('de');
    const element = await show({ snapshot: MENTOR }, outer);
    element.remove();
    outer.lang = 'ar';
    await show({ snapshot: MENTOR, lang: 'ar' });
    await idle();
    expect(find(element, 'section').lang, 'nobody looks').to.equal('de');
    outer.append(element);
    await usesLanguage(element, 'ar');
  });
});

describe('language change while a dialog is open', () => {
  it('never shows two languages at once, and keeps the text', async () => {
    const element = await showFake(fakeSource());
    await openAsk(element);
    const field = fieldOf(element);
    field.value = 'Hello?';
    field.dispatchEvent(new InputEvent('input'));
    const dialog = find(element, 'dialog');
    const words = () =>
      [
        dialog.lang,
        ...['dialog h2', 'dialog .primary'].map((part) => visibleText(find(element, part))),
      ].join();
    const seen = new Set([words()]);
    const observer = new MutationObserver(() => seen.add(words()));
    observer.observe(dialog, { attributes: true, childList: true, characterData: true, subtree: true });
    for (const lang of ['de', 'th']) {
      element.lang = lang;
      await waitUntil(() => dialog.lang === lang, lang, { timeout: 8_000 });
    }
    observer.disconnect();
    expect(seen.size, [...seen].join('\n')).to.equal(3);
    expect(fieldOf(element).value).to.equal('Hello?');
  });
});

describe('texts of dialogs that fail to load', () => {
  it('are requested again with the next dialog only', async () => {
    let changes = 0;
    const asked: string[] = [];
    let load = async (): Promise<unknown> => {
      throw new Error('no network');
    };
    const texts = new DialogMessages(
      () => changes++,
      (locale) => {
        asked.push(locale);
        return load();
      },
    );
    const language = { name: 'th', tag: 'th', templates: {} };
    await texts.load(language);
    await texts.load(language);
    expect([texts.translated, asked]).to.deep.equal([null, ['th']]);
    await texts.load(language, 'again');
    expect(asked).to.deep.equal(['th', 'th']);
    load = async () => th;
    await texts.load(language, 'again');
    expect(texts.translated?.['dialog-common-cancel']).to.equal(th['dialog-common-cancel']);
    await texts.load(language, 'again');
    expect([changes, asked.length]).to.deep.equal([3, 3]);
  });
});

describe('codes that are not BCP 47, and pseudo-locales', () => {
  it('qqx shows the message keys', async () => {
    const element = await show({ snapshot: MENTOR, lang: 'qqx' });
    expect(heading(element)).to.equal('(mentor-heading)');
  });

  it('en-x-long is longer; en-x-rtl runs from right to left', async () => {
    const long = await show({ snapshot: MENTOR, lang: 'en-x-long' });
    expect(heading(long).length).to.be.at.least(1.35 * 'You’re a mentor'.length);
    const mirrored = await show({ snapshot: MENTOR, lang: 'en-x-rtl' });
    const section = find(mirrored, 'section');
    expect([section.dir, section.lang]).to.deep.equal(['rtl', 'en-Arab-x-rtl']);
  });

  it('follows the chain of fallbacks: Alemannic shows German', async () => {
    const element = await show({ snapshot: MENTOR, lang: 'gsw' });
    expect(find(element, 'section').lang).to.equal('de');
    expect(find(element, 'a').textContent).to.contain(de.dashboard.slice(0, 5));
  });
});

describe('languages that a browser may not support', () => {
  const AWAY = {
    viewer: { name: 'Ana' },
    mentor: { name: 'Sasha', editCount: 12_345, away: { until: '2026-12-24T00:00:00Z' } },
    program: { enabled: true },
    questions: [{ text: 'Why?', askedAt: '2026-11-20T11:00:00Z', state: 'waiting' }],
  };
  const isKnown = (lang: string) => Intl.DateTimeFormat.supportedLocalesOf(lang).length > 0;
  const text = async (lang: string) => visibleText(find(await show({ snapshot: AWAY, lang }), 'section'));

  it('have their own digits, and numeric dates', async () => {
    const kurdish = await text('ckb');
    expect(kurdish).to.contain('١٢٬٣٤٥');
    if (!isKnown('ckb'))
      expect(kurdish).to.contain('٢٠٢٦\u2011١٢\u2011٢٤').and.contain('٢٠٢٦\u2011١١\u2011٢٠');
    const pashto = await text('ps');
    expect(pashto).to.contain('۱۲٬۳۴۵');
    if (!isKnown('ps')) expect(pashto).to.contain('۲۰۲۶\u2011۱۲\u2011۲۴');
    for (const lang of ['eu', 'eo', 'hy', 'ka', 'lb', 'mk'])
      if (!isKnown(lang))
        expect(await text(lang), lang)
          .to.contain('2026\u201112\u201124')
          .and.not.match(/12,345|\bago\b/);
  });

  for (const lang of ['az', 'bs', 'uz'])
    it(`have no months such as M12: ${lang}`, async () => {
      const shown = await text(lang);
      expect(shown)
        .to.not.match(/M\d|\d d\b/)
        .and.not.contain('12,345');
      expect(shown).to.match(/2026\u201112\u201124|24\W+dek|24\W+dec/);
    });

  it('ignore an invalid language for numbers', async () => {
    const element = await show({ snapshot: AWAY, lang: 'ckb', messages: { '@numbers': '!!' } });
    // Firefox formats numbers in Kurdish by itself; Chromium and WebKit do not know the language.
    expect(visibleText(find(element, 'section'))).to.contain(isKnown('ckb') ? '١٢٬٣٤٥' : '12,345');
  });

  it('keep their own format, whatever the language of the browser', async () => {
    expect(await text('fa')).to.contain('۱۲٬۳۴۵');
    // Browsers differ in the digits of Arabic.
    const arabicDate = new Intl.DateTimeFormat('ar', { dateStyle: 'long', timeZone: 'UTC' });
    expect(await text('ar')).to.contain(arabicDate.format(new Date(AWAY.mentor.away.until)));
    expect(await text('he')).to.contain('24 בדצמבר 2026');
    expect(await text('ur')).to.contain('24 دسمبر، 2026');
    expect(await text('sr-el'))
      .to.contain('24. decembar 2026.')
      .and.contain('12.345');
    expect(await text('sr-ec')).to.contain('24. децембар 2026.');
    expect(await text('zh-TW')).to.contain('2026年12月24日');
  });
});

describe('localized hosts', () => {
  it('share a copy of @lit/localize without interference', async () => {
    const heard: string[] = [];
    const listen = (event: Event) => heard.push(event.type);
    window.addEventListener(LOCALE_STATUS_EVENT, listen);
    const card = await show({ snapshot: MENTOR, lang: 'de' });
    const { getLocale, setLocale } = configureLocalization({
      sourceLocale: 'en',
      targetLocales: ['fr'],
      loadLocale: async () => ({ templates: { dashboard: 'Bonjour' } }),
    });
    card.lang = 'ar';
    await usesLanguage(card, 'ar');
    expect([getLocale(), heard.length]).to.deep.equal(['en', 0]);
    await setLocale('fr');
    expect(msg('Hello', { id: 'dashboard' })).to.equal('Bonjour');
    card.requestUpdate();
    await card.updateComplete;
    expect(visibleText(find(card, 'a'))).to.equal(ar.dashboard);
    expect(heard.length).to.be.above(0);
    window.removeEventListener(LOCALE_STATUS_EVENT, listen);
  });

  it('have copies of their own and two Lit applications, one of which contains the card', async () => {
    const page = await openPage('/plain/localized-host');
    const app = page.document.querySelector('host-app')!;
    await waitUntil(() => page.pageLog.ready.length === 1, 'ready', { timeout: 8_000 });
    const card = root(app).querySelector('mentorship-module')!;
    const texts = () => [visibleText(root(app).querySelector('p')), heading(card)];
    expect(texts()).to.deep.equal(['Hello', 'You’re a mentor']);
    const { setHostLocale } = page as unknown as { setHostLocale: (locale: string) => Promise<void> };
    await setHostLocale('de');
    await waitUntil(() => texts()[0] === 'Hallo');
    expect(texts()[1]).to.equal('You’re a mentor');
    page.document.documentElement.lang = 'de';
    await usesLanguage(card, 'de');
    expect(texts()[0]).to.equal('Hallo');
    await setHostLocale('fr');
    await waitUntil(() => texts()[0] === 'Bonjour');
    expect(find(card, 'section').lang).to.equal('de');
    expect(visibleText(root(page.document.querySelector('other-app')!).querySelector('p'))).to.equal(
      'Something else',
    );
    const { errors, warnings, failed } = page.pageLog;
    expect({ errors, failed }).to.deep.equal({ errors: [], failed: [] });
    expect(warnings.filter((line) => !/Multiple versions of Lit/.test(line))).to.deep.equal([]);
    for (const frame of document.querySelectorAll('iframe')) frame.remove();
  });
});
