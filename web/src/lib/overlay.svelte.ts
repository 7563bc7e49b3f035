/** What lies over the screen: one thing at a time, never over the evidence panel, and nothing waits for it. */
export type Over = 'lens' | 'help' | 'palette';

class Overlay {
  now: Over | null = $state(null);
  #back: HTMLElement | null = null;

  open(over: Over): void {
    if (this.now === null) this.#back = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    this.now = over;
  }

  close(): void {
    if (this.now === null) return;
    this.now = null;
    this.#back?.focus();
    this.#back = null;
  }

  toggle(over: Over): void {
    if (this.now === over) this.close(); else this.open(over);
  }
}

export const overlay = new Overlay();
