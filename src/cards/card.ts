import { html, nothing, type TemplateResult } from 'lit';
import { dots } from '../styles/icons.js';
import type { MentorshipAction } from '../events.js';
import type { Messages } from '../i18n/messages.js';

/** Data and callbacks that every card needs besides its decision. */
export interface CardContext {
  messages: Messages;
  /** A new answer is on its way. */
  busy: boolean;
  /** Name of the user whose card is previewed, without any action; null: the viewer's own card. */
  previewed: string | null;
  /** Loads everything anew. */
  refresh: () => void;
  /** Returns true if the action runs here; otherwise its control links to the wiki's page. */
  can: (action: MentorshipAction, href?: string | null) => boolean;
  /** Does it. `href` is where the wiki does it, should that be impossible here. */
  act: (action: MentorshipAction, href?: string | null) => void;
}

type Part = TemplateResult | typeof nothing;

/** A link that the host hears of before it is followed; left out where there is nowhere to go. */
export const link = (action: MentorshipAction, href: string | null, words: unknown, look = ''): Part =>
  href ? html` <a class=${look} href=${href} data-action=${action}>${words}</a> ` : nothing;

/** Done here where the source can, else a link. */
export const deed = (
  { can, act, previewed }: CardContext,
  action: MentorshipAction,
  href: string | null,
  words: unknown,
  look = 'plain',
): Part =>
  previewed || can(action, href)
    ? html`
        <button
          type="button"
          class=${look}
          data-action=${action}
          ?disabled=${previewed}
          @click=${() => act(action, href)}
        >
          ${words}
        </button>
      `
    : link(action, href, words, look);

/** Chromium loses the focus when a popover that has it closes in a shadow root. */
function giveBack({ target, newState }: ToggleEvent): void {
  if (newState !== 'closed' || !(target instanceof HTMLElement) || !target.matches(':focus-within')) return;
  target.parentElement?.querySelector<HTMLElement>('.more')?.focus();
}

interface Card {
  heading?: string;
  body: unknown;
  /** The main thing to do, and what stands beside it. */
  actions: unknown[];
  /** Between the actions and the links. */
  more?: unknown;
  /** Secondary links, one below the other. */
  links?: Part[];
  /** Actions for the menu, because they are needed rarely. */
  menu?: Part[];
}

/** The frame that all cards share. It can take the focus when it takes another's place. */
export function card(
  { messages, busy, previewed }: CardContext,
  { heading, body, actions, more, links = [], menu = [] }: Card,
): TemplateResult {
  const list = (parts: Part[], look: string) => {
    const items = parts.filter((item) => item !== nothing);
    return items.length
      ? html`
          <ul class=${look}>
            ${items.map((item) => html` <li>${item}</li> `)}
          </ul>
        `
      : nothing;
  };
  const seldom = list(menu, '');
  return html`
    <section
      part="card"
      tabindex="-1"
      aria-busy=${busy}
      lang=${messages.language}
      dir=${messages.direction}
      aria-labelledby=${heading ? 'h' : nothing}
    >
      ${heading ? html` <slot name="heading"><h2 id="h" part="heading">${heading}</h2></slot> ` : nothing}
      ${
        seldom === nothing
          ? nothing
          : html`
              <button type="button" class="more" popovertarget="more" aria-label=${messages.t('more')}>
                ${dots}
              </button>
              <div id="more" popover role="group" aria-label=${messages.t('more')} @beforetoggle=${giveBack}>
                ${seldom}
              </div>
            `
      }
      ${previewed ? html` <p class="notice">${messages.rich('preview-of', { name: previewed, gender: 'unknown' })}</p> ` : nothing}
      ${body}
      ${actions.some((action) => action !== nothing) ? html`<p class="actions">${actions}</p>` : nothing}
      ${more} ${list(links, 'links detail')}
      <slot name="footer"></slot>
    </section>
  `;
}
