// Writes the types of frameworks and the data of editors to dist/, from custom-elements.json. Runs after tsc.
// docs/adr/0014-types-of-frameworks.md says why the types are written here and the data by published generators.
import { readFileSync, writeFileSync } from 'node:fs';
import { getWebTypesData } from 'custom-element-jet-brains-integration';
import { getVsCodeHtmlCustomData } from 'custom-element-vs-code-integration';
import { format } from 'prettier';

const readManifest = () => JSON.parse(readFileSync('custom-elements.json', 'utf8'));

const element = readManifest()
  .modules.flatMap(({ declarations = [] }) => declarations)
  .find(({ tagName }) => tagName);
const { name: className, tagName } = element;
const propsName = `${className}Props`;

const comment = (text = '') => (text ? `/** ${text.replaceAll('\n', ' ')} */\n` : '');
const member = (name, type, description) => `${comment(description)}'${name}'?: ${type} | undefined;`;

/**
 * Returns the members of an interface: every attribute, and every property that can be set. An attribute's type
 * comes from the manifest, because the class accepts any string there; other properties refer to the class.
 *
 * @param {string} booleanAttribute - the type of a boolean attribute whose property has another name
 */
function props(booleanAttribute) {
  const attributes = element.attributes.map(({ name, fieldName = name, type, description }) =>
    member(name, type.text === 'boolean' && name !== fieldName ? booleanAttribute : type.text, description),
  );
  const names = new Set(element.attributes.map(({ name }) => name));
  const properties = element.members
    .filter(({ kind, name, static: isStatic, readonly }) => {
      return kind === 'field' && !isStatic && !readonly && !names.has(name);
    })
    .map(({ name, attribute, type, description }) =>
      member(name, attribute ? type.text : `${className}['${name}']`, description),
    );
  return [...attributes, ...properties].join('\n');
}

/** @param {(name: string) => string} property - the framework's property for a listener */
const listeners = (property) =>
  element.events
    .map(({ name, type, description }) =>
      member(property(name), `((event: ${type.text}) => void)`, description),
    )
    .join('\n');

const pascalCase = (name) => name.replace(/(?:^|-)(\w)/g, (_, letter) => letter.toUpperCase());
const classes = [...new Set([className, ...element.events.map(({ type }) => type.text)])].join(', ');
const importClasses = `import type { ${classes} } from './index.js';`;
// Frameworks that call setAttribute('…', false) set the attribute, so false is no value of a boolean attribute there.
const PRESENT_OR_ABSENT = "true | '' | null";

const types = {
  react: `import type { DetailedHTMLProps, HTMLAttributes } from 'react';
${importClasses}

/** Attributes, properties and events of \`<${tagName}>\` in React 19 or later. */
export interface ${propsName} {
${props('boolean | null')}
${listeners((name) => `on${name}`)}
}

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      '${tagName}': DetailedHTMLProps<
        Omit<HTMLAttributes<${className}>, keyof ${propsName}> & ${propsName}, ${className}>;
    }
  }
}`,
  vue: `import type { HTMLAttributes, PublicProps } from 'vue';
${importClasses}

/** Attributes, properties and events of \`<${tagName}>\` in Vue. */
export interface ${propsName} {
${props(PRESENT_OR_ABSENT)}
${listeners((name) => `on${pascalCase(name)}`)}
}

declare module 'vue' {
  interface GlobalComponents {
    '${tagName}': new () => ${className} & {
      /** Exists for the types of templates only. */
      $props: Omit<HTMLAttributes, keyof ${propsName}> & ${propsName} & PublicProps;
    };
  }
}`,
  svelte: `import type { HTMLAttributes } from 'svelte/elements';
${importClasses}

/** Attributes, properties and events of \`<${tagName}>\` in Svelte 5 or later. */
export interface ${propsName} {
${props(PRESENT_OR_ABSENT)}
${listeners((name) => `on${name}`)}
}

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    '${tagName}': Omit<HTMLAttributes<${className}>, keyof ${propsName}> & ${propsName};
  }
}`,
};

// The generators would write “default: undefined” beside each custom property.
const options = { hideCssPropertiesDocs: true, hideLogs: true };
const data = {
  'vscode.html-custom-data.json': getVsCodeHtmlCustomData(readManifest(), options),
  'web-types.json': getWebTypesData(readManifest(), {
    ...options,
    modulePathTemplate: () => './dist/index.js',
  }),
};

const generated = {
  ...Object.fromEntries(Object.entries(types).map(([name, text]) => [`types/${name}.d.ts`, text])),
  // One file for all of `./locales/*`.
  'types/locale.d.ts':
    '/** Texts by message id. */\ndeclare const texts: Readonly<Record<string, string>>;\nexport default texts;\n',
  ...data,
};
for (const [file, text] of Object.entries(generated))
  writeFileSync(`dist/${file}`, await format(text, { filepath: file, printWidth: 110, singleQuote: true }));
