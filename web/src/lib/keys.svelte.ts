/** What keys do: a screen or the frame adds commands; one listener runs them; help and palette list them. */

import { untrack } from 'svelte';

export interface Command {
  /** As it is pressed: "/", "e", "g n", "?", "Ctrl+k". */
  keys: string;
  /** What it does, as in a menu: "Ego view of the chosen actor". */
  words: string;
  run: () => void;
}

class Keys {
  #sets: Command[][] = $state.raw([]);
  #before = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Add commands; returns what takes them away again, as an `$effect` wants it. The latest added wins a key. */
  add(commands: Command[]): () => void {
    this.#sets = [commands, ...untrack(() => this.#sets)];
    return () => { this.#sets = untrack(() => this.#sets).filter((one) => one !== commands); };
  }

  /** All commands, what the screen and the panel add after what the frame has; one for each key. */
  get listed(): Command[] {
    return [...new Map([...this.#sets].reverse().flat().map((one) => [one.keys, one])).values()];
  }

  /** Run what a press asks for. Text fields keep their keys; so do sliders and lists their arrows. */
  press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.altKey || event.isComposing) return;
    const chord = event.ctrlKey || event.metaKey ? `Ctrl+${event.key.toLowerCase()}` : event.key;
    if (!chord.startsWith('Ctrl+') && isTyping(event.target)) return;
    const commands = this.#sets.flat();
    const after = this.#before ? `${this.#before} ${chord}` : chord;
    const found = commands.find((one) => one.keys === after) ?? commands.find((one) => one.keys === chord);
    clearTimeout(this.#timer);
    this.#before = '';
    if (found) {
      event.preventDefault();
      found.run();
    } else if (commands.some((one) => one.keys.startsWith(`${chord} `))) {
      this.#before = chord;
      this.#timer = setTimeout(() => { this.#before = ''; }, 1500);
    }
  }
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName)
    || (target instanceof HTMLInputElement && !/^(checkbox|radio|button|submit|range|reset|file)$/.test(target.type));
}

export const keys = new Keys();
