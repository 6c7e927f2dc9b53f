import { importChunk } from '../sdk/http.js';

/** Resolves with the default export of a chunk; null: there is no such chunk. */
export const importDefault = async (
  load: (() => Promise<{ default: unknown }>) | undefined,
  name: string,
): Promise<unknown> => (load ? (await importChunk(load, name)).default : null);
