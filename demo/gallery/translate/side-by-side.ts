import { html, type TemplateResult } from 'lit';
import { conventionsOf } from '../../../src/i18n/conventions.js';
import type { Templates } from '../../../src/i18n/messages.js';
import { root } from '../../../test/shadow-dom.js';
import { TextLocator } from './text-locator.js';
import { addMarkers } from './key-markers.js';
import { type PreviewSection, previewSections, type Preview, cardRendered } from './previews.js';
import { closeMenus, interceptEvents, showStatically } from './static-dialogs.js';

/** One of the two columns. */
export interface Side {
  name: 'translation' | 'english';
  /** The heading of the column. */
  title: string;
  /** MediaWiki language code for the element, and the BCP 47 tag. */
  code: string;
  language: string;
  texts: Templates;
}

export const directionOf = (language: string): 'ltr' | 'rtl' => conventionsOf(language, {}).direction;

const idOf = (preview: Preview) => `preview-${preview.id}`;

const pair = (preview: Preview, sides: readonly Side[]): TemplateResult => html`
  <article class="pair" id=${idOf(preview)} aria-labelledby="about-${preview.id}">
    <h3 id="about-${preview.id}">${preview.title}</h3>
    ${sides.map(
      ({ name, title, code, language }) => html`
        <div class="side">
          <p class="side-title">${title}</p>
          <div class="frame" data-side=${name} lang=${code} dir=${directionOf(language)}></div>
        </div>
      `,
    )}
  </article>
`;

export const sectionId = ({ title }: PreviewSection): string => title.replaceAll(/\W+/g, '-').toLowerCase();

/** Renders an empty frame for each preview; `renderPreviews` fills them. */
export const pairs = (sides: readonly Side[]): TemplateResult => html`
  ${previewSections.map(
    (section) => html`
      <section class="section">
        <h2 id=${sectionId(section)}>${section.title}</h2>
        ${section.previews.map((preview) => pair(preview, sides))}
      </section>
    `,
  )}
`;

interface RenderOptions {
  sides: readonly Side[];
  keys: readonly string[];
  /** Called when a text is pressed. */
  onPress: (event: MouseEvent, locator: TextLocator) => void;
  /** Called when an element has rendered. */
  onRender: (locator: TextLocator, side: Side) => void;
}

async function renderPreview(
  preview: Preview,
  side: Side,
  { keys, onPress, onRender }: RenderOptions,
): Promise<void> {
  const frame = document.querySelector<HTMLElement>(`#${CSS.escape(idOf(preview))} [data-side=${side.name}]`);
  if (!frame) return;
  const { element, run } = preview.prepare();
  element.messages = Object.fromEntries(
    keys.flatMap((key, index) => {
      const text = side.texts[key];
      return text === undefined ? [] : [[key, addMarkers(index, text)]];
    }),
  );
  // Blocks input until the preview is ready.
  frame.inert = true;
  frame.append(element);
  showStatically(element);
  const locator: TextLocator = new TextLocator(root(element), keys, () => onRender(locator, side));
  locator.read();
  await cardRendered(element);
  await run();
  closeMenus(root(element));
  interceptEvents(frame, (event) => onPress(event, locator));
  frame.inert = false;
}

/**
 * Renders the previews one after another, both sides of each at once, because the timers that a scenario replaces suit no
 * other one. Logs a preview that fails and continues.
 */
export async function renderPreviews(options: RenderOptions): Promise<void> {
  for (const { previews } of previewSections)
    for (const preview of previews)
      await Promise.all(
        options.sides.map((side) =>
          renderPreview(preview, side, options).catch((error: unknown) => {
            console.error(`${preview.id} in ${side.code}:`, error);
          }),
        ),
      );
}
