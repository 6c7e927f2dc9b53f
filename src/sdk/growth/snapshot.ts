import { parseSnapshot } from '../parse-snapshot.js';
import {
  type OutsideRecord,
  readAt,
  readCount,
  readFields,
  readGender,
  readJsonText,
  readList,
  readRecord,
  readText,
  readWord,
} from '../coerce.js';
import type { Gender, Snapshot } from '../snapshot.js';
import { type ActionApi, actionApi, type WikiPage, type WikiSourceOptions } from '../mediawiki/action-api.js';
import {
  accountIn,
  BATCH,
  EXPLICIT_OPTION,
  type Links,
  linksOf,
  pageViewerOf,
  profileQuery,
  rulesOf,
  SETTINGS,
  SETTINGS_PAGES,
  STATUS_OPTION,
} from '../mediawiki/queries.js';
import { type Load, withinPatience } from '../http.js';
import type { MentorshipSource } from '../source.js';
import { mentorMatters } from '../sources/mentor-matters.js';
import { MentorshipError } from '../errors.js';

/** What is done where the batched answer is that of another kind of wiki. @internal */
export interface Otherwise {
  /** Pages to be asked for besides. */
  titles: readonly string[];
  isOther: (batch: OutsideRecord) => boolean;
  read: (batch: OutsideRecord, place: { wiki: ActionApi; load: Load; now: Date }) => Promise<Snapshot>;
}

/** How a snapshot is read. @internal */
export function growthLoad(
  { page, now = () => new Date(), ...access }: WikiSourceOptions,
  otherwise?: Otherwise,
): MentorshipSource['load'] {
  const titles = [...SETTINGS_PAGES, ...(otherwise?.titles ?? [])].join('|');
  const read = async (load: Load): Promise<Snapshot> => {
    const wiki = actionApi(access);
    const known = page ? pageViewerOf(page) : null;
    if (known?.kind === 'nobody') return parseSnapshot({ viewer: known.viewer });
    if (known?.kind === 'disabled') {
      const program = programOf(await wiki.get(SETTINGS, load), wiki.url);
      return parseSnapshot({ viewer: known.viewer, program });
    }
    const askMentorOf = async (viewer: string) => {
      const text = `{{#mentor:${viewer}}}`;
      return mentorNameOf(await wiki.get({ action: 'expandtemplates', prop: 'wikitext', text }, load));
    };
    // A page that names a mentor is of a wiki whose program is on: then there is no need to wait for its settings.
    const pageMentor = page ? pageMentorOf(page) : null;
    const early = known && pageMentor ? askMentorOf(known.name) : null;
    // Whether it failed matters only where the mentor does.
    early?.catch(() => {});
    const batch = await wiki.get({ ...BATCH, list: 'growthmentorlist', titles }, load);
    if (otherwise?.isOther(batch)) return otherwise.read(batch, { wiki, load, now: now() });
    const document = documentOf(batch, wiki.url);
    const snapshot = parseSnapshot(document);
    if (!snapshot.viewer || !mentorMatters(snapshot, now())) return snapshot;

    const name = await (early ?? askMentorOf(snapshot.viewer.name));
    if (!name) return snapshot;
    const sameMentor = pageMentor?.name === name ? pageMentor : null;
    const profiles = await wiki.get(profileQuery(name, sameMentor?.standIn?.name), load);
    const questionTitle = `${snapshot.viewer.name} (${now().toISOString().slice(0, 10)})`;
    const mentors = mentorsOf(profiles, { batch, api: wiki.url, name, page: sameMentor, questionTitle });
    return parseSnapshot({ ...document, ...mentors });
  };
  return ({ signal }) => withinPatience(signal, read);
}

const STATUS = new Map([
  ['1', 'enabled'],
  ['2', 'opted-out'],
  ['50', 'explicit'],
]);

/** A snapshot document without a mentor, from the batched answer. */
export function documentOf(answer: OutsideRecord, api: URL): OutsideRecord {
  return {
    viewer: viewerOf(answer),
    mentorsAvailable: mentorsAvailable(answer),
    questions: questionsOf(answer, linksOf(answer, api)),
    program: programOf(answer, api),
  };
}

function viewerOf(answer: OutsideRecord): object | null {
  const account = accountIn(answer);
  if (!account) return null;
  const { user, options, viewer } = account;
  const status = STATUS.get(readWord(options[STATUS_OPTION])) ?? 'disabled';
  return {
    ...viewer,
    status: status === 'enabled' && options[EXPLICIT_OPTION] ? 'explicit' : status,
    mayEnroll: Array.isArray(user.rights) ? user.rights.includes('enrollasmentor') : null,
    isMentor: readRecord(mentorList(answer)?.[readWord(user.id)]) !== null,
  };
}

/** By user id; PHP writes an empty list as `[]`. null: the wiki does not say. */
function mentorList({ growthmentorlist }: OutsideRecord): OutsideRecord | null {
  return Array.isArray(growthmentorlist) ? {} : readRecord(growthmentorlist);
}

export function mentorsAvailable(
  answer: OutsideRecord,
  own = readWord(readAt(answer, 'query', 'userinfo')?.id),
): boolean | null {
  const mentors = mentorList(answer);
  return (
    mentors &&
    Object.entries(mentors).some(
      ([id, mentor]) => id !== own && (readCount(readRecord(mentor)?.weight) ?? 0) > 0,
    )
  );
}

