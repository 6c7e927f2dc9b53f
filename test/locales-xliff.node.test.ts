import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { codes, type LocaleFile, readLocale, toJson } from '../build/locales/files.ts';
import { fromXliff, toXliff } from '../build/locales/xliff.ts';

const [en, qqq] = [readLocale('en'), readLocale('qqq')];
const there = (code: string, locale: LocaleFile = readLocale(code)) => toXliff(code, locale, { en, qqq });
const back = (xml: string) => fromXliff(xml, { en });

describe('XLIFF round trip', () => {
  for (const code of codes())
    it(`${code} is unchanged`, () => {
      const { code: found, stale, ...locale } = back(there(code));
      assert.equal(found, code);
      assert.deepEqual(stale, []);
      assert.equal(toJson(locale), toJson(readLocale(code)));
    });

  it('preserves any content of a text', () => {
    const texts = {
      ask: '  <b>&amp; "quotes" \'…\' ]]> {{PLURAL:$1|0=no|$1 & $2|{{GENDER:$2|a|b|c}}}} $9 $ 1 \u200c🏘️  ',
    };
    assert.deepEqual(back(there('de', { metadata: { authors: ['ü<'], review: ']]>' }, texts })), {
      code: 'de',
      metadata: { authors: ['ü<'], review: ']]>' },
      texts: { ask: texts.ask },
      stale: [],
    });
  });

  it('exports notes, limits and missing translations', () => {
    const xml = there('de', { metadata: {}, texts: { retry: 'Try again', ask: 'Frag' } });
    assert.match(xml, /<trans-unit id="retry"[^>]* maxwidth="\d+" size-unit="char">/);
    assert.match(xml, /<target state="needs-translation">Try again<\/target>/);
    assert.match(xml, /<target state="translated">Frag<\/target>/);
    assert.equal(xml.match(/<target/g)?.length, 2);
    assert.match(xml, /<source>Ask <x id="1" equiv-text="\$1"\/> a question<\/source>/);
    assert.match(xml, /source-language="en" target-language="de"/);
    assert.match(there('sr-el', { metadata: {}, texts: {} }), /target-language="sr-Latn"/);
  });

  it('accepts the changes of a tool: other order, spaces, nested markers', () => {
    const xml = there('de', { metadata: {}, texts: { away: '$1 ist weg.' } })
      .replace('<target state="translated">', '\n  <target state="final"><g id="7">')
      .replace('</target>', '</g></target>\n')
      .replace(' equiv-text="$1"/> ist', '/> ist');
    assert.deepEqual(back(xml).texts, { away: '$1 ist weg.' });
  });

  it('does not import comments as text, nor empty translations', () => {
    const xml = there('de', { metadata: {}, texts: { ask: 'Frag', retry: 'Noch einmal' } })
      .replace('>Frag<', '><!-- seen by Ana -->Frag<![CDATA[ & gut]]><')
      .replace('>Noch einmal<', '><');
    assert.deepEqual(back(xml).texts, { ask: 'Frag & gut' });
  });

  it('reports texts whose English has changed meanwhile', () => {
    const xml = there('de', { metadata: {}, texts: {} }).replace('>Try again<', '>Do it again<');
    assert.deepEqual(back(xml).stale, ['retry']);
  });

  for (const [name, xml] of [
    ['nothing', ''],
    ['no XML', 'hello'],
    ['cut off', there('de').slice(0, 5_000)],
    ['another document', '<html><body/></html>'],
    ['another file', there('de').replace('locales/de.json', 'src/index.ts')],
    ['a path that leads out', there('de').replace('locales/de.json', 'locales/../../x.json')],
    ['English', there('de').replace('locales/de.json', 'locales/en.json')],
    ['a key that stands twice', there('de').replace('id="retry"', 'id="failed"')],
    ['a key that there is not', there('de').replace('id="retry"', 'id="__proto__"')],
  ] as const)
    it(`rejects ${name}`, () => {
      assert.throws(() => back(xml), /This is no XLIFF 1\.2 of ours/);
    });
});
