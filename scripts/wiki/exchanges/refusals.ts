// Preferences, refusals, and requests across origins.
import { enroll, question } from './edits.ts';
import type { Exchange } from './exchange.ts';
import { FATIMA } from './reads.ts';

export const preferences: readonly Exchange[] = [
  {
    file: 'writes/option',
    as: 'n_ana',
    post: { action: 'options', optionname: 'userjs-mentorship-mentor', optionvalue: 'Mentor Marcus' },
  },
  {
    file: 'writes/options',
    as: 'n_ana',
    post: {
      action: 'options',
      change:
        '\u001fuserjs-mentorship-status=opted-out\u001fuserjs-mentorship-mentor\u001fuserjs-mentorship-questions=[{"text":"a|b = c"}]',
    },
  },
  {
    file: 'writes/options-after',
    as: 'n_ana',
    get: { action: 'query', meta: 'userinfo', uiprop: 'options' },
  },
  {
    file: 'writes/option-forbidden',
    as: 'n_ana',
    post: { action: 'options', change: '\u001fmentorship-mentor=x\u001fuserjs-a=1' },
  },
  {
    file: 'writes/option-too-long',
    as: 'n_ana',
    post: { action: 'options', optionname: 'userjs-mentorship-questions', optionvalue: 'é'.repeat(32_766) },
  },
  { file: 'writes/options-none', as: 'n_ana', post: { action: 'options' } },
  {
    file: 'writes/option-blocked',
    as: 'b_ivy',
    post: { action: 'options', optionname: 'userjs-mentorship-mentor', optionvalue: 'Mentor Olga' },
  },
  {
    file: 'writes/option-anon',
    as: 'anon',
    post: { action: 'options', optionname: 'userjs-a', optionvalue: '1', assertuser: null },
  },
];

export const refusals: readonly Exchange[] = [
  { file: 'writes/badtoken', as: 'n_ana', post: { ...question, token: 'wrong+\\' } },
  { file: 'writes/notoken', as: 'n_ana', post: { ...question, token: null } },
  { file: 'writes/assertuser-other', as: 'n_ana', post: { ...question, assertuser: 'Newcomer Ben' } },
  { file: 'writes/assertuser-anon', as: 'anon', post: { ...question, assertuser: 'Newcomer Ana' } },
  {
    file: 'writes/unknown-action',
    as: 'n_ana',
    post: { action: 'growthsetmentor', mentee: 'Newcomer Ana', mentor: 'Mentor Olga' },
  },
  { file: 'writes/edit-readonly', as: 'n_ana', readOnly: 'Maintenance', post: question },
  {
    file: 'writes/option-readonly',
    as: 'n_ana',
    readOnly: 'Maintenance',
    post: { action: 'options', change: '\u001fuserjs-a=2' },
  },
  {
    file: 'writes/edit-ratelimited',
    as: 'n_ana',
    settings: { wgRateLimits: { edit: { user: [1, 60] } } },
    twice: true,
    post: { ...question, title: 'User talk:Mentor Olga' },
  },
  { file: 'writes/edit-captcha', as: 'n_ana', captcha: true, post: question },
  {
    file: 'writes/edit-deleted',
    as: 'e_gus',
    at: '11:00:09',
    deleted: 'Project:Friends.json',
    post: { ...enroll, title: 'Project:Friends.json', text: '{}', starttimestamp: '2026-11-22T11:00:08Z' },
  },
  { file: 'writes/edit-partially-blocked', as: 'b_jan', post: { ...question, title: 'Moon' } },
  { file: 'writes/question-blocked', as: 'b_ivy', post: question },
  {
    file: 'writes/question-autoblocked',
    note: 'from the address at which a blocked person has just tried to edit',
    as: 'n_ana',
    autoblocked: true,
    post: question,
  },
  { file: 'writes/edit-protected', as: 'n_ana', protected: FATIMA, post: question },
];

const listed = 'https://host.example';
const whoAmI = { action: 'query', meta: 'userinfo', uiprop: 'groups' };

export const crossOrigin: readonly Exchange[] = [
  { file: 'cors/star', as: 'n_ana', origin: listed, get: { ...whoAmI, origin: '*' } },
  {
    file: 'cors/star-token',
    as: 'n_ana',
    origin: listed,
    get: { action: 'query', meta: 'tokens', origin: '*' },
  },
  { file: 'cors/listed', as: 'n_ana', origin: listed, get: { ...whoAmI, origin: listed } },
  {
    file: 'cors/listed-post',
    as: 'n_ana',
    origin: listed,
    query: { origin: listed },
    post: { action: 'options', change: '\u001fuserjs-a=3' },
  },
  {
    file: 'cors/listed-preflight',
    as: 'anon',
    origin: listed,
    preflight: { action: 'options', origin: listed },
  },
  {
    file: 'cors/unlisted',
    as: 'n_ana',
    origin: 'https://else.example',
    get: { ...whoAmI, origin: 'https://else.example' },
  },
  { file: 'cors/mismatch', as: 'n_ana', origin: 'https://else.example', get: { ...whoAmI, origin: listed } },
];
