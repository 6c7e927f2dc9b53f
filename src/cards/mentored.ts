import { html, nothing } from 'lit';
import { avatar, check, clock } from '../generated/card-icons.js';
import type { Messages } from '../i18n/messages.js';
import type { Mentor, Question } from '../sdk/snapshot.js';
import type { Decision } from '../sdk/decide.js';
import { card, actionButton, actionLink, type CardContext } from './card.js';
import { absence } from './mentor-sentences.js';
import { mentorStats } from './mentor-stats.js';

type MentoredDecision = Extract<Decision, { variant: 'mentored' }>;

export function mentored(decision: MentoredDecision, context: CardContext) {
  const { mentor, standIn, program, questions, blockedUntil, canGetMentor } = decision;
  const { messages } = context;
  const primary = primaryAction(decision);
  const choose = (words: string, look?: string) =>
    canGetMentor ? actionButton(context, 'choose', program.homepageUrl, words, look) : nothing;
  const helpDesk = (look?: string) => actionLink('link', program.helpDeskUrl, messages.t('help-desk'), look);
  const about = actionButton(context, 'about', program.learnMoreUrl, messages.t('how-it-works'));
  const leave = actionButton(context, 'leave', program.homepageUrl, messages.t('leave'));
  const longWait = unanswered(decision, context);
  return card(context, {
    heading: messages.t('mentored-heading', mentor),
    body: html`
      <p class="detail">
        ${messages.sentences(
          mentor.retired ? messages.rich('no-longer-mentor', mentor) : messages.t('mentored-about', mentor),
          about,
        )}
      </p>
      ${profile(mentor, messages)} ${introduction(mentor, messages)}
      ${mentor.away && !mentor.retired ? absenceNotice(decision, messages) : nothing}
    `,
    actions: [
      primary === 'wait' ? messages.t('ask-again-on', messages.day(blockedUntil ?? '')) : nothing,
      primary === 'choose' ? choose(messages.t('get-another-mentor'), 'primary') : nothing,
      primary === 'help-desk' ? helpDesk('primary') : nothing,
      primary === 'ask'
        ? actionButton(
            context,
            'ask',
            (standIn ?? mentor).askUrl,
            standIn ? messages.rich('ask-stand-in', standIn) : messages.t('ask', mentor),
            'primary',
          )
        : nothing,
    ],
    more: html`
      ${questions.length ? [history(questions, messages), longWait] : nothing}
      ${
        decision.graduating
          ? html` <p class="quiet detail"><span>${messages.t('graduating')}</span> ${leave}</p> `
          : nothing
      }
    `,
    links: [
      actionLink('link', mentor.talkUrl, messages.t('conversations', mentor)),
      primary === 'help-desk' || longWait !== nothing ? nothing : helpDesk(),
    ],
    menu: [
      about,
      primary === 'choose' ? nothing : choose(messages.t('choose', mentor)),
      leave,
      decision.canEnroll
        ? actionButton(context, 'enroll', program.enrollUrl, messages.t('become-mentor'))
        : nothing,
    ],
  });
}

/** Returns another way on than to ask if the viewer is blocked, or if the mentor has retired and may not answer. */
function primaryAction({ mentor, blockedUntil, canGetMentor, program }: MentoredDecision) {
  if (blockedUntil) return 'wait';
  if (!mentor.retired) return 'ask';
  if (canGetMentor) return 'choose';
  return program.helpDeskUrl ? 'help-desk' : 'ask';
}

function profile(mentor: Mentor, messages: Messages) {
  const { talkUrl, away, retired } = mentor;
  // A mentor who is away or retired does not answer as usual.
  const present = away || retired ? { ...mentor, typicalReplyHours: null } : mentor;
  const name = html`<bdi>${mentor.name}</bdi>`;
  return html`
    <div class="person">
      ${avatar}
      <div>
        <strong>${talkUrl ? actionLink('link', talkUrl, name) : name}</strong>
        <div class="quiet">${mentorStats(present, messages)}</div>
      </div>
    </div>
  `;
}

function introduction(mentor: Mentor, messages: Messages) {
  const { intro, retired } = mentor;
  if (intro) return html` <blockquote class="detail" dir="auto">${intro}</blockquote> `;
  return retired ? nothing : html` <p class="detail">${messages.t('intro-missing', mentor)}</p> `;
}

function absenceNotice({ mentor, standIn, blockedUntil }: MentoredDecision, messages: Messages) {
  // Viewers who are blocked for a time cannot ask.
  const alone = blockedUntil ? nothing : messages.t('away-ask');
  return html`
    <p class="notice detail">
      ${clock}
      ${messages.sentences(absence(mentor, messages), standIn ? messages.rich('away-stand-in', standIn) : alone)}
    </p>
  `;
}

/** Days after which a question without an answer is one of which the card offers other help. */
const LONG_WAIT = 7;

/** Renders that a question has waited for a week or more, and offers the help desk and another mentor. */
function unanswered({ mentor, questions, program, canGetMentor }: MentoredDecision, context: CardContext) {
  const { messages } = context;
  const days = Math.max(
    ...questions.map(({ state, askedAt }) =>
      state === 'waiting' && askedAt ? messages.wholeDaysSince(askedAt) : 0,
    ),
  );
  if (days < LONG_WAIT) return nothing;
  const links = [
    actionLink('link', program.helpDeskUrl, messages.t('help-desk')),
    // A space also in Japanese, because two links in a row would read as one.
    ' ',
    canGetMentor
      ? actionButton(context, 'choose', program.homepageUrl, messages.t('choose', mentor))
      : nothing,
  ];
  return html`
    <p class="notice">
      ${clock} ${messages.sentences(html`<span>${messages.t('question-unanswered', days)}</span>`, links)}
    </p>
  `;
}

const STATE_ICONS = { waiting: clock, answered: check };

const history = (questions: Question[], messages: Messages) => html`
  <div class="history detail">
    <h3>${messages.t('questions-heading')}</h3>
    <ul>
      ${questions.map(({ text, url, askedAt, state }) => {
        const words = html`<bdi>${text}</bdi>`;
        return html`
          <li>
            ${url ? actionLink('link', url, words) : words}
            <div class="quiet">
              ${
                state === 'unknown'
                  ? nothing
                  : html`<span class="chip ${state}"
                      >${state === 'archived' ? nothing : STATE_ICONS[state]}${messages.t(`question-${state}`)}</span
                    >`
              }
              ${
                askedAt
                  ? html` <span>${messages.t('question-asked', messages.ago(askedAt))}</span> `
                  : nothing
              }
            </div>
          </li>
        `;
      })}
    </ul>
  </div>
`;
