import { expect, test } from "vitest";
import { around, clip, convexHull, distanceSquared, isInside } from "./geometry";

const BOX = { left: 0, top: 0, right: 100, bottom: 50 };
const clipped = (...ends: [number, number, number, number]) => {
  const out = new Float64Array(4);
  return clip(...ends, BOX, out) ? [...out] : null;
};

test("a segment inside a box stays, one beside it goes, one that crosses is cut at the sides", () => {
  expect(clipped(1, 2, 3, 4)).toEqual([1, 2, 3, 4]);
  expect(clipped(-5, -1, 200, -1)).toBeNull();
  expect(clipped(-1e6, 25, 1e6, 25)).toEqual([0, 25, 100, 25]);
  expect(clipped(-10, 60, 10, 40)).toEqual([0, 50, 10, 40].map((each) => expect.closeTo(each)));
  expect(clipped(-20, 10, 10, -20)).toBeNull();
});

test("a segment of no length is inside or not", () => {
  expect(clipped(5, 5, 5, 5)).toEqual([5, 5, 5, 5]);
  expect(clipped(-5, 5, -5, 5)).toBeNull();
});

test("the distance to a segment is to its nearest point, also past its ends", () => {
  expect(distanceSquared(5, 3, 0, 0, 10, 0)).toBe(9);
  expect(distanceSquared(13, 4, 0, 0, 10, 0)).toBe(25);
  expect(distanceSquared(3, 4, 0, 0, 0, 0)).toBe(25);
});

test("a hull leaves out what is inside, and holds few points as they are", () => {
  expect(convexHull([[0, 0], [4, 0], [4, 4], [0, 4], [2, 2], [1, 3]])).toHaveLength(4);
  expect(convexHull([[1, 1]])).toEqual([[1, 1]]);
  expect(convexHull([])).toEqual([]);
});

test("an outline holds the actors that it is drawn around", () => {
  const outline = around([{ x: 0, y: 0, radius: 10 }, { x: 50, y: 5, radius: 10 }]);
  expect(isInside(0, 0, outline) && isInside(50, 5, outline) && isInside(25, 2, outline)).toBe(true);
  expect(isInside(25, 30, outline)).toBe(false);
});
