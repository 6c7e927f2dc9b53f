import { html, type TemplateResult } from 'lit';
import { Messages, type Templates } from '../../../src/i18n/messages.js';
import { root } from '../../../test/shadow-dom.js';
import { Finder } from './text-locator.js';
import { marked } from './key-markers.js';
import { type Room, rooms, type Scene, stands } from './previews.js';
import { disarm, layOpen } from './static-dialogs.js';

/** One of the two columns. */
export interface Side {
  name: 'theirs' | 'english';
  /** As the column is called. */
  title: string;
  /** MediaWiki's code, for the element, and BCP 47's. */
  code: string;
  language: string;
  texts: Templates;
}

export const directionOf = (language: string): 'ltr' | 'rtl' =>
  new Messages({ language, templates: {}, now: new Date(), gender: 'unknown' }).direction;

const idOf = (scene: Scene) => `scene-${scene.id}`;

const pair = (scene: Scene, sides: readonly Side[]): TemplateResult => html`
  <article class="pair" id=${idOf(scene)} aria-labelledby="about-${scene.id}">
    <h3 id="about-${scene.id}">${scene.title}</h3>
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

export const idOfRoom = ({ title }: Room): string => title.replaceAll(/\W+/g, '-').toLowerCase();

/** Places for all of them; `perform` fills them. */
export const pairs = (sides: readonly Side[]): TemplateResult => html`
  ${rooms.map(
    (room) => html`
      <section class="room">
        <h2 id=${idOfRoom(room)}>${room.title}</h2>
        ${room.scenes.map((scene) => pair(scene, sides))}
      </section>
    `,
  )}
`;

interface Performing {
  sides: readonly Side[];
  keys: readonly string[];
  /** A text was pressed. */
  press: (event: MouseEvent, finder: Finder) => void;
  /** Something was drawn. */
  drawn: (finder: Finder, side: Side) => void;
}

async function performOne(scene: Scene, side: Side, { keys, press, drawn }: Performing): Promise<void> {
  const frame = document.querySelector<HTMLElement>(`#${CSS.escape(idOf(scene))} [data-side=${side.name}]`);
  if (!frame) return;
  const { element, go } = scene.prepare();
  element.messages = Object.fromEntries(
    keys.flatMap((key, index) => {
      const text = side.texts[key];
      return text === undefined ? [] : [[key, marked(index, text)]];
    }),
  );
  // Nobody presses anything meanwhile.
  frame.inert = true;
  frame.append(element);
  layOpen(element);
  const finder: Finder = new Finder(root(element), keys, () => drawn(finder, side));
  finder.read();
  await stands(element);
  await go();
  disarm(frame, (event) => press(event, finder));
  frame.inert = false;
}

/** One after the other, as some steps put the clock forward. What cannot be shown is told, and the others are shown. */
export async function perform(performing: Performing): Promise<void> {
  for (const { scenes } of rooms)
    for (const scene of scenes)
      for (const side of performing.sides)
        await performOne(scene, side, performing).catch((error: unknown) => {
          console.error(`${scene.id} in ${side.code}:`, error);
        });
}
