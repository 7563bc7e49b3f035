/** The ties of one actor at a month. */
import type { Courses } from './courses';
import { CERTAINTY_SHIFT, STATE_BITS } from './encoding';
import type { Network } from './records';

export interface TieThere {
  tie: number;
  /** Place of the other actor. */
  other: number;
  code: number;
  claims: number;
  /** The month from which on it is told of. */
  first: number;
}

/** All ties of an actor over time as they look at a month: the furthest from neutral and surest first. */
export function tiesOf({ ties }: Pick<Network, 'ties'>, actor: number, courses: Courses, month: number): TieThere[] {
  const found: TieThere[] = [];
  for (let tie = 0; tie < ties.left.length; tie++) {
    if (ties.left[tie] !== actor && ties.right[tie] !== actor) continue;
    const other = ties.left[tie] === actor ? ties.right[tie]! : ties.left[tie]!;
    found.push({ tie, other, code: courses.at(tie, month), claims: ties.claims[tie]!, first: courses.course(tie)[0]?.month ?? 0 });
  }
  return found.sort((one, two) => firmness(two.code) - firmness(one.code) || two.claims - one.claims || one.tie - two.tie);
}

/** How far from neutral, then how sure. */
function firmness(code: number): number {
  const state = code & STATE_BITS;
  return state === 0 ? -1 : 4 * Math.abs(state - 3) + ((code >> CERTAINTY_SHIFT) & 3);
}
