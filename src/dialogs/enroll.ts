import { html, nothing, type TemplateResult } from 'lit';
import en from '../generated/texts/en.enroll.json' with { type: 'json' };
import { textsOf } from '../i18n/load-locale.js';
import type { Templates } from '../i18n/messages.js';
import { LONGEST_INTRODUCTION } from '../sdk/mutations.js';
import { lengthOf } from '../sdk/coerce.js';
import { Deed } from './submission.js';
import type { Dialog, Stage } from './types.js';

export const english: Templates = textsOf(en);

export const open = (stage: Stage): Dialog => new EnrollDialog(stage);

class EnrollDialog implements Dialog {
  readonly #stage: Stage;
  readonly #deed: Deed;
  #text = '';
  #problem = '';

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#deed = new Deed(stage);
  }

  get heading(): string {
    return this.#stage.messages.t(this.done ? 'dialog-enroll-done' : 'become-mentor');
  }

  get busy(): boolean {
    return this.#deed.busy;
  }

  get done(): boolean {
    return this.#deed.done;
  }

  #write(event: Event): void {
    if (!(event.target instanceof HTMLTextAreaElement)) return;
    this.#text = event.target.value;
    this.#problem = '';
    this.#stage.update();
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const { client, messages, turn } = this.#stage;
    const text = this.#text.trim();
    const length = lengthOf(text);
    if (length > LONGEST_INTRODUCTION) {
      this.#problem = messages.t('dialog-enroll-long', length - LONGEST_INTRODUCTION);
      turn();
      return;
    }
    await this.#deed.run(
      { action: 'enroll', text, length },
      () => client.enroll({ introduction: text }),
      () => this.#tellDone(),
      'go-on',
    );
  }

  #tellDone(): void {
    const { messages, open, turn, announce, note } = this.#stage;
    const words = messages.t('dialog-enroll-done');
    if (!open) {
      note(words);
      return;
    }
    turn();
    announce(words);
  }

  render(): TemplateResult {
    return this.done ? this.#success() : this.#form();
  }

  #form(): TemplateResult {
    const { messages } = this.#stage;
    return html`
      <ul class="points">
        <li>${messages.t('dialog-enroll-list')}</li>
        <li>${messages.t('dialog-enroll-mentees')}</li>
        <li>${messages.t('dialog-enroll-stop')}</li>
      </ul>
      <form novalidate @submit=${(event: Event) => void this.#submit(event)}>
        <label for="introduction">${messages.t('dialog-enroll-label')}</label>
        <textarea
          id="introduction"
          data-focus
          rows="4"
          dir="auto"
          aria-describedby="count problem"
          aria-invalid=${this.#problem ? 'true' : 'false'}
          .value=${this.#text}
          @input=${(event: Event) => this.#write(event)}
        ></textarea>
        <p id="count" class="quiet">
          ${messages.t('dialog-enroll-count', lengthOf(this.#text.trim()), LONGEST_INTRODUCTION)}
        </p>
        <div id="problem" role="alert">${this.#problem ? html` <p>${this.#problem}</p> ` : nothing}</div>
        ${this.#preview()} ${this.#deed.render(messages.t('become-mentor'))}
      </form>
    `;
  }

  #preview(): TemplateResult {
    const { messages, scene } = this.#stage;
    const { viewer } = scene;
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
    const { messages, scene, close } = this.#stage;
    const url = scene.program.dashboardUrl;
    return html`
      <p>${messages.t('dialog-enroll-next')}</p>
      <p class="actions">
        ${
          url
            ? html`
                <a class="primary" href=${url} data-action="link" data-focus>${messages.t('dashboard')}</a>
              `
            : nothing
        }
        <button type="button" data-focus @click=${close}>${messages.t('dialog-common-done')}</button>
      </p>
    `;
  }
}
