/** Runs of reading: asked for, followed by events while they go, and remembered by name where the server forgets them. */
import { ApiError, get, send } from './api';
import { counted } from './encoding';
import { ledger } from './ledger.svelte';
import { live } from './live.svelte';
import type { Run } from './records';

const KEY = 'sides-runs';

class Runs {
  /** Those that the server remembers, the latest first. */
  all: Run[] = $state.raw([]);
  error: ApiError | null = $state.raw(null);
  /** Those that were going on when the server that knew them ended. */
  lost: string[] = $state.raw([]);
  #following = new Map<string, EventSource>();

  /** Ask for all, and follow those that are not over. */
  async load(): Promise<void> {
    try {
      this.all = (await get<{ runs: Run[] }>('/api/reads', { at: null, known: null, lens: null, exact: null, version: null })).runs;
      this.error = null;
    } catch (error) {
      this.error = error instanceof ApiError ? error : new ApiError('error', String(error), null, 0);
      return;
    }
    for (const id of going()) if (!this.all.some((run) => run.id === id)) this.#lose(id);
    for (const run of this.all) if (!run.is_over) this.follow(run);
  }

  /** Follow a run until it is over. The browser comes again by itself where the line breaks. */
  follow(run: Run): void {
    this.#take(run);
    if (run.is_over || this.#following.has(run.id)) return;
    keep([...going(), run.id]);
    const source = new EventSource(`/api/reads/events?id=${encodeURIComponent(run.id)}`);
    this.#following.set(run.id, source);
    source.addEventListener('run', (event) => {
      const now = JSON.parse((event as MessageEvent<string>).data) as Run;
      this.#take(now);
      if (!now.is_over) return;
      this.#leave(run.id);
      live.tell(now.state === 'failed' ? 'The run has failed.' : `${now.state === 'stopped' ? 'Stopped: ' : ''}${counted(now.report?.read.length ?? 0, 'document')} read, ${now.report?.left_out.length ?? 0} left out.`);
      void ledger.follow();
    });
    source.addEventListener('error', () => {
      if (source.readyState !== EventSource.CLOSED) return; // it comes again
      this.#leave(run.id, false);
      // The server answers, but not with this run; or it is gone for longer than the browser tries.
      setTimeout(() => void this.load(), 1000);
    });
  }

  async stop(run: Run): Promise<void> { this.follow(await send('POST', '/api/reads/stop', undefined, { id: run.id })); }

  async again(run: Run, dates: Record<string, string>): Promise<void> {
    this.follow(await send('POST', '/api/reads/again', { dates }, { id: run.id }));
    await this.load();
  }

  async forget(run: Run): Promise<void> {
    this.all = (await send<{ runs: Run[] }>('POST', '/api/reads/forget', undefined, { id: run.id })).runs;
  }

  /** No longer follow any, as when the screen is left. They go on. */
  end(): void {
    for (const source of this.#following.values()) source.close();
    this.#following.clear();
  }

  #take(run: Run): void {
    this.all = this.all.some((one) => one.id === run.id) ? this.all.map((one) => (one.id === run.id ? run : one)) : [run, ...this.all];
  }

  #leave(id: string, isOver = true): void {
    this.#following.get(id)?.close();
    this.#following.delete(id);
    if (isOver) keep(going().filter((one) => one !== id));
  }

  #lose(id: string): void {
    this.lost = [...this.lost, id];
    keep(going().filter((one) => one !== id));
    void ledger.follow();
  }
}

function going(): string[] {
  try { return JSON.parse(sessionStorage.getItem(KEY) ?? '[]') as string[]; } catch { return []; }
}

function keep(ids: string[]): void {
  try { sessionStorage.setItem(KEY, JSON.stringify([...new Set(ids)])); } catch { /* Then a run that the server forgets is not told of. */ }
}

export const runs = new Runs();
