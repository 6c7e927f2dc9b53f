import type { CSSResult, TemplateResult } from 'lit';
import type { MentorshipActionDetails } from '../events.js';
import type { Messages, Templates } from '../i18n/messages.js';
import type { Client } from '../sdk/client.js';
import type { Mentor, Program, Viewer } from '../sdk/snapshot.js';

/** Whom and what the card is about. */
export interface Scene {
  viewer: Viewer;
  program: Program;
  /** The viewer's own. */
  mentor: Mentor | null;
  /** Who answers while the mentor is away. */
  standIn: Mentor | null;
}

/** What a dialog may use. The frame around it belongs to `Dialogs`. */
export interface Stage {
  readonly client: Client;
  /** As it is now: both change while a dialog is open. */
  readonly messages: Messages;
  readonly scene: Scene;
  /** Under which drafts are kept; null: the source cannot be told from others. */
  readonly sourceId: string | null;
  /** Whether the source can do anything at all. */
  readonly acts: boolean;
  /** What the host put into the dialog when it opened it. */
  readonly text: string;
  /** Whether it is seen. */
  readonly open: boolean;
  /** Draws anew. */
  update(): void;
  /** Another step: draws it, and puts the focus on its heading or on what asks for it. */
  turn(): void;
  close(): void;
  /** Has a screen reader read it. */
  announce(text: string): void;
  /** Dispatches `mentorship-action`. Returns false if the host canceled it. */
  tell(details: MentorshipActionDetails): boolean;
  /** Stands above the card once the dialog is closed. */
  note(text: string, undo?: Undo): void;
}

/** How what was done can be taken back. */
export interface Undo {
  /** What the host is told of. */
  action: 'restore' | 'join';
  run: () => Promise<unknown>;
}

export interface Dialog {
  readonly heading: string;
  render(): TemplateResult;
  /** Something is on its way: closing only hides it. */
  readonly busy?: boolean;
  /** Whether what the dialog is for is done: then closing it cancels nothing. */
  readonly done?: boolean;
  /** It is no longer seen. */
  closed?(): void;
}

/** A file that is loaded when its dialog is first opened. */
export interface DialogModule {
  /** Its English texts. */
  readonly english: Templates;
  /** What it needs besides the styles that all dialogs share. */
  readonly styles?: CSSResult;
  open(stage: Stage): Dialog;
}
