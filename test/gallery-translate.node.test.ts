import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readTranslateState, translateAddress } from '../demo/gallery/translate/address.js';
import { formsOf } from '../demo/gallery/translate/message-forms.js';
import { fallbacksOf, nameOf } from '../demo/gallery/translate/languages.js';
import { hasMarkers, addMarkers, removeMarkers } from '../demo/gallery/translate/key-markers.js';
import {
  entriesOf,
  type Entry,
  hasForms,
  partsOf,
  progressOf,
  type Translation,
} from '../demo/gallery/translate/translation.js';
import ar from '../locales/ar.json' with { type: 'json' };
import de from '../locales/de.json' with { type: 'json' };
import en from '../locales/en.json' with { type: 'json' };
import qqq from '../locales/qqq.json' with { type: 'json' };
import { isCode } from '../build/locales/codes.ts';
import { expand, parse } from '../build/locales/message.ts';

type Locale = Record<string, unknown>;

function textsOf(locale: Locale): Record<string, string> {
  return Object.fromEntries(
    Object.entries(locale).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

const english = textsOf(en);
const notes = textsOf(qqq);

function translationOf(code: string, texts: Record<string, string>, metadata: Locale = {}): Translation {
  return { code, language: code, metadata, texts, english, notes, filled: texts };
}

const entryOf = (key: string, translation: Translation): Entry =>
  entriesOf(translation).find((entry) => entry.key === key)!;

describe('state of a text', () => {
  const state = (texts: Record<string, string>, metadata?: Locale) =>
    entryOf('retry', translationOf('nl', texts, metadata)).state;

  it('is missing, same, findings or fine', () => {
    assert.equal(state({}), 'missing');
    assert.equal(state({ retry: english['retry']! }), 'same');
    assert.equal(state({ retry: 'Opnieuw  proberen' }), 'findings');
    assert.equal(state({ retry: 'Opnieuw proberen' }), 'fine');
  });

  it('is fine for intentionally English text', () => {
    assert.equal(state({ retry: english['retry']! }, { 'same-as-english': ['retry'] }), 'fine');
  });

  it('reports a key that English does not have', () => {
    const entry = entryOf('retrie', translationOf('nl', { retrie: 'Opnieuw proberen' }));
    assert.equal(entry.state, 'findings');
    assert.match(entry.findings[0]!.problem, /not in en\.json/);
  });

  it('handles a text that cannot be parsed', () => {
    const translation = translationOf('nl', { retry: 'Opnieuw {{PLURAL:$1|' });
    const entry = entryOf('retry', translation);
    assert.equal(entry.state, 'findings');
    assert.equal(entry.forms, 1);
    assert.equal(hasForms(entry), false);
    assert.deepEqual(formsOf(entry, translation), []);
  });

  it('shows the text of a fallback', () => {
    const translation = { ...translationOf('bar', {}), filled: { retry: 'Noch einmal versuchen' } };
    assert.equal(entryOf('retry', translation).shown, 'Noch einmal versuchen');
    assert.equal(entryOf('failed', translation).shown, english['failed']);
  });

  it('has a limit and the length of the longest form', () => {
    const entry = entryOf('retry', translationOf('nl', { retry: '{{GENDER:|Opnieuw|Nog eens|Weer}}' }));
    assert.deepEqual([entry.length, entry.limit, entry.forms], [8, 25, 3]);
  });

  it('is counted', () => {
    const texts = { retry: 'Opnieuw  proberen', failed: english['failed']!, more: 'Meer' };
    const all = Object.keys(english).length;
    assert.deepEqual(progressOf(entriesOf(translationOf('nl', texts))), { all, translated: 2, findings: 1 });
  });
});

describe('all forms of a text', () => {
  for (const [code, locale] of Object.entries<Locale>({ en, de, ar }))
    it(`equal those of expand and of the element: ${code}`, () => {
      const translation = translationOf(code, textsOf(locale));
      for (const entry of entriesOf(translation)) {
        const forms = formsOf(entry, translation);
        assert.equal(forms.length, expand(parse(entry.shown), code).length, entry.key);
        assert.deepEqual(
          forms.filter(({ linterText }) => linterText !== null),
          [],
          entry.key,
        );
      }
    });

  it('name the selected values', () => {
    const text = '{{PLURAL:$1|$1 edit|$1 edits}} of {{GENDER:|his|hers|theirs}}';
    const translation = translationOf('en', { 'mentor-edits': text });
    const forms = formsOf(entryOf('mentor-edits', translation), translation);
    assert.equal(forms.length, 6);
    assert.deepEqual(forms.find(({ text }) => text === '1 edit of hers')?.chosen, [
      '$1 = 1 (one)',
      'reader: female',
    ]);
  });
});

describe('sample number of the category “other”', () => {
  const chosen = (code: string, text: string) => {
    const translation = translationOf(code, { 'mentor-edits': text });
    return formsOf(entryOf('mentor-edits', translation), translation).flatMap((form) => form.chosen);
  };

  it('is 5 if 5 belongs to that category', () => {
    assert.deepEqual(chosen('en', '{{PLURAL:$1|$1 edit|$1 edits}}'), ['$1 = 5 (other)', '$1 = 1 (one)']);
    assert.ok(chosen('ar', '{{PLURAL:$1|a|b|c|d|e|f}}').includes('$1 = 100 (other)'));
  });

  it('is not 5 if 5 has a form of its own; numbers with a form of their own are kept', () => {
    assert.ok(chosen('en', '{{PLURAL:$1|0=none|$1 edit|$1 edits}}').includes('$1 = 0 (other)'));
    assert.deepEqual(chosen('ja', '{{PLURAL:$1|5=five|$1}}'), ['$1 = 0 (other)', '$1 = 5 (other)']);
  });
});

describe('language code', () => {
  it('is valid if npm run locale:new accepts it', () => {
    for (const code of [
      'gl',
      'pt-br',
      'zh-hans',
      'be-x-old',
      'en',
      'en-gb',
      'qqq',
      'qqx',
      'x',
      'zh_hans',
      'de-1',
    ])
      assert.equal(isCode(code), ['gl', 'pt-br', 'zh-hans', 'be-x-old'].includes(code), code);
  });

  it('falls back on the available locales', () => {
    assert.deepEqual(fallbacksOf('oc', ['ca', 'de', 'fr']).map(nameOf), ['Catalan', 'French']);
    assert.deepEqual(fallbacksOf('nl', ['ca', 'de', 'fr']), []);
    assert.equal(nameOf('sr-ec'), 'Serbian (Cyrillic)');
  });
});

describe('note', () => {
  it('is split into texts and keys', () => {
    assert.deepEqual(partsOf('As {{msg|ask}}. Or {{msg|leave}}'), [
      { words: 'As ', key: 'ask' },
      { words: '. Or ', key: 'leave' },
      { words: '', key: null },
    ]);
  });
});

describe('markers', () => {
  it('are removed, and the positions of texts are returned', () => {
    const drawn = `${addMarkers(3, 'One')} – ${addMarkers(142, 'two')}`;
    assert.ok(hasMarkers(drawn));
    assert.deepEqual(removeMarkers(drawn), {
      plain: 'One – two',
      boundaries: [
        { at: 0, key: 3 },
        { at: 3, key: null },
        { at: 6, key: 142 },
        { at: 9, key: null },
      ],
    });
  });

  it('may enclose another text, such as a name', () => {
    const [before = '', after = ''] = addMarkers(0, 'Ask $1 now').split('$1');
    assert.deepEqual(removeMarkers(before), { plain: 'Ask ', boundaries: [{ at: 0, key: 0 }] });
    assert.deepEqual(removeMarkers(after), { plain: ' now', boundaries: [{ at: 4, key: null }] });
  });
});

describe('URL of the translation page', () => {
  it('is parsed as it is written', () => {
    const state = { code: 'zh-hans', view: 'forms', key: 'ask', rows: 'to-do', theme: 'dark' } as const;
    assert.deepEqual(readTranslateState(translateAddress(state)), state);
    assert.equal(readTranslateState('?lang=de'), null);
    assert.equal(readTranslateState('?translate')?.code, '');
    assert.equal(readTranslateState('?translate=pt-BR')?.code, 'pt-br');
  });
});
