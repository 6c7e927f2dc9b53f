import { MentorshipError } from '../sdk/errors.js';

/** Replaces `src/sdk/preview-snapshot.ts` in the gadget, which always shows the card of the signed-in viewer. */
export const loadPreviewSnapshot = (): Promise<never> =>
  Promise.reject(
    new MentorshipError('bad-attribute', 'The gadget cannot show another user’s card. Remove “viewer”.'),
  );
