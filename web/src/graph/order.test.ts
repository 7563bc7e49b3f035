import { expect, test } from "vitest";
import { neighboursOf, tiesOf } from "./neighbours";
import { matrixOrder } from "./order";

test("rows stand by camp, then by number of ties, then as they came; the undecided are last", () => {
  const order = matrixOrder(Int16Array.of(1, -1, 0, 1, 0), Uint32Array.of(2, 9, 1, 5, 1));
  expect([...order.actors]).toEqual([2, 4, 3, 0, 1]);
  expect(order.blocks).toEqual([
    { camp: 0, begin: 0, end: 2 }, { camp: 1, begin: 2, end: 4 }, { camp: -1, begin: 4, end: 5 },
  ]);
  expect([...order.place]).toEqual([3, 4, 0, 2, 1]);
});

test("hidden actors have no row", () => {
  const order = matrixOrder(Int16Array.of(0, 0, 1), Uint32Array.of(1, 2, 3), Uint8Array.of(0, 1, 0));
  expect([...order.actors]).toEqual([0, 2]);
  expect(order.place[1]).toBe(-1);
});

test("an empty scene has an empty order", () => {
  expect(matrixOrder(new Int16Array(), new Uint32Array()).blocks).toEqual([]);
});

test("each actor knows its ties", () => {
  const neighbours = neighboursOf(4, Uint32Array.of(0, 1, 0), Uint32Array.of(1, 2, 2));
  expect([0, 1, 2, 3].map((actor) => [...tiesOf(neighbours, actor)])).toEqual([[0, 2], [0, 1], [1, 2], []]);
});
