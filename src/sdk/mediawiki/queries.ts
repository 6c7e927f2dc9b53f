import { MentorshipError } from '../errors.js';
import {
  type Json,
  type JsonObject,
  type OutsideRecord,
  parseJsonOrNull,
  toHttpUrl,
  toInteger,
  toIsoDate,
  toRecord,
  toRecordOrEmpty,
  toRecords,
  toStringOrEmpty,
} from '../coerce.js';
import type { Viewer } from '../snapshot.js';
import type { Get, WikiPage } from './action-api.js';
import { type MentorList, parseMentorsPage, toMentorList } from './mentor-list.js';

/** User options that this SDK sets on every wiki: mentor requested explicitly, and invitation declined or snoozed. */
export const EXPLICIT_OPTION = 'userjs-mentorship-module-explicit';
export const DECLINED_OPTION = 'userjs-mentorship-module-invite';
export const SNOOZED_OPTION = 'userjs-mentorship-module-invite-snoozed';

export interface Account {
  /** The response's `userinfo`. */
  user: JsonObject;
  options: JsonObject;
  /** Fields of the snapshot's viewer that every MediaWiki has. */
  viewer: BlockState & {
    readonly name: unknown;
    readonly temporary: boolean;
    readonly [field: string]: unknown;
  };
}

/** Returns the account of the signed-in user; null: signed out. */
export function toAccount(
  answer: JsonObject,
  blockRules: BlockRules = { partial: 'ignored' },
): Account | null {
  const user = answer.query?.userinfo;
  if (!user)
    throw new MentorshipError('bad-data', 'GET …/api.php: “userinfo” is missing.', { cause: { answer } });
  if (user.anon === true) return null;
  const options = toRecordOrEmpty(user.options);
  return {
    user,
    options,
    viewer: {
      name: user.name,
      id: user.id,
      gender: options.gender,
      registered: user.registrationdate,
      editCount: user.editcount,
      temporary: user.temp === true,
      ...toBlock(user, blockRules),
      inviteDeclined: Boolean(options[DECLINED_OPTION]),
      inviteSnoozedUntil: options[SNOOZED_OPTION],
      email: emailOf(user),
    },
  };
}

/** Kinds of blocks without expiry that count. A block of the whole site always does. */
export interface BlockRules {
  partial: 'counts' | 'ignored';
}

/** Fields of the snapshot's viewer about a block. `blockedUntil` is null without a temporary block. */
export type BlockState = Pick<Viewer, 'blocked' | 'blockedUntil'>;

export const NOT_BLOCKED: BlockState = { blocked: false, blockedUntil: null };

/** Returns the state of a user's blocks. */
export function toBlock(user: JsonObject, rules: BlockRules): BlockState {
  const end = endOfBlock(user, rules);
  return { blocked: /^infini/.test(end), blockedUntil: toIsoDate(end) };
}

/**
 * Returns the latest end of the blocks that count, which is `infinite` without expiry; empty: no such block. Ignores
 * blocks by the software, such as of open proxies, because they are of the address.
 */
function endOfBlock(user: JsonObject, rules: BlockRules): string {
  const { blockpartial, blockexpiry, blockid, systemblocktype, blockcomponents } = user;
  // Dates sort before “infinite”.
  if (Array.isArray(blockcomponents))
    return (
      toRecords(blockcomponents)
        .map((one) => endOfBlock(one, rules))
        .sort()
        .at(-1) ?? ''
    );
  const end = toStringOrEmpty(blockexpiry);
  const counts =
    blockpartial === false || (blockpartial === true && rules.partial === 'counts' && /^infini/.test(end));
  return counts && blockid !== null && systemblocktype === undefined ? end : '';
}

/**
 * Returns the state of the account's own blocks, because `userinfo` has blocks of the address, too, and `list=users` has
 * not; null: the response lacks the account.
 */
export function toAccountBlock(answer: JsonObject, id: number, rules: BlockRules): BlockState | null {
  const account = toRecords(answer.query?.users).find(({ userid }) => userid === id);
  return account ? toBlock(account, rules) : null;
}

/** Returns true if an account in `list=users` is blocked on the whole site, with or without expiry. */
export const isBlockedSitewide = ({ blockid, blockpartial }: JsonObject): boolean =>
  blockid !== undefined && blockpartial !== true;

