import { type Case, type CaseProperties, propertiesFor } from '../../test/card-cases.js';
import { FakeMediaWiki } from '../../test/fake-mediawiki/index.js';

interface DataOfCase {
  properties: CaseProperties;
  wiki: FakeMediaWiki | null;
}

const cache = new Map<string, DataOfCase>();

/** Caches the data of a case, so that the state of its wiki survives a change of language. */
export function dataFor(one: Case): DataOfCase {
  const cached = cache.get(one.id);
  if (cached) return cached;
  const wiki = wikiOf(one) ?? undefined;
  const fresh = { properties: propertiesFor(one, wiki), wiki: wiki ?? null };
  cache.set(one.id, fresh);
  return fresh;
}

/** Creates a wiki whose clock runs, unlike in the tests, so that new questions have the current time. */
function wikiOf({ data }: Case): FakeMediaWiki | null {
  if (data.from !== 'wiki') return null;
  const wiki = new FakeMediaWiki({
    now: () => new Date(),
    ...(data.software && { software: data.software }),
  });
  data.prepare?.(wiki);
  return wiki;
}
