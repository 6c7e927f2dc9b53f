export { type Asked, type AskOptions } from './ask.js';
export { type Client, createClient } from './client.js';
export { decide, type Decision, type Eligibility, type Variant } from './decide.js';
export {
  isMentorshipError,
  MentorshipError,
  type MentorshipErrorCode,
  type MentorshipErrorOptions,
} from './errors.js';
export type { WikiPage, WikiSourceOptions } from './mediawiki/action-api.js';
export { parseSnapshot } from './parse-snapshot.js';
export type {
  Gender,
  Mentor,
  MentorInput,
  Program,
  ProgramInput,
  Question,
  QuestionState,
  Snapshot,
  SnapshotInput,
  Status,
  Viewer,
  ViewerInput,
} from './snapshot.js';
export type { CallOptions } from './snapshot-store.js';
export type {
  ActionOptions,
  AskedQuestion,
  KeptViewer,
  ListedMentor,
  MentorProfile,
  MentorshipActions,
  MentorshipSource,
  QuestionInput,
  QuestionTerms,
  TalkPageFigures,
} from './source.js';
export {
  autoSource,
  documentSource,
  type DocumentSourceOptions,
  growthSource,
  mediawikiSource,
  previewSource,
} from './sources.js';
export type { PreviewSourceOptions } from './preview-snapshot.js';
