import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { isDialogOpen, until } from './dialog-helpers.js';
import { itNeeding } from './driver-features.js';
import {
  addressOf,
  cards,
  MOUNT,
  onlyCard,
  PAGE,
  countFetches,
  type PageOptions,
  run,
  wikiPage,
} from './gadget-page.js';
import { all, expectNoErrors, find, openPage, type Page, visibleText } from './element-helpers.js';

afterEach(() => {
  for (const frame of document.querySelectorAll('iframe')) frame.remove();
});

describe('gadget: mount points', () => {
  it('each gets one card, with the attributes that wikitext allows', async () => {
    const mount = `<div class="mentorship-module" data-layout="summary" data-enroll="here" data-theme="dark"
      data-api="https://evil.example/w/api.php" data-src="https://evil.example/x.json"><b>Ask at the help desk.</b></div>`;
    const { page, fire } = await wikiPage({ body: `<div id="mw-content-text">${mount}${MOUNT}</div>` });
    const content = page.document.getElementById('mw-content-text')!;
    fire(content);
    fire(content, ...content.children);
    const [first, second, ...others] = cards(page);
    expect(others).to.have.lengthOf(0);
    expect([...first!.attributes].map(({ name, value }) => `${name}=${value}`)).to.include.members([
      'layout=summary',
      'enroll=here',
      'theme=dark',
    ]);
    expect(first!.getAttribute('api') ?? first!.getAttribute('src')).to.equal(null);
    expect(visibleText(first)).to.equal('Ask at the help desk.');
    expect(second!.childNodes).to.have.lengthOf(0);
    await until('both', () => cards(page).every((card) => card.getAttribute('variant') === 'mentored'));
    expectNoErrors(page);
  });

  it('content that is added later, such as a preview, gets its cards too', async () => {
    const { page, fire } = await wikiPage({});
    expect(cards(page)).to.have.lengthOf(0);
    const preview = page.document.createElement('div');
    preview.append(Object.assign(page.document.createElement('div'), { className: 'mentorship-module' }));
    page.document.body.append(preview);
    fire(preview);
    await onlyCard(page);
    expectNoErrors(page);
  });

  it('adds nothing to the global scope of the page', async () => {
    const plain = await openPage('/strict/gadget');
    // Lit lists its versions globally, to warn of several copies.
    const libraries = [
      'litPropertyMetadata',
      'reactiveElementVersions',
      'litHtmlVersions',
      'litElementVersions',
    ];
    const before = new Set([...Object.keys(plain), 'mw', 'mentorshipModule', ...libraries]);
    const { page } = await wikiPage({ body: MOUNT });
    const card = await onlyCard(page);
    find(card, 'section .actions .primary').click();
    await until('the dialog', () => isDialogOpen(card));
    expect(Object.keys(page).filter((name) => !before.has(name) && Number.isNaN(Number(name)))).to.deep.equal(
      [],
    );
  });

  it('is evaluated once and adds one card if it is loaded twice', async () => {
    const { page } = await wikiPage({ body: MOUNT, scripts: 2 });
    await onlyCard(page);
    expectNoErrors(page);
  });
});

describe('gadget: run before the wiki’s own script', () => {
  it('adds its cards, in the viewer’s language, once the wiki has started', async () => {
    const { page, startWiki } = await wikiPage({
      early: true,
      lang: 'de',
      body: `${PAGE}${MOUNT}`,
      wgScript: '/translated/w/index.php',
      settings: { pages: ['Main Page'] },
    });
    const own = page.document.createElement('mentorship-module');
    page.document.body.append(own);
    expect(cards(page)).to.deep.equal([own]);
    startWiki();
    await until('all', () => cards(page).every((card) => card.getAttribute('variant') === 'mentored'));
    expect(cards(page)).to.have.lengthOf(3);
    await until('German', () =>
      cards(page).every((card) => card.shadowRoot?.querySelector('section')?.lang === 'de'),
    );
    expectNoErrors(page);
  });

  it('survives an mw that throws', async () => {
    const { page, variables } = await wikiPage({ scripts: 0 });
    const throwing = () => {
      throw new Error('careless');
    };
    const wgScript = String(variables.wgScript);
    Object.assign(page, { mw: { config: { get: throwing }, hook: throwing } });
    await run(page, addressOf(wgScript));
    expect(page.pageLog.errors).to.deep.equal([]);
  });
});

