// A host with two Lit applications that uses its own copy of @lit/localize.
import { configureLocalization, msg, updateWhenLocaleChanges } from '@lit/localize';
import { html, LitElement } from 'lit';

const { setLocale } = configureLocalization({
  sourceLocale: 'en',
  targetLocales: ['de', 'fr'],
  loadLocale: async (locale) => ({ templates: { hello: locale === 'de' ? 'Hallo' : 'Bonjour' } }),
});

class HostApp extends LitElement {
  constructor() {
    super();
    updateWhenLocaleChanges(this);
  }

  override render() {
    return html`
      <p>${msg('Hello', { id: 'hello' })}</p>
      <mentorship-module preview="mentor"></mentorship-module>
    `;
  }
}

class OtherApp extends LitElement {
  override render() {
    return html`<p>Something else</p>`;
  }
}

customElements.define('host-app', HostApp);
customElements.define('other-app', OtherApp);
Object.assign(window, { setHostLocale: setLocale });
