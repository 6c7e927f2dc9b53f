import { MentorshipError } from './errors.js';

/** In Unicode characters. */
export const LONGEST_QUESTION = 2_000;
export const LONGEST_INTRODUCTION = 240;

/** Unicode characters, as a wiki counts them: after composing accents with their letters. */
export const lengthOf = (text: string): number => Array.from(text.normalize()).length;

/** Whether nothing of a text can be seen: white space, controls, joiners, fillers, the empty Braille pattern. */
export const isBlank = (text: string): boolean =>
  !/[^\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800]/u.test(text);

/** @throws {MentorshipError} `invalid` */
export function checkQuestion(text: string): void {
  if (typeof text !== 'string' || isBlank(text)) throw invalid('The question is blank.');
  if (lengthOf(text) > LONGEST_QUESTION) throw invalid('The question is too long.');
}

/** @throws {MentorshipError} `invalid` */
export function checkIntroduction(text: string): void {
  if (typeof text !== 'string' || lengthOf(text) > LONGEST_INTRODUCTION)
    throw invalid('The introduction is too long.');
}

export const invalid = (message: string) => new MentorshipError('invalid', message);
