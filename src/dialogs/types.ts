import type { CSSResult, TemplateResult } from 'lit';
import type { MentorshipActionDetails } from '../events.js';
import type { Messages, Templates } from '../i18n/messages.js';
import type { Client } from '../sdk/client.js';
import type { Mentor, Program, Snapshot, Viewer } from '../sdk/snapshot.js';
import type { KeptViewer } from '../sdk/source.js';

/** People and program of the card. */
export interface DialogData {
  viewer: Viewer;
  program: Program;
  /** The viewer's mentor; null: none. */
  mentor: Mentor | null;
  /** Mentor who answers while the mentor is away. */
  standIn: Mentor | null;
}

/** Interface between a dialog and the controller that renders its frame. */
export interface DialogContext {
  readonly client: Client;
  /** Current messages: locale and gender may change while a dialog is open. */
  readonly messages: Messages;
  /** Current data: the card may change while a dialog is open. */
  readonly data: DialogData;
  /** Last snapshot of the card, which outlasts a failed reload; null: the card has another source or viewer now. */
  readonly snapshot: Snapshot | null;
  /** The source's id, part of the key of stored drafts; null: none, so drafts are kept in memory only. */
  readonly sourceId: string | null;
  /** User for whom the browser keeps data; null: nobody. */
  readonly keepFor: KeptViewer | null;
  /** True if the source has actions. */
  readonly canWrite: boolean;
  /** Time of the decision. */
  readonly now: Date;
  /** Text that the host passed when it opened the dialog. */
  readonly text: string;
  /** Title of the host's page, which a question may be about; null: none. */
  readonly pageTitle: string | null;
  /** True if the host wants the reasons for leaving. */
  readonly leaveReasons: boolean;
  readonly open: boolean;
  /** Renders the dialog again. */
  update(): void;
  /** Renders a new step, focuses its `[data-focus]` element or the heading, and announces a text, if there is one. */
  showStep(announcement?: string): void;
  close(): void;
  /** Closes the dialog and starts another action, whose dialog takes its place. */
  switchTo(action: 'choose'): void;
  /** Announces a text in the dialog's live region. */
  announce(text: string): void;
  /** Dispatches `mentorship-action`. Returns false if the host canceled it. */
  emit(details: MentorshipActionDetails): boolean;
  /**
   * Shows a text above the card, with a button to undo; for use after the dialog was closed.
   *
   * @param decline - called by the button “Don’t ask again”
   */
  showNotice(text: string, undo?: Undo, decline?: () => void): void;
}

/** Action that reverts another one. */
export interface Undo {
  /** Action of the dispatched events. */
  action: 'restore' | 'join';
  run: () => Promise<unknown>;
}

export interface Dialog {
  readonly heading: string;
  render(): TemplateResult;
  /** `small`: a short confirmation, which does not fill a phone's screen. */
  readonly size?: 'small';
  /** True while a request is pending, so that closing the dialog only hides it. */
  readonly busy?: boolean;
  /** True if the action has succeeded or may have, so that closing the dialog is not reported as `canceled`. */
  readonly done?: boolean;
  /** True if it is shown again, with its input, when the viewer reopens it after a request that failed once it was closed. */
  readonly keepsInput?: boolean;
  /** Called after the dialog was closed. */
  closed?(): void;
}

/** Module of a dialog, which is loaded when the dialog is first opened. */
export interface DialogModule {
  /** English texts of the dialog, by message id. */
  readonly english: Templates;
  /** Styles in addition to those that all dialogs share. */
  readonly styles?: CSSResult;
  create(context: DialogContext): Dialog;
}
