import { html, render } from 'lit';
import { MentorshipModule } from '../../../src/index.js';
import { galleryAddress, translateAddress, type TranslateState } from './address.js';
import { Desk, nameOf } from './desk.js';
import { reloadOnSave } from './returning.js';
import type { Translation } from './translation.js';

async function readJson(address: string): Promise<unknown> {
  const response = await fetch(address);
  if (response.ok) return response.json();
  throw new Error(response.status === 404 ? 'unknown' : await response.text());
}

/** A page in place of the gallery, where a translator sees what is written. */
export async function translate(state: TranslateState): Promise<void> {
  const { code, theme } = state;
  document.documentElement.dataset.theme = theme;
  document.documentElement.classList.add('translate');
  MentorshipModule.define();
  if (code) reloadOnSave(code);
  const codes = (await readJson('translations.json')) as string[];
  if (!codes.includes(code)) {
    choose(state, codes);
    return;
  }
  const translation = await readJson(`translations/${code}.json`).catch((error: unknown) => {
    tellUnreadable(code, error);
    return null;
  });
  if (translation) await new Desk(translation as Translation, state).open();
}

function tellUnreadable(code: string, error: unknown): void {
  render(
    html`
      <main>
        <h1>locales/${code}.json</h1>
        <p>It cannot be read: ${error instanceof Error ? error.message : ''}</p>
        <p>Once it is saved again, it is shown.</p>
      </main>
    `,
    document.body,
  );
  document.documentElement.dataset.ready = 'true';
}

function choose(state: TranslateState, codes: readonly string[]): void {
  const { code } = state;
  render(
    html`
      <header class="top">
        <h1>
          <a href=${galleryAddress({ ...state, code: '' })}>&lt;mentorship-module&gt;</a>
          translations
        </h1>
      </header>
      <main>
        ${
          code
            ? html`
                <p>There is no locales/${code}.json yet. This makes it:</p>
                <pre>npm run locale:new ${code}</pre>
              `
            : html`
                <p>A new language begins with:</p>
                <pre>npm run locale:new xx</pre>
              `
        }
        <h2>Languages there are</h2>
        <ul class="languages">
          ${codes.map(
            (one) => html`
              <li><a href=${translateAddress({ ...state, code: one })}>${nameIn(one)} (${one})</a></li>
            `,
          )}
        </ul>
      </main>
    `,
    document.body,
  );
  document.documentElement.dataset.ready = 'true';
}

/** Some of MediaWiki's codes are no BCP 47. */
function nameIn(code: string): string {
  try {
    return nameOf(code);
  } catch {
    return code;
  }
}
