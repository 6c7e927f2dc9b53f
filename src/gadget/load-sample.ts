import { MentorshipError } from '../sdk/errors.js';

/** Samples are left out, to keep the gadget small. @throws {MentorshipError} `bad-attribute` */
export const loadSample = (): Promise<never> =>
  Promise.reject(new MentorshipError('bad-attribute', 'The gadget has no samples: leave out “preview”.'));
