/** Places in a text: the server counts Unicode code points, the browser UTF-16 units. */

const PAIR = /[\ud800-\udbff][\udc00-\udfff]/g;

export class Points {
  /** For each character that takes two units, its place in code points, in order. */
  readonly #wide: number[] = [];

  constructor(readonly text: string) {
    for (const found of text.matchAll(PAIR)) this.#wide.push(found.index - this.#wide.length);
  }

  /** How many code points the text has. */
  get length(): number {
    return this.text.length - this.#wide.length;
  }

  /** The place in units of a place in code points; what lies outside the text is taken to its edge. */
  unit(point: number): number {
    const inside = Math.max(0, Math.min(point, this.length));
    let low = 0, high = this.#wide.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#wide[middle]! < inside) low = middle + 1; else high = middle;
    }
    return inside + low;
  }

  /** What stands between two places, given in code points. */
  slice(begin: number, end: number): string {
    return this.text.slice(this.unit(begin), this.unit(end));
  }
}
