export {
  type MentorshipAction,
  type MentorshipActionDetails,
  MentorshipActionEvent,
  type MentorshipActionFields,
  MentorshipErrorEvent,
  type MentorshipPhase,
  MentorshipReadyEvent,
  type MentorshipSubmission,
} from './events.js';
export { MentorshipModule } from './mentorship-module.js';
export * from './sdk/index.js';
