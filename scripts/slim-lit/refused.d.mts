export function unsupportedIn(code: string): string | null;
