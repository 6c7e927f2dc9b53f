export type Piece =
  | { kind: 'text'; text: string }
  | { kind: 'param'; index: number }
  | { kind: 'plural' | 'gender'; index: number; forms: { exact: number | null; pieces: Piece[] }[] };

export interface Form {
  /** By “PLURAL 1” or “GENDER 1”, what was chosen; 0 is the viewer. */
  values: Record<string, string | number>;
  text: string;
  shown: number[];
}

export function parse(text: string): Piece[];
export function flat(pieces: Piece[]): Piece[];
export function expand(pieces: Piece[], language: string): Form[];
export function numbersFor(language: string, pieces?: Piece[]): number[];
