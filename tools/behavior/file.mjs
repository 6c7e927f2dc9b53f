import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Shorter values are repeated rather than referred to. */
const SHORT = 100;

/** Replaces each repeated value by `{ sameAs: path of the first one }`, because most of a recording is repetition. */
function compact(root) {
  const known = new Map();
  const visit = (value, at) => {
    const json = JSON.stringify(value);
    if (json.length > SHORT) {
      const sameAs = known.get(json);
      if (sameAs !== undefined) return { sameAs };
      known.set(json, at);
    }
    if (Array.isArray(value)) return value.map((item, index) => visit(item, `${at}/${index}`));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visit(item, `${at}/${key}`)]));
  };
  return visit(root, '');
}

function expand(root) {
  const known = new Map();
  const read = (value, at) => {
    if (Array.isArray(value)) return value.map((item, index) => visit(item, `${at}/${index}`));
    if (typeof value !== 'object' || value === null) return value;
    if (typeof value.sameAs === 'string') return known.get(value.sameAs);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visit(item, `${at}/${key}`)]));
  };
  const visit = (value, at) => {
    const whole = read(value, at);
    known.set(at, whole);
    return whole;
  };
  return visit(root, '');
}

export async function writeBehavior(file, behavior) {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(compact(behavior), null, 1)}\n`);
}

export const readBehavior = async (file) => expand(JSON.parse(await readFile(file, 'utf8')));
