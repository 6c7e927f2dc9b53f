import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { runInNewContext } from 'node:vm';
import { parse } from 'acorn';
import { strFromU8, unzipSync } from 'fflate';

const read = (name: string) => readFileSync(`dist/gadget/${name}`, 'utf8');
const card = read('mentorship-module.js');
const dialogs = read('mentorship-module-dialogs.js');
const more = read('mentorship-module-more.js');
const SCRIPTS = { card, more, dialogs };
const loader = read('mentorship-module-loader.js');
const addressOf = (name: string) =>
  `./index.php?title=MediaWiki:Gadget-${name}&action=raw&ctype=text/javascript`;

for (const [name, script] of Object.entries(SCRIPTS))
  describe(`built module of the gadget with the ${name}`, () => {
    it('is an ES2022 module', () => {
      parse(script, { ecmaVersion: 2022, sourceType: 'module' });
    });

    it('imports only the other modules, from their URLs on the wiki', () => {
      const imports = [...script.matchAll(/\b(?:from|import\s*\(|import)\s*"([^"]+)"/g)].map(
        ([, from]) => from,
      );
      const others = {
        card: ['mentorship-module-dialogs.js', 'mentorship-module-more.js'],
        more: ['mentorship-module.js'],
        dialogs: ['mentorship-module-more.js', 'mentorship-module.js'],
      }[name];
      assert.deepEqual([...new Set(imports)].sort(), others?.map(addressOf).sort());
      assert.doesNotMatch(script, /\bimport\.meta/);
    });

    it('evaluates no code from strings', () => {
      assert.doesNotMatch(script, /\beval\b|\bFunction\(/);
    });

    it('references other hosts only in links', () => {
      const addresses = script.match(/(?:https?:)?\/\/[\w-]+\.[\w.-]+[^"'`]*/g) ?? [];
      // ky resolves relative URLs against the first one, which it never requests.
      const expected =
        name === 'card'
          ? ['https://empty.invalid', 'https://www.mediawiki.org/wiki/Help:Growth/Mentorship']
          : [];
      assert.deepEqual(addresses, expected);
    });

    it('is unchanged when a wiki saves it: contains no signature, template or link', () => {
      const [, inside, ...rest] = script.split(/\/\*[^*]*<nowiki>\*\/|\/\*<\/nowiki>\*\//);
      assert.ok(inside);
      assert.equal(rest.join('').trim(), '');
      assert.doesNotMatch(inside, /<\/?nowiki>/);
    });
  });

describe('built gadget', () => {
  it('exports readable names, so that files of two versions are compatible or fail to import', () => {
    const [, names = ''] = /\bimport ?\{([^}]*)\} ?from/.exec(dialogs) ?? [];
    const long = names.split(',').filter((name) => /^\s*\w{3,}/.test(name));
    assert.ok(long.length > 40, names);
  });

  it('has no texts of dialogs in the first module', () => {
    assert.doesNotMatch(card, /dialog-(?!texts)/);
    assert.match(dialogs, /dialog-/);
  });

  it('has every language, and the message keys', () => {
    const pages = readdirSync('dist/gadget').filter((name) => name.endsWith('.json'));
    const languages = readdirSync('locales').filter((name) => !/^(en|qqq|glossary)\./.test(name));
    assert.deepEqual(
      pages.sort(),
      [...languages, 'qqx.json'].map((name) => `mentorship-module-${name}`).sort(),
    );
    assert.equal((JSON.parse(read('mentorship-module-qqx.json')) as { ask: string }).ask, '(ask)');
    for (const page of pages) {
      const texts = JSON.parse(read(page)) as Record<string, string>;
      assert.ok(texts['ask'] && texts['dialog-ask-label'] && !texts['@metadata'], page);
    }
  });
});

describe('zip file', () => {
  const files = unzipSync(readFileSync('dist/gadget/mentorship-module-gadget.zip'));

  it('has each file of the folder, and the documentation', () => {
    const others = readdirSync('dist/gadget').filter((name) => !name.endsWith('.zip'));
    assert.deepEqual(Object.keys(files).sort(), [...others, 'README.md'].sort());
    for (const name of others) assert.equal(strFromU8(files[name] ?? new Uint8Array()), read(name), name);
  });
});

describe('loader', () => {
  it('is ES5', () => {
    parse(loader, { ecmaVersion: 5, sourceType: 'script' });
  });

  it('works with the page of settings as it is delivered, and without one', () => {
    const settings = read('mentorship-module-settings.js');
    parse(settings, { ecmaVersion: 5, sourceType: 'script' });
    assert.match(settings, /^\/\*.*\*\/\nwindow\.mentorshipModule = \{\n(?: {2}\w+: .*\n)+\};\n$/);
    const window: Variables = {};
    runInNewContext(settings, { window });
    for (const all of [window['mentorshipModule'], undefined]) {
      assert.deepEqual(loadedOn(HOME, all), YES);
      assert.deepEqual(loadedOn({}, all), []);
    }
  });

  type Variables = Record<string, unknown>;
  const VIEWED = {
    wgScript: '/w/index.php',
    wgAction: 'view',
    wgUserName: 'Ana',
    wgPageName: 'Main_Page',
    wgNamespaceNumber: 0,
  };

  /** Script type or cache mode, and URL. */
  type Loaded = readonly [string, string];

  /** Runs the loader on a page and returns what it loads; `mounts` exist when the content is added. */
  function loadedOn(variables: Variables, settings: unknown = {}, { mounts = 0 } = {}): Loaded[] {
    const loaded: Loaded[] = [];
    const all: Variables = { ...VIEWED, wgCanonicalSpecialPageName: false, ...variables };
    const content = { find: () => ({ length: mounts }), is: () => false };
    const mw = {
      config: { get: (name: string) => all[name] ?? null },
      hook: () => ({ add: (handler: (value: unknown) => void) => handler(content) }),
    };
    const document = {
      createElement: () => ({}),
      head: { append: ({ src, type }: { src: string; type: string }) => loaded.push([type, src]) },
    };
    const fetch = async (address: string, { cache }: RequestInit) => void loaded.push([cache ?? '', address]);
    const window: Variables = { mentorshipModule: settings };
    runInNewContext(loader, { window, document, fetch, mediaWiki: mw });
    return loaded;
  }

  const ADDRESS = addressOf('mentorship-module.js').replace('.', '/w');
  const YES: Loaded[] = [['module', ADDRESS]];
  const HOME = { wgCanonicalSpecialPageName: 'Homepage', wgPageName: 'Special:Homepage' };
  const OWN = { wgNamespaceNumber: 2, wgTitle: 'Ana', wgPageName: 'User:Ana' };
  const CASES: [string, Loaded[], Variables, object?, { mounts: number }?][] = [
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
    [
      'a page with ?debug=true, past the cache',
      [['reload', ADDRESS]],
      { debug: true },
      { pages: ['Main Page'] },
    ],
    ['any page, with a card beside the content', YES, {}, { sidebar: true }],
  ];
  for (const [name, expected, ...page] of CASES)
    it(`${expected.length ? 'loads' : 'does not load'}: ${name}`, () => {
      assert.deepEqual(loadedOn(...page), expected);
    });
});
