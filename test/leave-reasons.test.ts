import { expect } from '@open-wc/testing';
import { submitDialog, dialogOf, fakeSource, press, showFake, untilClosed } from './dialog-helpers.js';
import { find, isAction, recordEvents, root, visibleText } from './element-helpers.js';
import { isolateStorageInTests } from './isolated-storage.js';
import { clearDrafts } from './scenarios.js';
import { until } from './shadow-dom.js';
import { closeDialog } from './user-actions.js';
import type { MentorshipModule } from '../src/mentorship-module.js';

isolateStorageInTests();
afterEach(clearDrafts);

describe('reasons for leaving', () => {
  const fields = (element: Element) => [...root(element).querySelectorAll('dialog :is(input, textarea)')];
  const leave = async (element: MentorshipModule) => {
    press(element, 'Continue without a mentor', '#more');
    await until('the dialog', () => dialogOf(element)?.open);
  };

  it('are not asked by default: the dialog is a short confirmation', async () => {
    const { source, writes } = fakeSource();
    const element = await showFake({ source });
    const events = recordEvents(element);
    await leave(element);
    expect(fields(element)).to.have.lengthOf(0);
    expect(visibleText(find(element, 'dialog form'))).to.equal(
      'Kim will no longer be your mentor. You can ask for a mentor again at any time. Cancel Continue without a mentor',
    );
    submitDialog(element);
    await untilClosed(element);
    const done = events.filter(isAction).find(({ phase }) => phase === 'done');
    expect([writes, done?.reason, done?.text]).to.deep.equal([['leave'], '', '']);
  });

  it('are asked with leave-reasons', async () => {
    const element = await showFake(fakeSource());
    element.setAttribute('leave-reasons', '');
    await leave(element);
    expect(fields(element)).to.have.lengthOf(5);
    await closeDialog(element);
    element.leaveReasons = false;
    await leave(element);
    expect(fields(element)).to.have.lengthOf(0);
  });
});
