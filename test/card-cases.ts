import {
  FakeMediaWiki,
  type FakeMediaWikiOptions,
  type PageKind,
  type PersonaId,
} from './fake-mediawiki/index.js';
import {
  autoSource,
  growthSource,
  type MentorshipSource,
  parseSnapshot,
  previewSource,
  type Variant,
} from '../src/sdk/index.js';
import invitePreview from '../src/previews/invite.json' with { type: 'json' };
import mentorPreview from '../src/previews/mentor.json' with { type: 'json' };
import mentoredPreview from '../src/previews/mentored.json' with { type: 'json' };
import nonePreview from '../src/previews/none.json' with { type: 'json' };
import optInPreview from '../src/previews/opt-in.json' with { type: 'json' };
import unavailablePreview from '../src/previews/unavailable.json' with { type: 'json' };

/** Outcome of a case: a card, none, or a pending load. */
export type CaseOutcome = Variant | 'loading' | 'failed';

/** Data of a case. */
export type CaseData =
  /** The fake wiki as seen by one of its users; `page` adds the variables of that page. */
  | ({ from: 'wiki'; viewer: PersonaId } & OnWiki)
  | { from: 'preview'; preview: Variant }
  /** A snapshot document, as a host would set it. */
  | { from: 'snapshot'; snapshot: unknown }
  | { from: 'fault'; fault: keyof typeof FAULTS };

interface OnWiki {
  page?: PageKind;
  prepare?: (wiki: FakeMediaWiki) => void;
  /** Software other than MediaWiki 1.43 with GrowthExperiments. */
  software?: FakeMediaWikiOptions['software'];
  /** User whose card is shown as a preview. */
  previewed?: string;
}

/** One state of the element. Its ID is part of gallery URLs and screenshot file names, so it must not change. */
export interface Case {
  id: string;
  /** Description of the state. */
  title: string;
  data: CaseData;
  expect: CaseOutcome;
  /** Reason of `none` and `opt-in`. */
  reason?: string;
  layout?: 'summary';
  theme?: 'light' | 'dark';
  pageTitle?: string;
  leaveReasons?: true;
  /** Slotted content of the host, as plain text. */
  slots?: { content?: string; heading?: string; footer?: string };
}

/** Properties that a page sets on the element to show a case. */
export interface CaseProperties {
  preview: Variant | null;
  snapshot: unknown;
  source: MentorshipSource | null;
  viewer: string | null;
  layout: 'summary' | null;
  theme: 'light' | 'dark' | null;
}

const API = 'https://wiki.example/w/api.php';

const wikiThatFetches = (fetch: typeof globalThis.fetch) => growthSource({ api: API, fetch });

const FAULTS = {
  hang: { load: () => new Promise<never>(() => {}) },
  offline: wikiThatFetches(() => Promise.reject(new TypeError('Failed to fetch'))),
  'http-500': wikiThatFetches(async () => new Response('', { status: 500 })),
} satisfies Record<string, MentorshipSource>;

const PREVIEWS: Record<Variant, unknown> = {
  invite: invitePreview,
  mentor: mentorPreview,
  mentored: mentoredPreview,
  none: nonePreview,
  'opt-in': optInPreview,
  unavailable: unavailablePreview,
};

const wiki = (viewer: PersonaId, more: OnWiki = {}) => ({ from: 'wiki', viewer, ...more }) as const;
const preview = (kind: Variant) => ({ from: 'preview', preview: kind }) as const;
const snapshot = (document: unknown) => ({ from: 'snapshot', snapshot: document }) as const;
const fault = (name: keyof typeof FAULTS) => ({ from: 'fault', fault: name }) as const;

/** Exceeds both thresholds of this wiki, 500 edits and 90 days. */
const EXPERIENCED = { editCount: 1480, registered: '2023-03-01T09:00:00Z' };
const EXPLICIT = { 'userjs-mentorship-module-explicit': '1' };
const DECLINED = { 'userjs-mentorship-module-invite': 'dismissed' };

