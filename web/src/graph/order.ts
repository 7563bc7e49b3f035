/** The order of rows and columns in the matrix. */
export interface Order {
  /** Actors in turn; hidden ones are left out. */
  actors: Int32Array;
  /** Place of each actor in `actors`, or -1. */
  place: Int32Array;
  /** Where each camp stands, half-open; the undecided (-1) come last. */
  blocks: { camp: number; begin: number; end: number }[];
}

/** By camp, and in each camp the actor with most ties first. */
export function matrixOrder(camp: Int16Array, degree: Uint32Array, hidden?: Uint8Array): Order {
  const last = (each: number) => (camp[each]! < 0 ? Infinity : camp[each]!);
  const sorted = Array.from(camp, (_, actor) => actor).filter((actor) => !hidden?.[actor])
    .sort((a, b) => (last(a) === last(b) ? degree[b]! - degree[a]! || a - b : last(a) - last(b)));
  const place = new Int32Array(camp.length).fill(-1);
  const blocks: Order["blocks"] = [];
  sorted.forEach((actor, row) => {
    place[actor] = row;
    const block = blocks[blocks.length - 1];
    const own = Math.max(-1, camp[actor]!);
    if (block?.camp === own) block.end = row + 1;
    else blocks.push({ camp: own, begin: row, end: row + 1 });
  });
  return { actors: Int32Array.from(sorted), place, blocks };
}
