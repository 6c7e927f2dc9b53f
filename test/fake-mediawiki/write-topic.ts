import type { Call } from './call.ts';
import { link } from './html.ts';
import page from './parse.json' with { type: 'json' };
import type { WikiState } from './state.ts';
import { anchors, comments, headingText, newSectionComment, sections, withNewSection } from './talk.ts';
import { pageThreads, threads } from './threads.ts';
import { compact, iso, longDate, longTime } from './times.ts';
import { fragment } from './titles.ts';
import { save, saved, titleOf } from './save-page.ts';

const lengthOf = (text: string) => Array.from(text).length;

// The parser counts characters, despite the name of its field.
function tableOfContents(title: string, text: string): Record<string, unknown>[] {
  const found = sections(text);
  const ids = anchors(found);
  return found.map(({ heading, body, start }, index) => {
    const count = comments(body).length;
    const label = `<span class="ext-discussiontools-init-sidebar-meta">${count} comment${count === 1 ? '' : 's'}</span>`;
    const number = String(index + 1);
    return {
      toclevel: 1,
      level: '2',
      line: headingText(heading),
      number,
      index: number,
      fromtitle: title.replace(/ /g, '_'),
      byteoffset: lengthOf(text.slice(0, start)),
      anchor: ids[index],
      linkAnchor: ids[index],
      extensionData: { 'DiscussionTools-html-summary': count === 0 ? '' : label },
    };
  });
}

function categories(wiki: WikiState, text: string): string {
  const names = [...text.matchAll(/\[\[Category:([^|\]]+)/g)].map(([, name = '']) => name);
  if (names.length === 0) {
    return '<div id="catlinks" class="catlinks catlinks-allhidden" data-mw="interface"></div>';
  }
  const items = names.map((name) => `<li>${link(wiki, `Category:${name}`, { html: name })}</li>`);
  const heading = link(wiki, 'Special:Categories', { html: names.length === 1 ? 'Category' : 'Categories' });
  return (
    '<div id="catlinks" class="catlinks" data-mw="interface"><div id="mw-normal-catlinks" ' +
    `class="mw-normal-catlinks">${heading}: <ul>${items.join('')}</ul></div></div>`
  );
}

function displayTitle(title: string): string {
  const [namespace = '', ...rest] = title.split(':');
  const part = (name: string, text: string) => `<span class="mw-page-title-${name}">${text}</span>`;
  const main = part('main', rest.join(':'));
  return rest.length === 0
    ? part('main', title)
    : part('namespace', namespace) + part('separator', ':') + main;
}

/** action=discussiontoolsedit with paction=addtopic: adds a signed section. The page's own markup is omitted. */
export function addTopic(call: Call): () => Record<string, unknown> {
  const { wiki, viewer } = call;
  call.oneOf('paction', ['addtopic']);
  const { text: title } = titleOf(call, 'page');
  const heading = call.required('sectiontitle');
  const wikitext = call.required('wikitext');
  return () => {
    const signed = wikitext.includes('~~~~') ? wikitext : `${wikitext} ~~~~`;
    const content = withNewSection(wiki.text(title), heading, saved(call, signed));
    const revision = save(call, { page: title, text: content, comment: newSectionComment(heading) });
    const now = wiki.now();
    const anchor = anchors(sections(content)).at(-1) ?? '';
    const comment = `c-${fragment(viewer.name)}-${compact(iso(now)).slice(0, 12)}00-${anchor}`;
    const [time] = longTime(now).split(',');
    return {
      discussiontoolsedit: {
        result: 'success',
        content: `<div class="mw-content-ltr mw-parser-output" lang="en" dir="ltr"></div>`,
        categorieshtml: categories(wiki, content),
        sections: tableOfContents(title, content),
        displayTitleHtml: displayTitle(title),
        contentSub:
          '<div class="ext-discussiontools-init-pageframe-latestcomment">' +
          `<a href="#${comment}"></a><a href="#${anchor}">${headingText(heading)}</a></div>`,
        modules: page.discussionModules,
        jsconfigvars: {
          wgDiscussionToolsPageThreads: pageThreads(threads(wiki, title) ?? []),
          wgEchoSeenTime: page.echoSeenTime,
        },
        isRedirect: '',
        lastModified: { date: longDate(now), time, message: '' },
        newrevid: revision?.id,
        watched: true,
        watchlistexpiry: null,
      },
    };
  };
}
