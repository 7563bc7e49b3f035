/** A question whose answer is shown: asked again when what it depends on changes, given up when it is not wanted. */
import { ApiError } from './api';

export class Asking<Told> {
  /** The latest answer; it stays while the next is awaited. */
  value: Told | null = $state.raw(null);
  error: ApiError | null = $state.raw(null);
  isWaiting = $state(false);

  /** Call while a component is set up. `question` gives null where there is nothing to ask. */
  constructor(question: (signal: AbortSignal) => Promise<Told> | null) {
    $effect(() => {
      const control = new AbortController();
      const asked = question(control.signal);
      this.isWaiting = asked !== null;
      if (asked === null) {
        this.value = null;
        this.error = null;
        return;
      }
      asked.then((value) => {
        if (control.signal.aborted) return;
        this.value = value;
        this.error = null;
        this.isWaiting = false;
      }, (error: unknown) => {
        if (control.signal.aborted) return;
        this.value = null;
        this.error = error instanceof ApiError ? error : new ApiError('error', String(error), null, 0);
        this.isWaiting = false;
      });
      return () => control.abort();
    });
  }
}

/** A value that follows another once that has rested: what is asked of the server while a thumb is dragged. */
export class Rested<Value> {
  value: Value = $state.raw() as Value;

  constructor(follow: () => Value, restMs: number) {
    this.value = follow();
    $effect(() => {
      const next = follow();
      const timer = setTimeout(() => { this.value = next; }, restMs);
      return () => clearTimeout(timer);
    });
  }
}
