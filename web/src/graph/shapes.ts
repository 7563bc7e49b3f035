/** The outlines of the kinds of actors. */
import type { Pen } from "./pen";
import { KINDS } from "./port";

type Kind = (typeof KINDS)[number];

/** Corners of the outline, the angle of the first in turns, and the radius against that of a state. */
const SHAPES: Record<Kind, { corners: number; turn: number; size: number }> = {
  state: { corners: 0, turn: 0, size: 1 },
  organization: { corners: 6, turn: 0, size: 1.05 },
  organ: { corners: 4, turn: 0.125, size: 1.12 },
  bloc: { corners: 5, turn: -0.25, size: 1.12 },
  people: { corners: 3, turn: 0.25, size: 1.15 },
  person: { corners: 0, turn: 0, size: 0.62 },
  group: { corners: 3, turn: -0.25, size: 1.15 },
  other: { corners: 4, turn: 0, size: 1.1 },
};

export function radiusOf(kind: number, radius: number): number {
  return SHAPES[KINDS[kind] ?? "other"].size * radius;
}

/** Adds the outline of a kind to the path; `radius` as `radiusOf` gives it. */
export function outline(pen: Pen, kind: number, x: number, y: number, radius: number) {
  const { corners, turn } = SHAPES[KINDS[kind] ?? "other"];
  if (corners === 0) {
    pen.moveTo(x + radius, y);
    pen.arc(x, y, radius, 0, 2 * Math.PI);
    pen.closePath();
    return;
  }
  for (let corner = 0; corner < corners; corner++) {
    const angle = (turn + corner / corners) * 2 * Math.PI;
    const [cornerX, cornerY] = [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
    if (corner === 0) pen.moveTo(cornerX, cornerY);
    else pen.lineTo(cornerX, cornerY);
  }
  pen.closePath();
}
