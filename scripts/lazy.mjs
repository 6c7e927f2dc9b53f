/**
 * Files that are loaded on first use share what the first file has (Lit, the SDK), and rollup has them import it by its
 * bare name. A page that loads `mentorship-module.js?v=3`, or a copy of another name, would then evaluate it twice. So
 * each such file is built as a function that is handed what it shares: docs/adr/0007.
 */
const SHARED = '__shared';

export const isImport = (node) => node.type === 'ImportDeclaration';
export const isExport = (node) => node.type === 'ExportNamedDeclaration';

/** `{ a as b }` of an import or export, as a pattern or an object. */
export const members = (pairs) => `{${pairs.map(([name, local]) => `${name}: ${local}`).join(', ')}}`;

/** What a file exports, each as [its name there, its name here]. */
export const handedBy = (exports) =>
  exports.flatMap(({ specifiers }) => specifiers).map(({ exported, local }) => [exported.name, local.name]);

function nodesOf(type, node, found = []) {
  if (Array.isArray(node)) for (const each of node) nodesOf(type, each, found);
  else if (node && typeof node === 'object') {
    if (node.type === type) found.push(node);
    for (const [key, value] of Object.entries(node)) if (key !== 'type') nodesOf(type, value, found);
  }
  return found;
}

export const dynamicImports = (node) => nodesOf('ImportExpression', node);

/** Replaces pieces of the text; `edits` are [start, end, replacement]. */
export const edited = (code, edits) =>
  [...edits]
    .sort(([a], [b]) => b - a)
    .reduce((text, [start, end, replacement]) => text.slice(0, start) + replacement + text.slice(end), code);

export const lazy = {
  name: 'lazy',
  renderChunk(code, chunk, _, { chunks }) {
    const { body } = this.parse(code);
    const imports = body.filter(isImport);
    const exports = body.filter(isExport);
    if (body.some((node) => node.type.startsWith('Export') && (!isExport(node) || node.declaration)))
      this.error(`${chunk.fileName} exports in a way that scripts/lazy.mjs does not know`);
    const handed = handedBy(exports);
    // One word for what has two is shorter; rollup has refused by now what would write to a constant.
    const words = nodesOf('VariableDeclaration', body)
      .filter(({ kind }) => kind === 'const')
      .map(({ start }) => [start, start + 'const'.length, 'let']);
    const edits = dynamicImports(body).map(({ start, end }) => [
      start,
      end,
      `${code.slice(start, end)}.then((file) => file.default(${SHARED}))`,
    ]);
    const drop = [...imports, ...exports].map(({ start, end }) => [start, end, '']);
    const rest = edited(code, [...words, ...edits, ...drop]);

    if (chunk.isEntry) {
      if (imports.length) this.error(`${chunk.fileName} imports ${imports[0].source.value}`);
      // Last, since it is all there by then; whoever asks for a part asks for this only when the part has come.
      const locals = new Map(handed);
      const list = chunk.exports.map((name) => locals.get(name));
      return { code: `${rest}\nlet ${SHARED} = { entry: [${list}] };`, map: null };
    }
    const entry = (path) => path.endsWith('/mentorship-module.js');
    const { exports: inEntry } = Object.values(chunks).find(({ isEntry }) => isEntry);
    const lines = imports.map(({ source, specifiers }, index) => {
      const named = specifiers.map(({ imported, local }) => [imported.name, local.name]);
      if (!entry(source.value)) return `let ${members(named)} = file${index}(${SHARED});`;
      const locals = new Map(named);
      return `let [${inEntry.map((name) => locals.get(name) ?? '')}] = ${SHARED}.entry;`;
    });
    const heads = imports
      .map(({ source }, index) =>
        entry(source.value) ? '' : `import file${index} from ${JSON.stringify(source.value)};`,
      )
      .join('\n');
    // Evaluated once for each copy of the first file, as a module would be.
    const key = JSON.stringify(chunk.name);
    return {
      code: `${heads}\nexport default (${SHARED}) => ${SHARED}[${key}] ??= (() => {\n${lines.join('\n')}\n${rest}\nreturn ${members(handed)};\n})();`,
      map: null,
    };
  },
};
