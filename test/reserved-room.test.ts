import { expect } from '@open-wc/testing';
import { ROOMS, roomCss } from '../build/room-css.mjs';
import { signedIn } from './card-cases.js';
import { FakeMediaWiki, type PersonaId } from './fake-mediawiki/index.js';
import { growthSource, type MentorshipSource } from '../src/sdk/index.js';
import { installDate } from './fake-date.js';
import { NOW } from './sample-snapshots.js';
import type { MentorshipModule } from '../src/mentorship-module.js';
import { attach, find, make, nextOutcome, root } from './element-helpers.js';

const NEVER: MentorshipSource = { load: () => new Promise(() => {}) };
const FAILING: MentorshipSource = { load: () => Promise.reject(new TypeError('Failed to fetch')) };

/** Size of the page that the README gives, and the place of the card and the width of the text in it. */
const PAGE = { width: 800, height: 900, top: 97, textWidth: 640 };

/** Returns the layout shift of the text below the card, as browsers define it. */
function shiftBetween(before: number, after: number): number {
  const { width, height, top, textWidth } = PAGE;
  const impact = (textWidth * (height - top - Math.min(before, after))) / (width * height);
  return (impact * Math.abs(after - before)) / height;
}

/** Adds the README's CSS and a column of 640 px, for one test. */
function column(): HTMLElement {
  const style = Object.assign(document.createElement('style'), { textContent: roomCss() });
  const place = document.createElement('div');
  place.style.cssText = `inline-size: ${PAGE.textWidth}px; font: 16px sans-serif`;
  place.append(style);
  return attach(place);
}

async function loading(place: Element, likely = ''): Promise<MentorshipModule> {
  const element = make({ source: NEVER });
  if (likely) element.setAttribute('likely', likely);
  attach(element, place);
  await element.updateComplete;
  return element;
}

/** Cards as the test wiki has them: the viewer, the value of `likely`, and a change of the wiki. */
const CARDS: [PersonaId, keyof typeof ROOMS, ((wiki: FakeMediaWiki) => void)?][] = [
  ['n_ana', 'mentored'],
  ['q_kim', 'questions'],
  ['n_eli', 'opt-in'],
  [
    'n_dee',
    'unavailable',
    (wiki) => {
      wiki.setMentor('n_dee', null);
      wiki.setMentors([]);
    },
  ],
  ['e_hal', 'invite'],
  ['m_olga', 'mentor'],
];

describe('room for the card', () => {
  let endDate = () => {};
  // The card says how long ago questions were asked, in a text of any length.
  beforeEach(() => (endDate = installDate(() => NOW.getTime())));
  afterEach(() => endDate());

  it('is not taken without the CSS, because there may be no card', async () => {
    const element = await loading(document.body);
    expect(element.offsetHeight).to.equal(0);
    const { height } = find(element, '.skeleton').getBoundingClientRect();
    expect(height, 'the placeholder').to.equal(0);
  });

  it('is the same before the script and while the card is loading', async () => {
    const frame = attach(document.createElement('iframe'));
    const page = frame.contentDocument!;
    page.body.append(Object.assign(page.createElement('style'), { textContent: roomCss() }));
    const early = page.createElement('mentorship-module');
    page.body.append(early);
    const element = await loading(column());
    expect(early.offsetHeight).to.equal(331);
    expect(element.offsetHeight).to.equal(331);
    expect(find(element, '.skeleton').getBoundingClientRect().height, 'the placeholder').to.equal(331);
  });

  it('is given up after a time, after a failure, and for a viewer without a card', async () => {
    const place = column();
    const pending = await loading(place);
    for (const animation of pending.getAnimations()) {
      expect(animation.effect?.getTiming().duration).to.equal(10_000);
      animation.finish();
    }
    expect(pending.offsetHeight, 'after the time').to.equal(0);
    const failed = make({ source: FAILING, content: 'My own' });
    const end = nextOutcome(failed);
    attach(failed, place);
    await end;
    await failed.updateComplete;
    expect(failed.offsetHeight, 'failed').to.be.below(100);
    const nobody = make({ snapshot: { viewer: null, program: { enabled: true } } });
    const none = nextOutcome(nobody);
    attach(nobody, place);
    await none;
    expect(nobody.offsetHeight, 'none').to.equal(0);
    expect((await loading(place, 'none')).offsetHeight, 'likely none').to.equal(0);
  });

  for (const [viewer, likely, change] of CARDS)
    it(`fits ${likely}`, async () => {
      const place = column();
      const wiki = new FakeMediaWiki();
      change?.(wiki);
      const [room, own] = [await loading(place), await loading(place, likely)];
      const rooms = [room.offsetHeight, own.offsetHeight];
      const element = make({
        source: growthSource({ api: wiki.api, fetch: signedIn(wiki.fetchAs(viewer)) }),
      });
      const end = nextOutcome(element);
      attach(element, place);
      await end;
      await element.updateComplete;
      const [any, expected] = rooms.map((height) => shiftBetween(height, element.offsetHeight));
      expect(any, `${rooms[0]} px reserved for ${element.offsetHeight} px`).to.be.at.most(0.1);
      expect(expected, `${rooms[1]} px reserved for ${element.offsetHeight} px`).to.be.at.most(0.02);
    });

  it('has the shape of the likely card', async () => {
    const place = column();
    const avatarOf = (element: Element) => getComputedStyle(find(element, '.avatar')).display;
    expect(avatarOf(await loading(place, 'mentored'))).to.equal('block');
    expect(avatarOf(await loading(place, 'mentor'))).to.equal('none');
  });

  it('is taken without the CSS where the page names a signed-in viewer', async () => {
    const values: Record<string, unknown> = { wgScriptPath: '/w', wgUserName: 'Ana', wgUserGroups: ['user'] };
    const page = globalThis as { mw?: unknown };
    page.mw = { config: { get: (name: string) => values[name] ?? null } };
    try {
      expect((await loading(document.body)).offsetHeight).to.equal(331);
      const summary = await loading(document.body);
      summary.setAttribute('layout', 'summary');
      await summary.updateComplete;
      expect(summary.offsetHeight, 'a summary').to.equal(128);
      values.wgUserName = null;
      const signedOut = make({});
      const end = nextOutcome(signedOut);
      attach(signedOut);
      const height = signedOut.offsetHeight;
      await end;
      expect([height, signedOut.offsetHeight]).to.deep.equal([0, 0]);
      expect(root(signedOut).querySelector('section')).to.equal(null);
    } finally {
      delete page.mw;
    }
  });
});
