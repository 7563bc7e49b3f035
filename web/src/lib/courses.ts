/** Every tie's course over time, from the columns that /api/network sends once: a step touches only what changes. */
import { STATE_BITS } from './encoding';

export interface Columns {
  months: number;
  ties: { left: ArrayLike<number>; offset: ArrayLike<number>; month: ArrayLike<number>; code: ArrayLike<number> };
}

/** A tie whose state is another. Months are places of time: 0 is the first that is told of. */
export interface StateChange { tie: number; month: number; before: number; after: number }

export class Courses {
  /** The look of each tie at `month`. */
  readonly code: Uint16Array;
  readonly count: number;
  readonly months: number;
  /** Where time stands; -1: before all. */
  month = -1;
  readonly #tie: Uint32Array; // of each change point, in the order of time
  readonly #after: Uint16Array;
  readonly #before: Uint16Array;
  readonly #first: Uint32Array; // place of the first change point of each month
  readonly #offset: ArrayLike<number>;
  readonly #at: ArrayLike<number>;
  readonly #code: ArrayLike<number>;

  constructor({ months, ties }: Columns) {
    const points = ties.month.length;
    this.count = ties.left.length;
    this.months = months;
    this.code = new Uint16Array(this.count);
    this.#offset = ties.offset;
    this.#at = ties.month;
    this.#code = ties.code;
    this.#first = new Uint32Array(months + 1);
    for (let point = 0; point < points; point++) this.#first[ties.month[point]! + 1]!++;
    for (let month = 0; month < months; month++) this.#first[month + 1]! += this.#first[month]!;
    const next = this.#first.slice();
    this.#tie = new Uint32Array(points);
    this.#after = new Uint16Array(points);
    this.#before = new Uint16Array(points);
    for (let tie = 0; tie < this.count; tie++) {
      let before = 0;
      for (let point = ties.offset[tie]!; point < ties.offset[tie + 1]!; point++) {
        const place = next[ties.month[point]!]!++;
        this.#tie[place] = tie;
        this.#before[place] = before;
        this.#after[place] = before = ties.code[point]!;
      }
    }
  }

  /** Move time; the ties that look otherwise than before. */
  to(month: number): number[] {
    const goal = Math.max(-1, Math.min(this.months - 1, month));
    const touched = new Map<number, number>();
    const keep = (tie: number) => { if (!touched.has(tie)) touched.set(tie, this.code[tie]!); };
    if (goal > this.month) {
      for (let place = this.#first[this.month + 1]!; place < this.#first[goal + 1]!; place++) {
        keep(this.#tie[place]!);
        this.code[this.#tie[place]!] = this.#after[place]!;
      }
    } else {
      for (let place = this.#first[this.month + 1]! - 1; place >= this.#first[goal + 1]!; place--) {
        keep(this.#tie[place]!);
        this.code[this.#tie[place]!] = this.#before[place]!;
      }
    }
    this.month = goal;
    return [...touched].flatMap(([tie, before]) => (this.code[tie] === before ? [] : [tie]));
  }

  /** The look of a tie at a month, wherever time stands. */
  at(tie: number, month: number): number {
    let low = this.#offset[tie]!, high = this.#offset[tie + 1]!;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#at[middle]! <= month) low = middle + 1; else high = middle;
    }
    return low > this.#offset[tie]! ? this.#code[low - 1]! : 0;
  }

  /** The change points of a tie: from each month on, its look. */
  course(tie: number): { month: number; code: number }[] {
    const found = [];
    for (let point = this.#offset[tie]!; point < this.#offset[tie + 1]!; point++) found.push({ month: this.#at[point]!, code: this.#code[point]! });
    return found;
  }

  /** Where states become others, from a month on and before another, in the order of time. First tidings have `before` 0. */
  changes(from: number, until: number): StateChange[] {
    const found: StateChange[] = [];
    const last = this.#first[Math.max(0, Math.min(this.months, until))]!;
    for (let place = this.#first[Math.max(0, Math.min(this.months, from))]!; place < last; place++) {
      const before = this.#before[place]! & STATE_BITS, after = this.#after[place]! & STATE_BITS;
      if (before !== after) found.push({ tie: this.#tie[place]!, month: this.#monthOf(place), before, after });
    }
    return found;
  }

  /** The months in which a state becomes another, sorted; only of ties that `counts` accepts. */
  changeMonths(counts: (tie: number) => boolean = () => true): number[] {
    const found: number[] = [];
    for (const { tie, month } of this.changes(0, this.months)) if (found.at(-1) !== month && counts(tie)) found.push(month);
    return found;
  }

  #monthOf(place: number): number {
    let low = 0, high = this.months;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#first[middle]! <= place) low = middle; else high = middle - 1;
    }
    return low;
  }
}
