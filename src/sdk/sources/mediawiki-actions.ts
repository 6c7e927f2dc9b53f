import type { MentorshipActions } from './actions.js';
import { asking } from '../plain/questions.js';
import { mentoring } from '../plain/actions.js';
import { questionsFor } from './mediawiki-questions.js';
import { sessionsOf, type WikiActionsOptions } from '../mediawiki/session.js';

/** What a viewer can do on a MediaWiki without GrowthExperiments. */
export function mediawikiActions(options: WikiActionsOptions): MentorshipActions {
  const { now = () => new Date() } = options;
  const open = sessionsOf(options);
  return { ...asking(open, now), refreshQuestions: questionsFor(open), ...mentoring(open, options) };
}
