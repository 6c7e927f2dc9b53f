import type { MentorshipActions } from './actions.js';
import { asking } from '../growth/questions.js';
import { mentoring } from '../growth/actions.js';
import { people } from './growth-people.js';
import { questionsFor } from './growth-questions.js';
import { type WikiActionsOptions, sessionsOf } from '../mediawiki/session.js';

/** What a viewer can do on a MediaWiki that has the GrowthExperiments extension. */
export function growthActions(options: WikiActionsOptions): MentorshipActions {
  const { now = () => new Date(), random = Math.random } = options;
  const open = sessionsOf(options);
  return {
    ...asking(open),
    refreshQuestions: questionsFor(open),
    ...mentoring(open, { now, random }),
    ...people(open, options, now),
  };
}
