import { MentorshipError } from '../errors.js';
import { getPath, type OutsideRecord, toHttpUrl, toRecordOrEmpty, toStringOrEmpty } from '../coerce.js';
import type { WikiPage } from './action-api.js';

/** Set by this SDK on every wiki: viewers who asked for a mentor on purpose, and viewers who want no invitation. */
export const EXPLICIT_OPTION = 'userjs-mentorship-module-explicit';
export const DECLINED_OPTION = 'userjs-mentorship-module-invite';

export interface Account {
  /** The response's `userinfo`. */
  user: OutsideRecord;
  options: OutsideRecord;
  /** Fields of the snapshot's viewer that every MediaWiki has. */
  viewer: OutsideRecord;
}

/** Returns the account of the signed-in user; null: signed out. */
export function toAccount(answer: OutsideRecord): Account | null {
  const user = getPath(answer, 'query', 'userinfo');
  if (!user)
    throw new MentorshipError('bad-data', 'The wiki’s response has no userinfo.', { cause: { answer } });
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
      blocked: isBlockedForGood(user),
      inviteDeclined: Boolean(options[DECLINED_OPTION]),
      email: emailOf(user),
    },
  };
}

/** On the whole site, and without expiry. */
export const isBlockedForGood = ({ blockpartial, blockexpiry }: OutsideRecord): boolean =>
  blockpartial === false && /^infini/.test(toStringOrEmpty(blockexpiry));

function emailOf({ email, emailauthenticated }: OutsideRecord): string | null {
  if (typeof email !== 'string') return null;
  if (email === '') return 'none';
  return emailauthenticated ? 'confirmed' : 'unconfirmed';
}

export interface Links {
  resolve(url: unknown): string | null;
  page(title: string): string | null;
  newSection(page: string, title: string): string | null;
}

/** The wiki's own addresses. Its `server` may lack the scheme; then it is the API's. */
export function toLinks(answer: OutsideRecord, api: URL): Links {
  const { server, articlepath, script } = toRecordOrEmpty(getPath(answer, 'query', 'general'));
  const base = toHttpUrl(server, api.href) ?? api.href;
  const resolve = (url: unknown) => toHttpUrl(url, base);
  // A title that begins with a slash must not become the name of another host.
  const onWiki = (url: string | null) => (url && new URL(url).origin === new URL(base).origin ? url : null);
  const underscored = (title: string) => title.replaceAll(' ', '_');
  return {
    resolve,
    // All other characters are left to `new URL`: it writes them as the wiki does, and throws at nothing.
    page: (title) =>
      typeof articlepath === 'string'
        ? onWiki(
            resolve(
              articlepath.replace('$1', () => underscored(title).replace(/[%?#&+\\]/g, encodeURIComponent)),
            ),
          )
        : null,
    newSection: (page, title) =>
      resolve(script) &&
      `${resolve(script)}?${new URLSearchParams({
        title: underscored(page),
        action: 'edit',
        section: 'new',
        preloadtitle: title,
      })}`,
  };
}

/** The pages of a program without GrowthExperiments; plain/settings.ts reads them. */
export const SETTINGS_PAGE = 'MediaWiki:Mentorship.json';
export const MENTORS_PAGE = 'Project:Mentors.json';

/** GrowthExperiments' preference: 0 disabled, 1 enabled, 2 opted out, 50 explicit; newer wikis may send text. @internal */
export const STATUS_OPTION = 'growthexperiments-homepage-mentorship-enabled';

type PageViewer =
  /** Nobody whom a card could be for. */
  | { kind: 'nobody'; viewer: object | null }
  | { kind: 'disabled'; viewer: object }
  | { kind: 'user'; name: string };

/** null: the page does not say, or not yet. @internal */
export function toPageViewer({ config, options }: WikiPage): PageViewer | null {
  // A variable that is not set reads null, as a signed-out viewer's name does.
  if (!Array.isArray(config.get('wgUserGroups'))) return null;
  const name = config.get('wgUserName');
  if (typeof name !== 'string') return { kind: 'nobody', viewer: null };
  const id = config.get('wgUserId');
  if (config.get('wgUserIsTemp') === true) return { kind: 'nobody', viewer: { name, id, temporary: true } };
  const status = options.get(STATUS_OPTION);
  if (status === 0 || status === '0') return { kind: 'disabled', viewer: { name, id, status: 'disabled' } };
  return { kind: 'user', name };
}

/** Older wikis have all settings on the first page; later ones win. */
export const SETTINGS_PAGES = ['Config', 'Mentorship', 'HelpPanel'].map(
  (name) => `MediaWiki:GrowthExperiments${name}.json`,
);

/** Returns the program's rules from the settings, which have the same names on every wiki. */
export function toProgramRules(settings: OutsideRecord): object {
  const graduation = getPath(settings, 'GEMentorshipStartOptedOutThresholds');
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
  };
}

/** Parameters that read the wiki's settings; `titles` names the pages. @internal */
export const SETTINGS_QUERY = {
  action: 'query',
  meta: 'siteinfo',
  siprop: 'general',
  prop: 'revisions',
  rvprop: 'content',
  rvslots: 'main',
  titles: SETTINGS_PAGES.join('|'),
};

/** Parameters that read the wiki's settings and the viewer. @internal */
export const VIEWER_QUERY = {
  ...SETTINGS_QUERY,
  meta: 'siteinfo|userinfo',
  uiprop: 'editcount|registrationdate|rights|groups|blockinfo|options|email',
};

/** Parameters that read the name of a user's mentor, on a wiki with GrowthExperiments. @internal */
export const mentorNameQuery = (user: string) => ({
  action: 'expandtemplates',
  prop: 'wikitext',
  text: `{{#mentor:${user}}}`,
});

/** Returns the heading that a question gets when it is asked by hand. @internal */
export const questionTitle = (viewer: string, now: Date): string =>
  `${viewer} (${now.toISOString().slice(0, 10)})`;

/** Asks who a mentor is, and when last active; and who the stand-in. @internal */
export const profileQuery = (mentor: string, standIn?: string) => ({
  action: 'query',
  list: 'users|usercontribs',
  ususers: [mentor, standIn].filter(Boolean).join('|'),
  usprop: 'editcount|gender',
  ucuser: mentor,
  uclimit: '1',
  ucprop: 'timestamp',
});
