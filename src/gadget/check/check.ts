// Entry of a script of its own, which imports nothing of the card's, because that script may be missing.
import check from '../../generated/texts/en.check.json' with { type: 'json' };
import common from '../../generated/texts/en.common.json' with { type: 'json' };
import { wikiStarted } from '../../controllers/wiki-page.js';
import { ENGLISH } from '../../i18n/language.js';
import { loadLocale } from '../../i18n/load-locale.js';
import { Messages } from '../../i18n/messages.js';
import { readFindings, readReport } from './read-report.js';
import { showMistakes, showReport } from './view.js';

/** Checks the set-up. Shows mistakes on the page and, if the URL asks for it, the report. */
async function run(): Promise<void> {
  await wikiStarted();
  const language = await loadLocale(document.documentElement.lang).catch(() => ENGLISH);
  const templates = { ...common, ...check, ...language.templates };
  const messages = new Messages({
    language: language.tag,
    conventions: language.conventions(templates),
    templates,
    now: new Date(),
    gender: 'unknown',
  });
  const reading = readFindings();
  const open = () =>
    void showReport(
      messages,
      reading.then((findings) => readReport(messages, findings)),
    );
  if (new URLSearchParams(location.search).get('mentorship-check') === '1') open();
  const { mistakes } = await reading;
  if (mistakes.length) showMistakes(messages, mistakes, open);
}

run().catch((error: unknown) =>
  console.warn(`mentorship-module: the set-up could not be checked. ${String(error)}`),
);
