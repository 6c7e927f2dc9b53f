import { css, html, nothing, render, type TemplateResult } from 'lit';
import en from '../generated/texts/en.choose.json' with { type: 'json' };
import type { Messages, Person, Templates } from '../i18n/messages.js';
import { asMentorshipError, isMentorshipError, type MentorshipError } from '../sdk/errors.js';
import type { ListedMentor, MentorProfile } from '../sdk/source.js';
import { mentorStats } from '../cards/mentor-stats.js';
import { Submission } from './submission.js';
import type { Dialog, DialogContext } from './types.js';
import { LazyProfiles } from './lazy-profiles.js';

export const english: Templates = en;

export const create = (context: DialogContext): Dialog => new ChooseDialog(context);

/** Number of mentors up to which no search field is shown. */
const FEW = 8;

interface Row extends ListedMentor {
  /** Text that a search is matched against. */
  readonly plain: string;
  profile: MentorProfile | null;
  /** Cached template of the last render, with what it depends on. */
  about: { language: string; profile: MentorProfile | null; template: TemplateResult } | null;
}

/** Returns the text in lower case and without diacritics, for searching. */
const plainly = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/\p{Diacritic}/gu, '');

const isFree = ({ profile }: Row): boolean => !profile?.blocked;

const personIn = ({ name, profile }: Row): Person => ({ name, gender: profile?.gender ?? 'unknown' });

class ChooseDialog implements Dialog {
  readonly #context: DialogContext;
  readonly #submission: Submission;
  readonly #wait = new AbortController();
  /** Created once, because it is the root of an IntersectionObserver. */
  readonly #list = document.createElement('div');
  readonly #profiles: LazyProfiles;
  #rows: Row[] | MentorshipError | null = null;
  #query = '';
  #chosen: Row | null = null;
  #reason = '';
  #problem = '';

