import type { MentorshipActions } from './actions.js';
import { asking } from './mediawiki-asking.js';
import { mentoring } from './mediawiki-mentoring.js';
import { questionsFor } from './mediawiki-questions.js';
import { sessionsOf, type WikiActionsOptions } from './wiki-session.js';

/** What a viewer can do on a MediaWiki without GrowthExperiments. */
export function mediawikiActions(options: WikiActionsOptions): MentorshipActions {
  const { now = () => new Date() } = options;
  const open = sessionsOf(options);
  return { ...asking(open, now), refreshQuestions: questionsFor(open), ...mentoring(open, options) };
}