describe('gadget: the page that a question may be about', () => {
  for (const [name, title, config] of [
    ['a content page', 'Moon rock', { wgIsArticle: true, wgPageName: 'Moon_rock' }],
    ['a page of another namespace', 'Help:Links', { wgIsArticle: true, wgPageName: 'Help:Links' }],
    ['a special page', null, { wgIsArticle: false, wgPageName: 'Special:Homepage' }],
    ['a form or a history', null, { wgIsArticle: false, wgPageName: 'Moon' }],
    ['a page with foreign variables', null, { wgIsArticle: 'yes', wgPageName: 5 }],
  ] as const)
    it(`is ${title ?? 'none'} on ${name}`, async () => {
      const { page } = await wikiPage({ body: MOUNT, config });
      expect((await onlyCard(page)).pageTitle).to.equal(title);
      expectNoErrors(page);
    });
});

describe('gadget: reasons for leaving', () => {
  const leave = async (settings: object) => {
    const { page } = await wikiPage({ body: MOUNT, settings });
    const tracked: unknown[] = [];
    const { mw } = page as unknown as { mw: object };
    Object.assign(mw, { track: (...args: unknown[]) => tracked.push(structuredClone(args)) });
    const card = await onlyCard(page);
    const say = (reason: string, text: string, phase: 'submit' | 'done') =>
      card.dispatchEvent(
        Object.assign(new page.Event('mentorship-action'), { action: 'leave', phase, reason, text }),
      );
    say('other', 'I know a club', 'submit');
    say('other', 'I know a club', 'done');
    say('', '', 'done');
    expectNoErrors(page);
    return { asked: card.leaveReasons, tracked };
  };

  it('are asked and tracked with the setting', async () => {
    expect(await leave({ reasons: true })).to.deep.equal({
      asked: true,
      tracked: [['mentorship.leave', { reason: 'other', text: 'I know a club' }]],
    });
  });

  for (const settings of [{}, { reasons: 'yes' }])
    it(`are neither asked nor tracked with ${JSON.stringify(settings)}`, async () => {
      expect(await leave(settings)).to.deep.equal({ asked: false, tracked: [] });
    });
});

describe('gadget: pages named in the settings', () => {
  const first = (page: Page) => page.document.querySelector('#mw-content-text > :first-child')?.localName;
  const OWN = { wgNamespaceNumber: 2, wgTitle: 'Ana', wgPageName: 'User:Ana' };
  const CASES: [string, number, PageOptions][] = [
    ['a page of the list', 1, { settings: { pages: ['Main Page'] } }],
    ['another page', 0, { settings: { pages: ['Project:Help'] } }],
    ['its history', 0, { settings: { pages: ['Main Page'] }, config: { wgAction: 'history' } }],
    [
      'a special page',
      1,
      { settings: { pages: ['Special:Watchlist'] }, config: { wgCanonicalSpecialPageName: 'Watchlist' } },
    ],
    ['the own user page', 1, { settings: { userPage: true }, config: OWN }],
    ['the own user page, unasked', 0, { settings: {}, config: OWN }],
    [
      'somebody else’s',
      0,
      { settings: { userPage: true }, config: { ...OWN, wgRelevantUserName: 'Kim', wgTitle: 'Kim' } },
    ],
    ['a page below', 0, { settings: { userPage: true }, config: { ...OWN, wgTitle: 'Ana/Draft' } }],
    ['signed out', 0, { settings: { pages: ['Main Page'] }, config: { wgUserName: null } }],
    [
      'settings that are nonsense',
      0,
      { settings: { pages: { 0: 'Main Page' }, userPage: 'yes', sidebar: 1 } },
    ],
    ['no settings', 0, { settings: null }],
  ];
  for (const [name, expected, setting] of CASES)
    it(`${expected ? 'a card' : 'none'}: ${name}`, async () => {
      const { page } = await wikiPage(setting);
      expect(cards(page)).to.have.lengthOf(expected);
      expect(first(page)).to.equal(expected ? 'mentorship-module' : 'p');
      if (expected) await onlyCard(page);
      expectNoErrors(page);
    });

  it('a page with a mount point gets its card there and no second one', async () => {
    const body = `<div id="mw-content-text"><p>Text.</p>${MOUNT}</div>`;
    const { page } = await wikiPage({ body, settings: { pages: ['Main Page'] } });
    await onlyCard(page, 'div.mentorship-module');
  });

  const COLUMNS = {
    'Vector 2022': '<div id="vector-main-menu-pinned-container"><a>Help</a></div>',
    'Vector 2022, menu put away':
      '<div id="vector-main-menu-pinned-container"></div><div id="vector-page-tools-pinned-container"><a>What links here</a></div>',
    Vector: '<div id="mw-panel"><a>Help</a></div>',
    Timeless: '<div id="mw-site-navigation"><a>Help</a></div>',
    MonoBook: '<div id="column-one"><div id="sidebar"><a>Help</a></div></div>',
    Minerva: '',
  };
  for (const [skin, column] of Object.entries(COLUMNS))
    it(`next to the content: ${skin}`, async () => {
      const { page } = await wikiPage({ body: `${PAGE}${column}`, settings: { sidebar: true } });
      const card = await onlyCard(page);
      expect(card.layout).to.equal('summary');
      const place = card.parentElement!;
      if (column) expect(visibleText(place)).to.match(/Help|What links here/);
      else expect(place.id).to.equal('mw-content-text');
      expectNoErrors(page);
    });
});

