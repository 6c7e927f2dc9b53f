export {
  type MentorshipAction,
  MentorshipActionEvent,
  MentorshipErrorEvent,
  MentorshipReadyEvent,
} from './events.js';
export { MentorshipModule } from './mentorship-module.js';
export * from './sdk/index.js';
