import { MentorshipError } from '../errors.js';
import { type OutsideRecord, toRecord, toRecordOrEmpty, toStringOrEmpty } from '../coerce.js';
import { COUNT, type FieldRule, MENTORS_PAGE, OWN_FIELDS, SETTINGS_PAGE } from '../mediawiki/queries.js';

const isFlag = (value: unknown) => typeof value === 'boolean';
const isTitle = (value: unknown) => typeof value === 'string' && /^[^[\]{}|#<>\n]{1,255}$/.test(value);
const isNames = (value: unknown) =>
  Array.isArray(value) && value.every((name) => typeof name === 'string' && name !== '');

const FLAG = { is: isFlag, must: 'true or false' };

/** Validation rules by field. Unknown fields are ignored, because a page of GrowthExperiments has more. */
const FIELDS: Readonly<Record<string, FieldRule>> = {
  GEMentorshipEnabled: FLAG,
  GEMentorshipAutomaticEligibility: FLAG,
  GEMentorshipMinimumAge: COUNT,
  GEMentorshipMinimumEditcount: COUNT,
  'GEMentorshipStartOptedOutThresholds.enabled': FLAG,
  'GEMentorshipStartOptedOutThresholds.minEditcount': COUNT,
  'GEMentorshipStartOptedOutThresholds.minTenureInDays': COUNT,
  ...OWN_FIELDS,
  mentorsPage: { is: isTitle, must: 'the title of a page' },
  enrolGroups: { is: isNames, must: 'a list of user groups, such as ["autoconfirmed"]' },
};

const THRESHOLDS = 'GEMentorshipStartOptedOutThresholds';

/**
 * Parses the page `MediaWiki:Mentorship.json`, the program's settings on a MediaWiki without GrowthExperiments.
 *
 * @param text - text of the page; null: the page does not exist, so there is no program
 * @throws {MentorshipError} `bad-data`; the message names the field and the expected value
 */
export function parseSettings(text: string | null): OutsideRecord {
  if (text === null) return toRecordOrEmpty(null);
  const settings = toRecord(parse(text));
  if (!settings) throw settingsError('the page must be a JSON object, such as {"GEMentorshipEnabled": true}');
  const thresholds = settings[THRESHOLDS] ?? {};
  if (!toRecord(thresholds)) throw settingsError(`“${THRESHOLDS}” must be an object`);
  for (const [path, { is, must }] of Object.entries(FIELDS)) {
    const [name = '', inner] = path.split('.');
    const value = inner ? toRecordOrEmpty(thresholds)[inner] : settings[name];
    if (value !== undefined && !is(value)) throw settingsError(`“${path}” must be ${must}`);
  }
  return settings;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw settingsError(`the page is not valid JSON (${String(cause)})`);
  }
}

const settingsError = (what: string) => new MentorshipError('bad-data', `${SETTINGS_PAGE}: ${what}.`);

/** Returns the title of the page that lists the mentors. */
export const mentorsPageTitle = ({ mentorsPage }: OutsideRecord): string =>
  toStringOrEmpty(mentorsPage) || MENTORS_PAGE;