describe('gadget: homepage of the wiki', () => {
  const ORIGINAL =
    '<div class="growthexperiments-homepage-module growthexperiments-homepage-module-mentorship">Mentor</div>';
  const HOME = { wgCanonicalSpecialPageName: 'Homepage', wgPageName: 'Special:Homepage' };
  const home = (homepage: string, persona: string, original = ORIGINAL) =>
    wikiPage({
      persona,
      config: HOME,
      settings: { homepage },
      body: `<div id="mw-content-text"><main>${original}</main></div>`,
    });
  const shown = (page: Page) => {
    const original = page.document.querySelector('.growthexperiments-homepage-module')!;
    const seen = (element: Element) => element.checkVisibility();
    return { original: seen(original), ours: cards(page).some(seen) };
  };
  const OURS = { original: false, ours: true };
  const ORIGINAL_ONLY = { original: true, ours: false };
  const decided = async (page: Page) => {
    await until('decided', () => page.pageLog.ready.length);
    await until('in its place', () => !cards(page).some(({ hidden }) => hidden));
  };

  const CASES = [
    ['experienced', 'e_hal', OURS],
    ['experienced', 'n_ana', ORIGINAL_ONLY],
    ['everybody', 'n_ana', OURS],
    ['everybody', 'b_ivy', ORIGINAL_ONLY],
  ] as const;
  for (const [homepage, persona, expected] of CASES)
    it(`“${homepage}”, viewed by ${persona}: ${expected.ours ? 'ours' : 'the original'}`, async () => {
      const { page } = await home(homepage, persona);
      expect(shown(page), 'until it is known').to.deep.equal(ORIGINAL_ONLY);
      await decided(page);
      expect(shown(page)).to.deep.equal(expected);
      expect(cards(page)).to.have.lengthOf(expected.ours ? 1 : 0);
      expectNoErrors(page);
    });

  it('“nobody”: loads nothing', async () => {
    const { page, stats } = await home('nobody', 'e_hal');
    expect(cards(page)).to.have.lengthOf(0);
    expect((await stats()).requests).to.equal(0);
  });

  for (const [what, style] of [
    ['with margins', 'margin: 8px 16px 24px'],
    ['in a grid', 'grid-area: 2 / 2'],
    ['in another order', 'order: 1; margin-block-start: 8px'],
  ] as const)
    it(`stands where the original stood: ${what}`, async () => {
      const { page } = await wikiPage({
        persona: 'n_ana',
        config: HOME,
        settings: { homepage: 'everybody' },
        body: `<div id="mw-content-text"><main>${ORIGINAL}<p>Impact</p></main></div>`,
      });
      page.document.querySelector('main')!.style.cssText =
        'display: grid; grid-template-columns: 1fr 1fr; align-items: start';
      const original = page.document.querySelector<HTMLElement>('.growthexperiments-homepage-module')!;
      original.style.cssText = style;
      const place = (element: Element) => {
        const { left, top, width } = element.getBoundingClientRect();
        return { left, top, width };
      };
      const before = place(original);
      await decided(page);
      expect(shown(page)).to.deep.equal(OURS);
      expect(place(cards(page)[0]!)).to.deep.equal(before);
    });

  it('adds ours next to the link to the original on mobile', async () => {
    const { page } = await home('experienced', 'e_hal', `<a href="#/homepage/mentorship">${ORIGINAL}</a>`);
    await decided(page);
    expect(cards(page)[0]!.parentElement!.localName).to.equal('main');
    expect(shown(page)).to.deep.equal(OURS);
  });

  it('keeps the original after a failure', async () => {
    const { page } = await wikiPage({
      config: { ...HOME, wgScriptPath: '/faulty/403/gadget/w' },
      settings: { homepage: 'everybody' },
      body: `<div id="mw-content-text"><main>${ORIGINAL}</main></div>`,
    });
    await until('failed', () => page.pageLog.failed.length);
    expect(shown(page)).to.deep.equal(ORIGINAL_ONLY);
    expect(cards(page)).to.have.lengthOf(0);
  });
});

