/** Greedy placing of labels on a coarse grid, and the texts that fit there. */
import type { Box } from "./geometry";

export const CELL_PX = 16;
export const LABEL_PX = 12;
const LONGEST_LABEL_PX = 190;

/** Which cells of a 16 px grid are taken. */
export class Taken {
  private readonly columns: number;
  private readonly cells: Uint8Array;

  constructor(private readonly area: Box) {
    this.columns = Math.max(1, Math.ceil((area.right - area.left) / CELL_PX));
    this.cells = new Uint8Array(this.columns * Math.max(1, Math.ceil((area.bottom - area.top) / CELL_PX)));
  }

  /** Takes the cells under a box if all are free and it lies wholly inside; otherwise changes nothing. */
  take(box: Box): boolean {
    const { area } = this;
    if (box.left < area.left || box.top < area.top || box.right >= area.right || box.bottom >= area.bottom) return false;
    const left = Math.floor((box.left - area.left) / CELL_PX);
    const right = Math.floor((box.right - area.left) / CELL_PX);
    const top = Math.floor((box.top - area.top) / CELL_PX);
    const bottom = Math.floor((box.bottom - area.top) / CELL_PX);
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) if (this.cells[row * this.columns + column]) return false;
    }
    for (let row = top; row <= bottom; row++) {
      this.cells.fill(1, row * this.columns + left, row * this.columns + right + 1);
    }
    return true;
  }
}

export interface Label {
  /** Place of the actor. */
  actor: number;
  x: number;
  /** Middle of the line of text. */
  y: number;
  align: "center" | "left" | "right";
  width: number;
}

export interface Wish {
  actor: number;
  x: number;
  y: number;
  radius: number;
  width: number;
}

/** Places labels in the order of the wishes, each below, above, right or left of its actor, or not at all. */
export function placeLabels(wishes: Iterable<Wish>, taken: Taken, most: number): Label[] {
  const placed: Label[] = [];
  for (const { actor, x, y, radius, width } of wishes) {
    if (placed.length >= most) break;
    const away = radius + 2;
    const half = LABEL_PX / 2 + 1;
    const places: Label[] = [
      { actor, width, x, y: y + away + half, align: "center" },
      { actor, width, x, y: y - away - half, align: "center" },
      { actor, width, x: x + away, y, align: "left" },
      { actor, width, x: x - away, y, align: "right" },
    ];
    const found = places.find((place) => taken.take(boxOf(place)));
    if (found) placed.push(found);
  }
  return placed;
}

export function boxOf({ x, y, align, width }: Label): Box {
  const left = align === "center" ? x - width / 2 : align === "left" ? x : x - width;
  return { left, right: left + width, top: y - LABEL_PX / 2, bottom: y + LABEL_PX / 2 };
}

const RIGHT_TO_LEFT = /^[^\p{L}]*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** The direction of a text: that of its first letter. */
export function directionOf(text: string): "ltr" | "rtl" {
  return RIGHT_TO_LEFT.test(text) ? "rtl" : "ltr";
}

/** A name on one line without controls of direction, cut with an ellipsis where it would be too wide. */
export function fitted(name: string, measure: (text: string) => number, longest = LONGEST_LABEL_PX): string {
  const line = name.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g, " ").trim();
  if (measure(line) <= longest) return line;
  const letters = [...line];
  let [fits, cut] = [0, letters.length];
  while (cut - fits > 1) {
    const middle = (fits + cut) >> 1;
    if (measure(`${letters.slice(0, middle).join("")}…`) <= longest) fits = middle;
    else cut = middle;
  }
  return `${letters.slice(0, fits).join("").trimEnd()}…`;
}
