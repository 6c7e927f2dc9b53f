import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import chains from '../src/i18n/fallback-chains.json' with { type: 'json' };
import { findLocale } from '../src/i18n/load-locale.js';
import locales from '../src/generated/locale-names.json' with { type: 'json' };

const found = async (code: string) => {
  const { name, tag } = await findLocale(code);
  return `${name} ${tag}`;
};

const TABLE: Record<string, string> = {
  '': 'en en',
  en: 'en en',
  'en-GB': 'en en',
  'en-x-other': 'en en',
  simple: 'en en',
  de: 'de de',
  DE: 'de DE',
  'de-AT': 'de de-AT',
  'de-formal': 'de de-formal',
  'de-Latn-CH-1996': 'de de-Latn-CH-1996',
  bar: 'de de',
  als: 'de de',
  'bar-AT': 'de de',
  arz: 'ar ar',
  'aeb-arab': 'ar ar',
  'en-x-long': 'en-x-long en-x-long',
  'en-x-rtl': 'en-x-rtl en-Arab-x-rtl',
  qqx: 'qqx en-x-qqx',
  ab: 'ru ru',
  yi: 'he he',
  sh: 'bs bs',
  sr: 'sr-ec sr-Cyrl',
  'sr-Latn-RS': 'sr-el sr-Latn',
  zh: 'zh-hans zh-hans',
  'zh-TW': 'zh-hant zh-hant',
  'zh-Hant-HK': 'zh-hant zh-Hant-HK',
  gan: 'zh-hant zh-hant',
  'zh-yue': 'zh-hant zh-hant',
  no: 'nb nb',
  nn: 'nb nb',
  gl: 'gl gl',
  'pt-BR': 'pt-br pt-BR',
  'nds-nl': 'nl nl',
  szl: 'pl pl',
  'roa-tara': 'it it',
  'be-tarask': 'be be-tarask',
  'uz-cyrl': 'uz uz',
  'kk-latn': 'kk kk',
  'ms-arab': 'ms ms',
  'ar-Latn': 'ar ar',
  de_AT: 'de de-AT',
  pt_BR: 'pt-br pt-BR',
  'de_DE.UTF-8': 'de de-DE',
  'ca_ES@euro': 'ca ca-ES',
  zh_TW: 'zh-hant zh-hant',
  zh_Hant_HK: 'zh-hant zh-Hant-HK',
  en_US: 'en en',
  C: 'en en',
  iw: 'he he',
  iw_IL: 'he he-IL',
  in: 'id id',
  'in-ID': 'id id-ID',
  ji: 'he he',
  mo: 'ro ro',
  tl: 'en en',
  'cmn-Hant': 'zh-hant zh-Hant',
  'cmn-TW': 'zh-hant zh-hant',
  apc: 'ar ar',
  bew: 'id id',
  kge: 'id id',
  mui: 'id id',
  iba: 'ms ms',
  bdr: 'ms ms',
  rut: 'ru ru',
  cpx: 'zh-hant zh-hant',
  tlh: 'en en',
  qqq: 'en en',
};

describe('locale of a code, and its BCP 47 tag', () => {
  for (const [code, wanted] of Object.entries(TABLE))
    it(`${code || 'none'}: ${wanted}`, async () => assert.equal(await found(code), wanted));

  it('every chain of MediaWiki consists of codes', () => {
    for (const chain of chains) assert.match(chain, /^[a-z]{2,}(?:-[a-z\d]+)*(?: [a-z]{2,}(?:-[a-z\d]+)*)+$/);
    const names = chains.map((chain) => chain.split(' ')[0]);
    assert.equal(new Set(names).size, names.length);
  });

  it('no chain leads to a tag that Intl rejects', async () => {
    for (const chain of chains) {
      const [code = ''] = chain.split(' ');
      const [name, tag] = (await found(code)).split(' ');
      assert.ok(name === 'en' || [...locales, 'sr-ec', 'sr-el'].includes(name ?? ''), code);
      assert.doesNotThrow(() => new Intl.Locale(tag ?? ''), code);
    }
  });

  it('never throws for any code', async () => {
    const odd = [
      '-',
      '--',
      'x',
      'i',
      '*',
      'de_AT!',
      '../../etc',
      'constructor',
      '__proto__',
      'e'.repeat(5_000),
      '\0',
      'ß',
      'İ',
      'a b',
      'ru ',
      '_',
      '.UTF-8',
      '@euro',
    ];
    for (const code of odd) {
      const tag = (await found(code)).split(' ').at(-1) ?? '';
      assert.doesNotThrow(() => new Intl.NumberFormat(tag), code);
    }
  });
});
