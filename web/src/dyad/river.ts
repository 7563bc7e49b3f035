/** The river of a dyad: what is drawn where. Months are numbers (12 * year + month - 1); nothing here touches the page. */
import { area, curveMonotoneX } from 'd3-shape';
import { STATES, type State } from '../lib/encoding';
import { firstMonth, isoMonth, lastMonth, precisionOf } from '../lib/months';
import type { Evidence, Tie } from '../lib/records';

/** From the first month on and before the second. */
export interface Domain { from: number; until: number }
export type X = (month: number) => number;
export interface Band { state: State; path: string }
type Months = NonNullable<Tie['months']>;

// What is told of no month for so long is drawn as a gap.
export const GAP_MONTHS = 12;
// Before the first month that is told of and after the last, when all time is shown.
const MARGIN_MONTHS = 6;
// A claim drawn for itself needs so many pixels; more than fit are counted in bins at least this wide.
const SINGLE_PX = 3, BIN_PX = 12;
const BIN_MONTHS = [1, 2, 3, 6, 12, 24, 60, 120, 240];

/** The edges of the five bands in a month, lowest first: hostile and strained below 0, friendly and allied above, neutral across. */
export function edges([hostile = 0, strained = 0, neutral = 0, friendly = 0, allied = 0]: readonly number[]): number[] {
  const half = neutral / 2;
  return [-half - strained - hostile, -half - strained, -half, half, half + friendly, half + friendly + allied];
}

/** The five bands between two months, both drawn. `y` takes -1 to 1. */
export function bands(months: Months, first: number, last: number, x: X, y: (value: number) => number): Band[] {
  const begin = firstMonth(months.first);
  const from = Math.max(first, begin), until = Math.min(last, begin + months.probabilities.length - 1);
  const points: { x: number; edges: number[] }[] = [];
  for (let month = from; month <= until; month++) points.push({ x: x(month + 0.5), edges: edges(months.probabilities[month - begin]!).map(y) });
  if (points.length === 1) points.push({ ...points[0]!, x: x(from + 1) }); // one month alone still shows
  return STATES.map((state, place) => ({
    state,
    path: area<(typeof points)[number]>().x((one) => one.x).y0((one) => one.edges[place]!).y1((one) => one.edges[place + 1]!)
      .curve(curveMonotoneX)(points) ?? '',
  }));
}

/** The probabilities of a month, hostile first; null outside of what is known. */
export function sharesOf(months: Months | null, month: number): number[] | null {
  return months?.probabilities[month - firstMonth(months.first)] ?? null;
}

/** The likeliest state of a month, with its probability. */
export function likeliest(shares: readonly number[]): { state: State; share: number } {
  const share = Math.max(...shares);
  return { state: STATES[shares.indexOf(share)]!, share };
}

/** Stretches of months with one likeliest state. */
export function runs(months: Months, first: number, last: number): { from: number; until: number; state: State; share: number }[] {
  const found: { from: number; until: number; state: State; share: number }[] = [];
  for (let month = first; month <= last; month++) {
    const shares = sharesOf(months, month);
    if (!shares) continue;
    const { state, share } = likeliest(shares), run = found.at(-1);
    if (run?.state === state && run.until === month) { run.until = month + 1; run.share = Math.min(run.share, share); }
    else found.push({ from: month, until: month + 1, state, share });
  }
  return found;
}

/** Where a partial date stands among months: a day within its month, a month or year in its middle. */
export function placeOf(date: string): number {
  if (precisionOf(date) === 'day') return firstMonth(date) + (Number(date.slice(8)) - 0.5) / 31;
  return (firstMonth(date) + lastMonth(date) + 1) / 2;
}

/** Stretches of at least `GAP_MONTHS` months, between the first and last month, of which nothing is told. */
export function gapsOf(evidence: readonly Evidence[], first: number, last: number): Domain[] {
  const told = evidence.map((one) => ({ from: firstMonth(one.happened), until: lastMonth(one.happened) + 1 })).sort((one, two) => one.from - two.from);
  const found: Domain[] = [];
  let reached = first;
  for (const one of [...told, { from: last + 1, until: last + 1 }]) {
    const until = Math.min(one.from, last + 1);
    if (until - reached >= GAP_MONTHS) found.push({ from: reached, until });
    reached = Math.max(reached, one.until);
  }
  return found;
}

/** All the time that some ties tell of, with what is carried forward. */
export function wholeOf(ties: readonly Tie[], ahead: number): Domain {
  const months = ties.flatMap((tie) => [...tie.evidence.flatMap((one) => [firstMonth(one.happened), lastMonth(one.published)]),
    ...(tie.steps[0] ? [firstMonth(tie.steps[0].first)] : []), ...(tie.horizon ? [lastMonth(tie.horizon) + ahead] : [])]);
  if (!months.length) return { from: 0, until: 12 };
  return { from: Math.min(...months) - MARGIN_MONTHS, until: Math.max(...months) + 1 };
}

