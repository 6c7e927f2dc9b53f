import { importChunk } from '../sdk/http.js';
import type { DialogController } from './dialog-controller.js';

/** Loads the code that all dialogs share. @throws {MentorshipError} `network` */
export const loadDialogs = async (): Promise<typeof DialogController> =>
  (await importChunk(() => import('./dialog-controller.js'), 'dialogs')).DialogController;
