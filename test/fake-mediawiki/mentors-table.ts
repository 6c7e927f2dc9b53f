import { escapeHtml, link } from './html.ts';
import { awayUntil, mentors, type ListedMentor } from './mentorship.ts';
import type { WikiState } from './state.ts';
import { longDate, longTime } from './times.ts';
import { talkPage } from './titles.ts';

const headings =
  '<thead><tr><th></th>\n<th></th>\n<th data-sort-type="number"></th>\n<th data-sort-type="number"></th>\n' +
  '<th data-sort-type="number"></th>\n<th class="unsortable"></th></tr></thead>';

const seconds = (date: Date) => Math.floor(date.getTime() / 1000);

function row(wiki: WikiState, { username, weight, message }: ListedMentor, index: number): string {
  const user = wiki.user(username);
  const html = `<bdi>${escapeHtml(username)}</bdi>`;
  const person = link(wiki, `User:${username}`, { html, className: 'mw-userlink' });
  const talk = link(wiki, talkPage(username), { html: 'talk', className: 'mw-usertoollinks-talk' });
  const contributions = link(wiki, `Special:Contributions/${username}`, {
    html: 'contribs',
    className: 'mw-usertoollinks-contribs',
  });
  const [latest] = wiki.contributions(username);
  const active = latest ? new Date(latest.at) : null;
  const until = user ? awayUntil(wiki, user) : null;
  const cell = (sort: number | string, text: string) => `<td data-sort-value="${sort}">${text}</td>`;
  const cells = [
    `<td>${index + 1}</td>`,
    cell(
      escapeHtml(username),
      `${person} <span class="mw-usertoollinks">(${talk} | ${contributions})</span>`,
    ),
    cell(active ? seconds(active) : '', active ? longTime(active) : ''),
    cell(weight, ''),
    cell(until ? seconds(until) : -1, until ? longDate(until) : ''),
    `<td>${escapeHtml(message ?? '')}</td>`,
  ];
  return `<tr>${cells.join('\n')}</tr>`;
}

function table(wiki: WikiState, list: readonly ListedMentor[]): string {
  const rows = list
    .toSorted((a, b) => (a.username < b.username ? -1 : 1))
    .map((mentor, index) => row(wiki, mentor, index));
  return (
    '<h3></h3>\n<p></p>\n<table class="wikitable sortable">' +
    `${headings}\n<tbody>${rows.join('\n')}</tbody></table>\n`
  );
}

/** Renders the table of Special:ManageMentors with mentors and their absences, without its sentences. */
export function mentorsTable(wiki: WikiState): string {
  const list = mentors(wiki);
  const automatic = list.filter(({ weight }) => weight > 0);
  return (
    table(wiki, automatic) +
    table(
      wiki,
      list.filter((mentor) => !automatic.includes(mentor)),
    )
  );
}
