import { expect, waitUntil } from '@open-wc/testing';
import ar from '../locales/ar.json' with { type: 'json' };
import de from '../locales/de.json' with { type: 'json' };
import {
  all,
  elementFor,
  find,
  idle,
  make,
  markup,
  attach,
  recordEvents,
  root,
  nextOutcome,
  show,
  caseSettled,
  visibleText,
} from './element-helpers.js';
import { cases } from './card-cases.js';

const within = (attributes: Record<string, string>) => {
  const div = attach(document.createElement('div'));
  for (const [name, value] of Object.entries(attributes)) div.setAttribute(name, value);
  return div;
};
const MENTOR = { viewer: { name: 'Noor', isMentor: true }, program: { enabled: true } };
const EN = 'You’re a mentor';
const DE = de['mentor-heading'];
const AR = ar['mentor-heading'];
const heading = (element: Element) => visibleText(find(element, 'h2')).replaceAll(/[\u2068\u2069]/g, '');
/** Selects the form for an unknown gender: the third one, or the first one of two. */
const plain = (text: string) =>
  text.replaceAll(/\{\{GENDER:[^|]*\|([^}]*)\}\}/g, (_, forms: string) => {
    const [first = '', , third = first] = forms.split('|');
    return third;
  });

describe('language of an element', () => {
  it('is its own', async () => {
    expect(heading(await show({ snapshot: MENTOR, lang: 'de' }, within({ lang: 'ar' })))).to.equal(plain(DE));
  });

  it('is that of the nearest ancestor otherwise', async () => {
    const inner = within({ lang: '' });
    within({ lang: 'de' }).append(inner);
    expect(heading(await show({ snapshot: MENTOR }, inner))).to.equal(plain(DE));
  });

  it('is inherited through shadow roots', async () => {
    const host = document.createElement('div');
    within({ lang: 'de' }).append(host);
    const element = make({ snapshot: MENTOR });
    const end = nextOutcome(element);
    host.attachShadow({ mode: 'open' }).append(element);
    await end;
    expect(heading(element)).to.equal(plain(DE));
  });

  it('is that of the page otherwise, and English by default', async () => {
    const { lang } = document.documentElement;
    document.documentElement.lang = 'de';
    expect(heading(await show({ snapshot: MENTOR }))).to.equal(plain(DE));
    document.documentElement.removeAttribute('lang');
    expect(heading(await show({ snapshot: MENTOR }))).to.equal(EN);
    document.documentElement.lang = lang;
  });

  for (const code of ['de-AT', 'DE', 'de-Latn-CH', 'de_AT', 'de_DE.UTF-8', 'de_AT!'])
    it(`${code} falls back on German`, async () => {
      const element = await show({ snapshot: MENTOR, lang: code });
      expect(heading(element)).to.equal(plain(DE));
      expect(find(element, 'section').lang.toLowerCase()).to.match(/^de/);
    });

  for (const code of ['tlh', 'zxx', 'qqq', 'x', '_', '../../secret', 'e'.repeat(500), 'den'])
    it(`${code.slice(0, 20)} has no texts: shows English without an error`, async () => {
      const element = make({ snapshot: MENTOR, lang: code });
      const events = recordEvents(element);
      const end = nextOutcome(element);
      attach(element);
      await end;
      expect(heading(element)).to.equal(EN);
      expect(events.map(({ type }) => type)).to.deep.equal(['mentorship-ready']);
    });

  it('can change while the card is shown', async () => {
    const element = await show({ snapshot: MENTOR, lang: 'de' });
    const events = recordEvents(element);
    element.lang = 'ar';
    await waitUntil(() => heading(element) === plain(AR));
    expect(find(element, 'section').dir).to.equal('rtl');
    element.removeAttribute('lang');
    await waitUntil(() => heading(element) === EN);
    expect(find(element, 'section').dir).to.equal('ltr');
    expect(events.length, 'nothing is loaded anew').to.equal(0);
  });

  it('changes with the position of the element', async () => {
    const element = await show({ snapshot: MENTOR }, within({ lang: 'de' }));
    within({ lang: 'ar' }).append(element);
    await waitUntil(() => heading(element) === plain(AR));
  });

  it('is the last one set, however quickly it changes', async () => {
    const element = await show({ snapshot: MENTOR });
    for (const code of ['de', 'ar', 'en', 'ar', 'de']) element.lang = code;
    await waitUntil(() => heading(element) === plain(DE));
    // The skipped locale has been loaded as well by now.
    await show({ snapshot: MENTOR, lang: 'ar' });
    await idle();
    expect(heading(element)).to.equal(plain(DE));
  });

  it('differs between elements of one page', async () => {
    const elements = await Promise.all(['de', 'en', 'ar'].map((lang) => show({ snapshot: MENTOR, lang })));
    expect(elements.map(heading)).to.deep.equal([plain(DE), EN, plain(AR)]);
    for (const element of elements) element.requestUpdate();
    await Promise.all(elements.map(({ updateComplete }) => updateComplete));
    expect(elements.map(heading)).to.deep.equal([plain(DE), EN, plain(AR)]);
  });

  it('is not preceded by English', async () => {
    const element = make({ snapshot: MENTOR, lang: 'ar' });
    const seen = new Set<string>();
    const end = nextOutcome(element);
    attach(element);
    const observer = new MutationObserver(() => {
      for (const h2 of all(element, 'h2')) seen.add(visibleText(h2));
    });
    observer.observe(root(element), { childList: true, characterData: true, subtree: true });
    await end;
    await element.updateComplete;
    observer.disconnect();
    seen.add(heading(element));
    expect([...seen]).to.deep.equal([plain(AR)]);
  });
});

