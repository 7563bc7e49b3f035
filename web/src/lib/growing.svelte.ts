/** An answer that is worked out part by part: shown as far as it is, and asked for again until it is whole. */
import { ApiError } from './api';

const AGAIN_MS = 500;

export class Growing<Told> {
  value: Told | null = $state.raw(null);
  error: ApiError | null = $state.raw(null);
  isWhole = $state(false);

  /** Call while a component is set up. `isWhole` tells whether an answer is all there is. */
  constructor(question: (signal: AbortSignal) => Promise<Told>, isWhole: (told: Told) => boolean) {
    $effect(() => {
      const control = new AbortController();
      let timer: ReturnType<typeof setTimeout> | undefined;
      this.isWhole = false;
      const follow = (asked: Promise<Told>) => {
        asked.then((told) => {
          if (control.signal.aborted) return;
          this.value = told;
          this.error = null;
          this.isWhole = isWhole(told);
          if (!this.isWhole) timer = setTimeout(() => follow(question(control.signal)), AGAIN_MS);
        }, (error: unknown) => {
          if (control.signal.aborted) return;
          this.value = null;
          this.error = error instanceof ApiError ? error : new ApiError('error', String(error), null, 0);
        });
      };
      follow(question(control.signal));
      return () => {
        clearTimeout(timer);
        control.abort();
      };
    });
  }
}
