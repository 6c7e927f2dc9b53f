import { ApiError } from './call.ts';
import type { Block, User, WikiState } from './state.ts';
import { longTime } from './times.ts';

function reasonOf({ of, reason }: Block): string {
  if (of === undefined) return reason;
  const person = `[[User:${of}|${of}]]`;
  return (
    `Autoblocked because your IP address has been recently used by "${person}".\n` +
    `The reason given for ${of}'s block is "${reason}"`
  );
}

/** Returns the data of a block, as in userinfo and in errors. */
export function blockInfo(wiki: WikiState, block: Block): Record<string, unknown> {
  const expiry = block.expiry === null ? null : longTime(new Date(block.expiry));
  return {
    blockid: block.id,
    blockedby: block.by,
    blockedbyid: wiki.user(block.by)?.id ?? 0,
    blockreason: reasonOf(block),
    blockedtimestamp: block.at,
    blockexpiry: block.expiry ?? 'infinite',
    blockpartial: block.partial,
    blocknocreate: false,
    blockanononly: false,
    ...(wiki.software.version === '1.39' ? {} : { blockemail: false, blockowntalk: false }),
    blockedtimestampformatted: longTime(new Date(block.at)),
    ...(expiry === null ? {} : { blockexpiryformatted: expiry, blockexpiryrelative: expiry }),
  };
}

/** Returns the current block of a user. */
export function activeBlock(wiki: WikiState, user: User): Block | null {
  const { block } = user;
  return block && (block.expiry === null || new Date(block.expiry) > wiki.now()) ? block : null;
}

/** Refuses actions that a sitewide block prevents. */
export function refuseBlocked(wiki: WikiState, user: User): void {
  const block = activeBlock(wiki, user);
  if (!block || block.partial) return;
  const info = 'Your username or IP address has been blocked.';
  throw new ApiError('blocked', info, { data: { blockinfo: blockInfo(wiki, block) } });
}
