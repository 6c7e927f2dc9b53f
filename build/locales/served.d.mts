export function served(): string[];
export function textsFor(code: string): Record<string, string>;
