import assert from 'node:assert/strict';
import test from 'node:test';
import { FakeMediaWiki, type PersonaId } from './fake-mediawiki/index.ts';
import { signature } from './fake-mediawiki/talk.ts';
import { createWikiClient, NOW } from './fake-wiki-client.ts';
import { readRecording } from './recorded-wiki.ts';
import { countWaitingQuestions, typicalReplyHours } from '../src/sdk/mediawiki/talk-page.ts';
import { toRecords } from '../src/sdk/coerce.js';
import { toJsonObject } from './to-json-object.ts';
import { mediawikiSource } from '../src/sdk/index.js';

const HOUR_MS = 3_600_000;
const FATIMA = 'Mentor Fatima';
const KIM = 'Questioner Kim';

const hoursAgo = (hours: number) => new Date(NOW.getTime() - hours * HOUR_MS);
const signed = (name: string, hours: number) => `Text. --${signature(name, hoursAgo(hours))}`;
/** Returns a section in which a question, asked hours ago, was answered some hours later; null: not answered. */
const section = (
  asker: string,
  { asked = 100, after = null, by = FATIMA, heading = `${asker} (${asked})` }: SectionOptions,
) =>
  [
    `== ${heading} ==\n`,
    signed(asker, asked),
    ...(after === null ? [] : [`:${signed(by, asked - after)}`]),
  ].join('\n');

interface SectionOptions {
  asked?: number;
  after?: number | null;
  by?: string;
  heading?: string;
}

const GUS = 'Editor Gus';
const answered = (...hours: number[]) => hours.map((after) => section(GUS, { after, asked: after + 50 }));

async function figures(
  sections: readonly string[],
  { viewer = 'q_kim', name = FATIMA }: { viewer?: PersonaId; name?: string } = {},
) {
  const wiki = new FakeMediaWiki();
  wiki.setPage(`User talk:${name}`, sections.join('\n\n'));
  return createWikiClient(wiki, viewer).readTalkPage(name);
}
const hoursOf = async (...sections: string[]) => (await figures(sections)).typicalReplyHours;
const waitingOf = async (...sections: string[]) => (await figures(sections)).waitingQuestions;

test('reply time: is the median of at least five answers, in hours, rounded up', async () => {
  assert.equal(await hoursOf(...answered(1, 2, 3, 4)), null);
  assert.equal(await hoursOf(...answered(5, 1, 40, 2, 3)), 3);
  assert.equal(await hoursOf(...answered(1, 2, 3, 4, 50, 60)), 4);
  assert.equal(await hoursOf(...answered(1, 2, 2.5, 4, 50)), 3);
  assert.equal(await hoursOf(...answered(0, 0, 0, 0, 0)), 0);
});

test('reply time: counts only what others asked and the mentor answered, in the last year', async () => {
  const four = answered(1, 2, 3, 4);
  assert.equal(await hoursOf(...four, section(FATIMA, { after: 1, by: FATIMA })), null, 'by the mentor');
  assert.equal(await hoursOf(...four, section(KIM, { after: 1 })), null, 'by the viewer');
  assert.equal(await hoursOf(...four, section(GUS, { after: 1, by: 'Mentor Marcus' })), null, 'by others');
  assert.equal(await hoursOf(...four, section(GUS, { after: 1, asked: 366 * 24 })), null, 'old');
  assert.equal(await hoursOf(...four, section(GUS, { after: 1, asked: 364 * 24 })), 2);
  assert.equal(await hoursOf(...four, section(GUS, { after: 1, heading: 'Help' })), 2, 'another heading');
});

test('reply time: is unknown if as many questions have waited longer and are not answered', async () => {
  const open = (count: number, asked: number, heading?: string) =>
    Array.from({ length: count }, () => section(GUS, { asked, ...(heading && { heading }) }));
  const five = answered(1, 2, 3, 4, 5);
  assert.equal(await hoursOf(...five, ...open(4, 90)), 3);
  assert.equal(await hoursOf(...five, ...open(5, 90)), null);
  assert.equal(await hoursOf(...five, ...open(5, 2)), 3, 'they are recent');
  assert.equal(await hoursOf(...five, ...open(5, 90, 'Newsletter 12')), 3, 'they are no questions');
});

test('waiting: counts questions of others that nobody has answered', async () => {
  assert.equal(await waitingOf(), 0);
  assert.equal(await waitingOf(section(GUS, {}), section(KIM, {})), 2);
  assert.equal(await waitingOf(section(GUS, { after: 1 })), 0, 'answered');
  assert.equal(await waitingOf(section(GUS, { after: 1, by: 'Mentor Marcus' })), 0, 'answered by another');
  assert.equal(await waitingOf(section(GUS, { after: 1, by: GUS })), 1, 'with an addition');
  assert.equal(await waitingOf(section(FATIMA, {})), 0, 'by the mentor');
  assert.equal(await waitingOf(section(GUS, { heading: 'Newsletter 12' })), 0, 'no question');
  const heading = `Question from [[User:${GUS}|${GUS}]] (10:45, 22 November 2026)`;
  assert.equal(await waitingOf(section(GUS, { heading })), 1, 'asked with GrowthExperiments');
  assert.equal(await waitingOf('== Empty ==\n\nNo signature.'), 0);
});

