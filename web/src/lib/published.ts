/** A published copy: answers come in a file beside the page, and nothing is asked of a server. */

declare global {
  interface Window {
    /** Answers by `keyOf`. */
    sidesData?: Record<string, unknown>;
  }
}

export function isPublished(): boolean {
  return typeof window !== 'undefined' && window.sidesData !== undefined;
}

/** The name under which an answer is kept: the path, and what was asked, sorted by name. */
export function keyOf(path: string, asked: readonly [string, string][]): string {
  const query = new URLSearchParams([...asked].sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))).toString();
  return query ? `${path}?${query}` : path;
}
