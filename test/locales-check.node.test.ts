import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { checkLocale, checkSource, isNotice } from '../build/locales/lint.ts';
import { codes, isCode, readGlossary, readLocale, toJson } from '../build/locales/files.ts';
import { categoriesOf, expand, parse } from '../build/locales/message.ts';
import { findingsIn, kindOf, limitOf } from '../build/locales/rules.ts';

const NOTE =
  'A button. No full stop. At most 30 characters.\n\nParameters:\n* $1 - number of edits, for PLURAL.\n* $2 - the mentor, for GENDER.';

const findings = (text: unknown, source = 'Edits', { code = 'de', note = NOTE, metadata = {} } = {}) =>
  findingsIn({ key: 'key', text, source, note, code, language: code, metadata }).map(
    ({ problem }) => problem,
  );

/** Asserts that a text has exactly one finding. */
const finds = (problem: string | RegExp, ...given: Parameters<typeof findings>) => {
  const found = findings(...given);
  assert.equal(found.length, 1, found.join('; ') || 'nothing was found');
  if (typeof problem === 'string') assert.equal(found[0], problem);
  else assert.match(found[0] ?? '', problem);
};

describe('the linter', () => {
  it('accepts valid texts', () => {
    assert.deepEqual(findings('Bearbeitungen'), []);
    assert.deepEqual(findings('Օգնե՞լ մեզ', 'Help us?', { code: 'hy' }), []);
    const english = '{{PLURAL:$1|$1 edit|$1 edits}}';
    assert.deepEqual(findings('{{PLURAL:$1|$1 Bearbeitung|$1 Bearbeitungen}}', english), []);
    assert.deepEqual(findings('$1 件の編集', english, { code: 'ja' }), []);
    assert.deepEqual(findings('{{GENDER:$2|Mentor|Mentorin|Mentoring}}', 'Mentor'), []);
    assert.deepEqual(
      findings('{{PLURAL:$1|لا شيء|تعديل|تعديلان|$1 تعديلات|$1 تعديلا|$1 تعديل}}', english, { code: 'ar' }),
      [],
      'a form for one number alone may do without it',
    );
    const french = '{{PLURAL:$1|0=aucun|une modification|$1 modifications}}';
    assert.deepEqual(
      findings(french, english, { code: 'fr' }),
      [],
      'where 0 has a form of its own, “one” is 1',
    );
  });

  const TABLE: [string | RegExp, ...Parameters<typeof findings>][] = [
    ['is no text', 7],
    ['has a space at its start or end', ' Bearbeitungen'],
    ['has two spaces, a tab or a new line', 'Viele  Bearbeitungen'],
    ['has an invisible sign of direction', '\u200fBearbeitungen'],
    ['has an invisible sign of direction', '\u2067Bearbeitungen'],
    ['has a control character', 'Bearbeitungen\u0007'],
    ['is not in Unicode’s form NFC', 'Bearbeitungen u\u0308'],
    ['has markup', '<b>Bearbeitungen</b>'],
    ['has markup', 'Bearbeitungen&nbsp;hier'],
    ['has markup', '[[Bearbeitungen]]'],
    ['has three dots', 'Bearbeitungen...', 'Edits', { note: 'x' }],
    ['has straight quotation marks', 'Die "Bearbeitungen"'],
    ['has straight quotation marks', "L'edit"],
    ['ends in a full stop', 'Bearbeitungen.'],
    ['ends in a full stop', '编辑。', 'Edits', { code: 'zh-hans' }],
    ['does not end in ?', 'Hilfe', 'Help?'],
    ['does not end in ?', 'Hilfe? Ja', 'Help?'],
    ['has two spaces, a tab or a new line', 'So {{GENDER:$2|x|y|}} {{GENDER:$2|x|y|z}}'],
    [/^Neither/, '{{PLURAL: $1|$1 x|$1 y}}', '{{PLURAL:$1|$1 x|$1 y}}'],
    ['does not end in …', 'Einen Moment', 'One moment…'],
    ['is the English text', 'Edits'],
    ['has 31 characters', 'x'.repeat(31)],
    ['shows $1', '$1 Bearbeitungen', 'Edits'],
    ['lacks $1', 'Bearbeitungen', '$1 edits'],
    ['lacks $1 where $2 is unknown', '{{GENDER:$2|$1 er|$1 sie|wer}}', '$1 edits'],
    ['has 2 forms of GENDER', '{{GENDER:$2|er|sie}}'],
    ['asks for the gender of $1, which is a number', '{{GENDER:$1|er|sie|wer}}'],
    ['counts $2, which is a person', '{{PLURAL:$2|x|y}}'],
    ['has 2 forms of PLURAL for $1', '{{PLURAL:$1|$1 x|$1 y}}', '{{PLURAL:$1|$1 x|$1 z}}', { code: 'ru' }],
    ['has 3 forms of PLURAL for $1', '{{PLURAL:$1|$1 x|$1 y|$1 z}}', '{{PLURAL:$1|$1 x|$1 z}}'],
    ['has no {{PLURAL:$1|…}}', '$1 Bearbeitungen', '{{PLURAL:$1|$1 edit|$1 edits}}'],
    ['can become empty', '{{GENDER:$2|Sie||Er}}'],
    [/^A “\}\}” is missing/, '{{GENDER:$2|a|b|c'],
    [/^A “}” that belongs to nothing/, 'a}}'],
    [/^A “}” stands alone; “}}” ends the forms/, '{{GENDER:$2|a|b|c}'],
    [/^A “\|” that belongs to nothing/, 'a|b'],
    [/^\{\{GRAMMAR: is not known/, '{{GRAMMAR:$1|a}}'],
    [/^Neither/, '{{SITENAME}}'],
    [/^\{\{PLURAL: is not known/, '{{PLURAL:|a|b}}'],
  ];
  for (const [problem, ...given] of TABLE)
    it(`${String(problem)}: ${JSON.stringify(given[0]).slice(0, 50)}`, () => finds(problem, ...given));

  it('counts visible characters of the longest form, without names', () => {
    assert.deepEqual(findings('नि'.repeat(30)), []);
    finds('has 31 characters', `{{GENDER:$2|kurz|kurz|${'ä'.repeat(31)}}}`);
    assert.deepEqual(findings(`$1${'ä'.repeat(30)}`, '$1 x'), []);
  });

  it('accepts equal texts in both languages if that is documented', () => {
    assert.deepEqual(findings('Edits', 'Edits', { metadata: { 'same-as-english': ['key'] } }), []);
  });
});

describe('a whole locale', () => {
  const [en, qqq] = [readLocale('en'), readLocale('qqq')];
  const METADATA = { authors: ['mentorship-module contributors'], review: 'x' };
  const EMPTY = { metadata: METADATA, texts: {} };
  const problems = (
    texts: Record<string, string>,
    { metadata = METADATA, json }: { metadata?: Record<string, unknown>; json?: string } = {},
  ) =>
    checkLocale({
      code: 'de',
      locale: { metadata, texts },
      json: json ?? toJson({ metadata, texts }),
      en,
      qqq,
    })
      .filter(({ problem }) => problem !== 'is missing')
      .map(({ key, problem }) => `${key} ${problem}`);

  it('English and its documentation have no findings', () => {
    assert.deepEqual(checkSource({ en, qqq }), []);
  });

  it('reports missing, unknown and duplicate keys', () => {
    const missing = checkLocale({ code: 'de', locale: EMPTY, json: toJson(EMPTY), en, qqq });
    assert.equal(missing.length, Object.keys(en.texts).length);
    assert.ok(missing.every(({ problem, mend }) => problem === 'is missing' && mend === 'translate it'));
    assert.ok(missing.every(isNotice));
    assert.deepEqual(problems({ 'no-such': 'x' }), ['no-such is not in en.json']);
    assert.deepEqual(problems({}, { json: '{\n  "ask": "a",\n  "ask": "b"\n}' }), ['ask stands twice']);
  });

  it('reports a text that has another word than the glossary', () => {
    const glossary = {
      mentor: ['lots'],
      'talk-page': ['diskussionsseite'],
      dashboard: 'Lotsen-Dashboard',
      rephrased: ['leave'],
    };
    const found = (texts: Record<string, string>) =>
      checkLocale({ code: 'de', locale: { metadata: METADATA, texts }, json: '', glossary, en, qqq })
        .filter((one) => !isNotice(one))
        .map(({ key, problem }) => `${key} ${problem}`);
    assert.deepEqual(found({ 'mentored-heading': 'Dein Mentor' }), [
      'mentored-heading has another word for “mentor” than the glossary',
    ]);
    assert.deepEqual(found({ 'mentored-heading': 'Deine Lotsin', leave: 'Allein weitermachen' }), []);
    assert.deepEqual(found({ dashboard: 'Zum Lotsen-\u2060Dashboard' }), []);
    assert.deepEqual(found({ dashboard: 'Zur Übersicht der Lotsen' }), [
      'dashboard has another word for “dashboard” than the glossary',
    ]);
  });

  it('every language has words in the glossary', () => {
    assert.deepEqual(
      codes().filter((code) => !readGlossary(code)),
      [],
    );
  });

  it('validates @metadata', () => {
    const about = (more: Record<string, unknown>) => problems({}, { metadata: { ...METADATA, ...more } });
    assert.deepEqual(about({ numbers: 'es', 'same-as-english': ['retry'] }), []);
    assert.deepEqual(about({ numbers: 'Spanish language' }), [
      '@metadata has numbers of “Spanish language”, which is no language',
    ]);
    assert.deepEqual(about({ number: 'es' }), ['@metadata has “number”, which nobody reads']);
    assert.deepEqual(about({ 'same-as-english': 'retry' }), [
      '@metadata has "same-as-english" without brackets',
    ]);
    assert.deepEqual(about({ 'same-as-english': ['nokey'] }), ['@metadata names “nokey”, which is no key']);
  });

  it('accepts a file of translatewiki.net: tabs, its authors, and few texts', () => {
    const metadata = { authors: ['Ana', 'Bert'] };
    const texts = { retry: 'Noch einmal versuchen' };
    const json = `${JSON.stringify({ '@metadata': metadata, ...texts }, null, '\t')}\n`;
    assert.deepEqual(problems(texts, { metadata, json }), []);
    assert.deepEqual(problems({}, { metadata: {} }), []);
    assert.deepEqual(problems({}, { metadata: { authors: 'Ana', review: 1 } }), [
      '@metadata has "authors" that are no list of names',
      '@metadata has a "review" that is no text',
    ]);
    const broken = { retry: 'Noch einmal {{PLURAL:$1|versuchen' };
    assert.equal(problems(broken, { metadata }).length, 1);
  });

  it('requires documentation of English, with limits and parameters', () => {
    const texts = { key: 'Hello $1' };
    const problem = (note: Record<string, string>) =>
      checkSource({ en: { metadata: {}, texts }, qqq: { metadata: {}, texts: note } }).map(
        ({ problem }) => problem,
      );
    assert.deepEqual(problem({}), ['is not in qqq.json']);
    assert.deepEqual(problem({ key: 'x' }), [
      'has no limit in qqq.json',
      'has a $1 that qqq.json does not explain',
    ]);
    const good = 'At most 30 characters.\n\nParameters:\n* $1 - the mentor.';
    assert.deepEqual(problem({ key: good }), []);
    assert.deepEqual(problem({ key: `${good} {{msg|other}}` }), ['speaks in qqq.json of “other”']);
    assert.deepEqual(problem({ key: good, other: good }), ['is in qqq.json only']);
  });
});

describe('npm run locales:check', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'locales-'));
  after(() => rmSync(folder, { recursive: true }));
  const german = readLocale('de');
  const check = (texts: Record<string, string>) => {
    for (const code of ['en', 'qqq']) copyFileSync(`locales/${code}.json`, path.join(folder, `${code}.json`));
    writeFileSync(path.join(folder, 'de.json'), toJson({ ...german, texts }));
    const env = { ...process.env, LOCALES: folder };
    const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', 'build/locales/check.ts'], {
      env,
      encoding: 'utf8',
    });
    return { status, stdout };
  };
  const [first = '', ...others] = Object.keys(german.texts);
  const incomplete = Object.fromEntries(others.map((key) => [key, german.texts[key] ?? '']));

  it('passes and reports a missing text', () => {
    const { status, stdout } = check(incomplete);
    assert.equal(status, 0, stdout);
    const missing = Object.keys(readLocale('en').texts).filter((key) => incomplete[key] === undefined);
    assert.ok(missing.includes(first));
    assert.match(
      stdout,
      new RegExp(`de\\.json: ${missing.length} of \\d+ texts are missing: ${missing.join(', ')}$`, 'm'),
    );
  });

  it('fails for an unknown key or a mistake, and passes with an English text', () => {
    const english = readLocale('en').texts;
    for (const [key, text] of Object.entries({ 'no-such': 'x', mentored: 'x', [first]: 'Laden…  ' })) {
      const { status, stdout } = check({ ...incomplete, [key]: text });
      assert.equal(status, 1, stdout);
      assert.match(stdout, /^✗ findings: de \d+;/m);
    }
    const { status, stdout } = check({ ...incomplete, [first]: english[first] ?? '' });
    assert.equal(status, 0, stdout);
    assert.match(stdout, new RegExp(`1 of \\d+ texts are still English: ${first}$`, 'm'));
  });
});

