import { expect } from '@open-wc/testing';
import type { MentorshipModule } from '../src/mentorship-module.js';
import { press, until } from './dialog-helpers.js';
import { fakeSource, INVITED, KIM } from './fake-source.js';
import { all, attach, find, markup, show, visibleText } from './element-helpers.js';
import { isolateStorageInTests } from './isolated-storage.js';

const NOOR = { name: 'Noor', editCount: 1480, registered: '2022-03-01T09:00:00Z' };
const ENROLL = 'https://wiki.example/wiki/Special:EnrollAsMentor';
const HELP_DESK = 'https://wiki.example/wiki/Help_desk';
const LEARN_MORE = 'https://wiki.example/wiki/Mentors';
const HELP = 'https://www.mediawiki.org/wiki/Help:Growth/Mentorship';

isolateStorageInTests();

const card = ({ program = {}, viewer = {}, ...rest }: Record<string, object | boolean>, lang = 'en') =>
  show({
    snapshot: {
      viewer: { ...NOOR, ...(viewer as object) },
      program: { enabled: true, enrollUrl: ENROLL, ...(program as object) },
      ...rest,
    },
    lang,
  });

const texts = (element: MentorshipModule, selector: string) => all(element, selector).map(visibleText);
const primaries = (element: MentorshipModule) => texts(element, 'section .primary');
const menu = (element: MentorshipModule) => texts(element, '#more li');

