import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { MentorshipErrorEvent, MentorshipReadyEvent } from '../events.js';
import { withMemory } from './dismissed-invite-storage.js';
import { asMentorshipError } from '../sdk/errors.js';
import type { SnapshotStore } from '../sdk/snapshot-store.js';
import type { Snapshot } from '../sdk/snapshot.js';
import { decide, type Decision } from '../sdk/decide.js';
import { type Reader, readerFor, type Settings } from './resolve-source.js';

export type Outcome =
  { state: 'loading' } | { state: 'failed' } | { state: 'shown'; decision: Decision; now: Date };

type News = MentorshipReadyEvent | MentorshipErrorEvent;

/** Reads the snapshot as the host's settings say, and decides. A host that is moved keeps what it has. */
export class SnapshotController implements ReactiveController {
  outcome: Outcome = { state: 'loading' };
  readonly #host: ReactiveControllerHost & Element & Settings;
  #unsubscribe = () => {};
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

  /** null: nothing can be read. */
  get loader(): SnapshotStore | null {
    return this.#reader?.loader ?? null;
  }

  hostConnected(): void {
    if (!this.#started) return;
    if (this.outcome.state === 'loading' && !this.#wait) this.start();
    // A card that comes back is to be used again.
    else if (this.outcome.state === 'shown') this.#reader ??= this.#open();
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

  /** Returns the event of the last load, once, so that it is dispatched once. */
  takeNews(): News | null {
    const news = this.#news;
    this.#news = null;
    return news;
  }

  async load(how: 'load' | 'refresh'): Promise<void> {
    this.#wait?.abort();
    const wait = new AbortController();
    const { signal } = wait;
    this.#wait = wait;
    this.#host.requestUpdate();
    let end: () => void;
    try {
      const { loader } = (this.#reader ??= this.#open());
      await loader[how]({ signal });
      // Something that the viewer did meanwhile may have made a newer one.
      const snapshot = await loader.load({ signal });
      end = () => this.decide(snapshot);
    } catch (error) {
      end = () => this.#show({ state: 'failed' }, new MentorshipErrorEvent(asMentorshipError(error)));
    }
    if (this.#wait !== wait) return;
    this.#wait = null;
    end();
  }

  /** Decides which card fits the snapshot. */
  decide(snapshot: Snapshot): void {
    const now = this.#reader?.now() ?? new Date();
    const decision = decide(withMemory(snapshot, this.loader?.source.id), now);
    this.#show({ state: 'shown', decision, now }, new MentorshipReadyEvent(decision));
  }

  #open(): Reader {
    const reader = readerFor(this.#host);
    // Another element, or something that the viewer did, brought news. What this one loads itself it hears of anyway.
    this.#unsubscribe = reader.loader.subscribe((snapshot) => this.#wait || this.decide(snapshot));
    return reader;
  }

  #show(outcome: Outcome, news: News): void {
    this.outcome = outcome;
    this.#news = news;
    this.#host.requestUpdate();
  }

  #letGo(): void {
    this.#wait?.abort();
    this.#wait = null;
    this.#unsubscribe();
    this.#reader?.release();
    this.#reader = null;
  }
}
