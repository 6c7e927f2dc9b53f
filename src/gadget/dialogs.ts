import { MentorshipError } from '../sdk/errors.js';
import { config, keeping } from './wiki.js';

/** What both scripts have of the build that made them; scripts/pair.mjs writes it. */
const BUILD = '__BUILD__';

/** Hands the second script what it shares with the first, and gets what the first would import of it. */
type Part = (shared: () => object) => object;

/** The second script leaves what it has on its own element: nothing of it is global. */
type Carrier = HTMLScriptElement & { mentorshipDialogs?: { build: string; part: Part } };

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): { createScriptURL(url: string): string };
}

// Known only while it runs for the first time.
const { src: first, nonce = '' } = (document.currentScript ?? {}) as Partial<HTMLScriptElement>;

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;
let loading: Promise<object> | null = null;
let isRefused = false;

/** In place of each `import()`: all that is not needed for a card, once for the page. */
export function loadDialogs(shared: () => object): Promise<object> {
  loading ??= fetchDialogs()
    .then((part) => part(shared))
    .catch((error: unknown) => {
      // What could not be loaded is tried again the next time.
      loading = null;
      throw error;
    });
  return loading;
}

async function fetchDialogs(): Promise<Part> {
  // As the loader fetches the first; of another build, it is another address.
  const address = `${String(config('wgScript'))}?title=MediaWiki:Gadget-mentorship-module-dialogs.js&action=raw&ctype=text/javascript${keeping()}&build=${BUILD}`;
  const script: Carrier = Object.assign(document.createElement('script'), { nonce, src: trusted(address) });
  const isLoaded = new Promise<boolean>((resolve) => {
    script.onload = () => resolve(true);
    script.onerror = () => resolve(false);
  });
  document.head.append(script);
  const isThere = await isLoaded;
  script.remove();
  const { build, part } = script.mentorshipDialogs ?? {};
  if (part && build === BUILD) return part;
  if (isThere) refuse([address, first]);
  throw new MentorshipError('network', 'The gadget’s dialogs could not be loaded.', { retryable: true });
}

function refuse(addresses: (string | undefined)[]): void {
  // This page keeps its first script: to say so and to fetch again would change nothing more.
  if (isRefused) return;
  isRefused = true;
  console.warn(
    'mentorship-module: MediaWiki:Gadget-mentorship-module-dialogs.js is missing, or of another build than MediaWiki:Gadget-mentorship-module.js, perhaps in this browser’s cache alone: reload the page.',
  );
  // Browsers keep both for a day: whichever is too old, the next page has it as it is by then.
  // What nobody reads to its end is not kept.
  for (const address of addresses)
    if (address)
      fetch(address, { cache: 'reload' })
        .then((answer) => answer.text())
        .catch(() => {});
}

function trusted(address: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  policy ??= trustedTypes?.createPolicy('mentorship-module', { createScriptURL: (url) => url });
  return policy?.createScriptURL(address) ?? address;
}
