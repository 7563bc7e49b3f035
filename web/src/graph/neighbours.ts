/** The ties of each actor, as one list with a place for each actor (compressed rows). */
export interface Neighbours {
  /** The ties of actor a are `ties[offset[a]]` to `ties[offset[a + 1] - 1]`. */
  offset: Uint32Array;
  ties: Uint32Array;
}

export function neighboursOf(count: number, left: Uint32Array, right: Uint32Array): Neighbours {
  const offset = new Uint32Array(count + 1);
  for (let tie = 0; tie < left.length; tie++) {
    offset[left[tie]! + 1]!++;
    offset[right[tie]! + 1]!++;
  }
  for (let actor = 0; actor < count; actor++) offset[actor + 1]! += offset[actor]!;
  const next = offset.slice();
  const ties = new Uint32Array(2 * left.length);
  for (let tie = 0; tie < left.length; tie++) {
    ties[next[left[tie]!]!++] = tie;
    ties[next[right[tie]!]!++] = tie;
  }
  return { offset, ties };
}

export function tiesOf({ offset, ties }: Neighbours, actor: number): Uint32Array {
  return ties.subarray(offset[actor], offset[actor + 1]);
}
