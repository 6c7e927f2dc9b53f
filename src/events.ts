import type { MentorshipError, MentorshipErrorCode } from './sdk/errors.js';
import { toEnum } from './sdk/coerce.js';
import type { Decision, Variant } from './sdk/decide.js';

const HOST_EVENT = { bubbles: true, composed: true };

/** Dispatched when a card is rendered from another snapshot, and when the decision is `none`. Not cancelable. */
export class MentorshipReadyEvent extends Event {
  static readonly type = 'mentorship-ready';
  /** Name of the card, equal to the element's attribute `variant`. */
  readonly variant: Variant;
  readonly decision: Decision;
  constructor(decision: Decision) {
    super(MentorshipReadyEvent.type, HOST_EVENT);
    this.variant = decision.variant;
    this.decision = decision;
  }
}

/** Dispatched when loading fails or an attribute is invalid. Without a card, the element's content stays visible. */
export class MentorshipErrorEvent extends Event {
  static readonly type = 'mentorship-error';
  readonly error: MentorshipError;
  constructor(error: MentorshipError) {
    super(MentorshipErrorEvent.type, HOST_EVENT);
    this.error = error;
  }
}

/**
 * Action of the viewer. `impression`: the card came into view; `snooze`: the invitation was dismissed for some time;
 * `decline`: for good; `restore`: either was undone.
 */
export type MentorshipAction =
  | 'impression'
  | 'ask'
  | 'leave'
  | 'join'
  | 'choose'
  | 'enroll'
  | 'snooze'
  | 'decline'
  | 'restore'
  | 'pause'
  | 'resume'
  | 'resign'
  | 'about'
  | 'link';

/** Action that a control of a card starts. @internal */
export type CardAction = Exclude<MentorshipAction, 'impression'>;

/**
 * Parses the `data-action` of a link on a card; `link` for any other value.
 *
 * @internal
 */
export const readLinkAction = (value: unknown): CardAction =>
  toEnum(value, ['ask', 'leave', 'join', 'choose', 'enroll', 'about'], 'link');

/**
 * Values of a submitted dialog. `length` is that of `text` in Unicode characters. `reason`: for `leave` one of
 * `experienced`, `elsewhere`, `mismatch`, `other`, or empty; for `choose` free text, or empty. `until`: end of the break, as ISO 8601 in UTC.
 */
export type MentorshipSubmission =
  | { action: 'leave'; reason: string; text: string; length: number }
  | { action: 'join' }
  | { action: 'choose'; mentor: string; reason: string }
  | { action: 'enroll'; text: string; length: number }
  | { action: 'pause'; until: string }
  | { action: 'resign' };

/**
 * Fields of a `MentorshipActionEvent`, discriminated by `action` and `phase`.
 *
 * - `start`: the viewer activated a control; `href` is the URL of the wiki's page for the action, or null. Cancelable
 * - `submit`: the viewer submitted the dialog, and nothing was sent yet. For `ask`, `pageTitle` is the page that the
 *   question is about, or null. Cancelable
 * - `done`: the write succeeded. For `ask`, `href` is the URL of the question and `revision` the revision id; or null.
 *   `enroll` has no `text` if the viewer followed a link to the wiki's page and came back as a mentor. `leave` has this
 *   phase alone, after that of `enroll`, if becoming a mentor in place has ended the viewer's own mentorship
 * - `failed`: the write failed, or its outcome is unknown; `errorCode` is the code of the `MentorshipError`
 * - `canceled`: the viewer closed the dialog before the action was done
 */
export type MentorshipActionDetails =
  | { action: 'impression'; phase: 'done' }
  | { action: Exclude<MentorshipAction, 'impression'>; phase: 'start'; href: string | null }
  | { action: 'ask'; phase: 'submit'; text: string; length: number; pageTitle: string | null }
  | { action: 'ask'; phase: 'done'; href: string | null; revision: number | null; length: number }
  | { action: 'ask'; phase: 'failed'; errorCode: MentorshipErrorCode; length: number }
  | (MentorshipSubmission &
      ({ phase: 'submit' | 'done' } | { phase: 'failed'; errorCode: MentorshipErrorCode }))
  | { action: 'enroll'; phase: 'done' }
  | { action: 'ask' | MentorshipSubmission['action']; phase: 'canceled' }
  | { action: 'snooze' | 'decline' | 'restore' | 'resume'; phase: 'done' }
  | { action: 'snooze' | 'decline' | 'restore' | 'resume'; phase: 'failed'; errorCode: MentorshipErrorCode };

/** Phase of an action; see `MentorshipActionDetails`. */
export type MentorshipPhase = MentorshipActionDetails['phase'];

/**
 * Fields of a `MentorshipActionEvent`. Fields that an action does not have are undefined, so that a listener can
 * destructure all of them before it narrows the type.
 */
export type MentorshipActionFields = MentorshipActionDetails extends infer Details
  ? Details extends MentorshipActionDetails
    ? Details & {
        [
          Name in Exclude<
            | 'href'
            | 'text'
            | 'length'
            | 'pageTitle'
            | 'reason'
            | 'mentor'
            | 'until'
            | 'revision'
            | 'errorCode',
            keyof Details
          >
        ]?: undefined;
      }
    : never
  : never;

/** Dispatched in each phase of an action. Cancel `start` or `submit` to handle the action in the host. */
export type MentorshipActionEvent = Event &
  Readonly<MentorshipActionFields> & {
    /** Name of the card on which the action started; for an undo, that of the reverted action. */
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

/** Typed separately, because a class cannot declare that its instances are members of a union. */
export const MentorshipActionEvent = ActionEvent as unknown as {
  readonly type: 'mentorship-action';
  new (variant: Variant, details: MentorshipActionDetails): MentorshipActionEvent;
};

declare global {
  /** Types listeners on any ancestor, document or window, because the events bubble and are composed. */
  interface GlobalEventHandlersEventMap {
    'mentorship-ready': MentorshipReadyEvent;
    'mentorship-error': MentorshipErrorEvent;
    'mentorship-action': MentorshipActionEvent;
  }
}
