import { restart, settle } from './environment.js';
import { type Observed, Observer, recording } from './observe.js';
import '../../src/define.js';
import { FakeMediaWiki, type FakeMediaWikiOptions, type PersonaId } from '../../test/fake-mediawiki/index.js';
import { autoSource, type MentorshipSource } from '../../src/sdk/index.js';
import { type Case, cases, propertiesFor, signedIn, wikiFor } from '../../test/card-cases.js';
import { readRecording, recordedFetch, recordedPage } from '../../test/recorded-wiki.js';
import { clearDrafts, scenarios } from '../../test/scenarios.js';

/** Everything that is recorded, by the name of what is shown. */
export interface Behavior {
  cases: Record<string, Observed>;
  /** The same cards in German: only what can be read. */
  german: Record<string, string[]>;
  steps: Record<string, Observed>;
  viewers: Record<string, Observed>;
  writes: Record<string, Observed>;
}

/** The names of the recordings. */
export interface Recordings {
  growth: string[];
  /** The files of test/recordings-1.39/viewers. */
  plain: string[];
}

const API = 'https://wiki.example/w/api.php';

/** The element accepts one of the two names. */
const IN_PLACE = { enrol: 'here', enroll: 'here' };

const make = (properties: object) => Object.assign(document.createElement('mentorship-module'), properties);
type Module = ReturnType<typeof make>;

/** Puts all cards at the same position, so that each is in the viewport. */
function place(element: Element, lang = 'en'): void {
  const box = Object.assign(document.createElement('main'), { lang });
  box.append(element);
  document.body.append(box);
}

function within(element: Element, selector: string): HTMLElement | null {
  return element.shadowRoot?.querySelector<HTMLElement>(selector) ?? null;
}

function click(element: Element, selector: string): void {
  const found = within(element, selector);
  if (!found) throw new Error(`There is no ${selector}.`);
  found.click();
}

function showCase(one: Case, lang: string): Observer {
  const requests: string[] = [];
  const wiki = wikiFor(one) ?? undefined;
  if (wiki) {
    const fetchAs = wiki.fetchAs.bind(wiki);
    wiki.fetchAs = (viewer) => recording(fetchAs(viewer), requests);
  }
  const element = make(propertiesFor(one, wiki));
  const { content, heading, footer } = one.slots ?? {};
  if (content) element.append(content);
  for (const [slot, textContent] of Object.entries({ heading, footer }))
    if (textContent) element.append(Object.assign(document.createElement('p'), { slot, textContent }));
  const observer = new Observer(element, requests);
  place(element, lang);
  return observer;
}

/** Records all at the same time, because cards do not depend on each other. */
async function together(shown: Record<string, Observer>): Promise<Record<string, Observed>> {
  const observers = Object.entries(shown);
  await settle(() => observers.map(([, { state }]) => state).join('\n'));
  const all = observers.map(([name, observer]) => [name, observer.observed()] as const);
  document.body.replaceChildren();
  return Object.fromEntries(all);
}

const recordCases = (lang: string) =>
  together(Object.fromEntries(cases.map((one) => [one.id, showCase(one, lang)])));

interface Task {
  properties: object;
  requests?: string[];
  run: (element: Module, observer: Observer) => Promise<unknown>;
}

/** Records one after the other, because only one dialog can be open in a page. */
async function alone({ properties, requests, run }: Task): Promise<Observed> {
  restart();
  const element = make({ ...properties, ...IN_PLACE });
  const observer = new Observer(element, requests);
  place(element);
  await observer.settled();
  await run(element, observer);
  await observer.settled();
  const observed = observer.observed();
  element.remove();
  clearDrafts();
  // Going back from the dialog's entry in the history takes a moment.
  restart();
  await observer.settled();
  document.body.replaceChildren();
  return observed;
}

async function recordSteps(): Promise<Record<string, Observed>> {
  const all: Record<string, Observed> = {};
  for (const { name, source, run } of scenarios) {
    const fake = source();
    const properties = { source: fake.source };
    all[name] = await alone({ properties, run: (element) => run(element, fake) });
  }
  return all;
}

/** Requests of the card after its first load, which the recordings answer as well. */
const LATER: Record<string, string> = {
  homepagequestionstore: '07-homepagequestionstore',
  discussiontoolspageinfo: '16-discussiontoolspageinfo-mentor-talk',
};

function growthFetch(viewer: string): typeof fetch {
  const first = recordedFetch(viewer);
  return async (input, init) => {
    const request = new Request(input, init);
    const file = LATER[new URL(request.url).searchParams.get('action') ?? ''];
    return file ? Response.json(readRecording(`${viewer}/${file}.json`).response.body) : first(request);
  };
}

