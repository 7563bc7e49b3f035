/** The one place that knows where in the app one is. Screens read it and ask it to move. */
import { type Address, format, HOME, parse, type Screen } from './address';
import { isPublished } from './published';

class View implements Omit<Address, 'open'> {
  #address: Address = $state.raw(HOME);

  get screen() { return this.#address.screen; }
  get ids() { return this.#address.ids; }
  get at() { return this.#address.at; }
  get known() { return this.#address.known; }
  get lens() { return this.#address.lens; }
  get exact() { return this.#address.exact; }
  get version() { return this.#address.version; }
  get since() { return this.#address.since; }
  get until() { return this.#address.until; }
  get more() { return this.#address.more; }
  /** What the evidence panel shows. */
  get opened() { return this.#address.open; }
  /** The whole address, for permalinks. */
  get address() { return this.#address; }

  /** Follow the browser's address from now on. */
  start(): void {
    this.#address = parse(location.href);
    addEventListener('popstate', () => { this.#address = parse(location.href); });
    addEventListener('hashchange', () => { this.#address = parse(location.href); });
  }

  /** Another screen, with the same clocks, lens and window. What only the last screen kept is dropped. */
  go(screen: Screen, ids: string[] = [], changes: Partial<Address> = {}): void {
    this.#move({ ...this.#address, screen, ids, more: {}, ...changes }, false);
  }

  /** Change parts of the address. `replace`: without a new entry in the browser's history, as while a thumb is dragged. */
  set(changes: Partial<Address>, { replace = false } = {}): void {
    this.#move({ ...this.#address, ...changes }, replace);
  }

  /** Change what the screen keeps in its address; a value of null takes it out. */
  setMore(changes: Record<string, string | null>, { replace = false } = {}): void {
    const more = { ...this.#address.more };
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) delete more[name]; else more[name] = value;
    }
    this.#move({ ...this.#address, more }, replace);
  }

  /** Open something in the evidence panel ("tie:hamas~syria", "claim:ID", "actor:ID", "bloc:ID"), or close it with null. */
  open(what: string | null): void {
    this.set({ open: what });
  }

  /** A link to an address that differs in these parts from this one; for `href`. */
  link(changes: Partial<Address>): string {
    return located(format({ ...this.#address, ...changes }));
  }

  /** A link to another screen, as `go` would take one there. */
  linkTo(screen: Screen, ids: string[] = [], changes: Partial<Address> = {}): string {
    return this.link({ screen, ids, more: {}, ...changes });
  }

  #move(next: Address, replace: boolean): void {
    const before = format(this.#address), after = format(next);
    this.#address = next;
    if (before === after) return;
    history[replace ? 'replaceState' : 'pushState'](null, '', located(after));
  }
}

function located(path: string): string {
  return isPublished() ? `#${path}` : path;
}

export const view = new View();
