import { createHash } from 'node:crypto';

export interface WikiPage {
  title: string;
  model: 'javascript' | 'json' | 'wikitext';
  text: string;
  /** Time of the revision, if an import keeps a page that is newer; without it, an import always replaces the page. */
  date?: Date;
}

const FORMATS = {
  javascript: 'text/javascript',
  json: 'application/json',
  wikitext: 'text/x-wiki',
};

const MEDIAWIKI_NAMESPACE = 8;

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

export const escapeXml = (text: string): string => text.replace(/[&<>]/g, (sign) => escapes[sign] ?? sign);

/** Returns the hash by which MediaWiki recognizes a revision that it has, in base 36. */
function revisionHash(text: string): string {
  const hex = createHash('sha1').update(text).digest('hex');
  return BigInt(`0x${hex}`).toString(36).padStart(31, '0');
}

/** Returns the format of MediaWiki's timestamps, which have no fractions of seconds. */
const timestamp = (date: Date): string => date.toISOString().replace(/\.\d+/, '');

const pageElement = ({ title, model, text, date }: WikiPage): string => `  <page>
    <title>${escapeXml(title)}</title>
    <ns>${MEDIAWIKI_NAMESPACE}</ns>
    <revision>
${date ? `      <timestamp>${timestamp(date)}</timestamp>\n` : ''}      <contributor><username>mentorship-module</username></contributor>
      <model>${model}</model>
      <format>${FORMATS[model]}</format>
      <text bytes="${Buffer.byteLength(text)}" xml:space="preserve">${escapeXml(text)}</text>
      <sha1>${revisionHash(text)}</sha1>
    </revision>
  </page>
`;

/**
 * Returns a file for Special:Import, with one revision of each page. A revision without a time gets that of the import: an
 * import itself adds a revision to each page, which would be newer than any build before it.
 *
 * @param pages - pages of the namespace MediaWiki
 * @see {@link https://www.mediawiki.org/wiki/Help:Export#Export_format}
 */
export const importFile = (pages: readonly WikiPage[]): string =>
  `<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.10/" version="0.10" xml:lang="en">
${pages.map(pageElement).join('')}</mediawiki>
`;
