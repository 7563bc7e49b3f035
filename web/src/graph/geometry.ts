/** The little plane geometry that the views need. */

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** What is left of a segment inside a box (Liang and Barsky 1984), written to `out`; false if nothing is. */
export function clip(x0: number, y0: number, x1: number, y1: number, box: Box, out: Float64Array): boolean {
  let from = 0;
  let to = 1;
  const dx = x1 - x0;
  const dy = y1 - y0;
  for (let edge = 0; edge < 4; edge++) {
    const step = edge === 0 ? -dx : edge === 1 ? dx : edge === 2 ? -dy : dy;
    const room = edge === 0 ? x0 - box.left : edge === 1 ? box.right - x0 : edge === 2 ? y0 - box.top : box.bottom - y0;
    if (step === 0) {
      if (room < 0) return false;
    } else if (step < 0) {
      from = Math.max(from, room / step);
    } else {
      to = Math.min(to, room / step);
    }
    if (from > to) return false;
  }
  out[0] = x0 + from * dx;
  out[1] = y0 + from * dy;
  out[2] = x0 + to * dx;
  out[3] = y0 + to * dy;
  return true;
}

/** The square of the distance from a point to a segment. */
export function distanceSquared(x: number, y: number, x0: number, y0: number, x1: number, y1: number): number {
  const dx = x1 - x0;
  const dy = y1 - y0;
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / length));
  return (x - x0 - along * dx) ** 2 + (y - y0 - along * dy) ** 2;
}

export type Point = readonly [x: number, y: number];

/** The convex hull of points (Andrew's monotone chain), counter-clockwise where y grows upward. */
export function convexHull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const chain = (ordered: readonly Point[]) => {
    const hull: Point[] = [];
    for (const point of ordered) {
      while (hull.length >= 2 && turn(hull[hull.length - 2]!, hull[hull.length - 1]!, point) <= 0) hull.pop();
      hull.push(point);
    }
    return hull.slice(0, -1);
  };
  return sorted.length < 3 ? sorted : [...chain(sorted), ...chain(sorted.reverse())];
}

function turn(a: Point, b: Point, c: Point): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

/** Points on circles around each place: their convex hull is a rounded outline. */
export function around(places: readonly { x: number; y: number; radius: number }[]): Point[] {
  const corners = 12;
  return convexHull(places.flatMap(({ x, y, radius }) => Array.from({ length: corners }, (_, corner): Point => {
    const angle = (corner * 2 * Math.PI) / corners;
    return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
  })));
}

export function isInside(x: number, y: number, polygon: readonly Point[]): boolean {
  let inside = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [xi, yi] = polygon[i]!;
    const [xj, yj] = polygon[j]!;
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}
