import type { MentorInput, SnapshotInput } from '../../../src/index.js';
import type { Question, Status } from '../../../src/sdk/index.js';
import { localeNameOf } from '../language.js';
import type { Settings } from './fields.js';
import samples from './sample-data.json' with { type: 'json' };

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Names and texts of the sample data in one language. */
interface Sample {
  /** Names of the viewer, the mentor, the stand-in, and another mentor. */
  names: string[];
  intro: string;
  /** Newest first. */
  questions: string[];
}

/** Returns the sample data in the language's own script; those in English for a language without. */
export function sampleFor(language: string): Sample {
  const all: Readonly<Record<string, Sample>> = samples;
  return all[localeNameOf(language)] ?? samples.en;
}

const onWiki = (title: string) =>
  `https://wiki.example/wiki/${encodeURIComponent(title.replaceAll(' ', '_'))}`;

const STATUSES: Readonly<Record<string, Status>> = {
  explicit: 'explicit',
  'opted-out': 'opted-out',
  disabled: 'disabled',
};

/** Returns the data of a mentor who was last active at a time. */
export const sampleMentor = (
  name: string,
  intro: string,
  lastActive: Date,
): MentorInput & { name: string } => ({
  name,
  editCount: 12345,
  lastActive: lastActive.toISOString(),
  intro,
  talkUrl: onWiki(`User talk:${name}`),
  askUrl: `https://wiki.example/w/index.php?title=${encodeURIComponent(`User talk:${name}`)}&action=edit&section=new`,
  typicalReplyHours: 20,
});

/** Ages in hours, and states, of the three questions. */
const QUESTIONS = [
  [1, 'waiting'],
  [49, 'answered'],
  [1200, 'archived'],
] as const;

/**
 * Returns the snapshot of a card.
 *
 * @param now - time at which the card is shown. The clock of the settings makes all dates earlier, because the element
 * compares them with the browser's clock.
 */
export function sampleSnapshot(settings: Settings, now: Date): SnapshotInput {
  const {
    names: [viewerName = 'Ana', mentorName = 'Sasha', standInName = 'Lee'],
    intro,
    questions,
  } = sampleFor(settings.lang);
  const start = now.getTime() - Number(settings.later) * DAY_MS;
  const hoursFromStart = (hours: number) => new Date(start + hours * HOUR_MS);
  const ifLater = (date: Date) => (date > now ? date.toISOString() : null);
  const awayUntil = ifLater(hoursFromStart(14 * 24));
  const lastActive = hoursFromStart(-17);
  const count = { none: 0, waiting: 1, several: 3 }[settings.questions] ?? 0;
  return {
    viewer:
      settings.account === 'signed-out'
        ? null
        : {
            name: viewerName,
            id: 8,
            // One second more, because some rows need more than the days, and a card may decide in the same millisecond.
            registered: hoursFromStart(-24 * Number(settings.days) - 1 / 3600).toISOString(),
            editCount: Number(settings.edits),
            status: STATUSES[settings.status] ?? 'enabled',
            temporary: settings.account === 'temporary',
            blocked: settings.account === 'blocked',
            blockedUntil:
              settings.account === 'blocked-for-a-time' ? hoursFromStart(7 * 24).toISOString() : null,
            mayEnroll: { granted: true, 'not-granted': false }[settings.right] ?? null,
            isMentor: settings.role === 'yes',
            inviteDeclined: settings.invitation === 'declined',
            inviteSnoozedUntil:
              settings.invitation === 'snoozed' ? hoursFromStart(90 * 24).toISOString() : null,
            mentoring: settings.role === 'yes' ? { waitingQuestions: 2 } : null,
          },
    mentor:
      settings.mentor === 'none'
        ? null
        : {
            ...sampleMentor(mentorName, intro, lastActive),
            retired: settings.mentor === 'retired',
            away: settings.mentor === 'away' && awayUntil ? { until: awayUntil } : null,
          },
    standIn: settings.mentor === 'away' ? sampleMentor(standInName, intro, lastActive) : null,
    mentorsAvailable: settings.mentors === 'some',
    questions: QUESTIONS.slice(0, count).map(([hours, state], index): Partial<Question> => ({
      text: questions[index] ?? '',
      url: `${onWiki(`User talk:${mentorName}`)}#${index + 1}`,
      askedAt: hoursFromStart(-hours).toISOString(),
      state,
    })),
    program: {
      enabled: settings.program === 'on',
      automaticEligibility: settings.right === 'minimums',
      minimumEditCount: Number(settings.minimumEdits),
      minimumAgeDays: Number(settings.minimumDays),
      graduation: { enabled: settings.graduation === 'soon', minimumEditCount: 100, minimumAgeDays: 30 },
      learnMoreUrl: onWiki('Help:Mentorship'),
      enrollUrl: onWiki('Special:EnrollAsMentor'),
      dashboardUrl: onWiki('Special:MentorDashboard'),
      homepageUrl: onWiki('Special:Homepage'),
      helpDeskUrl: settings.helpDesk === 'yes' ? onWiki('Project:Help desk') : null,
    },
  };
}
