import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { MentorshipModule } from '../src/mentorship-module.js';
import type { Snapshot, SnapshotInput } from '../src/sdk/index.js';
import { deferred, fakeSource, KIM } from './fake-source.js';
import { all, find, idle, isAction, recordEvents, root, show, visibleText } from './element-helpers.js';
import { isolateStorageInTests } from './isolated-storage.js';
import { mentorNamed, snapshotOf } from './sample-snapshots.js';
import { keptKey } from '../src/controllers/kept-snapshot-storage.js';

isolateStorageInTests();

const WAIT = { interval: 5, timeout: 9_000 };
const HELP_DESK = 'https://wiki.example/wiki/Help_desk';
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000 - 60_000).toISOString();

const text = (element: MentorshipModule) => visibleText(find(element, 'section'));
const controls = (element: MentorshipModule, selector: string) =>
  all(element, `${selector} a, ${selector} button`).map((one) => visibleText(one));
const named = (element: MentorshipModule, name: string) => {
  const button = all(element, 'button, a').find((one) => visibleText(one) === name);
  if (!button) throw new Error(`There is no button “${name}”.`);
  return button;
};

/** Creates a source that counts how often each user's talk page is read. */
function withTalkPages(figures: object, snapshot: SnapshotInput, id?: string) {
  const read: string[] = [];
  const made = fakeSource({
    snapshot: snapshotOf(snapshot as Partial<Snapshot>),
    ...(id && { id }),
    readTalkPage: async (_: Snapshot, { name }: { name: string }) => {
      read.push(name);
      return { typicalReplyHours: null, waitingQuestions: null, talkUrl: null, ...figures };
    },
  });
  return { ...made, read };
}

describe('typical reply time', () => {
  const mentor = { ...mentorNamed('Kim'), lastActive: daysAgo(1), typicalReplyHours: null };

  it('is read after the card is shown, and once on a page', async () => {
    const id = `reply ${Math.random()}`;
    const { source, read } = withTalkPages({ typicalReplyHours: 30 }, { mentor }, id);
    const element = await show({ source });
    await waitUntil(() => text(element).includes('Usually answers within 2 days'), 'the time', WAIT);
    expect(read).to.deep.equal(['Kim']);
    await element.refresh();
    await waitUntil(() => text(element).includes('Usually answers within 2 days'), 'again', WAIT);
    const other = withTalkPages({ typicalReplyHours: 90 }, { mentor }, id);
    const second = await show({ source: other.source });
    await waitUntil(() => text(second).includes('Usually answers within 2 days'), 'stored', WAIT);
    expect([read, other.read]).to.deep.equal([['Kim'], []]);
  });

  it('is read again after a day, and if the stored data is invalid', async () => {
    const id = `reply ${Math.random()}`;
    for (const stored of [
      { Kim: [3, Date.now() - 86_400_000] },
      { Kim: [3, Date.now() + 9e9] },
      { Kim: 3 },
      7,
    ]) {
      const other = `${id} ${JSON.stringify(stored)}`;
      localStorage.setItem(keptKey(other, 'reply-times', 8), JSON.stringify(stored));
      const { source, read } = withTalkPages({ typicalReplyHours: 30 }, { mentor }, other);
      const element = await show({ source: Object.assign(source, { keepFor: { id: 8, name: 'Ana' } }) });
      await waitUntil(() => text(element).includes('within 2 days'), 'the time', WAIT);
      expect(read).to.deep.equal(['Kim']);
      // The next one would be out of view.
      element.remove();
    }
  });

  for (const [what, change] of Object.entries({
    away: { away: { until: null } },
    retired: { retired: true },
    inactive: { lastActive: daysAgo(40), typicalReplyHours: 30 },
    'away, though the source has it': { away: { until: null }, typicalReplyHours: 30 },
  }))
    it(`is not shown for a mentor who is ${what}`, async () => {
      const { source, read } = withTalkPages({ typicalReplyHours: 30 }, { mentor: { ...mentor, ...change } });
      const element = await show({ source });
      await idle();
      expect(text(element)).not.to.contain('Usually');
      expect(read).to.be.empty;
    });

  it('is left out if it is unknown, or the source cannot read it, without an error', async () => {
    const { source, read } = withTalkPages({}, { mentor });
    const element = await show({ source });
    await waitUntil(() => read.length === 1, 'the read', WAIT);
    const without = fakeSource({
      snapshot: snapshotOf({ mentor }),
      readTalkPage: () => Promise.reject(new Error('Broken.')),
    });
    const events: Event[] = [];
    const second = await show({ source: without.source });
    second.addEventListener('mentorship-error', (event) => events.push(event));
    await idle();
    for (const one of [element, second]) expect(text(one)).not.to.contain('Usually');
    expect(events).to.be.empty;
  });
});

