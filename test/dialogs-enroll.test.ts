import { expect, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import 'axe-core/axe.min.js';
import type { AxeResults, RunOptions } from 'axe-core';
import { MentorshipError } from '../src/index.js';
import type { MentorshipModule } from '../src/mentorship-module.js';
import type { MentorshipSource } from '../src/sdk/index.js';
import { deferred, fakeSource, INVITED, KIM } from './fake-source.js';
import {
  all,
  find,
  idle,
  isAction,
  make,
  markup,
  attach,
  recordEvents,
  root,
  nextOutcome,
  visibleText,
} from './element-helpers.js';
import { snapshotOf } from './sample-snapshots.js';

declare const axe: { run(context: Element, options: RunOptions): Promise<AxeResults> };

const DASHBOARD = 'https://wiki.example/wiki/Special:MentorDashboard';

/** Creates a source whose viewer is experienced, and records its writes. */
function wikiWith({
  write = async () => {},
  dashboardUrl = DASHBOARD,
}: { write?: () => Promise<void>; dashboardUrl?: string | null } = {}) {
  const now = snapshotOf({
    viewer: { name: 'Noor', gender: 'female', editCount: 900, registered: null },
    program: { dashboardUrl },
  });
  const writes: string[] = [];
  const source: MentorshipSource = {
    load: async () => structuredClone(now),
    loadActions: async () => ({
      enroll: async (_, { introduction }) => {
        writes.push(introduction);
        await write();
        if (now.viewer) now.viewer.isMentor = true;
      },
    }),
  };
  return { source, writes };
}

const WAIT = { interval: 5, timeout: 9_000 };

async function enrolling(source: MentorshipSource, settings: Parameters<typeof make>[0] = {}) {
  const element = Object.assign(make({ source, ...settings }), { enroll: 'here' });
  const end = nextOutcome(element);
  attach(element);
  await end;
  await element.updateComplete;
  find(element, '.actions .primary').click();
  await waitUntil(() => isOpen(element), 'the dialog', WAIT);
  return element;
}

const isOpen = (element: MentorshipModule) => root(element).querySelector('dialog')?.open ?? false;
const heading = (element: MentorshipModule) => visibleText(find(element, 'dialog h2'));
const field = (element: MentorshipModule) => find(element, '#introduction') as HTMLTextAreaElement;
const submit = (element: MentorshipModule) => find(element, 'dialog .actions .primary');
const preview = (element: MentorshipModule) => visibleText(find(element, 'dialog .notice'));
const isDone = (element: MentorshipModule) => isOpen(element) && heading(element) === 'You’re a mentor now';

function type(element: MentorshipModule, text: string) {
  field(element).value = text;
  field(element).dispatchEvent(new InputEvent('input', { bubbles: true }));
}

const reportedPhases = (events: Event[]) =>
  events
    .filter(isAction)
    .filter(({ action }) => action === 'enroll')
    .map(({ phase, text, length, errorCode }) => ({ phase, text, length, errorCode }));

describe('becoming a mentor in place', () => {
  it('explains the role and focuses the text field', async () => {
    const element = await enrolling(wikiWith().source);
    expect(heading(element)).to.equal('Become a mentor');
    expect(all(element, 'dialog .points li').map(visibleText)).to.deep.equal([
      'Your name will appear on this wiki’s list of mentors.',
      'Newcomers will be assigned to you. They may ask you questions on your talk page.',
      'You answer when you have time. You can take a break or stop whenever you like.',
    ]);
    expect(root(element).activeElement === field(element)).to.be.true;
    expect(visibleText(field(element).labels[0])).to.contain('Introduce yourself');
    expect(markup(element, 'dialog [style]')).to.be.empty;
  });

  it('counts Unicode characters and shows a preview for mentees', async () => {
    const element = await enrolling(wikiWith().source);
    expect(visibleText(find(element, '#count'))).to.equal('0 of 240 characters');
    expect(preview(element)).to.equal(
      'Noor No question is too small. Your mentor will be glad to hear from you.',
    );
    type(element, ' I write 👩‍🚀 <b>books</b> ');
    expect(visibleText(find(element, '#count'))).to.equal('24 of 240 characters');
    expect(preview(element)).to.equal('Noor I write 👩‍🚀 <b>books</b>');
    expect(find(element, 'dialog blockquote').dir).to.equal('auto');
  });

  it('dispatches events, writes once, and shows a final step with the dashboard and the new card', async () => {
    const { source, writes } = wikiWith();
    const element = await enrolling(source);
    const events = recordEvents(element);
    type(element, '  I write about rivers. ');
    submit(element).click();
    await waitUntil(() => isDone(element), 'done', WAIT);
    expect(writes).to.deep.equal(['I write about rivers.']);
    const details = { text: 'I write about rivers.', length: 21, errorCode: undefined };
    expect(reportedPhases(events)).to.deep.equal([
      { phase: 'submit', ...details },
      { phase: 'done', ...details },
    ]);
    const link = submit(element) as HTMLAnchorElement;
    expect([link.href, visibleText(link)]).to.deep.equal([DASHBOARD, 'Open your mentor dashboard']);
    expect(root(element).activeElement === link).to.be.true;
    expect(visibleText(find(element, 'dialog .announcement'))).to.equal('You’re a mentor now');
    await waitUntil(() => element.getAttribute('variant') === 'mentor', 'the card', WAIT);
    expect(isDone(element), 'it stays when the card changes').to.be.true;
    find(element, 'dialog .actions button').click();
    await waitUntil(() => !isOpen(element), 'closed', WAIT);
    expect(
      reportedPhases(events).map(({ phase }) => phase),
      'not canceled',
    ).to.deep.equal(['submit', 'done']);
    expect(Boolean(root(element).activeElement), 'the focus is in the card').to.be.true;
  });

  it('lets the host handle the link to the dashboard', async () => {
    const element = await enrolling(wikiWith().source);
    submit(element).click();
    await waitUntil(() => isDone(element), 'done', WAIT);
    const links: (string | null | undefined)[] = [];
    element.addEventListener('mentorship-action', (event) => {
      event.preventDefault();
      links.push(event.href);
    });
    submit(element).click();
    expect(links).to.deep.equal([DASHBOARD]);
  });

  it('focuses “Done” if there is no dashboard', async () => {
    const element = await enrolling(wikiWith({ dashboardUrl: null }).source);
    submit(element).click();
    await waitUntil(() => isDone(element), 'done', WAIT);
    expect(all(element, 'dialog a')).to.be.empty;
    expect(visibleText(root(element).activeElement)).to.equal('Done');
  });

  it('does not require an introduction', async () => {
    const { source, writes } = wikiWith();
    const element = await enrolling(source);
    type(element, ' \n ');
    submit(element).click();
    await waitUntil(() => isDone(element), 'done', WAIT);
    expect(writes).to.deep.equal(['']);
  });

  it('rejects a text that is too long in place, and accepts a shorter one', async () => {
    const { source, writes } = wikiWith();
    const element = await enrolling(source);
    const events = recordEvents(element);
    type(element, '🦆'.repeat(241));
    submit(element).click();
    await waitUntil(() => visibleText(find(element, '#problem')) !== '', 'the message', WAIT);
    expect(visibleText(find(element, '#problem'))).to.equal('Your introduction is 1 character too long.');
    expect(field(element).ariaInvalid).to.equal('true');
    expect(root(element).activeElement === field(element)).to.be.true;
    expect([writes, reportedPhases(events)]).to.deep.equal([[], []]);
    type(element, '🦆'.repeat(240));
    expect(visibleText(find(element, '#problem'))).to.equal('');
    submit(element).click();
    await waitUntil(() => isDone(element), 'done', WAIT);
    expect(writes).to.deep.equal(['🦆'.repeat(240)]);
  });

  it('lets the host take over', async () => {
    const { source, writes } = wikiWith();
    const element = await enrolling(source);
    element.addEventListener('mentorship-action', (event) => event.preventDefault());
    submit(element).click();
    await waitUntil(() => !isOpen(element), 'closed', WAIT);
    expect(writes).to.be.empty;
  });

  it('writes once however often it is submitted', async () => {
    const { act, release } = deferred(undefined);
    const { source, writes } = wikiWith({ write: act });
    const element = await enrolling(source);
    submit(element).click();
    submit(element).click();
    await idle();
    release();
    await waitUntil(() => isDone(element), 'done', WAIT);
    expect(writes).to.have.lengthOf(1);
  });

  it('reports a failure in place, keeps the text, and retries', async () => {
    let isBroken = true;
    const { source, writes } = wikiWith({
      write: async () => {
        if (isBroken) throw new MentorshipError('refused', 'No.', { wikiMessage: 'You have no right.' });
      },
    });
    const element = await enrolling(source);
    const events = recordEvents(element);
    type(element, 'Rivers');
    submit(element).click();
    await waitUntil(
      () => visibleText(find(element, 'dialog')).includes('You have no right.'),
      'failed',
      WAIT,
    );
    expect(reportedPhases(events).map(({ phase, errorCode }) => [phase, errorCode])).to.deep.equal([
      ['submit', undefined],
      ['failed', 'refused'],
    ]);
    expect(field(element).value).to.equal('Rivers');
    isBroken = false;
    submit(element).click();
    await waitUntil(() => isDone(element), 'done', WAIT);
    expect(writes).to.deep.equal(['Rivers', 'Rivers']);
  });

  it('continues if it is closed, and reports the result above the card', async () => {
    const { act, release } = deferred(undefined);
    const { source } = wikiWith({ write: act });
    const element = await enrolling(source);
    submit(element).click();
    find(element, 'dialog .close').click();
    await waitUntil(() => !isOpen(element), 'closed', WAIT);
    release();
    await waitUntil(() => visibleText(find(element, '.note')) !== '', 'the note', WAIT);
    expect(visibleText(find(element, '.note'))).to.equal('You’re a mentor now');
    expect(isOpen(element)).to.be.false;
  });

  it('keeps the text if it is closed during a request that then fails', async () => {
    const { act, release } = deferred(undefined);
    let attempts = 0;
    const { source, writes } = wikiWith({
      write: async () => {
        await act();
        if (++attempts === 1) throw new MentorshipError('rate-limited', 'No.');
      },
    });
    const element = await enrolling(source);
    type(element, 'Rivers');
    submit(element).click();
    find(element, 'dialog .close').click();
    await waitUntil(() => all(element, 'dialog').length === 0, 'closed', WAIT);
    release();
    await waitUntil(() => visibleText(find(element, '.note')) !== '', 'the note', WAIT);
    find(element, 'section .actions .primary').click();
    await waitUntil(() => isOpen(element), 'reopened', WAIT);
    expect(field(element).value).to.equal('Rivers');
    // The note on the card has told the error.
    expect(markup(element, 'dialog [role=alert] p')).to.deep.equal([]);
    submit(element).click();
    await waitUntil(() => isDone(element), 'done', WAIT);
    expect(writes).to.deep.equal(['Rivers', 'Rivers']);
  });
});

describe('keyboard navigation', () => {
  it('writes, enrolls and closes', async () => {
    const { source, writes } = wikiWith();
    const element = await enrolling(source);
    await sendKeys({ type: 'Hello' });
    await sendKeys({ press: 'Enter' });
    await sendKeys({ type: 'there' });
    // Past the button to cancel.
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => isDone(element), 'done', WAIT);
    expect(writes).to.deep.equal(['Hello\nthere']);
    // Back from the link to the dashboard.
    await sendKeys({ down: 'Shift' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ up: 'Shift' });
    await sendKeys({ press: 'Enter' });
    await waitUntil(() => !isOpen(element), 'closed', WAIT);
  });

  it('Escape closes the dialog and dispatches the event', async () => {
    const { source, writes } = wikiWith();
    const element = await enrolling(source);
    const events = recordEvents(element);
    await sendKeys({ press: 'Escape' });
    await waitUntil(() => !isOpen(element), 'closed', WAIT);
    expect(reportedPhases(events).map(({ phase }) => phase)).to.deep.equal(['canceled']);
    expect(writes).to.be.empty;
  });
});