/** The window of the address within all time. */
export function windowOf(whole: Domain, since: string | null, until: string | null): Domain {
  const from = since === null ? whole.from : firstMonth(since);
  return { from, until: Math.max(from + 1, until === null ? Math.max(whole.until, from + 12) : firstMonth(until)) };
}

/** Zoom by a factor about a month, within all time. */
export function zoomed(domain: Domain, whole: Domain, factor: number, about: number): Domain {
  const size = Math.max(3, Math.round((domain.until - domain.from) * factor));
  if (size >= whole.until - whole.from) return whole;
  const share = (Math.min(domain.until, Math.max(domain.from, about)) - domain.from) / (domain.until - domain.from);
  const from = Math.max(whole.from, Math.min(whole.until - size, Math.round(about - share * size)));
  return { from, until: from + size };
}

/** Move by months, within all time. */
export function moved(domain: Domain, whole: Domain, by: number): Domain {
  const size = domain.until - domain.from;
  const from = Math.max(whole.from, Math.min(whole.until - size, domain.from + by));
  return { from, until: from + size };
}

export interface Single { item: Evidence; happened: number; published: number }
export interface Bin extends Domain { up: number; flat: number; down: number; published: number }
export type Drawn = { singles: Single[]; bins: null; size: 1 } | { singles: null; bins: Bin[]; size: number };

/** Claims that happened or were published within the months: each for itself, or counted where there are too many. */
export function drawnClaims(evidence: readonly Evidence[], domain: Domain, width: number): Drawn {
  const inside = (month: number) => month >= domain.from && month < domain.until;
  const found = evidence.map((item) => ({ item, happened: placeOf(item.happened), published: placeOf(item.published) }))
    .filter((one) => inside(one.happened) || inside(one.published));
  if (found.length * SINGLE_PX <= width) return { singles: found, bins: null, size: 1 };
  const size = BIN_MONTHS.find((months) => (months * width) / (domain.until - domain.from) >= BIN_PX) ?? BIN_MONTHS.at(-1)!;
  const bins: Bin[] = [];
  const first = Math.floor(domain.from / size) * size;
  for (let from = first; from < domain.until; from += size) bins.push({ from, until: from + size, up: 0, flat: 0, down: 0, published: 0 });
  for (const { item, happened, published } of found) {
    const bin = inside(happened) ? bins[Math.floor((happened - first) / size)] : undefined;
    if (bin) bin[item.sign > 0 ? 'up' : item.sign < 0 ? 'down' : 'flat'] += 1;
    const told = inside(published) ? bins[Math.floor((published - first) / size)] : undefined;
    if (told) told.published += 1;
  }
  return { singles: null, bins: bins.filter((one) => one.up + one.flat + one.down + one.published > 0), size };
}

/** Months at which the axis is marked, each with its words; about as many as fit. */
export function axis(domain: Domain, width: number): { month: number; words: string }[] {
  const fit = Math.max(2, width / 64), length = domain.until - domain.from;
  const step = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200].find((months) => length / months <= fit) ?? 2400;
  const found = [];
  for (let month = Math.ceil(domain.from / step) * step; month < domain.until; month += step) {
    const iso = isoMonth(month);
    found.push({ month, words: step >= 12 || month % 12 === 0 ? iso.slice(0, 4).replace(/^0+/, '') : iso });
  }
  return found;
}

// Heights of the parts of one river, in pixels.
export const HEIGHTS = { words: 24, contested: 12, claims: 58, lane: 22, gap: 14 };
// Mediators with a lane of their own; all stand in the table.
const MEDIATOR_LANES = 5;

export type Lane =
  | { kind: 'layer'; words: string; layer: Tie['layers'][number]; first: number }
  | { kind: 'mediator'; words: string; mediator: Tie['mediators'][number] }
  | { kind: 'predictions'; words: string; predictions: Tie['predictions'] };

/** The lanes under a river: fields that are told of, who brokers, what is said to be ahead. */
export function lanesOf(tie: Tie): Lane[] {
  const layers = tie.layers.map((layer): Lane => ({
    kind: 'layer', words: layer.layer, layer,
    first: Math.min(...tie.evidence.filter((one) => one.layer === layer.layer).map((one) => firstMonth(one.happened))),
  }));
  const mediators = tie.mediators.slice(0, MEDIATOR_LANES).map((mediator): Lane => ({ kind: 'mediator', words: `${mediator.name} mediates`, mediator }));
  return [...layers, ...mediators, ...(tie.predictions.length ? [{ kind: 'predictions', words: 'said to be ahead', predictions: tie.predictions } as const] : [])];
}

/** How high one river is, with its claims and without its lanes. */
export function heightOf(half: number): number {
  return HEIGHTS.words + HEIGHTS.contested + 2 * half + HEIGHTS.claims;
}
