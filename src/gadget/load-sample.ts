import { MentorshipError } from '../sdk/errors.js';

/** Rejects, because the gadget has no sample data, to keep it small. @throws {MentorshipError} `bad-attribute` */
export const loadSample = (): Promise<never> =>
  Promise.reject(new MentorshipError('bad-attribute', 'The gadget has no samples. Remove “preview”.'));
