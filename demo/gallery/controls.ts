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
import { translateAddress } from './translate/address.js';
import { nameOf } from './translate/languages.js';

const LABELS: Record<Choice, string> = {
  lang: 'Language',
  theme: 'Theme',
  dir: 'Page direction',
  width: 'Width',
  text: 'Text size',
};

const UNITS: Partial<Record<Choice, string>> = { width: ' px', text: ' %' };

function labelFor(name: Choice, value: string): string {
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

/**
 * Returns the URL of the translation page. English and the pseudo-locales cannot be translated, so they open the page
 * for choosing a language.
 */
const translateUrl = ({ lang, theme }: GalleryState): string =>
  translateAddress({
    code: lang === 'en' || lang in PSEUDO ? '' : lang.toLowerCase(),
    view: 'cards',
    key: null,
    rows: 'all',
    theme,
  });

/** Renders the form with the settings that apply to all previews. */
export const controls = (state: GalleryState, change: (state: GalleryState) => void): TemplateResult => html`
  <form
    class="controls"
    aria-label="How the cards are shown"
    @submit=${(event: Event) => event.preventDefault()}
  >
    ${choices.map((name) => control(name, state, change))}
    <a href=${translateUrl(state)}>Translate</a>
    <a href=${addressOf(withSubject(defaults, state))}>Reset</a>
  </form>
`;

/** Renders forms that point the element at another wiki or snapshot document. */
export function urlForms(state: GalleryState): TemplateResult {
  const urlForm = (name: 'api' | 'src', label: string, example: string) => {
    const go = (event: SubmitEvent) => {
      event.preventDefault();
      if (!(event.target instanceof HTMLFormElement)) return;
      const value = new FormData(event.target).get(name);
      if (typeof value === 'string') location.assign(addressOf(withSubject(state, { [name]: value })));
    };
    return html`
      <form class="url-form" @submit=${go}>
        <label>
          ${label}
          <input name=${name} required placeholder=${example} value=${state[name] ?? ''} spellcheck="false" />
        </label>
        <button>Show</button>
      </form>
    `;
  };
  return html`
    <details class="url-forms" ?open=${state.api !== null || state.src !== null}>
      <summary>Use another wiki or snapshot document</summary>
      ${urlForm('api', 'Address of a wiki’s api.php', 'https://en.wikipedia.org/w/api.php')}
      ${urlForm('src', 'Address of a snapshot document', 'previews/invite.json')}
      <p>
        A wiki of another origin is read anonymously, so the element shows what it shows to a signed-out
        reader: nothing.
      </p>
    </details>
  `;
}
