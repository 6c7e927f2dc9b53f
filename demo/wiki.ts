import { answer } from './wiki/api.ts';
import { Call } from './wiki/call.ts';
import { menteeStatus, mentorsText, setMenteeStatus, type MenteeStatus } from './wiki/mentorship.ts';
import { setOption } from './wiki/options.ts';
import { configFor, optionsFor, type PageKind } from './wiki/page-variables.ts';
import { personas, type PersonaId } from './wiki/personas.ts';
import { postReply, type Reply } from './wiki/questions.ts';
import { respond } from './wiki/respond.ts';
import { anonymous, seed } from './wiki/seed.ts';
import { mentorsPage, readJson, settingsPage, writeJson } from './wiki/settings.ts';
import { WikiState, type Block, type User } from './wiki/state.ts';
import { parseTitle } from './wiki/titles.ts';
import site from './wiki/site.json' with { type: 'json' };

export { personas, type Block, type MenteeStatus, type PageKind, type PersonaId, type Reply };

/** A request that the wiki has answered. `viewer` is who sent it, also where origin=* made it anonymous. */
export interface LoggedRequest {
  readonly viewer: PersonaId;
  readonly method: string;
  readonly params: Readonly<Record<string, string>>;
}

/** What can be changed about a user from outside. Options are stored as text; null puts one back to its default. */
export interface UserChange {
  readonly editCount?: number;
  readonly registered?: string | null;
  /** As if the user had chosen it: who leaves loses the mentor, who comes back is given one. */
  readonly status?: MenteeStatus;
  readonly gender?: 'male' | 'female' | 'unknown';
  readonly options?: Readonly<Record<string, string | null>>;
  readonly block?: Partial<Omit<Block, 'id' | 'by'>> | null;
  readonly groups?: readonly string[];
  /** Rights beyond those of the groups. */
  readonly rights?: readonly string[];
  readonly email?: { readonly address: string; readonly confirmedAt: string | null } | null;
}

/** A mentor for `setMentors`; weight is 0, 1, 2 (usual) or 4. */
export interface MentorEntry {
  readonly name: string;
  readonly message?: string | null;
  readonly weight?: number;
}

interface Variables {
  get(key: string): unknown;
}

/** How a wiki in memory is set up. */
export interface MemoryWikiOptions {
  /** The wiki's clock; without it, time stands still at the moment of the recordings. */
  readonly now?: () => Date;
  /** Picks a mentor where the wiki would draw one; names stand in the list as often as their weight. */
  readonly draw?: (names: readonly string[]) => string | undefined;
}

const recordedAt = '2026-11-22T11:00:00Z';

// Every draw takes the next name: two draws in a row can differ, as on a real wiki, and tests stay repeatable.
function inTurn(): (names: readonly string[]) => string | undefined {
  let count = 0;
  return (names) => names[count++ % names.length];
}

async function formOf(request: Request): Promise<URLSearchParams> {
  const isForm = /form/.test(request.headers.get('content-type') ?? '');
  const fields = request.method === 'POST' && isForm ? [...(await request.formData())] : [];
  return new URLSearchParams(
    fields.map(([name, value]) => [name, typeof value === 'string' ? value : value.name]),
  );
}

const reader = (values: Readonly<Record<string, unknown>>): Variables => ({
  get: (key) => (Object.hasOwn(values, key) ? (values[key] ?? null) : null),
});

/** A MediaWiki 1.43 with GrowthExperiments, without a server: it answers as the recorded one did, and remembers. */
export class MemoryWiki {
  /** The address of the Action API. */
  readonly api = `${site.general.server}${site.general.scriptpath}/api.php`;
  readonly #wiki: WikiState;
  readonly #log: LoggedRequest[] = [];
  readonly #anonymous: User = { ...anonymous, options: new Map() };

