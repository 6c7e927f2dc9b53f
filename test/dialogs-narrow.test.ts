// Has a file of its own, because WebKit 2.50 keeps the styles of an earlier width for shadow roots with the same style sheets.
import { expect } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { fakeSource, isDialogOpen, press, showFake, until, untilClosed } from './dialog-helpers.js';
import { find, recordEvents } from './element-helpers.js';
import { isolateStorageInTests } from './isolated-storage.js';

isolateStorageInTests();

before(() => setViewport({ width: 360, height: 640 }));
after(() => setViewport({ width: 800, height: 600 }));

it('A dialog fills a narrow screen, and Back closes it without leaving the page', async () => {
  const { href } = location;
  const element = await showFake(fakeSource());
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