describe('the invitation', () => {
  it('has one primary button, a link and a quiet button', async () => {
    const element = await card({});
    expect(primaries(element)).to.deep.equal(['Become a mentor']);
    expect(find(element, '.primary').getAttribute('href')).to.equal(ENROLL);
    expect(texts(element, 'section p a:not(.primary)')).to.deep.equal(['Learn more']);
    expect(texts(element, '.actions button')).to.deep.equal(['Not now']);
    expect(getComputedStyle(find(element, '.actions button')).borderTopColor).to.equal('rgba(0, 0, 0, 0)');
  });

  it('explains mentorship on mediawiki.org if the wiki names no page', async () => {
    const link = async (program: object) =>
      find(await card({ program }), 'a[data-action=about]').getAttribute('href');
    expect(await link({ learnMoreUrl: LEARN_MORE })).to.equal(LEARN_MORE);
    expect(await link({ learnMoreUrl: undefined })).to.equal(HELP);
  });

  const WHY: [string, object, string[]][] = [
    [
      'edits, year and both minimums',
      {},
      ['You’ve made 1,480 edits here since 2022.', 'Mentors need 500 edits and 90 days here.'],
    ],
    [
      'no minimum age',
      { program: { minimumAgeDays: 0 } },
      ['You’ve made 1,480 edits here since 2022.', 'Mentors need 500 edits.'],
    ],
    [
      'an open wiki',
      { program: { minimumEditCount: 0, minimumAgeDays: 0 } },
      ['You’ve made 1,480 edits here since 2022.', ''],
    ],
    [
      'an open wiki with an age',
      { program: { minimumEditCount: 0 } },
      ['You’ve made 1,480 edits here since 2022.', ''],
    ],
    [
      'one edit, one day',
      { viewer: { editCount: 1 }, program: { minimumEditCount: 1, minimumAgeDays: 1 } },
      ['You’ve made 1 edit here since 2022.', 'Mentors need 1 edit and 1 day here.'],
    ],
    [
      'the right, granted by hand',
      { viewer: { mayEnroll: true }, program: { automaticEligibility: false } },
      ['You’ve made 1,480 edits here since 2022.', 'This wiki has given you the right to be a mentor.'],
    ],
    [
      'the right, granted below the minimums',
      { viewer: { mayEnroll: true, editCount: 3 } },
      ['You’ve made 3 edits here since 2022.', 'This wiki has given you the right to be a mentor.'],
    ],
    [
      'an unknown edit count',
      { viewer: { mayEnroll: true, editCount: null } },
      ['You’ve been here since 2022.', 'This wiki has given you the right to be a mentor.'],
    ],
    [
      'no edits',
      { viewer: { mayEnroll: true, editCount: 0 } },
      ['You’ve been here since 2022.', 'This wiki has given you the right to be a mentor.'],
    ],
    [
      'an unknown date',
      { viewer: { registered: null } },
      ['You’ve made 1,480 edits here.', 'Mentors need 500 edits and 90 days here.'],
    ],
    [
      'neither known',
      { viewer: { mayEnroll: true, registered: null, editCount: null } },
      ['', 'This wiki has given you the right to be a mentor.'],
    ],
  ];
  for (const [name, change, [why, minimums]] of WHY)
    it(`says why the viewer is invited: ${name}`, async () => {
      const element = await card(change as Record<string, object>);
      const paragraphs = texts(element, '.compact p');
      expect(paragraphs).to.deep.equal(
        [
          'Mentors answer newcomers’ questions when they have time. You can take a break or stop whenever you like.',
          why,
          `${minimums} Learn more`.trim(),
        ].filter(Boolean),
      );
    });

  it('formats the year in the language of the card, without grouping', async () => {
    for (const [lang, year] of [
      ['de', '2022'],
      [
        'fa',
        new Intl.DateTimeFormat('fa', { year: 'numeric', timeZone: 'UTC' }).format(new Date(NOOR.registered)),
      ],
      ['qqx', 'invite-since'],
    ] as const)
      expect(visibleText(find(await card({}, lang), 'section'))).to.contain(year);
  });

  it('offers a mentor, or the own one, in the menu', async () => {
    const program = { helpDeskUrl: HELP_DESK };
    expect(menu(await card({ program, mentorsAvailable: true }))).to.deep.equal([
      // The source of a snapshot has no actions, and the wiki names no page for them.
      'Visit the help desk',
    ]);
    const { source } = fakeSource({ snapshot: INVITED });
    expect(menu(await show({ source }))).to.deep.equal(['I’d like a mentor instead']);
    const none = fakeSource({ snapshot: { ...INVITED, mentorsAvailable: false } });
    expect(menu(await show({ source: none.source }))).to.deep.equal([]);
    const own = fakeSource({ snapshot: { ...INVITED, mentor: KIM, mentorsAvailable: false } });
    expect(menu(await show({ source: own.source }))).to.deep.equal(['I’d rather keep my mentor']);
  });

  it('names the own mentor, and who answers while that one is away', async () => {
    const line = async (change: object) => {
      const snapshot = { ...INVITED, mentor: KIM, ...change };
      return visibleText(find(await show({ source: fakeSource({ snapshot }).source }), '.quiet'));
    };
    expect(await line({})).to.equal('Your mentor is Kim. Ask a question Continue without a mentor');
    const standIn = { ...KIM, name: 'Lee' };
    expect(await line({ mentor: { ...KIM, away: { until: null } }, standIn })).to.equal(
      'Your mentor is Kim. Lee is answering questions while your mentor is away. Ask a question Continue without a mentor',
    );
    const until = '2126-12-24T00:00:00.000Z';
    expect(await line({ mentor: { ...KIM, away: { until } } })).to.equal(
      'Your mentor is Kim. Kim is away until December 24, 2126. Ask a question Continue without a mentor',
    );
    const retired = { mentor: { ...KIM, retired: true, away: { until } } };
    expect(await line(retired)).to.equal(
      'Kim is no longer a mentor. Get another mentor Continue without a mentor',
    );
    expect(await line({ ...retired, mentorsAvailable: false })).to.equal(
      'Kim is no longer a mentor. Ask a question Continue without a mentor',
    );
    const viewer = { ...INVITED.viewer, isMentor: true };
    expect(await line({ ...retired, viewer })).to.equal(
      'Kim is no longer a mentor. Continue without a mentor',
    );
  });

  for (const [name, size, change, height] of [
    ['', 16, {}, 300],
    [' with the text size of a wiki', 14, {}, 300],
    [' with a mentor', 16, { mentor: KIM }, 340],
  ] as const)
    it(`is at most ${height} px tall at 320 px${name}, and has at most 47 words`, async () => {
      const column = attach(document.createElement('div'));
      column.style.cssText = `inline-size: 320px; font: ${size}px sans-serif`;
      const element = await show(
        { source: fakeSource({ snapshot: { ...INVITED, viewer: NOOR, ...change } }).source },
        column,
      );
      expect(element.getBoundingClientRect().height).to.be.at.most(height);
      const words = texts(element, 'h2, .compact p, .actions').join(' ').split(' ');
      expect(words.length, words.join(' ')).to.be.at.most(47);
    });
});

