import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { runInNewContext } from 'node:vm';
import { parse } from 'acorn';
import { strFromU8, unzipSync } from 'fflate';
import { GADGET_FIELDS } from '../src/gadget/check/read-report.js';

const read = (name: string) => readFileSync(`dist/gadget/${name}`, 'utf8');
const card = read('mentorship-module.js');
const dialogs = read('mentorship-module-dialogs.js');
const more = read('mentorship-module-more.js');
const check = read('mentorship-module-check.js');
const SCRIPTS = { card, more, dialogs, check };
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
        // The dialogs on first use only.
        more: ['mentorship-module-dialogs.js', 'mentorship-module.js'],
        dialogs: ['mentorship-module-more.js', 'mentorship-module.js'],
        check: [],
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
        name === 'card' || name === 'check'
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
  it('has the same version in each script, which changes with the code', () => {
    const versions = [card, dialogs, more, check, loader].map(
      (script) => /^\/\*! mentorship-module (\S+), MIT\./.exec(script)?.[1],
    );
    assert.match(versions[0] ?? '', /^\d+\.\d+\.\d+\+[\da-f]{8}$/);
    assert.equal(new Set(versions).size, 1, versions.join());
  });

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
  const DOCUMENTS = ['README.md', 'plain-wiki.md', 'translating.md'];
  const files = unzipSync(readFileSync('dist/gadget/mentorship-module-gadget.zip'));

  it('has each file of the folder, and the documentation', () => {
    const others = readdirSync('dist/gadget').filter((name) => !name.endsWith('.zip'));
    assert.deepEqual(Object.keys(files).sort(), [...others, ...DOCUMENTS].sort());
    for (const name of others) assert.equal(strFromU8(files[name] ?? new Uint8Array()), read(name), name);
  });

  it('has documents without links to files that it does not have', () => {
    for (const name of DOCUMENTS) {
      const text = strFromU8(files[name] ?? new Uint8Array());
      const targets = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target]) => target ?? '');
      assert.deepEqual(
        targets.filter((target) => !(target in files)),
        [],
        name,
      );
      assert.ok(name !== 'README.md' || targets.includes('plain-wiki.md'));
    }
  });
});

