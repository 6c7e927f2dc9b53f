import { html, type TemplateResult } from 'lit';
import { addressOf, type GalleryState, withSubject } from '../gallery-state.js';

/** Asks for a wiki and a user. */
export function viewerForm(state: GalleryState): TemplateResult {
  const go = (event: SubmitEvent) => {
    event.preventDefault();
    if (!(event.target instanceof HTMLFormElement)) return;
    const data = new FormData(event.target);
    const [api, viewer] = [data.get('api'), data.get('viewer')];
    if (typeof api === 'string' && typeof viewer === 'string')
      location.assign(addressOf(withSubject(state, { api, viewer })));
  };
  return html`
    <section class="as-user" aria-labelledby="as-user">
      <h2 id="as-user">As this user of this wiki</h2>
      <p>
        Shows the card of another user, read-only. It is decided from public data: edits, first day, rights,
        blocks, mentor, and the wiki’s settings. Preferences and questions are private. So the card is that of
        a user who has neither left mentorship nor answered an invitation, and who has asked nothing.
      </p>
      <form class="url-form" @submit=${go}>
        <label>
          Address of the wiki’s api.php
          <input
            name="api"
            required
            placeholder="https://fr.wikipedia.org/w/api.php"
            value=${state.api ?? ''}
            spellcheck="false"
          />
        </label>
        <label>
          User name
          <input name="viewer" required value=${state.viewer ?? ''} spellcheck="false" autocomplete="off" />
        </label>
        <button>Show the card</button>
      </form>
    </section>
  `;
}
