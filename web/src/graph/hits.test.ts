import { expect, test } from "vitest";
import { around } from "./geometry";
import { hitAt, type Laid } from "./hits";
import { HOSTILE } from "./marks";

function laid(more: Partial<Laid> = {}): Laid {
  const x = Float32Array.of(0, 100, 100);
  const y = Float32Array.of(0, 0, 100);
  return {
    actors: {
      x, y, kind: new Uint8Array(3), camp: new Int16Array(3), label: ["a", "b", "c"],
      whole: new Int32Array(3).fill(-1), size: new Float32Array(3),
    },
    ties: { left: Uint32Array.of(0, 1, 0), right: Uint32Array.of(1, 2, 2), code: Uint16Array.of(HOSTILE, HOSTILE, 0) },
    hidden: undefined, x, y, radius: Float32Array.of(4, 4, 20), visible: [0, 1, 2], labels: [],
    hulls: [{ place: 0, points: around([0, 1, 2].map((each) => ({ x: x[each]!, y: y[each]!, radius: 30 }))), text: "",
      label: null }],
    ...more,
  };
}

test("a small actor can be hit within 12 pixels, a large one within its radius", () => {
  expect(hitAt(laid(), 8, -8)).toEqual({ kind: "actor", index: 0 });
  expect(hitAt(laid(), 118, 100)).toEqual({ kind: "actor", index: 2 });
});

test("the nearest drawn tie is hit, an actor before it, a hull after it", () => {
  expect(hitAt(laid(), 50, 5)).toEqual({ kind: "tie", index: 0 });
  expect(hitAt(laid(), 104, 50)).toEqual({ kind: "tie", index: 1 });
  expect(hitAt(laid(), 50, 50)).toEqual({ kind: "hull", index: 0 });
  expect(hitAt(laid(), 300, 300)).toBeNull();
});

test("ties of hidden actors are not hit", () => {
  expect(hitAt(laid({ hidden: Uint8Array.of(1, 0, 0), hulls: [] }), 50, 0)).toBeNull();
});

test("a label is its actor", () => {
  const labels = [{ actor: 2, x: 200, y: 0, align: "left" as const, width: 60 }];
  expect(hitAt(laid({ labels }), 230, 3)).toEqual({ kind: "actor", index: 2 });
});