describe('direction', () => {
  it('is that of the card’s language, not of the page', async () => {
    const arabic = await show({ snapshot: MENTOR, lang: 'ar' }, within({ dir: 'ltr' }));
    expect(getComputedStyle(find(arabic, 'section')).direction).to.equal('rtl');
    const english = await show({ snapshot: MENTOR, lang: 'en' }, within({ dir: 'rtl' }));
    expect(getComputedStyle(find(english, 'section')).direction).to.equal('ltr');
  });

  const FOREIGN = ['mentored-name-override', 'mentored-rtl-mentor', 'mentored-away-stand-in'];
  for (const one of cases.filter(({ id }) => FOREIGN.includes(id)))
    it(`${one.id}: isolates names and detects the direction of user-written text`, async () => {
      const element = attach(elementFor(one));
      await caseSettled(one, element);
      const { decision } = element;
      if (decision?.variant !== 'mentored') throw new Error('It is another card.');
      const names = [decision.mentor.name, decision.standIn?.name].filter((name) => name !== undefined);
      const isolated = all(element, 'bdi').map(({ textContent }) => textContent);
      for (const name of names) {
        expect(isolated).to.include(name);
        const section = find(element, 'section').cloneNode(true) as Element;
        for (const bdi of section.querySelectorAll('bdi')) bdi.remove();
        const bare = section.textContent.replaceAll(/\u2068[^\u2069]*\u2069/g, '');
        expect(bare, 'nowhere without').not.to.contain(name);
      }
      for (const quotation of all(element, 'blockquote')) expect(quotation.dir).to.equal('auto');
    });
});

describe('messages of the host', () => {
  it('replace the built-in ones in every language, and can be removed', async () => {
    const element = await show({
      snapshot: MENTOR,
      lang: 'de',
      messages: { 'mentor-heading': 'Hallo <b>du</b> {{PLURAL:$1|x|y}}', dashboard: 'Los' },
    });
    expect(heading(element)).to.match(/^Hallo <b>du<\/b> [xy]$/);
    expect(markup(element, 'b')).to.be.empty;
    element.messages = null;
    await element.updateComplete;
    expect(heading(element)).to.equal(plain(DE));
  });

  it('may be invalid', async () => {
    for (const messages of [
      { 'mentor-heading': 7 },
      'x',
      [],
      { __proto__: null },
      { 'mentor-heading': null },
    ])
      expect(heading(await show({ snapshot: MENTOR, messages: messages as never }))).to.equal(EN);
  });
});
