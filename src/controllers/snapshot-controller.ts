import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { MentorshipErrorEvent, MentorshipReadyEvent } from '../events.js';
import { applyStoredDismissal } from './dismissed-invite-storage.js';
import { asMentorshipError } from '../sdk/errors.js';
import type { SnapshotStore } from '../sdk/snapshot-store.js';
import type { Snapshot } from '../sdk/snapshot.js';
import { decide, type Decision } from '../sdk/decide.js';
import { type SourceHandle, resolveSource, type Settings } from './resolve-source.js';

export type Outcome =
  { state: 'loading' } | { state: 'failed' } | { state: 'shown'; decision: Decision; now: Date };

type PendingEvent = MentorshipReadyEvent | MentorshipErrorEvent;

/** Reads the snapshot as the host's settings say, and decides. A host that is moved keeps what it has. */
export class SnapshotController implements ReactiveController {
  outcome: Outcome = { state: 'loading' };
  readonly #host: ReactiveControllerHost & Element & Settings;
  #unsubscribe = () => {};
  #handle: SourceHandle | null = null;
  #wait: AbortController | null = null;
  #pendingEvent: PendingEvent | null = null;
  #started = false;

  constructor(host: ReactiveControllerHost & Element & Settings) {
    this.#host = host;
    host.addController(this);
  }

  /** null until the first load ends, and where it fails. */
  get decision(): Decision | null {
    return this.outcome.state === 'shown' ? this.outcome.decision : null;
  }

  get busy(): boolean {
    return this.#wait !== null;
  }

  /** null: nothing can be read. */
  get store(): SnapshotStore | null {
    return this.#handle?.store ?? null;
  }

  hostConnected(): void {
    if (!this.#started) return;
    if (this.outcome.state === 'loading' && !this.#wait) this.start();
    // A card that comes back is to be used again.
    else if (this.outcome.state === 'shown') this.#handle ??= this.#open();
  }

  hostDisconnected(): void {
    // Moving an element disconnects it for a moment only.
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.#release();
    });
  }

  /** Begins anew, with the settings as they are now. */
  start(): void {
    this.#release();
    this.#started = true;
    this.outcome = { state: 'loading' };
    if (this.#host.isConnected) void this.load('load');
  }

  /** Returns the event of the last load, once, so that it is dispatched once. */
  takePendingEvent(): PendingEvent | null {
    const news = this.#pendingEvent;
    this.#pendingEvent = null;
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
      const { store } = (this.#handle ??= this.#open());
      await store[how]({ signal });
      // Something that the viewer did meanwhile may have made a newer one.
      const snapshot = await store.load({ signal });
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
    const now = this.#handle?.now() ?? new Date();
    const decision = decide(applyStoredDismissal(snapshot, this.store?.source.id), now);
    this.#show({ state: 'shown', decision, now }, new MentorshipReadyEvent(decision));
  }

  #open(): SourceHandle {
    const reader = resolveSource(this.#host);
    // Another element, or something that the viewer did, brought news. What this one loads itself it hears of anyway.
    this.#unsubscribe = reader.store.subscribe((snapshot) => this.#wait || this.decide(snapshot));
    return reader;
  }

  #show(outcome: Outcome, news: PendingEvent): void {
    this.outcome = outcome;
    this.#pendingEvent = news;
    this.#host.requestUpdate();
  }

  #release(): void {
    this.#wait?.abort();
    this.#wait = null;
    this.#unsubscribe();
    this.#handle?.release();
    this.#handle = null;
  }
}
