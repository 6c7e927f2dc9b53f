import { MentorshipError } from './errors.js';
import { parseSnapshot } from './parse-snapshot.js';
import { readCount, readFields, readFlag, readList, readRecord, readText, readUrl } from './coerce.js';
import type { Mentor } from './snapshot.js';
import type { AskedQuestion, ListedMentor, MentorProfile, QuestionTerms } from './sources/actions.js';

/** What a source says of what it did is as foreign as a document: see `parseSnapshot`. */
export function parseAsked(data: unknown): AskedQuestion {
  const fields = readRecord(data);
  if (!fields)
    throw new MentorshipError('bad-data', 'Not a question.', {
      cause: { answer: data },
      outcomeUnknown: true,
    });
  return {
    url: readUrl(fields.url),
    revision: readCount(fields.revision),
    firstEdit: readFlag(fields.firstEdit, false),
  };
}

export function parseTerms(data: unknown): QuestionTerms {
  const { writable, copyright, emailUrl } = readFields(data);
  const license = readRecord(copyright);
  const name = readText(license?.name, 255);
  return {
    writable: readFlag(writable, true),
    copyright: name === null ? null : { name, url: readUrl(license?.url) },
    emailUrl: readUrl(emailUrl),
  };
}

export const parseListed = (data: unknown): ListedMentor[] =>
  mentorsIn(data).map(([{ name, intro, talkUrl }]) => ({ name, intro, talkUrl }));

export const parseProfiles = (data: unknown): MentorProfile[] =>
  mentorsIn(data).map(([{ name, gender, editCount, lastActive }, item]) => ({
    name,
    gender,
    editCount,
    lastActive,
    blocked: readFlag(readFields(item).blocked, false),
  }));

function mentorsIn(data: unknown): [Mentor, unknown][] {
  if (!Array.isArray(data))
    throw new MentorshipError('bad-data', 'Not a list of mentors.', { cause: { answer: data } });
  return readList(data).flatMap((item): [Mentor, unknown][] => {
    const { mentor } = parseSnapshot({ viewer: null, mentor: item });
    return mentor ? [[mentor, item]] : [];
  });
}
