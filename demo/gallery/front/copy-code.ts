import type { Settings } from './fields.js';
import { sampleSnapshot } from './sample-snapshot.js';

/** Address of the stand-alone element, which the gallery's server and the site have beside the page. */
const moduleUrl = () => new URL('mentorship-module.js', document.baseURI).href;

const json = (settings: Settings) => JSON.stringify(sampleSnapshot(settings, new Date()), null, 2);

/** Returns the attributes that differ from the element's defaults. */
const attributesOf = ({ lang, theme, dir }: Settings): [name: 'lang' | 'theme' | 'dir', value: string][] => [
  ['lang', lang],
  ...(theme === 'auto' ? [] : [['theme', theme] satisfies ['theme', string]]),
  ...(dir === 'auto' ? [] : [['dir', dir] satisfies ['dir', string]]),
];

/** Returns CSS declarations for width and text size, by property. */
const stylesOf = ({ width, text }: Settings): [property: string, value: string][] => [
  ...(width === 'full' ? [] : [['max-inline-size', `${width}px`] satisfies [string, string]]),
  ...(text === '100' ? [] : [['font-size', `${text}%`] satisfies [string, string]]),
];

/** Escapes JSON for a script element, which its strings must not end. */
const forScript = (code: string) => code.replaceAll('<', '\\u003c');

/** Returns HTML that shows the card on any page. */
export function toHtml(settings: Settings): string {
  const attributes = attributesOf(settings).map(([name, value]) => ` ${name}="${value}"`);
  const styles = stylesOf(settings).map(([property, value]) => `    ${property}: ${value};\n`);
  return `<script type="module" src="${moduleUrl()}"></script>
${styles.length > 0 ? `<style>\n  mentorship-module {\n    display: block;\n${styles.join('')}  }\n</style>\n` : ''}
<!-- On a wiki, set api="/w/api.php" and leave the last script out. -->
<mentorship-module${attributes.join('')}></mentorship-module>

<script type="module">
  document.querySelector('mentorship-module').snapshot = ${forScript(json(settings))};
</script>
`;
}

/** Returns a module that adds the card to any page. */
export function toJavaScript(settings: Settings): string {
  const lines = [
    ...attributesOf(settings).map(([name, value]) => `card.${name} = '${value}';`),
    ...stylesOf(settings).map(([property, value]) => `card.style.setProperty('${property}', '${value}');`),
  ];
  return `await import('${moduleUrl()}');

const card = document.createElement('mentorship-module');
${lines.join('\n')}
// On a wiki, set card.api = '/w/api.php' instead.
card.snapshot = ${json(settings)};
document.body.append(card);
`;
}
