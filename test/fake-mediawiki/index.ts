import { answer } from './api.ts';
import {
  archiveNewest,
  questionsAskedBy,
  postReply,
  type AskedQuestion,
  type Reply,
} from './asked-questions.ts';
import { Call } from './call.ts';
import { checkOrigin } from './cors.ts';
import { changeUser, type UserChange, type UserName } from './change-user.ts';
import { mentorsText, type MenteeStatus } from './mentorship.ts';
import { pageVariables, type PageKind, type PageVariables } from './page-variables.ts';
import { personas, type PersonaId } from './personas.ts';
import { programOf } from './program.ts';
import { readRequest } from './request.ts';
import { respond } from './respond.ts';
import { anonymous, seed } from './seed.ts';
import { seedCore } from './seed-core.ts';
import { readJson, writeJson } from './settings.ts';
import { softwares, type SoftwareName } from './software.ts';
import { WikiState, type Block, type User } from './state.ts';
import { parseTitle } from './titles.ts';
import { FaultInjection, type Disturbance, type Fault, type Gate, type Match } from './fault-injection.ts';
import site from './site.json' with { type: 'json' };

export {
  personas,
  type AskedQuestion,
  type Block,
  type Disturbance,
  type Fault,
  type Gate,
  type Match,
  type MenteeStatus,
  type PageKind,
  type PersonaId,
  type Reply,
  type SoftwareName,
  type UserChange,
};

/** A request that has reached the wiki. `viewer` is who sent it, also where origin=* made it anonymous. */
export interface LoggedRequest {
  readonly viewer: PersonaId;
  readonly method: string;
  readonly params: Readonly<Record<string, string>>;
}

/** A mentor for `setMentors`; weight is 0, 1, 2 (usual) or 4. */
export interface MentorEntry {
  readonly name: string;
  readonly message?: string | null;
  readonly weight?: number;
  /** Until when the mentor is away, in fourteen digits; with the extension a preference of the mentor's says that. */
  readonly awayTimestamp?: string;
}

/** How a wiki in memory is set up. */
export interface FakeMediaWikiOptions {
  /** What the wiki runs: MediaWiki 1.43 with GrowthExperiments, or a MediaWiki without extensions. */
  readonly software?: SoftwareName;
  /** The origins of other hosts whose pages may send the viewer's cookies. */
  readonly origins?: readonly string[];
  /** The wiki's clock; without it, time stands still at the moment of the recordings. */
  readonly now?: () => Date;
  /** Picks a mentor where the wiki would draw one; names stand in the list as often as their weight. */
  readonly draw?: (names: readonly string[]) => string | undefined;
}

const recordedAt = '2026-11-22T11:00:00Z';

// Every draw takes the next name: two draws in a row can differ, as on a real wiki, and tests stay repeatable.
function roundRobin(): (names: readonly string[]) => string | undefined {
  let count = 0;
  return (names) => names[count++ % names.length];
}

/** A MediaWiki without a server: it answers as the recorded ones did, and remembers. */
export class FakeMediaWiki {
  /** The address of the Action API. */
  readonly api = `${site.general.server}${site.general.scriptpath}/api.php`;
  readonly #wiki: WikiState;
  readonly #faultInjection = new FaultInjection();
  readonly #log: LoggedRequest[] = [];
  readonly #anonymous: User;
  readonly #origins: readonly string[];

