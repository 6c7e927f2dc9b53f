import { after, afterEach, before, describe } from 'node:test';
import { acting } from './actions.ts';
import { asking } from './ask.ts';
import { enrolling } from './enroll.ts';
import { reading } from './load.ts';
import { startWiki, type Wiki } from './start-wiki.ts';

describe('the SDK and a real wiki', () => {
  let wiki: Wiki;
  const here = () => wiki;

  before(async () => {
    wiki = await startWiki();
  });
  afterEach(() => wiki.reset());
  after(() => wiki.close());

  reading(here);
  asking(here);
  acting(here);
  enrolling(here);
});
