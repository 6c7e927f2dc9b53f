// All that is recorded, in the order in which it is made.
import { asking, enrolling } from './exchanges/edits.mjs';
import { reads, viewers } from './exchanges/reads.mjs';
import { crossOrigin, preferences, refusals } from './exchanges/refusals.mjs';

// Each write finds what those before it left: the names say their order.
const numbered = ({ file, ...exchange }, index) => ({
  ...exchange,
  file: file.replace('/', `/${String(index + 1).padStart(2, '0')}-`),
});

/**
 * Each is `{file, as}` with what is asked (`get`, `post` or `preflight`, as parameters, or as what gives them once the
 * revisions of some pages are known), and with what holds meanwhile.
 */
export const EXCHANGES = [
  ...viewers,
  ...reads,
  ...[...asking, ...enrolling, ...preferences, ...refusals].map(numbered),
  ...crossOrigin,
];
