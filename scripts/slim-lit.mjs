/**
 * What Lit does for templates and properties of kinds that we do not have. Lit's own source is what is built
 * (`development`, with its checks switched off), so that the text here can be read.
 */
import { LIT_ELEMENT, NO_CHECKS, REACTIVE_ELEMENT } from './slim-lit/elements.mjs';
import { PARTS } from './slim-lit/parts.mjs';
import { TEMPLATES } from './slim-lit/templates.mjs';

export { unsupportedIn } from './slim-lit/refused.mjs';

export const LIT_MODULES = {
  // Browsers without constructable stylesheets: they have no container queries either.
  '@lit/reactive-element/development/css-tag.js': `
    export const css = ([text]) => {
      const styleSheet = new CSSStyleSheet();
      styleSheet.replaceSync(text);
      return { styleSheet };
    };`,
};

export const LIT = {
  '@lit/reactive-element/development/reactive-element.js': REACTIVE_ELEMENT,
  'lit-element/development/lit-element.js': LIT_ELEMENT,
  'lit-html/development/lit-html.js': { definitions: PARTS, texts: [NO_CHECKS, ...TEMPLATES] },
};
