import assert from 'node:assert/strict';
import test from 'node:test';
import { toPageTitle } from '../src/sdk/ask.js';
import { FakeMediaWiki } from './fake-mediawiki/index.ts';
import { autoSource, growthSource } from '../src/sdk/index.js';
import { createWikiClient, pageText, postsTo } from './fake-wiki-client.ts';

const TEXT = 'May I write about my own village?';

const VALID = {
  Moon: 'Moon',
  'Help:Links_to_pages': 'Help:Links to pages',
  ':Category:Rivers': 'Category:Rivers',
  ': Moon': 'Moon',
  '  Moon  rock ': 'Moon rock',
  'Moon\u00A0rock': 'Moon rock',
  'AT&T': 'AT&T',
  'A & B; C': 'A & B; C',
  '50% off': '50% off',
  "L'Été (film)": "L'Été (film)",
  "''Moon''": "''Moon''",
  '…And Justice…': '…And Justice…',
  '...': '...',
  'User:Ana/Draft.': 'User:Ana/Draft.',
  'Moon \u202Erock\u200F': 'Moon rock',
  نهر: 'نهر',
  '😀': '😀',
  __INDEX__: 'INDEX',
  ['é'.repeat(127)]: 'é'.repeat(127),
};

for (const [given, title] of Object.entries(VALID))
  test(`accepts the title ${JSON.stringify(given).slice(0, 40)}`, () =>
    assert.equal(toPageTitle(given), title));

const INVALID = [
  ...['', ' ', '_', ':', '::Moon', 'no]]title', 'a[b', '{{Moon}}', 'a|b', 'C#', '<b>', 'a>b', '-{zh:x}-'],
  ...[
    'a\nb',
    'a\tb',
    'a\0b',
    'a\u007Fb',
    'a\uFFFDb',
    '\uD800',
    '~~~~',
    'sign ~~~',
    'a%5Bb',
    '&amp;',
    '&#91;',
    '&été;',
  ],
  ...['.', '..', './a', '../a', 'a/./b', 'a/../b', 'a/.', 'a/..', 'x'.repeat(256), 'é'.repeat(128)],
  ...[null, undefined, 5, {}, ['Moon'], true],
];

for (const given of INVALID)
  test(`refuses the title ${JSON.stringify([given]).slice(1, 40)}`, () =>
    assert.equal(toPageTitle(given), null));

for (const [kind, source] of Object.entries({ growth: growthSource, plain: autoSource }))
  for (const pageTitle of ['no]]title', '<bad>', '', '~~~~', 'x'.repeat(300)])
    test(`${kind}: publishes a question without the invalid title ${pageTitle.slice(0, 20)}`, async () => {
      const wiki = new FakeMediaWiki(kind === 'plain' ? { software: 'core-1.39' } : {});
      await createWikiClient(wiki, 'n_ana', { source }).ask(TEXT, { pageTitle });
      const [post] = postsTo(wiki, kind === 'plain' ? 'edit' : 'helppanelquestionposter');
      assert.equal(post?.params.relevanttitle, undefined);
      if (kind === 'plain') assert.equal(post?.params.text, `${TEXT} --~~~~`);
    });

for (const [given, link] of [
  ['Category:Rivers', '[[:Category:Rivers]]'],
  [':File:Moon_rock.jpg', '[[:File:Moon rock.jpg]]'],
  ["''Moon''", "[[:''Moon'']]"],
] as const)
  test(`plain: links to ${given} and finds the question again`, async () => {
    const wiki = new FakeMediaWiki({ software: 'core-1.39' });
    const client = createWikiClient(wiki, 'n_ana', { source: autoSource });
    const other = createWikiClient(wiki, 'n_ana', { source: autoSource });
    await other.load();
    let checkpoint = '';
    const onBeforeSend = (mark: string) => (checkpoint = mark);
    const asked = await client.ask(TEXT, { pageTitle: given, onBeforeSend });
    assert.ok((await pageText(wiki, 'User talk:Mentor Fatima')).includes(`\n${link}\n\n${TEXT} --`));
    assert.equal((await client.findQuestion(TEXT, { checkpoint }))?.url, asked.url);
    assert.equal((await other.ask(TEXT, { pageTitle: given })).url, asked.url, 'another tab sends no copy');
    assert.equal(postsTo(wiki, 'edit').length, 1);
  });
