import { html, nothing, type TemplateResult } from 'lit';
import { bell } from '../generated/dialog-icons.js';
import type { Messages } from '../i18n/messages.js';
import type { Variant } from '../sdk/decide.js';
import type { SnapshotStore } from '../sdk/snapshot-store.js';
import type { Undo } from './types.js';

/** Source and viewer that a dialog or a notice belongs to. */
export interface Owner {
  store: SnapshotStore | null;
  viewer: string | null;
}

/** Text above the card, which tells the outcome of an action. */
export interface Notice {
  text: string;
  undo?: Undo | undefined;
  /** Called by the button “Don’t ask again”. */
  decline?: (() => void) | undefined;
  /** Name of the card that the viewer acted on. */
  variant: Variant;
  owner: Owner;
}

interface Handlers {
  onDecline: (notice: Notice) => void;
  onUndo: (undo: Undo, notice: Notice) => void;
}

/** Renders the notice, in a live region that is hidden without one. */
export function renderNotice(
  notice: Notice | null,
  messages: Messages,
  { onDecline, onUndo }: Handlers,
): TemplateResult {
  const { language, direction } = messages;
  const undo = notice?.undo;
  // Sets `textContent` of an element whose text changes, because a page translator replaces text nodes.
  return html`
    <div class="note notice" role="status" tabindex="-1" lang=${language} dir=${direction} ?hidden=${!notice}>
      ${bell}<span .textContent=${notice?.text ?? ''}></span>
    </div>
    ${
      undo
        ? html`
            <div class="note-actions" lang=${language} dir=${direction}>
              ${
                notice.decline
                  ? html`
                      <button type="button" @click=${() => onDecline(notice)}>
                        ${messages.t('dialog-common-never')}
                      </button>
                    `
                  : nothing
              }
              <button type="button" @click=${() => onUndo(undo, notice)}>
                ${messages.t('dialog-common-undo')}
              </button>
            </div>
          `
        : nothing
    }
  `;
}
