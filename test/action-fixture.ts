import {
  FakeMediaWiki,
  personas,
  type Fault,
  type PersonaId,
  type SoftwareName,
} from './fake-mediawiki/index.js';
import type { MentorshipActionEvent } from '../src/index.js';
import { autoSource, growthSource, type MentorshipSource } from '../src/sdk/index.js';
import type { MentorshipModule } from '../src/mentorship-module.js';
import { signedIn } from './card-cases.js';
import { FakeTimers } from './fake-timers.js';
import { make, attach, nextOutcome } from './element-helpers.js';
import { isolateStorage } from './isolated-storage.js';

/** The mentorship data that the wiki has stored for a viewer. */
export interface WikiRecord {
  status: string;
  mentor: string;
  isMentor: boolean;
  explicit: boolean;
  declined: boolean;
  snoozed: boolean;
  questions: string[];
  /** Number of times a mentor was set. */
  changes: number;
}

/** Returns an ID that is unique across the pages tested at the same time, because it is also the name of a lock. */
let count = 0;
export const uniqueId = (wiki: FakeMediaWiki) => `${wiki.api}?${Date.now()}-${Math.random()}-${count++}`;

/** A viewer, an element and a fake wiki, with fake timers. */
export class ActionFixture {
  readonly clock = new FakeTimers();
  readonly wiki: FakeMediaWiki;
  readonly viewer: PersonaId;
  /** The user who is currently signed in. */
  signedIn: PersonaId;
  /** Actions reported to the host, such as `ask submit` and `ask failed timeout`. */
  readonly log: string[] = [];
  readonly events: MentorshipActionEvent[] = [];
  /** Called before each write is delivered; `count` is 1 for the first one. */
  onPost: (count: number) => void = () => {};
  element: MentorshipModule | null = null;
  #posts = 0;
  readonly #createSource: typeof growthSource;
  readonly #id: string;
  readonly #cleanups: (() => void)[];

  /** @param software - of the wiki, which the source detects; by default the source expects GrowthExperiments */
  constructor(viewer: PersonaId, software?: SoftwareName) {
    this.viewer = this.signedIn = viewer;
    this.#createSource = software ? autoSource : growthSource;
    this.wiki = new FakeMediaWiki({
      ...(software && { software }),
      now: () => new Date(this.clock.now),
      // Prefers one mentor, so that a former mentor is not reassigned by chance.
      draw: (names) => names.find((name) => name === 'Mentor Marcus') ?? names[0],
    });
    this.#id = uniqueId(this.wiki);
    this.#cleanups = [isolateStorage(window), this.clock.install(window).restore];
    localStorage.clear();
  }

  readonly fetch: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    if (request.method === 'POST') this.onPost(++this.#posts);
    return signedIn(this.wiki.fetchAs(this.signedIn))(request);
  };

  source(): MentorshipSource {
    const { api } = this.wiki;
    const wiki = this.#createSource({ api, fetch: this.fetch, now: () => new Date(this.clock.now) });
    return { ...wiki, id: this.#id };
  }

  /** Appends an element and waits until its card is rendered. */
  async show(source = this.source()): Promise<MentorshipModule> {
    const element = Object.assign(make({ source }), { enroll: 'here' });
    element.addEventListener('mentorship-action', (event) => this.#record(event));
    let isSettled = false;
    void nextOutcome(element).then(() => (isSettled = true));
    attach(element);
    await this.clock.advanceUntil(() => isSettled, 'the card');
    this.element = element;
    return element;
  }

  #record(event: MentorshipActionEvent): void {
    const { action, phase, errorCode } = event;
    if (action === 'impression') return;
    this.events.push(event);
    this.log.push([action, phase, errorCode].filter(Boolean).join(' '));
  }

  /** Injects a fault into the next request of that action. */
  disturb(action: string, fault: Fault): void {
    this.wiki.disturb({ ...fault, match: (params) => params['action'] === action });
  }

  /** Drops all requests. Returns a function that ends this. */
  goOffline(): () => void {
    return this.wiki.disturb({ how: 'offline', times: Infinity });
  }

  /** Number of writes that were sent, delivered or not. */
  get sent(): number {
    return this.#posts;
  }

  /** Actions of the writes that reached the wiki. */
  get posts(): string[] {
    return this.wiki.log
      .filter(({ method }) => method === 'POST')
      .map(({ params }) => params['action'] ?? '');
  }

  get draftKey(): string {
    return `mentorship-module question ${this.#id} ${this.#name}`;
  }

  get #name(): string {
    return personas.find(({ id }) => id === this.viewer)?.name ?? '';
  }

  /** Reads the stored data directly, bypassing injected faults. */
  async readWiki(): Promise<WikiRecord> {
    const read = async <T>(params: Record<string, string>): Promise<T> => {
      const search = new URLSearchParams({ format: 'json', formatversion: '2', ...params });
      return (await (await this.wiki.fetchAs(this.viewer)(`${this.wiki.api}?${search}`)).json()) as T;
    };
    const { query } = await read<{
      query: { userinfo: { id: number; options: Record<string, unknown> }; logevents: unknown[] };
    }>({
      action: 'query',
      meta: 'userinfo',
      uiprop: 'options',
      list: 'logevents',
      letype: 'growthexperiments',
      letitle: `User:${this.#name}`,
      lelimit: 'max',
    });
    const { options, id } = query.userinfo;
    const { expandtemplates } = await read<{ expandtemplates: { wikitext: string } }>({
      action: 'expandtemplates',
      prop: 'wikitext',
      text: `{{#mentor:${this.#name}}}`,
    });
    const { growthmentorlist } = await read<{ growthmentorlist: object }>({
      action: 'query',
      list: 'growthmentorlist',
    });
    return {
      status: String(options['growthexperiments-homepage-mentorship-enabled']),
      mentor: expandtemplates.wikitext,
      isMentor: String(id) in growthmentorlist,
      explicit: Boolean(options['userjs-mentorship-module-explicit']),
      declined: Boolean(options['userjs-mentorship-module-invite']),
      snoozed: Boolean(options['userjs-mentorship-module-invite-snoozed']),
      questions: this.wiki.questionsOf(this.viewer).map(({ text }) => text),
      changes: query.logevents.length,
    };
  }

  end(): void {
    localStorage.clear();
    for (const end of this.#cleanups) end();
  }
}

/** Reads the stored draft: `kept`, or `unconfirmed` while it is unknown whether the question was stored. */
export function readDraft(
  storage: Storage,
  key: string,
): { where: 'none' | 'kept' | 'unconfirmed'; text: string } {
  const stored = JSON.parse(storage.getItem(key) ?? '{}') as {
    drafts?: { text: string; checkpoint?: string }[];
  };
  const draft = stored.drafts?.[0];
  if (!draft) return { where: 'none', text: '' };
  return { where: draft.checkpoint ? 'unconfirmed' : 'kept', text: draft.text };
}