  constructor(context: DialogContext) {
    this.#context = context;
    this.#submission = new Submission(context);
    const { signal } = this.#wait;
    this.#profiles = new LazyProfiles(this.#list, {
      ask: (names) => context.client.getProfiles(names, { signal }),
      tell: (profiles) => this.#learn(profiles),
    });
    this.#list.className = 'mentors';
    this.#list.addEventListener('change', (event) => this.#choose(event));
    void this.#load();
  }

  get heading(): string {
    const { messages, data } = this.#context;
    return messages.t('choose', data.mentor ?? '');
  }

  get busy(): boolean {
    return this.#submission.busy;
  }

  get done(): boolean {
    return this.#submission.done;
  }

  closed(): void {
    if (this.busy) return;
    this.#wait.abort();
    this.#profiles.end();
  }

  async #load(): Promise<void> {
    const { client, messages, data } = this.#context;
    const { signal } = this.#wait;
    const rows = client
      .getMentors({ signal })
      .then((mentors) => mentors.filter(({ name }) => name !== data.mentor?.name).map(rowOf))
      .catch(asMentorshipError);
    // Waits until the dialog is open, because announcements before that are ignored.
    await Promise.resolve();
    this.#context.announce(messages.t('dialog-choose-loading'));
    this.#rows = await rows;
    if (signal.aborted) return;
    this.#context.announce(this.#outcome(this.#rows));
    if (isMentorshipError(this.#rows)) return;
    for (const [index, { name }] of this.#rows.entries()) {
      const element = this.#list.children[index];
      if (element) this.#profiles.watch(element, name);
    }
  }

  #loadAgain(): void {
    this.#rows = null;
    this.#problem = '';
    this.#context.showStep();
    void this.#load();
  }

  #outcome(rows: Row[] | MentorshipError): string {
    const { messages } = this.#context;
    if (isMentorshipError(rows)) return messages.t('dialog-choose-failed');
    const count = rows.filter(isFree).length;
    return count ? messages.t('dialog-choose-list', count) : messages.t('dialog-choose-empty');
  }

  #learn(profiles: MentorProfile[]): void {
    const rows = this.#rowsNow;
    for (const profile of profiles) {
      const row = rows.find(({ name }) => name === profile.name);
      if (row) row.profile = profile;
    }
    if (this.#chosen && !isFree(this.#chosen)) {
      this.#problem = this.#context.messages.t('dialog-choose-gone', personIn(this.#chosen));
      this.#chosen = null;
    }
    const focused = this.#list.querySelector(':focus');
    this.#context.update();
    if (!focused || focused.isConnected) return;
    if (rows.some(isFree)) this.#focusList();
    else this.#context.showStep();
  }

  get #rowsNow(): Row[] {
    return Array.isArray(this.#rows) ? this.#rows : [];
  }

  #focusList(): void {
    this.#list.querySelector<HTMLElement>('label:not([hidden]) input')?.focus();
  }

  #search(event: Event): void {
    if (!(event.target instanceof HTMLInputElement)) return;
    this.#query = event.target.value;
    this.#list.scrollTop = 0;
    this.#context.announce(this.#found(this.#context.messages));
  }

  /** Rows that contain every word of the query; all rows if the query is empty. */
  get #fitting(): Row[] {
    const words = plainly(this.#query).split(/\s+/);
    return this.#rowsNow.filter((row) => isFree(row) && words.every((word) => row.plain.includes(word)));
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
    this.#context.update();
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const { client, messages, showNotice, update } = this.#context;
    const chosen = this.#chosen;
    if (!chosen) {
      this.#problem = messages.t('dialog-choose-missing');
      update();
      this.#focusList();
      return;
    }
    const { name } = chosen;
    const reason = this.#reason.trim();
    await this.#submission.run(
      { action: 'choose', mentor: name, reason },
      () => client.chooseMentor(name, { reason }),
      () => showNotice(messages.t('dialog-choose-done', personIn(chosen))),
    );
    if (!this.#context.open) this.closed();
  }

  render(): TemplateResult {
    const { messages } = this.#context;
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
    return html`
      <p>${this.#outcome(rows)} ${words ? html` <q dir="auto">${words}</q> ` : nothing}</p>
      <p class="actions">
        <button type="button" class="primary" @click=${() => this.#loadAgain()}>
          ${this.#context.messages.t(isMentorshipError(rows) ? 'retry' : 'look-again')}
        </button>
      </p>
    `;
  }

  #form(rows: Row[], messages: Messages): TemplateResult {
    const { mentor } = this.#context.data;
    this.#drawList(rows, messages);
    return html`
      ${mentor ? html` <p>${messages.rich('dialog-choose-about', mentor)}</p> ` : nothing}
      ${rows.length > FEW ? this.#searchField(messages) : nothing}
      <form @submit=${(event: Event) => void this.#submit(event)}>
        <fieldset aria-describedby="problem">
          <legend>${this.#outcome(rows)}</legend>
          ${this.#list}
        </fieldset>
        <div id="problem" role="alert">${this.#problem ? html` <p>${this.#problem}</p> ` : nothing}</div>
        ${this.#context.client.source.choices === 'private' ? nothing : this.#reasonField(messages)}
        ${this.#submission.render(
          this.#chosen
            ? messages.t('dialog-choose-submit', personIn(this.#chosen))
            : messages.t('choose', mentor ?? ''),
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
        dir="auto"
        maxlength="200"
        autocomplete="off"
        aria-describedby="public"
        .value=${this.#reason}
        @input=${(event: Event) => {
          if (event.target instanceof HTMLInputElement) this.#reason = event.target.value;
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
          dir="auto"
          autocomplete="off"
          .value=${this.#query}
          @input=${(event: Event) => this.#search(event)}
        />
        <p class="quiet">${this.#found(messages)}</p>
      </search>
    `;
  }

  #drawList(rows: Row[], messages: Messages): void {
    const fitting = new Set(this.#fitting);
    render(
      rows.map((row, index) => {
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

const rowOf = (mentor: ListedMentor): Row => ({
  ...mentor,
  plain: plainly(`${mentor.name} ${mentor.intro ?? ''}`),
  profile: null,
  about: null,
});

/** Returns a cached template, because formatting hundreds of rows on each key press is slow. */
function aboutIn(row: Row, messages: Messages): TemplateResult {
  const { about, intro, profile } = row;
  const { language } = messages;
  if (about?.language === language && about.profile === profile) return about.template;
  const template = html`
    <span class="quiet">${profile ? mentorStats(profile, messages) : nothing}</span>
    ${intro ? html` <q dir="auto">${intro}</q> ` : nothing}
  `;
  row.about = { language, profile, template };
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
  @media (max-width: 40em) {
    .few {
      max-block-size: none;
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
