export type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'param'; index: number }
  | { kind: 'plural' | 'gender'; index: number; forms: { exact: number | null; pieces: Piece[] }[] };

export interface Expansion {
  /** By “PLURAL 1” or “GENDER 1”, and 0 for the viewer: what was chosen. */
  values: Record<string, string | number>;
  /** With `$1` still in it. */
  text: string;
  shown: number[];
}

export const GENDERS: readonly ['male', 'female', 'unknown'];
export function parse(text: string): Piece[];
export function flat(pieces: Piece[]): (Piece & { index?: number; forms?: unknown[] })[];
export function rulesOf(language: string): Intl.PluralRules;
export function numbersFor(language: string, pieces?: Piece[]): number[];
export function categoriesOf(language: string): { all: string[]; whole: string[] };
export function expand(pieces: Piece[], language: string): Expansion[];
