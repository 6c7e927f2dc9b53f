import type { InteractionController } from '../controllers/interaction-controller.js';
import { loadScript } from './load-script.js';

/** Loads the third script, which has what a card needs once it is rendered. @throws {MentorshipError} `network` */
export const loadInteraction = async (): Promise<typeof InteractionController> => {
  const load = () => import('../controllers/interaction-controller.js');
  return (await loadScript('mentorship-module-more.js', load, 'InteractionController')).InteractionController;
};
