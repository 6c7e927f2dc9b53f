// Reads of a client on a wiki without GrowthExperiments.
import type { Exchange } from './exchange.ts';

export const MENTORS = 'Project:Mentors.json';
export const FATIMA = 'User talk:Mentor Fatima';

const OLDER = ['Config', 'Mentorship', 'HelpPanel'].map((name) => `MediaWiki:GrowthExperiments${name}.json`);

export const CONTENT = { action: 'query', prop: 'revisions', rvprop: 'ids|content', rvslots: 'main' };

const BATCH = {
  ...CONTENT,
  rvprop: 'content',
  meta: 'siteinfo|userinfo',
  siprop: 'general',
  uiprop: 'editcount|registrationdate|rights|groups|blockinfo|options|email',
  titles: [...OLDER, 'MediaWiki:Mentorship.json', MENTORS].join('|'),
  list: 'growthmentorlist',
};

const PUBLIC_TITLES = [
  'MediaWiki:GrowthExperimentsConfig.json',
  'MediaWiki:GrowthExperimentsMentorship.json',
  'MediaWiki:GrowthExperimentsHelpPanel.json',
  'MediaWiki:Mentorship.json',
  'MediaWiki:GrowthMentors.json',
  MENTORS,
].join('|');

const PUBLIC_PAGES = {
  ...CONTENT,
  meta: 'siteinfo',
  list: 'growthmentorlist',
  titles: PUBLIC_TITLES,
  uselang: 'content',
  maxage: '86400',
  smaxage: '300',
};

/** Fields that are public. */
const { uiprop: _, ...PUBLIC } = BATCH;

const profile = (name: string) => ({
  action: 'query',
  list: 'users|usercontribs',
  ususers: name,
  usprop: 'editcount|gender',
  ucuser: name,
  uclimit: '1',
  ucprop: 'timestamp',
});

const VIEWERS = {
  anon: null,
  n_ana: 'Mentor Fatima',
  n_ben: 'Mentor Marcus',
  n_eli: null,
  q_kim: null,
  b_ivy: null,
  b_jan: null,
  e_gus: null,
  e_hal: 'Mentor Nina',
  m_fatima: null,
  n_rtl: 'مرشد سالم',
};

export const viewers: readonly Exchange[] = Object.entries(VIEWERS).flatMap(([as, mentor]) => [
  { file: `viewers/${as}-batch`, as, get: BATCH },
  ...(mentor ? [{ file: `viewers/${as}-profile`, as, get: profile(mentor) }] : []),
]);

export const reads: readonly Exchange[] = [
  {
    file: 'reads/questions',
    as: 'q_kim',
    get: {
      action: 'query',
      meta: 'siteinfo|userinfo',
      uiprop: 'options',
      siprop: 'general|namespaces|namespacealiases',
    },
  },
  { file: 'reads/talk-page', as: 'q_kim', get: { ...CONTENT, titles: FATIMA } },
  {
    file: 'reads/terms',
    as: 'n_ana',
    get: { action: 'query', meta: 'siteinfo', siprop: 'general|rightsinfo', prop: 'info', titles: FATIMA },
  },
  {
    file: 'reads/prepare',
    as: 'n_ana',
    get: {
      action: 'query',
      meta: 'tokens|userinfo|siteinfo',
      uiprop: 'options|blockinfo',
      list: 'usercontribs',
      uclimit: '1',
      ucprop: 'ids',
      ucuser: 'Newcomer Ana',
    },
  },
  {
    file: 'reads/mentors-page',
    as: 'e_hal',
    get: { ...CONTENT, curtimestamp: '1', titles: `MediaWiki:Mentorship.json|${MENTORS}` },
  },
  {
    file: 'reads/profiles',
    as: 'n_eli',
    get: {
      ...profile('Mentor Fatima|Mentor Marcus|Mentor Olga|Blocked Ivy|Nobody'),
      usprop: 'editcount|gender|blockinfo',
      ucend: '2026-10-23T11:00:00.000Z',
      uclimit: 'max',
    },
  },
  {
    file: 'reads/public-viewer',
    as: 'anon',
    get: {
      ...PUBLIC,
      meta: 'siteinfo',
      list: 'users|growthmentorlist',
      ususers: 'Experienced Hal',
      usprop: 'editcount|registration|gender|rights|blockinfo',
      origin: '*',
    },
  },
  {
    file: 'reads/mentor-function',
    as: 'n_ana',
    get: { action: 'expandtemplates', prop: 'wikitext', text: '{{#mentor:Newcomer Ana}}' },
  },
  { file: 'reads/public', as: 'n_ana', note: 'any cache may store it', get: PUBLIC_PAGES },
  {
    file: 'reads/public-renewed',
    as: 'n_ana',
    note: 'the revisions are part of the URL',
    get: { ...PUBLIC_PAGES, requestid: '4,5' },
  },
  {
    file: 'reads/public-in-own-language',
    as: 'n_ana',
    note: 'without uselang, only the browser of the viewer may store it',
    get: { ...PUBLIC_PAGES, uselang: null },
  },
  {
    file: 'reads/public-of-administrator',
    as: 'admin',
    note: 'administrators may see deleted revisions, so only their browsers may store it',
    get: PUBLIC_PAGES,
  },
  {
    file: 'reads/viewer',
    as: 'n_ana',
    note: 'with the revisions of the public pages',
    get: {
      action: 'query',
      prop: 'revisions',
      rvprop: 'ids',
      titles: PUBLIC_TITLES,
      meta: 'userinfo',
      uiprop: 'editcount|registrationdate|rights|groups|blockinfo|options|email',
    },
  },
  { file: 'reads/unknown-action', as: 'n_ana', get: { action: 'homepagequestionstore' } },
];