const withHelpDesk = (wiki: FakeMediaWiki) =>
  wiki.setPage(
    'MediaWiki:GrowthExperimentsHelpPanel.json',
    JSON.stringify({ GEHelpPanelHelpDeskTitle: 'Project:Help desk' }),
  );
const withGraduation = (wiki: FakeMediaWiki) =>
  wiki.setSettings({
    GEMentorshipStartOptedOutThresholds: { enabled: true, minEditcount: 100, minTenureInDays: 30 },
  });

const onWiki = (title: string) => `https://wiki.example/wiki/${title}`;

const viewer = { name: 'Robin', registered: '2026-11-12T09:00:00Z', editCount: 12, mayEnroll: false };
const veteran = { name: 'Noor', ...EXPERIENCED, mayEnroll: true };
const program = {
  enabled: true,
  enrollUrl: onWiki('Special:EnrollAsMentor'),
  dashboardUrl: onWiki('Special:MentorDashboard'),
  homepageUrl: onWiki('Special:Homepage'),
};
const noLinks = { enabled: true, learnMoreUrl: null };
const mentor = {
  name: 'Sasha',
  editCount: 12345,
  lastActive: '2026-11-21T18:00:00Z',
  intro: 'Hello! I write about rivers and bridges, and I like to help.',
  talkUrl: onWiki('User_talk:Sasha'),
  askUrl: onWiki('User_talk:Sasha?action=edit&section=new'),
};

/** A newcomer with the given mentor. */
const mentoredBy = (change: object, rest: object = {}) =>
  snapshot({ viewer, mentor: { ...mentor, ...change }, program, ...rest });

const RIGHT_TO_LEFT_OVERRIDE = '\u202E';

const question = (text: string, rest: object) => ({ text, url: onWiki('User_talk:Sasha#Robin'), ...rest });

