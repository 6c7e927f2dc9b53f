// Questions and enrollments on a wiki without GrowthExperiments.
import { isObject, valueAt } from '../answers.ts';
import type { Exchange } from './exchange.ts';
import { CONTENT, FATIMA, MENTORS } from './reads.ts';

const SECTION = 'Newcomer Ana (2026-11-22 11:00:00)';

export const question = {
  action: 'edit',
  title: FATIMA,
  section: 'new',
  sectiontitle: SECTION,
  text: 'How do I add a picture? --~~~~',
  summary: `/* ${SECTION} */ #mentorship-question`,
};

const entry = (username: string) => ({ message: null, weight: 2, username });

/** Adds a mentor. JSON.stringify sorts numeric keys. */
const withMentor = (text: string, id: string, username: string) => {
  const mentors = valueAt(JSON.parse(text), 'Mentors');
  const all = { ...(isObject(mentors) && mentors), [id]: entry(username) };
  return JSON.stringify({ Mentors: all }, null, '\t');
};

export const enroll = { action: 'edit', title: MENTORS, summary: '#mentorship-enrol' };

export const asking: readonly Exchange[] = [
  { file: 'writes/question', as: 'n_ana', at: '11:00:01', post: question },
  {
    file: 'writes/question-find',
    as: 'n_ana',
    get: {
      action: 'query',
      meta: 'siteinfo',
      list: 'usercontribs',
      ucuser: 'Newcomer Ana',
      uclimit: '20',
      ucprop: 'ids|title|comment|timestamp',
    },
  },
  {
    file: 'writes/question-compare',
    as: 'n_ana',
    get: ({ newest, before }) => ({
      action: 'query',
      prop: 'revisions',
      revids: `${before}|${newest}|9999`,
      rvprop: 'ids|content',
      rvslots: 'main',
    }),
  },
  {
    file: 'writes/question-repeated',
    note: 'the last edit of the page is by the same person and says the same: a repetition, to a wiki that knows the base',
    as: 'n_ana',
    at: '11:00:02',
    post: ({ before }) => ({ ...question, baserevid: before }),
  },
  {
    file: 'writes/question-first-on-page',
    as: 'e_hal',
    at: '11:00:03',
    post: { ...question, title: 'User talk:Mentor Nina', text: '[[:Moon]]\n\nWhere? ~~~~', summary: '' },
  },
  { file: 'writes/question-blank', as: 'n_ana', post: { ...question, text: '' } },
  { file: 'writes/question-of-partially-blocked', as: 'b_jan', at: '11:00:04', post: question },
];

export const enrolling: readonly Exchange[] = [
  {
    file: 'writes/enrol',
    as: 'e_hal',
    at: '11:00:05',
    post: ({ list, base }) => ({
      ...enroll,
      text: withMentor(list, '15', 'Experienced Hal'),
      baserevid: base,
      starttimestamp: '2026-11-22T11:00:00Z',
      nocreate: '1',
    }),
  },
  {
    file: 'writes/enrol-conflict',
    as: 'e_gus',
    post: ({ list, base }) => ({
      ...enroll,
      text: withMentor(list, '14', 'Editor Gus'),
      baserevid: base,
      nocreate: '1',
    }),
  },
  {
    file: 'writes/enrol-merged',
    note: 'changed from a stale base, but elsewhere on the page: diff3 merges',
    as: 'm_fatima',
    at: '11:00:06',
    post: ({ list, base }) => ({
      ...enroll,
      text: list.replace('"weight": 4', '"weight": 1'),
      baserevid: base,
    }),
  },
  {
    file: 'writes/enrol-nochange',
    as: 'e_hal',
    post: ({ list, base }) => ({ ...enroll, text: list, baserevid: base }),
  },
  { file: 'writes/enrol-createonly', as: 'e_gus', post: { ...enroll, text: '{}', createonly: '1' } },
  { file: 'writes/enrol-no-json', as: 'e_gus', post: { ...enroll, text: '{"Mentors": ' } },
  {
    file: 'writes/enrol-nocreate',
    as: 'e_gus',
    post: { ...enroll, title: 'Project:None.json', text: '{}', nocreate: '1' },
  },
  {
    file: 'writes/enrol-other-page',
    as: 'e_gus',
    at: '11:00:07',
    post: {
      ...enroll,
      title: 'Project:Helpers.json',
      text: '{"Mentors": {"14": "~~~~ <"}}',
      createonly: '1',
    },
  },
  {
    file: 'writes/enrol-json-page',
    as: 'e_gus',
    at: '11:00:08',
    post: {
      ...enroll,
      title: 'Project:Friends.json',
      text: '{"Mentors": {"14": "~~~~ <"}}',
      createonly: '1',
      contentmodel: 'json',
    },
  },
  {
    file: 'writes/enrol-pages',
    as: 'e_gus',
    get: { ...CONTENT, titles: 'Project:Helpers.json|Project:Friends.json' },
  },
  {
    file: 'writes/settings-page',
    as: 'e_gus',
    post: { action: 'edit', title: 'MediaWiki:Mentorship.json', text: '{}' },
  },
];
