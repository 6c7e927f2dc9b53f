import { html, type TemplateResult } from 'lit';
import {
  APPEARANCE,
  type Field,
  type FieldName,
  FIELDS,
  GROUPS,
  NUMBERS,
  type Settings,
  toValue,
} from './fields.js';

/** Called with a valid value after a control has changed. */
export type OnChange = (name: FieldName, value: string) => void;

interface FormOptions {
  settings: Settings;
  onChange: OnChange;
}

function control(name: FieldName, { settings, onChange }: FormOptions): TemplateResult {
  const field: Field = FIELDS[name];
  const value = settings[name];
  const change = ({ target }: Event) => {
    if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
    const next = toValue(name, target.value);
    if (next !== null && next !== value) onChange(name, next);
  };
  if (field.kind === 'number')
    return html`
      <label>
        ${field.label}
        <input
          type="number"
          name=${name}
          min="0"
          max=${field.max}
          inputmode="numeric"
          .value=${value}
          @input=${change}
        />
      </label>
    `;
  const options = Object.hasOwn(field.options, value) ? field.options : { ...field.options, [value]: value };
  return html`
    <label>
      ${field.label}
      <select name=${name} @change=${change}>
        ${Object.entries(options).map(
          ([option, label]) => html`<option value=${option} .selected=${option === value}>${label}</option>`,
        )}
      </select>
    </label>
  `;
}

const stay = (event: Event) => event.preventDefault();

/** Renders the controls of the viewer's edits and days. */
export const numberForm = (options: FormOptions): TemplateResult => html`
  <form class="settings numbers" @submit=${stay}>${NUMBERS.map((name) => control(name, options))}</form>
`;

/** Renders the other controls of viewer, wiki, network and clock. */
export const dataForm = (options: FormOptions): TemplateResult => html`
  <form class="settings" @submit=${stay}>
    ${Object.entries(GROUPS).map(
      ([title, names]) => html`
        <fieldset>
          <legend>${title}</legend>
          ${names.map((name) => control(name, options))}
        </fieldset>
      `,
    )}
  </form>
`;

/** Renders the controls of language, theme and layout. */
export const appearanceForm = ({
  label,
  ...options
}: FormOptions & { label: string }): TemplateResult => html`
  <form class="controls" aria-label=${label} @submit=${stay}>
    ${APPEARANCE.map((name) => control(name, options))}
  </form>
`;
