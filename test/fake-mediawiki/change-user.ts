import type { MenteeStatus } from './mentorship.ts';
import { setOption } from './options.ts';
import { programOf } from './program.ts';
import type { Block, User, WikiState } from './state.ts';
import { iso } from './times.ts';

/** Name of any account; typed so that editors still suggest the personas. */
export type UserName = string & Record<never, never>;

/** Changes of a user by the test. Options are stored as text; null resets one to its default. */
export interface UserChange {
  readonly editCount?: number;
  readonly registered?: string | null;
  /** Changes the status as the user would: leaving removes the mentor; only the extension assigns one on return. */
  readonly status?: MenteeStatus;
  readonly gender?: 'male' | 'female' | 'unknown';
  readonly options?: Readonly<Record<string, string | null>>;
  readonly block?: Partial<Omit<Block, 'by'>> | null;
  readonly groups?: readonly string[];
  /** Rights in addition to those of the groups. */
  readonly rights?: readonly string[];
  readonly email?: { readonly address: string; readonly confirmedAt: string | null } | null;
}

const defaultBlock = { id: 5, by: 'Admin', reason: 'Test block', expiry: null, partial: false };

/** Applies the requested changes to a user. */
export function changeUser(wiki: WikiState, user: User, change: UserChange): void {
  const { editCount, registered, status, gender, options = {}, block, groups, rights, email } = change;
  if (editCount !== undefined) user.editCount = editCount;
  if (registered !== undefined) user.registered = registered;
  if (groups !== undefined) user.groups = groups;
  if (rights !== undefined) user.extraRights = rights;
  if (email !== undefined) user.email = email;
  if (block !== undefined) user.block = block && { ...defaultBlock, at: iso(wiki.now()), ...block };
  if (gender !== undefined) setOption(user, 'gender', gender);
  const program = programOf(user);
  if (status !== undefined && status !== program.status(user)) program.setStatus(wiki, user, status);
  for (const [name, value] of Object.entries(options)) setOption(user, name, value);
}
