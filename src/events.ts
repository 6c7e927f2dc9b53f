import type { MentorshipError, MentorshipErrorCode } from './sdk/errors.js';
import { toEnum } from './sdk/coerce.js';
import type { Decision, Variant } from './sdk/decide.js';

const HOST_EVENT = { bubbles: true, composed: true };

/** Dispatched when a card is drawn, and when the decision is `none`. */
export class MentorshipReadyEvent extends Event {
  static readonly type = 'mentorship-ready';
  /** Name of the card, equal to the element's attribute. */
  readonly variant: Variant;
  readonly decision: Decision;
  constructor(decision: Decision) {
    super(MentorshipReadyEvent.type, HOST_EVENT);
    this.variant = decision.variant;
    this.decision = decision;
  }
}

/** Something went wrong. What the host wrote inside the element stays. */
export class MentorshipErrorEvent extends Event {
  static readonly type = 'mentorship-error';
  readonly error: MentorshipError;
  constructor(error: MentorshipError) {
    super(MentorshipErrorEvent.type, HOST_EVENT);
    this.error = error;
  }
}

/** Action of the viewer. `impression`: the card came into view; `restore`: “Not now” was undone. */
export type MentorshipAction =
  'impression' | 'ask' | 'leave' | 'join' | 'choose' | 'enroll' | 'decline' | 'restore' | 'about' | 'link';

/**
 * Reads the action of a link on a card.
 *
 * @internal
 */
export const readLinkAction = (value: unknown): MentorshipAction =>
  toEnum(value, ['ask', 'leave', 'join', 'choose', 'enroll', 'about'], 'link');

/**
 * Values of a submitted dialog. `length` counts Unicode characters. `reason`: for `leave` one of `experienced`,
 * `elsewhere`, `mismatch`, `other`, or empty; for `choose` the viewer's own words.
 */
export type MentorshipSubmission =
  | { action: 'leave'; reason: string; text: string; length: number }
  | { action: 'join' }
  | { action: 'choose'; mentor: string; reason: string }
  | { action: 'enroll'; text: string; length: number };

/**
 * Fields of a `MentorshipActionEvent`, told apart by `action` and `phase`.
 *
 * - `start`: the viewer clicked; `href` is the page of the wiki where it can be done, or null. Cancelable
 * - `submit`: the dialog is filled in and the write begins. Cancelable
 * - `done`: the write succeeded. For `ask`, `href` is the address of the question and `revision` the number of the edit
 * - `failed`: the write failed, or its outcome is unknown; `errorCode` is the code of the `MentorshipError`
 * - `canceled`: the dialog was closed before
 */
export type MentorshipActionDetails =
  | { action: 'impression'; phase: 'done' }
  | { action: Exclude<MentorshipAction, 'impression'>; phase: 'start'; href: string | null }
  | { action: 'ask'; phase: 'submit'; text: string; length: number }
  | { action: 'ask'; phase: 'done'; href: string | null; revision: number | null; length: number }
  | { action: 'ask'; phase: 'failed'; errorCode: MentorshipErrorCode; length: number }
  | (MentorshipSubmission &
      ({ phase: 'submit' | 'done' } | { phase: 'failed'; errorCode: MentorshipErrorCode }))
  | { action: 'ask' | MentorshipSubmission['action']; phase: 'canceled' }
  | { action: 'decline' | 'restore'; phase: 'done' }
  | { action: 'decline' | 'restore'; phase: 'failed'; errorCode: MentorshipErrorCode };

/** Phase of an action; see `MentorshipActionDetails`. */
export type MentorshipPhase = MentorshipActionDetails['phase'];

/**
 * Fields of an event. Those that an action does not have are undefined, so that a listener can destructure them before
 * it compares.
 */
export type MentorshipActionFields = MentorshipActionDetails extends infer Details
  ? Details extends MentorshipActionDetails
    ? Details & {
        [
          Name in Exclude<
            'href' | 'text' | 'length' | 'reason' | 'mentor' | 'revision' | 'errorCode',
            keyof Details
          >
        ]?: undefined;
      }
    : never
  : never;

/** Dispatched when the viewer does something. Cancel `start` or `submit` to do it in the host's own way. */
export type MentorshipActionEvent = Event &
  Readonly<MentorshipActionFields> & {
    /** Name of the card on which the action, or the one that it takes back, started. */
    readonly variant: Variant;
  };

class ActionEvent extends Event {
  static readonly type = 'mentorship-action';
  constructor(variant: Variant, details: MentorshipActionDetails) {
    const { phase } = details;
    super(ActionEvent.type, { ...HOST_EVENT, cancelable: phase === 'start' || phase === 'submit' });
    Object.assign(this, { variant, ...details });
  }
}

/** A class cannot declare that its instances are members of a union, so the constructor is typed apart. */
export const MentorshipActionEvent = ActionEvent as unknown as {
  readonly type: 'mentorship-action';
  new (variant: Variant, details: MentorshipActionDetails): MentorshipActionEvent;
};

declare global {
  /** The events bubble and are composed, so that listeners on an ancestor, the document and the window are typed too. */
  interface GlobalEventHandlersEventMap {
    'mentorship-ready': MentorshipReadyEvent;
    'mentorship-error': MentorshipErrorEvent;
    'mentorship-action': MentorshipActionEvent;
  }
}
