// Counts the requests of many elements with the same wiki. test/load-requests.node.test.ts counts those of each viewer.
import { expect } from '@open-wc/testing';
import { attach, httpWiki, make, nextOutcome } from './element-helpers.js';

/** Shows elements of one wiki out of sight, so that none reads more than its card needs, and returns the requests. */
async function requestsOf(count: number): Promise<number> {
  const wiki = httpWiki('none', 'n_ana');
  const place = attach(Object.assign(document.createElement('div'), { hidden: true }));
  const elements = Array.from({ length: count }, () => make({ api: wiki.api }));
  const ends = elements.map(nextOutcome);
  place.append(...elements);
  await Promise.all(ends);
  for (const { variant } of elements) expect(variant).to.equal('mentored');
  return (await wiki.stats()).requests;
}

describe('many elements', () => {
  it('send as many requests as one', async () => {
    const one = await requestsOf(1);
    expect(one).to.be.above(0);
    for (const count of [100, 1_000]) expect(await requestsOf(count), `${count} elements`).to.equal(one);
  });
});
