import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import 'axe-core/axe.min.js';
import type { AxeResults, RunOptions } from 'axe-core';
import type { MentorshipModule } from '../src/mentorship-module.js';
import { MentorshipError } from '../src/index.js';
import type { MentorshipSource, Snapshot } from '../src/sdk/index.js';
import type { ListedMentor, MentorProfile } from '../src/sdk/source.js';
import { deferred } from './fake-source.js';
import {
  all,
  find,
  idle,
  isAction,
  markup,
  attach,
  recordEvents,
  root,
  show,
  visibleText,
} from './element-helpers.js';
import { mentorNamed, snapshotOf } from './sample-snapshots.js';

declare const axe: { run(context: Element, options: RunOptions): Promise<AxeResults> };

const mentor = (name: string, intro: string | null = null): ListedMentor => ({ name, intro, talkUrl: null });
const few = ['Kim', 'Olga', 'Zoë', 'José'].map((name) => mentor(name, `I am ${name}.`));
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => mentor(`Mentor ${index}`, `I know about subject ${index}.`));

interface Wiki {
  mentors: ListedMentor[];
  /** Profiles that differ from the default. */
  profiles: Record<string, Partial<MentorProfile>>;
  list: () => Promise<void>;
  profile: () => Promise<void>;
  write: () => Promise<void>;
}

/** Creates a source whose viewer is Ana and whose mentor is Kim, and records its calls. */
function wikiWith(changes: Partial<Wiki> = {}) {
  const nothing = async () => {};
  const wiki = { mentors: few, profiles: {}, list: nothing, profile: nothing, write: nothing, ...changes };
  const now: Snapshot = snapshotOf({ mentor: { ...mentorNamed('Kim'), gender: 'female' } });
  const asked = { lists: 0, names: [] as string[][], writes: [] as unknown[] };
  const source: MentorshipSource = {
    load: async () => structuredClone(now),
    loadActions: async () => ({
      getMentors: async () => {
        asked.lists++;
        await wiki.list();
        return wiki.mentors;
      },
      getProfiles: async (names) => {
        asked.names.push([...names]);
        await wiki.profile();
        return names.map((name) => ({ ...PROFILE, name, ...wiki.profiles[name] }));
      },
      chooseMentor: async (_, { name, reason }) => {
        asked.writes.push({ name, reason });
        await wiki.write();
        now.mentor = mentorNamed(name);
      },
    }),
  };
  return { source, asked, wiki };
}

const PROFILE: Omit<MentorProfile, 'name'> = {
  gender: 'unknown',
  editCount: 1234,
  lastActive: null,
  blocked: false,
};
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

const buttonIn = (element: MentorshipModule, text: string) => {
  const button = all(element, 'button').find((one) => visibleText(one) === text);
  if (!button) throw new Error(`There is no button “${text}”.`);
  return button;
};
const isOpen = (element: MentorshipModule) => root(element).querySelector('dialog')?.open ?? false;
const dialog = (element: MentorshipModule) => visibleText(find(element, 'dialog'));
const rows = (element: MentorshipModule) =>
  all(element, '.mentor').filter((row) => row.checkVisibility({ contentVisibilityAuto: false }));
const names = (element: MentorshipModule) =>
  rows(element).map((row) => visibleText(row.querySelector('strong')));
const radio = (element: MentorshipModule, name: string) =>
  find(element, `.mentor input[value="${name}"]`) as HTMLInputElement;
const announcement = (element: MentorshipModule) => visibleText(find(element, 'dialog .announcement'));
const submit = (element: MentorshipModule) => find(element, 'dialog .actions .primary');
const isLoaded = (element: MentorshipModule) => all(element, 'dialog .mentors').length > 0;

/** Opens the dialog; `loaded` also waits for the list and the profiles in view. */
async function choosing(source: MentorshipSource, until: 'opened' | 'loaded' = 'loaded') {
  const element = await show({ source });
  const before = buttonIn(element, 'Choose another mentor');
  before.click();
  await waitUntil(() => isOpen(element), 'the dialog', WAIT);
  if (until === 'loaded') {
    await waitUntil(() => isLoaded(element), 'the list', WAIT);
    await waitUntil(() => all(element, '.mentor .quiet span').length > 0, 'the figures', WAIT);
  }
  return element;
}

