import { html, nothing, render, type TemplateResult } from 'lit';
import en from '../generated/texts/en.choose.json' with { type: 'json' };
import type { Messages, Templates } from '../i18n/messages.js';
import { mapInTasks } from '../sdk/concurrency.js';
import { asMentorshipError, isMentorshipError, type MentorshipError } from '../sdk/errors.js';
import { readReplyTime } from '../controllers/reply-time-storage.js';
import {
  aboutIn,
  startAtRandom,
  isFree,
  latestFirst,
  MOST_SHOWN,
  personIn,
  toSearchText,
  type Row,
  rowOf,
} from './choose-rows.js';
import { errorNotice, notice, problemLine } from './message-box.js';
import { fieldDirection, SubmissionDialog } from './submission.js';
import type { Dialog, DialogContext } from './types.js';
import { LazyRows } from './lazy-rows.js';
import { withPatience } from './patience.js';

export { styles } from './choose-rows.js';

export const english: Templates = en;

export const create = (context: DialogContext): Dialog => new ChooseDialog(context);

/** Number of mentors up to which no search field is shown. */
const FEW = 8;

/** Maximum number of profiles per request. */
const MOST_PER_REQUEST = 50;

class ChooseDialog extends SubmissionDialog {
  readonly #wait = new AbortController();
  /** Created once, because the rows are observed. */
  readonly #list = document.createElement('div');
  readonly #replyTimes: LazyRows;
  #rows: Row[] | MentorshipError | null = null;
  /** Rows whose profile was requested. */
  readonly #requested = new WeakSet<Row>();
  #isSearching = false;
  #query = '';
  #chosen: Row | null = null;
  #reason = '';
  #problem = '';

  constructor(context: DialogContext) {
    super(context);
    this.#replyTimes = new LazyRows((name) => this.#loadReplyTime(name));
    this.#list.className = 'mentors';
    this.#list.addEventListener('change', (event) => this.#choose(event));
    void this.#load();
  }

  override get heading(): string {
    const { messages, data } = this.context;
    return data.mentor ? messages.t('choose', data.mentor) : messages.t('get-mentor');
  }

  closed(): void {
    if (this.busy) return;
    this.#wait.abort();
    this.#replyTimes.end();
  }

  async #load(): Promise<void> {
    const { client, data } = this.context;
    const { signal } = this.#wait;
    const rows = client
      .getMentors({ signal })
      .then((mentors) => mapInTasks(mentors, rowOf))
      .then((all) => startAtRandom(all.filter(({ name }) => name !== data.mentor?.name)))
      .catch(asMentorshipError);
    // Waits until the dialog is open, because announcements before that are ignored.
    await Promise.resolve();
    this.context.announce(this.context.messages.t('dialog-choose-loading'));
    const loaded = await rows;
    // The `close` event comes with the next frame.
    if (!this.context.open) return;
    const isFailure = isMentorshipError(loaded);
    const profiles = isFailure ? undefined : this.#loadProfiles(loaded.slice(0, MOST_SHOWN));
    // The list is sorted by the profiles.
    await withPatience(profiles);
    if (signal.aborted) return;
    this.#rows = isFailure ? loaded : loaded.sort(latestFirst);
    this.context.announce(this.#outcome(this.#rows));
    if (isFailure) return;
    this.#replyTimes.watch(this.#list.children);
    await profiles;
    this.#sortLate(loaded);
  }

  async #loadProfiles(rows: readonly Row[]): Promise<void> {
    const { client } = this.context;
    const { signal } = this.#wait;
    const names = rows.map(({ name }) => name);
    rows.forEach((row) => this.#requested.add(row));
    for (let from = 0; from < names.length && !signal.aborted; from += MOST_PER_REQUEST) {
      const some = names.slice(from, from + MOST_PER_REQUEST);
      // Ignores an error, because a mentor can be chosen without a profile.
      const profiles = await client.getProfiles(some, { signal }).catch(() => []);
      for (const profile of profiles) {
        const row = rows.find(({ name }) => name === profile.name);
        if (row) Object.assign(row, { profile, about: null });
      }
      if (this.#rowsNow.length) this.#onProfiles();
    }
  }

  /** Sorts a list that was shown before all profiles had arrived, unless the viewer uses it already. */
  #sortLate(rows: Row[]): void {
    const isUsed =
      this.#chosen || this.#query || this.#scroller.scrollTop > 0 || this.#list.matches(':focus-within');
    const sorted = rows.toSorted(latestFirst);
    if (isUsed || this.#wait.signal.aborted || sorted.every((row, index) => row === rows[index])) return;
    this.#rows = sorted;
    this.context.update();
    this.#replyTimes.watch(this.#list.children);
  }

  async #loadReplyTime(name: string): Promise<void> {
    const { client, data, sourceId, keepFor } = this.context;
    const times = { source: sourceId ?? undefined, viewer: data.viewer.id, keepFor };
    const typicalReplyHours = await readReplyTime(client, name, { ...times, signal: this.#wait.signal });
    const row = this.#rowsNow.find((one) => one.name === name);
    if (typicalReplyHours === null || !row) return;
    Object.assign(row, { typicalReplyHours, about: null });
    this.context.update();
  }

  #loadAgain(): void {
    this.#rows = null;
    this.#problem = '';
    this.context.showStep();
    void this.#load();
  }

  #outcome(rows: Row[] | MentorshipError): string {
    const { messages, data } = this.context;
    if (isMentorshipError(rows)) return messages.t('dialog-choose-failed');
    const count = rows.filter(isFree).length;
    if (count) return messages.t('dialog-choose-list', count);
    return messages.t(data.mentor ? 'dialog-choose-empty' : 'dialog-common-no-mentor');
  }

