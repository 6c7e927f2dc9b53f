/**
 * Runs in each frame of a sheet, and shows one state after the other. The address of the frame names its theme, direction
 * and width, so that frames share no storage, locks and messages.
 */
import { restart, settle } from '../../tools/behavior/environment.js';
import { html, render } from 'lit';
import { skinFrame } from '../../demo/gallery/front/skin-frame.js';
import '../../src/define.js';
import type { MentorshipModule } from '../../src/mentorship-module.js';
import { type Case, cases, propertiesFor } from '../card-cases.js';
import { fakeSource, INVITED, MENTORED } from '../fake-source.js';
import type { Changes } from '../sample-snapshots.js';
import { clearDrafts, scenarios } from '../scenarios.js';
import { all, root } from '../shadow-dom.js';

declare global {
  /**
   * Shows a state. Resolves with the height of the frame in pixels once nothing changes anymore.
   *
   * @param style - style sheet of the page, in addition to its own
   */
  var showState: (name: string, style: string) => Promise<number>;
  var stateNames: string[];
  /** Names of the states without a picture, too. */
  var allStateNames: string[];
  /** Shows the card of a viewer whose actions all succeed, and listens to it. */
  var showViewer: (viewer: string) => Promise<void>;
  /** Resolves once nothing changes anymore, with what the live regions have announced since the last call. */
  var nextAnnouncements: () => Promise<string[]>;
  /** Sets the language of the page. */
  var setLanguage: (language: string) => void;
}

/** Height of a phone, for dialogs. */
const SCREEN_HEIGHT = 640;

/** States that differ from another one in a sentence only, or not at all. Other tests check their texts. */
const ALIKE: readonly RegExp[] = [
  /^card mentored-(?:page-title|hostile-introduction|long-introduction|away-nobody|away-until|retired-help-desk|question-states(?:-unknown)?)$/,
  /^card mentored-(?:questions|name-markup|name-override|name-long|slots|explicit|light|dark|long-wait|blocked-until|unknown)$/,
  /^card opt-in-(?:no-mentor|declined|graduated-enabled|unavailable|opted-out)$/,
  /^card invite-(?:thresholds|unknown-age|open-wiki|unknown-figures|year|minimum-edits|with-mentor|by-right)$/,
  /^card (?:core-(?!mentor$|mentor-paused$)|preview-|failed-(?:offline|bad-data)|unavailable-no-links)/,
  /^ask: refused as (?!refused|rate-limited)/,
  /^ask: (?:too long|sent twice|another mentor|not sent|a draft that|checking|sent, without)/,
  /^ask: sent, e-mail (?:none|unknown)$/,
  /^leave: (?:failed as (?!refused)|nobody|try again|did not arrive|undone)/,
  /^(?!leave|ask).*: a note above the card$/,
  /^the invitation put away(?! for some days)/,
  /^(?:enroll: too long|enroll: with a mentor of one’s own|choose: (?:among hundreds|nobody|who was chosen is blocked|without a choice|being loaded)|pause: without a day)$/,
];

/** Snapshots of the viewers of `showViewer`. */
const VIEWERS: Record<string, Changes> = {
  mentored: MENTORED,
  invited: INVITED,
  'opted out': { viewer: { status: 'opted-out' } },
  mentor: { viewer: { isMentor: true, mentoring: { pausedUntil: null, waitingQuestions: null } } },
};

const make = (properties: object): MentorshipModule =>
  Object.assign(document.createElement('mentorship-module'), properties);

function elementFor(one: Case): MentorshipModule {
  const { content, heading, footer } = one.slots ?? {};
  const { pageTitle = null, leaveReasons = false } = one;
  const element = make({ ...propertiesFor(one), pageTitle, leaveReasons });
  if (content) element.append(content);
  for (const [slot, textContent] of Object.entries({ heading, footer }))
    if (textContent) element.append(Object.assign(document.createElement('p'), { slot, textContent }));
  return element;
}

const settled = (element: Element) => settle(() => root(element).innerHTML + element.outerHTML);

