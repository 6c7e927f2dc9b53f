import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { autoSource, createClient, decide, previewSource } from '../../src/sdk/index.ts';
import { rejection } from './signed-in-client.ts';

const api = process.env['WIKI_API'] ?? '';

/** Nothing is written, and nobody is signed in. */
describe(`any wiki: ${api}`, () => {
  it('has no card for a reader without an account', async () => {
    const snapshot = await createClient({ source: autoSource({ api }) }).load();
    assert.deepEqual(decide(snapshot, new Date()), { variant: 'none', reason: 'signed-out' });
  });

  it('has no preview for somebody whom it does not know', async () => {
    const viewer = 'Nobody has this name 4711';
    const { code } = await rejection(createClient({ source: previewSource({ api, viewer }) }).load());
    assert.equal(code, 'bad-attribute');
  });
});