/** Every state of the element that has to be shown or tested. */
export const cases: readonly Case[] = [
  {
    id: 'mentored',
    title: 'A mentor, with the sample data of preview="mentored"',
    data: preview('mentored'),
    expect: 'mentored',
  },
  {
    id: 'mentored-plain',
    title: 'A mentor with introduction, no questions yet',
    data: mentoredBy({}),
    expect: 'mentored',
  },
  {
    id: 'mentored-page-title',
    title: 'A question may be about the page, and leaving has reasons: open the dialogs',
    data: wiki('n_ben'),
    expect: 'mentored',
    pageTitle: 'Help:How to add a source',
    leaveReasons: true,
  },
  {
    id: 'mentored-hostile-introduction',
    title: 'The introduction is full of markup, which stays text',
    data: wiki('n_ana'),
    expect: 'mentored',
  },
  {
    id: 'mentored-long-introduction',
    title: 'An introduction as long as the wiki allows',
    data: wiki('n_ben'),
    expect: 'mentored',
  },
  {
    id: 'mentored-rtl-mentor',
    title: 'The mentor writes from right to left',
    data: wiki('n_cy'),
    expect: 'mentored',
  },
  {
    id: 'mentored-away-stand-in',
    title: 'The mentor is away, a stand-in answers',
    data: wiki('n_dee', { page: 'homepage' }),
    expect: 'mentored',
  },
  {
    id: 'mentored-away-nobody',
    title: 'The mentor is away: no date, no stand-in',
    data: mentoredBy({ away: {} }),
    expect: 'mentored',
  },
  {
    id: 'mentored-retired',
    title: 'The mentor is no longer a mentor',
    data: mentoredBy({ retired: true }),
    expect: 'mentored',
  },
  {
    id: 'mentored-retired-help-desk',
    title: 'The mentor is no longer a mentor, and no other one is free; a help desk',
    data: mentoredBy(
      { retired: true },
      { mentorsAvailable: false, program: { ...program, helpDeskUrl: onWiki('Project:Help_desk') } },
    ),
    expect: 'mentored',
  },
  {
    id: 'mentored-blocked-until',
    title: 'The viewer is blocked for a time',
    data: mentoredBy({}, { viewer: { ...viewer, blockedUntil: '2999-12-24T00:00:00Z' } }),
    expect: 'mentored',
  },
  {
    id: 'mentored-graduating',
    title: 'A mentee who may no longer need a mentor',
    data: mentoredBy(
      {},
      { program: { ...program, graduation: { enabled: true, minimumEditCount: 10, minimumAgeDays: 7 } } },
    ),
    expect: 'mentored',
  },
  {
    id: 'mentored-away-until',
    title: 'The mentor is away until a day, no stand-in',
    data: mentoredBy({ gender: 'female', away: { until: '2026-12-24T00:00:00Z' } }),
    expect: 'mentored',
  },
  {
    id: 'mentored-question-states',
    title: 'Three questions: waiting, answered, archived',
    data: mentoredBy(
      {},
      {
        questions: [
          question('May I upload a photo that I took myself?', {
            askedAt: '2026-11-22T10:20:00Z',
            state: 'waiting',
          }),
          question('How do I add a source to the article about our bridge?', {
            askedAt: '2026-11-20T10:20:00Z',
            state: 'answered',
          }),
          question('Where can I practise before I edit an article?', {
            askedAt: '2026-10-03T10:20:00Z',
            state: 'archived',
          }),
        ],
      },
    ),
    expect: 'mentored',
  },
  {
    id: 'mentored-reply-time',
    title: 'A mentor who usually answers within two days',
    data: mentoredBy({ typicalReplyHours: 30 }),
    expect: 'mentored',
  },
  {
    id: 'mentored-long-wait',
    title: 'A question without an answer for more than a week: help desk and another mentor are offered',
    data: mentoredBy(
      {},
      {
        program: { ...program, helpDeskUrl: onWiki('Project:Help_desk') },
        questions: [
          question('May I upload a photo that I took myself?', {
            askedAt: '2026-11-08T10:20:00Z',
            state: 'waiting',
          }),
        ],
      },
    ),
    expect: 'mentored',
  },
  {
    id: 'mentored-question-states-unknown',
    title: 'Questions of which the wiki does not say whether they were answered',
    data: mentoredBy(
      {},
      {
        questions: [
          question('May I upload a photo that I took myself?', { askedAt: '2026-11-22T10:20:00Z' }),
          question('Where can I practise before I edit an article?', { askedAt: '2026-10-03T10:20:00Z' }),
        ],
      },
    ),
    expect: 'mentored',
  },
  {
    id: 'mentored-questions',
    title: 'Questions of which the wiki says how they stand, once it is asked',
    data: wiki('q_kim'),
    expect: 'mentored',
  },
  {
    id: 'mentored-long-questions',
    title: 'Questions that are long, unbroken, or in another direction; no links, no dates',
    data: mentoredBy(
      {},
      {
        questions: [
          { text: 'Is this a reliable source? '.repeat(12), state: 'waiting' },
          { text: `https://example.org/${'a'.repeat(180)}`, state: 'answered' },
          { text: 'كيف أضيف مصدراً إلى المقالة عن River؟', state: 'archived' },
        ],
      },
    ),
    expect: 'mentored',
  },
  {
    id: 'mentored-no-introduction',
    title: 'A mentor without introduction who never edited',
    data: mentoredBy({ gender: 'male', intro: null, editCount: 0, lastActive: null }),
    expect: 'mentored',
  },
  {
    id: 'mentored-unknown',
    title: 'A mentor of whom nothing but the name is known',
    data: snapshot({ viewer, mentor: { name: 'Sasha' }, program }),
    expect: 'mentored',
  },
  {
    id: 'mentored-name-markup',
    title: 'The mentor’s name is markup, the addresses are scripts; away, so the name stands in sentences',
    data: mentoredBy({
      name: '<img src=x onerror=alert(1)>',
      talkUrl: 'javascript:alert(1)',
      askUrl: 'javascript:alert(1)',
      away: {},
    }),
    expect: 'mentored',
  },
  {
    id: 'mentored-name-override',
    title: 'The mentor’s name turns the direction of what follows',
    data: mentoredBy({
      name: `Sasha ${RIGHT_TO_LEFT_OVERRIDE}nimdA`,
      away: { until: '2026-12-24T00:00:00Z' },
    }),
    expect: 'mentored',
  },
  {
    id: 'mentored-name-long',
    title: 'Names of 255 characters without a space, of mentor and stand-in',
    data: mentoredBy(
      { name: 'M'.repeat(255), away: {} },
      { standIn: { ...mentor, name: 'Wollmilchsau'.repeat(22).slice(0, 255) } },
    ),
    expect: 'mentored',
  },
  {
    id: 'mentored-explicit',
    title: 'Experienced, but asked for a mentor: no invite; “become a mentor” stays within reach',
    data: wiki('e_hal', { prepare: (wiki) => wiki.setUser('e_hal', { options: EXPLICIT }) }),
    expect: 'mentored',
  },
  {
    id: 'mentored-no-links',
    title: 'A mentor; no address is known',
    data: mentoredBy(
      { talkUrl: null, askUrl: null },
      { program: noLinks, questions: [{ text: 'May I upload a photo?', state: 'waiting' }] },
    ),
    expect: 'mentored',
  },
  {
    id: 'mentored-slots',
    title: 'Heading and footer are the host’s',
    data: preview('mentored'),
    expect: 'mentored',
    slots: { heading: 'The host’s own heading', footer: 'The host’s own footer.' },
  },
  {
    id: 'mentored-summary',
    title: 'Summary layout',
    data: preview('mentored'),
    expect: 'mentored',
    layout: 'summary',
  },
  {
    id: 'mentored-away-summary',
    title: 'Summary layout, the mentor is away',
    data: wiki('n_dee', { page: 'homepage' }),
    expect: 'mentored',
    layout: 'summary',
  },
  {
    id: 'mentored-dark',
    title: 'theme="dark", whatever the page has',
    data: preview('mentored'),
    expect: 'mentored',
    theme: 'dark',
  },
  {
    id: 'mentored-light',
    title: 'theme="light", whatever the page has',
    data: preview('mentored'),
    expect: 'mentored',
    theme: 'light',
  },
  {
    id: 'opt-in',
    title: 'An offer, with the sample data of preview="opt-in"',
    data: preview('opt-in'),
    expect: 'opt-in',
    reason: 'no-mentor',
  },
  {
    id: 'opt-in-no-mentor',
    title: 'Nobody was assigned yet',
    data: wiki('e_gus'),
    expect: 'opt-in',
    reason: 'no-mentor',
  },
  {
    id: 'opt-in-opted-out',
    title: 'The viewer has left mentorship',
    data: wiki('n_eli'),
    expect: 'opt-in',
    reason: 'opted-out',
  },
  {
    id: 'opt-in-graduated',
    title: 'The viewer has grown out of it; a help desk',
    data: wiki('e_gus', {
      prepare: (wiki) => {
        withGraduation(wiki);
        withHelpDesk(wiki);
        wiki.setUser('e_gus', { status: 'optout' });
      },
    }),
    expect: 'opt-in',
    reason: 'graduated',
  },
  {
    id: 'opt-in-declined',
    title: 'Experienced, asked for a mentor: “become a mentor” stays within reach',
    data: wiki('e_gus', {
      prepare: (wiki) => wiki.setUser('e_gus', { ...EXPERIENCED, options: { ...EXPLICIT, ...DECLINED } }),
    }),
    expect: 'opt-in',
    reason: 'no-mentor',
  },
  {
    id: 'opt-in-experienced',
    title: 'Experienced, on a wiki that gives the right to be a mentor by hand',
    data: wiki('e_gus', {
      prepare: (wiki) => {
        withHelpDesk(wiki);
        wiki.setSettings({ GEMentorshipAutomaticEligibility: false });
        wiki.setUser('e_gus', EXPERIENCED);
      },
    }),
    expect: 'opt-in',
    reason: 'experienced',
  },
  {
    id: 'opt-in-graduated-enabled',
    title: 'Above the thresholds of graduation, without a mentor',
    data: wiki('e_gus', { prepare: withGraduation }),
    expect: 'opt-in',
    reason: 'graduated',
  },
  {
    id: 'opt-in-unavailable',
    title: 'The viewer has left mentorship; no mentor is free, but there is a help desk',
    data: wiki('n_eli', {
      prepare: (wiki) => {
        withHelpDesk(wiki);
        wiki.setMentors([]);
      },
    }),
    expect: 'opt-in',
    reason: 'opted-out',
  },
  {
    id: 'opt-in-no-links',
    title: 'An offer; no address is known',
    data: snapshot({ viewer, program: noLinks }),
    expect: 'opt-in',
    reason: 'no-mentor',
  },
  {
    id: 'invite',
    title: 'An invitation, with the sample data of preview="invite"',
    data: preview('invite'),
    expect: 'invite',
  },
  {
    id: 'invite-thresholds',
    title: 'Enough edits and enough days',
    data: wiki('e_gus', { prepare: (wiki) => wiki.setUser('e_gus', EXPERIENCED) }),
    expect: 'invite',
  },
  {
    id: 'invite-unknown-age',
    title: 'An account so old that nobody knows its first day; a help desk',
    data: wiki('e_gus', {
      prepare: (wiki) => {
        withHelpDesk(wiki);
        wiki.setUser('e_gus', { ...EXPERIENCED, registered: null });
      },
    }),
    expect: 'invite',
  },
  {
    id: 'invite-by-right',
    title: 'The wiki gave the right to be a mentor by hand',
    data: wiki('e_gus', { prepare: (wiki) => wiki.setUser('e_gus', { rights: ['enrollasmentor'] }) }),
    expect: 'invite',
  },
  {
    id: 'invite-open-wiki',
    title: 'The wiki lets everybody enroll: this package’s own thresholds hold',
    data: wiki('e_gus', {
      prepare: (wiki) => {
        wiki.setSettings({ GEMentorshipMinimumEditcount: 0, GEMentorshipMinimumAge: 0 });
        wiki.setUser('e_gus', EXPERIENCED);
      },
    }),
    expect: 'invite',
  },
  {
    id: 'invite-unknown-figures',
    title: 'The right was given by hand; neither edits nor first day are known',
    data: snapshot({ viewer: { name: 'Noor', mayEnroll: true }, program }),
    expect: 'invite',
  },
  {
    id: 'invite-year',
    title: 'The right was given by hand; the number of edits is unknown',
    data: snapshot({
      viewer: { name: 'Noor', mayEnroll: true, registered: '2022-03-01T09:00:00Z' },
      program,
    }),
    expect: 'invite',
  },
  {
    id: 'invite-minimum-edits',
    title: 'The wiki asks for edits only',
    data: snapshot({ viewer: veteran, program: { ...program, minimumAgeDays: 0 } }),
    expect: 'invite',
  },
  {
    id: 'invite-with-mentor-away',
    title: 'The viewer still has a mentor, who is away; a stand-in answers',
    data: snapshot({
      viewer: veteran,
      mentor: { ...mentor, away: {} },
      standIn: { ...mentor, name: 'Lee' },
      program,
    }),
    expect: 'invite',
  },
  {
    id: 'invite-with-mentor',
    title: 'The viewer still has a mentor',
    data: wiki('e_hal'),
    expect: 'invite',
  },
  {
    id: 'invite-with-mentor-name-long',
    title: 'The viewer still has a mentor with a name of 255 characters',
    data: snapshot({ viewer: veteran, mentor: { ...mentor, name: 'M'.repeat(255) }, program }),
    expect: 'invite',
  },
  {
    id: 'invite-no-links',
    title: 'An invitation; no address is known',
    data: snapshot({ viewer: veteran, mentor: { name: 'Sasha' }, program: noLinks }),
    expect: 'invite',
  },
  {
    id: 'invite-summary',
    title: 'Summary layout',
    data: preview('invite'),
    expect: 'invite',
    layout: 'summary',
  },
  {
    id: 'mentor',
    title: 'The viewer is a mentor',
    data: wiki('m_fatima'),
    expect: 'mentor',
  },
  {
    id: 'mentor-with-mentor',
    title: 'The viewer is a mentor, and has one',
    data: wiki('m_marcus'),
    expect: 'mentor',
  },
  {
    id: 'mentor-waiting',
    title: 'A mentor on whose talk page questions are waiting',
    data: snapshot({
      viewer: { ...veteran, isMentor: true, mentoring: { waitingQuestions: 3 } },
      program,
    }),
    expect: 'mentor',
  },
  {
    id: 'mentor-no-links',
    title: 'The viewer is a mentor; no address is known',
    data: snapshot({ viewer: { ...veteran, isMentor: true }, program: noLinks }),
    expect: 'mentor',
  },
  {
    id: 'unavailable',
    title: 'No mentor is free',
    data: wiki('e_gus', { prepare: (wiki) => wiki.setMentors([]) }),
    expect: 'unavailable',
  },
  {
    id: 'unavailable-help-desk',
    title: 'No mentor is free; a help desk',
    data: wiki('e_gus', {
      prepare: (wiki) => {
        withHelpDesk(wiki);
        wiki.setMentors([]);
      },
    }),
    expect: 'unavailable',
  },
  {
    id: 'unavailable-no-links',
    title: 'No mentor is free; no address is known',
    data: snapshot({ viewer, mentorsAvailable: false, program: noLinks }),
    expect: 'unavailable',
  },
  {
    id: 'none-signed-out',
    title: 'Signed out',
    data: wiki('anon'),
    expect: 'none',
    reason: 'signed-out',
  },
  {
    id: 'none-temporary',
    title: 'A temporary account',
    data: wiki('temp'),
    expect: 'none',
    reason: 'signed-out',
  },
  {
    id: 'none-off',
    title: 'The wiki runs no program',
    data: wiki('n_ana', { prepare: (wiki) => wiki.setSettings({ GEMentorshipEnabled: false }) }),
    expect: 'none',
    reason: 'off',
  },
  {
    id: 'none-disabled',
    title: 'Mentorship is disabled for the viewer',
    data: wiki('n_flo'),
    expect: 'none',
    reason: 'disabled',
  },
  {
    id: 'none-blocked',
    title: 'The viewer is blocked without expiry',
    data: wiki('b_ivy'),
    expect: 'none',
    reason: 'blocked',
  },
  {
    id: 'core-mentored',
    title: 'Without GrowthExperiments: a mentor, three questions',
    data: wiki('q_kim', { software: 'core-1.39' }),
    expect: 'mentored',
  },
  {
    id: 'core-opt-in',
    title: 'Without GrowthExperiments: no mentor yet',
    data: wiki('e_gus', { software: 'core-1.39' }),
    expect: 'opt-in',
    reason: 'no-mentor',
  },
  {
    id: 'core-invite',
    title: 'Without GrowthExperiments: an invitation',
    data: wiki('e_hal', { software: 'core-1.39' }),
    expect: 'invite',
  },
  {
    id: 'core-mentor',
    title: 'Without GrowthExperiments: a mentor, without a dashboard',
    data: wiki('m_fatima', { software: 'core-1.39' }),
    expect: 'mentor',
  },
  {
    id: 'core-mentor-paused',
    title: 'Without GrowthExperiments: a mentor who takes a break',
    data: wiki('m_fatima', {
      software: 'core-1.39',
      prepare: (wiki) => wiki.setMentors([{ name: 'Mentor Fatima', awayTimestamp: '20261224235959' }]),
    }),
    expect: 'mentor',
  },
  {
    id: 'core-mentor-own-mentor',
    title: 'Without GrowthExperiments: a mentor who still has a mentor',
    data: wiki('m_fatima', {
      software: 'core-1.39',
      prepare: (wiki) => wiki.setMentor('m_fatima', 'Mentor Olga'),
    }),
    expect: 'mentor',
  },
  {
    id: 'core-mentor-summary',
    title: 'Without GrowthExperiments: a mentor, summary layout',
    data: wiki('m_fatima', { software: 'core-1.39' }),
    expect: 'mentor',
    layout: 'summary',
  },
  {
    id: 'preview-mentored',
    title: 'A preview of a newcomer’s card, for anybody',
    data: wiki('anon', { previewed: 'Newcomer Ana' }),
    expect: 'mentored',
  },
  {
    id: 'preview-invite',
    title: 'A preview of an experienced editor’s card, for anybody',
    data: wiki('anon', { previewed: 'Experienced Hal' }),
    expect: 'invite',
  },
  {
    id: 'loading',
    title: 'The wiki does not answer',
    data: fault('hang'),
    expect: 'loading',
  },
  {
    id: 'loading-content',
    title: 'The wiki does not answer; the host wrote something inside the tag',
    data: fault('hang'),
    expect: 'loading',
    slots: { content: 'The host’s own words while loading.' },
  },
  {
    id: 'loading-summary',
    title: 'The wiki does not answer, summary layout',
    data: fault('hang'),
    expect: 'loading',
    layout: 'summary',
  },
  {
    id: 'failed',
    title: 'The wiki answers HTTP 500',
    data: fault('http-500'),
    expect: 'failed',
  },
  {
    id: 'failed-offline',
    title: 'The wiki cannot be reached',
    data: fault('offline'),
    expect: 'failed',
  },
  {
    id: 'failed-bad-data',
    title: 'The document is no snapshot',
    data: snapshot({}),
    expect: 'failed',
  },
  {
    id: 'failed-content',
    title: 'The wiki answers HTTP 500; the host wrote something inside the tag',
    data: fault('http-500'),
    expect: 'failed',
    slots: { content: 'The host’s own words when loading failed.' },
  },
];

