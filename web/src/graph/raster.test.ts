import { expect, test } from "vitest";
import { drawLine } from "./raster";

const [WIDTH, HEIGHT] = [12, 8];
const WHITE = -1;
const BLACK = 0xff000000 | 0;

/** The darkness of each pixel, 0 to 255, a row each. */
function drawn(x0: number, y0: number, x1: number, y1: number, thick = 1, alpha = 256, on = 1, period = 0): number[][] {
  const pixels = new Int32Array(WIDTH * HEIGHT).fill(WHITE);
  drawLine(pixels, WIDTH, HEIGHT, x0, y0, x1, y1, thick, alpha, BLACK, on, period);
  return Array.from({ length: HEIGHT }, (_, row) =>
    Array.from({ length: WIDTH }, (_, column) => 255 - (pixels[row * WIDTH + column]! & 0xff)));
}
const ink = (rows: number[][]) => rows.flat().reduce((sum, each) => sum + each, 0) / 255;

test("a line in the middle of a row fills that row, from end to end", () => {
  const rows = drawn(2, 3.5, 9, 3.5);
  expect(rows[3]).toEqual([0, 0, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0]);
  expect(ink(rows)).toBe(7);
});

test("a line has the ink of its length times its width, whichever way it runs", () => {
  for (const [x1, y1] of [[9, 6], [2, 7], [10, 2], [1, 1]] as const) {
    for (const [from, to] of [[[3, 3], [x1, y1]], [[x1, y1], [3, 3]]] as const) {
      const length = Math.hypot(x1 - 3, y1 - 3);
      expect(Math.abs(ink(drawn(from[0], from[1], to[0], to[1], 1.5)) - length * 1.5)).toBeLessThan(0.35 * length);
    }
  }
});

test("opacity and dashes leave out their share", () => {
  expect(ink(drawn(0, 3.5, 12, 3.5, 1, 128))).toBeCloseTo(6, 1);
  expect(drawn(0, 3.5, 12, 3.5, 1, 256, 2, 4)[3]!.filter(Boolean).length).toBe(6);
  expect(ink(drawn(0, 3.5, 12, 3.5, 0))).toBe(12);
});

test("what is outside of the pixels is left out, at each side", () => {
  expect(ink(drawn(-50, 4, 60, 4, 2))).toBe(24);
  expect(ink(drawn(6, -90, 6, 90, 2))).toBe(16);
  expect(ink(drawn(-5, -3, 20, -3, 2))).toBe(0);
  expect(ink(drawn(0, 0, 12, 0, 2))).toBe(12);
  expect(ink(drawn(0, -1.2, 12, -1.2, 2))).toBe(0);
  expect(ink(drawn(0, 99, 12, 99, 0))).toBe(0);
});
