// Lists the recorded exchanges in their order.
import { asking, enrolling } from './exchanges/edits.mjs';
import { reads, viewers } from './exchanges/reads.mjs';
import { crossOrigin, preferences, refusals } from './exchanges/refusals.mjs';

// A write depends on the writes before it, so the names contain their order.
const numbered = ({ file, ...exchange }, index) => ({
  ...exchange,
  file: file.replace('/', `/${String(index + 1).padStart(2, '0')}-`),
});

/**
 * Each is `{file, as}`, the request (`get`, `post` or `preflight`: parameters, or a function that receives the ids of some
 * revisions), and the conditions during the request, such as `readOnly`.
 */
export const EXCHANGES = [
  ...viewers,
  ...reads,
  ...[...asking, ...enrolling, ...preferences, ...refusals].map(numbered),
  ...crossOrigin,
];
