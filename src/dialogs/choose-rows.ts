import { css, html, nothing, type TemplateResult } from 'lit';
import { mentorStats } from '../cards/mentor-stats.js';
import type { Messages, Person } from '../i18n/messages.js';
import type { ListedMentor, MentorProfile } from '../sdk/source.js';

/** Number of mentors up to which all are shown. Of a longer list, as many are shown at a time. */
export const MOST_SHOWN = 200;

/** Mentor in the list of the dialog “choose”. */
export interface Row extends ListedMentor {
  /** Text that a search is matched against. */
  readonly searchText: string;
  profile: MentorProfile | null;
  /** Typical reply time in hours; null: unknown, or not read yet. */
  typicalReplyHours: number | null;
  /** Cached template of the last render, with what it depends on. */
  about: { language: string; template: TemplateResult } | null;
}

/** Returns the text in lower case and without diacritics, for searching. */
export const toSearchText = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/\p{Diacritic}/gu, '');

export const isFree = ({ profile }: Row): boolean => !profile?.blocked;

export const personIn = ({ name, profile }: Row): Person => ({ name, gender: profile?.gender ?? 'unknown' });

export const rowOf = (mentor: ListedMentor): Row => ({
  ...mentor,
  searchText: toSearchText(`${mentor.name} ${mentor.intro ?? ''}`),
  profile: null,
  typicalReplyHours: null,
  about: null,
});

/** Returns a long list from a random mentor on, so that each one is shown as often as the others. */
export function startAtRandom(rows: Row[]): Row[] {
  const start = rows.length > MOST_SHOWN ? Math.floor(Math.random() * rows.length) : 0;
  return [...rows.slice(start), ...rows.slice(0, start)];
}

/** Compares rows by their last activity; an unknown one comes last. */
export const latestFirst = (a: Row, b: Row): number =>
  Date.parse(b.profile?.lastActive ?? NEVER) - Date.parse(a.profile?.lastActive ?? NEVER);

const NEVER = '0001-01-01';

/** Returns a cached template, because formatting hundreds of rows on each key press is slow. */
export function aboutIn(row: Row, messages: Messages): TemplateResult {
  const { about, intro, profile, typicalReplyHours } = row;
  const { language } = messages;
  if (about?.language === language) return about.template;
  const template = html`
    <span class="quiet">${profile ? mentorStats({ ...profile, typicalReplyHours }, messages) : nothing}</span>
    ${intro ? html` <q><bdi>${intro}</bdi></q> ` : nothing}
  `;
  row.about = { language, template };
  return template;
}

export const styles = css`
  search {
    display: grid;
    gap: 0.25em;
  }
  .mentors {
    max-block-size: max(12em, 40dvh);
    border: 1px solid var(--_edge);
    border-radius: 2px;
    overflow: auto;
    overscroll-behavior: contain;
  }
  @media (width < 40em) {
    .mentors {
      max-block-size: none;
      overflow: visible;
    }
    .mentor:not(:has(:checked)) q {
      display: -webkit-box;
      -webkit-box-orient: vertical;
      -webkit-line-clamp: 1;
      overflow: hidden;
    }
    /* Keeps the focused control above the actions. */
    .mentors input,
    #reason {
      scroll-margin-block-end: 8em;
    }
    /* Stays in sight below a long list. */
    form:has(.mentors) .actions {
      position: sticky;
      inset-block-end: -1em;
      margin-block-end: -1em;
      padding-block: 0.5em 1em;
      background: var(--_page);
    }
  }
  .mentor {
    display: flex;
    gap: 0.75em;
    padding: 0.5em 0.75em;
    font-weight: 400;
    cursor: pointer;
    content-visibility: auto;
    contain-intrinsic-block-size: auto 6em;
  }
  .mentor[hidden] {
    display: none;
  }
  .mentor:has(:checked) {
    background: var(--_tint);
    box-shadow: inset 0.25em 0 var(--_fill);
  }
  [dir='rtl'] .mentor:has(:checked) {
    box-shadow: inset -0.25em 0 var(--_fill);
  }
  .mentor input {
    flex: none;
    margin-block: 0.4em auto;
    accent-color: var(--_fill);
  }
  .mentor > span {
    flex: 1;
  }
  .mentor q {
    display: block;
    white-space: pre-line;
  }
`;
