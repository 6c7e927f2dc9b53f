import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { stripMarkup } from '../src/sdk/mediawiki/api-errors.js';

test('converts the markup of an error message to plain text', () => {
  const cases: [string, string | null][] = [
    ['⧼This page has been protected.⧽', 'This page has been protected.'],
    ['⧼apierror-growthexperiments-setmenteestatus-no-change⧽', null],
    ['<p>One</p><p>Two<br>Three</p><ul><li>Four</li><li>Five</li></ul>', 'One Two Three Four Five'],
    ['<b>W</b>ord, <a href="/x?a=1&amp;b=2" title="<x>">link</a>.', 'Word, link.'],
    ['[[User:Admin|Admin]] and [[River]], [https://example.org/x y here]', 'Admin and River, y here'],
    [
      'a &lt;b&gt; &amp;amp; &#39;c&#x27; &quot;d&quot;&nbsp;e &bogus; &#0; &#99999999;',
      'a <b> &amp; \'c\' "d" e &bogus; &#0; &#99999999;',
    ],
    ['1 < 2 and 3 > 2', '1 < 2 and 3 > 2'],
    ['', null],
    [' \n ', null],
    ['<p></p>', null],
  ];
  for (const [markup, words] of cases) assert.equal(stripMarkup(markup), words, markup);
});

test('returns text of at most 1,000 characters in bounded time for any input', () => {
  const piece = fc.constantFrom('<', '>', '[[', ']]', '|', '&', '#', ';', '⧼', '⧽', 'a', ' ', 'p', 'http://');
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.array(piece).map((all) => all.join('')),
      ),
      (markup) => {
        const words = stripMarkup(markup);
        assert.ok(words === null || (words.trim() === words && Array.from(words).length <= 1_000));
      },
    ),
  );
  for (const part of ['<', '[[', '[[a|', '[https://x ', '&', '<a '])
    assert.ok((stripMarkup(part.repeat(20_000))?.length ?? 0) <= 2_000);
  assert.equal(Array.from(stripMarkup('😀'.repeat(1_500)) ?? '').length, 1_000);
});
