/** The one place that knows where in the app one is. Screens read it and ask it to move. */
import { type Address, format, HOME, parse, type Screen } from './address';
import { isPublished } from './published';

/** Browsers refuse a page that writes its address too often: while a thumb is dragged it is written this rarely. */
const WRITE_MS = 300;

class View implements Omit<Address, 'open'> {
  #address: Address = $state.raw(HOME);
  #writing: ReturnType<typeof setTimeout> | undefined;
  // Each part for itself, so that only those who read a part that changed are told.
  #ids = $derived(this.#address.ids.join('~'));
  #more = $derived(JSON.stringify(this.#address.more));

  readonly screen = $derived(this.#address.screen);
  readonly ids = $derived(this.#ids ? this.#ids.split('~') : []);
  readonly at = $derived(this.#address.at);
  readonly known = $derived(this.#address.known);
  readonly lens = $derived(this.#address.lens);
  readonly exact = $derived(this.#address.exact);
  readonly version = $derived(this.#address.version);
  readonly since = $derived(this.#address.since);
  readonly until = $derived(this.#address.until);
  readonly more = $derived(JSON.parse(this.#more) as Record<string, string>);
  /** What the evidence panel shows. */
  readonly opened = $derived(this.#address.open);
  /** The whole address, for permalinks. */
  get address() { return this.#address; }

  /** Follow the browser's address from now on. */
  start(): void {
    const read = () => {
      clearTimeout(this.#writing);
      this.#address = parse(location.href);
    };
    read();
    addEventListener('popstate', read);
    addEventListener('hashchange', read);
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
    const isSame = format(this.#address) === format(next);
    this.#address = next;
    clearTimeout(this.#writing);
    if (replace) this.#writing = setTimeout(() => history.replaceState(null, '', located(format(this.#address))), WRITE_MS);
    else if (!isSame) history.pushState(null, '', located(format(next)));
  }
}

function located(path: string): string {
  return isPublished() ? `#${path}` : path;
}

export const view = new View();