/** Creates the fake wiki of a case; null if the case uses none. */
export function wikiFor({ data }: Case): FakeMediaWiki | null {
  if (data.from !== 'wiki') return null;
  const wiki = new FakeMediaWiki(data.software && { software: data.software });
  data.prepare?.(wiki);
  return wiki;
}

/**
 * Returns the source of a case.
 *
 * @param one - any case
 * @param wiki - wiki of the case, for callers that change it or read its log; a new one by default
 */
export function sourceFor(one: Case, wiki = wikiFor(one)): MentorshipSource {
  const { data } = one;
  switch (data.from) {
    case 'fault':
      return FAULTS[data.fault];
    case 'preview':
      return { load: async () => parseSnapshot(PREVIEWS[data.preview]) };
    case 'snapshot':
      return { load: async () => parseSnapshot(data.snapshot) };
    case 'wiki': {
      if (!wiki) throw new Error(`${one.id} needs its wiki`);
      const page = data.page && wiki.pageVariables(data.viewer, data.page);
      const options = { api: wiki.api, fetch: signedIn(wiki.fetchAs(data.viewer)) };
      return data.previewed
        ? previewSource({ ...options, viewer: data.previewed })
        : autoSource({ ...options, page });
    }
  }
}

/**
 * Returns the properties with which the element loads the same data: an attribute for a preview, a property for a
 * document.
 */
export function propertiesFor(one: Case, wiki?: FakeMediaWiki): CaseProperties {
  const { data, layout = null, theme = null } = one;
  return {
    preview: data.from === 'preview' ? data.preview : null,
    snapshot: data.from === 'snapshot' ? data.snapshot : null,
    viewer: (data.from === 'wiki' && data.previewed) || null,
    source: data.from === 'wiki' || data.from === 'fault' ? sourceFor(one, wiki) : null,
    layout,
    theme,
  };
}

/**
 * Removes the `origin` parameter, because the wiki would otherwise treat the request as anonymous; the cases show a
 * page of the wiki itself.
 */
export function signedIn(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    url.searchParams.delete('origin');
    const { method, headers, signal } = request;
    const body = method === 'GET' ? null : await request.blob();
    return fetch(url, { method, headers, signal, body });
  };
}
