export interface Finding {
  problem: string;
  mend: string;
}

export function lengthOf(text: string): number;
export function limitOf(note: string): number | null;
export function kindOf(note: string, index: number): 'nothing' | 'number' | 'time' | 'person';
export function findingsIn(given: {
  key: string;
  text: unknown;
  source: string;
  note: string;
  code: string;
  language: string;
  metadata?: Readonly<Record<string, unknown>>;
}): Finding[];
