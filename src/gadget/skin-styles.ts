import { css } from 'lit';

/**
 * Adapts the card to the wiki's skin. Skins cannot style its inside, but properties of its surroundings are inherited. Night
 * is what the reader has chosen of the wiki, never what the system prefers alone; and paper is always light.
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

export function dress(): void {
  if (styleSheet) document.adoptedStyleSheets = [...document.adoptedStyleSheets, styleSheet];
}
