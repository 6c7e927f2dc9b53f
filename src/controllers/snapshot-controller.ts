import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { applyStoredDismissal } from './dismissed-invite-storage.js';
import type { SnapshotStore } from '../sdk/snapshot-store.js';
import type { Snapshot } from '../sdk/snapshot.js';
import { decide, isDismissal, type Decision } from '../sdk/decide.js';
import type { When } from './keep-snapshots.js';
import { type SourceHandle, resolveSource, type Settings } from './resolve-source.js';
import { wikiStarted } from './wiki-page.js';

export type Outcome =
  | { state: 'loading' }
  | { state: 'failed'; error: unknown }
  /** `isDismissed`: the viewer has dismissed the invitation in this element, so that a notice replaces its card. */
  | { state: 'shown'; decision: Decision; now: Date; isDismissed?: true };

/** Loads the snapshot from the source of its host and decides which card to show. Moving the host does not reload. */
export class SnapshotController implements ReactiveController {
  outcome: Outcome = { state: 'loading' };
  /** Decision of the last load; null: none yet, or it failed. */
  decision: Decision | null = null;
  /** Handle of the current source; null: no source is open. */
  handle: SourceHandle | null = null;
  /** Snapshot of the last decision, which outlasts a failed reload; null: none yet. */
  snapshot: Snapshot | null = null;
  /** True if a dismissed invitation stays the decision, because the viewer dismisses it in this element. */
  keepsInvite = false;
  readonly #host: ReactiveControllerHost & Element & Settings;
  #unsubscribe = () => {};
  #wait: AbortController | null = null;
  #news: Outcome | null = null;
  #started = false;
  #loading = Promise.resolve();

  constructor(host: ReactiveControllerHost & Element & Settings) {
    this.#host = host;
    host.addController(this);
  }

  /** Store of the current source; null: no source is open. */
  get store(): SnapshotStore | null {
    return this.handle?.store ?? null;
  }

  get busy(): boolean {
    return this.#wait !== null;
  }

  /** True if a notice has replaced the card of the invitation. */
  get isDismissed(): boolean {
    return this.outcome.state === 'shown' && this.outcome.isDismissed === true;
  }

  hostConnected(): void {
    if (!this.#started) return;
    if (this.outcome.state === 'loading' && !this.#wait) this.start();
    this.#host.requestUpdate();
  }

  /** Opens the source of a reconnected card again, for actions and updates, unless the host has set another one. */
  hostUpdate(): void {
    if (this.outcome.state !== 'shown' || this.handle || !this.#host.isConnected) return;
    this.handle = this.#open();
    // Another element has loaded the current snapshot, so this sends no request.
    if (this.handle?.isShared) void this.load('load');
  }

  hostDisconnected(): void {
    // Waits for a microtask, because moving an element disconnects it only for a moment.
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.#release();
    });
  }

  /** Discards the current outcome and loads from the host's current settings. */
  start(): void {
    this.#release();
    this.#started = true;
    this.#setOutcome({ state: 'loading' });
    if (this.#host.isConnected) void this.load('load');
  }

  /** Returns the outcome, and null from then on, so that its event is dispatched once. */
  takeNews(): Outcome | null {
    const news = this.#news;
    this.#news = null;
    return news;
  }

  /** Loads again if the last load has failed, or the pending one fails. Does nothing while disconnected. */
  async recover(): Promise<void> {
    await this.#loading;
    if (this.outcome.state === 'failed' && !this.busy && this.#host.isConnected) await this.load('load');
    else await this.syncKept();
  }

  load(how: 'load' | 'refresh'): Promise<void> {
    return (this.#loading = this.#load(how));
  }

  async #load(how: 'load' | 'refresh'): Promise<void> {
    this.#wait?.abort();
    const wait = new AbortController();
    const { signal } = wait;
    this.#wait = wait;
    this.#host.requestUpdate();
    let end: () => void;
    try {
      while (!(this.handle ??= this.#open())) {
        await wikiStarted();
        if (this.#wait !== wait) return;
      }
      const { store } = this.handle;
      await store[how]({ signal });
      // Reads the cache, because an action may have replaced the snapshot in the meantime.
      const snapshot = await store.load({ signal });
      end = () => this.update(snapshot);
    } catch (error) {
      end = () => this.#show({ state: 'failed', error });
    }
    if (this.#wait !== wait) return;
    this.#wait = null;
    end();
  }

  /** Decides which card to show for a snapshot. */
  update(snapshot: Snapshot): void {
    this.snapshot = snapshot;
    const now = this.handle?.now() ?? new Date();
    const decision = decide(applyStoredDismissal(snapshot, this.store?.source.id), now);
    const current = this.decision;
    // Keeps the decision, because a notice with “Undo” takes the place of the invitation until the page is left.
    const isCurrent = current?.variant === 'invite' && current.viewer.name === snapshot.viewer?.name;
    if (this.keepsInvite && isCurrent && isDismissal(decision, snapshot))
      this.#show({ state: 'shown', decision: current, now, isDismissed: true });
    else this.#show({ state: 'shown', decision, now });
    void this.syncKept();
  }

  /**
   * Stores each snapshot for the next page from now on, and reloads a kept one, which an action needs `now`. Resolves once
   * the reload has started.
   */
  async syncKept(when: When = 'when idle'): Promise<void> {
    if (this.handle?.keepFor)
      await import('./keep-snapshots.js').then(
        ({ keepSnapshots }) => keepSnapshots(this, when),
        () => {},
      );
  }

  #open(): SourceHandle | null {
    const handle = resolveSource(this.#host);
    if (!handle) return null;
    // Follows changes by actions and other elements. Ignores them during its own load, which decides at its end.
    this.#unsubscribe = handle.store.subscribe((snapshot) => this.#wait || this.update(snapshot));
    return handle;
  }

  #setOutcome(outcome: Outcome): void {
    this.outcome = outcome;
    this.decision = outcome.state === 'shown' ? outcome.decision : null;
  }

  #show(outcome: Outcome): void {
    this.#setOutcome(outcome);
    // A notice replaces a card of which the host knows.
    this.#news = this.isDismissed ? null : outcome;
    this.#host.requestUpdate();
  }

  #release(): void {
    this.keepsInvite = false;
    // A reconnected card is decided anew, because the notice in its place is gone.
    if (this.isDismissed) this.#setOutcome({ state: 'loading' });
    this.#wait?.abort();
    this.#wait = null;
    this.#unsubscribe();
    this.handle?.release();
    this.handle = null;
  }
}
