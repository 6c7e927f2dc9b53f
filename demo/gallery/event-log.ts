import { type ElementEvent, isFailure } from './element-events.js';
import type { Outcome } from './front/why.js';

export interface LogEntry {
  number: number;
  time: string;
  preview: string;
  type: string;
  /** One line with the most important fields. */
  summary: string;
  fields: object;
}

/** Collects the events of the elements and the outcome of each preview. */
export class EventLog {
  /** Newest first. */
  readonly entries: LogEntry[] = [];
  /** Outcomes by preview ID. */
  readonly outcomes = new Map<string, string>();
  /** Decisions and errors by preview ID. */
  readonly results = new Map<string, NonNullable<Outcome>>();
  /** Previews whose viewer has written something, so that their outcome no longer has to match their case. */
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
    if ('decision' in event) this.results.set(preview, { decision: event.decision });
    else if ('error' in event && isFailure(event)) this.results.set(preview, { error: event.error });
    if ('action' in event && event.action !== 'impression' && event.phase === 'done')
      this.modified.add(preview);
  }
}

function describe(event: ElementEvent): [summary: string, fields: object] {
  if ('decision' in event) {
    const { variant, decision } = event;
    return ['reason' in decision ? `${variant}, ${decision.reason}` : variant, { variant, decision }];
  }
  if ('error' in event) {
    // Some fields of an Error are not enumerable.
    const { code, message, retryable, outcomeUnknown, retryAfter } = event.error;
    return [`failed, ${code}`, { error: { code, message, retryable, outcomeUnknown, retryAfter } }];
  }
  const { action, phase, href, text, length, reason, mentor, revision, errorCode } = event;
  const summary = errorCode ? `${action}, ${phase}: ${errorCode}` : `${action}, ${phase}`;
  return [summary, { action, phase, href, text, length, reason, mentor, revision, errorCode }];
}
