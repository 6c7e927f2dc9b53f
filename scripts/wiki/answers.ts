export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Returns the value at a path of an API response, or undefined. */
export const valueAt = (answer: unknown, ...path: string[]): unknown =>
  path.reduce((value, key) => (isObject(value) ? value[key] : undefined), answer);

/** Returns the objects of the array at a path of an API response. */
export function objectsAt(answer: unknown, ...path: string[]): Record<string, unknown>[] {
  const value = valueAt(answer, ...path);
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** Returns the string at a path of an API response. @throws {Error} if there is none */
export function stringAt(answer: unknown, ...path: string[]): string {
  const value = valueAt(answer, ...path);
  if (typeof value !== 'string') throw new Error(`The response of the wiki has no ${path.join('.')}`);
  return value;
}
