import { html, nothing, type TemplateResult } from 'lit';
import type { MentorshipAction } from '../events.js';
import type { Messages } from '../messages.js';

/** What a view needs besides its variant. */
export interface ViewContext {
  messages: Messages;
  /** A new answer is on its way. */
  busy: boolean;
  /** Loads everything anew. */
  refresh: () => void;
}

type Part = TemplateResult | typeof nothing;

/** A link that the host hears of before it is followed; left out where there is nowhere to go. */
export const link = (action: MentorshipAction, href: string | null, words: unknown, look = ''): Part =>
  href ? html` <a class=${look} href=${href} data-action=${action}>${words}</a> ` : nothing;

interface Card {
  heading?: string;
  body: unknown;
  /** The main thing to do, and what stands beside it. */
  actions: unknown[];
  /** Between the actions and the links. */
  more?: unknown;
  /** Secondary links, one below the other. */
  links?: Part[];
}

/** The frame that all cards share. It can take the focus when it takes another's place. */
export function card(
  { messages, busy }: ViewContext,
  { heading, body, actions, more, links = [] }: Card,
): TemplateResult {
  const items = links.filter((item) => item !== nothing);
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
      ${body}
      ${actions.some((action) => action !== nothing) ? html`<p class="actions">${actions}</p>` : nothing}
      ${more}
      ${
        items.length
          ? html`
              <ul class="links detail">
                ${items.map((item) => html` <li>${item}</li> `)}
              </ul>
            `
          : nothing
      }
      <slot name="footer"></slot>
    </section>
  `;
}
