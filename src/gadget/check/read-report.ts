import { applyStoredDismissal } from '../../controllers/dismissed-invite-storage.js';
import { currentPage } from '../../controllers/wiki-page.js';
import { findLocale } from '../../i18n/load-locale.js';
import type { MessageId, Messages } from '../../i18n/messages.js';
import { type OutsideRecord, parseJsonOrNull, toRecord } from '../../sdk/coerce.js';
import { decide } from '../../sdk/decide.js';
import { asMentorshipError } from '../../sdk/errors.js';
import { createGrowthLoad } from '../../sdk/growth/snapshot.js';
import { withDeadline } from '../../sdk/http.js';
import { actionApi } from '../../sdk/mediawiki/action-api.js';
import { hasGrowth } from '../../sdk/mediawiki/queries.js';
import { FLAG, isText, mistakesIn, readSetUp, type Rules, type SetUp } from '../../sdk/mediawiki/settings.js';
import { loadPlainSnapshot } from '../../sdk/plain/snapshot.js';
import { loadCardTexts } from '../load-card-texts.js';
import { isMissing, readPage } from '../read-page.js';
import { mistakeIn, refetch, SCRIPTS, versionOf } from '../load-script.js';
import { settings } from '../mw.js';

/** Line of the report. A page is a link. A text without a language is in that of the report. */
export interface Line {
  text: string;
  page?: string;
  lang?: 'en';
}

export interface Section {
  heading: MessageId;
  lines: Line[];
}

/** State of the gadget's pages and the wiki's settings. */
export interface Findings {
  /** Texts of the scripts by name; empty: the page is missing; undefined: it could not be read. */
  scripts: Map<string, string | undefined>;
  /** null: the wiki's API could not be read. */
  setUp: SetUp | null;
  /** Sentences in English that name page, field and remedy, as in the console. */
  mistakes: string[];
}

const SETTINGS_SCRIPT = 'mentorship-module-settings.js';
/** Page that turns all cards off, if it has the text `true`. */
const SWITCH_SCRIPT = 'mentorship-module-off.js';
const titleOf = (script: string) => `MediaWiki:Gadget-${script}`;

const choice = (...words: string[]) => ({
  is: (value: unknown) => words.some((word) => word === value),
  must: `one of ${words.map((word) => JSON.stringify(word)).join(', ')}`,
});

/** Validation rules of the gadget's settings. */
export const GADGET_FIELDS: Rules = {
  pages: { is: (value) => [value].flat().every(isText), must: 'a list of titles' },
  userPage: FLAG,
  sidebar: FLAG,
  homepage: choice('experienced', 'everybody', 'nobody'),
  enroll: choice('link', 'here'),
  reasons: FLAG,
  texts: { is: isText, must: 'a title' },
};

/** Reads and checks everything that administrators write. Never rejects. */
export async function readFindings(): Promise<Findings> {
  const [scripts, setUp, texts, off] = await Promise.all([
    readScripts(),
    readWiki(),
    checkTexts(),
    refetch(SWITCH_SCRIPT, 'omit').catch(() => ''),
  ]);
  return {
    scripts,
    setUp: setUp instanceof Error ? null : setUp,
    mistakes: [
      ...(parseJsonOrNull(off) ? [`${titleOf(SWITCH_SCRIPT)}: all cards are turned off. Write false.`] : []),
      ...scriptMistakes(scripts),
      ...settingMistakes(),
      ...texts,
      ...(setUp instanceof Error ? [setUp.message] : setUp.mistakes),
    ],
  };
}

async function readScripts(): Promise<Findings['scripts']> {
  const names = [...SCRIPTS, 'mentorship-module-check.js', 'mentorship-module-loader.js'];
  const texts = await Promise.all(names.map((name) => refetch(name).catch(() => undefined)));
  return new Map(names.map((name, index) => [name, texts[index]]));
}

function scriptMistakes(scripts: Findings['scripts']): string[] {
  const versions = [...scripts.values()].map(versionOf);
  // Without the card, the others must match each other.
  const expected = versions.find((version) => version !== undefined);
  return [...scripts].flatMap(([name, text]) =>
    text === undefined || (expected && versionOf(text) === expected)
      ? []
      : [`${titleOf(name)}: ${mistakeIn(text, expected)}`],
  );
}

/** The loader takes null as a missing setting. */
const withoutNull = (record: OutsideRecord): OutsideRecord =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));

function settingMistakes(): string[] {
  const { mentorshipModule } = globalThis as { mentorshipModule?: unknown };
  const given = toRecord(mentorshipModule ?? {});
  const mistakes = given
    ? mistakesIn(withoutNull(given), GADGET_FIELDS)
    : ['“window.mentorshipModule” must be an object, such as {"sidebar": true}.'];
  return mistakes.map((mistake) => `${titleOf(SETTINGS_SCRIPT)}: ${mistake}`);
}

