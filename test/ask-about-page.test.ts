import { expect } from '@open-wc/testing';
import { submitDialog, fakeSource, KIM, openAsk, rejectingWith, showFake, write } from './dialog-helpers.js';
import { find, isAction, recordEvents, root, visibleText } from './element-helpers.js';
import { isolateStorageInTests } from './isolated-storage.js';
import { clearDrafts } from './scenarios.js';
import { until } from './shadow-dom.js';
import { closeDialog } from './user-actions.js';
import { MentorshipErrorEvent } from '../src/index.js';

isolateStorageInTests();
afterEach(clearDrafts);

const box = (element: Element) =>
  root(element).querySelector<HTMLInputElement>('dialog input[type=checkbox]');
const label = (element: Element) => visibleText(box(element)?.closest('label'));

/** Creates a source that records the page of each question. */
function recording(fails = false) {
  const titles: (string | undefined)[] = [];
  const refuse = rejectingWith('refused', 'No.');
  const fake = fakeSource({
    ask: async (_, { pageTitle }) => {
      titles.push(pageTitle);
      return fails ? refuse() : { url: `${KIM.talkUrl}#1`, revision: 1, firstEdit: false };
    },
  });
  return { ...fake, titles };
}

const isSent = (element: Element) => () => root(element).querySelector('dialog a.primary');

describe('a question about a page', () => {
  it('is offered only with page-title, and not checked', async () => {
    const { source, titles } = recording();
    const element = await showFake({ source });
    await openAsk(element);
    expect(box(element)).to.equal(null);
    await closeDialog(element);
    element.setAttribute('page-title', 'Moon_rock');
    await openAsk(element);
    expect(label(element)).to.equal('This question is about “Moon rock”');
    expect(find(element, 'dialog label bdi').textContent).to.equal('Moon rock');
    expect(box(element)?.checked).to.equal(false);
    write(element, 'May I?');
    submitDialog(element);
    await until('sent', isSent(element));
    expect(titles).to.deep.equal([undefined]);
  });

  it('has a checkbox of ordinary size, beside a title of any length', async () => {
    const element = Object.assign(await showFake(fakeSource()), { pageTitle: 'M'.repeat(255) });
    await openAsk(element);
    expect(box(element)?.offsetWidth).to.be.within(8, 24);
    const dialog = find(element, 'dialog');
    expect(dialog.scrollWidth).to.be.at.most(dialog.clientWidth);
  });

  it('is published with the title, which the host gets with submit', async () => {
    const { source, titles } = recording();
    const element = Object.assign(await showFake({ source }), { pageTitle: 'Help:Links' });
    const events = recordEvents(element);
    await openAsk(element);
    box(element)?.click();
    write(element, 'May I?');
    submitDialog(element);
    await until('sent', isSent(element));
    expect(titles).to.deep.equal(['Help:Links']);
    const submitted = events.filter(isAction).find(({ phase }) => phase === 'submit');
    expect(submitted?.pageTitle).to.equal('Help:Links');
  });

  it('keeps the page for a retry after a failure', async () => {
    const { source, titles } = recording(true);
    const element = Object.assign(await showFake({ source }), { pageTitle: 'Moon' });
    await openAsk(element);
    write(element, 'May I?');
    box(element)?.click();
    submitDialog(element);
    await until('failed', () => root(element).querySelector('#problem p'));
    expect(box(element)?.checked).to.equal(true);
    submitDialog(element);
    await until('twice', () => titles.length === 2);
    expect(titles).to.deep.equal(['Moon', 'Moon']);
  });

  it('is remembered with the draft, on another page too, until it is unchecked', async () => {
    const { source, titles } = recording();
    const element = Object.assign(await showFake({ source }), { pageTitle: 'Moon' });
    await openAsk(element);
    write(element, 'May I?');
    box(element)?.click();
    await closeDialog(element);
    const next = Object.assign(await showFake({ source }), { pageTitle: 'River' });
    await openAsk(next);
    expect([label(next), box(next)?.checked]).to.deep.equal(['This question is about “Moon”', true]);
    box(next)?.click();
    await closeDialog(next);
    await openAsk(next);
    expect([label(next), box(next)?.checked]).to.deep.equal(['This question is about “River”', false]);
    submitDialog(next);
    await until('sent', isSent(next));
    expect(titles).to.deep.equal([undefined]);
  });

  it('keeps its page if the host goes to another one while the dialog is open', async () => {
    const { source, titles } = recording();
    const element = Object.assign(await showFake({ source }), { pageTitle: 'Moon' });
    await openAsk(element);
    box(element)?.click();
    element.pageTitle = 'River';
    await element.updateComplete;
    write(element, 'May I?');
    expect(label(element)).to.equal('This question is about “Moon”');
    submitDialog(element);
    await until('sent', isSent(element));
    expect(titles).to.deep.equal(['Moon']);
  });

  it('does not pass a page to the next question', async () => {
    const { source } = recording();
    const element = Object.assign(await showFake({ source }), { pageTitle: 'Moon' });
    await openAsk(element);
    box(element)?.click();
    write(element, 'May I?');
    submitDialog(element);
    await until('sent', isSent(element));
    await closeDialog(element);
    await openAsk(element);
    expect(box(element)?.checked).to.equal(false);
  });

  for (const title of ['<img src=x onerror=alert(1)>', 'a]][[b', '~~~~', 'x'.repeat(300)])
    it(`has no checkbox for ${title.slice(0, 30)}, which is reported`, async () => {
      const { source } = recording();
      const element = Object.assign(await showFake({ source }), { pageTitle: title });
      const events = recordEvents(element);
      await openAsk(element);
      expect(box(element)).to.equal(null);
      const errors = events.filter((event) => event instanceof MentorshipErrorEvent);
      expect(errors.map(({ error }) => error.code)).to.deep.equal(['bad-attribute']);
      expect(errors[0]?.error.message).to.contain('page-title=');
    });

  it('ignores an invalid title in a stored draft', async () => {
    const { source, id } = recording();
    const draft = { id: 'a', text: 'May I?', pageTitle: '[[x]]', savedAt: Date.now() };
    localStorage.setItem(
      `mentorship-module question ${id} Ana`,
      JSON.stringify({ drafts: [draft], sent: [] }),
    );
    const element = Object.assign(await showFake({ source }), { pageTitle: 'Moon' });
    await openAsk(element);
    expect([label(element), box(element)?.checked]).to.deep.equal(['This question is about “Moon”', false]);
  });
});

describe('the ask dialog', () => {
  const first = (element: Element) => visibleText(find(element, 'dialog form > p'));

  it('says under whose name and where the question is published', async () => {
    const element = await showFake(fakeSource());
    await openAsk(element);
    expect(first(element)).to.contain(
      'Your question will be published on Kim’s talk page under your name, Ana. Everybody can read it there.',
    );
  });

  it('says so if another mentor may answer', async () => {
    const away = { mentor: { ...KIM, away: { until: null } } };
    const element = await showFake(fakeSource({ snapshot: away }));
    await openAsk(element);
    expect(first(element)).to.contain('It’ll appear under your name, Ana. Everybody can read it there.');
  });
});
