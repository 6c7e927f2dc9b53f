import { parseSnapshot } from '../parse-snapshot.js';
import type { Snapshot } from '../snapshot.js';
import { decide } from '../decide.js';

/** Whether it is worth asking who the mentor is. The decision itself is asked, as if there were some mentor. */
export function mentorMatters(snapshot: Snapshot, now: Date): boolean {
  const { mentor } = parseSnapshot({ viewer: null, mentor: { name: '?' } });
  const decision = decide({ ...snapshot, mentor }, now);
  return 'mentor' in decision && decision.mentor !== null;
}
