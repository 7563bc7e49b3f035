import { expect, test } from "vitest";
import { campHue, DARK, letterOf, LIGHT, over, readableOn } from "./theme";

test("camps have letters beyond Z, and the undecided none", () => {
  expect([-1, 0, 25, 26, 27, 52].map(letterOf)).toEqual(["", "A", "Z", "AA", "AB", "BA"]);
});

test("camp hues are never those of a state", () => {
  for (const { camps, hostile, friendly } of [LIGHT, DARK]) {
    expect(camps).not.toContain(hostile);
    expect(camps).not.toContain(friendly);
    expect(campHue(camps.length, { ...LIGHT, camps })).toBe(camps[0]);
  }
});

test("a colour at an opacity is one opaque colour; a system colour stays", () => {
  expect(over("#ffffff", "#000000", 0.5)).toBe("#808080");
  expect(over("CanvasText", "#000000", 0.5)).toBe("CanvasText");
});

test("letters are readable on each camp", () => {
  expect([...LIGHT.camps, ...DARK.camps].map(readableOn)).toContain("#ffffff");
  expect(readableOn("#c9d36a")).toBe("#000000");
});
