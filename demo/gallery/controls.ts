import { html, type TemplateResult } from 'lit';
import {
  addressOf,
  type Choice,
  CHOICES,
  choices,
  defaults,
  type GalleryState,
  PSEUDO,
  withSubject,
} from './gallery-state.js';
import { nameOf } from './translate/languages.js';

export const LABELS: Record<Choice, string> = {
  lang: 'Language',
  theme: 'Theme',
  dir: 'Page direction',
  width: 'Width',
  text: 'Text size',
};

const UNITS: Partial<Record<Choice, string>> = { width: ' px', text: ' %' };

export function labelFor(name: Choice, value: string): string {
  if (name === 'lang') return `${PSEUDO[value] ?? nameOf(value)} (${value})`;
  if (name === 'dir' && value === 'auto') return 'from the language';
  return Number(value) ? `${value}${UNITS[name] ?? ''}` : value;
}

function control(name: Choice, state: GalleryState, change: (state: GalleryState) => void): TemplateResult {
  const values = [...new Set([...CHOICES[name], state[name]])];
  const choose = (event: Event) => {
    if (event.target instanceof HTMLSelectElement) change({ ...state, [name]: event.target.value });
  };
  return html`
    <label>
      ${LABELS[name]}
      <select name=${name} @change=${choose}>
        ${values.map(
          (value) => html`
            <option value=${value} .selected=${value === state[name]}>${labelFor(name, value)}</option>
          `,
        )}
      </select>
    </label>
  `;
}

/** Renders the form with the settings that apply to all previews. */
export const controls = (state: GalleryState, change: (state: GalleryState) => void): TemplateResult => html`
  <form
    class="controls"
    aria-label="How the cards are shown"
    @submit=${(event: Event) => event.preventDefault()}
  >
    ${choices.map((name) => control(name, state, change))}
    <a href=${addressOf(withSubject(defaults, state))}>Reset</a>
  </form>
`;
