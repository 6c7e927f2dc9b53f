import { html, nothing, type TemplateResult } from 'lit';
import type { Finding } from '../../../scripts/locales/rules.mjs';
import { directionOf } from './pairs.js';
import { type Entry, partsOf, type State, type Translation } from './translation.js';

const WORDS: Record<State, string> = {
  missing: 'missing',
  same: 'still English',
  findings: 'to be mended',
  fine: 'fine',
};

export const stateWords = (state: State): TemplateResult => html`
  <span class="state" data-state=${state}>${WORDS[state]}</span>
`;

export const findingsList = (findings: readonly Finding[]): TemplateResult | typeof nothing =>
  findings.length
    ? html`
        <ul class="findings">
          ${findings.map(({ problem, mend }) => html`<li>${problem}: ${mend}</li>`)}
        </ul>
      `
    : nothing;

/** A text in the language that is translated to. */
export const theirs = (text: string, { language }: Translation): TemplateResult => html`
  <span lang=${language} dir=${directionOf(language)}>${text}</span>
`;

interface Panel {
  entry: Entry;
  translation: Translation;
  title: string;
  /** null: it stands in no card. */
  show: (() => void) | null;
  close: () => void;
  choose: (key: string) => void;
  forms: string;
}

const length = ({ length, limit, forms }: Entry): string =>
  `${forms > 1 ? 'Its longest form has' : 'It has'} ${length} characters${limit === null ? '' : `; at most ${limit}`}.`;

/** All that is known of one text. */
export function panel({ entry, translation, title, show, close, choose, forms }: Panel): TemplateResult {
  const { key, english, text, note, findings, state } = entry;
  return html`
    <aside class="panel" aria-labelledby="panel-key">
      <header>
        <h2 id="panel-key" tabindex="-1"><code>${key}</code></h2>
        ${stateWords(state)} ${show ? html`<button @click=${show}>Show it</button>` : nothing}
        <button class="close-panel" @click=${close}>Close</button>
      </header>
      <dl>
        <div>
          <dt>English</dt>
          <dd lang="en" dir="ltr">${english}</dd>
        </div>
        <div>
          <dt>${title}</dt>
          <dd>${text === null ? html`<i>missing</i>` : theirs(text, translation)}</dd>
        </div>
        <div>
          <dt>Note</dt>
          <dd>
            ${partsOf(note).map(({ words, key: other }) =>
              other === null
                ? words
                : [words, html`<button class="key" @click=${() => choose(other)}>${other}</button>`],
            )}
          </dd>
        </div>
        <div>
          <dt>Length</dt>
          <dd>
            ${length(entry)}
            ${entry.forms > 1 ? html`<a href=${forms}>All ${entry.forms} forms</a>` : nothing}
          </dd>
        </div>
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
