import type { MentorshipActionEvent, MentorshipErrorEvent, MentorshipReadyEvent } from '../../src/index.js';

type ElementEvent = MentorshipReadyEvent | MentorshipErrorEvent | MentorshipActionEvent;

export interface LogEntry {
  number: number;
  time: string;
  preview: string;
  type: string;
  /** The fields that matter most, in one line. */
  summary: string;
  fields: object;
}

/** What the elements told, and what became of each. */
export class EventLog {
  /** Newest first. */
  readonly entries: LogEntry[] = [];
  /** By exhibit. */
  readonly outcomes = new Map<string, string>();
  /** Exhibits whose viewer has done something: what they come to is no longer what their case expects. */
  readonly modified = new Set<string>();

  add(preview: string, event: ElementEvent): void {
    const [summary, fields] = describe(event);
    const time = new Date().toLocaleTimeString('en-GB');
    this.entries.unshift({
      number: this.entries.length + 1,
      time,
      preview,
      type: event.type,
      summary,
      fields,
    });
    if ('decision' in event || isFailure(event)) this.outcomes.set(preview, summary);
    if ('action' in event && event.action !== 'impression' && event.phase === 'done')
      this.modified.add(preview);
  }
}

/** A locale that cannot be read is an error, too, but the card is drawn all the same. */
const isFailure = ({ target }: Event): boolean =>
  target instanceof Element && target.matches(':state(failed)');

function describe(event: ElementEvent): [gist: string, fields: object] {
  if ('decision' in event) {
    const { variant, decision } = event;
    return ['reason' in decision ? `${variant}, ${decision.reason}` : variant, { variant, decision }];
  }
  if ('error' in event) {
    // The fields of an Error are not enumerable all.
    const { code, message, retryable, outcomeUnknown, retryAfter } = event.error;
    return [`failed, ${code}`, { error: { code, message, retryable, outcomeUnknown, retryAfter } }];
  }
  const { action, phase, href, text, length, reason, mentor, revision, errorCode } = event;
  const summary = errorCode ? `${action}, ${phase}: ${errorCode}` : `${action}, ${phase}`;
  return [summary, { action, phase, href, text, length, reason, mentor, revision, errorCode }];
}