const WAIT = { interval: 5, timeout: 9_000 };

function type(element: MentorshipModule, selector: string, text: string) {
  const field = find(element, selector) as HTMLInputElement;
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

/** Returns the reported phases of the action, in order. */
const reportedPhases = (events: Event[]) =>
  events
    .filter(isAction)
    .filter(({ action }) => action === 'choose')
    .map(({ phase, mentor, reason, errorCode }) => ({ phase, mentor, reason, errorCode }));

describe('choosing another mentor', () => {
  it('marks the chosen row where the line begins, in both directions', async () => {
    const element = await choosing(wikiWith().source);
    radio(element, 'Olga').click();
    const mark = () => getComputedStyle(find(element, '.mentor:has(:checked)')).boxShadow;
    await waitUntil(() => mark().includes(' 4px 0px'), mark(), WAIT);
    element.lang = 'ar';
    await waitUntil(() => mark().includes(' -4px 0px'), mark(), WAIT);
  });

  it('lists everybody except the current mentor, with introduction, edits and last activity', async () => {
    const { source } = wikiWith({
      profiles: {
        Olga: { lastActive: daysAgo(0) },
        Zoë: { editCount: 1, lastActive: daysAgo(1) },
        José: { editCount: null, lastActive: daysAgo(12) },
      },
    });
    const element = await choosing(source);
    expect(visibleText(find(element, 'dialog h2'))).to.equal('Choose another mentor');
    expect(dialog(element)).to.contain('Kim will no longer be your mentor.');
    expect(visibleText(find(element, 'legend'))).to.equal('3 mentors to choose from');
    expect(rows(element).map(visibleText)).to.deep.equal([
      'Olga 1,234 edits Active today I am Olga.',
      'Zoë 1 edit Active yesterday I am Zoë.',
      'José Active 12 days ago I am José.',
    ]);
    expect(all(element, '.mentor:first-child bdi').map(visibleText)).to.deep.equal(['Olga', 'I am Olga.']);
    expect(all(element, 'q[dir], q[lang]'), 'the quotation marks are those of the card').to.be.empty;
    expect(all(element, 'input[type=search]'), 'too few to search').to.be.empty;
    expect(markup(element, 'dialog [style]')).to.be.empty;
  });

  it('omits unknown figures', async () => {
    const { source } = wikiWith({
      mentors: [mentor('Olga'), mentor('Zoë')],
      profiles: { Zoë: { editCount: null } },
    });
    const element = await choosing(source);
    expect(rows(element).map(visibleText)).to.deep.equal(['Olga 1,234 edits', 'Zoë']);
    expect(all(element, '.mentor q')).to.be.empty;
  });

  it('states next to the reason that choice and reason are public', async () => {
    const element = await choosing(wikiWith().source);
    const reason = find(element, '#reason') as HTMLInputElement;
    const notice = find(element, `#${reason.getAttribute('aria-describedby')}`);
    expect(visibleText(notice)).to.equal(
      'Your choice is logged where everybody can read it. If you give a reason, it’s logged too.',
    );
    expect(reason.maxLength).to.equal(200);
  });

  it('names a row by the mentor and describes it by the rest', async () => {
    const element = await choosing(wikiWith().source);
    const input = radio(element, 'Olga');
    const text = (attribute: string) => visibleText(find(element, `#${input.getAttribute(attribute)}`));
    expect(text('aria-labelledby')).to.equal('Olga');
    expect(text('aria-describedby')).to.equal('1,234 edits I am Olga.');
    find(element, '.mentor q').click();
    expect(input.checked, 'the whole row is the label').to.be.true;
    expect(visibleText(submit(element))).to.match(/^Choose .?Olga.?$/);
  });

  it('dispatches events, writes once, closes the dialog, and shows a notice and the new card', async () => {
    const { source, asked } = wikiWith();
    const element = await choosing(source);
    const events = recordEvents(element);
    radio(element, 'Zoë').click();
    type(element, '#reason', '  We speak Dutch.  ');
    submit(element).click();
    await waitUntil(() => !isOpen(element), 'closed', WAIT);
    expect(asked.writes).to.deep.equal([{ name: 'Zoë', reason: 'We speak Dutch.' }]);
    const details = { mentor: 'Zoë', reason: 'We speak Dutch.', errorCode: undefined };
    expect(reportedPhases(events)).to.deep.equal([
      { phase: 'submit', ...details },
      { phase: 'done', ...details },
    ]);
    expect(visibleText(find(element, '.note'))).to.match(/^.?Zoë.? is your mentor now\.$/);
    await waitUntil(() => visibleText(find(element, '.person strong')) === 'Zoë', 'the card', WAIT);
    // Firefox dispatches the close event later than it renders the card.
    await waitUntil(() => root(element).activeElement, 'the focus is in the card', WAIT);
  });

  it('does not require a reason', async () => {
    const { source, asked } = wikiWith();
    const element = await choosing(source);
    radio(element, 'José').click();
    submit(element).click();
    await waitUntil(() => !isOpen(element), 'closed', WAIT);
    expect(asked.writes).to.deep.equal([{ name: 'José', reason: '' }]);
  });

  it('asks for a selection if there is none', async () => {
    const { source, asked } = wikiWith();
    const element = await choosing(source);
    const events = recordEvents(element);
    submit(element).click();
    await waitUntil(() => visibleText(find(element, '#problem')) !== '', 'the message', WAIT);
    expect(visibleText(find(element, '#problem'))).to.equal('Choose a mentor from the list first.');
    expect(root(element).activeElement === radio(element, 'Olga')).to.be.true;
    expect([asked.writes, reportedPhases(events)]).to.deep.equal([[], []]);
    radio(element, 'Olga').click();
    expect(visibleText(find(element, '#problem'))).to.equal('');
  });

  it('lets the host take over', async () => {
    const { source, asked } = wikiWith();
    const element = await choosing(source);
    element.addEventListener('mentorship-action', (event) => event.preventDefault());
    radio(element, 'Olga').click();
    submit(element).click();
    await waitUntil(() => !isOpen(element), 'closed', WAIT);
    expect(asked.writes).to.be.empty;
  });

  it('writes once however often it is submitted', async () => {
    const { act, release } = deferred(undefined);
    const { source, asked } = wikiWith({ write: act });
    const element = await choosing(source);
    const events = recordEvents(element);
    radio(element, 'Olga').click();
    submit(element).click();
    submit(element).click();
    expect(submit(element).ariaDisabled).to.equal('true');
    find(element, '#reason').focus();
    await sendKeys({ press: 'Enter' });
    await idle();
    release();
    await waitUntil(() => !isOpen(element), 'closed', WAIT);
    expect(asked.writes).to.have.lengthOf(1);
    expect(reportedPhases(events).map(({ phase }) => phase)).to.deep.equal(['submit', 'done']);
  });

  it('reports a failure in place, keeps selection and reason, and retries', async () => {
    let isBroken = true;
    const { source, asked } = wikiWith({
      write: async () => {
        if (isBroken)
          throw new MentorshipError('refused', 'No.', { wikiMessage: 'End your break tomorrow.' });
      },
    });
    const element = await choosing(source);
    const events = recordEvents(element);
    radio(element, 'Olga').click();
    type(element, '#reason', 'Time zones');
    submit(element).click();
    await waitUntil(() => dialog(element).includes('End your break tomorrow.'), 'the failure', WAIT);
    expect(reportedPhases(events).at(-1)).to.deep.equal({
      phase: 'failed',
      mentor: 'Olga',
      reason: 'Time zones',
      errorCode: 'refused',
    });
    isBroken = false;
    submit(element).click();
    await waitUntil(() => !isOpen(element), 'closed', WAIT);
    const choice = { name: 'Olga', reason: 'Time zones' };
    expect(asked.writes).to.deep.equal([choice, choice]);
  });

  it('continues if it is closed, and reports the result above the card', async () => {
    const { act, release } = deferred(undefined);
    const { source } = wikiWith({ write: act });
    const element = await choosing(source);
    const events = recordEvents(element);
    radio(element, 'Olga').click();
    submit(element).click();
    buttonIn(element, 'Cancel').click();
    await waitUntil(() => !isOpen(element), 'closed', WAIT);
    release();
    await waitUntil(() => visibleText(find(element, '.note')) !== '', 'the note', WAIT);
    expect(visibleText(find(element, '.note'))).to.contain('is your mentor now');
    expect(reportedPhases(events).map(({ phase }) => phase)).to.deep.equal(['submit', 'done']);
  });
});

describe('list of mentors', () => {
  it('shows and announces that it is loading', async () => {
    let go = () => {};
    const { source } = wikiWith({ list: () => new Promise((resolve) => (go = resolve)) });
    const element = await choosing(source, 'opened');
    await waitUntil(() => announcement(element) === 'Looking for mentors…', 'said', WAIT);
    expect(dialog(element)).to.contain('Looking for mentors…');
    expect(all(element, 'dialog progress')).to.have.lengthOf(1);
    expect(root(element).activeElement === find(element, 'dialog h2')).to.be.true;
    go();
    await waitUntil(() => isLoaded(element), 'the list', WAIT);
    expect(announcement(element)).to.equal('3 mentors to choose from');
    expect(root(element).activeElement === find(element, 'dialog h2'), 'the focus stays').to.be.true;
  });

  it('shows the wiki’s message and a retry button after a failure', async () => {
    let isBroken = true;
    const { source, asked } = wikiWith({
      list: async () => {
        if (isBroken) throw new MentorshipError('busy', 'Busy.', { wikiMessage: 'The wiki is busy.' });
      },
    });
    const element = await choosing(source, 'opened');
    await waitUntil(() => dialog(element).includes('The wiki is busy.'), 'the failure', WAIT);
    expect(announcement(element)).to.equal('The list of mentors couldn’t be loaded.');
    isBroken = false;
    buttonIn(element, 'Try again').click();
    expect(root(element).activeElement === find(element, 'dialog h2'), 'the focus').to.be.true;
    await waitUntil(() => isLoaded(element), 'the list', WAIT);
    expect(names(element)).to.deep.equal(['Olga', 'Zoë', 'José']);
    expect(asked.lists).to.equal(2);
  });

  it('treats an invalid list as a failure', async () => {
    const { source } = wikiWith({ mentors: 'nobody' as unknown as ListedMentor[] });
    const element = await choosing(source, 'opened');
    await waitUntil(() => dialog(element).includes('couldn’t be loaded'), 'the failure', WAIT);
  });

  for (const [what, mentors] of Object.entries({
    'nobody at all': [],
    'the present mentor alone': [mentor('Kim')],
  }))
    it(`${what}: reports that no other mentor is available`, async () => {
      const { source } = wikiWith({ mentors });
      const element = await choosing(source, 'opened');
      const sentence = 'No other mentor is free at the moment. Check back later.';
      await waitUntil(() => dialog(element).includes(sentence), 'the sentence', WAIT);
      expect(announcement(element)).to.equal(sentence);
      expect(all(element, 'dialog form')).to.be.empty;
    });

  it('stops loading when the dialog is closed', async () => {
    const { act, release } = deferred(undefined);
    const { source, asked } = wikiWith({ mentors: many(20), list: act });
    const element = await choosing(source, 'opened');
    find(element, 'dialog .close').click();
    await waitUntil(() => !isOpen(element), 'closed', WAIT);
    release();
    await idle();
    expect(asked.names).to.be.empty;
    expect(isOpen(element)).to.be.false;
  });
});

describe('profiles', () => {
  it('are requested once, in one request, if there are few', async () => {
    const { source, asked } = wikiWith();
    await choosing(source);
    await idle();
    expect(asked.names).to.deep.equal([['Olga', 'Zoë', 'José']]);
  });

  it('are requested for all, once each and at most 50 at a time, one request after another', async () => {
    const gates: (() => void)[] = [];
    const { source, asked } = wikiWith({
      mentors: many(120),
      profile: () => new Promise((resolve) => gates.push(resolve)),
    });
    await choosing(source, 'opened');
    for (const count of [1, 2, 3]) {
      await waitUntil(() => asked.names.length === count, `request ${count}`, WAIT);
      await idle();
      expect(asked.names).to.have.lengthOf(count);
      gates.at(-1)?.();
    }
    expect(asked.names.map(({ length }) => length)).to.deep.equal([50, 50, 20]);
    expect(new Set(asked.names.flat()).size).to.equal(120);
  });

  it('sort the list by activity, the latest first and unknown ones last', async () => {
    const { source } = wikiWith({
      mentors: ['None', 'Old', 'New', 'Kim', 'Unknown', 'Middle'].map((name) => mentor(name)),
      profiles: {
        Old: { lastActive: daysAgo(412) },
        New: { lastActive: daysAgo(0) },
        Middle: { lastActive: daysAgo(3) },
      },
    });
    const element = await choosing(source);
    expect(names(element)).to.deep.equal(['New', 'Middle', 'Old', 'None', 'Unknown']);
    expect(visibleText(rows(element)[2])).to.equal('Old 1,234 edits Active 412 days ago');
  });

  /** Opens a dialog whose profiles arrive after it has shown the list, when `go` is called. */
  const choosingLate = async () => {
    let go = () => {};
    const profiles = { Zoë: { lastActive: daysAgo(1) } };
    const { source, asked } = wikiWith({ profiles, profile: () => new Promise((resolve) => (go = resolve)) });
    const element = await choosing(source, 'opened');
    await waitUntil(() => isLoaded(element), 'the list', WAIT);
    expect([asked.names.length, names(element)]).to.deep.equal([1, ['Olga', 'Zoë', 'José']]);
    return { element, go: () => go() };
  };
  const hasProfiles = (element: MentorshipModule) => () => all(element, '.mentor .quiet span').length > 0;

  it('that arrive late sort a list that is not used yet', async () => {
    const { element, go } = await choosingLate();
    go();
    await waitUntil(() => names(element)[0] === 'Zoë', 'sorted', WAIT);
  });

  it('that arrive late do not move the rows while the viewer uses the list', async () => {
    const { element, go } = await choosingLate();
    radio(element, 'José').focus();
    go();
    await waitUntil(hasProfiles(element), 'the figures', WAIT);
    await idle();
    expect(names(element)).to.deep.equal(['Olga', 'Zoë', 'José']);
  });

  it('that cannot be loaded leave rows without figures but selectable', async () => {
    const { source, asked } = wikiWith({
      profile: () => Promise.reject(new MentorshipError('network', 'Gone.')),
    });
    const element = await choosing(source, 'opened');
    await waitUntil(() => isLoaded(element), 'the list', WAIT);
    await idle();
    expect(rows(element).map(visibleText)).to.deep.equal([
      'Olga I am Olga.',
      'Zoë I am Zoë.',
      'José I am José.',
    ]);
    radio(element, 'Zoë').click();
    submit(element).click();
    await waitUntil(() => !isOpen(element), 'closed', WAIT);
    expect(asked.names).to.have.lengthOf(1);
    expect(asked.writes).to.have.lengthOf(1);
  });

  it('of blocked accounts remove these from the list', async () => {
    const { source } = wikiWith({ profiles: { Olga: { blocked: true } } });
    const element = await choosing(source);
    expect(names(element)).to.deep.equal(['Zoë', 'José']);
    expect(visibleText(find(element, 'legend'))).to.equal('2 mentors to choose from');
  });

  it('of a selected, blocked mentor clear the selection and report it', async () => {
    let go = () => {};
    const { source, asked } = wikiWith({
      profiles: { Olga: { blocked: true } },
      profile: () => new Promise((resolve) => (go = resolve)),
    });
    const element = await choosing(source, 'opened');
    await waitUntil(() => asked.names.length === 1 && isLoaded(element), 'the list', WAIT);
    radio(element, 'Olga').focus();
    radio(element, 'Olga').click();
    go();
    await waitUntil(() => names(element).length === 2, 'taken out', WAIT);
    expect(visibleText(find(element, '#problem'))).to.match(
      /^.?Olga.? can’t be chosen at the moment\. Choose somebody else\.$/,
    );
    expect(root(element).activeElement === radio(element, 'Zoë'), 'the focus goes on').to.be.true;
    expect(all(element, '.mentor :checked')).to.be.empty;
    expect(visibleText(submit(element))).to.equal('Choose another mentor');
  });

  it('of blocked accounts only: reports that no mentor is available until one is', async () => {
    let go = () => {};
    const blocked = { blocked: true };
    const { source, asked, wiki } = wikiWith({
      profiles: { Olga: blocked, Zoë: blocked, José: blocked },
      profile: () => new Promise((resolve) => (go = resolve)),
    });
    const element = await choosing(source, 'opened');
    await waitUntil(() => asked.names.length === 1 && isLoaded(element), 'the list', WAIT);
    radio(element, 'Zoë').focus();
    radio(element, 'Zoë').click();
    go();
    await waitUntil(() => dialog(element).includes('No other mentor is free'), 'the sentence', WAIT);
    expect(root(element).activeElement === find(element, 'dialog h2'), 'the focus').to.be.true;
    wiki.profiles = {};
    buttonIn(element, 'Check again').click();
    await waitUntil(() => asked.names.length === 2, 'the second request', WAIT);
    go();
    await waitUntil(() => all(element, '.mentor .quiet span').length === 3, 'the figures', WAIT);
    expect(all(element, '.mentor :checked'), 'nobody is chosen').to.be.empty;
    expect(visibleText(find(element, '#problem'))).to.equal('');
  });
});

describe('reply times', () => {
  /** Adds the action that reads talk pages, with the reply time in hours by name. */
  const withReplies = (hours: Record<string, number | null>, changes: Partial<Wiki> = {}) => {
    const { source, ...rest } = wikiWith(changes);
    const read: string[] = [];
    const readTalkPage = async (_: Snapshot, { name }: { name: string }) => {
      read.push(name);
      return { typicalReplyHours: hours[name] ?? null, waitingQuestions: null, talkUrl: null };
    };
    const loadActions = async () => ({ ...(await source.loadActions?.()), readTalkPage });
    return { ...rest, read, source: { ...source, id: `replies ${Math.random()}`, loadActions } };
  };

  it('are shown where known, and kept for a day', async () => {
    const { source, read } = withReplies({ Olga: 20, Zoë: 49 });
    const element = await choosing(source);
    await waitUntil(() => dialog(element).includes('3 days'), 'the reply times', WAIT);
    expect(rows(element).map(visibleText)).to.deep.equal([
      'Olga 1,234 edits Usually answers within 1 day I am Olga.',
      'Zoë 1,234 edits Usually answers within 3 days I am Zoë.',
      'José 1,234 edits I am José.',
    ]);
    await waitUntil(() => read.includes('José'), 'the last row', WAIT);
    const before = read.filter((name) => name !== 'Kim');
    expect(before).to.deep.equal(['Olga', 'Zoë', 'José']);
    const again = await choosing(source);
    await waitUntil(() => dialog(again).includes('3 days'), 'the stored times', WAIT);
    expect(read.filter((name) => name !== 'Kim')).to.deep.equal(before);
  });

  it('are requested only for rows in view', async () => {
    const { source, read } = withReplies({}, { mentors: many(200) });
    const element = await choosing(source);
    await waitUntil(() => read.includes('Mentor 1'), 'the first rows', WAIT);
    await idle();
    expect(read.length).to.be.within(2, 20);
    const list = find(element, '.mentors');
    list.scrollTop = list.scrollHeight;
    await waitUntil(() => read.some((name) => /1[5-9]\d$/.test(name)), 'the rows below', WAIT);
    expect(new Set(read).size).to.equal(read.length);
  });

  it('are left out for a mentor who has been inactive for more than 30 days', async () => {
    const profiles = { Olga: { lastActive: daysAgo(31) }, Zoë: { lastActive: daysAgo(30) } };
    const { source } = withReplies({ Olga: 20, Zoë: 20 }, { profiles });
    const element = await choosing(source);
    await waitUntil(() => dialog(element).includes('Usually'), 'the reply times', WAIT);
    expect(
      rows(element)
        .map(visibleText)
        .filter((text) => text.includes('Usually')),
    ).to.deep.equal(['Zoë 1,234 edits Active 30 days ago Usually answers within 1 day I am Zoë.']);
  });
});

describe('search', () => {
  const mentors = [...few, ...many(8), mentor('Łukasz', 'Ich übersetze aus dem Polnischen.')];

  it('appears for more than eight mentors', async () => {
    const element = await choosing(wikiWith({ mentors: many(8) }).source);
    expect(all(element, '[type=search]')).to.be.empty;
    const more = await choosing(wikiWith({ mentors: many(9) }).source);
    const field = find(more, '[type=search]') as HTMLInputElement;
    expect(visibleText(field.labels?.[0])).to.equal('Find a mentor by name or introduction');
  });

  for (const [query, found] of Object.entries({
    zoe: ['Zoë'],
    ZOË: ['Zoë'],
    'i am josé': ['José'],
    'jose am': ['José'],
    ubersetze: ['Łukasz'],
    'SUBJECT 3': ['Mentor 3'],
    '  ': ['Olga', 'Zoë', 'José', ...many(8).map(({ name }) => name), 'Łukasz'],
  }))
    it(`for “${query}” finds ${found.length}`, async () => {
      const element = await choosing(wikiWith({ mentors }).source);
      type(element, '#search', query);
      expect(names(element)).to.deep.equal(found);
      expect(announcement(element)).to.equal(query.trim() ? '1 mentor matches your search.' : '');
    });

  it('reports the number of results', async () => {
    const element = await choosing(wikiWith({ mentors }).source);
    type(element, '#search', 'subject');
    expect(announcement(element)).to.equal('8 mentors match your search.');
  });

  it('without results reports it and can be cleared', async () => {
    const element = await choosing(wikiWith({ mentors }).source);
    type(element, '#search', 'quantum');
    expect(names(element)).to.be.empty;
    expect(announcement(element)).to.equal('No mentor matches your search.');
    type(element, '#search', '');
    expect(names(element)).to.have.lengthOf(12);
  });

  it('keeps the selected mentor, so that Tab reaches the list', async () => {
    const element = await choosing(wikiWith({ mentors }).source);
    radio(element, 'Olga').click();
    type(element, '#search', 'zoe');
    expect(names(element)).to.deep.equal(['Olga', 'Zoë']);
    expect(announcement(element)).to.equal('1 mentor matches your search.');
  });

  it('shows 200 of a long list at a time, reads only their profiles, and finds all others', async () => {
    const { source, asked } = wikiWith({ mentors: many(10_000) });
    const element = await choosing(source);
    expect(visibleText(find(element, 'legend'))).to.equal('10,000 mentors to choose from');
    expect(dialog(element)).to.contain('Only 200 mentors are shown. Search to find others.');
    expect(all(element, '.mentor')).to.have.lengthOf(200);
    await waitUntil(() => asked.names.flat().length === 200, 'the profiles', WAIT);
    type(element, 'input[type=search]', 'subject 9999');
    await waitUntil(() => names(element).join() === 'Mentor 9999', 'the mentor who was found', WAIT);
    await waitUntil(() => /1,234 edits/.test(rows(element).map(visibleText).join()), 'the profile', WAIT);
    expect(dialog(element)).not.to.contain('Only 200');
    radio(element, 'Mentor 9999').click();
    type(element, 'input[type=search]', 'subject 1');
    await waitUntil(() => all(element, '.mentor').length === 201, 'the others and the chosen one', WAIT);
    expect(names(element)[0]).to.equal('Mentor 9999');
    expect(radio(element, 'Mentor 9999').checked).to.be.true;
    expect(all(element, 'input:checked')).to.have.lengthOf(1);
    expect(asked.names.every((some) => some.length <= 50)).to.be.true;
    expect(asked.names.flat()).to.have.lengthOf(new Set(asked.names.flat()).size);
  });

  it('keeps the place of the chosen row and the focus in a long list', async () => {
    const element = await choosing(wikiWith({ mentors: many(201) }).source);
    const before = names(element);
    radio(element, before[100]!).focus();
    await sendKeys({ press: 'ArrowDown' });
    const chosen = radio(element, before[101]!);
    expect(chosen.checked).to.be.true;
    expect(root(element).activeElement === chosen, 'the focus').to.be.true;
    expect(names(element)).to.deep.equal(before);
  });

  it('reuses the existing rows', async () => {
    const element = await choosing(wikiWith({ mentors: many(200) }).source);
    const before = all(element, '.mentor');
    const observer = new MutationObserver(() => {});
    observer.observe(find(element, '.mentors'), { childList: true, subtree: true });
    for (const query of ['1', '19', '199', '']) type(element, '#search', query);
    expect(observer.takeRecords()).to.be.empty;
    observer.disconnect();
    expect(all(element, '.mentor').every((row, index) => row === before[index])).to.be.true;
    expect(before).to.have.lengthOf(200);
  });

  it('does not submit the form', async () => {
    const { source, asked } = wikiWith({ mentors });
    const element = await choosing(source);
    radio(element, 'Olga').click();
    find(element, '#search').focus();
    await sendKeys({ type: 'zoe' });
    await sendKeys({ press: 'Enter' });
    expect(asked.writes).to.be.empty;
    expect(isOpen(element)).to.be.true;
  });
});

describe('keyboard navigation', () => {
  it('searches, selects, writes a reason and submits', async () => {
    const { source, asked } = wikiWith({ mentors: many(12) });
    const element = await choosing(source);
    const press = async (...keys: string[]) => {
      for (const key of keys) await sendKeys({ press: key });
    };
    // Continues from the heading, past the close button.
    await press('Tab', 'Tab');
    await sendKeys({ type: '1' });
    expect(names(element)).to.deep.equal(['Mentor 1', 'Mentor 10', 'Mentor 11']);
    await press('Tab');
    // Firefox also stops at a list that scrolls.
    if (root(element).activeElement?.matches('.mentors')) await press('Tab');
    await press(' ', 'ArrowDown');
    expect(radio(element, 'Mentor 10').checked, 'hidden rows are passed over').to.be.true;
    await press('Tab');
    await sendKeys({ type: 'Why not' });
    // Past the button to cancel.
    await press('Tab', 'Tab', 'Enter');
    await waitUntil(() => !isOpen(element), 'closed', WAIT);
    expect(asked.writes).to.deep.equal([{ name: 'Mentor 10', reason: 'Why not' }]);
  });

  it('Escape closes the dialog and dispatches the event', async () => {
    const element = await choosing(wikiWith().source);
    const events = recordEvents(element);
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => !isOpen(element), 'closed', WAIT);
    expect(reportedPhases(events).map(({ phase }) => phase)).to.deep.equal(['canceled']);
  });

  it('the focus outline of a row is not cut off', async () => {
    const element = await choosing(wikiWith({ mentors: many(200) }).source);
    const input = radio(element, 'Mentor 150');
    input.focus();
    const [row, box] = [input.closest('.mentor')!.getBoundingClientRect(), input.getBoundingClientRect()];
    const room = Math.min(box.left - row.left, row.right - box.right, box.top - row.top);
    expect(room, 'outline and its offset').to.be.at.least(4);
  });
});

describe('styles', () => {
  it('are adopted once', async () => {
    const element = await choosing(wikiWith().source);
    const count = root(element).adoptedStyleSheets.length;
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => !isOpen(element), 'closed', WAIT);
    buttonIn(element, 'Choose another mentor').click();
    await waitUntil(() => isLoaded(element), 'the list', WAIT);
    expect(root(element).adoptedStyleSheets).to.have.lengthOf(count);
  });
});

for (const theme of ['light', 'dark'])
  for (const lang of ['en', 'ar'])
    it(`axe finds no violations, ${theme}, ${lang}`, async () => {
      document.documentElement.lang = 'en';
      const main = attach(document.createElement('main'));
      const element = await show({ source: wikiWith({ mentors: many(12) }).source, theme, lang }, main);
      all(element, '#more button')[1]?.click();
      await waitUntil(() => all(element, '.mentor .quiet span').length > 0, 'the list', WAIT);
      radio(element, 'Mentor 1').click();
      type(element, '#search', 'subject');
      const { violations } = await axe.run(find(element, 'dialog'), {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      });
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).to.deep.equal([]);
    });
