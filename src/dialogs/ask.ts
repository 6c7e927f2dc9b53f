import { html, nothing, type TemplateResult } from 'lit';
import en from '../generated/texts/en.ask.json' with { type: 'json' };
import type { Templates } from '../i18n/messages.js';
import { asMentorshipError, MentorshipError, type MentorshipErrorCode } from '../sdk/errors.js';
import { isBlank, LONGEST_QUESTION } from '../sdk/ask.js';
import { lengthOf } from '../sdk/coerce.js';
import type { Mentor } from '../sdk/snapshot.js';
import type { AskedQuestion, QuestionTerms } from '../sdk/source.js';
import type { Dialog, DialogContext } from './types.js';
import { QuestionDrafts } from './question-drafts.js';

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
const TOLD = ['blocked', 'read-only', 'session', 'network', 'no-mentor', 'unsupported'] as const;

class AskDialog implements Dialog {
  readonly #context: DialogContext;
  readonly #drafts: QuestionDrafts;
  readonly #answerer: Mentor | null;
  #text: string;
  #step: Step = { name: 'write', problem: null };
  #terms: QuestionTerms | null = null;
  /** True if the draft survives a reload. */
  #kept = true;

  constructor(context: DialogContext) {
    this.#context = context;
    const { viewer, mentor, standIn } = context.data;
    this.#answerer = standIn ?? mentor;
    this.#drafts = new QuestionDrafts(context.sourceId, viewer.name);
    this.#drafts.open();
    this.#text = this.#drafts.text || context.text;
    addEventListener('pagehide', this.#save);
    addEventListener('storage', this.#onStorage);
    if (context.canWrite) void this.#prepare();
    const { mark } = this.#drafts;
    if (mark) void this.#check(mark);
  }

  get heading(): string {
    const { messages, data } = this.#context;
    if (this.#step.name === 'sent') return messages.t('dialog-ask-sent');
    return data.standIn ? messages.t('ask-stand-in', data.standIn) : messages.t('ask', data.mentor ?? '');
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
  }

  readonly #save = (): void => {
    if (this.#step.name !== 'write') return;
    this.#kept = this.#drafts.write(this.#text);
  };

  /** Handles a draft that another tab has changed or sent. */
  readonly #onStorage = (): void => {
    if (this.busy || this.done || this.#takeOver()) return;
    this.#save();
    this.#context.update();
  };

  /** Shows the question as sent and returns true if another tab has sent it. */
  #takeOver(): boolean {
    const { sent } = this.#drafts;
    if (sent) this.#arrived({ url: sent.url, revision: null, firstEdit: false });
    return sent !== null;
  }

  async #prepare(): Promise<void> {
    // Ignores an error, because the dialog works without the terms.
    this.#terms = await this.#context.client.prepareQuestion().catch(() => null);
    if (this.#terms?.writable === false && this.#step.name === 'write') this.#context.showStep();
    else this.#context.update();
  }

  #turn(step: Step, announcement?: string): void {
    this.#step = step;
    this.#context.showStep(announcement);
    if (!this.busy && !this.#context.open) this.closed();
  }

  #write(event: Event): void {
    if (!(event.target instanceof HTMLTextAreaElement)) return;
    this.#text = event.target.value;
    this.#step = { name: 'write', problem: null };
    this.#save();
    this.#context.update();
  }

  async #submit(): Promise<void> {
    if (this.busy || this.#step.name === 'sent') return;
    this.#kept = this.#drafts.want(this.#text);
    const { messages } = this.#context;
    const text = this.#text.trim();
    const length = lengthOf(text);
    if (isBlank(text)) {
      this.#complain(messages.t('dialog-ask-blank'));
      return;
    }
    if (length > LONGEST_QUESTION) {
      this.#complain(messages.t('dialog-ask-long', length - LONGEST_QUESTION));
      return;
    }
    if (!this.#context.emit({ action: 'ask', phase: 'submit', text, length })) {
      // The host canceled the event, so it handles the question itself.
      this.#drafts.drop();
      this.#context.close();
      return;
    }
    const { mark } = this.#drafts;
    if (mark) return this.#check(mark);
    await this.#send(text);
  }

  #complain(text: string, { wikiMessage = null, code }: Partial<MentorshipError> = {}): void {
    this.#turn({ name: 'write', problem: { text, wikiMessage, code } });
  }

  async #send(text: string): Promise<void> {
    this.#turn({ name: 'sending' });
    const drafts = this.#drafts;
    const own: { mark: string | null } = { mark: null };
    const onBeforeSend = (mark: string) => {
      // While this tab waited for the lock, another one may have sent the same question, or may be polling for it.
      if (drafts.sent ?? (drafts.mark && drafts.mark !== mark))
        throw new MentorshipError('aborted', 'Another tab has sent this question.');
      own.mark = mark;
      drafts.sending(mark);
    };
    try {
      this.#arrived(await this.#context.client.ask(text, { onBeforeSend }));
    } catch (error) {
      const { mark } = drafts;
      if (this.#takeOver()) return;
      if (mark && mark !== own.mark) await this.#check(mark);
      else await this.#failed(asMentorshipError(error), own.mark);
    }
  }

