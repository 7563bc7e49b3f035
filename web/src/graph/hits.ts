/** What stands at a point of a laid-out network. */
import { distanceSquared, isInside, type Box, type Point } from "./geometry";
import { boxOf, type Label } from "./labels";
import { markOf } from "./marks";
import type { Actors, Hit, Ties } from "./port";

/** Half of the least size of a target (WCAG 2.2, 2.5.8). */
const REACH_PX = 12;
const TIE_REACH_PX = 8;

/** Where all of a scene stands on the screen. */
export interface Laid {
  actors: Actors;
  ties: Ties;
  hidden: Uint8Array | undefined;
  x: Float32Array;
  y: Float32Array;
  radius: Float32Array;
  /** Actors in sight, the most prominent last, as they are drawn. */
  visible: readonly number[];
  hulls: readonly { place: number; points: readonly Point[]; text: string; label: Label | null }[];
  labels: readonly Label[];
}

/** An actor, by its mark or its label; else the nearest tie; else the bloc whose hull is on top. */
export function hitAt(laid: Laid, x: number, y: number): Hit | null {
  return actorAt(laid, x, y) ?? tieAt(laid, x, y) ?? hullAt(laid, x, y);
}

/** Whether the mark of an actor reaches into a box. */
export function isNear({ x, y, radius }: Pick<Laid, "x" | "y" | "radius">, actor: number, box: Box): boolean {
  const reach = radius[actor]!;
  return x[actor]! + reach >= box.left && x[actor]! - reach <= box.right &&
    y[actor]! + reach >= box.top && y[actor]! - reach <= box.bottom;
}

function actorAt({ x, y, radius, visible, labels }: Laid, pointX: number, pointY: number): Hit | null {
  let best = -1;
  let least = Infinity;
  for (const actor of visible) {
    const away = Math.hypot(pointX - x[actor]!, pointY - y[actor]!);
    if (away <= Math.max(REACH_PX, radius[actor]!) && away <= least) [best, least] = [actor, away];
  }
  if (best >= 0 && least <= radius[best]! + 2) return { kind: "actor", index: best };
  const label = labels.find((each) => {
    const box = boxOf(each);
    return pointX >= box.left && pointX <= box.right && pointY >= box.top && pointY <= box.bottom;
  });
  const found = label?.actor ?? best;
  return found < 0 ? null : { kind: "actor", index: found };
}

function tieAt({ ties, x, y, hidden }: Laid, pointX: number, pointY: number): Hit | null {
  let best = -1;
  let least = TIE_REACH_PX ** 2;
  for (let tie = 0; tie < ties.code.length; tie++) {
    const [left, right] = [ties.left[tie]!, ties.right[tie]!];
    const [x0, y0, x1, y1] = [x[left]!, y[left]!, x[right]!, y[right]!];
    if (Math.min(x0, x1) - TIE_REACH_PX > pointX || Math.max(x0, x1) + TIE_REACH_PX < pointX) continue;
    if (Math.min(y0, y1) - TIE_REACH_PX > pointY || Math.max(y0, y1) + TIE_REACH_PX < pointY) continue;
    const away = distanceSquared(pointX, pointY, x0, y0, x1, y1);
    if (away > least || !markOf(ties.code[tie]!) || hidden?.[left] || hidden?.[right]) continue;
    [best, least] = [tie, away];
  }
  return best < 0 ? null : { kind: "tie", index: best };
}

function hullAt({ hulls }: Laid, x: number, y: number): Hit | null {
  const found = [...hulls].reverse().find(({ points }) => isInside(x, y, points));
  return found ? { kind: "hull", index: found.place } : null;
}
