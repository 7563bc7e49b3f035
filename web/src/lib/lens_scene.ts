/** A network under a lens, laid out like the network of everybody's word. */
import { KINDS, type Scene } from '../graph/port';
import { Courses } from './courses';
import { STATE_BITS } from './encoding';
import type { Network } from './records';

export interface UnderLens { scene: Scene; ids: string[]; ties: [string, string][]; told: number }

/** The ties that are told of at a date (a month's number), among all actors of the whole network. */
export function lensScene(whole: Network, own: Network, month: number): UnderLens {
  const courses = new Courses(own);
  const place = Math.max(-1, Math.min(own.months - 1, month - own.begin));
  const at = new Map(whole.actors.id.map((id, index) => [id, index]));
  const left: number[] = [], right: number[] = [], code: number[] = [], ties: [string, string][] = [];
  for (let tie = 0; tie < own.ties.left.length; tie++) {
    const one = own.actors.id[own.ties.left[tie]!]!, other = own.actors.id[own.ties.right[tie]!]!;
    const look = place < 0 ? 0 : courses.at(tie, place);
    if (look === 0 || !at.has(one) || !at.has(other)) continue;
    left.push(at.get(one)!);
    right.push(at.get(other)!);
    code.push(look);
    ties.push([one, other]);
  }
  const named = new Set([...left, ...right]);
  const most = Math.max(1, ...whole.actors.claims);
  const count = whole.actors.id.length;
  return {
    ids: whole.actors.id, ties, told: code.filter((one) => (one & STATE_BITS) !== 0).length,
    scene: {
      actors: {
        x: Float32Array.from(whole.actors.x), y: Float32Array.from(whole.actors.y),
        kind: Uint8Array.from(whole.actors.kind, (kind) => Math.max(0, KINDS.indexOf(kind as (typeof KINDS)[number]))),
        camp: new Int16Array(count).fill(-1), label: whole.actors.name, whole: new Int32Array(count).fill(-1),
        size: Float32Array.from(whole.actors.claims, (claims, actor) => (named.has(actor) ? Math.sqrt(claims / most) : 0)),
      },
      ties: { left: Uint32Array.from(left), right: Uint32Array.from(right), code: Uint16Array.from(code) },
      hulls: [],
      hidden: Uint8Array.from({ length: count }, (_, actor) => (named.has(actor) ? 0 : 1)),
    },
  };
}
