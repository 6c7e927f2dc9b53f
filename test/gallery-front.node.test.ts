import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { frontAddress, readFrontState } from '../demo/gallery/front/address.ts';
import { DATA, FIELDS, type Settings, toValue } from '../demo/gallery/front/fields.ts';
import { sampleFor, sampleSnapshot } from '../demo/gallery/front/sample-snapshot.ts';
import { sampleSource } from '../demo/gallery/front/sample-source.ts';
import { DEFAULTS, STORIES } from '../demo/gallery/front/stories.ts';
import samples from '../demo/gallery/front/sample-data.json' with { type: 'json' };
import locales from '../src/generated/locale-names.json' with { type: 'json' };
import { createClient, decide, isMentorshipError, parseSnapshot, type Snapshot } from '../src/sdk/index.ts';

const NEWCOMER: Settings = { ...DEFAULTS, mentor: 'present' };
const EXPERIENCED: Settings = { ...DEFAULTS, edits: '600', days: '200' };
const MENTOR: Settings = { ...DEFAULTS, role: 'yes' };

const clientOf = (settings: Settings) => createClient({ source: sampleSource(settings) });

/** Loads anew, because an action publishes what it expects. */
async function reloaded(client: ReturnType<typeof clientOf>): Promise<Snapshot> {
  await client.refresh();
  return client.load();
}

describe('the sample source of the front page', () => {
  it('publishes questions, and changes the mentor', async () => {
    const client = clientOf(NEWCOMER);
    await client.ask('Is this right?');
    assert.deepEqual(
      (await reloaded(client)).questions.map(({ text, state }) => [text, state]),
      [['Is this right?', 'waiting']],
    );
    const { mentor } = await client.load();
    await client.leave({ reason: '' });
    assert.equal(decide(await reloaded(client), new Date()).row, 10);
    await client.undoLeave({ mentor: mentor?.name ?? '' });
    assert.equal(decide(await reloaded(client), new Date()).row, 7);
    const names = (await client.getMentors()).map(({ name }) => name);
    await client.chooseMentor(names.at(-1) ?? '', { reason: '' });
    assert.equal((await reloaded(client)).mentor?.name, names.at(-1));
    assert.equal((await client.getProfiles(names)).length, names.length);
  });

  it('assigns a mentor, and stores the answer to an invitation', async () => {
    const client = clientOf(EXPERIENCED);
    await client.snoozeInvite();
    assert.equal(decide(await reloaded(client), new Date()).row, 8);
    await client.restoreInvite();
    assert.equal(decide(await reloaded(client), new Date()).row, 6);
    await client.declineInvite();
    assert.equal(decide(await reloaded(client), new Date()).row, 8);
    await client.join();
    assert.equal(decide(await reloaded(client), new Date()).variant, 'mentored');
  });

  it('enrolls, pauses and resigns', async () => {
    const client = clientOf(EXPERIENCED);
    await client.enroll({ introduction: '' });
    assert.equal(decide(await reloaded(client), new Date()).variant, 'mentor');
    const mentor = clientOf(MENTOR);
    await mentor.pause({ until: '2126-12-24T00:00:00Z' });
    assert.match((await reloaded(mentor)).viewer?.mentoring?.pausedUntil ?? '', /^2126-12-24/);
    await mentor.resume();
    assert.equal((await reloaded(mentor)).viewer?.mentoring?.pausedUntil, null);
    await mentor.resign();
    assert.equal((await reloaded(mentor)).viewer?.isMentor, false);
  });

  for (const [change, code] of [
    [{ network: 'offline' }, 'network'],
    [{ network: 'http-500' }, 'http'],
  ] as const)
    it(`fails to load with ${code}`, async () => {
      await assert.rejects(
        () => clientOf({ ...NEWCOMER, ...change }).load(),
        (error) => isMentorshipError(error) && error.code === code,
      );
    });

  for (const code of ['read-only', 'rate-limited', 'refused'])
    it(`refuses a write with ${code}, and stores nothing`, async () => {
      const client = clientOf({ ...NEWCOMER, writes: code });
      await assert.rejects(
        () => client.ask('Is this right?'),
        (error) => isMentorshipError(error) && error.code === code,
      );
      assert.deepEqual((await reloaded(client)).questions, []);
    });

  it('stores a write whose response is lost', async () => {
    const client = clientOf({ ...NEWCOMER, writes: 'lost' });
    let checkpoint = '';
    await assert.rejects(
      () => client.ask('Is this right?', { onBeforeSend: (mark) => (checkpoint = mark) }),
      (error) => isMentorshipError(error) && error.outcomeUnknown,
    );
    assert.ok(await client.findQuestion('Is this right?', { checkpoint }));
  });
});

