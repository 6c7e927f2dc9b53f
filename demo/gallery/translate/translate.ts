import { html, render, type TemplateResult } from 'lit';
import { MentorshipModule } from '../../../src/index.js';
import { isCode } from '../../../build/locales/codes.ts';
import { galleryAddress, translateAddress, type TranslateState } from './address.js';
import { TranslationPage } from './translation-page.js';
import { fallbacksOf, nameOf } from './languages.js';
import { reloadOnSave } from './reload-on-save.js';
import type { Translation } from './translation.js';

async function readJson(address: string): Promise<unknown> {
  const response = await fetch(address);
  if (response.ok) return response.json();
  throw new Error(response.status === 404 ? 'unknown' : await response.text());
}

/** Renders the translation page instead of the gallery. */
export async function translate(state: TranslateState): Promise<void> {
  const { code, theme } = state;
  document.documentElement.dataset.theme = theme;
  document.documentElement.classList.add('translate');
  MentorshipModule.define();
  if (code && document.documentElement.dataset.files !== 'static') reloadOnSave(code);
  const codes = (await readJson('translations.json')) as string[];
  if (!codes.includes(code)) {
    choose(state, codes);
    return;
  }
  const translation = await readJson(`translations/${code}.json`).catch((error: unknown) => {
    showUnreadable(code, error);
    return null;
  });
  if (translation)
    await new TranslationPage(translation as Translation, state, fallbacksOf(code, codes)).open();
}

function showUnreadable(code: string, error: unknown): void {
  render(
    html`
      <main>
        <h1>locales/${code}.json</h1>
        <p>It cannot be read: ${error instanceof Error ? error.message : ''}</p>
        <p>This page reloads when the file is saved.</p>
      </main>
    `,
    document.body,
  );
  document.documentElement.dataset.ready = 'true';
}

function instructions(code: string): TemplateResult {
  if (!code)
    return html`
      <p>To add a language, run:</p>
      <pre>npm run locale:new xx</pre>
    `;
  return isCode(code)
    ? html`
        <p>There is no locales/${code}.json yet. To create it, run:</p>
        <pre>npm run locale:new ${code}</pre>
      `
    : html`
        <p>
          “${code}” is no translation. English (en), its notes (qqq) and its keys (qqx) are none; others have
          MediaWiki’s code of a language, such as gl, pt-br or zh-hans.
        </p>
      `;
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
        ${instructions(code)}
        <h2>Languages there are</h2>
        <ul class="languages">
          ${codes.map(
            (one) => html`
              <li><a href=${translateAddress({ ...state, code: one })}>${nameOf(one)} (${one})</a></li>
            `,
          )}
        </ul>
      </main>
    `,
    document.body,
  );
  document.documentElement.dataset.ready = 'true';
}
