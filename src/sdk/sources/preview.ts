import type { WikiSourceOptions } from '../mediawiki/action-api.js';
import type { MentorshipSource } from '../source.js';

/** Options of `previewSource`. */
export interface PreviewSourceOptions extends Omit<WikiSourceOptions, 'page'> {
  /** Name of a user of the wiki. */
  viewer: string;
}

/**
 * Reads what another user would see, from what is public: edits, registration, and on a wiki with GrowthExperiments the
 * mentor. Nothing can be done through it.
 *
 * @param options - where the wiki is, and who the user
 */
export const previewSource = (options: PreviewSourceOptions): MentorshipSource => ({
  load: async ({ signal }) => (await import('../preview-snapshot.js')).loadPublicViewer(options, signal),
});
