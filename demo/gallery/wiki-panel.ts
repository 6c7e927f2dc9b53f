import { html, nothing, type TemplateResult } from 'lit';
import { type Fault, type FakeMediaWiki, personas, type PersonaId } from '../../test/fake-mediawiki/index.js';
import { SWITCHES, type Switch } from './toggles.js';

type How = Fault['how'];

/** Longer than the element waits for an answer, shorter than it looks for what became of a question. */
const LATE_MS = 25_000;
const SLOW_MS = 5_000;

/** What can happen to a write, by what the wiki has stored then. */
const FATES: Record<How, string> = {
  offline: 'does not leave the browser',
  silence: 'does not arrive, and nothing comes back',
  'bad-gateway': 'does not arrive, and HTTP 502 comes back',
  late: `arrives only after ${LATE_MS / 1000} s`,
  slow: `is stored, and answered after ${SLOW_MS / 1000} s`,
  reset: 'is stored, then the connection breaks',
  'silence-after': 'is stored, and nothing comes back',
  'bad-gateway-after': 'is stored, and HTTP 502 comes back',
  'garbled-after': 'is stored, and half of the answer comes back',
};

const hows = Object.keys(FATES) as How[];

const isWrite = (params: Readonly<Record<string, string>>) => 'token' in params;

function faultOf(how: How): Fault {
  if (how === 'late') return { how, ms: LATE_MS };
  return how === 'slow' ? { how, ms: SLOW_MS } : { how };
}

interface Options {
  wiki: FakeMediaWiki;
  viewer: PersonaId;
  /** Loads the card anew. */
  refresh: () => void;
  /** Something else is to be drawn. */
  changed: () => void;
}

/** What can be done to the wiki of a case, and what it has stored. */
export class ThisWiki {
  readonly #options: Options;
  readonly #on = new Map<Switch, () => void>();
  #fate: How | null = null;
  #reach: 'write' | 'all' = 'write';
  #heal = () => {};
  #said = '';

  constructor(options: Options) {
    this.#options = options;
  }

  #do(what: () => void, said: string): void {
    try {
      what();
      this.#said = said;
    } catch (error) {
      this.#said = error instanceof Error ? `Not possible: ${error.message}.` : '';
    }
    this.#options.changed();
  }

  #toggle(one: Switch): void {
    const off = this.#on.get(one);
    if (off) {
      off();
      this.#on.delete(one);
    } else {
      this.#on.set(one, one.turnOn(this.#options.wiki, this.#options.viewer));
    }
    this.#options.changed();
  }

  #disturb(fate: How | null, reach = this.#reach): void {
    const { wiki, changed } = this.#options;
    this.#heal();
    this.#heal = () => {};
    this.#fate = fate;
    this.#reach = reach;
    if (fate && reach === 'write') this.#heal = wiki.disturb({ ...faultOf(fate), match: this.#onlyOneWrite });
    else if (fate) this.#heal = this.#disturbAllFrom(fate);
    changed();
  }

  /** From the first write on, everything fails, so that not even the dialog can find out. */
  #disturbAllFrom(fate: How): () => void {
    let begun = false;
    return this.#options.wiki.disturb({
      ...faultOf(fate),
      times: Infinity,
      match: (params) => (begun ||= isWrite(params)),
    });
  }

  readonly #onlyOneWrite = (params: Readonly<Record<string, string>>): boolean => {
    if (!isWrite(params)) return false;
    this.#fate = null;
    queueMicrotask(this.#options.changed);
    return true;
  };

  #buttons(): TemplateResult {
    const { wiki, viewer, refresh } = this.#options;
    const forget = () => {
      localStorage.clear();
      refresh();
    };
    const answer = () => wiki.reply(viewer, { text: 'Good question! Have a look at our help pages.' });
    return html`
      <p class="row">
        <button name="reply" @click=${() => this.#do(answer, 'The mentor has answered.')}>
          The mentor answers the latest question
        </button>
        <button name="archive" @click=${() => this.#do(() => wiki.archive(viewer), 'It is archived.')}>
          Archive it
        </button>
        <button
          name="expire"
          @click=${() => this.#do(() => wiki.expireTokens(viewer), 'Writes need a new token now.')}
        >
          End the session’s tokens
        </button>
        <button
          name="forget"
          @click=${() => this.#do(forget, 'Drafts are gone, and what was put away in this browser only.')}
        >
          Forget drafts
        </button>
        <button name="refresh" @click=${() => this.#do(refresh, '')}>Load the card anew</button>
      </p>
      <p role="status">${this.#said}</p>
    `;
  }

  #faults(): TemplateResult {
    const choose = ({ target }: Event) => {
      if (target instanceof HTMLSelectElement)
        this.#disturb(hows.find((how) => how === target.value) ?? null);
    };
    const extend = ({ target }: Event) => {
      if (target instanceof HTMLInputElement) this.#disturb(this.#fate, target.checked ? 'all' : 'write');
    };
    return html`
      <label>
        The next write
        <select name="fate" @change=${choose}>
          <option value="" .selected=${this.#fate === null}>is answered as usual</option>
          ${hows.map(
            (how) => html`<option value=${how} .selected=${this.#fate === how}>${FATES[how]}</option>`,
          )}
        </select>
      </label>
      <label class="switch">
        <input type="checkbox" name="all" .checked=${this.#reach === 'all'} @change=${extend} />
        and so it goes on, with reading too
      </label>
    `;
  }

  #stored(): TemplateResult {
    const { wiki, viewer } = this.#options;
    const questions = wiki.questionsOf(viewer);
    return html`
      <h3>
        Questions that the viewer has on talk pages:
        <output name="stored">${questions.length}</output>
      </h3>
      <ol name="questions">
        ${questions.map(
          ({ page, text, revision }) => html`
            <li>
              <bdi>${text}</bdi>
              <small>${page}, revision ${revision}</small>
            </li>
          `,
        )}
      </ol>
    `;
  }

  render(): TemplateResult {
    const { viewer } = this.#options;
    const name = personas.find(({ id }) => id === viewer)?.name ?? null;
    return html`
      <section class="this-wiki" aria-labelledby="this-wiki">
        <h2 id="this-wiki">This wiki</h2>
        <p>
          It lives in this page’s memory, and is new after a reload.
          ${name === null ? 'The viewer is not signed in.' : html`The viewer is <bdi>${name}</bdi>.`}
        </p>
        ${this.#buttons()} ${this.#faults()}
        ${SWITCHES.map(
          (one) => html`
            <label class="switch">
              <input
                type="checkbox"
                name=${one.name}
                .checked=${this.#on.has(one)}
                @change=${() => this.#toggle(one)}
              />
              ${one.words}
            </label>
          `,
        )}
        ${name === null ? nothing : this.#stored()}
      </section>
    `;
  }
}
