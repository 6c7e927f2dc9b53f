import { css, html, nothing, render, type TemplateResult } from 'lit';
import { closeButton } from '../../dialogs/close-button.js';
import type { Messages } from '../../i18n/messages.js';
import { adoptStyles } from '../../styles/adopt-styles.js';
import { cardStyles } from '../../styles/card-styles.js';
import { colors } from '../../styles/color-tokens.js';
import { lateCardStyles } from '../../styles/late-card-styles.js';
import { plainColors } from '../../styles/plain-colors.js';
import { dialogStyles } from '../../styles/dialog-styles.js';
import { config } from '../mw.js';
import type { Line, Section } from './read-report.js';

const checkStyles = css`
  :host {
    margin-block-end: 1em;
    font-size: max(1em, 0.8125rem);
  }
  section {
    border-inline-start: 0.25em solid var(--_fill);
  }
  h3 {
    margin-block-start: 1em;
  }
  li {
    user-select: text;
  }
`;

function createRoot(place: (host: Element) => void): ShadowRoot {
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  adoptStyles(root, [colors, plainColors, cardStyles, lateCardStyles, dialogStyles, checkStyles]);
  place(host);
  return root;
}

/** Returns the link of a wiki's page. */
const addressOf = (page: string) => `${String(config('wgScript'))}?title=${encodeURIComponent(page)}`;

/** Makes the title of the page in a line a link. */
function renderLine({ text, page, lang }: Line): TemplateResult {
  const title = page ?? /^(\S+?:[^:]+\.js(?:on)?): /.exec(text)?.[1];
  const [before = '', ...after] = title ? text.split(title) : [text];
  const link = title ? html`<a href=${addressOf(title)}>${title}</a>` : nothing;
  return html`<li lang=${lang ?? nothing} dir=${lang ? 'ltr' : nothing}>
    ${before}${link}${after.join(title)}
  </li>`;
}

const renderLines = (lines: readonly Line[]) => html`
  <ul class="points">
    ${lines.map(renderLine)}
  </ul>
`;

/** Shows the mistakes beside the card, or where it would stand, with a button that opens the report. */
export function showMistakes(messages: Messages, mistakes: readonly string[], openReport: () => void): void {
  const place = document.querySelector('mentorship-module, div.mentorship-module');
  const content = document.getElementById('mw-content-text');
  const root = createRoot((host) => (place ? place.before(host) : (content ?? document.body).prepend(host)));
  const lines = mistakes.map((text): Line => ({ text, lang: 'en' }));
  render(
    html`
      <section lang=${messages.language} dir=${messages.direction} aria-labelledby="heading">
        <h2 id="heading">${messages.t('dialog-check-mistakes', mistakes.length)}</h2>
        <p>${messages.t('dialog-check-private')}</p>
        ${renderLines(lines)}
        <p class="actions">
          <button type="button" @click=${openReport}>${messages.t('dialog-check-open')}</button>
        </p>
      </section>
    `,
    root,
  );
}

/** Opens the report in a dialog, at once, and fills it when it has been read. */
export async function showReport(messages: Messages, reading: Promise<Section[]>): Promise<void> {
  const root = createRoot((host) => document.body.append(host));
  let sections: Section[] = [];
  let status = messages.t('dialog-check-reading');
  const close = () => root.querySelector('dialog')?.close();
  const copy = async () => {
    const copied = await copyText(toPlainText(messages, sections));
    status = messages.t(copied ? 'dialog-check-copied' : 'dialog-check-copy-failed');
    update();
  };
  const update = () =>
    render(
      html`
        <dialog
          lang=${messages.language}
          dir=${messages.direction}
          aria-labelledby="heading"
          @close=${() => root.host.remove()}
        >
          <header>
            <h2 id="heading" tabindex="-1">${messages.t('dialog-check-heading')}</h2>
            ${closeButton(messages, close)}
          </header>
          ${sections.map(
            ({ heading, lines }) => html`
              <h3>${messages.t(heading)}</h3>
              ${renderLines(lines)}
            `,
          )}
          <p role="status">${status}</p>
          <p class="actions">
            <button type="button" class="primary" ?disabled=${!sections.length} @click=${() => void copy()}>
              ${messages.t('dialog-check-copy')}
            </button>
            <button type="button" @click=${close}>${messages.t('dialog-common-done')}</button>
          </p>
        </dialog>
      `,
      root,
    );
  update();
  root.querySelector('dialog')?.showModal();
  root.querySelector('h2')?.focus();
  try {
    sections = await reading;
    status = '';
  } catch (error) {
    status = String(error);
  }
  update();
}

const toPlainText = (messages: Messages, sections: readonly Section[]): string =>
  [
    messages.t('dialog-check-heading'),
    ...sections.map(({ heading, lines }) =>
      [messages.t(heading), ...lines.map(({ text }) => `* ${text}`)].join('\n'),
    ),
  ].join('\n\n');

/** Returns false if the browser does not allow it, such as on a page without HTTPS. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
