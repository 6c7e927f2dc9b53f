import { MentorshipError } from '../sdk/errors.js';

/** In place of the SDK's: on its own wiki the card is always the reader's. */
export const previewSource = (): never => {
  throw new MentorshipError('bad-attribute', 'The gadget shows nobody else’s card: leave out “viewer”.');
};
