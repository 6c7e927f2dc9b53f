import assert from 'node:assert/strict';
import test from 'node:test';
import { decide, growthSource, type Decision } from '../src/sdk/index.js';
import { recordedFetch, recordedPage } from './recorded-wiki.js';

const API = 'https://wiki.example/w/api.php';
const now = () => new Date('2026-11-22T11:00:00Z');

/** Last column of the table in the recordings' README. */
const DECIDED: Record<string, string> = {
  anon: 'none signed-out',
  temp: 'none signed-out',
  admin: 'opt-in no-mentor',
  n_ana: 'mentored by Mentor Fatima',
  n_ben: 'mentored by Mentor Marcus',
  n_cy: 'mentored by مرشد سالم',
  n_dee: 'mentored by Mentor Olga',
  n_eli: 'opt-in opted-out',
  n_flo: 'none disabled',
  n_rtl: 'mentored by مرشد سالم',
  q_kim: 'mentored by Mentor Fatima',
  x_lou: 'mentored by Mentor Marcus',
  b_ivy: 'none blocked',
  b_jan: 'mentored by Mentor Fatima',
  e_gus: 'opt-in no-mentor',
  e_hal: 'invite keeping Mentor Nina',
  m_fatima: 'mentor',
  m_marcus: 'mentor',
  m_olga: 'mentor',
};

function describeDecision(decision: Decision): string {
  switch (decision.variant) {
    case 'none':
    case 'opt-in':
      return `${decision.variant} ${decision.reason}`;
    case 'mentored':
      return `mentored by ${decision.mentor.name}`;
    case 'invite':
      return `invite keeping ${decision.mentor?.name}`;
    default:
      return decision.variant;
  }
}

for (const [viewer, expected] of Object.entries(DECIDED)) {
  test(`${viewer}: ${expected}, from the API alone`, async () => {
    const asked: URLSearchParams[] = [];
    const source = growthSource({ api: API, fetch: recordedFetch(viewer, asked), now });
    const snapshot = await source.load(new AbortController());
    assert.equal(describeDecision(decide(snapshot, now())), expected);
    assert.ok(asked.length <= 4, `${asked.length} requests`);
  });

  for (const file of ['30-html-mwconfig-Homepage', '31-html-mwconfig-article'] as const)
    test(`${viewer}: ${expected}, on the wiki's page ${file}`, async () => {
      const asked: URLSearchParams[] = [];
      const page = recordedPage(viewer, file);
      const source = growthSource({ api: API, fetch: recordedFetch(viewer, asked), page, now });
      const snapshot = await source.load(new AbortController());
      assert.equal(describeDecision(decide(snapshot, now())), expected);
      const most: Record<string, number> = { anon: 0, temp: 0, n_flo: 0, n_eli: 2, admin: 3 };
      assert.ok(asked.length <= (most[viewer] ?? 4), `${asked.length} requests`);
    });
}

test('only the page reveals that a mentor is away, until when, and the stand-in', async () => {
  for (const file of ['30-html-mwconfig-Homepage', '31-html-mwconfig-article'] as const) {
    const page = recordedPage('n_dee', file);
    const source = growthSource({ api: API, fetch: recordedFetch('n_dee'), page, now });
    const decision = decide(await source.load(new AbortController()), now());
    assert.ok(decision.variant === 'mentored');
    assert.equal(decision.standIn?.name, 'Mentor Fatima');
    assert.equal(decision.standIn.gender, 'female');
    assert.deepEqual(decision.mentor.away, { until: '2026-12-24T00:00:00.000Z' });
  }
});