describe('waiting questions of a mentor', () => {
  const base = snapshotOf({});
  const viewer = base.viewer && { ...base.viewer, isMentor: true };

  it('are counted after the card is shown, with a link to the talk page', async () => {
    const talkUrl = 'https://wiki.example/wiki/User_talk:Ana';
    const { source, read } = withTalkPages({ waitingQuestions: 2, talkUrl }, { viewer });
    const element = await show({ source });
    await waitUntil(() => text(element).includes('2 questions are waiting on your talk page.'), 'said', WAIT);
    expect(all(element, 'section a').map((link) => link.getAttribute('href'))).to.include(talkUrl);
    await idle();
    expect(read).to.have.lengthOf(1);
    await element.refresh();
    await waitUntil(() => text(element).includes('2 questions are waiting'), 'again', WAIT);
    expect(read).to.have.lengthOf(2);
    for (const action of ['Take a break', 'Stop being a mentor'])
      expect(text(element), 'the source has no such action').not.to.contain(action);
  });

  it('replace the number of the source', async () => {
    const mentoring = { pausedUntil: null, waitingQuestions: 3 };
    const { source } = withTalkPages({ waitingQuestions: 0 }, { viewer: viewer && { ...viewer, mentoring } });
    const element = await show({ source });
    await waitUntil(() => !text(element).includes('waiting'), 'none', WAIT);
    expect(text(element)).to.contain('Take a break');
  });

  for (const waitingQuestions of [0, null])
    it(`are not mentioned if their number is ${waitingQuestions}`, async () => {
      const { source, read } = withTalkPages({ waitingQuestions }, { viewer });
      const element = await show({ source });
      await waitUntil(() => read.length === 1, 'the read', WAIT);
      await idle();
      expect(text(element)).not.to.contain('waiting');
    });
});

describe('a question without an answer', () => {
  const waiting = (days: number, state = 'waiting') => ({
    text: `Asked ${days} days ago`,
    url: `https://wiki.example/wiki/T#${days}`,
    askedAt: daysAgo(days),
    state,
  });
  const shown = (questions: object[], rest: object = {}) =>
    show({
      snapshot: {
        viewer: { name: 'Ana' },
        mentor: { name: 'Kim' },
        mentorsAvailable: true,
        program: {
          enabled: true,
          helpDeskUrl: HELP_DESK,
          homepageUrl: 'https://wiki.example/wiki/Special:Homepage',
        },
        questions,
        ...rest,
      },
    });

  it('offers the help desk and another mentor from seven days on', async () => {
    const element = await shown([waiting(2), waiting(9), waiting(7)]);
    expect(visibleText(find(element, '.notice'))).to.contain('You’ve been waiting 9 days for an answer.');
    expect(controls(element, '.notice')).to.deep.equal(['Visit the help desk', 'Choose another mentor']);
    expect(controls(element, '.links'), 'not twice').not.to.include('Visit the help desk');
  });

  for (const layout of ['card', 'summary'])
    it(`leaves the focus on the ${layout} if the focused link is gone, so that Tab continues there`, async () => {
      const questions = [{ ...waiting(9), state: 'unknown' as const }];
      const { act, release } = deferred([{ ...waiting(9), state: 'waiting' as const }]);
      const program = { helpDeskUrl: HELP_DESK };
      const { source } = fakeSource({
        snapshot: { mentor: KIM, questions, program, mentorsAvailable: true },
        refreshQuestions: act,
      });
      const element = await show({ source, layout });
      if (layout === 'summary') named(element, 'See more').click();
      await waitUntil(() => all(element, '.links a').length > 1, 'the links', WAIT);
      named(element, 'Visit the help desk').focus();
      release();
      await waitUntil(() => all(element, '.notice').length > 0, 'the notice', WAIT);
      expect(Boolean(root(element).activeElement), 'the focus is in the card').to.be.true;
      await sendKeys({ press: 'Tab' });
      expect(Boolean(root(element).activeElement), 'and stays there').to.be.true;
    });

  it('offers nothing earlier, after an answer, or if the state or the time is unknown', async () => {
    const early = { ...waiting(7), askedAt: new Date(Date.now() - 7 * 86_400_000 + 60_000).toISOString() };
    const element = await shown([early, waiting(9, 'answered'), waiting(9, 'unknown')]);
    expect(all(element, '.notice')).to.be.empty;
    expect(controls(element, '.links')).to.include('Visit the help desk');
    const undated = await shown([{ ...waiting(9), askedAt: null }, waiting(9, 'archived')]);
    expect(all(undated, '.notice')).to.be.empty;
  });

  it('offers only what can be had', async () => {
    const program = { enabled: true, homepageUrl: 'https://wiki.example/wiki/Special:Homepage' };
    const noDesk = await shown([waiting(9)], { program });
    expect(controls(noDesk, '.notice')).to.deep.equal(['Choose another mentor']);
    const nobody = await shown([waiting(9)], { mentorsAvailable: false });
    expect(controls(nobody, '.notice')).to.deep.equal(['Visit the help desk']);
    const nothing = await shown([waiting(9)], { mentorsAvailable: false, program: { enabled: true } });
    expect(controls(nothing, '.notice')).to.be.empty;
    expect(visibleText(find(nothing, '.notice'))).to.equal('You’ve been waiting 9 days for an answer.');
  });
});

