import assert from 'node:assert/strict';
import test from 'node:test';
import { FakeMediaWiki } from './fake-mediawiki/index.ts';
import { decide, previewSource } from '../src/sdk/index.js';
import { beforeListModule, rejection, NOW } from './fake-wiki-client.ts';

const { signal } = new AbortController();

async function preview(wiki: FakeMediaWiki, viewer: string) {
  const source = previewSource({ api: wiki.api, viewer, now: () => NOW, fetch: wiki.fetchAs('anon') });
  const snapshot = await source.load({ signal });
  return { snapshot, kind: decide(snapshot, NOW).variant, source };
}

test('with GrowthExperiments: returns any user’s card from public data', async () => {
  const cards: [name: string, kind: string, mentor: string | undefined][] = [
    ['Newcomer Ana', 'mentored', 'Mentor Fatima'],
    ['Experienced Hal', 'invite', 'Mentor Nina'],
    ['Mentor Marcus', 'mentor', 'Mentor Fatima'],
    ['Editor Gus', 'opt-in', undefined],
    ['Blocked Ivy', 'none', undefined],
    // The user's choices are private.
    ['Newcomer Eli', 'opt-in', undefined],
  ];
  for (const [name, kind, mentor] of cards) {
    const shown = await preview(new FakeMediaWiki(), name);
    assert.deepEqual([shown.kind, shown.snapshot.mentor?.name], [kind, mentor], name);
    assert.deepEqual(shown.snapshot.questions, []);
    assert.equal(shown.snapshot.viewer?.email, null);
  }
});

test('without GrowthExperiments: returns cards without a mentor, because that is a private option', async () => {
  const wiki = () => new FakeMediaWiki({ software: 'core-1.39' });
  const kinds = ['Newcomer Ana', 'Experienced Hal', 'Mentor Marcus', 'Blocked Ivy'].map(
    async (name) => (await preview(wiki(), name)).kind,
  );
  assert.deepEqual(await Promise.all(kinds), ['opt-in', 'invite', 'mentor', 'none']);
});

test('with GrowthExperiments before MediaWiki 1.42: returns the same card', async () => {
  const wiki = new FakeMediaWiki();
  const fetch = beforeListModule(wiki.fetchAs('anon'));
  for (const [name, kind] of [
    ['Newcomer Ana', 'mentored'],
    ['Mentor Marcus', 'mentor'],
    ['Experienced Hal', 'invite'],
  ] as const) {
    const source = previewSource({ api: wiki.api, viewer: name, now: () => NOW, fetch });
    const snapshot = await source.load({ signal });
    assert.equal(decide(snapshot, NOW).variant, kind);
  }
});

test('has no actions', async () => {
  assert.equal((await preview(new FakeMediaWiki(), 'Newcomer Ana')).source.loadActions, undefined);
});

test('rejects an unknown name', async () => {
  for (const name of ['Nobody Of This Name', '', '<b>', 'A|Newcomer Ana']) {
    const error = await rejection(preview(new FakeMediaWiki(), name));
    assert.equal(error.code, 'bad-attribute', name);
  }
});
