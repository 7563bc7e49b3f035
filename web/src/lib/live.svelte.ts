/** What is told to people who listen, and shown for a moment to those who look. */

class Live {
  text = $state('');
  /** Told with a mark on the screen, as after copying. */
  note = $state('');
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Say it to a screen reader. */
  say(text: string): void { this.text = text; }

  /** Say it, and show it for a few seconds. */
  tell(text: string): void {
    this.text = text;
    this.note = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => { this.note = ''; }, 4000);
  }
}

export const live = new Live();
