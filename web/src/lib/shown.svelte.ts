/** What the screen shows, as files: a screen registers how, the frame offers the buttons. */
import type { Row } from './csv';

export interface Exports {
  /** Where the answer is as JSON (`urlOf`). */
  json?: string;
  csv?: () => Row[];
  svg?: () => string;
  png?: () => Promise<Blob>;
  /** The files' name without its ending; the screen's name otherwise. */
  name?: string;
}

class Shown {
  exports: Exports | null = $state.raw(null);
}

export const shown = new Shown();

/** Offer what a screen shows; call it in an `$effect` and return what it returns. */
export function offer(exports: Exports): () => void {
  shown.exports = exports;
  return () => { if (shown.exports === exports) shown.exports = null; };
}
