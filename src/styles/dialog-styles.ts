import { css } from 'lit';

export const dialogStyles = css`
  dialog {
    --_bad: var(--mentorship-color-error, var(--color-destructive, light-dark(#b32424, #fd7865)));
    --_bad-tint: var(--background-color-error-subtle, light-dark(#ffe9e5, #3c1a13));
    --_bad-fill: var(--background-color-destructive, #b32424);
    box-sizing: border-box;
    inline-size: min(32em, 100% - 2em);
    max-block-size: calc(100dvh - 2em);
    padding: 1em;
    border: 1px solid var(--_line);
    border-radius: 2px;
    background: var(--_page);
    color: var(--_text);
    accent-color: var(--_fill);
    overflow: auto;
    overscroll-behavior: contain;
    /* Ancestors must not make a modal dialog invisible or unusable. */
    visibility: visible;
    pointer-events: auto;
  }
  :host([theme='light']) dialog,
  :host([theme='dark']) dialog {
    --color-destructive: initial;
    --background-color-error-subtle: initial;
    --background-color-destructive: initial;
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 60%);
  }
  dialog form {
    display: grid;
    gap: 0.75em;
  }
  dialog > * + * {
    margin-block-start: 0.75em;
  }
  header {
    display: flex;
    gap: 1em;
    justify-content: space-between;
    align-items: start;
  }
  .close {
    flex: none;
    display: grid;
    place-content: center;
    inline-size: 2em;
    padding: 0;
    border-color: transparent;
    background: inherit;
  }
  dialog:not(.whole) .actions {
    justify-content: end;
  }
  /* The dialog may be wider than the card, whose width the card's styles ask for. */
  dialog:not(.whole) .actions > * {
    flex: 0 1 auto;
  }
  .destructive {
    background: var(--_bad-fill);
  }
  .rows {
    display: grid;
    gap: 0.75em;
  }
  .rows li {
    display: flex;
    gap: 0.75em;
    align-items: start;
  }
  .rows svg {
    margin-block-start: 0.15em;
    fill: var(--_quiet);
  }
  label {
    font-weight: 700;
  }
  textarea,
  input:not([type='radio'], [type='checkbox']) {
    box-sizing: border-box;
    inline-size: 100%;
    padding: 0.5em;
    border: 1px solid var(--_edge);
    border-radius: 2px;
    background: var(--_page);
    color: inherit;
    font: inherit;
    resize: vertical;
  }
  [aria-invalid='true'] {
    border-color: var(--_bad);
  }
  dialog [role='alert']:has(*) {
    position: relative;
    padding: 0.5em 0.75em;
    padding-inline-start: 2.75em;
    border: 1px solid var(--_bad);
    border-radius: 2px;
    background: var(--_bad-tint);
  }
  [role='alert'] > p:first-child {
    font-weight: 700;
  }
  .bad {
    border-color: var(--_bad);
    background: var(--_bad-tint);
  }
  .bad > svg {
    fill: var(--_bad);
  }
  [role='alert'] > p > svg {
    position: absolute;
    inset-inline-start: 0.75em;
    margin-block-start: 0.15em;
    fill: var(--_bad);
  }
  /* Focused only by script, so that screen readers continue there; not interactive, so no focus ring. */
  dialog h2:focus,
  dialog p:focus {
    outline: none;
  }
  fieldset {
    display: grid;
    gap: 0.5em;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    padding: 0;
    margin-block-end: 0.5em;
    font-weight: 700;
  }
  .choice {
    display: flex;
    gap: 0.5em;
    align-items: baseline;
    font-weight: 400;
  }
  .points {
    display: grid;
    gap: 0.5em;
    padding-inline-start: 1.25em;
    list-style: disc;
  }
  progress {
    box-sizing: border-box;
    inline-size: 100%;
    /* The color of links is light on dark, for which browsers draw a dark track. */
    accent-color: var(--_link);
  }
  dialog:not(.whole) a:not(.primary, .button) {
    text-decoration: underline;
    text-decoration-thickness: from-font;
    text-underline-offset: 0.15em;
  }
  [aria-disabled='true'] {
    opacity: 0.6;
    cursor: default;
  }
  .note,
  .note-actions {
    margin: 0;
    padding: 0.5em 1em;
    border: 1px solid var(--_line);
    border-block-end: 0;
    border-radius: 0;
    background: var(--_tint);
  }
  .note + .note-actions {
    padding-block-start: 0;
    border-block-start: 0;
  }
  .note-actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
  }
  /* The notice has replaced the card. */
  #dialogs:last-child {
    border-block-end: 1px solid var(--_line);
  }
  .small {
    inline-size: min(26em, 100% - 2em);
  }
  @media (width < 40em) {
    dialog:not(.small) {
      inline-size: 100%;
      max-inline-size: none;
      block-size: 100dvh;
      max-block-size: none;
      margin: 0;
      border: 0;
      border-radius: 0;
    }
    dialog:not(.whole) .actions > * {
      flex: 1 1 100%;
    }
  }
`;

/** Shows the element without a card, while it has a dialog or a notice. */
export const noCardStyles = css`
  :host([variant='none']:not([hidden])) {
    display: block;
  }
`;
