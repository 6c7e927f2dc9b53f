import { css } from 'lit';

export const cardStyles = css`
  :host {
    display: block;
    position: relative;
    container-type: inline-size;
    contain-intrinsic-inline-size: 20em;
    min-inline-size: min(15em, 100%);
    color: var(--_text);
    font-family: var(--mentorship-font-family, inherit);
    line-height: 1.6;
    overflow-wrap: anywhere;
    hyphens: auto;
    text-align: start;
  }
  /* Korean text wraps only between words. */
  :lang(ko) {
    word-break: keep-all;
  }
  :host([hidden]),
  :host([variant='none']) {
    display: none;
  }
  section {
    position: relative;
    box-sizing: border-box;
    display: grid;
    gap: 0.75em;
    padding: 1em;
    border: 1px solid var(--_line);
    border-radius: 2px;
    background: var(--_page);
  }
  /* Fills the room that the page reserves. Without any it has no height, because there may be no card. */
  .skeleton {
    position: absolute;
    inset: 0;
    overflow: hidden;
    box-shadow: inset 0 0 0 1px var(--_line);
    animation: appear 1ms 0.3s backwards;
  }
  /* The page names a signed-in viewer. */
  .room {
    position: static;
    block-size: var(--mentorship-room, 20.6875em);
  }
  :host([layout='summary']) .room {
    block-size: var(--mentorship-room, 8em);
  }
  .skeleton i {
    display: block;
    block-size: 1em;
    margin: 1em;
    border-radius: 2px;
    background: var(--_line);
    opacity: 0.5;
  }
  .skeleton i:first-child {
    inline-size: 40%;
  }
  .skeleton i:last-child {
    inline-size: 60%;
    block-size: 2em;
  }
  .skeleton .avatar {
    inline-size: 2.5em;
    block-size: 2.5em;
    border-radius: 50%;
  }
  :host(:is([likely='mentor'], [likely='unavailable'])) .avatar {
    display: none;
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
  h2,
  h3,
  p,
  ul,
  blockquote {
    margin: 0;
    padding: 0;
    font: inherit;
  }
  h2 {
    font-size: 1.125em;
    font-weight: 700;
  }
  ::slotted([slot]) {
    margin: 0;
  }
  h3 {
    color: var(--_quiet);
    font-size: 0.875em;
    font-weight: 700;
  }
  a {
    color: var(--_link);
    text-decoration: none;
    border-radius: 2px;
  }
  p a[class=''],
  .plain,
  .links a {
    text-decoration: underline;
    text-decoration-thickness: from-font;
    text-underline-offset: 0.15em;
  }
  :focus-visible {
    outline: 2px solid var(--_link);
    outline-offset: 2px;
  }
  .person {
    display: flex;
    gap: 0.75em;
  }
  svg {
    flex: none;
    inline-size: 1.25em;
    fill: currentColor;
  }
  .person > svg {
    inline-size: 2.25em;
    block-size: 2.25em;
    fill: var(--_quiet);
  }
  .quiet {
    display: flex;
    flex-wrap: wrap;
    gap: 0 1em;
    color: var(--_quiet);
    font-size: 0.875em;
  }
  .compact {
    display: grid;
    gap: 0.5em;
    font-size: max(0.875em, min(1em, 14px));
    line-height: 1.4;
  }
  .compact > :last-child {
    color: var(--_quiet);
  }
  .compact svg {
    block-size: 1lh;
    vertical-align: top;
    fill: var(--_link);
  }
  blockquote {
    padding-inline-start: 0.75em;
    border-inline-start: 0.25em solid var(--_line);
    white-space: pre-line;
  }
  .notice {
    position: relative;
    padding: 0.5em 0.75em;
    border: 1px solid var(--_line);
    border-radius: 2px;
    background: var(--_tint);
  }
  .notice:has(> svg) {
    padding-inline-start: 2.75em;
  }
  .notice > svg {
    position: absolute;
    inset-block-start: 0.65em;
    inset-inline-start: 0.75em;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em;
  }
  .primary,
  .button,
  .quiet-button,
  button {
    box-sizing: border-box;
    min-block-size: 2em;
    padding: 0.25em 0.75em;
    border: 1px solid var(--_edge);
    border-radius: 2px;
    background: var(--_tint);
    color: var(--_text);
    font: inherit;
    font-weight: 700;
    text-align: center;
    cursor: pointer;
  }
  /* A line is at least as high as a target must be. The box of an inline link is lower. */
  :not(.quiet) > .plain,
  li > a {
    display: inline-block;
  }
  strong a {
    display: block;
    inline-size: fit-content;
  }
  .plain {
    align-content: center;
    min-block-size: 24px;
    padding: 0;
    border: 0;
    background: none;
    color: var(--_link);
    font: inherit;
    text-align: start;
  }
  /* Keeps the target's height without raising the line. */
  p .plain {
    margin-block: min(0px, (1lh - 24px) / 2);
  }
  .primary {
    border-color: transparent;
    background: var(--_fill);
    color: var(--_fill-text);
  }
  .quiet-button,
  .more {
    border-color: transparent;
    background: inherit;
  }
  .more {
    position: absolute;
    inset-block-start: 0.9em;
    inset-inline-end: 0.75em;
    padding: 0 0.5em;
  }
  slot:has(+ .more) {
    display: block;
    padding-inline-end: 2em;
  }
  @supports (position-area: end) {
    [popover] {
      /* Uses insets, because Firefox moves a position-area off the screen if its direction is not the page's. */
      position-anchor: auto;
      inset: anchor(end) auto auto;
      inset-inline-end: anchor(self-end);
      margin: 0;
      position-try-fallbacks:
        flip-block,
        flip-inline,
        flip-block flip-inline;
    }
  }
  .history {
    margin-inline: -1em;
    padding: 0.75em 1em;
    background: var(--_tint);
  }
  ul {
    list-style: none;
  }
  .history li {
    margin-block-start: 0.5em;
  }
  .history li > :first-child {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    overflow: hidden;
  }
  .chip {
    display: inline-flex;
    gap: 0.25em;
    align-items: center;
    padding-inline: 0.5em;
    border: 1px solid;
    border-radius: 1em;
    font-weight: 700;
  }
  .chip svg {
    inline-size: 1em;
  }
  .waiting {
    color: var(--_waiting);
  }
  .answered {
    color: var(--_answered);
  }
  .links {
    display: grid;
    gap: 0.5em;
  }
  .announcement {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .summary :is(.detail, .quiet, svg) {
    display: none;
  }
  @container (max-width: 20em) {
    .actions > * {
      flex: 1 1 100%;
    }
    .actions:has(.quiet-button) > * {
      flex: 1 1 auto;
      padding-inline: 0.5em;
    }
  }
  @container (max-width: 12em) {
    .person > svg {
      display: none;
    }
    section {
      padding: 0.5em;
    }
    .history {
      margin-inline: -0.5em;
    }
  }
  @container (min-width: 30em) {
    .history li {
      display: flex;
      gap: 1em;
      align-items: baseline;
      justify-content: space-between;
    }
    .history .quiet {
      flex: none;
      justify-content: end;
      max-inline-size: 60%;
    }
  }
  @container (min-width: 40em) {
    .links {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      gap: 0.5em 1.5em;
    }
    p,
    blockquote {
      max-inline-size: 40em;
    }
  }
`;
