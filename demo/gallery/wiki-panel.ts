import { html, nothing, type TemplateResult } from 'lit';
import { type Fault, type FakeMediaWiki, personas, type PersonaId } from '../../test/fake-mediawiki/index.js';
import { TOGGLES, type Toggle } from './toggles.js';

type How = Fault['how'];

/** Longer than the element waits for a response, shorter than it polls for a question. */
const LATE_MS = 25_000;
const SLOW_MS = 5_000;

/** Labels of the faults, by what the wiki has stored afterwards. */
const FAULT_LABELS: Record<How, string> = {
  offline: 'fails without leaving the browser',
  silence: 'is lost, without a response',
  'bad-gateway': 'is lost, with the response HTTP 502',
  late: `is delivered after ${LATE_MS / 1000} s`,
  slow: `is stored, and answered after ${SLOW_MS / 1000} s`,
  reset: 'is stored, then the connection is reset',
  'silence-after': 'is stored, without a response',
  'bad-gateway-after': 'is stored, with the response HTTP 502',
  'garbled-after': 'is stored, with a truncated response',
};

const FAULTS = Object.keys(FAULT_LABELS) as How[];

const isWrite = (params: Readonly<Record<string, string>>) => 'token' in params;

function faultOf(how: How): Fault {
  if (how === 'late') return { how, ms: LATE_MS };
  return how === 'slow' ? { how, ms: SLOW_MS } : { how };
}

interface Options {
  wiki: FakeMediaWiki;
  viewer: PersonaId;
  /** Reloads the card. */
  refresh: () => void;
  /** Called when the panel has to be rendered again. */
  onChange: () => void;
}

/** Renders controls for the wiki of a case, and the questions that it has stored. */
export class WikiPanel {
  readonly #options: Options;
  readonly #active = new Map<Toggle, () => void>();
  #fault: How | null = null;
  #scope: 'write' | 'all' = 'write';
  #endFault = () => {};
  #status = '';

  constructor(options: Options) {
    this.#options = options;
  }

  #run(task: () => void, status: string): void {
    try {
      task();
      this.#status = status;
    } catch (error) {
      this.#status = error instanceof Error ? `Not possible: ${error.message}.` : '';
    }
    this.#options.onChange();
  }

  #toggle(one: Toggle): void {
    const turnOff = this.#active.get(one);
    if (turnOff) {
      turnOff();
      this.#active.delete(one);
    } else {
      this.#active.set(one, one.turnOn(this.#options.wiki, this.#options.viewer));
    }
    this.#options.onChange();
  }

  #setFault(fault: How | null, scope = this.#scope): void {
    const { wiki, onChange } = this.#options;
    this.#endFault();
    this.#endFault = () => {};
    this.#fault = fault;
    this.#scope = scope;
    if (fault && scope === 'write')
      this.#endFault = wiki.disturb({ ...faultOf(fault), match: this.#matchOneWrite });
    else if (fault) this.#endFault = this.#failEverythingAfterWrite(fault);
    onChange();
  }

  /** Fails every request from the first write on, so that polling fails too. */
  #failEverythingAfterWrite(fault: How): () => void {
    let hasStarted = false;
    return this.#options.wiki.disturb({
      ...faultOf(fault),
      times: Infinity,
      match: (params) => (hasStarted ||= isWrite(params)),
    });
  }

  readonly #matchOneWrite = (params: Readonly<Record<string, string>>): boolean => {
    if (!isWrite(params)) return false;
    this.#fault = null;
    queueMicrotask(this.#options.onChange);
    return true;
  };

  #buttons(): TemplateResult {
    const { wiki, viewer, refresh } = this.#options;
    const clearStorage = () => {
      localStorage.clear();
      refresh();
    };
    const answer = () => wiki.reply(viewer, { text: 'Good question! Have a look at our help pages.' });
    return html`
      <p class="row">
        <button name="reply" @click=${() => this.#run(answer, 'Replied.')}>
          Reply to the latest question as the mentor
        </button>
        <button name="archive" @click=${() => this.#run(() => wiki.archive(viewer), 'Archived.')}>
          Archive it
        </button>
        <button
          name="expire"
          @click=${() => this.#run(() => wiki.expireTokens(viewer), 'The next write needs a new token.')}
        >
          Expire the session’s token
        </button>
        <button
          name="clear"
          @click=${() => this.#run(clearStorage, 'Cleared drafts and the dismissed invite of this browser.')}
        >
          Clear the browser’s storage
        </button>
        <button name="refresh" @click=${() => this.#run(refresh, '')}>Reload the card</button>
      </p>
      <p role="status">${this.#status}</p>
    `;
  }

  #faults(): TemplateResult {
    const choose = ({ target }: Event) => {
      if (target instanceof HTMLSelectElement)
        this.#setFault(FAULTS.find((how) => how === target.value) ?? null);
    };
    const setScope = ({ target }: Event) => {
      if (target instanceof HTMLInputElement) this.#setFault(this.#fault, target.checked ? 'all' : 'write');
    };
    return html`
      <label>
        The next write
        <select name="fault" @change=${choose}>
          <option value="" .selected=${this.#fault === null}>is answered normally</option>
          ${FAULTS.map(
            (how) =>
              html`<option value=${how} .selected=${this.#fault === how}>${FAULT_LABELS[how]}</option>`,
          )}
        </select>
      </label>
      <label class="toggle">
        <input type="checkbox" name="all" .checked=${this.#scope === 'all'} @change=${setScope} />
        and all later requests, including reads
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
      <section class="wiki-panel" aria-labelledby="wiki-panel">
        <h2 id="wiki-panel">Wiki of this case</h2>
        <p>
          This fake wiki is kept in memory and reset by a reload.
          ${name === null ? 'The viewer is not signed in.' : html`The viewer is <bdi>${name}</bdi>.`}
        </p>
        ${this.#buttons()} ${this.#faults()}
        ${TOGGLES.map(
          (one) => html`
            <label class="toggle">
              <input
                type="checkbox"
                name=${one.name}
                .checked=${this.#active.has(one)}
                @change=${() => this.#toggle(one)}
              />
              ${one.label}
            </label>
          `,
        )}
        ${name === null ? nothing : this.#stored()}
      </section>
    `;
  }
}
