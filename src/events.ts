import type { MentorshipError, MentorshipErrorCode } from './sdk/errors.js';
import { readOneOf } from './sdk/read.js';
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

const ACTIONS = [
  'impression',
  'ask',
  'leave',
  'join',
  'choose',
  'enroll',
  'decline',
  'restore',
  'about',
  'link',
] as const;

/** What the viewer does. `impression`: sees the card; `restore`: takes back “not now”. */
export type MentorshipAction = (typeof ACTIONS)[number];

/** @internal */
export const readAction = (value: unknown): MentorshipAction => readOneOf(value, ACTIONS, 'link');

/**
 * What the viewer filled in. `length` counts Unicode characters. `reason`: for `leave` one of `experienced`,
 * `elsewhere`, `mismatch`, `other`, or empty; for `choose` the viewer's own words.
 */
export type MentorshipSubmission =
  | { action: 'leave'; reason: string; text: string; length: number }
  | { action: 'join' }
  | { action: 'choose'; mentor: string; reason: string }
  | { action: 'enroll'; text: string; length: number };

/** Phase in which an action failed, with the code of the `MentorshipError`. */
interface Failed {
  phase: 'failed';
  errorCode: MentorshipErrorCode;
}

/**
 * Fields of a `MentorshipActionEvent`, told apart by `action` and `phase`.
 *
 * - `start`: the viewer clicked; `href` is the page of the wiki where it can be done, or null. Cancelable
 * - `submit`: the dialog is filled in and the write begins. Cancelable
 * - `done`: the write succeeded. For `ask`, `href` is the address of the question and `revision` the number of the edit
 * - `failed`: the write failed, or its outcome is unknown
 * - `canceled`: the dialog was closed before
 */
export type MentorshipActionDetails =
  | { action: 'impression'; phase: 'done' }
  | { action: Exclude<MentorshipAction, 'impression'>; phase: 'start'; href: string | null }
  | { action: 'ask'; phase: 'submit'; text: string; length: number }
  | { action: 'ask'; phase: 'done'; href: string | null; revision: number | null; length: number }
  | ({ action: 'ask'; length: number } & Failed)
  | (MentorshipSubmission & ({ phase: 'submit' | 'done' } | Failed))
  | { action: 'ask' | MentorshipSubmission['action']; phase: 'canceled' }
  | ({ action: 'decline' | 'restore' } & ({ phase: 'done' } | Failed));

export type MentorshipPhase = MentorshipActionDetails['phase'];

type Field = 'href' | 'text' | 'length' | 'reason' | 'mentor' | 'revision' | 'errorCode';

/** Fields that an action does not have are undefined, so that a listener can destructure them before it compares. */
type WithAllFields<Details> = Details extends unknown
  ? Details & { [Name in Exclude<Field, keyof Details>]?: undefined }
  : never;

/** Dispatched when the viewer does something. Cancel `start` or `submit` to do it in the host's own way. */
export type MentorshipActionEvent = Event &
  Readonly<WithAllFields<MentorshipActionDetails>> & {
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
