import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { runInNewContext } from 'node:vm';
import { parse } from 'acorn';

const read = (name: string) => readFileSync(`dist/${name}`, 'utf8');
const gadget = read('mentorship-module.gadget.js');
const loader = read('gadget/mentorship-module-loader.js');

describe('the gadget, as it is built', () => {
  it('is a classic script of ES2016, its regular expressions too', () => {
    parse(gadget, { ecmaVersion: 2016, sourceType: 'script' });
  });

  it('is one file: it imports nothing and exports nothing', () => {
    assert.doesNotMatch(gadget, /\bimport\s*[("'{*]|\bimport\.meta|\bexport\s*[{*]|\bexport default/);
    assert.doesNotMatch(gadget, /RegExp__|__RegExp/);
  });

  it('names no other host but in links that a person may follow', () => {
    const addresses = gadget.match(/(?:https?:)?\/\/[\w-]+\.[\w.-]+[^"'`]*/g) ?? [];
    assert.deepEqual(addresses, ['https://www.mediawiki.org/wiki/Help:Growth/Mentorship']);
  });

  it('reads the same when a wiki has saved it: nothing becomes a signature, a template or a link', () => {
    const [, inside, ...rest] = gadget.split(/\/\*[^*]*<nowiki>\*\/|\/\*<\/nowiki>\*\//);
    assert.ok(inside);
    assert.equal(rest.join('').trim(), '');
    assert.doesNotMatch(inside, /<\/?nowiki>/);
  });

  it('stands among the wiki’s pages as it is, with every language', () => {
    assert.equal(read('gadget/mentorship-module.js'), gadget);
    const pages = readdirSync('dist/gadget').filter((name) => name.endsWith('.json'));
    const languages = readdirSync('locales').filter((name) => !/^(en|qqq)\./.test(name));
    assert.deepEqual(
      pages.sort(),
      languages.map((name) => `mentorship-module-${name}`),
    );
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
