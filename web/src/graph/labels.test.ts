import { expect, test } from "vitest";
import { boxOf, directionOf, fitted, placeLabels, Taken, type Wish } from "./labels";

const AREA = { left: -50, top: -50, right: 450, bottom: 250 };
const wishes: Wish[] = Array.from({ length: 60 }, (_, actor) => ({
  actor, x: (actor * 97) % 400, y: (actor * 53) % 200, radius: 5, width: 40 + (actor % 5) * 12,
}));

test("labels do not overlap, stay inside, and are the same each time", () => {
  const placed = placeLabels(wishes, new Taken(AREA), 100);
  expect(placed.length).toBeGreaterThan(10);
  for (const [place, label] of placed.entries()) {
    const box = boxOf(label);
    expect(box.left >= AREA.left && box.right <= AREA.right).toBe(true);
    for (const other of placed.slice(place + 1).map(boxOf)) {
      expect(box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom)
        .toBe(false);
    }
  }
  expect(placeLabels(wishes, new Taken(AREA), 100)).toEqual(placed);
});

test("the first in the queue gets its label, below it if there is room", () => {
  const [first] = placeLabels(wishes.slice(5), new Taken(AREA), 1);
  expect(first).toMatchObject({ actor: 5, align: "center" });
  expect(first!.y).toBeGreaterThan(wishes[5]!.y);
});

test("a name is cut where it would be too wide, between letters", () => {
  const measure = (text: string) => [...text].length * 10;
  expect(fitted("Hamas", measure, 60)).toBe("Hamas");
  expect(fitted("Islamic Revolutionary Guard", measure, 100)).toBe("Islamic R…");
  expect(fitted("🕊️🕊️🕊️🕊️🕊️🕊️", measure, 50)).not.toContain("\ud83d…");
});

test("controls of direction and lines in a name do no harm", () => {
  expect(fitted("a\u202eb\nc\u0000", (text) => text.length)).toBe("a b c");
});

test("a text runs as its first letter does", () => {
  expect(["حماس (Hamas)", "12 حركة", "Hamas حماس", "", "תנועה"].map(directionOf))
    .toEqual(["rtl", "rtl", "ltr", "ltr", "rtl"]);
});
