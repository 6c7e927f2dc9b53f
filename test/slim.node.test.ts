import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { unsupportedIn } from '../scripts/slim-lit/refused.mjs';

const moduleWith = (template: string) =>
  `import { html } from 'lit';\nexport const view = (a: string, b: string) => html\`${template}\`;\n`;

/** What the trimmed Lit would read wrongly, without a word. */
const REFUSED = {
  'a part of an attribute': '<p class="a ${b}"></p>',
  'a part of an attribute, at its beginning': '<p class="${a} b"></p>',
  'a part of an attribute without quotes': '<p class=a${b}></p>',
  'a part of an attribute without quotes, at its beginning': '<p class=${a}b></p>',
  'two expressions in an attribute': '<a href=${a}${b}></a>',
  'two expressions in quotes': '<a href="${a}${b}"></a>',
  'an expression that ends with a slash': '<input value=${a}/>',
  'an expression for an element': '<a ${a}></a>',
  'an expression for an element, after an attribute': '<a href=${a} ${b}></a>',
  'an expression for an element, after a listener with an arrow': '<a @click=${() => a > b} ${b}></a>',
  'an expression for an element, after one in quotes': '<a href="${a}" ${b}></a>',
  'the name of an attribute': '<a ${a}=${b}></a>',
  'the name of a tag': '<${a}></${a}>',
  'a part of the name of a tag': '<my-${a}></my-${a}>',
  'an attribute in single quotes': "<p class='a'></p>",
  'a comment': '<!-- ${a} -->',
  'a tag in capitals': '<P class=${a}></P>',
  'a style sheet': '<style>p { color: ${a}; }</style>',
  'a title': '<title>${a}</title>',
  'the text of a text field': '<textarea>${a}</textarea>',
  'an object that listens': '<a @click=${{ handleEvent() {} }}></a>',
  'an object that listens, in quotes': '<a @click="${{ handleEvent }}"></a>',
  'an iterable': '<ul>${new Set([1, 2])}</ul>',
  'a template within a template': '<ul>${[a].map(() => html`<li class=a${b}></li>`)}</ul>',
};

const TAKEN = {
  'children, attributes, properties and listeners':
    '<a class="a b" href=${a} title="${b}" .text=${a} ?hidden=${b} @click=${() => a > b}>${a} and ${b}</a>',
  'static attributes of each kind': '<input type=radio required name="a>b" value=${a} />',
  'tags that have lines of their own': '<p\n  lang=${a}\n  class="b"\n>\n  ${b}${a}\n</p>',
  'a property that is an object': '<a .data=${{ a, b }}></a>',
  'a text field': '<textarea .value=${a}></textarea>',
  'a text field, with other quotes': '<textarea .value="${a}" rows="3"></textarea>',
  'a template within a template': '<ul>${[a].map((one) => html`<li class=${one}></li>`)}</ul>',
  'a drawing': '<svg viewBox="0 0 20 20"><path d="M1 1v2z" /></svg>',
  'what is no template of Lit': '${`?title=a${b}<${a}>`}',
};

describe('what scripts/slim-lit.mjs takes out of Lit', () => {
  for (const [name, template] of Object.entries(REFUSED))
    it(`is missed by: ${name}`, () => {
      assert.match(unsupportedIn(moduleWith(template)) ?? 'nothing', /^It has /);
    });

  for (const [name, template] of Object.entries(TAKEN))
    it(`is not missed by: ${name}`, () => {
      assert.equal(unsupportedIn(moduleWith(template)), null);
    });

  const MODULES = {
    'more of Lit': "import { html, noChange } from 'lit';",
    directives: "import { repeat } from 'lit/directives/repeat.js';",
    'an expression in styles': "import { css } from 'lit';\nconst styles = css`p { color: ${colour}; }`;",
    hooks: "import { LitElement } from 'lit';\nclass A extends LitElement {\n  firstUpdated() {}\n}",
    'a property with a type':
      "import { LitElement } from 'lit';\nclass A extends LitElement {\n  static override properties = {\n    a: { type: Boolean },\n  };\n}",
  };
  for (const [name, code] of Object.entries(MODULES))
    it(`is missed by a module with ${name}`, () => {
      assert.match(unsupportedIn(code) ?? 'nothing', /^It /);
    });

  it('is missed by no module of ours', () => {
    const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    assert.ok(files.length > 40);
    for (const file of files) assert.equal(unsupportedIn(readFileSync(`src/${file}`, 'utf8')), null, file);
  });
});
