import { after, afterEach, before, describe } from 'node:test';
import { acting } from './acting.ts';
import { asking } from './asking.ts';
import { enrolling } from './enrolling.ts';
import { reading } from './reading.ts';
import { startWiki, type Wiki } from './wiki.ts';

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