describe('after “Not now”', () => {
  const snoozed = async (change: object = {}) => {
    const fake = fakeSource({ snapshot: { ...INVITED, ...change } });
    const element = await show({ source: fake.source });
    press(element, 'Not now');
    await until('the notice', () => markup(element, '.note-actions button').length);
    return { element, fake };
  };

  for (const [name, change] of [
    ['without a mentor', {}],
    ['with a mentor', { mentor: KIM }],
  ] as const)
    it(`a notice replaces the card until the page is left, ${name}`, async () => {
      const { element, fake } = await snoozed(change);
      expect(markup(element, 'section')).to.be.empty;
      expect(getComputedStyle(find(element, '.note')).paddingInlineStart).to.equal('44px');
      expect(element.getAttribute('variant')).to.equal('invite');
      await element.refresh();
      expect(element.getAttribute('variant')).to.equal('invite');
      expect(visibleText(find(element, '.note'))).to.equal('We’ll ask again in 3 months.');
      expect(texts(element, '.note-actions button')).to.deep.equal(['Don’t ask again', 'Undo']);
      const later = await show({ source: fake.source });
      expect(later.getAttribute('variant')).to.equal('mentor' in change ? 'mentored' : 'none');
    });

  it('another card of the same source has no notice, so it is decided anew', async () => {
    const fake = fakeSource({ snapshot: INVITED });
    const [one, other] = [await show({ source: fake.source }), await show({ source: fake.source })];
    press(one, 'Not now');
    await until('the other', () => other.getAttribute('variant') === 'none');
    expect(one.getAttribute('variant')).to.equal('invite');
  });

  for (const [days, text] of [
    [1, 'We’ll ask again in 1 day.'],
    [30, 'We’ll ask again in 30 days.'],
    [59, 'We’ll ask again in 59 days.'],
    [60, 'We’ll ask again in 2 months.'],
    [61, 'We’ll ask again in 61 days.'],
    [360, 'We’ll ask again in 12 months.'],
  ] as const)
    it(`says when the invitation returns: ${days} days`, async () => {
      const { element } = await snoozed({ program: { ...INVITED.program, inviteSnoozeDays: days } });
      expect(visibleText(find(element, '.note'))).to.equal(text);
    });

  it('a snooze that the wiki cannot store ends in this browser, too', async () => {
    const source = { id: `here ${Date.now()}`, load: fakeSource({ snapshot: INVITED }).source.load };
    const element = await show({ source });
    press(element, 'Not now');
    await until('the notice', () => markup(element, '.note-actions button').length);
    const variant = async () => (await show({ source: { ...source } })).getAttribute('variant');
    expect(await variant()).to.equal('none');
    const [key = ''] = Object.keys(localStorage).filter((name) => name.includes(source.id));
    expect(Date.parse(localStorage.getItem(key) ?? '')).to.be.above(Date.now() + 89 * 86_400_000);
    localStorage.setItem(key, '2020-01-01T00:00:00.000Z');
    expect(await variant()).to.equal('invite');
    localStorage.setItem(key, '1');
    expect(await variant()).to.equal('none');
  });
});

