/** The ledger that is looked at: what it holds, and whether it has moved on. */
import { type ApiError, get } from './api';
import { Asking } from './asking.svelte';
import { epoch } from './epoch.svelte';
import { isPublished } from './published';
import type { Datasets, Ledger } from './records';
import { view } from './view.svelte';

// How often it is asked whether the ledger has moved on. A question costs the server next to nothing.
const LOOK_MS = 20_000;
const OWN = { at: null, lens: null, exact: null } as const;

class LedgerNow {
  #asking: Asking<Ledger> | null = $state.raw(null);
  #datasets: Asking<Datasets> | null = $state.raw(null);
  /** The newest version that there is. */
  latest: number | null = $state(null);

  /** Follow the ledger; call while the app is set up. */
  start(): void {
    this.#asking = new Asking((signal) => get('/api/ledger', { ...OWN }, signal).then((found) => {
      if (view.version === null) epoch.version ??= found.version;
      this.latest = found.latest;
      return found;
    }));
    this.#datasets = new Asking((signal) => get('/api/datasets', { ...OWN, known: null }, signal));
    $effect(() => {
      if (isPublished()) return;
      const look = () => { if (document.visibilityState === 'visible') void this.#look(); };
      const timer = setInterval(look, LOOK_MS);
      document.addEventListener('visibilitychange', look);
      return () => { clearInterval(timer); document.removeEventListener('visibilitychange', look); };
    });
  }

  /** What it holds, at the version and by the date that are looked at. */
  get value(): Ledger | null { return this.#asking?.value ?? null; }
  /** The datasets of events in it. */
  get datasets(): Datasets | null { return this.#datasets?.value ?? null; }
  get error(): ApiError | null { return this.#asking?.error ?? null; }
  /** The version that is looked at. */
  get version(): number | null { return view.version ?? epoch.version; }
  /** Whether there is a newer version than the one that is looked at. */
  get hasMovedOn(): boolean { return this.latest !== null && this.version !== null && this.latest > this.version; }

  /** Look at the newest version: after documents were read, a judgement was made, or when asked to. */
  async refresh(): Promise<void> {
    await this.#look();
    if (this.latest !== null) epoch.version = this.latest;
    epoch.count += 1;
    if (view.version !== null) view.set({ version: null });
  }

  /** The same, but an address that holds a version keeps it: then it is only told that there is a newer one. */
  async follow(): Promise<void> {
    if (view.version === null) await this.refresh(); else await this.#look();
  }

  async #look(): Promise<void> {
    try {
      this.latest = (await get('/api/ledger', { ...OWN, known: null, version: null })).latest;
    } catch { /* The next question of the page tells that the server is gone. */ }
  }
}

export const ledger = new LedgerNow();
