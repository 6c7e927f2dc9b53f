import { html, type TemplateResult } from 'lit';
import type { GalleryState } from '../gallery-state.js';
import { urlForm } from '../url-form.js';

/** Asks for a wiki and a user. */
export const viewerForm = (state: GalleryState): TemplateResult => html`
  <section class="as-user" aria-labelledby="as-user">
    <h2 id="as-user">As this user of this wiki</h2>
    <p>
      Shows the card of another user, read-only. It is decided from public data: edits, first day, rights,
      blocks, mentor, and the wiki’s settings. Preferences and questions are private. So the card is that of a
      user who has neither left mentorship nor answered an invitation, and who has asked nothing.
    </p>
    ${urlForm(state, [
      {
        name: 'api',
        label: 'Address of the wiki’s api.php',
        placeholder: 'https://fr.wikipedia.org/w/api.php',
      },
      { name: 'viewer', label: 'User name' },
    ])}
  </section>
`;
