import { ApiError, type Call } from './call.ts';
import { link } from './html.ts';
import { mentorsTable } from './mentors-table.ts';
import { allOptions } from './options.ts';
import { tokensFor, userVariables } from './page-variables.ts';
import data from './parse.json' with { type: 'json' };
import site from './site.json' with { type: 'json' };
import { parseTitle } from './titles.ts';

type Body = Record<string, unknown>;

// Returns mw.config of an article without the additions of the extension, which this response does not contain.
function variables({ wiki, viewer }: Call, title: string): Body {
  const name = title.replace(/ /g, '_');
  const id = wiki.pageIds.get(title) ?? 0;
  const user = userVariables(viewer);
  const registered = user['wgUserRegistration'];
  const own = {
    wgPageName: name,
    wgTitle: title,
    wgCurRevisionId: wiki.latest(title)?.id ?? 0,
    wgArticleId: id,
    wgRelevantPageName: name,
    wgRelevantArticleId: id,
    ...user,
    ...(registered === undefined ? {} : { wgUserFirstRegistration: registered }),
  };
  // The data contain the order and the values shared by all viewers.
  const all = Object.entries<unknown>({ ...data.variables, ...own });
  return Object.fromEntries(all.filter(([key]) => !key.startsWith('wgUser') || key in own));
}

// Renders only what scripts read from the head, because there is no skin.
function head(call: Call, title: string): string {
  const tokens = JSON.stringify(tokensFor(call.viewer));
  const options = JSON.stringify(allOptions(call.viewer));
  return (
    `<!DOCTYPE html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="UTF-8">\n` +
    `<title> - ${site.general.sitename}</title>\n` +
    `<script>RLCONF=${JSON.stringify(variables(call, title))};\nRLSTATE={};</script>\n` +
    `<script>mw.user.tokens.set(${tokens});mw.user.options.set(${options});</script>\n</head>\n<body>`
  );
}

function parsePage(call: Call, name: string): Body {
  const title = parseTitle(name)?.text ?? name;
  const pageid = call.wiki.pageIds.get(title);
  if (pageid === undefined) {
    throw new ApiError('missingtitle', "The page you specified doesn't exist.");
  }
  const props = call.listOf('prop', ['headhtml', 'modules', 'jsconfigvars'], { module: 'parse' });
  return {
    title,
    pageid,
    ...(props.includes('headhtml') ? { headhtml: head(call, title) } : {}),
    ...(props.includes('modules') ? data.modules : {}),
    ...(props.includes('jsconfigvars') ? { jsconfigvars: {} } : {}),
  };
}

function transcluded(call: Call, wikitext: string): string {
  const title = parseTitle(/^\{\{(Special:[^{}|]+)\}\}$/i.exec(wikitext)?.[1] ?? '')?.text;
  if (title === undefined) {
    throw new ApiError('unsupported', 'The wiki in memory renders nothing but one {{Special:…}}.');
  }
  if (title === 'Special:ManageMentors') return mentorsTable(call.wiki);
  return `<p>${link(call.wiki, title, { html: title })}\n</p>\n`;
}

/** action=parse: the head of a page, or a transcluded special page. */
export function parse(call: Call): Body {
  const name = call.get('page');
  if (name !== null) return { parse: parsePage(call, name) };
  const html = transcluded(call, call.required('text'));
  const wrapper = call.get('wrapoutputclass') ?? 'mw-parser-output';
  const text =
    wrapper === '' ? html : `<div class="mw-content-ltr ${wrapper}" lang="en" dir="ltr">${html}</div>`;
  return { parse: { title: 'API', pageid: 0, text } };
}