  constructor({
    software: name = 'growth-1.43',
    now = () => new Date(recordedAt),
    draw = roundRobin(),
    origins = [],
  }: FakeMediaWikiOptions = {}) {
    const software = softwares[name];
    this.#wiki = new WikiState(software, now, draw);
    this.#anonymous = anonymous(software);
    this.#origins = origins;
    if (software.extensions === 'none') seedCore(this.#wiki);
    else seed(this.#wiki);
  }

  /** The page with the settings of the program. */
  get settingsPage(): string {
    return this.#wiki.software.settingsPage;
  }

  /** The page with the list of mentors. */
  get mentorsPage(): string {
    return this.#wiki.software.mentorsPage;
  }

  /** The requests that have reached the wiki so far, newest last. */
  get log(): readonly LoggedRequest[] {
    return this.#log;
  }

  /** A `fetch()` for this wiki, with the session of one viewer. */
  fetchAs(viewer: PersonaId): typeof fetch {
    return async (input, init) => {
      const request = new Request(input, init);
      // Node forgets a request that nobody holds, and with it that its signal follows the caller's.
      const signal = init?.signal ?? (input instanceof Request ? input.signal : request.signal);
      signal.throwIfAborted();
      return this.#handle(viewer, request, signal);
    };
  }

  /** What mw.config, mw.user.options and mw.user.tokens hold on one of the wiki's pages, at the moment of the call. */
  pageVariables(viewer: PersonaId, page: PageKind): PageVariables {
    return pageVariables(this.#wiki, this.#user(viewer), page);
  }

  /** Changes settings of the mentorship program, by the names they have on their page. */
  setSettings(settings: Readonly<Record<string, unknown>>): void {
    const page = this.settingsPage;
    this.setPage(page, writeJson({ ...readJson(this.#wiki, page), ...settings }));
  }

  /** Puts any text onto a page, also nonsense; null deletes the page. */
  setPage(title: string, text: string | null): void {
    const page = parseTitle(title)?.text ?? title;
    if (text === null) this.#wiki.delete(page);
    else this.#wiki.save({ page, text, by: 'Admin' });
  }

  /** Changes what the wiki knows about a viewer, or about any account by its name. */
  setUser(who: PersonaId | UserName, change: UserChange): void {
    changeUser(this.#wiki, this.#user(who), change);
  }

  /** Gives a viewer a mentor, or takes the mentor away, without a trace in the log. */
  setMentor(viewer: PersonaId, mentorName: string | null): void {
    programOf(this.#user(viewer)).setMentor(this.#user(viewer), mentorName);
  }

  /** Replaces the mentor list; null deletes its page. */
  setMentors(list: readonly MentorEntry[] | null): void {
    const entries = list?.map(({ name, message = null, weight = 2, ...more }) => {
      const user = this.#wiki.user(name);
      if (!user) throw new Error(`${name} has no account on this wiki`);
      return { id: user.id, username: user.name, message, weight, ...more };
    });
    this.setPage(this.mentorsPage, entries ? mentorsText(entries) : null);
  }

  /** Lets somebody answer a viewer's newest question on the page where it was asked. */
  reply(to: PersonaId, reply: Reply): void {
    postReply(this.#wiki, this.#user(to), reply);
  }

  /** Makes the wiki refuse every write, with a reason; null ends that. */
  setReadOnly(reason: string | null): void {
    this.#wiki.readOnlyReason = reason;
  }

  /** Lets only administrators edit a page. Returns what ends it. */
  protect(title: string): () => void {
    const page = parseTitle(title)?.text ?? title;
    this.#wiki.protectedPages.add(page);
    return () => this.#wiki.protectedPages.delete(page);
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

  /** Makes the token of a viewer's session expire: only one that is asked for afterwards is taken. */
  expireTokens(viewer: PersonaId): void {
    this.#user(viewer).session += 1;
  }

  /** Names the license of the wiki's texts, or none by empty strings. */
  setCopyright(copyright: { readonly url: string; readonly text: string }): void {
    this.#wiki.copyright = { ...copyright };
  }

  /** Makes a page, which need not exist, one of another kind than wikitext. */
  setContentModel(title: string, model: string): void {
    this.#wiki.contentModels.set(parseTitle(title)?.text ?? title, model);
  }

  /** Refuses edits that add a text like this one, with the words that the edit filter gives. Returns what ends it. */
  refuseTexts(pattern: RegExp, words: string): () => void {
    const { filters } = this.#wiki;
    const filter = { id: filters.length + 1, pattern, words };
    filters.push(filter);
    return () => void filters.splice(filters.indexOf(filter), 1);
  }

  /** Answers edits whose text is like this one by a question to find out robots. Returns what ends it. */
  demandCaptcha(pattern: RegExp): () => void {
    const { captchas } = this.#wiki;
    captchas.push(pattern);
    return () => void captchas.splice(captchas.indexOf(pattern), 1);
  }

  /** Moves a viewer's newest question off its page, to the archive of that page. */
  archive(viewer: PersonaId): void {
    archiveNewest(this.#wiki, this.#user(viewer));
  }

  /** Every question that a viewer really has on talk pages, repeated ones repeatedly, oldest first. */
  questionsOf(viewer: PersonaId): readonly AskedQuestion[] {
    return questionsAskedBy(this.#wiki, this.#user(viewer));
  }

  /** Disturbs the next requests made through `fetchAs`. Returns what ends it. */
  disturb(disturbance: Disturbance): () => void {
    return this.#faultInjection.disturb(disturbance);
  }

  /** Lets requests wait before the wiki until they are released; without `match`, all of them. */
  hold(match: Match = () => true): Gate {
    return this.#faultInjection.hold(match);
  }

  #user(who: PersonaId | UserName): User {
    const persona = personas.find(({ id }) => id === who);
    if (persona?.name === null) return this.#anonymous;
    const user = this.#wiki.user(persona?.name ?? who);
    if (!user) throw new Error(`${who} has no account on this wiki`);
    return user;
  }

  async #handle(viewer: PersonaId, request: Request, signal: AbortSignal): Promise<Response> {
    const { method, url, body, params } = await readRequest(request);
    return this.#faultInjection.send({ params, signal }, async () => {
      if (url.origin + url.pathname !== this.api) return new Response('Not found', { status: 404 });
      const { headers, earlyResponse: earlyResponse } = checkOrigin(url, request, this.#origins);
      if (earlyResponse) return earlyResponse;
      this.#log.push({ viewer, method, params });
      if (params['format'] !== 'json' || params['formatversion'] !== '2') {
        const problem = 'The wiki in memory only speaks format=json with formatversion=2.';
        return new Response(problem, { status: 501 });
      }
      // Only in the URL does this parameter mean anything.
      const withoutCredentials = url.searchParams.get('origin') === '*';
      const user = withoutCredentials ? this.#anonymous : this.#user(viewer);
      const call = new Call(this.#wiki, user, { method, url: url.searchParams, body, withoutCredentials });
      const response = respond(call, () => answer(call));
      for (const [header, value] of Object.entries(headers)) response.headers.set(header, value);
      return response;
    });
  }
}
