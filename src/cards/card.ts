import { html, nothing, type TemplateResult } from 'lit';
import { avatar, ellipsis } from '../generated/card-icons.js';
import type { CardAction } from '../events.js';
import type { Messages } from '../i18n/messages.js';

/** Data and callbacks that every card needs, in addition to its decision. */
export interface CardContext {
  messages: Messages;
  /** True while a load is pending. */
  busy: boolean;
  /** Name of the user whose card is previewed, without any action; null: the viewer's own card. */
  previewed: string | null;
  /** `summary`: heading and one line, with a button that opens the rest; `dialog`: the whole card in that dialog. */
  layout: 'card' | 'summary' | 'dialog';
  /** Opens the whole card of a summary as a dialog. */
  showWhole: () => void;
  /** Reloads the snapshot. */
  refresh: () => void;
  /** True if the source has actions; otherwise controls link to the wiki's pages. */
  canWrite: boolean;
  /** True if becoming a mentor opens a dialog also where the wiki has a page for it. */
  enrollsHere: boolean;
  /** Runs the action. `href` is the wiki's page for it, which opens if the dialog cannot be loaded. */
  runAction: (action: CardAction, href?: string | null) => void;
}

type Part = TemplateResult | typeof nothing;

/** Renders a link that dispatches `mentorship-action` before it is followed, or nothing without a URL. */
export const actionLink = (action: CardAction, href: string | null, words: unknown, look = ''): Part =>
  href ? html`<a class=${look} href=${href} data-action=${action}>${words}</a>` : nothing;

/** Renders a button if the action can run here, otherwise a link. Disabled in a preview of another user's card. */
export const actionButton = (
  { canWrite, enrollsHere, runAction, previewed }: CardContext,
  action: CardAction,
  href: string | null,
  words: unknown,
  look = 'plain',
): Part => {
  const canRun = canWrite && (action !== 'enroll' || enrollsHere || !href);
  // The dialog of “about” only explains, and this browser stores a dismissal that the wiki cannot.
  const runsHere = canRun || action === 'about' || action === 'snooze';
  return previewed || runsHere
    ? html`<button
        type="button"
        class=${look}
        data-action=${action}
        ?disabled=${previewed}
        @click=${() => runAction(action, href)}
      >
        ${words}
      </button>`
    : actionLink(action, href, words, look);
};

interface Card {
  heading?: string;
  body: unknown;
  /** Primary action, and the buttons beside it. */
  actions: unknown[];
  /** Content between the actions and the links. */
  more?: unknown;
  /** Secondary links, one below the other. */
  links?: Part[];
  /** Rarely needed actions, which are shown in a popover menu. */
  menu?: Part[];
}

/** Renders the frame that all cards share. It is focusable, because it receives the focus when it replaces a card. */
export function card(
  { messages, busy, previewed, layout, showWhole }: CardContext,
  { heading, body, actions, more, links = [], menu = [] }: Card,
): TemplateResult {
  const notice = previewed
    ? html`
        <p class="notice">${avatar}${messages.rich('preview-of', { name: previewed, gender: 'unknown' })}</p>
      `
    : nothing;
  const list = (parts: Part[], look: string) => {
    const items = parts.flatMap((part) => (part === nothing ? [] : html` <li>${part}</li> `));
    return items.length
      ? html`
          <ul class=${look}>
            ${items}
          </ul>
        `
      : nothing;
  };
  const isSummary = layout === 'summary' && heading !== undefined;
  const seldom = isSummary ? nothing : list(menu, '');
  // The first action of the next card is rendered at the same index, so that it keeps the focus.
  const shown = actions.filter((action) => action !== nothing);
  const rest = isSummary
    ? html`
        <p class="actions"><button type="button" @click=${showWhole}>${messages.t('see-more')}</button></p>
      `
    : html`
        ${shown.length ? html`<p class="actions">${shown}</p>` : nothing} ${more}
        ${list(links, 'links detail')}
      `;
  const content = html`
    ${
      seldom === nothing
        ? nothing
        : html`
            <button type="button" class="more" popovertarget="more" aria-label=${messages.t('more')}>
              ${ellipsis}
            </button>
            <div id="more" popover role="group" aria-label=${messages.t('more')}>${seldom}</div>
          `
    }
    ${notice} ${body} ${rest}
  `;
  if (layout === 'dialog')
    return html`
      <h2 id="whole" tabindex="-1">${heading}</h2>
      ${content}
    `;
  return html`
    <section
      class=${isSummary ? 'summary' : nothing}
      part="card"
      tabindex="-1"
      aria-busy=${busy}
      lang=${messages.language}
      dir=${messages.direction}
      aria-labelledby=${heading ? 'h' : nothing}
    >
      ${heading ? html` <slot name="heading"><h2 id="h" part="heading">${heading}</h2></slot> ` : nothing}
      ${content}
      <slot name="footer"></slot>
    </section>
  `;
}
