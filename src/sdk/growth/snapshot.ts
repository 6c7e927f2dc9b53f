import { parseSnapshot, toGender, withMentors } from '../parse-snapshot.js';
import {
  type JsonObject,
  parseJsonOrNull,
  toIsoTime,
  toRecord,
  toRecords,
  toStringOrEmpty,
  toText,
} from '../coerce.js';
import type { Gender, Snapshot } from '../snapshot.js';
import {
  type ActionApi,
  actionApi,
  type Get,
  type WikiPage,
  type WikiSourceOptions,
} from '../mediawiki/action-api.js';
import {
  type Account,
  type BlockRules,
  type BlockState,
  EXPLICIT_OPTION,
  type FoundPage,
  isBlockedSitewide,
  type Links,
  loadBatch,
  mentorNameQuery,
  NOT_BLOCKED,
  OWN_FIELDS,
  pageFinder,
  profileQuery,
  questionTitle,
  SETTINGS_PAGE,
  SETTINGS_PAGES,
  STATUS_OPTION,
  toAccount,
  toAccountBlock,
  toGrowthList,
  toJsonPage,
  toLinks,
  toMinorVersion,
  toPageViewer,
  toProgramRules,
  usersQuery,
} from '../mediawiki/queries.js';
import {
  findListed,
  hasAvailable,
  type MentorList,
  toAbsence,
  toUserIdentity,
  toLaterDay,
} from '../mediawiki/mentor-list.js';
import { type RequestBudget, withDeadline } from '../http.js';
import type { MentorshipSource } from '../source.js';
import { needsMentor, takesPart } from '../decide.js';
import { MentorshipError } from '../errors.js';

/** Loads the snapshot if the batched response comes from a wiki without GrowthExperiments; null: it does not. @internal */
export type Fallback = (
  batch: JsonObject,
  place: { wiki: ActionApi; budget: RequestBudget; now: Date },
) => Promise<Snapshot> | null;

/** Creates the `load` method of a source for a wiki with GrowthExperiments. @internal */
export function createGrowthLoad(
  { page, now = () => new Date(), ...access }: WikiSourceOptions,
  otherwise?: Fallback,
): MentorshipSource['load'] {
  const read = async (budget: RequestBudget): Promise<Snapshot> => {
    const wiki = actionApi(access);
    const get: Get = (params) => wiki.get(params, budget);
    const known = page ? toPageViewer(page) : null;
    if (known?.kind === 'nobody') return parseSnapshot({ viewer: known.viewer });
    // Needs no request, because there is no card in any case.
    if (known?.kind === 'disabled')
      return parseSnapshot({ viewer: known.viewer, program: { enabled: true } });
    const getMentorName = async (viewer: string) => toMentorName(await get(mentorNameQuery(viewer)));
    const early = known && mayHaveMentor(page) ? getMentorName(known.name) : null;
    // Prevents an unhandled rejection: the error is thrown below if the mentor is needed.
    early?.catch(() => {});
    const batch = await loadBatch(get);
    const other = otherwise?.(batch, { wiki, budget, now: now() });
    if (other) return other;
    const links = toLinks(batch, wiki.url);
    const list = toGrowthList(batch);
    const parse = (block?: BlockState | null) =>
      parseSnapshot(toDocument(batch, { links, now: now(), list, block }));
    const snapshot = parse();
    const { viewer } = snapshot;
    if (!viewer) return snapshot;
    const isInDoubt = viewer.blocked || viewer.blockedUntil !== null;
    // Reads what a viewer needs who is not blocked, because the block may be one of the address.
    const open = isInDoubt ? parse(NOT_BLOCKED) : snapshot;
    const isMentorNeeded = needsMentor(open, now());
    if (!isMentorNeeded && !takesPart(open, now())) return snapshot;

    // Another user may be signed in now than the page names.
    const isEarly = early && known?.name === viewer.name;
    const name = isMentorNeeded ? await (isEarly ? early : getMentorName(viewer.name)) : null;
    if (!name && !isInDoubt) return snapshot;
    const pageMentor = page ? toPageMentor(page, now()) : null;
    const sameMentor = pageMentor?.name === name ? pageMentor : null;
    const profiles = await get(
      name
        ? profileQuery(name, sameMentor?.standIn?.name, isInDoubt ? viewer.name : undefined)
        : usersQuery(viewer.name),
    );
    const verified = isInDoubt ? parse(toAccountBlock(profiles, viewer.id, blockRules(batch))) : snapshot;
    if (!name || (isInDoubt && !needsMentor(verified, now()))) return verified;
    const mentors = toMentors(profiles, {
      list,
      links,
      name,
      page: sameMentor,
      questionTitle: questionTitle(viewer.name, now()),
      now: now(),
    });
    return withMentors(verified, mentors);
  };
  return ({ signal }) => withDeadline(signal, read);
}

