import { css } from 'lit';

/** Styles that a card needs once the viewer acts, in other color schemes, or on paper. None changes its height. */
export const lateCardStyles = css`
  a:hover,
  .primary:hover {
    text-decoration: underline;
  }
  .quiet-button:hover,
  .more:hover {
    background: var(--_tint);
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