/** The place of the card: the page, or the content of a drawn wiki page. */
const place = document.createElement('div');
if (location.hostname.startsWith('skin.'))
  render(skinFrame({ skin: 'vector-2022', dir: 'ltr' }, html`${place}`), document.body);
else document.body.append(place);

async function show(element: MentorshipModule): Promise<void> {
  place.replaceChildren(element);
  await settled(element);
}

const states: Record<string, () => Promise<unknown>> = {
  ...Object.fromEntries(
    cases
      .filter(({ expect }) => expect !== 'none')
      .map((one) => [`card ${one.id}`, () => show(elementFor(one))]),
  ),
  ...Object.fromEntries(
    scenarios.map(({ name, source, run }) => [
      name,
      async () => {
        const fake = source();
        const element = make({ source: fake.source, enroll: 'here' });
        await show(element);
        await run(element, fake);
        await settled(element);
      },
    ]),
  ),
};

/** Ends or stops whatever moves. */
function freeze(element: Element): void {
  for (const animation of [...document.getAnimations(), ...root(element).getAnimations()])
    // Keeps the room that the page reserves for 10 s.
    if (animation instanceof CSSAnimation && animation.animationName === 'mentorship-room') animation.pause();
    else if (animation.effect?.getComputedTiming().endTime === Infinity) animation.cancel();
    else animation.finish();
  // A progress bar without a value moves.
  for (const bar of all(element, 'progress:not([value])')) bar.setAttribute('value', '0.4');
  // Only one of the frames could have the focus.
  const { activeElement } = root(element);
  if (activeElement instanceof HTMLElement) activeElement.blur();
}

function frameHeight(element: Element): number {
  const dialog = root(element).querySelector('dialog[open]');
  // Shows the whole of a long dialog.
  if (dialog) return SCREEN_HEIGHT + dialog.scrollHeight - dialog.clientHeight;
  const menus = all(element, ':popover-open').map((menu) => menu.getBoundingClientRect().bottom);
  const margin = document.body.getBoundingClientRect().left;
  return Math.ceil(Math.max(document.body.getBoundingClientRect().bottom, ...menus) + margin);
}

window.allStateNames = Object.keys(states);
window.stateNames = Object.keys(states).filter((name) => !ALIKE.some((pattern) => pattern.test(name)));
window.showState = async (name, style) => {
  place.replaceChildren();
  document.querySelector('#more')!.textContent = style;
  clearDrafts();
  restart();
  const state = states[name];
  if (!state) throw new Error(`Unknown state “${name}”.`);
  await state();
  const element = document.querySelector('mentorship-module');
  if (!element) throw new Error(`“${name}” shows no element.`);
  await document.fonts.ready;
  freeze(element);
  return frameHeight(element);
};

const LIVE = '[role=status], [role=alert], [aria-live]';

/** Text of each live region, and what has changed since the last call of `nextAnnouncements`. */
let known = new Map<Element, string>();
let announced: string[] = [];

/** Compares the live regions with what is known. Regions outside of an open modal dialog are inert. */
function listen(element: Element): void {
  const within = root(element).querySelector('dialog:modal') ?? root(element);
  const now = new Map([...within.querySelectorAll(LIVE)].map((region) => [region, textOf(region)]));
  for (const [region, text] of now)
    if (text !== '' && text !== known.get(region))
      announced.push(`${region.role ?? region.ariaLive}: ${text}`);
  known = now;
}

const textOf = (node: Node): string => node.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '';

window.showViewer = async (viewer) => {
  clearDrafts();
  restart();
  const { source } = fakeSource({ snapshot: VIEWERS[viewer] ?? {} });
  const element = make({ source, enroll: 'here' });
  await show(element);
  known = new Map();
  listen(element);
  announced = [];
  new MutationObserver(() => listen(element)).observe(root(element), {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
  });
};

window.nextAnnouncements = async () => {
  const element = document.querySelector('mentorship-module');
  if (element) await settled(element);
  return announced.splice(0);
};

window.setLanguage = (language) => (document.documentElement.lang = language);

// All frames of a page share its history, so Back would close the dialog of another frame.
history.pushState = () => {};
