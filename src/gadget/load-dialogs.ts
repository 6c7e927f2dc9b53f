import type { DialogController } from '../dialogs/dialog-controller.js';
import { loadScript } from './load-script.js';

/** Loads the second script. @throws {MentorshipError} `network` */
export const loadDialogs = async (): Promise<typeof DialogController> => {
  const load = () => import('../dialogs/dialog-controller.js');
  return (await loadScript('mentorship-module-dialogs.js', load, 'DialogController')).DialogController;
};
