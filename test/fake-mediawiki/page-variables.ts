import { groupsOf } from './access.ts';
import { awayUntil, drawMentor, effectiveMentor, isProgramOn, menteeStatus } from './mentorship.ts';
import { allOptions, option } from './options.ts';
import { csrfToken } from './query-site.ts';
import { freshQuestions } from './questions.ts';
import site from './site.json' with { type: 'json' };
import type { User, WikiState } from './state.ts';
import { compact, daysBetween, longDate } from './times.ts';

type Variables = Record<string, unknown>;

const wholeSite: Variables = {
  wgServer: site.general.server,
  wgScriptPath: site.general.scriptpath,
  wgScript: site.general.script,
  wgArticlePath: site.general.articlepath,
  wgContentLanguage: site.general.lang,
};

/** Returns the variables of mw.config about the viewer. */
export function userVariables(user: User): Variables {
  if (user.kind === 'anonymous') return { wgUserName: null, wgUserGroups: groupsOf(user) };
  return {
    wgUserName: user.name,
    wgUserGroups: groupsOf(user),
    wgUserId: user.id,
    wgUserIsTemp: user.kind === 'temporary',
    wgUserEditCount: user.editCount,
    wgUserRegistration: user.registered === null ? null : Date.parse(user.registered),
  };
}

interface Pair {
  readonly mentor: User;
  readonly effective: User;
}

// A viewer without a mentor is shown one who is drawn for this page view only.
function mentorFor(wiki: WikiState, user: User): Pair | null {
  if (!isProgramOn(wiki) || menteeStatus(user) === 'optout') return null;
  const name = user.mentor ?? drawMentor(wiki, user);
  const mentor = name === null ? undefined : wiki.user(name);
  return mentor ? { mentor, effective: effectiveMentor(wiki, user, mentor) } : null;
}

const lastEdit = (wiki: WikiState, user: User) => wiki.contributions(user.name)[0]?.at ?? null;

function lastActive(wiki: WikiState, mentor: User): string {
  const at = lastEdit(wiki, mentor);
  if (at === null) return '';
  const days = daysBetween(new Date(at), wiki.now());
  return days === 0 ? 'Active today' : days === 1 ? 'Active yesterday' : `Active ${days} days ago`;
}

function helpPanel(wiki: WikiState, user: User, pair: Pair | null): Variables {
  return {
    wgGEHelpPanelEnabled: true,
    wgGEHelpPanelMentorData: pair
      ? {
          name: pair.mentor.name,
          gender: option(pair.mentor, 'gender'),
          effectiveName: pair.effective.name,
          effectiveGender: option(pair.effective, 'gender'),
          editCount: pair.mentor.editCount,
          lastActive: lastActive(wiki, pair.mentor),
          // For present mentors, the extension formats an empty timestamp, which results in today's date.
          backAt: longDate(awayUntil(wiki, pair.mentor) ?? wiki.now()),
        }
      : [],
    wgGEHelpPanelAskMentor: pair !== null && menteeStatus(user) === 'enabled',
    ...emailVariables(user),
  };
}

const emailVariables = ({ email }: User): Variables => ({
  wgGEHelpPanelUserEmail: email?.address ?? '',
  wgGEHelpPanelUserEmailConfirmed: Boolean(email?.confirmedAt),
});

function homepage(wiki: WikiState, user: User, pair: Pair | null): Variables {
  if (isProgramOn(wiki) && menteeStatus(user) === 'optout') {
    return { 'wgGEHomepageModuleActionData-mentorship-optin': [], ...emailVariables(user) };
  }
  if (!pair || menteeStatus(user) !== 'enabled') return emailVariables(user);
  const until = awayUntil(wiki, pair.mentor);
  const questions = freshQuestions(wiki, user);
  const archived = questions.filter((question) => question.isArchived).length;
  return {
    GEHomepageMentorshipMentorName: pair.mentor.name,
    GEHomepageMentorshipMentorGender: option(pair.mentor, 'gender'),
    GEHomepageMentorshipEffectiveMentorName: pair.effective.name,
    GEHomepageMentorshipEffectiveMentorGender: option(pair.effective, 'gender'),
    GEHomepageMentorshipBackAt: until ? longDate(until) : null,
    'wgGEHomepageModuleActionData-mentorship': {
      mentorEditCount: pair.mentor.editCount,
      mentorLastActive: compact(lastEdit(wiki, pair.mentor) ?? ''),
      archivedQuestions: archived,
      unarchivedQuestions: questions.length - archived,
    },
    ...emailVariables(user),
  };
}

/** Page of the wiki that is viewed. */
export type PageKind = 'homepage' | 'article';

function growthVariables(wiki: WikiState, user: User, page: PageKind): Variables {
  if (wiki.software.extensions === 'none') return {};
  const hasHomepage = page === 'homepage' && Boolean(option(user, 'growthexperiments-homepage-enable'));
  const hasHelpPanel = Boolean(option(user, 'growthexperiments-help-panel-tog-help-panel'));
  if (!hasHomepage && !hasHelpPanel) return {};
  const pair = mentorFor(wiki, user);
  return {
    ...(hasHomepage ? homepage(wiki, user, pair) : {}),
    ...(hasHelpPanel ? helpPanel(wiki, user, pair) : {}),
  };
}

// Returns mw.config: the viewer, the wiki, and the additions of the extension.
function configFor(wiki: WikiState, user: User, page: PageKind): Variables {
  return {
    ...wholeSite,
    wgUserLanguage: option(user, 'language'),
    wgCanonicalSpecialPageName:
      page === 'homepage' && wiki.software.extensions === 'growth' ? 'Homepage' : false,
    ...userVariables(user),
    ...growthVariables(wiki, user, page),
  };
}

/** Returns the contents of mw.user.tokens. */
export function tokensFor(user: User): Variables {
  const token = csrfToken(user);
  return { patrolToken: token, watchToken: token, csrfToken: token };
}

interface Reader {
  get(key: string): unknown;
}

/** Returns the contents of mw.config, mw.user.options and mw.user.tokens on one of the wiki's pages. */
export interface PageVariables {
  readonly config: Reader;
  readonly options: Reader;
  readonly tokens: Reader;
}

const reader = (values: Variables): Reader => ({
  get: (key) => (Object.hasOwn(values, key) ? (values[key] ?? null) : null),
});

/** Returns a snapshot of the variables; later changes do not affect it. */
export const pageVariables = (wiki: WikiState, user: User, page: PageKind): PageVariables => ({
  config: reader(configFor(wiki, user, page)),
  options: reader(allOptions(user)),
  tokens: reader(tokensFor(user)),
});