const STATUS = new Map([
  ['1', 'enabled'],
  ['2', 'opted-out'],
  ['50', 'explicit'],
]);

/** Returns true if the page's viewer may have a mentor. A wiki without GrowthExperiments has no such option. */
const mayHaveMentor = (page: WikiPage | undefined): boolean =>
  ['1', '50'].includes(toStringOrEmpty(page?.options.get(STATUS_OPTION)));

interface DocumentContext {
  links: Links;
  now: Date;
  list: MentorList | null;
  /** Replaces the state of the block in the response. */
  block: BlockState | null | undefined;
}

/** Converts the batched response into a snapshot document without a mentor. */
function toDocument(answer: JsonObject, { links, now, list, block }: DocumentContext): object {
  const account = toAccount(answer, blockRules(answer));
  const identity = toUserIdentity(account?.user ?? {});
  const isMentor = list !== null && findListed(list, identity) !== null;
  return {
    viewer: account && { ...toViewer(account), isMentor, ...block },
    mentorsAvailable: list && hasAvailable(list, { except: identity, now }),
    questions: toQuestions(answer, links),
    program: toGrowthProgram(answer, links),
  };
}

function toViewer({ user, options, viewer }: Account): object {
  const status = STATUS.get(toStringOrEmpty(options[STATUS_OPTION])) ?? 'disabled';
  return {
    ...viewer,
    status: status === 'enabled' && options[EXPLICIT_OPTION] ? 'explicit' : status,
    mayEnroll: Array.isArray(user.rights) ? user.rights.includes('enrollasmentor') : null,
  };
}

/** MediaWiki 1.44 and later give no mentor to a viewer with a partial block without expiry. */
export const blockRules = (answer: JsonObject): BlockRules => ({
  partial: toMinorVersion(answer) >= 44 ? 'counts' : 'ignored',
});

/** Option in which GrowthExperiments stores the viewer's questions, and name of its question store. */
export const GROWTH_QUESTIONS_OPTION = 'growthexperiments-mentor-questions';

/** Returns the questions without their states, because the option is stale. Archived ones link to the archive. */
function toQuestions(answer: JsonObject, links: Links): object[] {
  const stored = answer.query?.userinfo?.options?.[GROWTH_QUESTIONS_OPTION];
  return toRecords(parseJsonOrNull(stored))
    .filter(({ isVisible }) => isVisible !== false)
    .map((item) => ({
      text: item.questionText,
      url: links.resolve(item.isArchived === true ? item.archiveUrl : item.resultUrl),
      askedAt: typeof item.timestamp === 'number' ? toIsoTime(item.timestamp * 1000) : null,
    }));
}

export function toGrowthProgram(answer: JsonObject, links: Links): object {
  const find = pageFinder(answer);
  const settings = Object.assign(
    Object.create(null) as Record<string, unknown>,
    ...SETTINGS_PAGES.map((title) => toJsonPage(find(title))),
  ) as JsonObject;
  const helpDesk = toText(settings.GEHelpPanelHelpDeskTitle, 255);
  const helpDeskUrl = helpDesk && links.page(helpDesk);
  return {
    ...toProgramRules({ helpDeskUrl, ...settings, ...toOwnSettings(find(SETTINGS_PAGE)) }, links),
    enrollUrl: links.page('Special:EnrollAsMentor'),
    dashboardUrl: links.page('Special:MentorDashboard'),
    homepageUrl: links.page('Special:Homepage'),
  };
}

/** Returns the valid fields of this module's settings page. Logs the others, which are ignored. */
function toOwnSettings(page: FoundPage): JsonObject {
  if (!page) return {};
  const settings = toJsonPage(page);
  const valid = Object.entries(OWN_FIELDS).flatMap(([name, isValid]) =>
    isValid(settings?.[name]) ? [[name, settings?.[name]] as const] : [],
  );
  if (!settings || valid.length < Object.keys(settings).length)
    import('../mediawiki/settings.js').then(
      (module) => module.warnOfOwnSettings(settings),
      () => {},
    );
  return Object.fromEntries(valid);
}

