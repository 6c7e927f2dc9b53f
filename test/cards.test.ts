import { expect } from '@open-wc/testing';
import ar from '../locales/ar.json' with { type: 'json' };
import de from '../locales/de.json' with { type: 'json' };
import en from '../locales/en.json' with { type: 'json' };
import { conventionsOf } from '../src/i18n/conventions.js';
import { ENGLISH, toTemplates } from '../src/i18n/language.js';
import { type MessageId, Messages } from '../src/i18n/messages.js';
import { cases } from './card-cases.js';
import { all, find, markup, attach, root, show, showAll, showCase, visibleText } from './element-helpers.js';
import { patternOf } from './user-actions.js';

const UNFINISHED = /\{\{|\}\}|\$\d|undefined|null|NaN|\[object/;
const LOCALES = { en, de, ar };
/** Formats in the digits that the browser uses for Arabic. */
const inArabic = (count: number) => new Intl.NumberFormat('ar').format(count);
/** Edit counts 0, 1, 2, 3, 11 and 100, each of which has its own plural form in Arabic. */
const EDITS: Record<string, string[]> = {
  en: ['0 edits', '1 edit', '2 edits', '3 edits', '11 edits', '100 edits'],
  de: [
    ...['0 Bearbeitungen', '1 Bearbeitung', '2 Bearbeitungen'],
    ...['3 Bearbeitungen', '11 Bearbeitungen', '100 Bearbeitungen'],
  ],
  ar: [
    ...['لا تعديلات', 'تعديل واحد', 'تعديلان'],
    ...[`${inArabic(3)} تعديلات`, `${inArabic(11)} تعديلًا`, `${inArabic(100)} تعديل`],
  ],
};
const VISIBLE = cases.filter(({ expect }) => expect !== 'none');

/** Returns the card's own text, without user names and user-written text. */
function ownWords(element: Element): string {
  const copy = document.createElement('div');
  copy.append(...[...root(element).children].map((child) => child.cloneNode(true)));
  for (const foreign of copy.querySelectorAll('bdi, [dir=auto]')) foreign.remove();
  return visibleText(copy).replaceAll(/\u2068[^\u2069]*\u2069/g, '');
}

/** Elements that cards consist of; any other element would come from data. */
const KNOWN =
  'section, h2, h3, p, div, span, strong, a, bdi, blockquote, ul, li, button, slot, i, svg, path, style';

describe('every case', () => {
  for (const one of cases)
    it(`${one.id}: ${one.title}`, async () => {
      const element = await showCase(one);
      const { decision } = element;
      if (one.expect === 'loading') {
        expect(element.matches(':state(loading)')).to.be.true;
        expect(markup(element, 'section')).to.be.empty;
      } else if (one.expect === 'failed') expect(element.matches(':state(failed)')).to.be.true;
      else {
        expect(element.getAttribute('variant')).to.equal(one.expect);
        if (one.reason) expect(decision).to.have.property('reason', one.reason);
        expect(element.matches(':state(loading), :state(failed)')).to.be.false;
      }
      // Without the README's CSS, a pending card takes no room, because there may be none.
      if (one.expect === 'none' || (one.expect === 'loading' && !one.slots?.content))
        expect(element.getBoundingClientRect().height).to.equal(0);
      else expect(element.getBoundingClientRect().height).to.be.above(20);

      for (const link of all(element, 'a')) {
        const { protocol, username, password } = new URL(link.getAttribute('href') ?? '');
        expect(protocol).to.match(/^https?:$/);
        expect(username + password).to.equal('');
        expect(visibleText(link)).not.to.equal('');
      }
      const strange = all(element, '*').filter((node) => !node.matches(KNOWN));
      expect(strange.map(({ outerHTML }) => outerHTML)).to.deep.equal([]);
      expect(ownWords(element)).not.to.match(UNFINISHED);
      for (const heading of all(element, 'h2')) expect(visibleText(heading)).not.to.equal('');
      for (const slot of ['heading', 'footer'] as const) {
        const own = element.querySelector(`[slot=${slot}]`);
        if (own) expect(own.getBoundingClientRect().height).to.be.above(0);
      }
    });
});

describe('the time of a question', () => {
  const HOUR_MS = 3_600_000;
  const conventions = ENGLISH.conventions({});
  const now = new Date(2026, 10, 25, 10);
  const messages = new Messages({ language: 'en', conventions, templates: {}, now, gender: 'unknown' });
  const hoursAgo = (hours: number) => messages.ago(new Date(now.getTime() - hours * HOUR_MS).toISOString());

  it('is not called yesterday, last week, last month or last year, which it may not have been', () => {
    expect(messages.daysSince(new Date(2026, 10, 23, 20).toISOString())).to.equal(2);
    expect(hoursAgo(38)).to.equal('1 day ago');
    expect([13, 59, 729].map((days) => hoursAgo(days * 24))).to.deep.equal([
      '1 week ago',
      '1 month ago',
      '1 year ago',
    ]);
  });

  it('is rounded down, and is never in the future', () => {
    expect([-5, 0, 0.01, 0.99, 1, 47.9, 48].map(hoursAgo)).to.deep.equal([
      '1 second ago',
      '1 second ago',
      '36 seconds ago',
      '59 minutes ago',
      '1 hour ago',
      '1 day ago',
      '2 days ago',
    ]);
  });
});

describe('missing URLs', () => {
  for (const one of cases.filter(({ id }) => id.endsWith('-no-links')))
    it(`${one.id}: renders no link and no empty list, but some text`, async () => {
      const element = await showCase(one);
      expect(markup(element, 'a, li:empty')).to.be.empty;
      for (const list of all(element, 'ul')) expect(visibleText(list)).not.to.equal('');
      expect(visibleText(find(element, 'h2'))).not.to.equal('');
      for (const row of all(element, '.actions')) {
        const gap = row.getBoundingClientRect().height;
        if (!visibleText(row)) expect(gap, 'an empty row takes no space').to.equal(0);
      }
    });
});

describe('user input is rendered as text', () => {
  it('introduction of a mentor', async () => {
    const intro = '</blockquote><img src=x onerror="hacked=1"><script>hacked=1</script> {{!}} $1 &lt;';
    const element = await show({ snapshot: mentoredBy({ intro }) });
    expect(find(element, 'blockquote').textContent).to.equal(intro);
    expect(markup(element, 'img, script')).to.be.empty;
    expect(globalThis).not.to.have.property('hacked');
  });

  it('recorded introduction', async () => {
    const element = await showCase(cases.find(({ id }) => id === 'mentored-hostile-introduction')!);
    const { decision } = element;
    if (decision?.variant !== 'mentored') throw new Error('It is another card.');
    expect(decision.mentor.intro).to.contain('<script>');
    expect(find(element, 'blockquote').textContent).to.equal(decision.mentor.intro);
    expect(find(element, 'blockquote').childElementCount).to.equal(0);
  });

  for (const name of [
    '<img src=x onerror=alert(1)>',
    '{{GENDER:$1|x}}',
    '$1$2',
    '${alert(1)}',
    '" onclick="x',
  ])
    it(`user name such as ${name}, in each language`, async () => {
      for (const lang of Object.keys(LOCALES)) {
        const snapshot = mentoredBy({ name, away: {} }, { standIn: { name: `${name}2` } });
        const element = await show({ snapshot, lang });
        const names = all(element, 'bdi').map(({ textContent }) => textContent);
        expect(names).to.include(name).and.include(`${name}2`);
        for (const bdi of all(element, 'bdi')) expect(bdi.childElementCount).to.equal(0);
        expect(markup(element, 'img, [onclick]')).to.be.empty;
      }
    });

  it('question', async () => {
    const text = '<a href="javascript:alert(1)">x</a>{{PLURAL:$1|a|b}}';
    const questions = [{ text, url: 'javascript:alert(1)', state: 'waiting', askedAt: 'never' }];
    const element = await show({ snapshot: mentoredBy({}, { questions }) });
    const item = find(element, '.history li');
    expect(item.querySelector('bdi')?.textContent).to.equal(text);
    expect(item.innerHTML).not.to.match(/<a[ >]/);
  });
});

function mentoredBy(change: object, rest: object = {}): object {
  const mentor = { name: 'Sasha', ...change };
  return { viewer: { name: 'Robin', mayEnroll: false }, mentor, program: { enabled: true }, ...rest };
}

for (const [language, locale] of Object.entries(LOCALES))
  describe(`messages in ${language}`, () => {
    const ids = Object.keys(en).filter((id) => id !== '@metadata') as MessageId[];
    const templates = toTemplates(locale);
    const conventions = conventionsOf(language, templates);
    const now = new Date('2026-11-22T11:00:00Z');

    /** Passes a number where English counts the parameter, a person elsewhere. */
    const paramsFor = (id: MessageId, count: number, gender: 'male' | 'female' | 'unknown') =>
      [1, 2, 3, 4].map((index) =>
        en[id].includes(`{{PLURAL:$${index}`) ? count : { name: 'Sasha', gender },
      );
    const COUNTS = [...Array(201).keys(), 1_000, 1_002, 12_345, 1_000_000, 100_000_000];

    // A text that is missing is shown in English.
    it('contain no unknown key', () => {
      expect(Object.keys(templates).filter((id) => !(id in en))).to.deep.equal([]);
    });

    it('format completely for every count and gender', function () {
      this.timeout(60_000);
      for (const gender of ['male', 'female', 'unknown'] as const) {
        const messages = new Messages({ language, conventions, templates, now, gender });
        for (const id of ids.filter((id) => id in templates))
          for (const count of en[id].includes('PLURAL') ? COUNTS : [1]) {
            const text = messages.t(id, ...paramsFor(id, count, gender));
            expect(text, `${id} ${count}`).not.to.match(UNFINISHED);
            expect(text, `${id} ${count}`).not.to.match(/[{}|]|^\s*$| {2}|\s$|^\s/);
            if (en[id].includes('PLURAL') && count > 2)
              expect(text, id).to.contain(new Intl.NumberFormat(language).format(count));
          }
      }
    });

    it('have one form per plural category', () => {
      const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
      for (const [id, text] of Object.entries(templates))
        // Handles nested switches.
        for (const [, forms = ''] of text
          .replaceAll(/\{\{GENDER:[^}]*\}\}/g, '')
          .matchAll(/\{\{PLURAL:\$\d\|([^}]*)\}\}/g))
          expect(forms.split('|').filter((form) => !/^\d+=/.test(form)).length, id).to.equal(
            pluralCategories.length,
          );
    });

    it('select the right plural form', () => {
      const messages = new Messages({ language, conventions, templates, now, gender: 'unknown' });
      const counts = [0, 1, 2, 3, 11, 100];
      const counted = counts.map((count) => messages.t('mentor-edits', count));
      expect(counted).to.deep.equal(EDITS[language]);
    });

    /** Matches texts that the language lacks, because they are shown in English. */
    const missing = ids
      .filter((id) => !(id in templates))
      .map((id) => new RegExp(patternOf(en[id]).replace(/\.\+\?$/, '[a-z0-9 ]+'), 'g'));
    const withoutEnglish = (text: string) =>
      missing.reduce((rest, pattern) => rest.replaceAll(pattern, ''), text);

    it('render every card', async () => {
      const parent = Object.assign(document.createElement('div'), { lang: language });
      for (const [id, element] of await showAll(VISIBLE, attach(parent))) {
        const text = ownWords(element);
        expect(text, id).not.to.match(UNFINISHED);
        if (language === 'ar') expect(withoutEnglish(text), id).not.to.match(/[a-z]{4}/i);
      }
    });
  });
