// Heights that a page reserves for the card before it is rendered, and the CSS for that, which the README has.

/** Height that fits no card badly: a longer one moves the text below it down, a shorter one moves it up. */
const ANY = 20.6875;

/** Heights of the cards by the value of `likely`, 640 px wide, in em. test/reserved-room.test.ts compares them with the cards. */
export const ROOMS = {
  mentored: 22.5,
  questions: 31.5,
  'opt-in': 13.2,
  invite: 15.7,
  mentor: 10.9,
  unavailable: 11.6,
};

/** Returns the CSS. Forgiving `:is()` keeps the rule valid in browsers without `:state()`. */
export function roomCss() {
  const likely = Object.entries(ROOMS).map(
    ([name, height]) => `mentorship-module[likely='${name}'] { --mentorship-room: ${height}em; }`,
  );
  return `/* Reserves room until the card is known, for 10 s at most. */
mentorship-module:is(:not(:defined), :state(loading)):not([variant], [likely='none']) {
  display: block;
  animation: mentorship-room 10s;
}
@keyframes mentorship-room {
  from, to { min-block-size: var(--mentorship-room, ${ANY}em); }
}
/* The height of each card, where the page says which one is likely. */
${likely.join('\n')}
`;
}
