/**
 * Compares two recordings: `node tools/compare-behavior.mjs OLD NEW [--renames FILE]`. Exits with 1 if they differ.
 *
 * The list of renames is applied to OLD. A field of an event is named by its path: `mentorship-ready.variant.kind`. The
 * list has these parts:
 * - `names`: identifiers, old to new: segments of paths, whole values of fields, words in the names of cases and steps
 * - `fields`: paths, old to new, or to a list of new ones; applies to all below, too, and the longest one wins
 * - `added`, `removed`: paths that an event may have only in NEW, only in OLD, with all below; or one value: `path = null`
 * - `changed`: paths whose values are not compared
 * - `texts`: whole names and whole lines of text, old to new
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readBehavior } from './behavior/file.mjs';

const SHOWN_NAMES = 4;

const isAtOrBelow = (path, other) => path === other || path.startsWith(`${other}.`);

/** The fields of an event, one for each path. */
function flatten(value, path) {
  if (typeof value !== 'object' || value === null) return [[path, value]];
  const entries = Object.entries(value);
  if (entries.length === 0) return [[path, Array.isArray(value) ? [] : {}]];
  return entries.flatMap(([key, item]) => flatten(item, `${path}.${key}`));
}

const fieldsOf = ({ type, ...fields }) => flatten(fields, type);

const asLines = (fields) => fields.map(([path, value]) => `${path} = ${JSON.stringify(value)}`).sort();

/** Returns the path of a field from a line of a difference. */
const pathIn = (line) => line.slice(2).split(' = ')[0];

/** Returns the functions that rename an old recording, and that leave out expected differences. */
function renaming({ names = {}, fields = {}, texts = {}, added = [], removed = [], changed = [] }) {
  const name = (word) => names[word] ?? word;
  const isIn = (paths, path) => paths.some((one) => isAtOrBelow(path, one));
  const rules = Object.entries(fields).sort(([one], [other]) => other.length - one.length);
  const pathsFor = (path) => {
    const [old, targets] = rules.find(([old]) => isAtOrBelow(path, old)) ?? ['', ''];
    return [targets].flat().map((target) => {
      const renamed = target + path.slice(old.length);
      return renamed.split('.').map(name).join('.');
    });
  };
  const rename = ([path, value]) =>
    pathsFor(path).map((one) => [one, typeof value === 'string' ? name(value) : value]);
  const mask = ([path, value]) => [path, isIn(changed, path) ? '(changed)' : value];
  const isExpected = (line, lines) => {
    const [paths, other] = line.startsWith('+') ? [added, '-'] : [removed, '+'];
    const path = pathIn(line);
    const isListed = isIn(paths, path) || paths.includes(line.slice(2));
    return isListed && !lines.some((one) => one.startsWith(other) && pathIn(one) === path);
  };
  const text = (line) =>
    texts[line] ??
    line.replaceAll(/"([^"]*)"/g, (quoted, words) => (texts[words] ? `"${texts[words]}"` : quoted));
  return {
    subject: (words) => words.replaceAll(/[\w-]+/g, name),
    oldView: (lines) => lines.map(text),
    oldEvent: (event) => [event.type, ...asLines(fieldsOf(event).flatMap(rename).map(mask))],
    newEvent: (event) => [event.type, ...asLines(fieldsOf(event).map(mask))],
    unexpected: (lines) => lines.filter((line) => !isExpected(line, lines)),
  };
}

/** Returns the lines that only one side has, found through the longest common subsequence. */
function differences(older, newer) {
  const lengths = Array.from({ length: older.length + 1 }, () => Array(newer.length + 1).fill(0));
  for (let i = older.length - 1; i >= 0; i--)
    for (let j = newer.length - 1; j >= 0; j--)
      lengths[i][j] =
        older[i] === newer[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
  const lines = [];
  let [i, j] = [0, 0];
  while (i < older.length || j < newer.length)
    if (older[i] === newer[j]) [i, j] = [i + 1, j + 1];
    else if (j >= newer.length || (i < older.length && lengths[i + 1][j] >= lengths[i][j + 1]))
      lines.push(`- ${older[i++]}`);
    else lines.push(`+ ${newer[j++]}`);
  return lines;
}

/** The cards in German have texts only. */
const facets = (observed) =>
  Array.isArray(observed) ? { host: '', view: observed, events: [], requests: [] } : observed;

function compareOne(older, newer, renames) {
  const [before, after] = [facets(older), facets(newer)];
  return {
    host: differences([before.host], [after.host]),
    view: differences(renames.oldView(before.view), after.view),
    events: renames.unexpected(
      differences(before.events.flatMap(renames.oldEvent), after.events.flatMap(renames.newEvent)),
    ),
    requests: differences(before.requests, after.requests),
  };
}

/** Groups subjects by difference, because one change shows in many of them. */
function compare(older, newer, renames) {
  const found = new Map();
  const add = (what, lines, subject) => {
    const difference = [what, ...lines].join('\n  ');
    found.set(difference, [...(found.get(difference) ?? []), subject]);
  };
  for (const group of new Set([...Object.keys(older), ...Object.keys(newer)])) {
    const [before, after] = [older[group] ?? {}, newer[group] ?? {}];
    const left = new Set(Object.keys(after));
    for (const [old, observed] of Object.entries(before)) {
      const name = old in after ? old : renames.subject(old);
      left.delete(name);
      if (!(name in after)) add('only in the old recording', [], `${group}/${old}`);
      else
        for (const [facet, lines] of Object.entries(compareOne(observed, after[name], renames)))
          if (lines.length > 0) add(facet, lines, `${group}/${name}`);
    }
    for (const name of left) add('only in the new recording', [], `${group}/${name}`);
  }
  return found;
}

/** Escapes directional marks and other invisible characters. */
const visible = (text) =>
  text.replaceAll(/[^\P{C}\n]/gu, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { renames: { type: 'string' } },
});
const [older, newer] = positionals;
if (newer === undefined) throw new Error('Usage: node tools/compare-behavior.mjs OLD NEW [--renames FILE]');
const renames = values.renames ? JSON.parse(await readFile(values.renames, 'utf8')) : {};
const found = compare(await readBehavior(older), await readBehavior(newer), renaming(renames));
for (const [difference, subjects] of found) {
  const more = subjects.length - SHOWN_NAMES;
  const names = subjects.slice(0, SHOWN_NAMES).join(', ') + (more > 0 ? ` and ${more} more` : '');
  console.log(visible(`${names}: ${difference}\n`));
}
console.log(found.size === 0 ? 'Same behavior.' : `${found.size} differences.`);
process.exitCode = found.size === 0 ? 0 : 1;