/** Returns the mentor's name from the response to `mentorNameQuery`; null: no mentor. */
export function toMentorName(answer: JsonObject): string | null {
  const name = answer.expandtemplates?.wikitext;
  if (typeof name !== 'string')
    throw new MentorshipError('bad-data', 'GET …/api.php: “wikitext” is missing.', { cause: { answer } });
  // A wiki without the parser function returns its wikitext.
  return name.includes('{{') ? null : toText(name, 255);
}

interface MentorContext {
  list: MentorList | null;
  links: Links;
  name: string;
  /** Data about the same mentor from the page's variables. */
  page: PageMentor | null;
  /** Title of the section that `askUrl` opens. */
  questionTitle: string;
  now: Date;
}

/** Returns the mentor and the stand-in, unvalidated, from the response to `profileQuery`. */
export function toMentors(
  profiles: JsonObject,
  { list, links, name, page, questionTitle, now }: MentorContext,
): object {
  const users = toRecords(profiles.query?.users);
  const find = (username: string, gender: string | undefined) => {
    const user = users.find((candidate) => candidate.name === username) ?? null;
    const identity = toUserIdentity(user ?? { name: username });
    const entry = list && findListed(list, identity);
    const profile = {
      name: username,
      gender: user?.gender ?? gender,
      editCount: user?.editcount,
      intro: entry?.message,
      talkUrl: links.page(`User talk:${username}`),
      askUrl: links.newSection(`User talk:${username}`, questionTitle),
    };
    return { user, entry, profile };
  };
  const standIn = page?.standIn ?? null;
  const { user, entry, profile } = find(name, page?.gender);
  return {
    mentor: {
      ...profile,
      lastActive: profiles.query?.usercontribs?.[0]?.timestamp,
      // A blocked mentor comes back on no known day, whatever the list and the page say.
      away:
        user && isBlockedSitewide(user)
          ? { until: null }
          : ((entry && toAbsence(entry, now)) ?? (standIn && { until: page?.until })),
      retired: list !== null && entry === null,
    },
    standIn: standIn && find(standIn.name, standIn.gender).profile,
  };
}

interface NameAndGender {
  name: string;
  gender: Gender;
}

/** Mentor in the page's `mw.config`, used only if the API names the same one: the page may be cached. @internal */
export interface PageMentor extends NameAndGender {
  /** Mentor who answers during the absence; null: not away. */
  standIn: NameAndGender | null;
  until: string | null;
}

/** Reads the mentor from the variables of Special:Homepage or, without them, of the help panel. @internal */
export function toPageMentor({ config }: WikiPage, now: Date): PageMentor | null {
  const panel = toRecord(config.get('wgGEHelpPanelMentorData'));
  const homepage = (field: string) => config.get(`GEHomepageMentorship${field}`);
  const onHomepage = toPerson(homepage('MentorName'), homepage('MentorGender'));
  const mentor = onHomepage ?? toPerson(panel?.name, panel?.gender);
  if (!mentor) return null;
  const effective =
    toPerson(homepage('EffectiveMentorName'), homepage('EffectiveMentorGender')) ??
    toPerson(panel?.effectiveName, panel?.effectiveGender);
  const standIn = effective && effective.name !== mentor.name ? effective : null;
  // The homepage knows that a blocked mentor has no day of return; the help panel then has today's date.
  const backAt = onHomepage ? homepage('BackAt') : panel?.backAt;
  return { ...mentor, standIn, until: standIn && toDay(backAt, now) };
}

function toPerson(name: unknown, gender: unknown): NameAndGender | null {
  const text = toText(name, 255);
  return text === null ? null : { name: text, gender: toGender(gender) };
}

/** Parses a day such as “3 May 2026”. Returns null in other languages, because the wiki localizes the month. */
const toDay = (value: unknown, now: Date): string | null =>
  typeof value === 'string' && /^\d{1,2} \p{L}+ \d{4}$/u.test(value)
    ? toLaterDay(Date.parse(`${value} UTC`), now)
    : null;
