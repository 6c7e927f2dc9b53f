import assert from 'node:assert/strict';
import test from 'node:test';
import { MentorshipError, type MentorshipErrorCode } from '../src/sdk/index.js';
import type { growthActions } from '../src/sdk/growth/actions.ts';
import { ERROR_FORMATS, posts, replayWrite, snapshotFor, neverAborted } from './recorded-writes.ts';

type Do = (actions: ReturnType<typeof growthActions>) => Promise<unknown>;

const ask =
  (text: string, viewer = 'Newcomer Ana', pageTitle?: string): Do =>
  (actions) =>
    actions.ask(snapshotFor(viewer), { text, pageTitle, ...neverAborted() });
const choose =
  (name: string, viewer = 'Newcomer Ana', reason = ''): Do =>
  (actions) =>
    actions.chooseMentor(snapshotFor(viewer), { name, reason, ...neverAborted() });
const leave =
  (viewer = 'Newcomer Ana'): Do =>
  (actions) =>
    actions.leave(snapshotFor(viewer), { reason: 'busy', ...neverAborted() });
const enroll =
  (introduction: string, viewer = 'Experienced Hal'): Do =>
  (actions) =>
    actions.enroll(snapshotFor(viewer), { introduction, ...neverAborted() });

interface Refusal {
  code: MentorshipErrorCode;
  words: RegExp | null;
}