test('figures: are read from recorded threads', () => {
  const { body } = readRecording('q_kim/16-discussiontoolspageinfo-mentor-talk.json').response;
  const threads = toRecords(toJsonObject(body).discussiontoolspageinfo?.threaditemshtml);
  assert.equal(countWaitingQuestions(threads, FATIMA), 1);
  assert.equal(typicalReplyHours(threads, { owner: FATIMA, except: undefined, now: NOW }), null);
  const five = Array.from({ length: 5 }, () => threads[0] ?? {});
  assert.equal(typicalReplyHours(five, { owner: FATIMA, except: undefined, now: NOW }), 1, 'two minutes');
  assert.equal(typicalReplyHours(five, { owner: FATIMA, except: KIM, now: NOW }), null);
});

test('figures: survive a name with signs, a long heading, sections within and nonsense', () => {
  const comment = (author: unknown, replies: unknown[] = []) => ({
    type: 'comment',
    author,
    timestamp: '2026-11-20T10:00:00Z',
    replies,
  });
  const heading = (id: unknown, html: unknown, replies: unknown) =>
    toJsonObject({ type: 'heading', id, html, replies });
  const name = `Anna's "Quote" & Sons`;
  const html = '<span id="x"></span>Question from <a href="./x">Anna\'s "Quote" &amp; Sons</a>';
  assert.equal(countWaitingQuestions([heading('h-cut', html, [comment(name)])], 'A'), 1);
  const id = 'h-Question_from_Anna\'s_"Quote"_&_Sons_(10:00)-20261120100000';
  assert.equal(countWaitingQuestions([heading(id, null, [comment(name)])], 'A'), 1);
  const within = heading('h-B', '', [comment('B')]);
  const answeredWithin = heading('h-C', '', [comment('C'), heading('h-x', '', [comment('A')]), within]);
  assert.equal(countWaitingQuestions([answeredWithin], 'A'), 2, 'each section counts for itself');
  for (const replies of [null, 7, [null], [comment(7)], [comment('')], [{ type: 'comment', author: 'B' }]])
    assert.equal(countWaitingQuestions([heading('h-B', null, replies)], 'A'), 0);
});

test('figures: are unknown without DiscussionTools or the page', async () => {
  const unknown = { typicalReplyHours: null, waitingQuestions: null, talkUrl: null };
  const wiki = new FakeMediaWiki();
  assert.deepEqual(await createWikiClient(wiki, 'n_ana').readTalkPage('Mentor Nobody'), unknown);
  const core = new FakeMediaWiki({ software: 'core-1.39' });
  const plain = createWikiClient(core, 'n_ana', { source: mediawikiSource });
  assert.deepEqual(await plain.readTalkPage(FATIMA), unknown);
});

test('figures: have the URL of the viewer’s own talk page', async () => {
  const own = await figures([section(GUS, {})], { viewer: 'm_fatima' });
  assert.deepEqual(own, {
    typicalReplyHours: null,
    waitingQuestions: 1,
    talkUrl: 'https://wiki.example/wiki/User_talk:Mentor_Fatima',
  });
  assert.equal((await figures([], {})).talkUrl, null);
});

test('client: publishes figures only if they are new, and keeps them after a write', async () => {
  const wiki = new FakeMediaWiki();
  const client = createWikiClient(wiki, 'n_ana');
  const { mentor } = await client.load();
  assert.ok(mentor);
  let updates = 0;
  client.subscribe(() => updates++);
  const reply = { typicalReplyHours: 30, waitingQuestions: null, talkUrl: null };
  await client.setTalkPage(mentor.name, reply);
  await client.setTalkPage(mentor.name, reply);
  await client.setTalkPage('Somebody else', reply);
  assert.equal(updates, 1);
  const after = await client.join();
  assert.equal(after.mentor?.typicalReplyHours, 30);
  const next = await client.chooseMentor('Mentor Marcus');
  assert.equal(next.mentor?.typicalReplyHours, null, 'another mentor');
});

test('client: keeps the number of waiting questions of a mentor', async () => {
  const client = createWikiClient(new FakeMediaWiki(), 'm_fatima');
  const figures = { typicalReplyHours: null, waitingQuestions: 2, talkUrl: 'https://wiki.example/wiki/T' };
  const { viewer } = await client.setTalkPage(FATIMA, figures);
  const { typicalReplyHours: _, ...talkPage } = figures;
  assert.deepEqual(viewer?.talkPage, talkPage);
  assert.equal(viewer.mentoring, null, 'a dashboard has the actions of mentors');
  assert.deepEqual((await client.declineInvite()).viewer?.talkPage, talkPage, 'kept after a write');
  const none = { ...figures, waitingQuestions: null };
  assert.equal((await client.setTalkPage(FATIMA, none)).viewer?.talkPage?.waitingQuestions, null);
});
