export interface Finding {
  problem: string;
  mend: string;
}

export interface Subject {
  key: string;
  text: unknown;
  source: string;
  note: string;
  code: string;
  language: string;
  metadata?: Record<string, unknown>;
}

export function limitOf(note: string): number | null;
export function kindOf(note: string, index: number): 'nothing' | 'number' | 'time' | 'person';
export function lengthOf(text: string): number;
export function findingsIn(subject: Subject): Finding[];
