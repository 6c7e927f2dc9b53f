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
import { person, refusal } from './person.ts';
import { changeSettings, MENTORS, SETTINGS, type Wiki } from './wiki.ts';

const COUNTS = ['', ', one question', ', two questions', ', three questions'];

const cardOf = (snapshot: Snapshot): Decision => decide(snapshot, new Date());

/** A card in the words of scripts/wiki/people.ts. */
function wordsFor(decision: Decision): string {
  if (decision.variant === 'none' || decision.variant === 'opt-in')
    return `${decision.variant} (${decision.reason.replaceAll('-', ' ')})`;
  if (decision.variant === 'invite') return decision.mentor ? 'invite, keeping the mentor' : 'invite';
  if (decision.variant !== 'mentored') return decision.variant;
  const away = decision.mentor.away ? ', the mentor is away' : '';
  return `mentored${away}${COUNTS[decision.questions.length] ?? ''}`;
}

/** What the list says besides, which is no other card. */
const withoutRemark = (card: string) => card.replace(/^(mentor(?:ed)?) \(.*/, '$1');

const ACCOUNTS = [
  ...['admin', 'm_fatima', 'm_marcus', 'm_salem', 'm_olga', 'm_nina', 'n_ana', 'n_ben', 'n_cy', 'n_dee'],
  ...['n_eli', 'n_flo', 'e_gus', 'e_hal', 'b_ivy', 'b_jan', 'n_rtl', 'q_kim', 'x_lou'],
];

export const reading = (here: () => Wiki) =>
  describe('reading', () => {
    it('every account is known to these tests', () => {
      assert.deepEqual(Object.keys(here().accounts).sort(), [...ACCOUNTS].sort());
    });

    for (const id of ACCOUNTS)
      it(`${id} sees the right card, after one request, or two where a mentor matters`, async () => {
        const wiki = here();
        const counts = [];
        for (const make of [autoSource, mediawikiSource]) {
          const { client, requests } = await person(wiki, id, { make });
          const [snapshot] = await Promise.all([client.load(), client.load()]);
          const card = cardOf(snapshot);
          assert.equal(wordsFor(card), withoutRemark(wiki.accounts[id]?.card ?? ''));
          assert.equal(requests.length, 'mentor' in card && card.mentor ? 2 : 1);
          counts.push(requests.length);
        }
        assert.equal(counts[0], counts[1]);
      });

    it('what is loaded is not asked for again', async () => {
      const { client, requests } = await person(here(), 'n_ana');
      const first = await client.load();
      assert.equal(await client.load(), first);
      assert.equal(requests.length, 2);
      await client.refresh();
      assert.equal(requests.length, 4);
    });

    it('reading changes nothing: neither a preference nor a page', async () => {
      const wiki = here();
      const before = await wiki.optionsOf('e_gus');
      const { client, requests } = await person(wiki, 'e_gus');
      await client.load();
      assert.deepEqual(await wiki.optionsOf('e_gus'), before);
      assert.ok(requests.every(({ method }) => method === 'GET'));
    });

    it('nobody is signed in: no card, after one request', async () => {
      let asked = 0;
      const source = autoSource({
        api: here().api,
        fetch: (input, init) => {
          asked += 1;
          return fetch(input, init);
        },
      });
      assert.equal(wordsFor(cardOf(await createClient({ source }).load())), 'none (signed out)');
      assert.equal(asked, 1);
    });

    it('a mentor is shown with all that the wiki says', async () => {
      const { client } = await person(here(), 'n_ana');
      const { mentor } = await client.load();
      assert.equal(mentor?.name, 'Mentor Fatima');
      assert.equal(mentor.gender, 'female');
      assert.equal(mentor.editCount, 12345);
      assert.match(mentor.intro ?? '', /^Hi! Ask me about '''sources'''/);
      assert.equal(mentor.talkUrl, here().pageUrl('User talk:Mentor Fatima'));
      const away = (await (await person(here(), 'n_dee')).client.load()).mentor?.away?.until;
      assert.ok(Date.parse(away ?? '') > Date.now() + 29 * 86_400_000);
    });

    it('questions are waiting, answered or archived', async () => {
      const { client } = await person(here(), 'q_kim');
      await client.load();
      const { questions } = await client.refreshQuestions();
      assert.deepEqual(
        questions.map(({ state }) => state),
        ['waiting', 'answered', 'archived'],
      );
    });

    it('a wrong settings page is an error that names the field', async () => {
      const wiki = here();
      for (const [field, value] of Object.entries({
        GEMentorshipMinimumAge: 'ninety',
        GEMentorshipMinimumEditcount: -1,
        GEMentorshipEnabled: 'yes',
        mentorsPage: '<nowhere>',
        enrolGroups: 'autoconfirmed',
        helpDeskUrl: 'javascript:alert(1)',
      })) {
        await changeSettings(wiki, { [field]: value });
        const { code, message } = await refusal((await person(wiki, 'n_ana')).client.load());
        assert.equal(code, 'bad-data');
        assert.match(message, new RegExp(`${SETTINGS}.*“${field}”`));
        await wiki.reset();
      }
    });

    it('settings that the wiki no longer has are no program', async () => {
      const wiki = here();
      await wiki.as('admin').post({ action: 'delete', title: SETTINGS });
      const { client } = await person(wiki, 'n_ana');
      assert.equal(wordsFor(cardOf(await client.load())), 'none (off)');
    });

    it('a wiki without a list of mentors has none to give', async () => {
      const wiki = here();
      await wiki.as('admin').post({ action: 'delete', title: MENTORS });
      const { client } = await person(wiki, 'e_gus');
      assert.equal(wordsFor(cardOf(await client.load())), 'unavailable');
      assert.equal((await refusal(client.join())).code, 'no-mentor');
    });

    it('a list that is none does not keep a mentor from being shown', async () => {
      const wiki = here();
      await wiki.edit(MENTORS, '["nobody"]');
      const { client } = await person(wiki, 'n_ana');
      const snapshot = await client.load();
      assert.equal(cardOf(snapshot).variant, 'mentored');
      assert.equal(snapshot.mentorsAvailable, null);
    });

    it('the settings may name another list, which costs one more request', async () => {
      const wiki = here();
      const other = 'Project:Guides.json';
      const list = { Mentors: { '999': { username: 'Mentor Olga', message: 'Guide', weight: 1 } } };
      await wiki.edit(other, JSON.stringify(list), 'admin');
      await changeSettings(wiki, { mentorsPage: other });
      const { client, requests } = await person(wiki, 'e_gus');
      assert.deepEqual((await client.load()).mentorsAvailable, true);
      assert.equal(requests.length, 2);
      assert.deepEqual(
        (await client.getMentors()).map(({ name }) => name),
        ['Mentor Olga'],
      );
      assert.equal((await client.join()).mentor?.name, 'Mentor Olga');
    });

    it('a group may enroll whatever the thresholds say', async () => {
      const wiki = here();
      await changeSettings(wiki, { enrolGroups: ['sysop'] });
      const admin = await (await person(wiki, 'admin')).client.load();
      assert.equal(admin.viewer?.mayEnroll, true);
      assert.equal(cardOf(admin).variant, 'invite');
      const gus = await (await person(wiki, 'e_gus')).client.load();
      assert.equal(gus.viewer?.mayEnroll, null);
      await changeSettings(wiki, { GEMentorshipAutomaticEligibility: false });
      const hal = await (await person(wiki, 'e_hal')).client.load();
      assert.equal(hal.viewer?.mayEnroll, false);
      assert.equal(cardOf(hal).variant, 'mentored');
    });

    it('a preview knows what is public, and can do nothing', async () => {
      const wiki = here();
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
        assert.equal(wordsFor(cardOf(await client.load())), card);
        assert.equal((await refusal(client.leave())).code, 'unsupported');
      }
      const nobody = createClient({ source: previewSource({ api: wiki.api, viewer: 'No such user' }) });
      assert.equal((await refusal(nobody.load())).code, 'bad-attribute');
    });
  });
