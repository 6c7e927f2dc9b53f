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

/** A request that reached the wiki. `viewer` is the sender, even if origin=* made the request anonymous. */
export interface LoggedRequest {
  readonly viewer: PersonaId;
  readonly method: string;
  readonly params: Readonly<Record<string, string>>;
}

/** A mentor for `setMentors`; weight is 0, 1, 2 (default) or 4. */
export interface MentorEntry {
  readonly name: string;
  readonly message?: string | null;
  readonly weight?: number;
  /** End of the absence in fourteen digits; with the extension, a preference of the mentor contains it. */
  readonly awayTimestamp?: string;
}

/** Options of a fake wiki. */
export interface FakeMediaWikiOptions {
  /** MediaWiki 1.43 with GrowthExperiments, or a MediaWiki without extensions. */
  readonly software?: SoftwareName;
  /** Origins of other hosts whose pages may send the viewer's cookies. */
  readonly origins?: readonly string[];
  /** The wiki's clock; by default it stands still at the time of the recordings. */
  readonly now?: () => Date;
  /** Picks a mentor when the wiki draws one; names are repeated according to their weight. */
  readonly draw?: (names: readonly string[]) => string | undefined;
}

const recordedAt = '2026-11-22T11:00:00Z';

// Picks the next name each time: consecutive draws can differ, as on a real wiki, but tests are repeatable.
function roundRobin(): (names: readonly string[]) => string | undefined {
  let count = 0;
  return (names) => names[count++ % names.length];
}

/** An in-memory MediaWiki that answers like the recorded ones and stores what is written. */
export class FakeMediaWiki {
  /** The URL of the Action API. */
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

  /** The requests that have reached the wiki, newest last. */
  get log(): readonly LoggedRequest[] {
    return this.#log;
  }

  /** Returns a `fetch()` for this wiki with the session of one viewer. */
  fetchAs(viewer: PersonaId): typeof fetch {
    return async (input, init) => {
      const request = new Request(input, init);
      // Uses the caller's signal, because Node garbage-collects the request and its derived signal.
      const signal = init?.signal ?? (input instanceof Request ? input.signal : request.signal);
      signal.throwIfAborted();
      return this.#handle(viewer, request, signal);
    };
  }

  /** Returns the contents of mw.config, mw.user.options and mw.user.tokens on one of the wiki's pages. */
  pageVariables(viewer: PersonaId, page: PageKind): PageVariables {
    return pageVariables(this.#wiki, this.#user(viewer), page);
  }

  /** Changes settings of the program, by their names on the settings page. */
  setSettings(settings: Readonly<Record<string, unknown>>): void {
    const page = this.settingsPage;
    this.setPage(page, writeJson({ ...readJson(this.#wiki, page), ...settings }));
  }

  /** Saves any text as a page, valid or not; null deletes the page. */
  setPage(title: string, text: string | null): void {
    const page = parseTitle(title)?.text ?? title;
    if (text === null) this.#wiki.delete(page);
    else this.#wiki.save({ page, text, by: 'Admin' });
  }

  /** Changes the data of a persona, or of any account by name. */
  setUser(who: PersonaId | UserName, change: UserChange): void {
    changeUser(this.#wiki, this.#user(who), change);
  }

  /** Assigns a mentor to a viewer or removes the mentor, without a log entry. */
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

  /** Adds a reply to a viewer's newest question on its page. */
  reply(to: PersonaId, reply: Reply): void {
    postReply(this.#wiki, this.#user(to), reply);
  }

  /** Refuses all writes with a reason; null allows them again. */
  setReadOnly(reason: string | null): void {
    this.#wiki.readOnlyReason = reason;
  }

  /** Allows only administrators to edit a page. Returns a function that ends this. */
  protect(title: string): () => void {
    const page = parseTitle(title)?.text ?? title;
    this.#wiki.protectedPages.add(page);
    return () => this.#wiki.protectedPages.delete(page);
  }

  /**
   * Refuses an action, by its name in the API, as rate-limited.
   *
   * @param limit - with `seconds`, errors contain the time to wait, and the limit expires on the wiki's clock
   * @returns a function that ends the limit
   */
  limitRate({ action, seconds = null }: { action: string; seconds?: number | null }): () => void {
    this.#wiki.rateLimits.set(action, { seconds, since: this.#wiki.now() });
    return () => this.#wiki.rateLimits.delete(action);
  }

  /** Expires the token of a viewer's session, so that only a token requested later is valid. */
  expireTokens(viewer: PersonaId): void {
    this.#user(viewer).session += 1;
  }

  /** Sets the license of the wiki's texts; empty strings for none. */
  setCopyright(copyright: { readonly url: string; readonly text: string }): void {
    this.#wiki.copyright = { ...copyright };
  }

  /** Sets the content model of a page, which need not exist. */
  setContentModel(title: string, model: string): void {
    this.#wiki.contentModels.set(parseTitle(title)?.text ?? title, model);
  }

  /** Refuses edits that add matching text, with the message of an edit filter. Returns a function that ends this. */
  refuseTexts(pattern: RegExp, words: string): () => void {
    const { filters } = this.#wiki;
    const filter = { id: filters.length + 1, pattern, words };
    filters.push(filter);
    return () => void filters.splice(filters.indexOf(filter), 1);
  }

  /** Requires a captcha for edits with matching text. Returns a function that ends this. */
  demandCaptcha(pattern: RegExp): () => void {
    const { captchas } = this.#wiki;
    captchas.push(pattern);
    return () => void captchas.splice(captchas.indexOf(pattern), 1);
  }

  /** Moves a viewer's newest question to the archive of its page. */
  archive(viewer: PersonaId): void {
    archiveNewest(this.#wiki, this.#user(viewer));
  }

  /** Returns all questions of a viewer on talk pages, including duplicates, oldest first. */
  questionsOf(viewer: PersonaId): readonly AskedQuestion[] {
    return questionsAskedBy(this.#wiki, this.#user(viewer));
  }

  /** Injects a fault into the next requests made through `fetchAs`. Returns a function that ends this. */
  disturb(disturbance: Disturbance): () => void {
    return this.#faultInjection.disturb(disturbance);
  }

  /** Delays requests until they are released; all of them by default. */
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
      const { headers, earlyResponse } = checkOrigin(url, request, this.#origins);
      if (earlyResponse) return earlyResponse;
      this.#log.push({ viewer, method, params });
      if (params['format'] !== 'json' || params['formatversion'] !== '2') {
        const problem = 'The wiki in memory only speaks format=json with formatversion=2.';
        return new Response(problem, { status: 501 });
      }
      // The parameter is ignored in the request body.
      const withoutCredentials = url.searchParams.get('origin') === '*';
      const user = withoutCredentials ? this.#anonymous : this.#user(viewer);
      const call = new Call(this.#wiki, user, { method, url: url.searchParams, body, withoutCredentials });
      const response = respond(call, () => answer(call));
      for (const [header, value] of Object.entries(headers)) response.headers.set(header, value);
      return response;
    });
  }
}
