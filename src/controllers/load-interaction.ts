import { importChunk } from '../sdk/http.js';
import type { InteractionController } from './interaction-controller.js';

/**
 * Loads what a card needs once it is rendered. The gadget replaces this module with `src/gadget/load-interaction.ts`.
 *
 * @throws {MentorshipError} `network`
 */
export const loadInteraction = async (): Promise<typeof InteractionController> =>
  (await importChunk(() => import('./interaction-controller.js'), 'interaction-controller'))
    .InteractionController;
