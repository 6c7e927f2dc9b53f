import type { CSSResult, TemplateResult } from 'lit';
import type { MentorshipActionDetails } from '../events.js';
import type { Messages, Templates } from '../i18n/messages.js';
import type { Client } from '../sdk/client.js';
import type { Mentor, Program, Viewer } from '../sdk/snapshot.js';

/** People and program of the card. */
export interface DialogData {
  viewer: Viewer;
  program: Program;
  /** The viewer's own. */
  mentor: Mentor | null;
  /** Mentor who answers while the mentor is away. */
  standIn: Mentor | null;
}

/** Interface between a dialog and the controller that draws its frame. */
export interface DialogContext {
  readonly client: Client;
  /** Current messages: locale and gender may change while a dialog is open. */
  readonly messages: Messages;
  readonly data: DialogData;
  /** Under which drafts are kept; null: the source cannot be told from others. */
  readonly sourceId: string | null;
  /** True if the source has actions. */
  readonly canWrite: boolean;
  /** Text that the host passed when it opened the dialog. */
  readonly text: string;
  /** True if the dialog is open. */
  readonly open: boolean;
  /** Draws anew. */
  update(): void;
  /** Renders another step, moves the focus to it, and has `announcement` read by screen readers. */
  showStep(announcement?: string): void;
  close(): void;
  /** Has a screen reader read it. */
  announce(text: string): void;
  /** Dispatches `mentorship-action`. Returns false if the host canceled it. */
  emit(details: MentorshipActionDetails): boolean;
  /** Stands above the card once the dialog is closed. */
  showNotice(text: string, undo?: Undo): void;
}

/** Reverts an action. */
export interface Undo {
  /** Action of the dispatched events. */
  action: 'restore' | 'join';
  run: () => Promise<unknown>;
}

export interface Dialog {
  readonly heading: string;
  render(): TemplateResult;
  /** Something is on its way: closing only hides it. */
  readonly busy?: boolean;
  /** True if the dialog's action has succeeded, so that closing it cancels nothing. */
  readonly done?: boolean;
  /** It is no longer seen. */
  closed?(): void;
}

/** A file that is loaded when its dialog is first opened. */
export interface DialogModule {
  /** Its English texts. */
  readonly english: Templates;
  /** Styles besides those that all dialogs share. */
  readonly styles?: CSSResult;
  create(context: DialogContext): Dialog;
}
