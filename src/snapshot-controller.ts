import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { MentorshipErrorEvent, MentorshipReadyEvent } from './events.js';
import { MentorshipError } from './sdk/errors.js';
import { decideVariant, type Variant } from './sdk/variant.js';
import { type Reader, readerFor, type Settings } from './settings.js';

export type Outcome =
  { state: 'loading' } | { state: 'failed' } | { state: 'shown'; variant: Variant; now: Date };

type News = MentorshipReadyEvent | MentorshipErrorEvent;

/** Reads the snapshot as the host's settings say, and decides. A host that is moved keeps what it has. */
export class SnapshotController implements ReactiveController {
  outcome: Outcome = { state: 'loading' };
  readonly #host: ReactiveControllerHost & Element & Settings;
  #reader: Reader | null = null;
  #wait: AbortController | null = null;
  #news: News | null = null;
  #started = false;

  constructor(host: ReactiveControllerHost & Element & Settings) {
    this.#host = host;
    host.addController(this);
  }

  get busy(): boolean {
    return this.#wait !== null;
  }

  hostConnected(): void {
    const unfinished = this.outcome.state === 'loading' && !this.#wait;
    if (this.#started && unfinished) this.start();
  }

  hostDisconnected(): void {
    // Moving an element disconnects it for a moment only.
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.#letGo();
    });
  }

  /** Begins anew, with the settings as they are now. */
  start(): void {
    this.#letGo();
    this.#started = true;
    this.outcome = { state: 'loading' };
    if (this.#host.isConnected) void this.load('load');
  }

  /** What came of the last load; once, so that it is told once. */
  takeNews(): News | null {
    const news = this.#news;
    this.#news = null;
    return news;
  }

  async load(how: 'load' | 'refresh'): Promise<void> {
    this.#wait?.abort();
    const wait = new AbortController();
    this.#wait = wait;
    this.#host.requestUpdate();
    const [outcome, news] = await this.#read(how, wait.signal);
    if (this.#wait !== wait) return;
    this.#wait = null;
    this.outcome = outcome;
    this.#news = news;
    this.#host.requestUpdate();
  }

  async #read(how: 'load' | 'refresh', signal: AbortSignal): Promise<[Outcome, News]> {
    try {
      this.#reader ??= readerFor(this.#host);
      const { loader, now: clock } = this.#reader;
      const snapshot = await loader[how](signal);
      const now = clock();
      const variant = decideVariant(snapshot, now);
      return [{ state: 'shown', variant, now }, new MentorshipReadyEvent(variant)];
    } catch (error) {
      return [{ state: 'failed' }, new MentorshipErrorEvent(asMentorshipError(error))];
    }
  }

  #letGo(): void {
    this.#wait?.abort();
    this.#wait = null;
    this.#reader?.release();
    this.#reader = null;
  }
}

const asMentorshipError = (error: unknown): MentorshipError =>
  error instanceof MentorshipError
    ? error
    : new MentorshipError('bad-data', 'The card failed.', { cause: error });
