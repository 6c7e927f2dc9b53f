// Has a file of its own, because WebKit 2.50 keeps the styles of an earlier width for shadow roots with the same style sheets.
import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { fakeSource, isDialogOpen, press, showFake, until, untilClosed } from './dialog-helpers.js';
import { all, find, recordEvents } from './element-helpers.js';
import { isolateStorageInTests } from './isolated-storage.js';

isolateStorageInTests();

before(() => setViewport({ width: 360, height: 640 }));
after(() => setViewport({ width: 800, height: 600 }));

it('A dialog fills a narrow screen, and Back closes it without leaving the page', async () => {
  const { href } = location;
  const element = await showFake(fakeSource(), { leaveReasons: true });
  const events = recordEvents(element);
  press(element, 'Continue without a mentor', '#more');
  await until('the dialog', () => isDialogOpen(element));
  const { height } = find(element, 'dialog').getBoundingClientRect();
  expect(height, 'as high as the screen').to.equal(innerHeight);
  history.back();
  await untilClosed(element);
  expect(location.href).to.equal(href);
  const last = events.at(-1);
  expect(last).to.include({ action: 'leave', phase: 'canceled' });
});

it('A short confirmation is a small dialog', async () => {
  const element = await showFake(fakeSource());
  press(element, 'Continue without a mentor', '#more');
  await until('the dialog', () => isDialogOpen(element));
  const { width, height, left } = find(element, 'dialog').getBoundingClientRect();
  expect(height).to.be.below(innerHeight / 2);
  expect(left, 'a margin').to.be.at.least(10);
  expect(width).to.be.at.most(innerWidth - 20);
});

it('The primary action comes last, and all actions are as wide as the dialog', async () => {
  const element = await showFake(fakeSource(), { leaveReasons: true });
  press(element, 'Continue without a mentor', '#more');
  await until('the dialog', () => isDialogOpen(element));
  const actions = all(element, 'dialog .actions > *');
  expect(actions.at(-1)?.matches('.primary.destructive')).to.be.true;
  const { width } = find(element, 'dialog .actions').getBoundingClientRect();
  expect(actions.map((action) => action.getBoundingClientRect().width)).to.deep.equal([width, width]);
});

it('The list to choose from has one scroll container, and three mentors in sight', async () => {
  await setViewport({ width: 320, height: 640 });
  const mentors = ['Olga', 'Zoë', 'José', 'Lea', 'Max'].map((name) => ({
    name,
    intro: 'I help. '.repeat(40),
    talkUrl: null,
  }));
  const element = await showFake(fakeSource({ getMentors: async () => mentors }));
  press(element, 'Choose another mentor', '#more');
  await until('the list', () => all(element, '.mentor .quiet span').length > 0);
  const dialog = find(element, 'dialog');
  const scrolling = all(element, 'dialog, dialog *').filter(
    (one) => one.scrollHeight > one.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(one).overflowY),
  );
  expect(scrolling).to.deep.equal([dialog]);
  const bottomOf = (one: Element) => one.getBoundingClientRect().bottom;
  const topOfActions = () => find(element, 'dialog .actions').getBoundingClientRect().top;
  const isSeen = (one: Element) => bottomOf(one) <= topOfActions();
  // Waits, because Firefox lays the list out again when the profiles arrive.
  await until('three mentors are in sight', () => all(element, '.mentor').filter(isSeen).length >= 3);
  const footer = find(element, 'dialog .actions').getBoundingClientRect();
  expect(footer.bottom).to.be.at.most(innerHeight);

  for (const control of all(element, '.mentor input, #reason')) {
    control.focus();
    expect(bottomOf(control), 'the focused control is above the actions').to.be.at.most(footer.top);
  }
});