  constructor({ now = () => new Date(recordedAt), draw = inTurn() }: MemoryWikiOptions = {}) {
    this.#wiki = new WikiState(now, draw);
    seed(this.#wiki);
  }

  /** The requests answered so far, newest last. */
  get log(): readonly LoggedRequest[] {
    return this.#log;
  }

  /** A `fetch()` for this wiki, with the session of one viewer. */
  fetchAs(viewer: PersonaId): typeof fetch {
    return async (input, init) => {
      const request = new Request(input, init);
      request.signal.throwIfAborted();
      const response = await this.#answer(viewer, request);
      // Whoever gives up while the answer is on its way must not get it.
      request.signal.throwIfAborted();
      return response;
    };
  }

  /** What mw.config and mw.user.options hold on one of the wiki's pages, at the moment of the call. */
  pageVariables(viewer: PersonaId, page: PageKind): { config: Variables; options: Variables } {
    const user = this.#user(viewer);
    return { config: reader(configFor(this.#wiki, user, page)), options: reader(optionsFor(user)) };
  }

  /** Changes settings of the mentorship programme, by the names they have on their page. */
  setSettings(settings: Readonly<Record<string, unknown>>): void {
    this.setPage(settingsPage, writeJson({ ...readJson(this.#wiki, settingsPage), ...settings }));
  }

  /** Puts any text onto a page, also nonsense; null deletes the page. */
  setPage(title: string, text: string | null): void {
    const page = parseTitle(title)?.text ?? title;
    if (text === null) this.#wiki.pageIds.delete(page);
    else this.#wiki.save({ page, text, by: 'Admin' });
  }

  /** Changes what the wiki knows about a viewer. */
  setUser(viewer: PersonaId, change: UserChange): void {
    const user = this.#user(viewer);
    const { editCount, registered, status, gender, options = {}, block, groups, rights, email } = change;
    if (editCount !== undefined) user.editCount = editCount;
    if (registered !== undefined) user.registered = registered;
    if (groups !== undefined) user.groups = groups;
    if (rights !== undefined) user.extraRights = rights;
    if (email !== undefined) user.email = email;
    if (block !== undefined) user.block = block && { ...defaultBlock, ...block };
    if (gender !== undefined) setOption(user, 'gender', gender);
    if (status !== undefined && status !== menteeStatus(user)) setMenteeStatus(this.#wiki, user, status);
    for (const [name, value] of Object.entries(options)) setOption(user, name, value);
  }

  /** Gives a viewer a mentor, or takes the mentor away, without a trace in the log. */
  setMentor(viewer: PersonaId, mentorName: string | null): void {
    Object.assign(this.#user(viewer), { mentor: mentorName, standIn: null });
  }

  /** Replaces the mentor list; null deletes its page. */
  setMentors(list: readonly MentorEntry[] | null): void {
    const entries = list?.map(({ name, message = null, weight = 2 }) => {
      const user = this.#wiki.user(name);
      if (!user) throw new Error(`${name} has no account on this wiki`);
      return { id: user.id, username: user.name, message, weight };
    });
    this.setPage(mentorsPage, entries ? mentorsText(entries) : null);
  }

  /** Lets somebody answer a viewer's newest question on the page where it was asked. */
  reply(to: PersonaId, reply: Reply): void {
    postReply(this.#wiki, this.#user(to), reply);
  }

  /** Makes the wiki refuse every write, with a reason; null ends that. */
  setReadOnly(reason: string | null): void {
    this.#wiki.readOnlyReason = reason;
  }

  /** Lets only administrators edit a page from now on. */
  protect(title: string): void {
    this.#wiki.protectedPages.add(parseTitle(title)?.text ?? title);
  }

  /**
   * Refuses an action, by its name in the API, because there were too many of it.
   *
   * @param limit - with `seconds`, the wiki says how long to wait, and it ends after that time on the wiki's clock
   * @returns ends it
   */
  limitRate({ action, seconds = null }: { action: string; seconds?: number | null }): () => void {
    this.#wiki.rateLimits.set(action, { seconds, since: this.#wiki.now() });
    return () => this.#wiki.rateLimits.delete(action);
  }

  #user(viewer: PersonaId): User {
    const name = personas.find(({ id }) => id === viewer)?.name ?? null;
    return (name === null ? undefined : this.#wiki.user(name)) ?? this.#anonymous;
  }

  async #answer(viewer: PersonaId, request: Request): Promise<Response> {
    const url = new URL(request.url);
    if (url.origin + url.pathname !== this.api) return new Response('Not found', { status: 404 });
    const body = await formOf(request);
    const params = Object.fromEntries([...url.searchParams, ...body]);
    this.#log.push({ viewer, method: request.method, params });
    if (params['format'] !== 'json' || params['formatversion'] !== '2') {
      const problem = 'The wiki in memory only speaks format=json with formatversion=2.';
      return new Response(problem, { status: 501 });
    }
    // Only in the URL does this parameter mean anything.
    const withoutCredentials = url.searchParams.get('origin') === '*';
    const user = withoutCredentials ? this.#anonymous : this.#user(viewer);
    const { method } = request;
    const call = new Call(this.#wiki, user, { method, url: url.searchParams, body, withoutCredentials });
    return respond(call, () => answer(call));
  }
}

const defaultBlock: Block = {
  id: 5,
  by: 'Admin',
  reason: 'Test block',
  at: recordedAt,
  expiry: null,
  partial: false,
};
