import type { MentorshipError } from './sdk/errors.js';
import { readOneOf } from './sdk/read.js';
import type { Variant } from './sdk/variant.js';

const HOST_EVENT = { bubbles: true, composed: true };

/** A card was decided on and drawn, `none` too. */
export class MentorshipReadyEvent extends Event {
  static readonly type = 'mentorship-ready';
  readonly variant: Variant;
  constructor(variant: Variant) {
    super(MentorshipReadyEvent.type, HOST_EVENT);
    this.variant = variant;
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

const ACTIONS = ['ask', 'leave', 'join', 'enrol', 'about', 'link'] as const;

/** What the viewer sets out to do. */
export type MentorshipAction = (typeof ACTIONS)[number];

export const readAction = (value: unknown): MentorshipAction => readOneOf(value, ACTIONS, 'link');

export interface MentorshipActionDetails {
  action: MentorshipAction;
  phase: 'start';
  /** Where the link leads. */
  href: string;
}

/** The viewer follows a link or presses a button. Cancel it to do something else instead. */
export class MentorshipActionEvent extends Event implements MentorshipActionDetails {
  static readonly type = 'mentorship-action';
  readonly action: MentorshipAction;
  readonly phase: 'start';
  readonly href: string;
  constructor({ action, phase, href }: MentorshipActionDetails) {
    super(MentorshipActionEvent.type, { ...HOST_EVENT, cancelable: true });
    this.action = action;
    this.phase = phase;
    this.href = href;
  }
}
