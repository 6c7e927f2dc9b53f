import { type JsonObject, parseJsonOrNull, toRecordOrEmpty } from '../src/sdk/coerce.js';

/** Returns data of a test as the SDK gets it from a wiki. */
export const toJsonObject = (data: object): JsonObject =>
  toRecordOrEmpty(parseJsonOrNull(JSON.stringify(data)));
