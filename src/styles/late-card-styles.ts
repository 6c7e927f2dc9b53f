import { css } from 'lit';

/** Styles that a card needs once the viewer acts, in forced colors, or on paper. None changes its height. */
export const lateCardStyles = css`
  :disabled,
  [aria-busy='true'] {
    opacity: 0.6;
  }
  a:hover,
  .primary:hover {
    text-decoration: underline;
  }
  .quiet-button:hover,
  .more:hover {
    background: var(--_tint);
  }
  [popover] {
    padding-block: 0.25em;
    border: 1px solid var(--_line);
    border-radius: 2px;
    background: var(--_page);
    color: var(--_text);
    box-shadow: 0 2px 6px rgb(0 0 0 / 30%);
  }
  [popover] :is(a, button) {
    display: block;
    box-sizing: border-box;
    inline-size: 100%;
    min-block-size: 2em;
    padding: 0.25em 0.75em;
    color: inherit;
    text-decoration: none;
  }
  [popover] :is(a, button):is(:hover, :focus-visible) {
    background: var(--_tint);
    text-decoration: none;
  }
  [popover] :focus-visible {
    outline-offset: -2px;
  }
  @media print {
    .more,
    .actions,
    .note-actions,
    dialog {
      display: none;
    }
    section {
      break-inside: avoid;
    }
  }
  @media (forced-colors: active) {
    .primary,
    .button,
    button {
      border-color: LinkText;
    }
    .plain {
      color: LinkText;
    }
    blockquote {
      border-color: CanvasText;
    }
  }
`;
