import { html, nothing, type TemplateResult } from 'lit';
import en from '../generated/texts/en.ask.json' with { type: 'json' };
import type { Messages, Person, Templates } from '../i18n/messages.js';
import { asMentorshipError, MentorshipError, type MentorshipErrorCode } from '../sdk/errors.js';
import { isBlank, LONGEST_QUESTION } from '../sdk/ask.js';
import { lengthOf } from '../sdk/coerce.js';
import type { Mentor, Viewer } from '../sdk/snapshot.js';
import type { AskedQuestion, QuestionTerms } from '../sdk/source.js';
import type { Dialog, DialogContext, DialogData } from './types.js';
import { iconRows, notice, problemLine } from './message-box.js';
import { QuestionDrafts } from './question-drafts.js';
import { fieldDirection, quotation } from './submission.js';

export const english: Templates = en;

export const create = (context: DialogContext): Dialog => new AskDialog(context);

type Step =
  | { name: 'write'; problem: Problem | null }
  /** The request is pending. */
  | { name: 'sending' }
  /** The outcome is unknown, and `findQuestion` is polling. */
  | { name: 'checking' }
  /** The poll failed, so the outcome is still unknown. */
  | { name: 'unsure'; error: MentorshipError }
  /** The poll found nothing, so the question was not stored. */
  | { name: 'missing' }
  | { name: 'sent'; question: AskedQuestion };

interface Problem {
  text: string;
  code: MentorshipErrorCode | undefined;
  /** The wiki's own message; null: none. */
  wikiMessage: string | null;
}

/** Error codes with a message of their own, `dialog-ask-CODE`. All others share `dialog-ask-failed`. */
const CODES_WITH_TEXT = [
  'blocked',
  'locked',
  'read-only',
  'session',
  'network',
  'no-mentor',
  'unsupported',
] as const;

class AskDialog implements Dialog {
  readonly #context: DialogContext;
  readonly #drafts: QuestionDrafts;
  /** The mentor when the dialog was opened. */
  readonly #mentor: Mentor | null;
  #text: string;
  /** Title of the page that the question may be about, of the draft or the host; null: none. */
  #pageTitle: string | null;
  #isAboutPage: boolean;
  #step: Step = { name: 'write', problem: null };
  #terms: QuestionTerms | null = null;
  /** True if the draft survives a reload. */
  #isStored = true;

  constructor(context: DialogContext) {
    this.#context = context;
    const { viewer, mentor } = context.data;
    this.#mentor = mentor;
    this.#drafts = new QuestionDrafts(context.sourceId, viewer.name);
    this.#drafts.restore();
    this.#text = this.#drafts.text || context.text;
    const { pageTitle } = this.#drafts;
    this.#isAboutPage = pageTitle !== null;
    this.#pageTitle = pageTitle ?? context.pageTitle;
    // Listens on the window, because an element named “addEventListener” hides the document's method.
    addEventListener('pagehide', this.#save);
    addEventListener('storage', this.#onStorage);
    addEventListener('visibilitychange', this.#onVisibilityChange);
    if (context.canWrite) void this.#prepare();
    const { checkpoint } = this.#drafts;
    if (checkpoint) void this.#findQuestion(checkpoint);
  }

  get heading(): string {
    const { messages, data } = this.#context;
    if (this.#step.name === 'sent') return messages.t('dialog-ask-sent');
    return data.standIn ? messages.t('ask-stand-in', data.standIn) : messages.t('ask', data.mentor ?? '');
  }

  /** Title of the page that the question is about; null: none. */
  get #subject(): string | null {
    return this.#isAboutPage ? this.#pageTitle : null;
  }

  /** The mentor, or the stand-in while the mentor is away. */
  get #answerer(): Mentor | null {
    const { standIn, mentor } = this.#context.data;
    // The former mentor can still be asked by hand.
    return standIn ?? mentor ?? this.#mentor;
  }

  /** True if the wiki may choose another mentor to answer, because the mentor is away. */
  get #mayBeOther(): boolean {
    return this.#context.data.mentor?.away != null;
  }

  /** The mentor, if another one was assigned after the dialog was opened; otherwise null. */
  get #newMentor(): Mentor | null {
    const { mentor } = this.#context.data;
    return mentor?.name === this.#mentor?.name ? null : mentor;
  }

  get busy(): boolean {
    return this.#step.name === 'sending' || this.#step.name === 'checking';
  }

