import { html, type TemplateResult } from 'lit';
import en from '../generated/texts/en.join.json' with { type: 'json' };
import { textsOf } from '../i18n/load-locale.js';
import type { Templates } from '../i18n/messages.js';
import { Deed } from './submission.js';
import type { Dialog, Stage } from './types.js';

export const english: Templates = textsOf(en);

export const open = (stage: Stage): Dialog => new JoinDialog(stage);

class JoinDialog implements Dialog {
  readonly #stage: Stage;
  readonly #deed: Deed;

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#deed = new Deed(stage);
  }

  get heading(): string {
    const { messages, scene } = this.#stage;
    return messages.t(scene.mentor ? 'mentor-keep' : 'get-mentor');
  }

  get busy(): boolean {
    return this.#deed.busy;
  }

  get done(): boolean {
    return this.#deed.done;
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const { client, messages, scene } = this.#stage;
    await this.#deed.run(
      { action: 'join' },
      () => client.join(),
      () => this.#stage.note(messages.t(scene.mentor ? 'dialog-join-kept' : 'dialog-join-done')),
    );
  }

  render(): TemplateResult {
    const { messages, scene } = this.#stage;
    const { mentor } = scene;
    return html`
      <form @submit=${(event: Event) => void this.#submit(event)}>
        <p>${mentor ? messages.rich('dialog-join-keep', mentor) : messages.t('dialog-join-about')}</p>
        ${this.#deed.render(messages.t(mentor ? 'dialog-join-keep-button' : 'get-mentor'))}
      </form>
    `;
  }
}
