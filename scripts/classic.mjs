/**
 * Makes a classic script of what rollup put together: MediaWiki checks gadgets with a parser that knows ES2016, from
 * 1.41 on. What esbuild would write at length stands here in fewer words; the rest is left to it. docs/adr/0010.
 */
import { transformSync } from 'esbuild';

/** terser would make literals of calls of `RegExp` again. */
const REGEXP = '__RegExp';
/** One for all: it is read at once where it was set, and nothing runs between. */
const HELD = '__held';

const MERGED = '__merged';
const OWN_HELPERS = `
let ${HELD};
const ${MERGED} = (...parts) => Object.fromEntries(parts.flatMap((part) => Object.entries(part || {})));
`;

/** Properties of characters, names of groups, looking back, dots for all: later than ES2016. */
const isNew = ({ pattern, flags }) => /\\[pP]\{|\(\?<|\\k</.test(pattern) || /[sdv]/.test(flags);

/** In place of esbuild's, for what we have: functions that await, and rests of plain objects. */
const HELPERS = {
  __async: `var __async = (self, args, body) => new Promise((resolve, reject) => {
    const run = body.apply(self, args);
    const step = (how, value) => {
      try {
        const { done, value: next } = run[how](value);
        if (done) resolve(next);
        else Promise.resolve(next).then((value) => step('next', value), (error) => step('throw', error));
      } catch (error) { reject(error); }
    };
    step('next');
  });`,
  __objRest: `var __objRest = (source, taken) => {
    const rest = Object.assign({}, source);
    for (const name of taken) delete rest[name];
    return rest;
  };`,
};

const isSpread = ({ type }) => type === 'SpreadElement';
const isNode = (value) => typeof value?.type === 'string';
const childrenOf = (node) => Object.values(node).flat().filter(isNode);

function writer(code) {
  /** The node's own text, with what has become of the nodes in it. */
  const inside = (node) => {
    let [text, at] = ['', node.start];
    const seen = new Set();
    for (const child of childrenOf(node).sort((a, b) => a.start - b.start)) {
      // A shorthand `{ a }` has its one name twice.
      if (seen.has(child.start)) continue;
      seen.add(child.start);
      text += code.slice(at, child.start) + write(child);
      at = child.end;
    }
    return text + code.slice(at, node.end);
  };

  /** `once` is used twice: a name as it is, all else held. */
  const held = (node) => {
    const text = write(node);
    return node.type === 'Identifier' ? [text, text] : [`(${HELD} = ${text})`, HELD];
  };

  const member = (object, { computed, property }) =>
    computed ? `${object}[${write(property)}]` : `${object}.${write(property)}`;

  /** `a?.b.c` as `a == null ? void 0 : a.b.c`. null: of a kind that is left to esbuild. */
  const chain = (top) => {
    const links = [];
    let link = top;
    for (; !link.optional; link = link.object ?? link.callee) {
      if (!/^(Member|Call)Expression$/.test(link.type)) return null;
      links.unshift(link);
    }
    if (link.type !== 'MemberExpression') return null;
    const inner = hasOptional(link.object) ? chain(link.object) : null;
    if (hasOptional(link.object) && !inner) return null;
    const [test, use] = inner ? [`(${HELD} = ${inner})`, HELD] : held(link.object);
    const rest = links.reduce(
      (text, each) =>
        each.type === 'MemberExpression'
          ? member(text, each)
          : `${text}(${each.arguments.map(write).join(', ')})`,
      member(use, link),
    );
    return `(${test} == null ? void 0 : ${rest})`;
  };

  const WRITE = {
    // The compiler has seen to it that nobody else reads it; terser shortens it with Lit's own.
    PrivateIdentifier: ({ name }) => `_own_${name}`,
    Literal: (node) => {
      if (!node.regex || !isNew(node.regex)) return inside(node);
      return `${REGEXP}(${JSON.stringify(node.regex.pattern)}, "${node.regex.flags}")`;
    },
    ChainExpression: (node) => chain(node.expression) ?? inside(node),
    LogicalExpression: (node) => {
      if (node.operator !== '??') return inside(node);
      const [test, use] = held(node.left);
      return `(${test} != null ? ${use} : (${write(node.right)}))`;
    },
    // As own properties, whatever their names: not as assignments to `__proto__`.
    ObjectExpression: (node) => {
      const { properties } = node;
      if (!properties.some(isSpread)) return inside(node);
      if (properties.some(({ kind }) => kind === 'get' || kind === 'set'))
        throw new Error('A getter beside a spread.');
      const parts = [];
      for (const [index, each] of properties.entries())
        if (isSpread(each)) parts.push(write(each.argument));
        else if (index && !isSpread(properties[index - 1]))
          parts.push(`${parts.pop().slice(0, -1)}, ${write(each)}}`);
        else parts.push(`{${write(each)}}`);
      return `${MERGED}(${parts.join(', ')})`;
    },
  };

  const write = (node) => (WRITE[node.type] ?? inside)(node);
  return write;
}

const hasOptional = (node) =>
  /^(Member|Call)Expression$/.test(node.type) && (node.optional || hasOptional(node.object ?? node.callee));

/** Those of esbuild's helpers that some script has had. */
const met = new Set();

export const classic = {
  name: 'classic',
  renderChunk(code) {
    const old = OWN_HELPERS + writer(code)(this.parse(code));
    const lowered = transformSync(old, {
      // Fields as assignments; as JavaScript, each would be a call of defineProperty.
      loader: 'ts',
      tsconfigRaw: { compilerOptions: { useDefineForClassFields: false, target: 'ES2016' } },
      target: 'es2016',
      legalComments: 'none',
    });
    const short = Object.entries(HELPERS).reduce((text, [name, helper]) => {
      const long = new RegExp(`^var ${name} = [^]*?\\n};\\n`, 'm');
      if (long.test(text)) met.add(name);
      return text.replace(long, () => helper);
    }, lowered.code);
    return { code: short, map: null };
  },
  generateBundle() {
    const left = Object.keys(HELPERS).filter((name) => !met.has(name));
    if (left.length) this.error(`esbuild has no ${left.join(', ')} any more.`);
  },
};

/** After terser. Nothing of it is to be seen outside. */
export const enclosed = {
  name: 'enclosed',
  renderChunk: (code) => ({
    code: `(()=>{"use strict";${code.replaceAll(REGEXP, 'RegExp').trim()}})();`,
    map: null,
  }),
};