  /** True also while the outcome is unknown, because such a question must not be reported as canceled. */
  get done(): boolean {
    return this.#step.name === 'sent' || this.#step.name === 'unsure';
  }

  closed(): void {
    if (this.busy) return;
    removeEventListener('pagehide', this.#save);
    removeEventListener('storage', this.#onStorage);
    removeEventListener('visibilitychange', this.#onVisibilityChange);
  }

  readonly #save = (): void => {
    if (this.#step.name !== 'write') return;
    this.#isStored = this.#drafts.save(this.#text, this.#subject);
  };

  /** Handles a draft that another tab has changed or sent. */
  readonly #onStorage = (): void => {
    if (this.busy || this.done || this.#adoptSent()) return;
    this.#save();
    this.#context.update();
  };

  /** Checks again who the mentor is, because the viewer may have chosen another one in another tab. */
  readonly #onVisibilityChange = (): void => {
    if (document.visibilityState === 'visible' && this.#step.name === 'write' && this.#context.canWrite)
      void this.#prepare();
  };

  /** Shows the question as sent and returns true if another tab has sent it. */
  #adoptSent(): boolean {
    const { sent } = this.#drafts;
    if (sent) this.#showSent({ url: sent.url, revision: null, firstEdit: false });
    return sent !== null;
  }

  async #prepare(): Promise<void> {
    // Keeps the former terms after an error. The dialog also works without any.
    this.#terms = await this.#context.client.prepareQuestion().catch(() => this.#terms);
    if (this.#terms?.writable === false && this.#step.name === 'write') this.#context.showStep();
    else this.#context.update();
  }

  #showStep(step: Step, announcement?: string): void {
    this.#step = step;
    this.#context.showStep(announcement);
    if (!this.busy && !this.#context.open) this.closed();
  }

  #onInput(event: Event): void {
    if (!(event.target instanceof HTMLTextAreaElement)) return;
    this.#text = event.target.value;
    this.#step = { name: 'write', problem: null };
    this.#save();
    this.#context.update();
  }

  async #submit(): Promise<void> {
    if (this.busy || this.#step.name === 'sent') return;
    this.#isStored = this.#drafts.saveForSubmit(this.#text, this.#subject);
    const { messages } = this.#context;
    const text = this.#text.trim();
    const length = lengthOf(text);
    if (isBlank(text)) {
      this.#showProblem(messages.t('dialog-ask-blank'));
      return;
    }
    if (length > LONGEST_QUESTION) {
      this.#showProblem(messages.t('dialog-ask-long', length - LONGEST_QUESTION));
      return;
    }
    const pageTitle = this.#subject;
    if (!this.#context.emit({ action: 'ask', phase: 'submit', text, length, pageTitle })) {
      // The host canceled the event, so it handles the question itself.
      this.#drafts.discard();
      // Stops listening now, because a `storage` or `pagehide` event before `close` would store the draft again.
      this.closed();
      this.#context.close();
      return;
    }
    const { checkpoint } = this.#drafts;
    if (checkpoint) return this.#findQuestion(checkpoint);
    await this.#send(text);
  }

  #showProblem(text: string, { wikiMessage = null, code }: Partial<MentorshipError> = {}): void {
    this.#showStep({ name: 'write', problem: { text, wikiMessage, code } });
  }

  async #send(text: string): Promise<void> {
    this.#showStep({ name: 'sending' });
    const drafts = this.#drafts;
    const own: { checkpoint: string | null } = { checkpoint: null };
    const pageTitle = this.#subject ?? undefined;
    const onBeforeSend = (checkpoint: string) => {
      // Another tab may have sent the question while this one waited for the lock.
      if (!drafts.markPending(checkpoint))
        throw new MentorshipError('aborted', 'Another tab has sent this question.');
      own.checkpoint = checkpoint;
    };
    try {
      this.#showSent(await this.#context.client.ask(text, { pageTitle, onBeforeSend }));
    } catch (error) {
      const { checkpoint } = drafts;
      if (this.#adoptSent()) return;
      if (checkpoint && checkpoint !== own.checkpoint) await this.#findQuestion(checkpoint);
      else await this.#handleError(asMentorshipError(error), own.checkpoint);
    }
  }

