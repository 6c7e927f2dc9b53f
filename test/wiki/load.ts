import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  autoSource,
  createClient,
  decide,
  mediawikiSource,
  previewSource,
  type Snapshot,
  type Decision,
} from '../../src/sdk/index.ts';
import { signIn, rejection } from './signed-in-client.ts';
import { changeSettings, MENTORS, SETTINGS, type Wiki } from './start-wiki.ts';

const COUNTS = ['', ', one question', ', two questions', ', three questions'];

const cardOf = (snapshot: Snapshot): Decision => decide(snapshot, new Date());

/** Describes a card in the format of scripts/wiki/people.ts. */
function describeDecision(decision: Decision): string {
  if (decision.variant === 'none' || decision.variant === 'opt-in')
    return `${decision.variant} (${decision.reason.replaceAll('-', ' ')})`;
  if (decision.variant === 'invite') return decision.mentor ? 'invite, keeping the mentor' : 'invite';
  if (decision.variant !== 'mentored') return decision.variant;
  const away = decision.mentor.away ? ', the mentor is away' : '';
  return `mentored${away}${COUNTS[decision.questions.length] ?? ''}`;
}

/** Removes remarks of the list that describe no other card. */
const withoutRemark = (card: string) => card.replace(/^(mentor(?:ed)?) \(.*/, '$1');

const ACCOUNTS = [
  ...['admin', 'm_fatima', 'm_marcus', 'm_salem', 'm_olga', 'm_nina', 'n_ana', 'n_ben', 'n_cy', 'n_dee'],
  ...['n_eli', 'n_flo', 'e_gus', 'e_hal', 'b_ivy', 'b_jan', 'n_rtl', 'q_kim', 'x_lou'],
];

export const loadTests = (getWiki: () => Wiki) =>
  describe('loading', () => {
    it('the tests cover every account', () => {
      assert.deepEqual(Object.keys(getWiki().accounts).sort(), [...ACCOUNTS].sort());
    });

    for (const id of ACCOUNTS)
      it(`${id} gets the right card in one round of requests, or two for a mentor or a block`, async () => {
        const wiki = getWiki();
        const counts = [];
        for (const make of [autoSource, mediawikiSource]) {
          const { client, requests } = await signIn(wiki, id, { make });
          const [snapshot] = await Promise.all([client.load(), client.load()]);
          const card = cardOf(snapshot);
          assert.equal(describeDecision(card), withoutRemark(wiki.accounts[id]?.card ?? ''));
          // `userinfo` does not tell if a block is of the account or of its address.
          const isBlocked = card.variant === 'none' && card.reason === 'blocked';
          const isPublic = ({ url }: { url: string }) => url.includes('smaxage=');
          assert.equal(requests.filter(isPublic).length, 1, 'the settings and the list are up to date');
          counts.push(requests.length - (isBlocked || ('mentor' in card && card.mentor) ? 1 : 0));
        }
        assert.deepEqual(counts, [2, 2]);
      });

    it('does not repeat a request for loaded data', async () => {
      const { client, requests } = await signIn(getWiki(), 'n_ana');
      const first = await client.load();
      assert.equal(await client.load(), first);
      assert.equal(requests.length, 3);
      await client.refresh();
      assert.equal(requests.length, 6);
    });

    it('changes neither a preference nor a page', async () => {
      const wiki = getWiki();
      const before = await wiki.optionsOf('e_gus');
      const { client, requests } = await signIn(wiki, 'e_gus');
      await client.load();
      assert.deepEqual(await wiki.optionsOf('e_gus'), before);
      assert.ok(requests.every(({ method }) => method === 'GET'));
    });

    it('shows no card for an anonymous viewer, with one round of requests', async () => {
      let asked = 0;
      const source = autoSource({
        api: getWiki().api,
        fetch: (input, init) => {
          asked += 1;
          return fetch(input, init);
        },
      });
      assert.equal(describeDecision(cardOf(await createClient({ source }).load())), 'none (signed out)');
      assert.equal(asked, 2);
    });

    it('returns a mentor with all data of the wiki', async () => {
      const { client } = await signIn(getWiki(), 'n_ana');
      const { mentor } = await client.load();
      assert.equal(mentor?.name, 'Mentor Fatima');
      assert.equal(mentor.gender, 'female');
      assert.equal(mentor.editCount, 12345);
      assert.match(mentor.intro ?? '', /^Hi! Ask me about '''sources'''/);
      assert.equal(mentor.talkUrl, getWiki().pageUrl('User talk:Mentor Fatima'));
      const away = (await (await signIn(getWiki(), 'n_dee')).client.load()).mentor?.away?.until;
      assert.ok(Date.parse(away ?? '') > Date.now() + 29 * 86_400_000);
    });

    it('returns waiting, answered and archived questions', async () => {
      const { client } = await signIn(getWiki(), 'q_kim');
      await client.load();
      const { questions } = await client.refreshQuestions();
      assert.deepEqual(
        questions.map(({ state }) => state),
        ['waiting', 'answered', 'archived'],
      );
    });

    it('an invalid settings page is an error that names the field', async () => {
      const wiki = getWiki();
      for (const [field, value] of Object.entries({
        GEMentorshipMinimumAge: 'ninety',
        GEMentorshipMinimumEditcount: -1,
        GEMentorshipEnabled: 'yes',
        mentorsPage: '<nowhere>',
        enrolGroups: 'autoconfirmed',
        helpDeskUrl: 'javascript:alert(1)',
      })) {
        await changeSettings(wiki, { [field]: value });
        const { code, message } = await rejection((await signIn(wiki, 'n_ana')).client.load());
        assert.equal(code, 'bad-data');
        assert.match(message, new RegExp(`${SETTINGS}.*“${field}”`));
        await wiki.reset();
      }
    });

    it('a deleted settings page means no program', async () => {
      const wiki = getWiki();
      await wiki.as('admin').post({ action: 'delete', title: SETTINGS });
      const { client } = await signIn(wiki, 'n_ana');
      assert.equal(describeDecision(cardOf(await client.load())), 'none (off)');
    });

    it('a wiki without a list of mentors has none available', async () => {
      const wiki = getWiki();
      await wiki.as('admin').post({ action: 'delete', title: MENTORS });
      const { client } = await signIn(wiki, 'e_gus');
      assert.equal(describeDecision(cardOf(await client.load())), 'unavailable');
      assert.equal((await rejection(client.join())).code, 'no-mentor');
    });

    it('an invalid list does not hide an assigned mentor', async () => {
      const wiki = getWiki();
      await wiki.edit(MENTORS, '["nobody"]');
      const { client } = await signIn(wiki, 'n_ana');
      const snapshot = await client.load();
      assert.equal(cardOf(snapshot).variant, 'mentored');
      assert.equal(snapshot.mentorsAvailable, null);
    });

    it('the settings can name another list, which takes one more request', async () => {
      const wiki = getWiki();
      const other = 'Project:Guides.json';
      const answer = await wiki.as(null).get({ action: 'query', list: 'users', ususers: 'Mentor Olga' });
      const { users } = answer['query'] as { users: { userid: number }[] };
      const id = String(users[0]?.userid);
      const list = { Mentors: { [id]: { username: 'Mentor Olga', message: 'Guide', weight: 1 } } };
      await wiki.edit(other, JSON.stringify(list), 'admin');
      await changeSettings(wiki, { mentorsPage: other });
      const { client, requests } = await signIn(wiki, 'e_gus');
      assert.deepEqual((await client.load()).mentorsAvailable, true);
      assert.equal(requests.length, 3);
      assert.deepEqual(
        (await client.getMentors()).map(({ name }) => name),
        ['Mentor Olga'],
      );
      assert.equal((await client.join()).mentor?.name, 'Mentor Olga');
    });

    it('members of a group may enroll regardless of the thresholds', async () => {
      const wiki = getWiki();
      await changeSettings(wiki, { enrolGroups: ['sysop'] });
      const admin = await (await signIn(wiki, 'admin')).client.load();
      assert.equal(admin.viewer?.mayEnroll, true);
      assert.equal(cardOf(admin).variant, 'invite');
      const gus = await (await signIn(wiki, 'e_gus')).client.load();
      assert.equal(gus.viewer?.mayEnroll, null);
      await changeSettings(wiki, { GEMentorshipAutomaticEligibility: false });
      const hal = await (await signIn(wiki, 'e_hal')).client.load();
      assert.equal(hal.viewer?.mayEnroll, false);
      assert.equal(cardOf(hal).variant, 'mentored');
    });

    it('a preview contains public data only and has no actions', async () => {
      const wiki = getWiki();
      const cards = {
        n_ana: 'opt-in (no mentor)',
        e_hal: 'invite',
        m_olga: 'mentor',
        b_ivy: 'none (blocked)',
      };
      for (const [id, card] of Object.entries(cards)) {
        const client = createClient({
          source: previewSource({ api: wiki.api, viewer: wiki.accounts[id]?.name ?? '' }),
        });
        assert.equal(describeDecision(cardOf(await client.load())), card);
        assert.equal((await rejection(client.leave())).code, 'unsupported');
      }
      const nobody = createClient({ source: previewSource({ api: wiki.api, viewer: 'No such user' }) });
      assert.equal((await rejection(nobody.load())).code, 'bad-attribute');
    });
  });
