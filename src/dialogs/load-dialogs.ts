import { importChunk } from '../sdk/http.js';
import type { Dialogs } from './dialog-controller.js';

/** Loads the code of all dialogs, but for what one of them alone needs. @throws {MentorshipError} `network` */
export const loadDialogs = async (): Promise<typeof Dialogs> =>
  (await importChunk(() => import('./dialog-controller.js'), 'dialogs')).Dialogs;