describe('the primary action of each card', () => {
  const ROBIN = { name: 'Robin', editCount: 12, mayEnroll: false };
  const PROGRAM = { enabled: true, homepageUrl: 'https://wiki.example/wiki/Special:Homepage' };
  const OFFERS = /get a mentor|another mentor/i;
  const DESK = { ...PROGRAM, helpDeskUrl: HELP_DESK };
  const graduation = { enabled: true, minimumEditCount: 5, minimumAgeDays: 0 };
  const OPTED_OUT = { ...ROBIN, status: 'opted-out' };
  const VETERAN = { ...NOOR, mayEnroll: false };
  const BY_HAND = { ...PROGRAM, automaticEligibility: false };
  const RETIRED = { ...KIM, retired: true };
  const HELP_DESK_TEXT = 'Visit the help desk';

  const CASES: [string, object, string[]][] = [
    ['no mentor', { viewer: ROBIN, program: DESK }, ['Get a mentor']],
    ['opted out', { viewer: OPTED_OUT, program: DESK }, ['Get a mentor']],
    ['opted out, none free', { viewer: OPTED_OUT, program: DESK, mentorsAvailable: false }, [HELP_DESK_TEXT]],
    [
      'opted out, none free, no help desk',
      { viewer: OPTED_OUT, program: PROGRAM, mentorsAvailable: false },
      [],
    ],
    ['graduated', { viewer: OPTED_OUT, program: { ...DESK, graduation } }, [HELP_DESK_TEXT]],
    ['graduated, no help desk', { viewer: OPTED_OUT, program: { ...PROGRAM, graduation } }, []],
    [
      'graduated, none free',
      { viewer: OPTED_OUT, program: { ...DESK, graduation }, mentorsAvailable: false },
      [HELP_DESK_TEXT],
    ],
    ['experienced', { viewer: VETERAN, program: BY_HAND }, ['How to become a mentor']],
    [
      'experienced, none free',
      { viewer: VETERAN, program: { ...BY_HAND, helpDeskUrl: HELP_DESK }, mentorsAvailable: false },
      ['How to become a mentor'],
    ],
    ['unavailable', { viewer: ROBIN, program: DESK, mentorsAvailable: false }, [HELP_DESK_TEXT]],
    ['unavailable, no help desk', { viewer: ROBIN, program: PROGRAM, mentorsAvailable: false }, []],
    ['mentored', { viewer: ROBIN, program: DESK, mentor: KIM }, ['Ask your mentor a question']],
    ['retired', { viewer: ROBIN, program: DESK, mentor: RETIRED }, ['Get another mentor']],
    [
      'retired, none free',
      { viewer: ROBIN, program: DESK, mentor: RETIRED, mentorsAvailable: false },
      [HELP_DESK_TEXT],
    ],
    [
      'retired, none free, no help desk',
      { viewer: ROBIN, program: PROGRAM, mentor: RETIRED, mentorsAvailable: false },
      ['Ask your mentor a question'],
    ],
    [
      'blocked for a time',
      { viewer: { ...ROBIN, blockedUntil: '2999-12-24T00:00:00Z' }, program: DESK, mentor: KIM },
      [],
    ],
  ];
  for (const [name, snapshot, expected] of CASES)
    it(name, async () => {
      const element = await show({ snapshot });
      expect(primaries(element)).to.deep.equal(expected);
      if ('mentorsAvailable' in snapshot) expect(visibleText(find(element, 'section'))).not.to.match(OFFERS);
      expect(visibleText(find(element, 'section')).match(/Visit the help desk/g)?.length ?? 0).to.be.at.most(
        1,
      );
    });

  it('graduated and experienced editors get a mentor by a quiet button', async () => {
    for (const snapshot of [
      { viewer: OPTED_OUT, program: { ...DESK, graduation } },
      { viewer: VETERAN, program: BY_HAND },
    ]) {
      const element = await show({ snapshot });
      expect(texts(element, '.actions .quiet-button')).to.deep.equal(['Get a mentor']);
    }
  });

  it('texts', async () => {
    const text = async (snapshot: object) => visibleText(find(await show({ snapshot }), 'section'));
    expect(await text({ viewer: VETERAN, program: BY_HAND })).to.contain(
      'You know your way around Want to help newcomers? Mentors answer their questions.',
    );
    expect(await text({ viewer: OPTED_OUT, program: DESK, mentorsAvailable: false })).to.contain(
      'You don’t have a mentor, and no mentor is free at the moment.',
    );
    const retired = await text({
      viewer: ROBIN,
      program: DESK,
      mentor: { ...RETIRED, away: { until: '2026-12-24T00:00:00Z' } },
    });
    expect(retired).to.contain('Kim is no longer a mentor.').and.not.contain('away');
    expect(
      await text({
        viewer: { ...ROBIN, blockedUntil: '2999-12-24T00:00:00Z' },
        program: DESK,
        mentor: KIM,
      }),
    ).to.contain('You can ask again on December 24, 2999.');
    const alone = { viewer: ROBIN, program: DESK, mentor: { ...KIM, away: { until: null } } };
    expect(await text(alone)).to.contain('Kim is away at the moment. You can still ask');
    const blocked = { ...alone, viewer: { ...ROBIN, blockedUntil: '2999-12-24T00:00:00Z' } };
    expect(await text(blocked))
      .to.contain('Kim is away at the moment.')
      .and.not.contain('You can still ask');
    const graduating = { viewer: ROBIN, program: { ...DESK, graduation }, mentor: KIM };
    expect(await text(graduating)).to.contain('You know your way around. Continue without a mentor');
    expect(await text({ ...graduating, viewer: { ...ROBIN, status: 'explicit' } })).not.to.contain(
      'You know your way around.',
    );
  });

  it('the menu of an eligible viewer who asked for a mentor has “Become a mentor”', async () => {
    const viewer = { ...NOOR, status: 'explicit' as const };
    const snapshot = { ...INVITED, viewer, mentor: KIM };
    const element = await show({ source: fakeSource({ snapshot }).source });
    expect(menu(element)).to.deep.equal([
      'How mentorship works',
      'Choose another mentor',
      'Continue without a mentor',
      'Become a mentor',
    ]);
    const none = fakeSource({ snapshot: { ...snapshot, mentorsAvailable: false } });
    expect(menu(await show({ source: none.source }))).not.to.include('Choose another mentor');
  });
});