describe('helpers of the linter', () => {
  it('return plural forms in the order of CLDR, for whole numbers', () => {
    assert.deepEqual(categoriesOf('ru').whole, ['one', 'few', 'many']);
    assert.deepEqual(categoriesOf('cs').whole, ['one', 'few', 'other']);
    assert.deepEqual(categoriesOf('ar').whole, ['zero', 'one', 'two', 'few', 'many', 'other']);
    assert.deepEqual(categoriesOf('lv').whole, ['zero', 'one', 'other']);
    assert.deepEqual(categoriesOf('fr').whole, ['one', 'other']);
    assert.deepEqual(categoriesOf('ja').whole, ['other']);
  });

  it('expand all forms of a message, nested or not', () => {
    const text = '{{PLURAL:$1|0=Nobody|{{GENDER:$2|He|She|They}} and $1|All $1}}.';
    const all = expand(parse(text), 'en').map((one) => one.text);
    assert.deepEqual([...new Set(all)].sort(), [
      'All $1.',
      'He and $1.',
      'Nobody.',
      'She and $1.',
      'They and $1.',
    ]);
  });

  it('parse parameters and limits in qqq', () => {
    assert.equal(limitOf('A. At most 25 characters.\n\nParameters:\n* $1 - x'), 25);
    assert.equal(limitOf('Short.'), null);
    const note =
      "$4.\n\nParameters:\n* $1 - the viewer's edits, for PLURAL.\n* $2 - a date, such as.\n* $3 - the mentor.\n* $10 - number of days.";
    assert.deepEqual(
      [1, 2, 3, 4, 10].map((index) => kindOf(note, index)),
      ['number', 'time', 'person', 'nothing', 'number'],
    );
  });

  it('know the codes that a file may have', () => {
    for (const code of ['gl', 'pt-br', 'zh-hans', 'be-tarask', 'de-formal', 'sr-el', 'roa-tara'])
      assert.ok(isCode(code), code);
    for (const code of [
      '',
      'en',
      'qqq',
      'qqx',
      'EN',
      '../x',
      'a',
      'map-bms',
      'en-gb',
      'en-x-long',
      'de_at',
      'de/x',
      'toolonglanguage',
    ])
      assert.ok(!isCode(code), code);
  });

  it('keep the format of the files', () => {
    const json = toJson({ metadata: { authors: ['a'], list: ['b', 'c'] }, texts: { key: 'x [ "y" ]' } });
    assert.equal(
      json,
      '{\n  "@metadata": {\n    "authors": ["a"],\n    "list": [\n      "b",\n      "c"\n    ]\n  },\n  "key": "x [ \\"y\\" ]"\n}\n',
    );
  });
});