describe('the sample data', () => {
  it('are in the script of their language', () => {
    // Serbian has two scripts, whose codes are not BCP 47.
    const codes: readonly string[] = [...locales, 'en', 'sr-ec', 'sr-el'];
    assert.deepEqual(
      Object.keys(samples).filter((code) => !codes.includes(code)),
      [],
    );
    const scripts = { Cyrl: 'Cyrillic', Jpan: 'Han', Hans: 'Han', Hant: 'Han', Kore: 'Hangul' };
    const tags: Record<string, string> = { 'sr-ec': 'sr-Cyrl', 'sr-el': 'sr-Latn' };
    for (const [code, { names, intro, questions }] of Object.entries(samples)) {
      assert.deepEqual([names.length, new Set(names).size, questions.length], [4, 4, 3], code);
      const { script = '' } = new Intl.Locale(tags[code] ?? code).maximize();
      const isOfScript = new RegExp(
        `\\p{Script_Extensions=${Object.entries(scripts).find(([name]) => name === script)?.[1] ?? script}}`,
        'u',
      );
      for (const text of [names.join(' '), intro, ...questions]) assert.match(text, isOfScript, code);
    }
  });

  it('are those of the language that the element falls back on', () => {
    assert.equal(sampleFor('de-AT'), samples.de);
    assert.equal(sampleFor('arz'), samples.ar);
    assert.equal(sampleFor('en-x-rtl'), samples.en);
    assert.equal(sampleFor('xx'), samples.en);
  });

  it('are older on a later clock', () => {
    const now = new Date();
    const rowOf = (settings: Settings) => decide(parseSnapshot(sampleSnapshot(settings, now)), now).row;
    const almost = { ...DEFAULTS, edits: '500', days: '10' };
    assert.deepEqual([rowOf({ ...almost, later: '79' }), rowOf({ ...almost, later: '80' })], [14, 6]);
    const blocked = { ...DEFAULTS, account: 'blocked-for-a-time' };
    assert.deepEqual([rowOf({ ...blocked, later: '6' }), rowOf({ ...blocked, later: '7' })], [9, 14]);
    const { mentor } = sampleSnapshot({ ...DEFAULTS, mentor: 'away', later: '15' }, now);
    assert.equal(mentor?.away, null);
  });
});

describe('the address of the front page', () => {
  it('restores each value of each setting', () => {
    for (const name of DATA) {
      const field = FIELDS[name];
      for (const value of field.kind === 'number'
        ? ['0', '7', String(field.max)]
        : Object.keys(field.options)) {
        for (const search of [`?ben.${name}=${value}`, `?card=ben&${name}=${value}`]) {
          const state = readFrontState(search);
          const slot = state.slots.find(({ story }) => story.id === 'ben');
          assert.equal(slot?.settings[name], value, search);
          assert.deepEqual(readFrontState(new URL(frontAddress(state), 'http://x/').search), state, search);
        }
      }
    }
  });

  it('is that of the page itself without changes', () => {
    assert.equal(frontAddress(readFrontState('')), '.');
    for (const { id } of STORIES) assert.equal(frontAddress(readFrontState(`?card=${id}`)), `?card=${id}`);
  });

  it('keeps the second settings when those of the first change', () => {
    const { view, slots } = readFrontState('?card=ana&compare&b.edits=7');
    const [a, b] = slots;
    assert.ok(a && b);
    const changed = { view, slots: [{ ...a, settings: { ...a.settings, edits: '9', lang: 'de' } }, b] };
    assert.deepEqual(readFrontState(frontAddress(changed)), changed);
  });

  it('ignores invalid values, and reduces a number to the largest', () => {
    for (const value of ['-1', '1.5', '1e3', '', 'NaN', '1234567890'])
      assert.equal(toValue('edits', value), null, value);
    assert.equal(toValue('edits', '999999999'), '1000000');
    assert.equal(toValue('edits', '007'), '7');
    assert.equal(toValue('skin', 'toString'), null);
    assert.equal(toValue('lang', 'not a tag'), null);
    assert.equal(toValue('lang', 'de-AT'), 'de-AT');
    assert.equal(readFrontState('?card=nobody').view, 'all');
  });
});
