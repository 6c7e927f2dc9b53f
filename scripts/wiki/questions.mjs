// What mentees have asked on their mentors’ talk pages, and what became of it.

const pad = (number) => String(number).padStart(2, '0');

/** As a signature has it: 10:11, 20 November 2026 (UTC). */
function signed(name, date) {
  const month = date.toLocaleString('en', { month: 'long', timeZone: 'UTC' });
  const time = `${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}`;
  return `[[User:${name}|${name}]] ([[User talk:${name}|talk]]) ${time}, ${date.getUTCDate()} ${month} ${date.getUTCFullYear()} (UTC)`;
}

/** As the card’s own source names a section: Questioner Kim (2026-11-20 10:11:12). */
const sectionOf = (name, date) => `${name} (${date.toISOString().slice(0, 19).replace('T', ' ')})`;

function question({ key, name, mentor, at, text }) {
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

/** The page as it is after each question was added to the ones before. */
const additions = (questions) =>
  questions.map(({ key, page, name, at, stored }, index) => ({
    key,
    title: page,
    user: name,
    at,
    summary: `/* ${stored.section} */ #mentorship-question`,
    text: join(questions.slice(0, index + 1).map(({ wikitext }) => wikitext)),
  }));

const join = (sections) => sections.join('\n\n');

function kim(now) {
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
      ...additions([oldest]),
      { ...archive, title: `${page}/Archive 1`, text: oldest.wikitext },
      { ...archive, title: page, text: '{{PAGENAME}} answers here.' },
      { ...additions([second])[0], text: join(['{{PAGENAME}} answers here.', second.wikitext]) },
      {
        title: page,
        user: 'Mentor Fatima',
        at: answered,
        summary: 'Re',
        text: join(['{{PAGENAME}} answers here.', withAnswer]),
      },
      {
        ...additions([newest])[0],
        text: join(['{{PAGENAME}} answers here.', withAnswer, newest.wikitext]),
      },
    ],
  };
}

function single(asked) {
  const one = question(asked);
  return { questions: [one.stored], edits: additions([one]) };
}

/** The edits that were made, and what each asker’s account remembers of them, newest first. */
export function askedQuestions(now) {
  const all = {
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