for (const theme of ['light', 'dark'])
  for (const lang of ['en', 'ar'])
    it(`axe finds no violations, ${theme}, ${lang}`, async () => {
      document.documentElement.lang = 'en';
      const element = await enrolling(wikiWith().source, { theme, lang });
      const checkPreview = async () => {
        const { violations } = await axe.run(find(element, 'dialog'), {
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        });
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).to.deep.equal([]);
      };
      type(element, 'x'.repeat(241));
      submit(element).click();
      await checkPreview();
      type(element, 'Hello');
      submit(element).click();
      await waitUntil(() => all(element, 'dialog a').length > 0, 'done', WAIT);
      await checkPreview();
    });

describe('becoming a mentor with a mentor of one’s own', () => {
  const ENDS = 'Kim will no longer be your mentor.';
  const KEPT =
    'Kim is still your mentor, because something went wrong. You can continue without a mentor at any time.';
  const start = async (actions: Parameters<typeof fakeSource>[0] = {}) => {
    const fake = fakeSource({ snapshot: { ...INVITED, mentor: KIM }, ...actions });
    return { fake, element: await enrolling(fake.source) };
  };
  const enroll = async (element: MentorshipModule) => {
    submit(element).click();
    await waitUntil(() => isDone(element) || markup(element, '[role=alert] p').length > 0, 'the end', WAIT);
  };
  const text = (element: MentorshipModule) => visibleText(find(element, 'dialog'));
  const phases = (events: Event[]) =>
    events.filter(isAction).map(({ action, phase }) => `${action} ${phase}`);

  it('says that it ends, and ends it after enrolling, once', async () => {
    const { element, fake } = await start();
    const events = recordEvents(element);
    expect(text(element)).to.contain(ENDS);
    await enroll(element);
    expect(fake.writes).to.deep.equal(['enroll', 'leave']);
    expect(phases(events)).to.deep.equal(['enroll submit', 'enroll done', 'leave done']);
    expect(events.filter(isAction).at(-1)).to.include({ variant: 'invite', reason: '', text: '', length: 0 });
    expect(element.decision).to.have.property('mentor', null);
    expect(text(element)).not.to.contain('Kim');
  });

  it('keeps it if enrolling fails, and ends it if the second attempt succeeds', async () => {
    let attempts = 0;
    const { element, fake } = await start({
      enroll: async () => {
        if (++attempts === 1) throw new MentorshipError('denied', 'No.');
        if (fake.now.viewer) fake.now.viewer = { ...fake.now.viewer, isMentor: true };
      },
    });
    const events = recordEvents(element);
    await enroll(element);
    expect(fake.writes).to.deep.equal([]);
    expect(text(element)).to.contain(ENDS);
    submit(element).click();
    await waitUntil(() => isDone(element), 'done', WAIT);
    expect(fake.writes).to.deep.equal(['leave']);
    expect(phases(events)).to.deep.equal([
      ...['enroll submit', 'enroll failed'],
      ...['enroll submit', 'enroll done', 'leave done'],
    ]);
  });

  it('does not claim that it is kept if the outcome of ending it is unknown', async () => {
    let isDown = false;
    const fake = fakeSource({
      snapshot: { ...INVITED, mentor: KIM },
      leave: async () => {
        isDown = true;
        throw new MentorshipError('network', 'Lost.', { outcomeUnknown: true });
      },
    });
    const load: MentorshipSource['load'] = async (options) => {
      if (isDown) throw new MentorshipError('denied', 'No.');
      return fake.source.load(options);
    };
    const element = await enrolling({ ...fake.source, load });
    submit(element).click();
    await waitUntil(() => isDone(element), 'done', { interval: 50, timeout: 25_000 });
    expect(text(element)).to.contain(`${ENDS} The wiki gave no clear answer`).and.not.contain(KEPT);
  }).timeout(30_000);

  it('says that it is kept if only ending it failed', async () => {
    const leave = async () => {
      throw new MentorshipError('denied', 'No.');
    };
    const { element, fake } = await start({ leave });
    const events = recordEvents(element);
    await enroll(element);
    expect(fake.writes).to.deep.equal(['enroll']);
    expect(phases(events)).to.deep.equal(['enroll submit', 'enroll done']);
    expect(text(element)).to.contain(KEPT);
    expect(element.decision).to.have.nested.property('mentor.name', 'Kim');
  });

  it('says nothing of the kind without a mentor', async () => {
    const fake = fakeSource({ snapshot: INVITED });
    const element = await enrolling(fake.source);
    expect(all(element, '.points li').length).to.equal(3);
    const events = recordEvents(element);
    await enroll(element);
    expect(fake.writes).to.deep.equal(['enroll']);
    expect(phases(events)).to.deep.equal(['enroll submit', 'enroll done']);
  });
});
