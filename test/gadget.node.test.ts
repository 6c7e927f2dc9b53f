import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { runInNewContext } from 'node:vm';
import { parse } from 'acorn';
import { Linter } from 'eslint';

const read = (name: string) => readFileSync(`dist/${name}`, 'utf8');
const first = read('mentorship-module.gadget.js');
const second = read('mentorship-module.gadget-dialogs.js');
const SCRIPTS = { first, second };
const loader = read('gadget/mentorship-module-loader.js');

for (const [name, script] of Object.entries(SCRIPTS))
  describe(`the gadget’s ${name} script, as it is built`, () => {
    it('is a classic script of ES2016, its regular expressions too', () => {
      parse(script, { ecmaVersion: 2016, sourceType: 'script' });
    });

    it('imports nothing and exports nothing', () => {
      assert.doesNotMatch(script, /\bimport\s*[("'{*]|\bimport\.meta|\bexport\s*[{*]|\bexport default/);
      assert.doesNotMatch(script, /\b__(?!proto__)\w/);
    });

    it('evaluates no text', () => {
      assert.doesNotMatch(script, /\beval\b|\bFunction\(/);
    });

    it('names no other host but in links that a person may follow', () => {
      const addresses = script.match(/(?:https?:)?\/\/[\w-]+\.[\w.-]+[^"'`]*/g) ?? [];
      const expected = name === 'first' ? ['https://www.mediawiki.org/wiki/Help:Growth/Mentorship'] : [];
      assert.deepEqual(addresses, expected);
    });

    it('reads the same when a wiki has saved it: nothing becomes a signature, a template or a link', () => {
      const [, inside, ...rest] = script.split(/\/\*[^*]*<nowiki>\*\/|\/\*<\/nowiki>\*\//);
      assert.ok(inside);
      assert.equal(rest.join('').trim(), '');
      assert.doesNotMatch(inside, /<\/?nowiki>/);
    });

    it('takes of the page what a browser has, and no short name that was the other script’s', () => {
      const found = new Linter().verify(script, [
        {
          languageOptions: { sourceType: 'script', ecmaVersion: 2016 },
          rules: { 'no-undef': ['error', { typeof: true }] },
        },
      ]);
      assert.ok(found.length);
      for (const { message } of found) assert.match(message, /^'(?:URL|\w{4,})' is not defined\.$/);
    });
  });

describe('the gadget, as it is built', () => {
  it('is two scripts of one build, which both say so', () => {
    const [build] = /(?<=build:")[0-9a-f]{8}(?=")/.exec(second) ?? [];
    assert.ok(build);
    assert.ok(first.includes(`"${build}"`));
  });

  it('has no text of the dialogs in the first', () => {
    assert.doesNotMatch(first, /dialog-/);
    assert.match(second, /dialog-/);
  });

  it('stands among the wiki’s pages as it is, with every language, and the keys', () => {
    assert.equal(read('gadget/mentorship-module.js'), first);
    assert.equal(read('gadget/mentorship-module-dialogs.js'), second);
    const pages = readdirSync('dist/gadget').filter((name) => name.endsWith('.json'));
    const languages = readdirSync('locales').filter((name) => !/^(en|qqq)\./.test(name));
    assert.deepEqual(
      pages.sort(),
      [...languages, 'qqx.json'].map((name) => `mentorship-module-${name}`).sort(),
    );
    assert.equal((JSON.parse(read('gadget/mentorship-module-qqx.json')) as { ask: string }).ask, '(ask)');
    for (const page of pages) {
      const texts = JSON.parse(read(`gadget/${page}`)) as Record<string, string>;
      assert.ok(texts['ask'] && texts['dialog-ask-label'] && !texts['@metadata'], page);
    }
  });
});

describe('the loader', () => {
  it('is ES5, and at most 1 kB', () => {
    parse(loader, { ecmaVersion: 5, sourceType: 'script' });
    assert.ok(Buffer.byteLength(loader) <= 1_024);
  });

  it('begins with settings that a person can read', () => {
    assert.match(loader, /^\/\*.*\*\/\nwindow\.mentorshipModule = \{\n(?: {2}\w+: .*\n)+\};\n/);
  });

  type Variables = Record<string, unknown>;
  const VIEWED = {
    wgScript: '/w/index.php',
    wgAction: 'view',
    wgUserName: 'Ana',
    wgPageName: 'Main_Page',
    wgNamespaceNumber: 0,
  };

  /** What it loads on a page; `mounts` are found when the content comes. */
  function loadedOn(variables: Variables, settings: object = {}, { mounts = 0 } = {}): string[] {
    const loaded = new Set<string>();
    const all: Variables = { ...VIEWED, wgCanonicalSpecialPageName: false, ...variables };
    const content = { find: () => ({ length: mounts }), is: () => false };
    const mw = {
      config: { get: (name: string) => all[name] ?? null },
      hook: () => ({ add: (handler: (value: unknown) => void) => handler(content) }),
      loader: { load: (name: string) => loaded.add(name) },
    };
    const window: Variables = {};
    const edited = loader.replace(/\};/, (end) => `${end} Object.assign(window.mentorshipModule, settings);`);
    runInNewContext(edited, { window, mediaWiki: mw, settings });
    return [...loaded];
  }

  const YES = [
    '/w/index.php?title=MediaWiki:Gadget-mentorship-module.js&action=raw&ctype=text/javascript&maxage=86400&smaxage=86400',
  ];
  const HOME = { wgCanonicalSpecialPageName: 'Homepage', wgPageName: 'Special:Homepage' };
  const OWN = { wgNamespaceNumber: 2, wgTitle: 'Ana', wgPageName: 'User:Ana' };
  const CASES: [string, string[], Variables, object?, { mounts: number }?][] = [
    ['a page without a mount point', [], {}],
    ['a mount point in its content', YES, {}, {}, { mounts: 1 }],
    ['a mount point, seen signed out', [], { wgUserName: null }, {}, { mounts: 1 }],
    ['a mount point, seen with a temporary account', [], { wgUserIsTemp: true }, {}, { mounts: 1 }],
    ['a page that is configured', YES, {}, { pages: ['Main Page'] }],
    [
      'a special page, in the case that people know',
      YES,
      { wgCanonicalSpecialPageName: 'Recentchanges' },
      { pages: ['Special:RecentChanges'] },
    ],
    ['a page that is configured alone', YES, {}, { pages: 'Main Page' }],
    ['settings without pages', [], {}, { pages: undefined }],
    ['its history', [], { wgAction: 'history' }, { pages: ['Main Page'] }],
    ['the homepage', YES, HOME],
    ['the homepage, where it is to stay as it is', [], HOME, { homepage: 'nobody' }],
    ['the homepage, by its name', YES, HOME, { homepage: 'nobody', pages: ['Special:Homepage'] }],
    ['the own user page', YES, OWN, { userPage: true }],
    ['the own user page, where it is not asked for', [], OWN],
    ['somebody else’s', [], { ...OWN, wgTitle: 'Kim' }, { userPage: true }],
    ['a page below the own', [], { ...OWN, wgTitle: 'Ana/Draft' }, { userPage: true }],
    ['any page, with a card beside the content', YES, {}, { sidebar: true }],
  ];
  for (const [name, expected, ...page] of CASES)
    it(`${expected.length ? 'loads' : 'does not load'}: ${name}`, () => {
      assert.deepEqual(loadedOn(...page), expected);
    });
});