describe('gadget: languages', () => {
  it('loads a page of the wiki once, for the card and its dialogs', async () => {
    const setting = {
      lang: 'de',
      wgScript: '/translated/w/index.php',
      body: `<div lang="en">${MOUNT}</div>`,
    };
    const { page } = await wikiPage(setting);
    const card = await onlyCard(page);
    await until('German', () => find(card, 'section').lang === 'de');
    find(card, 'section .actions .primary').click();
    await until('the dialog', () => isDialogOpen(card));
    expect(find(card, 'dialog').lang).to.equal('de');
    expect(visibleText(find(card, 'dialog'))).to.contain('Abbrechen');
    expect(countFetches(page, '-module-de.json')).to.equal(1);
    expectNoErrors(page);
  });

  it('shows English without an error if the wiki has no such page', async () => {
    const { page } = await wikiPage({ lang: 'de', body: MOUNT });
    const card = await onlyCard(page);
    await until('drawn', () => find(card, 'section'));
    expect(find(card, 'section').lang).to.equal('en');
    expect(countFetches(page, '-module-de.json')).to.equal(1);
    expect(page.pageLog.failed).to.deep.equal([]);
  });

  it('shows the message keys for qqx, if the wiki has that page', async () => {
    const { page } = await wikiPage({ lang: 'qqx', body: MOUNT, wgScript: '/translated/w/index.php' });
    const card = await onlyCard(page);
    await until('the keys', () => all(card, 'section .actions .primary').map(visibleText).join() === '(ask)');
    expect(find(card, 'section').lang).to.equal('en-x-qqx');
    expect(countFetches(page, '-module-qqx.json')).to.equal(1);
    expectNoErrors(page);
  });

  it('requests nothing for English', async () => {
    const { page } = await wikiPage({ body: MOUNT });
    await onlyCard(page);
    expect(countFetches(page, 'ctype=application')).to.equal(0);
  });
});

describe('gadget: messages of the wiki', () => {
  const heading = (card: Element) => visibleText(find(card, 'h2'));
  const german = { lang: 'de', wgScript: '/translated/w/index.php' };

  it('replace those of a language in the card and its dialogs, as text', async () => {
    const settings = { texts: 'MediaWiki:Mentorship-texts.json' };
    const { page } = await wikiPage({ ...german, body: `${MOUNT}${MOUNT}`, settings });
    await until('both', () => cards(page).every((card) => card.getAttribute('variant') === 'mentored'));
    const [card] = cards(page);
    await until('drawn', () => heading(card!));
    expect(heading(card!)).to.equal('<b>Wegweiser</b>');
    find(card!, 'section .actions .primary').click();
    await until('the dialog', () => isDialogOpen(card!));
    expect(visibleText(find(card!, 'dialog'))).to.contain('Doch nicht');
    expect(countFetches(page, 'Mentorship-texts.json'), 'once for all cards').to.equal(1);
    expectNoErrors(page);
  });

  it('replace English ones too; values that are not text are ignored', async () => {
    const { page } = await wikiPage({ body: MOUNT, settings: { texts: 'MediaWiki:Mentorship-texts.json' } });
    const card = await onlyCard(page);
    await until('drawn', () => heading(card));
    expect(heading(card)).to.equal('Your guide');
    expect(visibleText(find(card, '.primary'))).to.equal('Ask your mentor a question');
    expectNoErrors(page);
  });

  for (const title of ['MediaWiki:Missing.json', 'MediaWiki:Broken.json'])
    it(`${title}: shows the card and logs the reason`, async () => {
      const { page } = await wikiPage({ body: MOUNT, settings: { texts: title } });
      const card = await onlyCard(page);
      await until('drawn', () => heading(card));
      expect(heading(card)).to.equal('Your mentor');
      expect(page.pageLog.warnings).to.deep.equal([
        `mentorship-module: the page “${title}” is missing, or no JSON.`,
      ]);
      expect(page.pageLog.failed).to.deep.equal([]);
    });

  it('apply to a language that uses the file of another, by its own code too', async () => {
    const settings = { texts: 'MediaWiki:Mentorship-texts.json' };
    const { page } = await wikiPage({ ...german, lang: 'bar', body: MOUNT, settings });
    const card = await onlyCard(page);
    await until('drawn', () => card.shadowRoot?.querySelector('h2'));
    expect(heading(card)).to.equal('Dei Helfer');
  });

  it('apply by MediaWiki code on pages with another one: zh-tw and zh-Hant-TW', async () => {
    const settings = { texts: 'MediaWiki:Mentorship-texts.json' };
    const config = { wgUserLanguage: 'zh-tw' };
    const { page } = await wikiPage({ ...german, lang: 'zh-Hant-TW', config, body: MOUNT, settings });
    const card = await onlyCard(page);
    await until('drawn', () => card.shadowRoot?.querySelector('h2'));
    expect(heading(card)).to.equal('嚮導');
  });

  it('bypass the cache of the browser with ?debug=true', async () => {
    const settings = { texts: 'MediaWiki:Mentorship-texts.json' };
    const { page } = await wikiPage({ ...german, config: { debug: 1 }, body: MOUNT, settings });
    await onlyCard(page);
    await until(
      'read',
      () => countFetches(page, 'Mentorship-texts.json') && countFetches(page, '-module-de.json'),
    );
    expect(countFetches(page, 'maxage=0&smaxage=0')).to.equal(2);
    expect(countFetches(page, 'maxage=86400&smaxage=86400')).to.equal(0);
  });

  it('delay no card for long if the page never responds', async () => {
    const { page } = await wikiPage({ body: MOUNT, settings: { texts: 'MediaWiki:Hanging.json' } });
    const card = await onlyCard(page);
    await until('drawn', () => card.shadowRoot?.querySelector('h2'));
    expect(heading(card)).to.equal('Your mentor');
    expect(page.pageLog.warnings, 'nobody knows yet').to.deep.equal([]);
  });

  it('are ignored if the page contains anything else', async () => {
    const { page } = await wikiPage({ body: MOUNT, settings: { texts: 'MediaWiki:List.json' } });
    const card = await onlyCard(page);
    await until('drawn', () => heading(card));
    expect(heading(card)).to.equal('Your mentor');
    expect(page.pageLog.warnings).to.deep.equal([
      'mentorship-module: the page “MediaWiki:List.json” has no texts by language.',
    ]);
  });
});