  async #failed(error: MentorshipError, mark: string | null): Promise<void> {
    if (error.outcomeUnknown) {
      if (mark) await this.#check(mark);
      else this.#doubtful(error);
      return;
    }
    this.#drafts.notSent(mark);
    const { messages } = this.#context;
    this.#tellFailure(error.code);
    const told = error.code === 'timeout' ? 'network' : error.code;
    const problem =
      error.code === 'rate-limited' && error.retryAfter
        ? messages.t('dialog-ask-rate-limited', error.retryAfter)
        : messages.t(`dialog-ask-${TOLD.find((code) => code === told) ?? 'failed'}`);
    // Omits the wiki's message if Retry-After is known, because our message then says how long to wait.
    this.#complain(problem, error.retryAfter ? {} : error);
  }

  #tellFailure(code: MentorshipErrorCode): void {
    this.#context.emit({
      action: 'ask',
      phase: 'failed',
      errorCode: code,
      length: lengthOf(this.#text.trim()),
    });
    if (!this.#context.open) this.#context.showNotice(this.#context.messages.t('dialog-ask-kept'));
  }

  async #check(mark: string): Promise<void> {
    this.#turn({ name: 'checking' });
    try {
      const found = await this.#context.client.findQuestion(this.#text.trim(), { checkpoint: mark });
      if (found) {
        this.#arrived(found);
        return;
      }
      if (this.#takeOver()) return;
      const again = this.#drafts.mark;
      if (again && again !== mark) {
        await this.#check(again);
        return;
      }
      this.#drafts.notSent(mark);
      this.#turn({ name: 'missing' });
      this.#tellFailure('network');
    } catch (error) {
      this.#doubtful(asMentorshipError(error));
    }
  }

  #doubtful(error: MentorshipError): void {
    this.#turn({ name: 'unsure', error });
    this.#tellFailure(error.code);
  }

  #arrived(question: AskedQuestion): void {
    const { messages } = this.#context;
    this.#drafts.arrived(question.url);
    const sent = messages.t('dialog-ask-sent');
    this.#turn({ name: 'sent', question }, sent);
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
    switch (this.#step.name) {
      case 'write':
        return this.#form(this.#step.problem);
      case 'sending':
      case 'checking':
        return this.#wait(this.#step.name);
      case 'unsure':
      case 'missing':
        return this.#doubt(this.#step);
      case 'sent':
        return this.#success(this.#step.question);
    }
  }

  #form(problem: Problem | null): TemplateResult {
    const { messages } = this.#context;
    const { other } = this.#drafts;
    const length = lengthOf(this.#text.trim());
    if (this.#terms?.writable === false) return this.#elsewhere();
    return html`
      <form
        novalidate
        @submit=${(event: Event) => {
          event.preventDefault();
          void this.#submit();
        }}
      >
        ${this.#context.canWrite ? this.#where() : this.#byHand()} ${other ? this.#offer(other) : nothing}
        <label for="question">${messages.t('dialog-ask-label')}</label>
        <textarea
          id="question"
          data-focus
          rows="6"
          dir="auto"
          aria-describedby="count problem"
          aria-invalid=${problem ? 'true' : 'false'}
          .value=${this.#text}
          @input=${(event: Event) => this.#write(event)}
          @keydown=${(event: KeyboardEvent) => this.#onKey(event)}
        ></textarea>
        <p id="count" class="quiet">
          <span>${messages.t('dialog-ask-count', length, LONGEST_QUESTION)}</span>
          ${this.#kept ? nothing : html` <span>${messages.t('dialog-ask-unkept')}</span> `}
        </p>
        <div id="problem" role="alert">${problem ? this.#problem(problem) : nothing}</div>
        ${this.#copyright()}
        <p class="actions">
          <button class="primary">${messages.t('dialog-ask-send')}</button>
          <button type="button" @click=${() => this.#context.close()}>
            ${messages.t('dialog-common-cancel')}
          </button>
        </p>
      </form>
    `;
  }

  #where(): TemplateResult {
    const { messages, data } = this.#context;
    const { mentor, standIn } = data;
    const until = mentor?.away?.until;
    return html`
      ${
        mentor && standIn
          ? html`
              <p class="notice">
                ${until ? messages.rich('away-until', mentor, messages.day(until)) : messages.rich('away', mentor)}
                ${messages.rich('away-stand-in', standIn)}
              </p>
            `
          : nothing
      }
      <p>${messages.rich('dialog-ask-public', this.#answerer ?? '')} ${this.#talkPage()}</p>
    `;
  }

  #offer(other: string): TemplateResult {
    const { messages } = this.#context;
    const swap = () => {
      this.#drafts.swap();
      const { text, mark } = this.#drafts;
      this.#text = text;
      if (mark) void this.#check(mark);
      else this.#turn({ name: 'write', problem: null });
    };
    return html`
      <div class="notice">
        ${messages.t('dialog-ask-other')}
        <q dir="auto">${other}</q>
        <button type="button" @click=${swap}>${messages.t('dialog-ask-swap')}</button>
      </div>
    `;
  }

  /** Renders an error, with a link to ask by hand on the talk page. */
  #problem({ text, wikiMessage, code }: Problem): TemplateResult {
    return html`
      <p>${text}</p>
      ${wikiMessage ? html` <p><q dir="auto">${wikiMessage}</q></p> ` : nothing}
      ${code === 'session' ? this.#reload() : nothing} ${this.#byHand()}
    `;
  }

  #reload(): TemplateResult | typeof nothing {
    if (!this.#kept) return nothing;
    return html`
      <button type="button" @click=${() => location.reload()}>
        ${this.#context.messages.t('dialog-ask-reload')}
      </button>
    `;
  }

  #talkPage(): TemplateResult | typeof nothing {
    const url = this.#answerer?.talkUrl;
    return url
      ? html` <a href=${url} target="_blank">${this.#context.messages.t('dialog-ask-page')}</a> `
      : nothing;
  }

  #byHand(): TemplateResult | typeof nothing {
    const url = this.#answerer?.askUrl;
    return url
      ? html` <p><a href=${url} target="_blank">${this.#context.messages.t('dialog-ask-by-hand')}</a></p> `
      : nothing;
  }

  #elsewhere(): TemplateResult {
    return html`
      <p tabindex="-1" data-focus>
        ${this.#context.messages.rich('dialog-ask-elsewhere', this.#answerer ?? '')}
      </p>
      ${this.#text ? html` <blockquote dir="auto">${this.#text}</blockquote> ` : nothing} ${this.#byHand()}
    `;
  }

  #copyright(): TemplateResult | typeof nothing {
    const copyright = this.#terms?.copyright;
    if (!copyright) return nothing;
    const { name, url } = copyright;
    return html`
      <p class="quiet">
        <span>${this.#context.messages.t('dialog-ask-copyright')}</span>
        ${url ? html` <a href=${url} target="_blank">${name}</a> ` : name}
      </p>
    `;
  }

  #wait(step: 'sending' | 'checking'): TemplateResult {
    const { messages } = this.#context;
    return html`
      <p tabindex="-1" data-focus>${messages.t(`dialog-ask-${step}`)}</p>
      <progress aria-label=${messages.t('dialog-common-busy')}></progress>
      <blockquote dir="auto">${this.#text}</blockquote>
      <p class="actions">${this.#closing()}</p>
    `;
  }

  #doubt(step: Extract<Step, { name: 'unsure' | 'missing' }>): TemplateResult {
    const { messages } = this.#context;
    const { mark } = this.#drafts;
    const isMissing = step.name === 'missing';
    const again = () => (isMissing ? this.#submit() : mark && this.#check(mark));
    return html`
      <p tabindex="-1" data-focus>${messages.t(`dialog-ask-${step.name}`)}</p>
      <blockquote dir="auto">${this.#text}</blockquote>
      ${!isMissing && step.error.code === 'session' ? this.#reload() : nothing}
      ${isMissing ? this.#byHand() : this.#talkPage()}
      <p class="actions">
        <button type="button" class="primary" @click=${() => void again()}>
          ${messages.t(isMissing ? 'dialog-ask-again' : 'dialog-ask-look')}
        </button>
        ${
          isMissing
            ? html`
                <button type="button" @click=${() => this.#turn({ name: 'write', problem: null })}>
                  ${messages.t('dialog-ask-edit')}
                </button>
              `
            : nothing
        }
        ${this.#closing()}
      </p>
    `;
  }

  /** Closes the dialog without aborting the request. */
  #closing(): TemplateResult {
    return html`
      <button type="button" @click=${() => this.#context.close()}>
        ${this.#context.messages.t('dialog-common-close')}
      </button>
    `;
  }

  #success({ url, firstEdit }: AskedQuestion): TemplateResult {
    const { messages } = this.#context;
    return html`
      ${firstEdit ? html` <p>${messages.t('dialog-ask-first')}</p> ` : nothing}
      <p>${messages.rich('dialog-ask-next', this.#answerer ?? '')} ${this.#email()}</p>
      <p class="actions">
        ${url ? html` <a class="primary" href=${url} data-focus>${messages.t('dialog-ask-see')}</a> ` : nothing}
        <button type="button" @click=${() => this.#context.close()}>
          ${messages.t('dialog-common-done')}
        </button>
      </p>
    `;
  }

  #email(): TemplateResult | typeof nothing {
    const { messages, data } = this.#context;
    const { email } = data.viewer;
    const url = this.#terms?.emailUrl;
    if (!email) return nothing;
    return html`
      ${messages.t(`dialog-ask-email-${email}`)}
      ${
        url && email !== 'confirmed'
          ? html` <a href=${url} target="_blank">${messages.t(`dialog-ask-email-${email}-link`)}</a> `
          : nothing
      }
    `;
  }
}
