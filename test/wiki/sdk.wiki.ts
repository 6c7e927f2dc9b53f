import { after, afterEach, before, describe } from 'node:test';
import { actionTests } from './actions.ts';
import { askTests } from './ask.ts';
import { enrollTests } from './enroll.ts';
import { loadTests } from './load.ts';
import { repeatedWriteTests } from './repeated-writes.ts';
import { startWiki, type Wiki } from './start-wiki.ts';

describe('the SDK on a real wiki', () => {
  let wiki: Wiki;
  const getWiki = () => wiki;

  before(async () => {
    wiki = await startWiki();
  });
  afterEach(() => wiki.reset());
  after(() => wiki.close());

  loadTests(getWiki);
  askTests(getWiki);
  actionTests(getWiki);
  enrollTests(getWiki);
  repeatedWriteTests(getWiki);
});
