import { html, nothing, type TemplateResult } from 'lit';
import { formsOf, type MessageForm } from './message-forms.js';
import { findingsList, raw, stateLabel, translated } from './panel.js';
import { type Entry, hasForms, type Translation } from './translation.js';

interface Table {
  entries: readonly Entry[];
  translation: Translation;
  title: string;
  choose: (key: string) => void;
  /** Returns the URL of all forms of a text. */
  formsAddress: (key: string) => string;
}

const row = (entry: Entry, { translation, choose, formsAddress }: Table): TemplateResult => html`
  <tr data-key=${entry.key}>
    <th scope="row"><button class="key" @click=${() => choose(entry.key)}>${entry.key}</button></th>
    <td lang="en">${entry.english}</td>
    <td>${entry.text === null ? nothing : raw(entry.text, translation)}</td>
    <td>
      ${stateLabel(entry.state)} ${entry.state === 'findings' ? findingsList(entry.findings) : nothing}
      ${hasForms(entry) ? html`<a href=${formsAddress(entry.key)}>${entry.forms} forms</a>` : nothing}
    </td>
  </tr>
`;

/** Renders every text, including those that no card shows. */
export const table = (options: Table): TemplateResult => html`
  <table class="texts">
    <thead>
      <tr>
        <th scope="col">Key</th>
        <th scope="col">English</th>
        <th scope="col">${options.title}</th>
        <th scope="col">State</th>
      </tr>
    </thead>
    <tbody>
      ${options.entries.map((entry) => row(entry, options))}
    </tbody>
  </table>
`;

/** Collapses longer lists, because a text with four numbers has a thousand forms in Arabic. */
const MANY = 40;

const form = ({ chosen, text, linterText }: MessageForm, translation: Translation): TemplateResult => html`
  <tr class="form">
    <th scope="row">${chosen.join(', ')}</th>
    <td>
      ${translated(text, translation)}
      ${linterText === null ? nothing : html`<strong class="wrong">The linter reads: ${linterText}</strong>`}
    </td>
  </tr>
`;

function formsTable(entry: Entry, translation: Translation): TemplateResult {
  const forms = formsOf(entry, translation);
  const all = html`
    <table class="forms">
      <thead>
        <tr>
          <th scope="col">Chosen</th>
          <th scope="col">Text</th>
        </tr>
      </thead>
      <tbody>
        ${forms.map((one) => form(one, translation))}
      </tbody>
    </table>
  `;
  return forms.length > MANY
    ? html`
        <details>
          <summary>All ${forms.length} forms</summary>
          ${all}
        </details>
      `
    : all;
}

/** Renders every message that uses PLURAL or GENDER, with all its forms. */
export const formsPage = ({ entries, translation, choose }: Table): TemplateResult => html`
  ${entries.filter(hasForms).map(
    (entry) => html`
      <section class="message" id="forms-${entry.key}" data-key=${entry.key}>
        <h2><button class="key" @click=${() => choose(entry.key)}>${entry.key}</button></h2>
        ${stateLabel(entry.state)}
        <p class="source" lang="en"><code>${entry.english}</code></p>
        <p class="source"><code>${raw(entry.shown, translation)}</code></p>
        ${formsTable(entry, translation)}
      </section>
    `,
  )}
`;
