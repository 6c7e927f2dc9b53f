import { readAt, readFields, readList, readText, readUrl } from '../coerce.js';
import type { Snapshot } from '../snapshot.js';
import type { MentorshipActions } from './actions.js';
import type { Open } from '../mediawiki/session.js';
import { linksOf, type Links } from './wiki-links.js';

/** What any MediaWiki says of the place where a question would stand. */
export const termsFrom =
  (open: Open): MentorshipActions['prepareQuestion'] =>
  async (snapshot, { signal }) => {
    const { read, url } = open(snapshot, signal);
    const answerer = snapshot.standIn ?? snapshot.mentor;
    const answer = await read((get) =>
      get({
        action: 'query',
        meta: 'siteinfo',
        siprop: 'general|rightsinfo',
        ...(answerer && { prop: 'info', titles: `User talk:${answerer.name}` }),
      }),
    );
    const query = readAt(answer, 'query');
    const page = readFields(readList(query?.pages)[0]);
    const links = linksOf(answer, url);
    const rights = readAt(query, 'rightsinfo');
    const license = readText(rights?.text, 255);
    return {
      writable: page.missing === true || (page.contentmodel ?? 'wikitext') === 'wikitext',
      copyright: license === null ? null : { name: license, url: readUrl(links.resolve(rights?.url)) },
      emailUrl: emailUrlOf(snapshot, links),
    };
  };

function emailUrlOf({ viewer }: Snapshot, links: Links): string | null {
  if (viewer?.email === 'unconfirmed') return readUrl(links.page('Special:ConfirmEmail'));
  return viewer?.email === 'none' ? readUrl(links.page('Special:ChangeEmail')) : null;
}
