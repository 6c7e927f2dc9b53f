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

/** What the viewer does. `impression`: saw the card; `restore`: took back “not now”. */
export type MentorshipAction = (typeof ACTIONS)[number];

export const readAction = (value: unknown): MentorshipAction => readOneOf(value, ACTIONS, 'link');

/**
 * `start`: sets out to do it; `submit`: has filled in the dialog, and it is about to be written. Both can be
 * canceled. `done`, `failed`: what came of it; `canceled`: the viewer, or the host, thought better of it.
 */
export type MentorshipPhase = 'start' | 'submit' | 'done' | 'failed' | 'canceled';

export interface MentorshipActionDetails {
  action: MentorshipAction;
  phase: MentorshipPhase;
  /** Where the link leads; of a question that was asked: where it stands. */
  href?: string | null | undefined;
  /** `submit`: what the viewer wrote: a question, a reason, an introduction. */
  text?: string | undefined;
  /** Of the text, in Unicode characters. */
  length?: number | undefined;
  /** Why: of one who leaves `experienced`, `elsewhere`, `mismatch`, `other`, or an empty text; of one who chooses another mentor, in own words. */
  reason?: string | undefined;
  /** The mentor whom the viewer chose. */
  mentor?: string | undefined;
  /** The wiki's number for the edit that was made. */
  revision?: number | null | undefined;
  /** Why it failed: a `MentorshipError`'s code. */
  errorCode?: MentorshipErrorCode | undefined;
}

/** The viewer does something. Cancel `start` or `submit` to do it in the host's own way. */
export class MentorshipActionEvent extends Event implements MentorshipActionDetails {
  static readonly type = 'mentorship-action';
  declare readonly action: MentorshipAction;
  declare readonly phase: MentorshipPhase;
  readonly href: string | null = null;
  declare readonly text?: string | undefined;
  declare readonly length?: number | undefined;
  declare readonly reason?: string | undefined;
  declare readonly mentor?: string | undefined;
  declare readonly revision?: number | null | undefined;
  declare readonly errorCode?: MentorshipErrorCode | undefined;
  constructor(details: MentorshipActionDetails) {
    const { phase } = details;
    super(MentorshipActionEvent.type, { ...HOST_EVENT, cancelable: phase === 'start' || phase === 'submit' });
    Object.assign(this, details);
  }
}

declare global {
  /** The events bubble and are composed, so that listeners on an ancestor, the document and the window are typed too. */
  interface GlobalEventHandlersEventMap {
    'mentorship-ready': MentorshipReadyEvent;
    'mentorship-error': MentorshipErrorEvent;
    'mentorship-action': MentorshipActionEvent;
  }
}
