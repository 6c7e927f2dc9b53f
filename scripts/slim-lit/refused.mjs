/** By what can be seen in a module's text, what it would need of Lit that is not there. */
const UNSUPPORTED = [
  [/import [^;]*\b(svg|mathml|noChange|unsafeCSS)\b[^;]* from 'lit'/, 'It imports more of Lit'],
  [/from 'lit\/|from 'lit-/, 'It has directives'],
  [/\bcss`[^`]*\$\{/, 'It has an expression in its styles'],
  [/\b(host(Update|Updated)|firstUpdated|shouldUpdate|removeController)\(/, 'It has hooks of updates'],
  [/<[\w-]+(\s[^<>$]*)?\s\$\{/, 'It has an expression for an element in a template'],
  [/\s[\w-]+=["'][^"'\n]*\$\{/, 'It has an expression for a part of an attribute in a template'],
  [/\s[\w-]+='/, 'It has attributes in single quotes in a template'],
  [
    /<!--|<(script|style|title)\b|<textarea\b(?![^<]*><\/textarea>)/,
    'It has comments or raw text in a template',
  ],
];

/** Says what a module of ours does that only the whole of Lit can; null: nothing. */
export function unsupportedIn(code) {
  if (!/from 'lit/.test(code)) return null;
  const properties = /static override properties = \{\n([^]*?)\n {2}\};/.exec(code)?.[1] ?? '';
  const odd = properties
    .split('\n')
    .find((line) => line && !/^ +[a-z]+: \{( reflect: true | attribute: false )?\},$/.test(line));
  if (odd) return `It has a property with other options or in capitals: ${odd.trim()}`;
  return UNSUPPORTED.find(([pattern]) => pattern.test(code))?.[1] ?? null;
}