describe('the help desk', () => {
  const viewer = { name: 'Ana', editCount: 5, registered: '2020-01-01T00:00:00Z' };
  const program = { enabled: true, helpDeskUrl: HELP_DESK };
  const old = { graduation: { enabled: true, minimumEditCount: 1, minimumAgeDays: 1 } };
  for (const [what, snapshot] of Object.entries({
    mentored: { viewer, mentor: { name: 'Kim' }, program },
    'no-mentor': { viewer, program },
    'opted-out': { viewer: { ...viewer, status: 'opted-out' }, program },
    graduated: { viewer: { ...viewer, status: 'opted-out' }, program: { ...program, ...old } },
    unavailable: { viewer, mentorsAvailable: false, program },
    invite: { viewer: { ...viewer, mayEnroll: true }, program },
  }))
    it(`is linked on the card ${what}, if the wiki names one`, async () => {
      const element = await show({ snapshot });
      expect(all(element, `a[href="${HELP_DESK}"]`)).to.have.lengthOf(1);
      const without = { ...snapshot, program: { ...snapshot.program, helpDeskUrl: null } };
      const second = await show({ snapshot: without });
      expect(visibleText(find(second, 'section'))).not.to.contain('help desk');
    });
});

describe('choosing a first mentor', () => {
  const isOpen = (element: MentorshipModule) => root(element).querySelector('dialog')?.open ?? false;
  const phases = (events: Event[]) =>
    events
      .filter(isAction)
      .filter(({ action }) => action !== 'impression')
      .map(({ action, phase }) => `${action} ${phase}`);

  const choosing = async () => {
    const made = fakeSource({ snapshot: snapshotOf({ mentor: null }) });
    const element = await show({ source: made.source });
    const events = recordEvents(element);
    named(element, 'Get a mentor').focus();
    named(element, 'Get a mentor').click();
    await waitUntil(() => isOpen(element), 'the dialog', WAIT);
    return { ...made, element, events };
  };

  it('ends with the chosen mentor and events of its own', async () => {
    const { element, events, writes } = await choosing();
    expect(controls(element, 'dialog .actions')).to.deep.equal([
      'Cancel',
      'Choose a mentor yourself',
      'Get a mentor',
    ]);
    named(element, 'Choose a mentor yourself').click();
    await waitUntil(() => all(element, 'dialog .mentor').length > 0, 'the list', WAIT);
    expect(visibleText(find(element, 'dialog h2'))).to.equal('Get a mentor');
    const dialog = visibleText(find(element, 'dialog'));
    expect(dialog).to.contain('You can choose who answers your questions.');
    expect(dialog).not.to.match(/another|no longer/);
    expect(root(element).activeElement === find(element, 'dialog h2'), 'the focus').to.be.true;
    find(element, '.mentor input').click();
    find(element, 'dialog .actions .primary').click();
    await waitUntil(() => !isOpen(element), 'closed', WAIT);
    await waitUntil(() => element.variant === 'mentored', 'the card', WAIT);
    expect(writes).to.have.lengthOf(1);
    expect(writes[0]).to.match(/^choose /);
    expect(phases(events)).to.deep.equal([
      'join start',
      'join canceled',
      'choose start',
      'choose submit',
      'choose done',
    ]);
  });

  it('can be canceled by the viewer and by the host', async () => {
    const { element, events } = await choosing();
    named(element, 'Choose a mentor yourself').click();
    await waitUntil(() => all(element, 'dialog .mentor').length > 0, 'the list', WAIT);
    find(element, 'dialog .close').click();
    await waitUntil(() => phases(events).includes('choose canceled'), 'canceled', WAIT);
    expect(visibleText(root(element).activeElement)).to.equal('Get a mentor');
    const other = await choosing();
    other.element.addEventListener('mentorship-action', (event) => {
      if (event.action === 'choose') event.preventDefault();
    });
    named(other.element, 'Choose a mentor yourself').click();
    await idle();
    expect(isOpen(other.element)).to.be.false;
    expect(phases(other.events)).to.deep.equal(['join start', 'join canceled', 'choose start']);
  });

  it('is not offered to those who keep their mentor', async () => {
    const base = snapshotOf({}).viewer;
    const viewer = base && { ...base, mayEnroll: true, editCount: 5_000 };
    const { source } = fakeSource({ snapshot: snapshotOf({ viewer, mentor: mentorNamed('Kim') }) });
    const element = await show({ source });
    expect(element.variant).to.equal('invite');
    named(element, 'I’d rather keep my mentor').click();
    await waitUntil(() => isOpen(element), 'the dialog', WAIT);
    expect(visibleText(find(element, 'dialog'))).not.to.contain('Choose a mentor yourself');
  });
});
