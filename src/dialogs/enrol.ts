import { html, type TemplateResult } from 'lit';
import en from '../../locales/en.json' with { type: 'json' };
import { textsOf } from '../language.js';
import type { Templates } from '../messages.js';
import { Deed } from './deed.js';
import type { Dialog, Stage } from './dialog.js';

export const english: Templates = textsOf(en);

export const open = (stage: Stage): Dialog => new EnrolDialog(stage);

class EnrolDialog implements Dialog {
  readonly #stage: Stage;
  readonly #deed: Deed;

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#deed = new Deed(stage);
  }

  get heading(): string {
    return this.#stage.messages.t('become-mentor');
  }

  get busy(): boolean {
    return this.#deed.busy;
  }

  get done(): boolean {
    return this.#deed.done;
  }

  render(): TemplateResult {
    return html`${this.#deed.render('')}`;
  }
}
