import { html, nothing, type TemplateResult } from 'lit';
import en from '../generated/texts/en.enroll.json' with { type: 'json' };
import type { MessageId, Templates } from '../i18n/messages.js';
import { enrollLinkKey } from '../controllers/enroll-link-storage.js';
import { attempt } from '../controllers/wiki-page.js';
import { LONGEST_INTRODUCTION } from '../sdk/mutations.js';
import { lengthOf } from '../sdk/coerce.js';
import { asMentorshipError } from '../sdk/errors.js';
import type { Snapshot } from '../sdk/snapshot.js';
import { notice, problemLine } from './message-box.js';
import { fieldDirection, SubmissionDialog } from './submission.js';
import type { Dialog, DialogContext } from './types.js';

export const english: Templates = en;

export const create = (context: DialogContext): Dialog => new EnrollDialog(context);

class EnrollDialog extends SubmissionDialog {
  #text = '';
  #problem = '';
  /** End of the viewer's own mentorship. */
  #leaving: 'none' | 'done' | 'failed' | 'unknown' = 'none';

  constructor(context: DialogContext) {
    super(context);
    forgetEnrollLink(context);
  }

  override get heading(): string {
    return this.context.messages.t(this.done ? 'dialog-enroll-done' : 'become-mentor');
  }

  #write(event: Event): void {
    if (!(event.target instanceof HTMLTextAreaElement)) return;
    this.#text = event.target.value;
    this.#problem = '';
    this.context.update();
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const { messages, showStep } = this.context;
    const text = this.#text.trim();
    const length = lengthOf(text);
    if (length > LONGEST_INTRODUCTION) {
      this.#problem = messages.t('dialog-enroll-long', length - LONGEST_INTRODUCTION);
      showStep();
      return;
    }
    await this.submission.run(
      { action: 'enroll', text, length },
      () => this.#enroll(text),
      () => this.#tellDone(),
      'go-on',
    );
  }

  /** Ends the viewer's own mentorship once the viewer is a mentor, because a failure must leave the viewer with one. */
  async #enroll(introduction: string): Promise<Snapshot> {
    const { client, data } = this.context;
    const { mentor } = data;
    const enrolled = await client.enroll({ introduction });
    if (!mentor) return enrolled;
    try {
      const left = await client.leave();
      this.#leaving = 'done';
      return left;
    } catch (error) {
      this.#leaving = asMentorshipError(error).outcomeUnknown ? 'unknown' : 'failed';
      return enrolled;
    }
  }

  /** Sentences about the viewer's own mentor if that was not ended, or may not have been. */
  get #kept(): MessageId[] {
    if (!this.context.data.mentor) return [];
    if (this.#leaving === 'unknown') return ['dialog-enroll-own-mentor', 'dialog-common-unsure'];
    return this.#leaving === 'failed' ? ['dialog-enroll-own-kept'] : [];
  }

  #tellDone(): void {
    const { messages, data, open, emit, showStep, announce, showNotice } = this.context;
    // A host that counts the mentees who leave has no other event for this one.
    if (this.#leaving === 'done') emit({ action: 'leave', phase: 'done', reason: '', text: '', length: 0 });
    const done = messages.t('dialog-enroll-done');
    const kept = this.#kept.map((id) => messages.t(id, data.mentor ?? ''));
    const words = kept.length ? `${done}. ${kept.join(' ')}` : done;
    if (!open) {
      showNotice(words);
      return;
    }
    showStep();
    announce(words);
  }

  override render(): TemplateResult {
    return this.done ? this.#success() : this.#form();
  }

  #form(): TemplateResult {
    const { messages, data } = this.context;
    const { mentor } = data;
    return html`
      <ul class="points">
        <li>${messages.t('dialog-enroll-list')}</li>
        <li>${messages.t('dialog-enroll-mentees')}</li>
        <li>${messages.t('dialog-enroll-stop')}</li>
        ${mentor ? html` <li>${messages.rich('dialog-enroll-own-mentor', mentor)}</li> ` : nothing}
      </ul>
      <form novalidate @submit=${(event: Event) => void this.#submit(event)}>
        <label for="introduction">${messages.t('dialog-enroll-label')}</label>
        <textarea
          id="introduction"
          data-focus
          rows="4"
          dir=${fieldDirection(messages, this.#text)}
          aria-describedby="count problem"
          aria-invalid=${this.#problem ? 'true' : 'false'}
          .value=${this.#text}
          @input=${(event: Event) => this.#write(event)}
        ></textarea>
        <p id="count" class="quiet">
          ${messages.t('dialog-enroll-count', lengthOf(this.#text.trim()), LONGEST_INTRODUCTION)}
        </p>
        <div id="problem" role="alert">${problemLine(this.#problem)}</div>
        ${this.#preview()} ${this.submission.render(messages.t('become-mentor'))}
      </form>
    `;
  }

  #preview(): TemplateResult {
    const { messages, data } = this.context;
    const { viewer } = data;
    const text = this.#text.trim();
    return html`
      <h3>${messages.t('dialog-enroll-preview')}</h3>
      <div class="notice">
        <strong><bdi>${viewer.name}</bdi></strong>
        ${text ? html` <blockquote dir="auto">${text}</blockquote> ` : html` <p>${messages.t('intro-missing', viewer)}</p> `}
      </div>
    `;
  }

  #success(): TemplateResult {
    const { messages, data, close } = this.context;
    const url = data.program.dashboardUrl;
    const kept = this.#kept.map((id) => messages.rich(id, data.mentor ?? ''));
    return html`
      <p>${messages.t('dialog-enroll-thanks')}</p>
      ${kept.length ? notice(messages.sentences(...kept)) : nothing}
      <p class="actions">
        <button type="button" data-focus=${url ? nothing : ''} @click=${close}>
          ${messages.t('dialog-common-done')}
        </button>
        ${
          url
            ? html`
                <a class="primary" href=${url} data-action="link" data-focus>${messages.t('dashboard')}</a>
              `
            : nothing
        }
      </p>
    `;
  }
}

/** Forgets that the viewer followed the wiki's link, because the dialog itself dispatches `done`. */
function forgetEnrollLink({ sourceId, data }: DialogContext): void {
  if (sourceId) attempt(() => localStorage.removeItem(enrollLinkKey(sourceId, data.viewer.name)));
}
