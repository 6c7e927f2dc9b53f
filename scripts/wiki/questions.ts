// Questions of mentees on the talk pages of their mentors, and the answers.
import type { Clock } from './clock.ts';

interface Question {
  key: string;
  name: string;
  at: Date;
  page: string;
  wikitext: string;
  /** Entry in the asker’s options. */
  stored: { text: string; page: string; section: string; revision: string; askedAt: string };
}

interface Edit {
  /** Key of the question whose revision this is. */
  key?: string;
  title: string;
  user: string;
  at: Date;
  summary: string;
  text: string;
}

interface Asked {
  /** Newest first. */
  questions: Question['stored'][];
  edits: Edit[];
}

const pad = (number: number) => String(number).padStart(2, '0');

/** Returns a signature, such as “… 10:11, 20 November 2026 (UTC)”. */
function signed(name: string, date: Date): string {
  const month = date.toLocaleString('en', { month: 'long', timeZone: 'UTC' });
  const time = `${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}`;
  return `[[User:${name}|${name}]] ([[User talk:${name}|talk]]) ${time}, ${date.getUTCDate()} ${month} ${date.getUTCFullYear()} (UTC)`;
}

/** Returns a section title as the element writes it: Questioner Kim (2026-11-20 10:11:12). */
const sectionOf = (name: string, date: Date) =>
  `${name} (${date.toISOString().slice(0, 19).replace('T', ' ')})`;

interface Asking extends Pick<Question, 'key' | 'name' | 'at'> {
  mentor: string;
  text: string;
}

function question({ key, name, mentor, at, text }: Asking): Question {
  const section = sectionOf(name, at);
  return {
    key,
    name,
    at,
    page: `User talk:${mentor}`,
    wikitext: `== ${section} ==\n\n${text} ${signed(name, at)}`,
    stored: { text, page: `User talk:${mentor}`, section, revision: key, askedAt: at.toISOString() },
  };
}

/** Returns the edit that adds a question to the sections before. */
const addition = ({ key, page, name, at, stored, wikitext }: Question, before: string[] = []): Edit => ({
  key,
  title: page,
  user: name,
  at,
  summary: `/* ${stored.section} */ #mentorship-question`,
  text: [...before, wikitext].join('\n\n'),
});

const INTRO = '{{PAGENAME}} answers here.';

function kim(now: Clock): Asked {
  const from = { name: 'Questioner Kim', mentor: 'Mentor Fatima' };
  const oldest = question({
    ...from,
    key: 'kim-oldest',
    at: now.ago({ days: 14 }),
    text: 'How do I add a reference to the article about the Moon? I have found a book in the library.',
  });
  const second = question({
    ...from,
    key: 'kim-second',
    at: now.ago({ days: 3 }),
    text: 'Can you look at my edit to [[River]] please?',
  });
  const newest = question({
    ...from,
    key: 'kim-newest',
    at: now.ago({ hours: 5 }),
    text: 'Is it OK to upload a photo I took from my phone?',
  });
  const { page } = oldest;
  const archived = now.ago({ days: 4 });
  const answered = now.ago({ days: 2 });
  const withAnswer = `${second.wikitext}\n:Yes, it looks good! ${signed('Mentor Fatima', answered)}`;
  const archive = { user: 'Mentor Fatima', at: archived, summary: 'Archiving' };
  return {
    questions: [newest, second, oldest].map(({ stored }) => stored),
    edits: [
      addition(oldest),
      { ...archive, title: `${page}/Archive 1`, text: oldest.wikitext },
      { ...archive, title: page, text: INTRO },
      addition(second, [INTRO]),
      {
        title: page,
        user: 'Mentor Fatima',
        at: answered,
        summary: 'Re',
        text: `${INTRO}\n\n${withAnswer}`,
      },
      addition(newest, [INTRO, withAnswer]),
    ],
  };
}

function single(asking: Asking): Asked {
  const one = question(asking);
  return { questions: [one.stored], edits: [addition(one)] };
}

/** Returns the edits, and by id of an account the questions that its options store. */
export function askedQuestions(now: Clock) {
  const all: Record<string, Asked> = {
    n_ben: single({
      key: 'ben',
      name: 'Newcomer Ben',
      mentor: 'Mentor Marcus',
      at: now.ago({ days: 1, hours: 2 }),
      text: 'Where do I find an article that needs work?',
    }),
    n_rtl: single({
      key: 'rtl',
      name: 'مستخدم جديد',
      mentor: 'مرشد سالم',
      at: now.ago({ hours: 20 }),
      text: 'كيف أضيف مصدرا؟',
    }),
    q_kim: kim(now),
  };
  return {
    questions: Object.fromEntries(Object.entries(all).map(([id, { questions }]) => [id, questions])),
    edits: Object.values(all).flatMap(({ edits }) => edits),
  };
}