/** Answers the first requests of one viewer with the batch that was recorded, and those for a mentor's profile. */
function plainFetch(viewer: string, files: readonly string[]): typeof fetch {
  const read = (file: string) => readRecording(`../recordings-1.39/viewers/${file}`);
  const profiles = files.filter((file) => file.endsWith('-profile.json')).map(read);
  return async (input, init) => {
    const { searchParams } = new URL(new Request(input, init).url);
    const mentor = searchParams.get('ususerids') ?? searchParams.get('ususers');
    const profile = profiles.find(({ response }) => {
      const { users } = response.body.query as { users: { userid: number; name: string }[] };
      return users.some(({ userid, name }) => mentor === String(userid) || mentor === name);
    });
    return Response.json((mentor ? profile : read(`${viewer}-batch.json`))?.response.body ?? {});
  };
}

async function recordViewers({ growth, plain }: Recordings): Promise<Record<string, Observed>> {
  const show = (fetch: typeof globalThis.fetch, page?: ReturnType<typeof recordedPage>) => {
    const requests: string[] = [];
    const source = autoSource({ api: API, fetch: recording(fetch, requests), page });
    const element = make({ source });
    const observer = new Observer(element, requests);
    place(element);
    return observer;
  };
  const shown: Record<string, Observer> = {};
  for (const viewer of growth) {
    const fetch = growthFetch(viewer);
    shown[`1.43 ${viewer}`] = show(fetch);
    shown[`1.43 ${viewer}, homepage`] = show(fetch, recordedPage(viewer, '30-html-mwconfig-Homepage'));
    shown[`1.43 ${viewer}, article`] = show(fetch, recordedPage(viewer, '31-html-mwconfig-article'));
  }
  for (const file of plain) {
    const viewer = /^(.*)-batch\.json$/.exec(file)?.[1];
    if (viewer !== undefined) shown[`1.39 ${viewer}`] = show(plainFetch(viewer, plain));
  }
  return together(shown);
}

interface Write {
  viewer: PersonaId;
  run: Task['run'];
}

/** Opens a dialog, fills it in, and sends it off. */
const submitted =
  (control: string, fill: (element: Module) => unknown = () => {}): Task['run'] =>
  async (element, observer) => {
    click(element, control);
    await observer.settled();
    await fill(element);
    await observer.settled();
    click(element, 'dialog .primary');
  };

const then =
  (first: Task['run'], control: string): Task['run'] =>
  async (element, observer) => {
    await first(element, observer);
    await observer.settled();
    click(element, control);
  };

function fill(element: Module, text: string): void {
  const field = within(element, 'dialog textarea');
  if (!(field instanceof HTMLTextAreaElement)) throw new Error('There is no text field.');
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

const leave = submitted('[data-action=leave]');
const putAway: Task['run'] = async (element) => click(element, '.actions button:last-of-type');

/** Everything that can be written to a wiki. */
const WRITES: Record<string, Write> = {
  ask: {
    viewer: 'n_ana',
    run: submitted('[data-action=ask]', (element) => fill(element, 'May I upload a photo?')),
  },
  leave: { viewer: 'n_ana', run: leave },
  'leave, and undo it': { viewer: 'n_ana', run: then(leave, '.note-actions button') },
  'come back': { viewer: 'n_eli', run: submitted('[data-action=join]') },
  'get a mentor': { viewer: 'e_gus', run: submitted('[data-action=join]') },
  'choose a mentor': {
    viewer: 'n_ana',
    run: submitted('[data-action=choose]', (element) => click(element, '.mentor input')),
  },
  'become a mentor': {
    viewer: 'e_hal',
    run: submitted('.actions .primary', (element) => fill(element, 'I know about bridges.')),
  },
  'keep the mentor': { viewer: 'e_hal', run: submitted('[data-action=join]') },
  'put the invitation away': { viewer: 'e_hal', run: putAway },
  'put the invitation away, and undo it': { viewer: 'e_hal', run: then(putAway, '.note-actions button') },
};

const SOFTWARE: NonNullable<FakeMediaWikiOptions['software']>[] = ['growth-1.43', 'core-1.43', 'core-1.39'];

async function recordWrites(): Promise<Record<string, Observed>> {
  const all: Record<string, Observed> = {};
  for (const software of SOFTWARE)
    for (const [name, { viewer, run }] of Object.entries(WRITES)) {
      const requests: string[] = [];
      const wiki = new FakeMediaWiki({ software });
      const fetch = signedIn(wiki.fetchAs(viewer));
      const source: MentorshipSource = autoSource({ api: wiki.api, fetch: recording(fetch, requests) });
      all[`${software}: ${name}`] = await alone({ properties: { source }, requests, run });
    }
  return all;
}

async function record(recordings: Recordings): Promise<Behavior> {
  const german = await recordCases('de');
  return {
    cases: await recordCases('en'),
    german: Object.fromEntries(Object.entries(german).map(([id, { view }]) => [id, view])),
    steps: await recordSteps(),
    viewers: await recordViewers(recordings),
    writes: await recordWrites(),
  };
}

Object.assign(window, { record });
