/**
 * Makes one classic script of what rollup put together: MediaWiki checks gadgets with a parser that knows ES2016, from 1.41 on.
 * esbuild writes newer syntax in older words; private names it would turn into WeakMaps, so they become names that
 * terser shortens with Lit's own.
 */
import { transformSync } from 'esbuild';

const walk = (node, visit) => {
  if (Array.isArray(node)) for (const each of node) walk(each, visit);
  else if (node && typeof node === 'object') {
    if (typeof node.type === 'string') visit(node);
    for (const [key, value] of Object.entries(node)) if (key !== 'type') walk(value, visit);
  }
};

/** terser would make literals of calls of `RegExp` again. */
export const REGEXP = '__RegExp';

/** Properties of characters, names of groups, looking back, dots for all: later than ES2016. */
const isNew = ({ pattern, flags }) => /\\[pP]\{|\(\?<|\\k</.test(pattern) || /[sdv]/.test(flags);

/** `#name` as `_own_name`; the compiler has seen to it that nobody else reads it. */
function inOldWords(code, ast) {
  const edits = [];
  walk(ast, ({ type, name, start, end, operator, left, regex }) => {
    if (type === 'PrivateIdentifier') edits.push([start, end, `_own_${name}`]);
    if (regex && isNew(regex)) {
      const { pattern, flags } = regex;
      edits.push([start, end, `${REGEXP}(${JSON.stringify(pattern)}, "${flags}")`]);
    }
    if (type === 'BinaryExpression' && operator === 'in' && left.type === 'PrivateIdentifier')
      throw new Error(`scripts/classic.mjs does not know #${left.name} in …`);
  });
  return edits
    .sort(([a], [b]) => b - a)
    .reduce((text, [start, end, to]) => text.slice(0, start) + to + text.slice(end), code);
}

export const classic = {
  name: 'classic',
  renderChunk(code) {
    const { code: lowered } = transformSync(inOldWords(code, this.parse(code)), {
      // Fields as assignments; as JavaScript, each would be a call of defineProperty.
      loader: 'ts',
      tsconfigRaw: { compilerOptions: { useDefineForClassFields: false, target: 'ES2016' } },
      target: 'es2016',
      legalComments: 'none',
    });
    return { code: lowered, map: null };
  },
};
