import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { autoSource, createClient, decide, previewSource } from '../../src/sdk/index.ts';
import { rejection } from './signed-in-client.ts';

const api = process.env['WIKI_API'] ?? '';

/** Writes nothing and reads anonymously. */
describe(`any wiki: ${api}`, () => {
  it('has no card for an anonymous reader', async () => {
    const snapshot = await createClient({ source: autoSource({ api }) }).load();
    assert.deepEqual(decide(snapshot, new Date()), { variant: 'none', reason: 'signed-out' });
  });

  it('has no preview for an unknown user', async () => {
    const viewer = 'Nobody has this name 4711';
    const { code } = await rejection(createClient({ source: previewSource({ api, viewer }) }).load());
    assert.equal(code, 'bad-attribute');
  });
});
