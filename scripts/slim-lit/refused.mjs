/** By what can be seen in a module's text, what it would need of Lit that is not there. */
import ts from 'typescript';

const UNSUPPORTED = [
  [/import [^;]*\b(svg|mathml|noChange|unsafeCSS)\b[^;]* from 'lit'/, 'It imports more of Lit'],
  [/from 'lit\/|from 'lit-/, 'It has directives'],
  [/\bcss`[^`]*\$\{/, 'It has an expression in its styles'],
  [/\b(host(Update|Updated)|firstUpdated|shouldUpdate|removeController)\(/, 'It has hooks of updates'],
];

/** In a template's text, `${}` for each expression; `${{}}` for an object, and `${new}` for what is made there. */
const ODD = [
  [/<(script|style|title)\b|<textarea\b(?![^<]*><\/textarea>)/, 'It has raw text in a template'],
  [/@[^\s=]+="?\$\{\{\}\}/, 'It has an object that listens'],
  [/\$\{new\}/, 'It has a value in a template that is neither a text, a template nor an array of them'],
];

const VALUE = /"[^"$]*"|"\$\{[^}]*\}+"|\$\{[^}]*\}+(?=[\s>])|[^\s"'`<>=$]+/.source;
/** A whole tag: each attribute has no expression, or is one. */
const TAG = new RegExp(
  String.raw`^<(/[a-z][\w-]*|[a-z][\w-]*(\s+[.?@]?[a-zA-Z][\w-]*(=(${VALUE}))?)*\s*/?)>`,
);

const signFor = (expression) => {
  if (ts.isObjectLiteralExpression(expression)) return '${{}}';
  return ts.isNewExpression(expression) ? '${new}' : '${}';
};

function textOf(template) {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text;
  const rest = template.templateSpans.map(({ expression, literal }) => signFor(expression) + literal.text);
  return template.head.text + rest.join('');
}

function templatesIn(code) {
  const texts = [];
  const visit = (node) => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.text === 'html') texts.push(textOf(node.template));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('module.ts', code, ts.ScriptTarget.Latest));
  return texts;
}

function oddTag(template) {
  const starts = [...template.matchAll(/</g)].map(({ index }) => template.slice(index));
  const odd = starts.find((start) => !TAG.test(start));
  return odd && `It has this in a template: ${odd.slice(0, 80)}`;
}

const oddIn = (table, text) => table.find(([pattern]) => pattern.test(text))?.[1];

/** Says what a module of ours does that only the whole of Lit can; null: nothing. */
export function unsupportedIn(code) {
  if (!/from 'lit/.test(code)) return null;
  const properties = /static override properties = \{\n([^]*?)\n {2}\};/.exec(code)?.[1] ?? '';
  const odd = properties
    .split('\n')
    .find((line) => line && !/^ +[a-z]+: \{( reflect: true | attribute: false )?\},$/.test(line));
  if (odd) return `It has a property with other options or in capitals: ${odd.trim()}`;
  const inTemplate = (text) => oddIn(ODD, text) ?? oddTag(text);
  return oddIn(UNSUPPORTED, code) ?? templatesIn(code).map(inTemplate).find(Boolean) ?? null;
}
