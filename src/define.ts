import type { MentorshipActionEvent, MentorshipErrorEvent, MentorshipReadyEvent } from './events.js';
import { MentorshipModule } from './mentorship-module.js';

declare global {
  interface HTMLElementTagNameMap {
    'mentorship-module': MentorshipModule;
  }
  interface HTMLElementEventMap {
    'mentorship-ready': MentorshipReadyEvent;
    'mentorship-error': MentorshipErrorEvent;
    'mentorship-action': MentorshipActionEvent;
  }
}

MentorshipModule.define();