describe('gadget: night mode', () => {
  const night = async (className: string, body = MOUNT) => {
    const { page } = await wikiPage({ body });
    page.document.documentElement.className = className;
    const card = await onlyCard(page);
    return { scheme: () => page.getComputedStyle(card).colorScheme, page };
  };

  it('follows the reader’s choice on the wiki immediately', async () => {
    const { scheme, page } = await night('');
    expect(scheme()).to.equal('light');
    page.document.documentElement.className = 'skin-theme-clientpref-night';
    expect(scheme()).to.equal('dark');
    page.document.documentElement.className = 'skin-theme-clientpref-os';
    expect(scheme()).to.equal('light');
  });

  itNeeding('media features', 'follows the system only if the reader has chosen that', async () => {
    await emulateMedia({ colorScheme: 'dark' });
    const { scheme, page } = await night('skin-theme-clientpref-day');
    expect(scheme()).to.equal('light');
    page.document.documentElement.className = 'skin-theme-clientpref-os';
    await until('dark', () => scheme() === 'dark');
  });

  afterEach(async () => {
    if (matchMedia('(prefers-color-scheme: dark)').matches) await emulateMedia({ colorScheme: 'light' });
  });

  it('is overridden by the card’s own theme', async () => {
    const { scheme } = await night(
      'skin-theme-clientpref-night',
      '<div class="mentorship-module" data-theme="light"></div>',
    );
    expect(scheme()).to.equal('light');
  });
});

describe('gadget: skins', () => {
  it('styles of a skin’s column do not affect the card, nor the card the skin', async () => {
    const { page } = await wikiPage({ body: `<div id="mw-panel"><a>Help</a>${MOUNT}</div>` });
    const panel = page.document.getElementById('mw-panel')!;
    Object.assign(panel.style, {
      fontSize: '9px',
      fontFamily: 'serif',
      textTransform: 'uppercase',
      letterSpacing: '3px',
      whiteSpace: 'nowrap',
      inlineSize: '160px',
    });
    const card = await onlyCard(page);
    const link = panel.querySelector('a')!;
    const { textTransform, letterSpacing, fontSize, fontFamily } = page.getComputedStyle(
      find(card, 'section'),
    );
    expect({ textTransform, letterSpacing, fontSize }).to.deep.equal({
      textTransform: 'none',
      letterSpacing: 'normal',
      fontSize: '13px',
    });
    expect(fontFamily).to.equal('serif');
    expect(card.offsetWidth).to.be.at.most(160);
    expect(card.scrollWidth).to.be.at.most(160);
    expect(page.getComputedStyle(link).textTransform).to.equal('uppercase');
  });
});
