// Content of a new wiki, with dates relative to `now`.
import { type Clock, clockAt } from './clock.ts';
import { PASSWORD, PEOPLE, type Person } from './people.ts';
import { askedQuestions } from './questions.ts';

const ADMIN = 'Admin';

const SETTINGS = {
  GEMentorshipEnabled: true,
  GEMentorshipAutomaticEligibility: true,
  GEMentorshipMinimumAge: 90,
  GEMentorshipMinimumEditcount: 500,
  helpDeskUrl: '/wiki/Project:Help_desk',
};

const MARCUS =
  'Hello there! I have been editing since 2009 and I mostly write about rivers, bridges, railway stations and the history of small towns. ';

const MENTORS = [
  {
    username: 'Mentor Fatima',
    message:
      "Hi! Ask me about '''sources''' and [[Help:Contents|help pages]], {{PAGENAME}} & <b>bold</b> <script>alert(1)</script> https://example.org ~~~~",
    weight: 4,
  },
  {
    username: 'مرشد سالم',
    message: 'مرحبا! أنا هنا لمساعدتك في أول تعديلاتك. اسألني عن أي شيء.',
    weight: 2,
  },
  { username: 'Mentor Olga', message: 'I reply slowly but surely.', weight: 2, away: true },
  { username: 'Mentor Nina', message: null, weight: 0 },
  { username: 'Mentor Marcus', message: (MARCUS + MARCUS).slice(0, 240), weight: 2 },
];

const MOUNT = '<div class="mentorship-module"></div>';

const json = (value: unknown) => JSON.stringify(value, null, '\t');

/** Returns the id of an account. The installer creates the first two: Admin, and MediaWiki’s own. */
const userId = (name: string) => String(PEOPLE.findIndex((person) => person.name === name) + 2);

function mentorsPage(now: Clock): string {
  const awayTimestamp = wikiTime(now.plus({ days: 30 }));
  const mentors = MENTORS.map(({ username, message, weight, away }) => {
    const mentor = { username, message, weight, ...(away && { awayTimestamp }) };
    return [userId(username), mentor] as const;
  });
  return json({ Mentors: Object.fromEntries(mentors) });
}

/** Returns a time in the format of MediaWiki’s database: 20261224000000. */
const wikiTime = (date: Date) => date.toISOString().replace(/\D/g, '').slice(0, 14);

const page = (title: string, user: string, at: Date, text: string, rest: { model?: string } = {}) => ({
  title,
  user,
  at,
  text,
  ...rest,
});

function pages(now: Clock) {
  const mentorship = `Here a wiki shows who helps whom.\n\n${MOUNT}\n\nBelow the card the page goes on: [[Project:Help desk]], [[River]].`;
  const mainPage =
    'A wiki to try things on. See [[Mentorship]], [[Moon]], [[River]] and the [[Project:Help desk|help desk]].';
  const hal = "== About me ==\n'''Hal''' writes about [[River|rivers]].";
  const opening = now.ago({ days: 30 });
  return [
    page('Moon', 'Mentor Nina', now.ago({ days: 400 }), 'The Moon goes round the Earth.'),
    page('River', 'Mentor Olga', now.ago({ days: 40 }), 'A river is flowing water.'),
    page('MediaWiki:Mentorship.json', ADMIN, opening, json(SETTINGS)),
    // The title alone makes a page JSON in the namespaces MediaWiki and User only.
    page('Project:Mentors.json', ADMIN, opening, mentorsPage(now), { model: 'json' }),
    page('Project:Help desk', ADMIN, opening, 'Ask anything about this wiki here.'),
    page('Mentorship', ADMIN, opening, mentorship),
    page('Main Page', ADMIN, opening, mainPage),
    page('User:Newcomer Ana', 'Newcomer Ana', now.ago({ days: 3 }), `I am ''new'' here.\n\n${MOUNT}`),
    page('User:Experienced Hal', 'Experienced Hal', now.ago({ days: 20 }), hal),
    page('River', 'مرشد سالم', now.ago({ days: 6 }), 'A river is flowing water. See [[Moon]].'),
    page('River', 'Mentor Marcus', now.ago({ days: 1 }), "A '''river''' is flowing water. See [[Moon]]."),
  ];
}

const blocks = (now: Clock) => [
  {
    user: 'Blocked Ivy',
    by: ADMIN,
    at: now.ago({ hours: 1 }),
    expiry: 'infinity',
    reason: 'Test block: [[River|vandalism]]',
  },
  {
    user: 'Partial Jan',
    by: ADMIN,
    at: now.ago({ hours: 1 }),
    expiry: now.plus({ days: 30 }),
    reason: 'Test partial block',
    pages: ['Moon'],
  },
];

function account({ id, name, gender, days, edits, groups, mentor, status }: Person, now: Clock) {
  const options = {
    ...(gender && { gender }),
    ...(mentor && { 'userjs-mentorship-mentor': mentor }),
    ...(status && { 'userjs-mentorship-status': status }),
  };
  const questions = askedQuestions(now).questions[id];
  return { name, registered: now.ago({ days, minutes: 20 }), edits, groups, options, questions };
}

/** Returns the content that php/seed.php creates. */
export function seed(date = new Date()) {
  const now = clockAt(date);
  return {
    password: PASSWORD,
    people: PEOPLE.map((person) => account(person, now)),
    edits: [...pages(now), ...askedQuestions(now).edits].sort(
      (one, other) => one.at.getTime() - other.at.getTime(),
    ),
    blocks: blocks(now),
  };
}