  async #handleError(error: MentorshipError, checkpoint: string | null): Promise<void> {
    if (error.outcomeUnknown) {
      if (checkpoint) await this.#findQuestion(checkpoint);
      else this.#showUnsure(error);
      return;
    }
    this.#drafts.clearPending(checkpoint);
    const { messages } = this.#context;
    this.#emitFailure(error.code);
    const told = error.code === 'timeout' ? 'network' : error.code;
    const newMentor = error.code === 'no-mentor' ? this.#newMentor : null;
    if (newMentor) {
      this.#showProblem(messages.t('dialog-ask-unsent', newMentor));
      return;
    }
    const problem = error.retryAfter
      ? messages.t('dialog-ask-rate-limited', error.retryAfter)
      : messages.t(`dialog-ask-${CODES_WITH_TEXT.find((code) => code === told) ?? 'failed'}`);
    // Omits the wiki's message if Retry-After is known, because our message then says how long to wait.
    this.#showProblem(problem, error.retryAfter ? {} : error);
  }

  #emitFailure(code: MentorshipErrorCode): void {
    this.#context.emit({
      action: 'ask',
      phase: 'failed',
      errorCode: code,
      length: lengthOf(this.#text.trim()),
    });
    if (!this.#context.open) this.#context.showNotice(this.#context.messages.t('dialog-ask-kept'));
  }

  async #findQuestion(checkpoint: string): Promise<void> {
    this.#showStep({ name: 'checking' });
    try {
      const found = await this.#context.client.findQuestion(this.#text.trim(), { checkpoint });
      if (found) {
        this.#showSent(found);
        return;
      }
      if (this.#adoptSent()) return;
      const again = this.#drafts.checkpoint;
      if (again && again !== checkpoint) {
        await this.#findQuestion(again);
        return;
      }
      this.#drafts.clearPending(checkpoint);
      this.#showStep({ name: 'missing' });
      this.#emitFailure('network');
    } catch (error) {
      this.#showUnsure(asMentorshipError(error));
    }
  }

  #showUnsure(error: MentorshipError): void {
    this.#showStep({ name: 'unsure', error });
    this.#emitFailure(error.code);
  }

  #showSent(question: AskedQuestion): void {
    const { messages } = this.#context;
    this.#drafts.markPublished(question.url);
    const sent = messages.t('dialog-ask-sent');
    this.#showStep({ name: 'sent', question }, sent);
    const { url: href, revision } = question;
    this.#context.emit({ action: 'ask', phase: 'done', href, revision, length: lengthOf(this.#text.trim()) });
    if (!this.#context.open) this.#context.showNotice(sent);
  }

  #onKey(event: KeyboardEvent): void {
    // Ignores Enter in an input method, where it selects a candidate.
    if (event.key !== 'Enter' || event.isComposing || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void this.#submit();
  }

  render(): TemplateResult {
    const { messages } = this.#context;
    switch (this.#step.name) {
      case 'write':
        return this.#terms?.writable === false
          ? this.#unwritable(messages)
          : this.#form(this.#step.problem, messages);
      case 'sending':
      case 'checking':
        return this.#progress(this.#step.name, messages);
      case 'unsure':
      case 'missing':
        return this.#unconfirmed(this.#step, messages);
      case 'sent':
        return this.#success(this.#step.question, messages);
    }
  }

  #form(problem: Problem | null, messages: Messages): TemplateResult {
    const { otherDraft } = this.#drafts;
    const length = lengthOf(this.#text.trim());
    return html`
      <form
        novalidate
        @submit=${(event: Event) => {
          event.preventDefault();
          void this.#submit();
        }}
      >
        ${this.#context.canWrite ? this.#publicNotice(messages) : this.#askPageLink(messages)}
        ${otherDraft ? this.#otherDraft(otherDraft, messages) : nothing}
        <label for="question">${messages.t('dialog-ask-label')}</label>
        <textarea
          id="question"
          data-focus
          rows="6"
          dir=${fieldDirection(messages, this.#text)}
          aria-describedby="count problem"
          aria-invalid=${problem ? 'true' : 'false'}
          .value=${this.#text}
          @input=${(event: Event) => this.#onInput(event)}
          @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
        ></textarea>
        <p id="count" class="quiet">
          <span>${messages.t('dialog-ask-count', length, LONGEST_QUESTION)}</span>
          ${this.#isStored ? nothing : html` <span>${messages.t('dialog-ask-unkept')}</span> `}
        </p>
        ${this.#aboutPage(messages)}
        <div id="problem" role="alert">${problem ? this.#problem(problem, messages) : nothing}</div>
        ${this.#copyright(messages)}
        <p class="actions">
          <button type="button" @click=${() => this.#context.close()}>
            ${messages.t('dialog-common-cancel')}
          </button>
          <button class="primary">${messages.t('dialog-ask-send')}</button>
        </p>
      </form>
    `;
  }

  #publicNotice(messages: Messages): TemplateResult {
    const { viewer, mentor, standIn } = this.#context.data;
    const until = mentor?.away?.until;
    const newMentor = this.#newMentor;
    return html`
      ${
        mentor && standIn
          ? notice([
              until
                ? messages.rich('away-until', mentor, messages.day(until))
                : messages.rich('away', mentor),
              ' ',
              messages.rich('away-stand-in', standIn),
            ])
          : nothing
      }
      ${newMentor ? notice(messages.rich('dialog-ask-changed', newMentor)) : nothing}
      ${
        this.#mayBeOther
          ? html` <p>${messages.rich('dialog-ask-where-other', viewer)}</p> `
          : html`
              <p>
                ${messages.sentences(messages.rich('dialog-ask-where', this.#answerer ?? '', viewer), this.#talkPageLink(messages, ''))}
              </p>
            `
      }
    `;
  }

  #aboutPage(messages: Messages): TemplateResult | typeof nothing {
    if (this.#pageTitle === null) return nothing;
    const toggle = ({ target }: Event) => {
      if (!(target instanceof HTMLInputElement)) return;
      this.#isAboutPage = target.checked;
      this.#save();
    };
    const title = { name: this.#pageTitle, gender: 'unknown' } as const;
    return html`
      <label class="choice">
        <input type="checkbox" .checked=${this.#isAboutPage} @change=${toggle} />
        <span>${messages.rich('dialog-ask-about-page', title)}</span>
      </label>
    `;
  }

  #otherDraft(other: string, messages: Messages): TemplateResult {
    const swap = () => {
      this.#drafts.swap();
      const { text, pageTitle, checkpoint } = this.#drafts;
      this.#text = text;
      this.#isAboutPage = pageTitle !== null;
      this.#pageTitle = pageTitle ?? this.#context.pageTitle;
      if (checkpoint) void this.#findQuestion(checkpoint);
      else this.#showStep({ name: 'write', problem: null });
    };
    return html`
      <div class="notice">
        ${messages.t('dialog-ask-other')}
        <q><bdi>${other}</bdi></q>
        <button type="button" @click=${swap}>${messages.t('dialog-ask-swap')}</button>
      </div>
    `;
  }

  /** Renders an error, with a link to ask by hand on the talk page. */
  #problem({ text, wikiMessage, code }: Problem, messages: Messages): TemplateResult {
    return html`
      ${problemLine(text)} ${quotation(wikiMessage)}
      ${code === 'session' ? this.#reloadButton(messages) : nothing} ${this.#askPageLink(messages)}
    `;
  }

  #reloadButton(messages: Messages): TemplateResult | typeof nothing {
    if (!this.#isStored) return nothing;
    return html`
      <button type="button" @click=${() => location.reload()}>${messages.t('dialog-ask-reload')}</button>
    `;
  }

  #talkPageLink(messages: Messages, look: '' | 'plain'): TemplateResult | typeof nothing {
    const url = this.#answerer?.talkUrl;
    return url
      ? html`<a class=${look} href=${url} target="_blank">${messages.t('dialog-ask-page')}</a>`
      : nothing;
  }

  #askPageLink(messages: Messages): TemplateResult | typeof nothing {
    const url = this.#answerer?.askUrl;
    return url
      ? html` <p><a class="plain" href=${url} target="_blank">${messages.t('dialog-ask-by-hand')}</a></p> `
      : nothing;
  }

  #unwritable(messages: Messages): TemplateResult {
    return html`
      <p tabindex="-1" data-focus>${messages.rich('dialog-ask-elsewhere', this.#answerer ?? '')}</p>
      ${this.#text ? html` <blockquote dir="auto">${this.#text}</blockquote> ` : nothing}
      ${this.#askPageLink(messages)}
    `;
  }

  #copyright(messages: Messages): TemplateResult | typeof nothing {
    const copyright = this.#terms?.copyright;
    if (!copyright) return nothing;
    const { name, url } = copyright;
    return html`
      <p class="quiet">
        <span>${messages.t('dialog-ask-copyright')}</span>
        ${url ? html` <a class="plain" href=${url} target="_blank">${name}</a> ` : name}
      </p>
    `;
  }

  #progress(step: 'sending' | 'checking', messages: Messages): TemplateResult {
    return html`
      <p tabindex="-1" data-focus>${messages.t(`dialog-ask-${step}`)}</p>
      <progress aria-label=${messages.t('dialog-common-busy')}></progress>
      <blockquote dir="auto">${this.#text}</blockquote>
      <p class="actions">${this.#closeButton(messages)}</p>
    `;
  }

  #unconfirmed(step: Extract<Step, { name: 'unsure' | 'missing' }>, messages: Messages): TemplateResult {
    const { checkpoint } = this.#drafts;
    const isMissing = step.name === 'missing';
    const again = () => (isMissing ? this.#submit() : checkpoint && this.#findQuestion(checkpoint));
    return html`
      <p tabindex="-1" data-focus>${messages.t(`dialog-ask-${step.name}`)}</p>
      <blockquote dir="auto">${this.#text}</blockquote>
      ${!isMissing && step.error.code === 'session' ? this.#reloadButton(messages) : nothing}
      ${isMissing ? this.#askPageLink(messages) : html` <p>${this.#talkPageLink(messages, 'plain')}</p> `}
      <p class="actions">
        ${this.#closeButton(messages)}
        ${
          isMissing
            ? html`
                <button type="button" @click=${() => this.#showStep({ name: 'write', problem: null })}>
                  ${messages.t('dialog-ask-edit')}
                </button>
              `
            : nothing
        }
        <button type="button" class="primary" @click=${() => void again()}>
          ${messages.t(isMissing ? 'dialog-ask-again' : 'dialog-ask-look')}
        </button>
      </p>
    `;
  }

  /** Closes the dialog without aborting the request. */
  #closeButton(messages: Messages): TemplateResult {
    return html`
      <button type="button" @click=${() => this.#context.close()}>
        ${messages.t('dialog-common-close')}
      </button>
    `;
  }

  #success(
    { url, duplicateUrl, firstEdit, recipient = null }: AskedQuestion,
    messages: Messages,
  ): TemplateResult {
    const { data } = this.#context;
    return html`
      ${iconRows([
        [
          'check',
          messages.sentences(
            firstEdit ? messages.t('dialog-ask-first') : null,
            duplicateUrl ? messages.t('dialog-ask-twice') : null,
          ),
        ],
        ['bell', messages.sentences(...this.#next(this.#readerOf(recipient, data), messages))],
        ['message', messages.sentences(...this.#email(data.viewer, messages))],
      ])}
      <p class="actions">
        <button type="button" @click=${() => this.#context.close()}>
          ${messages.t('dialog-common-done')}
        </button>
        ${duplicateUrl ? html` <a href=${duplicateUrl}>${messages.t('dialog-ask-see-other')}</a> ` : nothing}
        ${url ? html` <a class="primary" href=${url} data-focus>${messages.t('dialog-ask-see')}</a> ` : nothing}
      </p>
    `;
  }

  /** Renders who can read the question, and where the answer will be shown. */
  #next(reader: Person | null, messages: Messages): unknown[] {
    if (reader && this.#terms?.notifies) return [messages.rich('dialog-ask-next', reader)];
    return [reader && messages.rich('dialog-ask-read', reader), messages.t('dialog-ask-here')];
  }

  /** Returns whose talk page has the question; null: unknown. */
  #readerOf(recipient: string | null, { mentor, standIn }: DialogData): Person | null {
    if (recipient === null) return this.#mayBeOther ? null : this.#answerer;
    const known = [mentor, standIn, this.#mentor].find((person) => person?.name === recipient);
    return known ?? { name: recipient, gender: 'unknown' };
  }

  #email({ email }: Viewer, messages: Messages): unknown[] {
    const { sendsEmail, emailUrl: url } = this.#terms ?? {};
    if (!email || !sendsEmail) return [];
    return [
      messages.t(`dialog-ask-email-${email}`),
      url && email !== 'confirmed'
        ? html`<a href=${url} target="_blank">${messages.t(`dialog-ask-email-${email}-link`)}</a>`
        : nothing,
    ];
  }
}
