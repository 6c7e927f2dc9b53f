import { css } from 'lit';

/**
 * Each color is the host's custom property, else the wiki's Codex token, else a default with AA contrast in both schemes.
 * `theme` ignores the Codex tokens, because they are for the page's color scheme. Without `theme` the element inherits
 * the page's `color-scheme`, which is light unless the page sets it, whatever the system prefers. Browsers
 * without `light-dark()` need plain-colors.ts, too.
 */
export const colors = css`
  :host {
    --_text: var(--mentorship-color, var(--color-base, light-dark(#202122, #eaecf0)));
    --_quiet: var(--mentorship-color-subtle, var(--color-subtle, light-dark(#54595d, #a2a9b1)));
    --_link: var(--mentorship-color-link, var(--color-progressive, light-dark(#36c, #88a3e8)));
    --_page: var(--mentorship-background, var(--background-color-base, light-dark(#fff, #101418)));
    --_tint: var(
      --mentorship-background-subtle,
      var(--background-color-neutral-subtle, light-dark(#f8f9fa, #202122))
    );
    --_line: var(--mentorship-border-color, var(--border-color-subtle, light-dark(#c8ccd1, #54595d)));
    --_edge: var(--mentorship-border-color, var(--border-color-interactive, light-dark(#72777d, #a2a9b1)));
    --_waiting: var(--color-warning, light-dark(#7b5a20, #ca982e));
    --_answered: var(--color-success, light-dark(#146c57, #2cb491));
    --_fill: var(--mentorship-background-progressive, var(--background-color-progressive, #36c));
    --_fill-text: var(--mentorship-color-inverted, var(--color-inverted-fixed, #fff));
  }
  :host([theme='light']),
  :host([theme='dark']) {
    color-scheme: light;
    --color-base: initial;
    --color-subtle: initial;
    --color-progressive: initial;
    --color-inverted-fixed: initial;
    --background-color-base: initial;
    --background-color-neutral-subtle: initial;
    --background-color-progressive: initial;
    --color-warning: initial;
    --color-success: initial;
    --border-color-interactive: initial;
    --border-color-subtle: initial;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
`;
