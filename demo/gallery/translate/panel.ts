import { html, nothing, type TemplateResult } from 'lit';
import type { Finding } from '../../../build/locales/rules.ts';
import { directionOf } from './side-by-side.js';
import { type Entry, partsOf, type State, type Translation } from './translation.js';

const STATE_LABELS: Record<State, string> = {
  missing: 'missing',
  same: 'still English',
  findings: 'has findings',
  fine: 'fine',
};

export const stateLabel = (state: State): TemplateResult => html`
  <span class="state" data-state=${state}>${STATE_LABELS[state]}</span>
`;

export const findingsList = (findings: readonly Finding[]): TemplateResult | typeof nothing =>
  findings.length
    ? html`
        <ul class="findings">
          ${findings.map(({ problem, mend }) => html`<li>${problem}: ${mend}</li>`)}
        </ul>
      `
    : nothing;

/** Renders a text in the target language. */
export const translated = (text: unknown, { language }: Translation): TemplateResult => html`
  <span lang=${language} dir=${directionOf(language)}>${text}</span>
`;

/** Splits at keywords and parameters but not at braces, because the browser mirrors braces in both directions. */
const CODE = /((?:PLURAL|GENDER):(?:\$\d)?|\$\d)/;

/** Renders a message as it is written in the file, with keywords and parameters from left to right. */
export const raw = (text: string, translation: Translation): TemplateResult =>
  translated(
    text.split(CODE).map((part, index) => (index % 2 ? html`<bdi dir="ltr">${part}</bdi>` : part)),
    translation,
  );

interface Panel {
  entry: Entry;
  translation: Translation;
  title: string;
  /** The language shown while the text is missing. */
  fallbackName: string;
  /** Null if the text is not visible in any card. */
  show: (() => void) | null;
  close: () => void;
  choose: (key: string) => void;
  forms: string;
}

const length = ({ length, limit, forms }: Entry): string =>
  `${forms > 1 ? 'Its longest form has' : 'It has'} ${length} characters${limit === null ? '' : `; at most ${limit}`}.`;

/** Renders the details of one text. */
export function panel(options: Panel): TemplateResult {
  const { entry, translation, title, fallbackName, show, close, choose, forms } = options;
  const { key, english, text, note, findings, state } = entry;
  return html`
    <aside class="panel" aria-labelledby="panel-key">
      <header>
        <div class="row">
          <h2 id="panel-key" tabindex="-1"><code>${key}</code></h2>
          ${stateLabel(state)} ${show ? html`<button @click=${show}>Show in page</button>` : nothing}
        </div>
        <button @click=${close}>Close</button>
      </header>
      <dl>
        <div>
          <dt>English</dt>
          <dd lang="en" dir="ltr">${english}</dd>
        </div>
        <div>
          <dt>${title}</dt>
          <dd>
            ${text === null ? html`<i>missing; until then ${fallbackName} is shown</i>` : raw(text, translation)}
          </dd>
        </div>
        <div>
          <dt>Note</dt>
          <dd class="note">
            ${partsOf(note).map(({ words, key: other }) =>
              other === null
                ? words
                : [words, html`<button class="key" @click=${() => choose(other)}>${other}</button>`],
            )}
          </dd>
        </div>
        ${
          text === null
            ? nothing
            : html`
                <div>
                  <dt>Length</dt>
                  <dd>
                    ${length(entry)}
                    ${entry.forms > 1 ? html`<a href=${forms}>All ${entry.forms} forms</a>` : nothing}
                  </dd>
                </div>
              `
        }
        ${
          findings.length
            ? html`
                <div>
                  <dt>Findings</dt>
                  <dd>${findingsList(findings)}</dd>
                </div>
              `
            : nothing
        }
      </dl>
    </aside>
  `;
}
