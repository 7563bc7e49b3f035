/** Who signs judgements: a name that this browser remembers. */

const KEY = 'sides-who';

class Signature {
  #who = $state(stored());

  get who(): string { return this.#who; }
  set who(name: string) {
    this.#who = name;
    try { localStorage.setItem(KEY, name); } catch { /* Private windows keep nothing: it lasts for the visit. */ }
  }
}

function stored(): string {
  try { return localStorage.getItem(KEY) ?? ''; } catch { return ''; }
}

export const signature = new Signature();
