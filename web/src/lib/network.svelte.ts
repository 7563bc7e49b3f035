/** The network over all time, fetched once for a `known`, a lens and a version; and where in it `at` stands. */
import { type ApiError, get } from './api';
import { Asking } from './asking.svelte';
import { Courses } from './courses';
import { firstMonth, isoMonth, lastMonth, monthWords } from './months';
import type { Network } from './records';
import { view } from './view.svelte';

interface Loaded { answer: Network; courses: Courses; place: Map<string, number>; changeMonths: number[] }

class NetworkNow {
  #asking: Asking<Loaded> | null = $state.raw(null);
  /** The ties that the last step of time changed, with a count of steps: whoever draws follows it. */
  step: { count: number; changed: number[] } = $state.raw({ count: 0, changed: [] });

  /** Fetch it, and move it with `at`; call while the app is set up. */
  start(): void {
    this.#asking = new Asking((signal) => get('/api/network', { at: null }, signal).then((answer) => {
      const courses = new Courses(answer);
      return { answer, courses, place: new Map(answer.actors.id.map((id, place) => [id, place])), changeMonths: courses.changeMonths() };
    }));
    let count = 0;
    $effect.pre(() => {
      const changed = this.courses?.to(this.month) ?? [];
      this.step = { count: (count += 1), changed };
    });
  }

  get answer(): Network | null { return this.#asking?.value?.answer ?? null; }
  get courses(): Courses | null { return this.#asking?.value?.courses ?? null; }
  get error(): ApiError | null { return this.#asking?.error ?? null; }
  get isWaiting(): boolean { return this.#asking?.isWaiting ?? true; }
  /** The months (as places) in which some tie changes its state. */
  get changeMonths(): number[] { return this.#asking?.value?.changeMonths ?? []; }

  /** Where `at` stands; -1 before all that is told. */
  readonly month = $derived.by(() => {
    const answer = this.answer;
    if (!answer) return -1;
    return view.at === null ? answer.horizon : Math.max(-1, Math.min(answer.months - 1, lastMonth(view.at) - answer.begin));
  });

  /** The window, as places of months: from the first on and before the second. All time where none is chosen. */
  readonly window = $derived.by(() => {
    const { begin, months } = this.answer ?? { begin: 0, months: 1 };
    const from = view.since === null ? 0 : clamped(firstMonth(view.since) - begin, 0, months - 1);
    return { from, until: view.until === null ? months : clamped(firstMonth(view.until) - begin, from + 1, months) };
  });

  /** The place of an actor by its id. */
  placeOf(id: string): number | undefined { return this.#asking?.value?.place.get(id); }
  /** An actor's name, or its id where it has no ties. */
  nameOf(id: string): string { return this.answer?.actors.name[this.placeOf(id) ?? -1] ?? id; }
  /** A month by its place: "2014-03", and "Mar 2014". */
  iso(place: number): string { return isoMonth((this.answer?.begin ?? 0) + place); }
  words(place: number): string { return monthWords((this.answer?.begin ?? 0) + place); }
  /** What the evidence panel calls a tie. */
  tieKey(tie: number): string {
    const { actors, ties } = this.answer!;
    return `tie:${actors.id[ties.left[tie]!]}~${actors.id[ties.right[tie]!]}`;
  }
  /** The names of the two actors of a tie. */
  tieNames(tie: number): [string, string] {
    const { actors, ties } = this.answer!;
    return [actors.name[ties.left[tie]!]!, actors.name[ties.right[tie]!]!];
  }
}

function clamped(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}

export const network = new NetworkNow();
