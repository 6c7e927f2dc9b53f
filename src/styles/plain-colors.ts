import { css } from 'lit';

/**
 * System colors, which follow the color scheme, too, for Chromium before 123 and Safari before 17.5. Loaded after the
 * card, which other browsers show without it.
 */
export const plainColors = css`
  @supports not (color: light-dark(red, red)) {
    :host {
      --_text: var(--mentorship-color, var(--color-base, CanvasText));
      --_quiet: var(--mentorship-color-subtle, var(--color-subtle, CanvasText));
      --_link: var(--mentorship-color-link, var(--color-progressive, CanvasText));
      --_page: var(--mentorship-background, var(--background-color-base, Canvas));
      --_tint: var(--mentorship-background-subtle, var(--background-color-neutral-subtle, Canvas));
      --_line: var(--mentorship-border-color, var(--border-color-subtle, GrayText));
      --_edge: var(--mentorship-border-color, var(--border-color-interactive, GrayText));
      --_waiting: var(--color-warning, CanvasText);
      --_answered: var(--color-success, CanvasText);
    }
  }
`;