/** null: success. */
const RECORDED: Record<string, [Do, Refusal | null]> = {
  'question-ok': [ask('What is a stub?'), null],
  'question-2000-emoji': [ask('😀'.repeat(2_000)), null],
  'question-with-heading-injection': [ask('Hello\n\n== Fake heading ==\n[[Category:X]] {{Main Page}}'), null],
  'question-same-minute-duplicate': [ask('What is a stub?'), null],
  'question-mentor-away': [ask('Are you there?', 'Newcomer Dee'), null],
  'question-when-off': [ask('off?'), null],
  'question-ratelimit': [ask('rate limited?'), null],
  'question-too-long': [
    ask('a'.repeat(2_001)),
    { code: 'invalid', words: /^The value for parameter "body" cannot/ },
  ],
  'question-readonly': [
    ask('x'),
    { code: 'read-only', words: /^Test: the wiki is read-only for maintenance$/ },
  ],
  'question-protected-talk-page': [
    ask('x', 'Newcomer Cy'),
    { code: 'refused', words: /^This page has been protected to prevent editing or other actions\.$/ },
  ],
  'question-blocked-partial': [
    ask('x', 'Partial Jan'),
    {
      code: 'refused',
      words:
        /^Your username or IP address is blocked from doing this\. .*details at account contributions\. .*Start of block: 10:46, 22 November 2026 Expiration/,
    },
  ],
  'question-blocked-sitewide': [
    ask('x', 'Blocked Ivy'),
    {
      code: 'refused',
      words: /^Your username or IP address has been blocked\. .*The reason given is Test block: vandalism\./,
    },
  ],
  'question-no-mentors-gus': [ask('anyone?', 'Editor Gus'), { code: 'no-mentor', words: null }],
  'question-optedout-user': [ask('x', 'Newcomer Eli'), { code: 'no-mentor', words: null }],
  'question-invalid-relevanttitle': [
    ask('x', 'Newcomer Ana', '<bad>'),
    { code: 'refused', words: /^Invalid title\.$/ },
  ],
  'menteestatus-optout-ana': [leave(), null],
  'menteestatus-blocked': [leave('Blocked Ivy'), null],
  'menteestatus-optout-again-nochange': [leave(), null],
  'menteestatus-readonly': [leave(), { code: 'read-only', words: /^Test: the wiki/ }],
  'menteestatus-when-off': [leave(), { code: 'denied', words: /^Permission denied\.$/ }],
  'setmentor-self-chooses-marcus': [choose('Mentor Marcus', 'Newcomer Ana', 'I would like Marcus'), null],
  'setmentor-unassigned-gus-picks': [choose('Mentor Marcus', 'Editor Gus'), null],
  'setmentor-self-to-away-mentor': [choose('Mentor Olga'), null],
  'setmentor-self-to-weight0-mentor': [choose('Mentor Nina'), null],
  'setmentor-self-same-again': [choose('Mentor Marcus'), null],
  'setmentor-self-to-non-mentor': [
    choose('Editor Gus'),
    { code: 'denied', words: /^You don't have permission/ },
  ],
  'setmentor-nosuchuser': [choose('Nobody Such'), { code: 'denied', words: /^You don't have permission/ }],
  'setmentor-optedout-mentee': [
    choose('Mentor Fatima', 'Newcomer Eli'),
    { code: 'refused', words: /^Newcomer Eli opted out of mentorship$/ },
  ],
  'setmentor-blocked': [
    choose('Mentor Marcus', 'Blocked Ivy'),
    {
      code: 'blocked',
      words: /^Your username or IP address has been blocked\. The block was made by .?Admin/,
    },
  ],
  'enroll-hal': [enroll('Hello I am Hal'), null],
  'enroll-hal-again': [enroll(''), null],
  'mentor-adds-self-again': [enroll('', 'Mentor Marcus'), null],
  'enroll-message-too-long': [
    enroll('x'.repeat(241)),
    { code: 'invalid', words: /^Introduction message is too long/ },
  ],
  'enroll-noright-ana': [
    enroll('', 'Newcomer Ana'),
    { code: 'denied', words: /^You don't have permission to enroll/ },
  ],
  'enroll-blocked': [enroll('', 'Blocked Ivy'), { code: 'blocked', words: /^Your username/ }],
};

/** Parameters sent with every write; the recorded request used another error format and no assertion. */
const COMMON = { format: 'json', formatversion: '2', token: 'CSRF-TOKEN+\\' };

const replayed = (file: string, form: (body: object) => object) =>
  replayWrite(file, {
    form,
    // The viewer has already opted in, so that a single request is sent, as in the recording.
    before: {
      userinfo: {
        options: {
          'growthexperiments-homepage-mentorship-enabled': 1,
          'userjs-mentorship-module-explicit': '1',
        },
      },
    },
  });

for (const [form, make] of Object.entries(ERROR_FORMATS))
  for (const [file, [act, refusal]] of Object.entries(RECORDED))
    test(`${file}, ${form}: ${refusal?.code ?? 'a success'}`, async () => {
      const { actions, sent, recordedParams, recordedUser } = replayed(file, make);
      const [outcome] = await Promise.allSettled([act(actions)]);
      const [post, ...others] = posts(sent);
      assert.equal(others.length, 0);
      assert.equal(String(post?.url), 'https://wiki.example/w/api.php');
      const { assertuser, ...params } = post?.params ?? {};
      assert.equal(assertuser, recordedUser);
      // The default of the wiki, which is sent nevertheless.
      const weight = recordedParams.action === 'growthmanagementorlist' ? { weight: '2' } : {};
      assert.deepEqual(params, { ...weight, ...recordedParams, ...COMMON, errorformat: 'plaintext' });
      if (!refusal) return assert.equal(outcome.status, 'fulfilled');
      assert.equal(outcome.status, 'rejected');
      const error: unknown = 'reason' in outcome && outcome.reason;
      assert.ok(error instanceof MentorshipError);
      assert.equal(error.code, refusal.code);
      assert.equal(error.outcomeUnknown, false);
      if (refusal.words) assert.match(error.wikiMessage ?? '', refusal.words);
      else assert.equal(error.wikiMessage, null);
      assert.doesNotMatch(error.wikiMessage ?? '', /[<>⧼⧽]|\[\[/);
    });

test('a block explains only a refusal whose message is missing', async () => {
  const codeOf = async (file: string, act: Do) => {
    const before = { userinfo: { options: {}, blockid: 3, blockpartial: true } };
    const { actions } = replayWrite(file, { before });
    return act(actions).then(
      () => null,
      (error: unknown) => error instanceof MentorshipError && error.code,
    );
  };
  assert.equal(await codeOf('question-blocked-partial', ask('x', 'Partial Jan')), 'blocked');
  assert.equal(await codeOf('question-invalid-relevanttitle', ask('x', 'Partial Jan', '<bad>')), 'refused');
});
