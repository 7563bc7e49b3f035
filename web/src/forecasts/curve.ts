/** Where the curve of a forecast is drawn: days across, on a scale of logarithms, chances up. */
import type { HorizonTold } from '../lib/records';
import { linear } from '../lib/scale';

/** Ends of the scale of chances, so that small ones can be seen. */
const TOPS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];
export const COMPARED = ['recurrence_rate', 'like_rate', 'base_rate'] as const;
export type Compared = (typeof COMPARED)[number];
export const COMPARED_WORDS: Record<Compared, string> = { recurrence_rate: 'recurrence', like_rate: 'dyads alike', base_rate: 'base rate' };

/** A chance in words: with more places where it is small, as the terminal has it. */
export function chance(share: number): string {
  if (share >= 0.9995 && share < 1) return 'above 99.9 %';
  const percents = 100 * share;
  if (share >= 0.995 && share < 1) return `${percents.toFixed(1)} %`;
  return share >= 0.1 ? `${Math.round(percents)} %` : share >= 0.0005 ? `${percents.toFixed(1)} %` : 'below 0.1 %';
}

/** The ends of an interval: "2.8 to 45 %". */
export function range(low: number, high: number): string {
  return low < 0.0005 ? `0 to ${chance(high)}` : `${chance(low).replace(' %', '')} to ${chance(high)}`;
}

/** The end of the scale of chances: the first round one that all that is drawn stays below. */
export function topOf(points: readonly HorizonTold[]): number {
  const most = Math.max(...points.flatMap((one) => [one.high, one.probability, ...COMPARED.map((name) => one[name])]));
  return TOPS.find((top) => most <= top) ?? 1;
}

/** Days across: a week is to a month as a month is to a season. */
export function across(points: readonly HorizonTold[], from: number, to: number): (days: number) => number {
  const scale = linear([Math.log(points[0]!.days), Math.log(points.at(-1)!.days)], [from, to]);
  return (days) => (points.length === 1 ? (from + to) / 2 : scale(Math.log(days)));
}

/** A line through points. */
export function through(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], place) => `${place ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
}

/** Places of labels that stand beside lines: where the lines end, moved apart by at least `room`, within two ends. */
export function apart(places: readonly number[], room: number, [first, last]: readonly [number, number]): number[] {
  const order = places.map((place, at) => ({ place, at })).sort((one, other) => one.place - other.place || one.at - other.at);
  const found = places.map(() => 0);
  let least = first;
  for (const { place, at } of order) {
    found[at] = Math.max(place, least);
    least = found[at]! + room;
  }
  let most = last;
  for (const { at } of order.reverse()) {
    found[at] = Math.min(found[at]!, most);
    most = found[at]! - room;
  }
  return found;
}

/** Which ticks of days can have words without running into each other. */
export function worded(places: readonly number[], room: number, kept: number): boolean[] {
  const found = places.map((_, at) => at === kept);
  for (const [at, place] of places.entries()) {
    if (places.every((other, each) => !found[each] || each === at || Math.abs(other - place) >= room)) found[at] = true;
  }
  return found;
}
