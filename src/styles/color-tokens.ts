import { css } from 'lit';

/**
 * Each color is the host's custom property, else the wiki's Codex token, else a default with AA contrast in both schemes.
 * `theme` ignores the Codex tokens, because they are for the page's color scheme. Without `theme` the element inherits
 * the page's `color-scheme`, which is light unless the page sets it, whatever the system prefers.
 */
export const colors = css`
  :host {
    --_default-text: light-dark(#202122, #eaecf0);
    --_default-quiet: light-dark(#54595d, #a2a9b1);
    --_default-link: light-dark(#36c, #88a3e8);
    --_default-page: light-dark(#fff, #101418);
    --_default-tint: light-dark(#f8f9fa, #202122);
    --_default-line: light-dark(#c8ccd1, #54595d);
    --_default-edge: light-dark(#72777d, #a2a9b1);
    --_text: var(--mentorship-color, var(--color-base, var(--_default-text)));
    --_quiet: var(--mentorship-color-subtle, var(--color-subtle, var(--_default-quiet)));
    --_link: var(--mentorship-color-link, var(--color-progressive, var(--_default-link)));
    --_page: var(--mentorship-background, var(--background-color-base, var(--_default-page)));
    --_tint: var(
      --mentorship-background-subtle,
      var(--background-color-neutral-subtle, var(--_default-tint))
    );
    --_line: var(--mentorship-border-color, var(--border-color-subtle, var(--_default-line)));
    --_edge: var(--mentorship-border-color, var(--border-color-interactive, var(--_default-edge)));
    --_waiting: var(--color-warning, light-dark(#7b5a20, #ca982e));
    --_answered: var(--color-success, light-dark(#146c57, #2cb491));
    --_fill: var(--mentorship-background-progressive, var(--background-color-progressive, #36c));
    --_fill-text: var(--mentorship-color-inverted, var(--color-inverted-fixed, #fff));
  }
  /* Chromium before 123 and Safari before 17.5 use system colors, which follow the color scheme, too. */
  @supports not (color: light-dark(red, red)) {
    :host {
      --_default-text: CanvasText;
      --_default-quiet: CanvasText;
      --_default-link: CanvasText;
      --_default-page: Canvas;
      --_default-tint: Canvas;
      --_default-line: GrayText;
      --_default-edge: GrayText;
      --_waiting: CanvasText;
      --_answered: CanvasText;
    }
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
