import site from './site.json' with { type: 'json' };

/** A page title: the number of its namespace and the full text including the prefix. */
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

/** Normalizes a title as the wiki does: underscores, first letter and namespace. Null if invalid. */
export function parseTitle(raw: string): Title | null {
  const text = raw.replace(/[\s_]+/g, ' ').trim();
  if (text === '' || /[<>[\]{}|#\p{Cc}]/u.test(text)) return null;
  const colon = text.indexOf(':');
  const namespace = colon > 0 ? namespaces.get(text.slice(0, colon).trim().toLowerCase()) : undefined;
  if (!namespace) return { ns: 0, text: upperFirst(text) };
  const rest = text.slice(colon + 1).trim();
  return rest === '' ? null : { ns: namespace.id, text: `${namespace.name}:${upperFirst(rest)}` };
}

/** Returns the title of a user's talk page. */
export const talkPage = (userName: string): string => `User talk:${userName}`;

const underscored = (text: string) => text.replace(/ /g, '_');

// MediaWiki does not escape these characters in a path, unlike encodeURIComponent, and escapes some others.
const encodePath = (text: string) =>
  encodeURIComponent(underscored(text))
    .replace(/%(?:3B|40|24|2C|2F|3A)/g, decodeURIComponent)
    .replace(/'/g, '%27');

/** Returns the path of a page. */
export const pagePath = (title: string): string => `/wiki/${encodePath(title)}`;

/** Returns the path of an old revision of a page. */
export const revisionPath = (title: string, revision: number): string =>
  `/w/index.php?title=${encodePath(title)}&oldid=${revision}`;

/** Returns the URL of a page. */
export const pageUrl = (title: string): string => site.general.server + pagePath(title);

/** Returns the ID of a heading, which is also the fragment of its URL. */
export const fragment = (heading: string): string => underscored(heading);

/** Returns the ID of a heading in older versions of MediaWiki, which pages contain as a second anchor. */
export const legacyFragment = (heading: string): string =>
  encodeURIComponent(underscored(heading))
    .replace(/[!'()*~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/%3A/g, ':')
    .replace(/%/g, '.');

/** Returns the path of the editor of a page that does not exist yet. */
export const missingPath = (title: string): string =>
  `/w/index.php?title=${encodePath(title)}&action=edit&redlink=1`;
