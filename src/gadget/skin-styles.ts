import { css } from 'lit';

/**
 * Resets the properties that the card would inherit from the wiki's skin. Dark mode follows the reader's setting on the
 * wiki (and the system's preference only if the setting says so). Print is always light.
 */
const { styleSheet } = css`
  mentorship-module {
    margin-block-end: 1em;
    font-size: max(1em, 0.8125rem);
    font-style: normal;
    font-weight: 400;
    letter-spacing: normal;
    text-indent: 0;
    text-transform: none;
    white-space: normal;
    word-spacing: normal;
  }
  mentorship-module:not([theme='light'], [theme='dark']) {
    color-scheme: light;
  }
  @media screen {
    .skin-theme-clientpref-night mentorship-module:not([theme='light'], [theme='dark']) {
      color-scheme: dark;
    }
  }
  @media screen and (prefers-color-scheme: dark) {
    .skin-theme-clientpref-os mentorship-module:not([theme='light'], [theme='dark']) {
      color-scheme: dark;
    }
  }
`;

export function applySkinStyles(): void {
  if (styleSheet) document.adoptedStyleSheets = [...document.adoptedStyleSheets, styleSheet];
}
