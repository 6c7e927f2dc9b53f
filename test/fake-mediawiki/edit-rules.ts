import { rights } from './access.ts';
import { activeBlock, blockInfo } from './blocks.ts';
import { ApiError } from './call.ts';
import type { Block, User, WikiState } from './state.ts';
import { parseTitle } from './titles.ts';

/** The reason for refusing an edit: code and text of action=edit, and the equivalent of the question poster. */
export interface Refusal {
  readonly code: string;
  readonly text: string;
  readonly markup: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly others: ApiError['others'];
}

const userTalk = 3;
const interfaceText = 8;

const blockSentences = {
  '1.43': {
    whole: 'Your username or IP address has been blocked.',
    partial: 'Your username or IP address is blocked from doing this.',
  },
  '1.39': {
    whole: 'You have been blocked from editing.',
    partial: 'You have been blocked from editing this page.',
  },
} as const;

const automatically =
  'Your IP address has been blocked automatically, because it was used by a blocked user.';

function blockRefusal(wiki: WikiState, block: Block): Refusal {
  const data = { blockinfo: blockInfo(wiki, block) };
  if (block.of !== undefined)
    return { code: 'autoblocked', text: automatically, markup: automatically, data, others: [] };
  const text = blockSentences[wiki.software.version][block.partial ? 'partial' : 'whole'];
  return { code: 'blocked', text, markup: `<p><strong>${text}`, data, others: [] };
}

function restrictions({ partial, pages }: Block, page: string): boolean {
  return !partial || (pages ? pages.includes(page) : parseTitle(page)?.ns === userTalk);
}

function siteJson(page: string): ApiError['others'] {
  const text = 'You do not have permission to edit this JSON page because it may affect all visitors.';
  return page.endsWith('.json') ? [{ code: 'sitejsonprotected', text }] : [];
}

/** Returns the reason for refusing an edit of a page; null if it is allowed. */
export function refusalOf(wiki: WikiState, user: User, page: string): Refusal | null {
  const block = activeBlock(wiki, user);
  if (block && restrictions(block, page)) return blockRefusal(wiki, block);
  if (parseTitle(page)?.ns === interfaceText && !rights(wiki, user).includes('editinterface')) {
    const text =
      'This page provides interface text for the software on this wiki, and is protected to prevent abuse. To add or ' +
      'change translations for all wikis, please use [https://translatewiki.net/ translatewiki.net], the MediaWiki ' +
      'localisation project.';
    return { code: 'protectednamespace-interface', text, markup: text, data: {}, others: siteJson(page) };
  }
  if (!wiki.protectedPages.has(page) || rights(wiki, user).includes('editprotected')) return null;
  const text = 'This page has been protected to prevent editing or other actions.';
  return { code: 'protectedpage', text, markup: text, data: {}, others: [] };
}

/** Refuses a change that adds text matching an edit filter. */
export function checkFilters(wiki: WikiState, page: string, text: string): void {
  const before = new Set((wiki.text(page) ?? '').split('\n'));
  const added = text
    .split('\n')
    .filter((line) => !before.has(line))
    .join('\n');
  const filter = wiki.filters.find(({ pattern }) => added.search(pattern) >= 0);
  if (!filter) return;
  const abusefilter = { id: String(filter.id), description: filter.pattern.source, actions: ['disallow'] };
  throw new ApiError('abusefilter-disallowed', filter.words, { data: { abusefilter } });
}

/** Returns the captcha to solve, if the text requires one. */
export function checkCaptcha(wiki: WikiState, text: string): Record<string, string> | null {
  if (!wiki.captchas.some((pattern) => pattern.test(text))) return null;
  return { type: 'simple', mime: 'text/plain', id: '1', question: '1 + 1' };
}

const rateSentences = {
  '1.43': "You've exceeded your rate limit. Please wait some time and try again.",
  '1.39':
    'As an anti-abuse measure, you are limited from performing this action too many times in a short space of time, ' +
    'and you have exceeded this limit. Please try again in a few minutes.',
} as const;

/** Refuses an action that exceeds its rate limit. */
export function checkRate(wiki: WikiState, action: string): void {
  const limit = wiki.rateLimits.get(action);
  if (!limit) return;
  const { seconds, since } = limit;
  const left =
    seconds === null ? null : seconds - Math.floor((wiki.now().getTime() - since.getTime()) / 1000);
  if (left !== null && left <= 0) return;
  const info = rateSentences[wiki.software.version];
  throw new ApiError('ratelimited', info, { headers: left === null ? {} : { 'retry-after': String(left) } });
}
