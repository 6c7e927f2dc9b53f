import { html, type TemplateResult } from 'lit';
import { addressOf, type GalleryState, withSubject } from './gallery-state.js';

/** Parameter of the URL that a field of a form sets. */
interface UrlField {
  name: 'api' | 'viewer' | 'src';
  label: string;
  placeholder?: string;
}

/** Renders a form that opens the URL with its values. */
export function urlForm(state: GalleryState, fields: readonly UrlField[]): TemplateResult {
  const go = (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const data = new FormData(event.target);
    const values = fields.map(({ name }) => [name, data.get(name)] as const);
    location.assign(addressOf(withSubject(state, Object.fromEntries(values))));
  };
  return html`
    <form class="url-form" @submit=${go}>
      ${fields.map(
        ({ name, label, placeholder = '' }) => html`
          <label>
            ${label}
            <input
              name=${name}
              required
              placeholder=${placeholder}
              value=${state[name] ?? ''}
              spellcheck="false"
              autocapitalize="off"
            />
          </label>
        `,
      )}
      <button>Show</button>
    </form>
  `;
}

/** Renders the form for the address of a snapshot document. */
export const sourceForm = (state: GalleryState): TemplateResult =>
  urlForm(state, [
    { name: 'src', label: 'Address of a snapshot document', placeholder: 'previews/invite.json' },
  ]);
