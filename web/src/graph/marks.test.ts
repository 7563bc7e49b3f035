import { expect, test } from "vitest";
import { ALLIED, CERTAINTY_SHIFT, CONTESTED, DENIED, FADED, FORECAST, FRIENDLY, HOSTILE, isAtOdds, markOf, NEUTRAL,
  POSSIBLE, STRAINED, STROKES, TURN } from "./marks";

const SURE = 2 << CERTAINTY_SHIFT;
const strokes = (code: number) => markOf(code)!.rails.map(({ stroke }) => STROKES[stroke]!);

test("a tie of which nothing is told is not drawn, however certain, faded or late that is", () => {
  for (const rest of [0, SURE, FADED, TURN, FORECAST]) expect(markOf(rest)).toBeNull();
});

test("what is only denied or possible is drawn though it has no state, in no hue of a state", () => {
  expect(strokes(DENIED)[0]).toMatchObject({ hue: "neutral", dash: "dashed" });
  expect(strokes(POSSIBLE)[0]).toMatchObject({ hue: "neutral", dash: "dotted" });
});

test("each code with a state has marks, and no two states look the same without colour", () => {
  for (let code = 0; code < 1 << 11; code++) {
    if ((code & 7) >= HOSTILE && (code & 7) <= ALLIED) expect(markOf(code), `code ${code}`).not.toBeNull();
  }
  const grey = [HOSTILE, STRAINED, NEUTRAL, FRIENDLY, ALLIED].map((state) => {
    const { ticks, glyph } = markOf(state | SURE)!;
    return `${ticks} ${glyph} ${strokes(state | SURE)[0]!.width}`;
  });
  expect(new Set(grey).size).toBe(5);
});

test("a contested tie is two halves without a gap, with ticks on one side", () => {
  const mark = markOf(NEUTRAL | SURE | CONTESTED)!;
  expect(mark.rails.map(({ side }) => side)).toEqual([-1, 1]);
  expect(strokes(NEUTRAL | SURE | CONTESTED).map(({ hue }) => hue)).toEqual(["hostile", "friendly"]);
  expect(mark).toMatchObject({ gap: 0, glyph: "≠", ticks: "one" });
});

test("a forecast is hollow: two thin lines of one hue, apart", () => {
  const mark = markOf(ALLIED | FORECAST)!;
  expect(mark.gap).toBeGreaterThan(0);
  expect(strokes(ALLIED | FORECAST).map(({ hue }) => hue)).toEqual(["friendly", "friendly"]);
  expect(strokes(ALLIED | FORECAST)[0]!.width).toBeLessThan(strokes(ALLIED)[0]!.width);
});

test("certainty has three steps; the possible has 60 % and the faded half of them", () => {
  const opacity = (code: number) => markOf(code)!.opacity;
  const steps = [0, 1, 2].map((certainty) => opacity(HOSTILE | (certainty << CERTAINTY_SHIFT)));
  expect([...steps].sort()).toEqual(steps);
  expect(new Set(steps).size).toBe(3);
  expect(opacity(HOSTILE | SURE | POSSIBLE)).toBeCloseTo(0.6);
  expect(opacity(HOSTILE | SURE | FADED)).toBeCloseTo(0.5);
});

test("a firm tie hides a weak one, and a contested one hides all", () => {
  const strength = (code: number) => markOf(code)!.strength;
  expect(strength(ALLIED | SURE)).toBeGreaterThan(strength(FRIENDLY | SURE));
  expect(strength(STRAINED)).toBeGreaterThan(strength(NEUTRAL | SURE));
  expect(strength(NEUTRAL | SURE | CONTESTED)).toBeGreaterThanOrEqual(strength(HOSTILE | SURE));
});

test("a part is at odds with its whole when hostile or strained, not when that is contested or denied", () => {
  expect([HOSTILE, STRAINED, NEUTRAL, ALLIED, 0].map(isAtOdds)).toEqual([true, true, false, false, false]);
  expect(isAtOdds(HOSTILE | CONTESTED) || isAtOdds(HOSTILE | DENIED)).toBe(false);
});
