/** From the network's columns to what is drawn of it: pure, so that it can be tested. */
import { CONTESTED, DENIED, FADED, FORECAST, KINDS, POSSIBLE, STATE_BITS, STATES } from '../../lib/encoding';
import type { Network } from '../../lib/records';
import type { Scene } from '../../graph/port';

/** What a legend can hide: states, marks of ties, kinds of actors. Marks bear words that no state and no kind has. */
export const MARKS = ['contested', 'possible', 'denied', 'faded', 'ahead'] as const;
export type Mark = (typeof MARKS)[number];
const MARK_BITS: Record<Mark, number> = { contested: CONTESTED, possible: POSSIBLE, denied: DENIED, faded: FADED, ahead: FORECAST };

export interface Filter {
  /** For each of the six states (0: none told) whether it is hidden. */
  states: readonly boolean[];
  /** A tie with one of these bits is hidden. */
  bits: number;
  /** Kinds of actors that are hidden. */
  kinds: ReadonlySet<string>;
}

/** A filter from the words of an address ("hostile,contested,kind-person"). */
export function filterOf(hide: string | undefined): Filter {
  const words = new Set((hide ?? '').split(',').filter(Boolean));
  return {
    states: [false, ...STATES.map((state) => words.has(state))],
    bits: MARKS.reduce((bits, mark) => bits | (words.has(mark) ? MARK_BITS[mark] : 0), 0),
    kinds: new Set(KINDS.filter((kind) => words.has(`kind-${kind}`))),
  };
}

/** The look of a tie where a filter lets it through, 0 where not. */
export function passed(code: number, filter: Filter): number {
  return filter.states[code & STATE_BITS] || (code & filter.bits) !== 0 ? 0 : code;
}

/** Who is hidden: kinds that are filtered out, and in an ego view who has no tie with the ego that is drawn. */
export function hiddenActors({ actors, ties }: Network, filter: Filter, code: Uint16Array, ego: number | undefined): Uint8Array {
  const hidden = Uint8Array.from(actors.kind, (kind) => (filter.kinds.has(kind) ? 1 : 0));
  if (ego === undefined) return hidden;
  const near = new Uint8Array(hidden.length);
  near[ego] = 1;
  for (let tie = 0; tie < code.length; tie++) {
    if (!code[tie]) continue;
    if (ties.left[tie] === ego) near[ties.right[tie]!] = 1;
    else if (ties.right[tie] === ego) near[ties.left[tie]!] = 1;
  }
  return hidden.map((isHidden, actor) => (near[actor] ? (actor === ego ? 0 : isHidden) : 1));
}

/** Months count as places: what has no bound holds without one. */
function holds(since: number | null, until: number | null, month: number): boolean {
  return (since === null || since <= month) && (until === null || month < until);
}

// Two who meet in one of the many clubs of states make no bloc that is worth a hull; the profile of each tells of it.
const LEAST_OF_HULL = 3;

/** Who is in which bloc at a month, as it is drawn. */
export function hullsOf(network: Network, month: number, hidden: Uint8Array, filter: Filter): Scene['hulls'] {
  return filter.kinds.has('bloc') ? [] : network.blocs.flatMap(({ id, name, members }) => {
    const now = [...new Set(members.filter((one) => holds(one.since, one.until, month) && !hidden[one.actor]).map((one) => one.actor))];
    return now.length >= LEAST_OF_HULL ? [{ id, label: name, members: now }] : [];
  });
}

/** For each actor the one that it is a part of at a month, or -1. */
export function wholesOf(network: Network, month: number): Int32Array {
  const found = new Int32Array(network.actors.id.length).fill(-1);
  const told = new Set<number>();
  for (const { part, whole, since, until } of network.parts) {
    told.add(part);
    if (holds(since, until, month)) found[part] = whole;
  }
  network.actors.parent.forEach((whole, actor) => { if (!told.has(actor)) found[actor] = whole; });
  return found;
}

/** The whole scene. */
export function sceneOf(network: Network, month: number, code: Uint16Array, camp: Int16Array, hidden: Uint8Array, filter: Filter): Scene {
  const { actors, ties } = network;
  const most = actors.claims.reduce((found, claims) => Math.max(found, claims), 1);
  return {
    actors: {
      x: Float32Array.from(actors.x), y: Float32Array.from(actors.y), camp, label: actors.name, whole: wholesOf(network, month),
      kind: Uint8Array.from(actors.kind, (kind) => { const place = (KINDS as readonly string[]).indexOf(kind); return place < 0 ? KINDS.length - 1 : place; }),
      size: Float32Array.from(actors.claims, (claims) => Math.sqrt(claims / most)),
    },
    ties: { left: Uint32Array.from(ties.left), right: Uint32Array.from(ties.right), code },
    hulls: hullsOf(network, month, hidden, filter), hidden,
  };
}
