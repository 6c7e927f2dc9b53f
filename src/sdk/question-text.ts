/** In Unicode characters, as the wiki counts them. */
export const LONGEST_QUESTION = 2_000;

/** Unicode characters of a text as the wiki stores it: composed, without white space around it. */
export const lengthOf = (text: string): number => Array.from(text.trim().normalize('NFC')).length;
