/** The strained ties of a network and their actors, as what is drawn. */
import { KINDS, type Scene } from '../graph/port';
import { CERTAINTY_SHIFT, CONTESTED, STATES } from './encoding';
import type { Balance, Network, TieOfBalance } from './records';

export interface Strained { scene: Scene; ids: string[]; ties: TieOfBalance[] }

/** Actors stand where the whole network has them; where that is not known, in a ring, camp by camp. */
export function strainedScene(balance: Balance, network: Network | null): Strained {
  const ties = balance.ties.filter((one) => one.kind === 'every' || one.kind === 'some');
  const camps = new Map(balance.actors.map((one) => [one.id, one.camp]));
  const names = new Map(balance.actors.map((one) => [one.id, one.name]));
  const ids = [...new Set(ties.flatMap((one) => [one.left.id, one.right.id]))]
    .sort((one, other) => (camps.get(one) ?? Infinity) - (camps.get(other) ?? Infinity) || (one < other ? -1 : 1));
  const place = new Map(ids.map((id, at) => [id, at]));
  const known = new Map(network?.actors.id.map((id, at) => [id, at]) ?? []);
  const isLaid = network !== null && ids.every((id) => known.has(id));
  const spot = (id: string, at: number, axis: 'x' | 'y') => (isLaid ? network.actors[axis][known.get(id)!]!
    : (axis === 'x' ? Math.cos : Math.sin)((2 * Math.PI * at) / Math.max(1, ids.length)));
  const degree = new Float32Array(ids.length);
  for (const tie of ties) for (const { id } of [tie.left, tie.right]) degree[place.get(id)!]! += 1;
  const most = Math.max(1, ...degree);
  return {
    ids, ties,
    scene: {
      actors: {
        x: Float32Array.from(ids, (id, at) => spot(id, at, 'x')), y: Float32Array.from(ids, (id, at) => spot(id, at, 'y')),
        kind: Uint8Array.from(ids, (id) => Math.max(0, KINDS.indexOf((network?.actors.kind[known.get(id) ?? -1] ?? 'other') as (typeof KINDS)[number]))),
        camp: Int16Array.from(ids, (id) => (camps.get(id) ?? 0) - 1),
        label: ids.map((id) => names.get(id) ?? id), whole: new Int32Array(ids.length).fill(-1), size: degree.map((one) => one / most),
      },
      ties: {
        left: Uint32Array.from(ties, (one) => place.get(one.left.id)!), right: Uint32Array.from(ties, (one) => place.get(one.right.id)!),
        code: Uint16Array.from(ties, (one) => (STATES.indexOf(one.state as (typeof STATES)[number]) + 1) | (2 << CERTAINTY_SHIFT) | (one.is_contested ? CONTESTED : 0)),
        strain: Uint8Array.from(ties, (one) => (one.kind === 'every' ? 255 : 128)),
      },
      hulls: [],
    },
  };
}
