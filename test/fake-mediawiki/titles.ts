import site from './site.json' with { type: 'json' };

/** A page's title: the number of its namespace and the whole text, prefix included. */
export interface Title {
  readonly ns: number;
  readonly text: string;
}

const namespaces = new Map(
  Object.values(site.namespaces).flatMap((namespace) =>
    [namespace.name, 'canonical' in namespace ? namespace.canonical : namespace.name].map(
      (name) => [name.toLowerCase(), namespace] as const,
    ),
  ),
);

const upperFirst = (text: string) => text.replace(/^./u, (letter) => letter.toUpperCase());

/** Reads a title as the wiki does: underscores, case of the first letter and of the namespace. Null if invalid. */
export function parseTitle(raw: string): Title | null {
  const text = raw.replace(/[\s_]+/g, ' ').trim();
  if (text === '' || /[<>[\]{}|#\p{Cc}]/u.test(text)) return null;
  const colon = text.indexOf(':');
  const namespace = colon > 0 ? namespaces.get(text.slice(0, colon).trim().toLowerCase()) : undefined;
  if (!namespace) return { ns: 0, text: upperFirst(text) };
  const rest = text.slice(colon + 1).trim();
  return rest === '' ? null : { ns: namespace.id, text: `${namespace.name}:${upperFirst(rest)}` };
}

/** The talk page of a user. */
export const talkPage = (userName: string): string => `User talk:${userName}`;

const underscored = (text: string) => text.replace(/ /g, '_');

// MediaWiki leaves these readable in a path; encodeURIComponent does not, and leaves others as they are.
const encodePath = (text: string) =>
  encodeURIComponent(underscored(text))
    .replace(/%(?:3B|40|24|2C|2F|3A)/g, decodeURIComponent)
    .replace(/'/g, '%27');

/** The address of a page, from the root of the server. */
export const pagePath = (title: string): string => `/wiki/${encodePath(title)}`;

/** The address of an old revision of a page, from the root of the server. */
export const revisionPath = (title: string, revision: number): string =>
  `/w/index.php?title=${encodePath(title)}&oldid=${revision}`;

/** The whole address of a page. */
export const pageUrl = (title: string): string => site.general.server + pagePath(title);

/** The id of a heading, and what stands behind # in an address. */
export const fragment = (heading: string): string => underscored(heading);

/** The id which the same heading had in older versions of MediaWiki; pages keep it as a second anchor. */
export const legacyFragment = (heading: string): string =>
  encodeURIComponent(underscored(heading))
    .replace(/[!'()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%3A/g, ':')
    .replace(/%/g, '.');

/** The address at which a page that does not exist yet can be written, from the root of the server. */
export const missingPath = (title: string): string =>
  `/w/index.php?title=${encodePath(title)}&action=edit&redlink=1`;
