// Lists the recorded exchanges in their order.
import { asking, enrolling } from './exchanges/edits.ts';
import type { Exchange } from './exchanges/exchange.ts';
import { reads, viewers } from './exchanges/reads.ts';
import { crossOrigin, preferences, refusals } from './exchanges/refusals.ts';

// A write depends on the writes before it, so the names contain their order.
const numbered = ({ file, ...exchange }: Exchange, index: number): Exchange => ({
  ...exchange,
  file: file.replace('/', `/${String(index + 1).padStart(2, '0')}-`),
});

export const EXCHANGES: readonly Exchange[] = [
  ...viewers,
  ...reads,
  ...[...asking, ...enrolling, ...preferences, ...refusals].map(numbered),
  ...crossOrigin,
];
