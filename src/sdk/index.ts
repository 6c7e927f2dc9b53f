export { type Asked, type AskOptions, type Client, createClient } from './client.js';
export {
  isMentorshipError,
  MentorshipError,
  type MentorshipErrorCode,
  type MentorshipErrorOptions,
} from './errors.js';
export type { CallOptions } from './snapshot-store.js';
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
export type {
  ActionOptions,
  AskedQuestion,
  ListedMentor,
  MentorProfile,
  MentorshipActions,
  QuestionInput,
  QuestionTerms,
} from './sources/actions.js';
export type { WikiSourceOptions } from './mediawiki/action-api.js';
export { autoSource } from './sources.js';
export { documentSource, type DocumentSourceOptions } from './sources/document.js';
export { growthSource } from './growth/snapshot.js';
export type { WikiPage } from './sources/growth-page.js';
export { mediawikiSource } from './sources/mediawiki.js';
export { previewSource, type PreviewSourceOptions } from './sources/preview.js';
export type { MentorshipSource } from './source.js';
export { decide, type Decision, type Eligibility, type Variant } from './decide.js';