/** The option's flags are stale, so nothing is said of a question's state; an archived one has a link that lasts. */
function questionsOf(answer: OutsideRecord, links: Links): object[] {
  const stored = readAt(answer, 'query', 'userinfo', 'options')?.['growthexperiments-mentor-questions'];
  return readList(readJsonText(stored))
    .map(readFields)
    .filter(({ isVisible }) => isVisible !== false)
    .map((item) => ({
      text: item.questionText,
      url: links.resolve(item.isArchived === true ? item.archiveUrl : item.resultUrl),
      askedAt: typeof item.timestamp === 'number' ? new Date(item.timestamp * 1000).toJSON() : null,
      state: 'unknown',
    }));
}

export function programOf(answer: OutsideRecord, api: URL): object {
  const links = linksOf(answer, api);
  const settings = settingsOf(answer);
  const helpDesk = readText(settings.GEHelpPanelHelpDeskTitle, 255);
  return {
    ...rulesOf(settings),
    enrollUrl: links.page('Special:EnrollAsMentor'),
    dashboardUrl: links.page('Special:MentorDashboard'),
    homepageUrl: links.page('Special:Homepage'),
    helpDeskUrl: helpDesk && links.page(helpDesk),
  };
}

function settingsOf(answer: OutsideRecord): OutsideRecord {
  const pages = readList(readAt(answer, 'query')?.pages).map(readFields);
  // The wiki answers with the namespace in its own language, so only the name behind it is compared.
  const named = (title: unknown) => readWord(title).split(':').pop();
  return Object.assign(
    Object.create(null) as object,
    ...SETTINGS_PAGES.map((title) => {
      const page = pages.find((candidate) => named(candidate.title) === named(title));
      const revision = readFields(readList(page?.revisions)[0]);
      return readRecord(readJsonText(readAt(revision, 'slots', 'main')?.content));
    }),
  ) as OutsideRecord;
}

/** null: the viewer has no mentor. */
export function mentorNameOf(answer: OutsideRecord): string | null {
  const name = readAt(answer, 'expandtemplates')?.wikitext;
  if (typeof name !== 'string')
    throw new MentorshipError('bad-data', 'No mentor in the answer.', { cause: { answer } });
  return readText(name, 255);
}

interface Known {
  /** The batched answer. */
  batch: OutsideRecord;
  api: URL;
  name: string;
  /** What the page says of this very mentor. */
  page: PageMentor | null;
  /** The title that a question gets. */
  questionTitle: string;
}

/** The mentor and the stand-in, from the answer about their accounts. */
export function mentorsOf(profiles: OutsideRecord, { batch, api, name, page, questionTitle }: Known): object {
  const query = readAt(profiles, 'query');
  const users = readList(query?.users).map(readFields);
  const entries = Object.values(readFields(mentorList(batch))).map(readFields);
  const links = linksOf(batch, api);
  const profile = (username: string, gender: string | undefined) => {
    const user = users.find((candidate) => candidate.name === username);
    return {
      name: username,
      gender: user?.gender ?? gender,
      editCount: user?.editcount,
      intro: entries.find((entry) => entry.username === username)?.message,
      talkUrl: links.page(`User talk:${username}`),
      askUrl: links.newSection(`User talk:${username}`, questionTitle),
    };
  };
  const standIn = page?.standIn ?? null;
  return {
    mentor: {
      ...profile(name, page?.gender),
      lastActive: readRecord(readList(query?.usercontribs)[0])?.timestamp,
      away: standIn && { until: page?.until },
    },
    standIn: standIn && profile(standIn.name, standIn.gender),
  };
}

interface Person {
  name: string;
  gender: Gender;
}

/** What a page says of a mentor. Only to be believed where the wiki itself names the same one. @internal */
export interface PageMentor extends Person {
  /** null: not away. */
  standIn: Person | null;
  until: string | null;
}

/** From Special:Homepage's variables, else from those of the help panel. @internal */
export function pageMentorOf({ config }: WikiPage): PageMentor | null {
  const panel = readRecord(config.get('wgGEHelpPanelMentorData'));
  const homepage = (field: string) => config.get(`GEHomepageMentorship${field}`);
  const mentor =
    person(homepage('MentorName'), homepage('MentorGender')) ?? person(panel?.name, panel?.gender);
  if (!mentor) return null;
  const effective =
    person(homepage('EffectiveMentorName'), homepage('EffectiveMentorGender')) ??
    person(panel?.effectiveName, panel?.effectiveGender);
  const standIn = effective && effective.name !== mentor.name ? effective : null;
  return { ...mentor, standIn, until: standIn && dayOf(homepage('BackAt') ?? panel?.backAt) };
}

function person(name: unknown, gender: unknown): Person | null {
  const text = readText(name, 255);
  return text === null ? null : { name: text, gender: readGender(gender) };
}

/** The wiki writes a day in words of the page's language; only the English form can be read. */
const dayOf = (value: unknown): string | null =>
  // What is no date after all is null in JSON.
  typeof value === 'string' && /^\d{1,2} \p{L}+ \d{4}$/u.test(value)
    ? new Date(`${value} UTC`).toJSON()
    : null;
