import type { WikiState } from './state.ts';

const defaults = {
  GEMentorshipEnabled: false,
  GEMentorshipAutomaticEligibility: true,
  GEMentorshipMinimumAge: 90,
  GEMentorshipMinimumEditcount: 500,
  GEPersonalizedPraiseDays: 7,
  GEPersonalizedPraiseDefaultNotificationsFrequency: 168,
  GEPersonalizedPraiseMaxEdits: 500,
  GEPersonalizedPraiseMinEdits: 8,
};

/** Returns true for a JSON object. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Returns the JSON object on a page; null if the page is missing or contains anything else. */
export function readJson(wiki: WikiState, page: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(wiki.text(page) ?? '');
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

/** Serializes JSON as MediaWiki does on a page. */
export const writeJson = (value: unknown): string =>
  JSON.stringify(value, null, '\t').replace(
    /[<>&]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  );

/** Returns the settings of the program by name, with defaults for missing ones. */
export const rawSettings = (wiki: WikiState): Record<string, unknown> => ({
  ...defaults,
  ...readJson(wiki, wiki.software.settingsPage),
});

const amount = (value: unknown, fallback: number) => (typeof value === 'number' ? value : fallback);

/** Returns the settings of the program that affect the wiki's own behavior. */
export function settings(wiki: WikiState) {
  const raw = rawSettings(wiki);
  return {
    enabled: raw['GEMentorshipEnabled'] === true,
    automaticEligibility: raw['GEMentorshipAutomaticEligibility'] === true,
    minimumEditCount: amount(raw['GEMentorshipMinimumEditcount'], defaults.GEMentorshipMinimumEditcount),
    minimumAge: amount(raw['GEMentorshipMinimumAge'], defaults.GEMentorshipMinimumAge),
  };
}