  /** Updates the list, and clears the choice of a mentor who turns out to be blocked. */
  #onProfiles(): void {
    if (this.#chosen && !isFree(this.#chosen)) {
      this.#problem = this.context.messages.t('dialog-choose-gone', personIn(this.#chosen));
      this.#chosen = null;
    }
    const focused = this.#list.querySelector(':focus');
    this.context.update();
    if (!focused || focused.isConnected) return;
    if (this.#rowsNow.some(isFree)) this.#focusList();
    else this.context.showStep();
  }

  get #rowsNow(): Row[] {
    return Array.isArray(this.#rows) ? this.#rows : [];
  }

  /** On a small screen, the dialog is the only scroll container. */
  get #scroller(): Element {
    const dialog = this.#list.closest('dialog');
    return dialog && getComputedStyle(this.#list).overflowY === 'visible' ? dialog : this.#list;
  }

  #focusList(): void {
    this.#list.querySelector<HTMLElement>('label:not([hidden]) input')?.focus();
  }

  #search(event: Event): void {
    if (!(event.target instanceof HTMLInputElement)) return;
    this.#query = event.target.value;
    this.#scroller.scrollTop = 0;
    this.context.announce(this.#found(this.context.messages));
    if (this.#rowsNow.length > MOST_SHOWN) void this.#loadFound();
  }

  /** Loads the profiles of the found mentors who were not shown before. */
  async #loadFound(): Promise<void> {
    this.context.update();
    this.#replyTimes.watch(this.#list.children);
    if (this.#isSearching) return;
    this.#isSearching = true;
    const next = () =>
      this.#shown
        .filter((row) => !this.#requested.has(row))
        .slice(0, this.#wait.signal.aborted ? 0 : MOST_PER_REQUEST);
    for (let rows = next(); rows.length; rows = next()) await this.#loadProfiles(rows);
    this.#isSearching = false;
  }

  /** Rows that contain every word of the query; all rows if the query is empty. */
  get #fitting(): Row[] {
    const words = toSearchText(this.#query).split(/\s+/);
    return this.#rowsNow.filter((row) => isFree(row) && words.every((word) => row.searchText.includes(word)));
  }

  /** Rows in the list: all or, if it is long, the first ones that fit, and the chosen one, which keeps its place in them. */
  get #shown(): Row[] {
    const rows = this.#rowsNow;
    if (rows.length <= MOST_SHOWN) return rows;
    const first = this.#fitting.slice(0, MOST_SHOWN);
    const chosen = this.#chosen;
    return chosen && !first.includes(chosen) ? [chosen, ...first] : first;
  }

  #found(messages: Messages): string {
    if (!this.#query.trim()) return '';
    const count = this.#fitting.length;
    return messages.t('dialog-choose-found', count);
  }

  #choose({ target }: Event): void {
    if (!(target instanceof HTMLInputElement)) return;
    this.#chosen = this.#rowsNow.find(({ name }) => name === target.value) ?? null;
    this.#problem = '';
    this.context.update();
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const { client, showNotice, update } = this.context;
    const chosen = this.#chosen;
    if (!chosen) {
      this.#problem = this.context.messages.t('dialog-choose-missing');
      update();
      this.#focusList();
      return;
    }
    const { name } = chosen;
    const reason = this.#reason.trim();
    await this.submission.run(
      { action: 'choose', mentor: name, reason },
      () => client.chooseMentor(name, { reason }),
      () => showNotice(this.context.messages.t('dialog-choose-done', personIn(chosen))),
    );
    if (!this.context.open) this.closed();
  }

  override render(): TemplateResult {
    const { messages } = this.context;
    const rows = this.#rows;
    if (!rows)
      return html`
        <p>${messages.t('dialog-choose-loading')}</p>
        <progress aria-label=${messages.t('dialog-common-busy')}></progress>
      `;
    return isMentorshipError(rows) || !rows.some(isFree) ? this.#nobody(rows) : this.#form(rows, messages);
  }

  #nobody(rows: Row[] | MentorshipError): TemplateResult {
    const words = isMentorshipError(rows) ? rows.wikiMessage : null;
    const box = isMentorshipError(rows) ? errorNotice : notice;
    return html`
      ${box(this.context.messages.sentences(this.#outcome(rows), words && html`<q><bdi>${words}</bdi></q>`))}
      <p class="actions">
        <button type="button" class="primary" @click=${() => this.#loadAgain()}>
          ${this.context.messages.t(isMentorshipError(rows) ? 'retry' : 'look-again')}
        </button>
      </p>
    `;
  }

  #form(rows: Row[], messages: Messages): TemplateResult {
    const { mentor } = this.context.data;
    this.#drawList(messages);
    return html`
      <p>${mentor ? messages.rich('dialog-choose-about', mentor) : messages.t('dialog-choose-first')}</p>
      ${rows.length > FEW ? this.#searchField(messages) : nothing}
      <form @submit=${(event: Event) => void this.#submit(event)} @focusin=${scrollIntoSight}>
        <fieldset aria-describedby="problem">
          <legend>${this.#outcome(rows)}</legend>
          ${this.#list}
          ${
            this.#fitting.length > MOST_SHOWN
              ? html`<p class="quiet">${messages.t('dialog-choose-more', MOST_SHOWN)}</p>`
              : nothing
          }
        </fieldset>
        <div id="problem" role="alert">${problemLine(this.#problem)}</div>
        ${this.context.client.source.choices === 'private' ? nothing : this.#reasonField(messages)}
        ${this.submission.render(
          this.#chosen ? messages.t('dialog-choose-submit', personIn(this.#chosen)) : this.heading,
        )}
      </form>
    `;
  }

  /** Renders the field for the reason. Used only if the source logs the reason publicly. */
  #reasonField(messages: Messages): TemplateResult {
    return html`
      <p id="public" class="notice">${messages.t('dialog-choose-public')}</p>
      <label for="reason">${messages.t('dialog-choose-reason')}</label>
      <input
        id="reason"
        type="text"
        dir=${fieldDirection(messages, this.#reason)}
        maxlength="200"
        autocomplete="off"
        aria-describedby="public"
        .value=${this.#reason}
        @input=${(event: Event) => {
          if (event.target instanceof HTMLInputElement) this.#reason = event.target.value;
          this.context.update();
        }}
      />
    `;
  }

  /** Rendered outside of the form, because Enter would submit it. */
  #searchField(messages: Messages): TemplateResult {
    return html`
      <search>
        <label for="search">${messages.t('dialog-choose-search')}</label>
        <input
          id="search"
          type="search"
          dir=${fieldDirection(messages, this.#query)}
          autocomplete="off"
          .value=${this.#query}
          @input=${(event: Event) => this.#search(event)}
        />
        <p class="quiet">${this.#found(messages)}</p>
      </search>
    `;
  }

  #drawList(messages: Messages): void {
    const fitting = new Set(this.#fitting);
    render(
      this.#shown.map((row, index) => {
        const { name } = row;
        if (!isFree(row)) return nothing;
        const isChosen = row === this.#chosen;
        // Keeps the chosen row visible, because Tab reaches no other radio button while one is checked.
        return html`
          <label class="mentor" ?hidden=${!fitting.has(row) && !isChosen}>
            <input
              type="radio"
              name="mentor"
              value=${name}
              aria-labelledby=${`name-${index}`}
              aria-describedby=${`about-${index}`}
              .checked=${isChosen}
            />
            <span>
              <strong id=${`name-${index}`}><bdi>${name}</bdi></strong>
              <span id=${`about-${index}`}>${aboutIn(row, messages)}</span>
            </span>
          </label>
        `;
      }),
      this.#list,
    );
  }
}

/** Scrolls the focused control into view, because WebKit ignores its margin when it does so. */
function scrollIntoSight({ target }: Event): void {
  if (target instanceof Element) target.scrollIntoView({ block: 'nearest' });
}
