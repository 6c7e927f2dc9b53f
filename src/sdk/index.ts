export { type Asked, type AskOptions, type Client, createClient } from './client.js';
export {
  isMentorshipError,
  MentorshipError,
  type MentorshipErrorCode,
  type MentorshipErrorOptions,
} from './errors.js';
export type { CallOptions } from './loader.js';
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
export type { WikiSourceOptions } from './sources/action-api.js';
export { autoSource } from './sources/auto.js';
export { documentSource, type DocumentSourceOptions } from './sources/document.js';
export { growthSource } from './sources/growth.js';
export type { WikiPage } from './sources/growth-page.js';
export { mediawikiSource } from './sources/mediawiki.js';
export { previewSource, type PreviewSourceOptions } from './sources/preview.js';
export type { MentorshipSource } from './sources/source.js';
export { decide, type Decision, type Eligibility, type Variant } from './decide.js';