/** Checks the page with the wiki's own texts. */
async function checkTexts(): Promise<string[]> {
  const { texts } = settings;
  if (!texts) return [];
  try {
    const page = toRecord(await readPage(texts));
    const hasTexts = page && Object.values(page).some(toRecord);
    return hasTexts ? [] : [`${texts}: the page has no texts by language, such as {"en": {}}.`];
  } catch (error) {
    return isMissing(error)
      ? [`${texts}: the page is missing, or not JSON. Correct it, or “texts” in ${titleOf(SETTINGS_SCRIPT)}.`]
      : [];
  }
}

async function readWiki(): Promise<SetUp | Error> {
  try {
    const wiki = actionApi({ api: currentPage()?.api ?? '' });
    return await withDeadline(new AbortController().signal, (budget) =>
      readSetUp((params) => wiki.get(params, budget), new Date()),
    );
  } catch (error) {
    return asMentorshipError(error);
  }
}

/** Returns the report on the whole set-up. */
export async function readReport(messages: Messages, findings: Findings): Promise<Section[]> {
  const { scripts, setUp, mistakes } = findings;
  const [language, seen, own] = await Promise.all([
    describeLanguage(messages),
    describeCard(messages),
    refetch(SETTINGS_SCRIPT).catch(() => undefined),
  ]);
  const none = { text: messages.t('dialog-check-none') };
  return [
    {
      heading: 'dialog-check-found-mistakes',
      lines: mistakes.length ? mistakes.map((text) => ({ text, lang: 'en' })) : [none],
    },
    {
      heading: 'dialog-check-pages',
      lines: [
        // Leaves out pages that could not be read.
        ...[...scripts].flatMap(([name, text]) =>
          text === undefined ? [] : [describeScript(messages, name, text)],
        ),
        ...(own === undefined
          ? []
          : [describePage(messages, titleOf(SETTINGS_SCRIPT), { exists: own !== '' })]),
        ...(setUp?.pages ?? []).map(({ title, exists }) => describePage(messages, title, { exists })),
      ],
    },
    { heading: 'dialog-check-program', lines: [...seen.program, ...describeMentors(messages, setUp)] },
    { heading: 'dialog-check-language', lines: [language] },
    { heading: 'dialog-check-you', lines: [seen.card] },
  ];
}

function describeScript(messages: Messages, name: string, text: string): Line {
  const page = titleOf(name);
  const version = versionOf(text);
  if (version) return { page, text: messages.t('dialog-check-version', page, version) };
  return { page, text: messages.t(text ? 'dialog-check-foreign' : 'dialog-check-missing', page) };
}

const describePage = (messages: Messages, page: string, { exists }: { exists: boolean }): Line => ({
  page,
  text: messages.t(exists ? 'dialog-check-found' : 'dialog-check-missing', page),
});

function describeMentors(messages: Messages, setUp: SetUp | null): Line[] {
  if (!setUp) return [];
  const { isGrowth, mentors } = setUp;
  return [
    { text: messages.t(isGrowth ? 'dialog-check-growth' : 'dialog-check-plain') },
    ...(mentors ? [{ text: messages.t('dialog-check-mentors', mentors.listed, mentors.available) }] : []),
  ];
}

async function describeLanguage(messages: Messages): Promise<Line> {
  const locale = await findLocale(document.documentElement.lang);
  if (locale.name === 'en') return { text: messages.t('dialog-check-english') };
  const texts = await loadCardTexts(locale.name).catch(() => null);
  const title = titleOf(`mentorship-module-${locale.name}.json`);
  return describePage(messages, title, { exists: texts !== null });
}

/** Decides which card the viewer gets, with requests of its own, because the card's script may be missing. */
async function describeCard(messages: Messages): Promise<{ program: Line[]; card: Line }> {
  const page = currentPage() ?? undefined;
  const api = page?.api ?? '';
  const load = createGrowthLoad({ api, page }, (batch, place) =>
    hasGrowth(batch) ? null : loadPlainSnapshot(batch, place),
  );
  try {
    const snapshot = await load({ signal: new AbortController().signal });
    const { row } = decide(applyStoredDismissal(snapshot, api), new Date());
    const reason = messages.t(`dialog-check-row-${row}`);
    return {
      // The settings of the program are not read for a viewer who has disabled mentorship.
      program:
        snapshot.viewer?.status === 'disabled'
          ? []
          : [{ text: messages.t(snapshot.program.enabled ? 'dialog-check-on' : 'dialog-check-off') }],
      card: { text: messages.t('dialog-check-row', reason, row) },
    };
  } catch (error) {
    const { message } = asMentorshipError(error);
    return { program: [], card: { text: messages.t('dialog-check-failed', message) } };
  }
}
