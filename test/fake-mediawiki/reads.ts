import { ApiError, type Call } from './call.ts';
import { option } from './options.ts';
import { freshQuestions, questionsHtml, questionsOption } from './questions.ts';
import type { WikiState } from './state.ts';
import { flat, shown, threads } from './threads.ts';
import { pageUrl, parseTitle } from './titles.ts';

function gender(wiki: WikiState, name: string): unknown {
  const user = wiki.user(name);
  return user ? option(user, 'gender') : 'unknown';
}

// Returns an interface message from its page on the wiki; other messages do not exist here.
function message({ wiki, ...call }: Expansion, [key = '', ...params]: readonly string[]): string {
  const title = parseTitle(`MediaWiki:${key.trim()}`)?.text ?? '';
  const text = wiki.text(`${title}/${call.language}`) ?? wiki.text(title) ?? `⧼${key.trim()}⧽`;
  return text.replace(/\$(\d)/g, (whole, number: string) => params[Number(number) - 1] ?? whole);
}

interface Expansion {
  readonly wiki: WikiState;
  readonly language: string;
}

type ParserFunction = (where: Expansion, args: readonly string[]) => string;

const parserFunctions: Readonly<Record<string, ParserFunction>> = {
  int: message,
  gender: ({ wiki }, [name = '', male = '', female = male, unknown = male]) =>
    ({ male, female })[String(gender(wiki, name.trim()))] ?? unknown,
  fullurl: (_where, [name = '']) => {
    const title = parseTitle(name);
    return title ? pageUrl(title.text) : '';
  },
};

// Defined by the extension.
const mentorOf: ParserFunction = ({ wiki }, [name = '']) => wiki.user(name.trim())?.mentor ?? '';

function parserFunction({ wiki }: Expansion, name: string): ParserFunction | undefined {
  if (name === '#mentor') return wiki.software.extensions === 'growth' ? mentorOf : undefined;
  return parserFunctions[name];
}

/** action=expandtemplates: replaces parser functions from the inside out and keeps unknown ones. */
export function expandTemplates(call: Call): Record<string, unknown> {
  let wikitext = call.required('text');
  const where = { wiki: call.wiki, language: call.get('uselang') ?? 'en' };
  for (let before = ''; before !== wikitext;) {
    before = wikitext;
    wikitext = wikitext.replace(/\{\{([^{}:|]+):([^{}]*)\}\}/g, (whole, name: string, args: string) => {
      const expand = parserFunction(where, name.trim().toLowerCase());
      return expand ? expand(where, args.split('|')) : whole;
    });
  }
  return { expandtemplates: { wikitext } };
}

/** action=homepagequestionstore: the viewer's own questions. */
export function homepageQuestionStore(call: Call): Record<string, unknown> {
  const storage = call.oneOf('storage', [questionsOption, 'growthexperiments-helppanel-questions']);
  const questions = storage === questionsOption ? freshQuestions(call.wiki, call.viewer) : [];
  return { homepagequestionstore: { html: questionsHtml(questions, storage), questions } };
}

/** action=discussiontoolspageinfo: the threads of a talk page. */
export function discussionToolsPageInfo(call: Call): Record<string, unknown> {
  const given = call.required('page');
  const page = parseTitle(given)?.text ?? given;
  const items = threads(call.wiki, page);
  if (!items) throw new ApiError('nosuchrevid', `No current revision of title ${page}.`);
  const props = call.listOf('prop', ['threaditemshtml', 'transcludedfrom'], {
    module: 'discussiontoolspageinfo',
    fallback: 'transcludedfrom',
  });
  const names = flat(items).flatMap((item) => [item.id, item.name]);
  return {
    discussiontoolspageinfo: {
      ...(props.includes('transcludedfrom')
        ? { transcludedfrom: Object.fromEntries(names.map((name) => [name, false])) }
        : {}),
      ...(props.includes('threaditemshtml') ? { threaditemshtml: items.map(shown) } : {}),
    },
  };
}