/** Returns the minor version of MediaWiki 1, such as 45; NaN: unknown. */
export const toMinorVersion = (answer: JsonObject): number =>
  Number(/^MediaWiki 1\.(\d+)/.exec(toStringOrEmpty(answer.query?.general?.generator))?.[1]);

function emailOf({ email, emailauthenticated }: JsonObject): string | null {
  if (typeof email !== 'string') return null;
  if (email === '') return 'none';
  return emailauthenticated ? 'confirmed' : 'unconfirmed';
}

export interface Links {
  resolve(url: unknown): string | null;
  page(title: string): string | null;
  newSection(page: string, title: string): string | null;
}

/** Creates functions that build the wiki's URLs. A `server` without a scheme gets that of the API. */
export function toLinks(answer: JsonObject, api: URL): Links {
  const { server, articlepath, script } = answer.query?.general ?? {};
  const base = toHttpUrl(server, api.href) ?? api.href;
  // Older versions of GrowthExperiments stored links to questions with two “#”.
  const resolve = (url: unknown) => toHttpUrl(typeof url === 'string' ? url.replace(/##+/, '#') : url, base);
  const { origin } = new URL(base);
  const underscored = (title: string) => title.replaceAll(' ', '_');
  return {
    resolve,
    page: (title) => {
      if (typeof articlepath !== 'string') return null;
      // `new URL` encodes all other characters as the wiki does, and throws for none of them.
      const encoded = underscored(title).replace(/[%?#&+\\]/g, encodeURIComponent);
      const url = toHttpUrl(
        articlepath.replace('$1', () => encoded),
        base,
      );
      // A title that begins with a slash must not turn into a URL of another host.
      return url && new URL(url).origin === origin ? url : null;
    },
    newSection: (page, title) => {
      const url = resolve(script);
      const query = { title: underscored(page), action: 'edit', section: 'new', preloadtitle: title };
      return url && `${url}?${new URLSearchParams(query)}`;
    },
  };
}

/**
 * Settings page of this module. On a wiki without GrowthExperiments it has all settings, which settings.ts reads;
 * on other wikis those in `OWN_FIELDS`.
 */
export const SETTINGS_PAGE = 'MediaWiki:Mentorship.json';
/** Default list of mentors on a wiki without GrowthExperiments. */
export const MENTORS_PAGE = 'Project:Mentors.json';
/** List of mentors of GrowthExperiments. */
export const GROWTH_MENTORS_PAGE = 'MediaWiki:GrowthMentors.json';

/** GrowthExperiments' preference, as number or string: 0 disabled, 1 enabled, 2 opted out, 50 explicit. @internal */
export const STATUS_OPTION = 'growthexperiments-homepage-mentorship-enabled';

/** Returns false for MediaWiki before 1.42 and for an unknown version, where the list of mentors may be a page only. @internal */
export const hasListModule = (answer: JsonObject): boolean => toMinorVersion(answer) >= 42;

/**
 * Returns true if the batched response comes from a wiki with GrowthExperiments: it has the list of mentors or, without
 * that module, the default of a preference.
 *
 * @internal
 */
export const hasGrowth = (batch: JsonObject): boolean =>
  batch.growthmentorlist !== undefined ||
  (!hasListModule(batch) &&
    batch.query?.userinfo?.options?.[STATUS_OPTION] !== undefined &&
    toJsonPage(findPage(batch, SETTINGS_PAGE))?.GEMentorshipEnabled === undefined);

/** Returns the list of mentors from the response to `PUBLIC_QUERY`; null: unknown. Before MediaWiki 1.42, only a page has it. */
export const toGrowthList = (answer: JsonObject): MentorList | null =>
  toMentorList(answer) ??
  (hasListModule(answer) ? null : parseMentorsPage(findPage(answer, GROWTH_MENTORS_PAGE)));

/** @internal */
export const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;

/** @internal */
export const isPositive = (value: unknown): boolean => isCount(value) && value !== 0;

/** @internal */
export const isLink = (value: unknown): boolean =>
  value === null || (typeof value === 'string' && /^(?:https?:\/)?\/\S*$/.test(value));

/** Validators of the fields of this module's settings page that count on every wiki. @internal */
export const OWN_FIELDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  learnMoreUrl: isLink,
  helpDeskUrl: isLink,
  inviteSnoozeDays: isPositive,
  openWikiMinimumEditCount: isCount,
  openWikiMinimumAgeDays: isCount,
};

type PageViewer =
  /** Signed out or a temporary account, so no card is shown. */
  | { kind: 'nobody'; viewer: object | null }
  | { kind: 'disabled'; viewer: object }
  | { kind: 'user'; name: string; id: number };

/** Reads the viewer from the page's variables; null: the variables are not set, or not yet. @internal */
export function toPageViewer({ config, options }: WikiPage): PageViewer | null {
  // Checks another variable first, because `wgUserName` is null before it is set and when signed out.
  if (!Array.isArray(config.get('wgUserGroups'))) return null;
  const name = config.get('wgUserName');
  if (typeof name !== 'string') return { kind: 'nobody', viewer: null };
  const id = config.get('wgUserId');
  if (config.get('wgUserIsTemp') === true) return { kind: 'nobody', viewer: { name, id, temporary: true } };
  const status = options.get(STATUS_OPTION);
  if (status === 0 || status === '0') return { kind: 'disabled', viewer: { name, id, status: 'disabled' } };
  return { kind: 'user', name, id: toInteger(id) ?? 0 };
}

/** Settings pages of GrowthExperiments. Older wikis have only the first; fields of later pages win. */
export const SETTINGS_PAGES = ['Config', 'Mentorship', 'HelpPanel'].map(
  (name) => `MediaWiki:GrowthExperiments${name}.json`,
);

/** Returns the program's rules and links from the settings, which have the same names on every wiki. */
export function toProgramRules(settings: OutsideRecord, links: Links): object {
  const { learnMoreUrl, inviteSnoozeDays, openWikiMinimumEditCount, openWikiMinimumAgeDays } = settings;
  const graduation = toRecord(settings.GEMentorshipStartOptedOutThresholds);
  return {
    enabled: settings.GEMentorshipEnabled,
    automaticEligibility: settings.GEMentorshipAutomaticEligibility,
    minimumEditCount: settings.GEMentorshipMinimumEditcount,
    minimumAgeDays: settings.GEMentorshipMinimumAge,
    graduation: {
      enabled: graduation?.enabled,
      minimumEditCount: graduation?.minEditcount,
      minimumAgeDays: graduation?.minTenureInDays,
    },
    inviteSnoozeDays,
    openWikiMinimumEditCount,
    openWikiMinimumAgeDays,
    // Without a value, the snapshot gets its default.
    learnMoreUrl: typeof learnMoreUrl === 'string' ? links.resolve(learnMoreUrl) : learnMoreUrl,
    helpDeskUrl: links.resolve(settings.helpDeskUrl),
  };
}

/** Parameters that read the content of pages. @internal */
export const CONTENT = { action: 'query', prop: 'revisions', rvprop: 'ids|content', rvslots: 'main' };

/** Pages with the settings and the mentors of all wikis. */
const PUBLIC_TITLES = [...SETTINGS_PAGES, SETTINGS_PAGE, GROWTH_MENTORS_PAGE, MENTORS_PAGE].join('|');

/**
 * Parameters that read the wiki's settings and mentors. The response is the same for all viewers, because no module and,
 * with `uselang`, no text depends on the viewer. Browsers cache it for a day, and other caches for five minutes if the wiki
 * has no module that lists the mentors, because that module is never public.
 *
 * @internal
 */
export const PUBLIC_QUERY = {
  ...CONTENT,
  meta: 'siteinfo',
  list: 'growthmentorlist',
  titles: PUBLIC_TITLES,
  uselang: 'content',
  maxage: '86400',
  smaxage: '300',
};

/** Parameters that read the viewer. */
const VIEWER_QUERY = {
  meta: 'userinfo',
  uiprop: 'editcount|registrationdate|rights|groups|blockinfo|options|email',
};

/** Parameters that read the revisions of the pages in `PUBLIC_QUERY`. */
const REVISIONS_QUERY = { action: 'query', prop: 'revisions', rvprop: 'ids', titles: PUBLIC_TITLES };

/** Returns the revision ids of the pages, in the order of the response; empty for a missing page. */
const revisionsIn = (answer: JsonObject): string =>
  toRecords(answer.query?.pages)
    .map(({ revisions }) => {
      const id = revisions?.[0]?.revid;
      return typeof id === 'number' ? id : '';
    })
    .join();

/**
 * Loads the viewer, the settings and the mentors as one response. If a cache has other revisions of the pages than the wiki
 * has now, requests them again by a URL that names these. Uses no cache if that has other revisions, too, because one of
 * the servers lags behind, or if the revisions do not prove that the list is current.
 *
 * @param viewerQuery - parameters that read the viewer
 * @internal
 */
export async function loadBatch(
  get: Get,
  viewerQuery: Readonly<Record<string, string>> = VIEWER_QUERY,
): Promise<JsonObject> {
  const [viewer, cached] = await Promise.all([
    get({ ...REVISIONS_QUERY, ...viewerQuery }),
    get(PUBLIC_QUERY),
  ]);
  const requestid = revisionsIn(viewer);
  let current = cached;
  let isCurrent = revisionsIn(current) === requestid;
  if (!isCurrent) {
    current = await get({ ...PUBLIC_QUERY, requestid });
    isCurrent = revisionsIn(current) === requestid;
  }
  if (!isCurrent || isInDoubt(current)) current = await get({ ...PUBLIC_QUERY, maxage: '0', smaxage: '0' });
  return { ...current, query: { ...toRecord(viewer.query), ...toRecord(current.query) } };
}

/**
 * Returns true if the revisions do not prove that the list of mentors is current: it is on another page, or it is empty
 * although its page has mentors, because the module returns an empty list after some errors, and if the program is off.
 */
function isInDoubt({ growthmentorlist: list, ...answer }: JsonObject): boolean {
  if (list === undefined) return false;
  const find = pageFinder(answer);
  const page = find(GROWTH_MENTORS_PAGE);
  if (page === null || !Array.isArray(list)) return page === null;
  const isOff = SETTINGS_PAGES.some((title) => toJsonPage(find(title))?.GEMentorshipEnabled === false);
  return !isOff && toRecord(toJsonPage(page)?.Mentors) !== null;
}

/** Parameters that read the name of a user's mentor, on a wiki with GrowthExperiments. @internal */
export const mentorNameQuery = (user: string) => ({
  action: 'expandtemplates',
  prop: 'wikitext',
  text: `{{#mentor:${user}}}`,
});

export interface PageText {
  text: string;
  revision: number;
}

/** Result of looking for a page in a response; null: it does not exist; undefined: it was not requested. */
export type FoundPage = PageText | null | undefined;

/** Creates a function that finds the pages of a response by their requested titles, also of redirects that it resolved. */
export function pageFinder(answer: JsonObject): (title: string) => FoundPage {
  const pages = new Map<unknown, FoundPage>();
  // A missing page has no revisions.
  for (const { title, revisions } of toRecords(answer.query?.pages))
    pages.set(title, revisions ? toPageText(revisions) : null);
  // The wiki normalizes a title first, so that title may be one of a redirect.
  for (const { from, to } of [...toRecords(answer.query?.redirects), ...toRecords(answer.query?.normalized)])
    pages.set(from, pages.get(to));
  return (title) => pages.get(title);
}

function toPageText(revisions: Json): PageText | null {
  const revision = revisions?.[0];
  const content = revision?.slots?.main?.content;
  return typeof content === 'string' ? { text: content, revision: toInteger(revision?.revid) ?? 0 } : null;
}

/** Finds one page of a response by its requested title. */
export const findPage = (answer: JsonObject, title: string): FoundPage => pageFinder(answer)(title);

/** Parses a page that has a JSON object; null: no such page, or not an object. */
export const toJsonPage = (page: FoundPage): JsonObject | null =>
  page ? toRecord(parseJsonOrNull(page.text)) : null;

/** Returns the heading that a question gets when it is asked by hand. @internal */
export const questionTitle = (viewer: string, now: Date): string =>
  `${viewer} (${now.toISOString().slice(0, 10)})`;

const PROFILE = {
  action: 'query',
  list: 'users|usercontribs',
  usprop: 'editcount|gender|blockinfo',
  uclimit: '1',
  ucprop: 'timestamp',
};

/** Parameters that read the accounts of a mentor and others, and the mentor's last edit. @internal */
export const profileQuery = (mentor: string, ...others: (string | undefined)[]) => ({
  ...PROFILE,
  ususers: [mentor, ...others].filter(Boolean).join('|'),
  ucuser: mentor,
});

/** Like `profileQuery`, by user id. @internal */
export const profileQueryById = (mentor: string, ...others: (string | undefined)[]) => ({
  ...PROFILE,
  ususerids: [mentor, ...others].filter(Boolean).join('|'),
  ucuserids: mentor,
});

/** Parameters that read one account. @internal */
export const usersQuery = (name: string) => ({
  action: 'query',
  list: 'users',
  ususers: name,
  usprop: PROFILE.usprop,
});
