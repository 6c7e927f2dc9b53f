import { expect } from '@open-wc/testing';
import { submitDialog, dialogOf, fakeSource, INVITED, press, showFake } from './dialog-helpers.js';
import { attach, idle, isAction, make, nextOutcome, recordEvents } from './element-helpers.js';
import { isolateStorageInTests } from './isolated-storage.js';
import { clearDrafts } from './scenarios.js';
import { until } from './shadow-dom.js';
import { closeDialog } from './user-actions.js';
import type { MentorshipModule } from '../src/mentorship-module.js';

isolateStorageInTests();
afterEach(clearDrafts);

describe('enroll="link"', () => {
  /** Shows a card on which a click follows no link. */
  const show = async (source: ReturnType<typeof fakeSource>['source']) => {
    const element = await showFake({ source });
    element.enroll = 'link';
    element.shadowRoot?.addEventListener('click', (event) => event.preventDefault());
    await element.updateComplete;
    const events = recordEvents(element);
    return {
      element,
      phases: () => events.filter(isAction).map(({ action, phase }) => `${action} ${phase}`),
    };
  };
  const follow = (element: MentorshipModule) => press(element, 'Become a mentor', 'section');
  const keys = () => Object.keys(localStorage).filter((name) => name.startsWith('mentorship-module enroll'));

  const comeBack = async (fake: ReturnType<typeof fakeSource>) => {
    const element = make();
    const events = recordEvents(element);
    // Another object with the same id has its own store, as after a reload of the page.
    element.source = { ...fake.source };
    const end = nextOutcome(element);
    attach(element);
    await end;
    await import('../src/controllers/interaction-controller.js');
    await idle();
    return events
      .filter(isAction)
      .filter(({ action }) => action === 'enroll')
      .map(({ phase, variant }) => ({ phase, variant }));
  };
  const becomeMentor = ({ now }: ReturnType<typeof fakeSource>) => {
    if (now.viewer) now.viewer = { ...now.viewer, isMentor: true };
  };
  const DONE = { phase: 'done', variant: 'invite' };

  it('is done once, when the viewer comes back as a mentor', async () => {
    const fake = fakeSource({ snapshot: INVITED });
    const { element, phases } = await show(fake.source);
    follow(element);
    expect(phases()).to.deep.equal(['enroll start']);
    expect(await comeBack(fake), 'not a mentor yet').to.deep.equal([]);
    becomeMentor(fake);
    expect(await comeBack(fake)).to.deep.equal([DONE]);
    expect(await comeBack(fake)).to.deep.equal([]);
    expect(keys()).to.deep.equal([]);
  });

  it('is done once for two cards on the page', async () => {
    const fake = fakeSource({ snapshot: INVITED });
    follow((await show(fake.source)).element);
    becomeMentor(fake);
    const both = await Promise.all([comeBack(fake), comeBack(fake)]);
    expect(both.flat()).to.deep.equal([DONE]);
  });

  it('is not done for a mentor who has followed no link, or for whom the host has canceled it', async () => {
    const fake = fakeSource({ snapshot: INVITED });
    const { element } = await show(fake.source);
    element.addEventListener('mentorship-action', (event) => event.preventDefault());
    follow(element);
    expect(keys()).to.deep.equal([]);
    becomeMentor(fake);
    expect(await comeBack(fake)).to.deep.equal([]);
  });

  it('belongs to the source and the viewer', async () => {
    const fake = fakeSource({ snapshot: INVITED });
    follow((await show(fake.source)).element);
    const others = [
      fakeSource({ snapshot: INVITED }),
      fakeSource({ snapshot: { ...INVITED, viewer: { ...INVITED.viewer, name: 'Robin' } }, id: fake.id }),
    ];
    for (const other of others) {
      becomeMentor(other);
      expect(await comeBack(other)).to.deep.equal([]);
    }
    expect(keys()).to.have.lengthOf(1);
  });

  it('stores nothing for a source without an id', async () => {
    const fake = fakeSource({ snapshot: INVITED, id: null });
    follow((await show(fake.source)).element);
    expect(keys()).to.deep.equal([]);
  });

  for (const [name, age] of Object.entries({
    'a week ago': 7.1,
    'in the future': -8,
    'at an invalid time': NaN,
  }))
    it(`is forgotten if the link was followed ${name}, whoever comes back`, async () => {
      for (const isMentor of [true, false]) {
        const fake = fakeSource({ snapshot: INVITED });
        follow((await show(fake.source)).element);
        const time = Date.now() - age * 86_400_000;
        for (const key of keys()) localStorage.setItem(key, `invite ${time}`);
        if (isMentor) becomeMentor(fake);
        expect(await comeBack(fake)).to.deep.equal([]);
        expect(keys()).to.deep.equal([]);
      }
    });

  it('has the card on which it started, and takes no other text from the storage', async () => {
    for (const [stored, variant] of [
      ['opt-in', 'opt-in'],
      ['mentored', 'mentored'],
      ['<b>', 'invite'],
    ]) {
      const fake = fakeSource({ snapshot: INVITED });
      follow((await show(fake.source)).element);
      for (const key of keys()) localStorage.setItem(key, `${stored} ${Date.now()}`);
      becomeMentor(fake);
      expect(await comeBack(fake)).to.deep.equal([{ phase: 'done', variant }]);
    }
  });

  it('is not done twice if the viewer enrolls in the dialog later', async () => {
    const fake = fakeSource({ snapshot: INVITED });
    const { element, phases } = await show(fake.source);
    follow(element);
    element.enroll = 'here';
    await element.updateComplete;
    follow(element);
    await until('the dialog', () => dialogOf(element)?.open);
    expect(keys()).to.deep.equal([]);
    submitDialog(element);
    await until('done', () => phases().includes('enroll done'));
    await closeDialog(element);
    expect(phases().filter((phase) => phase === 'enroll done')).to.have.lengthOf(1);
    expect(await comeBack(fake)).to.deep.equal([]);
  });

  it('works without storage', async () => {
    const own = Object.getOwnPropertyDescriptor(window, 'localStorage');
    const fake = fakeSource({ snapshot: INVITED });
    Object.defineProperty(window, 'localStorage', {
      configurable: true,
      get: () => {
        throw new DOMException('The operation is insecure.', 'SecurityError');
      },
    });
    const { element, phases } = await show(fake.source);
    follow(element);
    becomeMentor(fake);
    const done = await comeBack(fake);
    if (own) Object.defineProperty(window, 'localStorage', own);
    expect([phases(), done]).to.deep.equal([['enroll start'], []]);
  });
});
