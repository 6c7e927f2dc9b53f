export function isCode(code: string): boolean;
export function chainIn(chains: readonly string[], code: string): string[];