describe('loader', () => {
  it('is ES5', () => {
    parse(loader, { ecmaVersion: 5, sourceType: 'script' });
  });

  it('works with the page of settings as it is delivered, and without one', async () => {
    const settings = read('mentorship-module-settings.js');
    parse(settings, { ecmaVersion: 5, sourceType: 'script' });
    assert.match(settings, /^\/\*.*\*\/\nwindow\.mentorshipModule = \{\n(?: {2}\w+: .*\n)+\};\n$/);
    const window: Variables = {};
    runInNewContext(settings, { window });
    for (const all of [window['mentorshipModule'], undefined]) {
      assert.deepEqual(await loadedAndWarned(HOME, all), { loaded: YES, warnings: [] });
      assert.deepEqual(await loadedAndWarned({}, all), { loaded: [], warnings: [] });
    }
  });

  type Variables = Record<string, unknown>;
  const VIEWED = {
    wgScript: '/w/index.php',
    wgAction: 'view',
    wgUserName: 'Ana',
    wgUserGroups: ['*', 'user'],
    wgPageName: 'Main_Page',
    wgNamespaceNumber: 0,
  };

  /** Script type or cache mode, and URL. */
  type Loaded = readonly [string, string];

  interface Script {
    type: string;
    src: string;
    onload(): void;
  }

  interface Environment {
    /** Number of mount points when the content is added. */
    mounts?: number;
    search?: string;
    /** Text of each page; null: HTTP 404. */
    text?: string | null;
    isDefined?: boolean;
    /** null: access is denied. */
    localStorage?: Variables | null;
    /** Value of GrowthExperiments' preference. */
    status?: unknown;
    /** Text of the page that turns all cards off; null: no response. */
    off?: string | null;
  }

  /** Runs the loader on a page. Each appended script ends at once. */
  async function run(variables: Variables, settings: unknown, environment: Environment = {}) {
    const { mounts = 0, search = '', text = card, isDefined = true, localStorage = {} } = environment;
    const { status = null, off = '' } = environment;
    const loaded: Loaded[] = [];
    /** Options of each request for the page that turns all cards off. */
    const switches: RequestInit[] = [];
    const warnings: string[] = [];
    const all: Variables = { ...VIEWED, wgCanonicalSpecialPageName: false, ...variables };
    const content = { find: () => Array<object>(mounts).fill({}), is: () => false };
    const mw = {
      config: { get: () => all },
      hook: () => ({ add: (handler: (value: unknown) => void) => handler(content) }),
      user: {
        options: {
          get: (name: string) => (name === 'growthexperiments-homepage-mentorship-enabled' ? status : null),
        },
      },
    };
    const appended = new Set<Script>();
    const append = (script: Script) => {
      if (appended.has(script)) return;
      appended.add(script);
      loaded.push([script.type, script.src]);
      queueMicrotask(() => script.onload());
    };
    const document = { createElement: () => ({}), head: { append } };
    const fetch = (address: string, options: RequestInit = {}) => {
      if (address === SWITCH) {
        switches.push({ ...options });
        return off === null ? Promise.reject(new TypeError('offline')) : Promise.resolve(new Response(off));
      }
      if (options.cache) loaded.push([options.cache, address]);
      const body = new Response(text, { status: text === null ? 404 : 200 });
      return Promise.resolve(body);
    };
    const customElements = { get: () => (isDefined ? Object : undefined) };
    const console = { warn: (line: string) => warnings.push(line) };
    const location = { search };
    const globals = { document, fetch, console, customElements, location, mediaWiki: mw, mw };
    const storage = {
      get localStorage() {
        if (!localStorage) throw new Error('Denied.');
        return localStorage;
      },
    };
    const page = Object.defineProperties(globals, Object.getOwnPropertyDescriptors(storage));
    runInNewContext(loader, Object.assign(page, { window: { mentorshipModule: settings } }));
    for (let round = 0; round < 4; round++) await new Promise(setImmediate);
    return { loaded, warnings, switches };
  }

  async function loadedAndWarned(...page: Parameters<typeof run>) {
    const { loaded, warnings } = await run(...page);
    return { loaded, warnings };
  }

  const loadedOn = async (variables: Variables, settings: unknown = {}, environment: Environment = {}) =>
    (await run(variables, settings, environment)).loaded;

  const ADDRESS = addressOf('mentorship-module.js').replace('.', '/w');
  const SWITCH = addressOf('mentorship-module-off.js').replace('.', '/w');
  const YES: Loaded[] = [['module', ADDRESS]];
  const HOME = { wgCanonicalSpecialPageName: 'Homepage', wgPageName: 'Special:Homepage' };
  const OWN = { wgNamespaceNumber: 2, wgTitle: 'Ana', wgPageName: 'User:Ana' };
  const CASES: [string, Loaded[], Variables, object?, Environment?][] = [
    ['a page without a mount point', [], {}],
    ['a mount point in its content', YES, {}, {}, { mounts: 1 }],
    ['a mount point, seen signed out', [], { wgUserName: null }, {}, { mounts: 1 }],
    ['a mount point, seen with a temporary account', [], { wgUserIsTemp: true }, {}, { mounts: 1 }],
    ['a mount point, seen by a viewer who has disabled mentorship', [], {}, {}, { mounts: 1, status: '0' }],
    ['the homepage, seen by such a viewer', [], HOME, {}, { status: 0 }],
    ['a mount point, seen by a viewer who has opted out', YES, {}, {}, { mounts: 1, status: '2' }],
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
      [['reload', ADDRESS], ...YES],
      { debug: true },
      { pages: ['Main Page'] },
    ],
    ['any page, with a card beside the content', YES, {}, { sidebar: true }],
  ];
  for (const [name, expected, ...page] of CASES)
    it(`${expected.length ? 'loads' : 'does not load'}: ${name}`, async () => {
      assert.deepEqual(await loadedOn(...page), expected);
    });

  it('deletes what the browser keeps for others, on every page, and nothing else', async () => {
    const KEPT = 'mentorship-module kept https://wiki.example/w/api.php';
    const OWN_KEYS = [`${KEPT} snapshot 7`, `${KEPT} reply-times 7`];
    const OTHER_KEYS = ['mentorship-module question x', 'theme'];
    for (const [variables, remaining] of [
      [{ wgUserId: 7 }, OWN_KEYS],
      [{ wgUserId: 77 }, []],
      [{ wgUserId: 8, wgUserIsTemp: true }, []],
      [{ wgUserId: null, wgUserName: null, wgUserGroups: ['*'] }, []],
    ] as const) {
      const keys = [...OWN_KEYS, ...OTHER_KEYS];
      const localStorage = Object.fromEntries(keys.map((key) => [key, '{}']));
      await run(variables, {}, { localStorage });
      assert.deepEqual(Object.keys(localStorage), [...remaining, ...OTHER_KEYS]);
    }
  });

  it('works without access to storage', async () => {
    assert.deepEqual(await loadedOn({}, {}, { mounts: 1, localStorage: null }), YES);
  });

  for (const [text, isOff] of [
    ['true', true],
    [' true\n', true],
    ['false', false],
    ['', false],
    ['<!doctype html><h1>Error</h1>', false],
    [null, false],
  ] as const)
    it(`${isOff ? 'loads no card' : 'loads the card'} if the page that turns cards off has ${text}`, async () => {
      for (const [settings, mounts] of [
        [{}, 1],
        [{ sidebar: true }, 0],
      ] as const) {
        const seen = await loadedAndWarned({}, settings, { mounts, off: text });
        assert.deepEqual(seen, { loaded: isOff ? [] : YES, warnings: [] });
      }
    });

  it('reads that page from the cache, and renews it for the next page view, without cookies', async () => {
    const { switches } = await run({}, {}, { mounts: 1 });
    assert.deepEqual(switches, [
      { cache: 'force-cache', credentials: 'omit' },
      { cache: 'no-cache', credentials: 'omit' },
    ]);
    assert.deepEqual((await run({}, {})).switches, [], 'on a page without a card');
    assert.deepEqual(
      (await run({}, {}, { mounts: 1, status: 0 })).switches,
      [],
      'for a viewer without a card',
    );
  });

  const CHECK: Loaded = ['module', addressOf('mentorship-module-check.js').replace('.', '/w')];
  const EDITOR = { wgUserGroups: ['*', 'user', 'interface-admin'] };
  const SETTINGS = 'mentorship-module: MediaWiki:Gadget-mentorship-module-settings.js: ';
  const NAMES = 'pages,userPage,sidebar,homepage,enroll,reasons,texts';

  const MISTAKES: [unknown, string[]][] = [
    [{ sidebr: true }, [`“sidebr” is no field. Use: ${NAMES}.`]],
    [{ sidebar: 'true' }, ['“sidebar” must be true or false.']],
    [{ userPage: 1 }, ['“userPage” must be true or false.']],
    [{ homepage: 'all' }, ['“homepage” must be "experienced", "everybody" or "nobody".']],
    [{ homepage: 'every' }, ['“homepage” must be "experienced", "everybody" or "nobody".']],
    [{ enroll: true }, ['“enroll” must be "link" or "here".']],
    [{ pages: ['Main Page', 7] }, ['“pages” must be a list of titles.']],
    [{ texts: {} }, ['“texts” must be a title.']],
    [{ pages: undefined, texts: null, reasons: false }, []],
  ];
  for (const [settings, expected] of MISTAKES)
    it(`names the mistake in ${JSON.stringify(settings)}, for all; an editor gets the check`, async () => {
      const lines = expected.map((line) => SETTINGS + line);
      const isCheck = ([, address]: Loaded) => address === CHECK[1];
      const reader = await run({}, settings);
      assert.deepEqual(reader.warnings, lines);
      assert.equal(reader.loaded.some(isCheck), false);
      const editor = await run(EDITOR, settings);
      assert.deepEqual(editor.warnings, lines);
      assert.equal(editor.loaded.some(isCheck), lines.length > 0);
    });

  it('accepts the same settings as the check', async () => {
    const names = [...NAMES.split(','), 'page', 'sideBar'];
    assert.deepEqual(Object.keys(GADGET_FIELDS).sort(), NAMES.split(',').sort());
    const words = ['experienced', 'everybody', 'nobody', 'link', 'here', 'true', '', 'a'];
    for (const value of [...words, true, false, 0, 1, [], ['Main Page'], [7], {}])
      for (const name of names) {
        const { warnings } = await run({}, { [name]: value });
        const isValid = GADGET_FIELDS[name]?.is(value) ?? false;
        assert.equal(warnings.length, isValid ? 0 : 1, `${name}: ${JSON.stringify(value)}`);
      }
  });

  for (const [name, text, fault] of [
    ['a missing', null, 'missing'],
    ['an empty', '', 'missing'],
    ['a foreign', '<!doctype html><h1>Error</h1>', 'not our script'],
  ] as const)
    it(`names ${name} card; an editor gets the check`, async () => {
      const page = { mounts: 1, text, isDefined: false };
      const line = (script: string) =>
        `mentorship-module: MediaWiki:Gadget-${script}.js: the page is ${fault}. Import import.xml again.`;
      assert.deepEqual(await loadedAndWarned({}, {}, page), {
        loaded: YES,
        warnings: [line('mentorship-module')],
      });
      const seen = await run(EDITOR, {}, page);
      assert.deepEqual(seen.loaded, [...YES, CHECK]);
      assert.deepEqual(seen.warnings.sort(), [line('mentorship-module-check'), line('mentorship-module')]);
    });

  it('says nothing of a card that an older browser does not support', async () => {
    const seen = await loadedAndWarned({}, {}, { mounts: 1, isDefined: false });
    assert.deepEqual(seen, { loaded: YES, warnings: [] });
  });

  it('adds the check after the card, for editors only, and with ?mentorship-check=1 without one', async () => {
    for (const group of ['sysop', 'interface-admin'])
      assert.deepEqual(await loadedOn({ wgUserGroups: ['*', group] }, {}, { mounts: 1 }), [...YES, CHECK]);
    assert.deepEqual(await loadedOn({ wgUserGroups: ['sysops'] }, {}, { mounts: 1 }), YES);
    const search = '?uselang=de&mentorship-check=1';
    assert.deepEqual(await loadedOn(EDITOR, {}, { search }), [CHECK]);
    assert.deepEqual(await loadedOn({}, {}, { search }), []);
    assert.deepEqual(await loadedOn(EDITOR, {}, { search: '?mentorship-check=10' }), []);
  });
});
