import { CUE_PX, drawCells, drawNothing, drawSmallCells, type Cell } from "./cells";
import type { Box } from "./geometry";
import { directionOf, fitted, LABEL_PX } from "./labels";
import { markOf, TURN } from "./marks";
import { neighboursOf, tiesOf, type Neighbours } from "./neighbours";
import { matrixOrder, type Order } from "./order";
import type { Pen } from "./pen";
import type { Choice, Hit, Tokens } from "./port";
import { Stage, type Frame, type PaintPixels } from "./stage";
import { campHue, letterOf } from "./theme";

const LARGEST_CELL_PX = 48;
/** Rows and columns have names from this size of a cell on. */
const NAME_CELL_PX = 12;
const NAMED_EDGE_PX = { left: 168, top: 132 };
const BARE_EDGE_PX = { left: 24, top: 24 };
const BAND_PX = 5;
/** Past this share of changed ties painting the whole is faster. */
const PATCH_SHARE = 0.3;

/** The signed network as a matrix: rows and columns by camp, then by number of ties. */
export class Matrix extends Stage {
  readonly drag = "brush";
  private order: Order = { actors: new Int32Array(), place: new Int32Array(), blocks: [] };
  private neighbours: Neighbours = { offset: new Uint32Array(1), ties: new Uint32Array() };

  protected prepare() {
    const { actors, ties, hidden } = this.scene!;
    this.neighbours = neighboursOf(actors.label.length, ties.left, ties.right);
    const { offset } = this.neighbours;
    const degree = Uint32Array.from(actors.label, (_, actor) => offset[actor + 1]! - offset[actor]!);
    this.order = matrixOrder(actors.camp, degree, hidden);
  }

  protected bounds(): Box | null {
    const count = this.order.actors.length;
    return count ? { left: 0, top: 0, right: count, bottom: count } : null;
  }

  protected insets(): Box {
    const { width, height } = this.current;
    const { left, top } = NAMED_EDGE_PX;
    const hasNames = Math.min(width - left - 12, height - top - 12) >= NAME_CELL_PX * this.order.actors.length;
    return { ...(hasNames ? NAMED_EDGE_PX : BARE_EDGE_PX), right: 12, bottom: 12 };
  }

  protected override scales() {
    const { width, height } = this.current;
    const fit = Math.min(width, height) / Math.max(1, this.order.actors.length);
    return { least: Math.min(LARGEST_CELL_PX, fit) / 3, most: LARGEST_CELL_PX };
  }

  protected placeOf(actor: number) {
    const row = this.order.place[actor] ?? -1;
    return row < 0 ? null : { x: row + 0.5, y: row + 0.5 };
  }

  protected paint(pen: Pen, frame: Frame, tokens: Tokens, paintPixels: PaintPixels | null) {
    if (!this.scene) return;
    if (paintPixels && frame.scale < CUE_PX) {
      this.paintSmall(frame, tokens, paintPixels);
      return;
    }
    paintPixels?.(() => {});
    const { left, top, right, bottom } = frame.clip;
    const count = this.order.actors.length;
    const whole = boxOfCells(frame, 0, 0, count, count);
    const seen = { left: Math.max(left, whole.left), top: Math.max(top, whole.top),
      right: Math.min(right, whole.right), bottom: Math.min(bottom, whole.bottom) };
    if (seen.left < seen.right && seen.top < seen.bottom) drawNothing(pen, seen, frame.scale, tokens);
    for (const [code, cells] of this.cells(frame, this.told())) drawCells(pen, code, cells, frame.scale, tokens);
  }

  protected override patch(pen: Pen, frame: Frame, tokens: Tokens, changed: readonly number[],
    paintPixels: PaintPixels): boolean {
    const { ties } = this.scene!;
    if (changed.length === 0) return true;
    if (frame.scale < CUE_PX) {
      this.paintSmall(frame, tokens, paintPixels);
      return true;
    }
    if (changed.length > PATCH_SHARE * ties.code.length) return false;
    for (const tie of changed) {
      const [a, b] = [this.order.place[ties.left[tie]!]!, this.order.place[ties.right[tie]!]!];
      if (a < 0 || b < 0) continue;
      for (const [row, column] of [[a, b], [b, a]] as const) {
        const box = boxOfCells(frame, column, row, column + 1, row + 1);
        if (isApart(box, frame.clip)) continue;
        drawNothing(pen, box, frame.scale, tokens);
      }
    }
    for (const [code, cells] of this.cells(frame, changed)) drawCells(pen, code, cells, frame.scale, tokens);
    return true;
  }

  protected paintOverlay(pen: Pen, frame: Frame, tokens: Tokens) {
    if (!this.scene) return;
    const { ties } = this.scene;
    const count = this.order.actors.length;
    const cross = (actor: number | undefined, opacity: number) => {
      const row = actor === undefined ? -1 : this.order.place[actor] ?? -1;
      if (row < 0) return;
      pen.fillStyle = tokens.accent;
      pen.globalAlpha = opacity;
      for (const box of [boxOfCells(frame, 0, row, count, row + 1), boxOfCells(frame, row, 0, row + 1, count)]) {
        pen.fillRect(box.left, box.top, box.right - box.left, box.bottom - box.top);
      }
      pen.globalAlpha = 1;
    };
    const hovered = this.hovered;
    if (hovered?.kind === "actor") cross(hovered.index, 0.12);
    if (hovered?.kind === "tie") for (const end of [ties.left, ties.right]) cross(end[hovered.index], 0.08);
    if (this.focused !== null) cross(this.focused, 0.25);
    for (const actor of this.choice.actors) cross(actor, 0.12);
    for (const tie of this.choice.ties) this.ring(pen, frame, tokens, tie);
    if (hovered?.kind === "tie") this.ring(pen, frame, tokens, hovered.index);
  }

  protected override paintEdge(pen: Pen, frame: Frame, tokens: Tokens) {
    if (!this.scene) return;
    const edge = this.edgeOf(frame);
    const count = this.order.actors.length;
    const whole = boxOfCells(frame, 0, 0, count, count);
    pen.strokeStyle = tokens.muted;
    pen.lineWidth = 1;
    pen.globalAlpha = 0.7;
    pen.beginPath();
    for (const { begin, end } of this.order.blocks) {
      for (const row of [begin, end]) {
        const { left, top } = boxOfCells(frame, row, row, row, row);
        pen.moveTo(whole.left, top - 0.5);
        pen.lineTo(whole.right, top - 0.5);
        pen.moveTo(left - 0.5, whole.top);
        pen.lineTo(left - 0.5, whole.bottom);
      }
    }
    pen.moveTo(whole.left, whole.top);
    pen.lineTo(whole.right, whole.bottom);
    pen.stroke();
    pen.globalAlpha = 1;
    pen.fillStyle = tokens.background;
    pen.fillRect(0, 0, edge.left, frame.height);
    pen.fillRect(0, 0, frame.width, edge.top);
    for (const side of ["left", "top"] as const) this.drawSide(pen, frame, tokens, side, edge);
    pen.fillStyle = tokens.background;
    pen.fillRect(0, 0, edge.left, edge.top);
  }

  hit(x: number, y: number): Hit | null {
    if (!this.scene) return null;
    const frame = this.current;
    const edge = this.edgeOf(frame);
    const actorAt = (place: number) => this.order.actors[Math.floor(place)];
    const [row, column] = [
      actorAt((y - frame.height / 2) / frame.scale + frame.y), actorAt((x - frame.width / 2) / frame.scale + frame.x),
    ];
    const named = x < edge.left && y >= edge.top ? row : y < edge.top && x >= edge.left ? column : undefined;
    if (named !== undefined) return { kind: "actor", index: named };
    if (x < edge.left || y < edge.top || row === undefined || column === undefined) return null;
    if (row === column) return { kind: "actor", index: row };
    const { left, right, code } = this.scene.ties;
    if (frame.scale < 1) {
      // Several cells lie under a pixel: the strongest is the one that is seen.
      const box = boxOfCells(frame, Math.floor((x - frame.width / 2) / frame.scale + frame.x),
        Math.floor((y - frame.height / 2) / frame.scale + frame.y), 0, 0);
      const found = this.tiesUnder(frame, { ...box, right: box.left + 1, bottom: box.top + 1 });
      return found.length ? { kind: "tie", index: found[found.length - 1]! } : null;
    }
    const tie = tiesOf(this.neighbours, row).find((each) =>
      (left[each] === column || right[each] === column) && markOf(code[each]!) !== null);
    return tie === undefined ? null : { kind: "tie", index: tie };
  }

  protected within(box: Box): Choice {
    const frame = this.current;
    const range = (from: number, to: number, middle: number, centre: number) => [
      Math.max(0, Math.floor((from - middle) / frame.scale + centre)),
      Math.min(this.order.actors.length, Math.ceil((to - middle) / frame.scale + centre)),
    ] as const;
    const rows = range(box.top, box.bottom, frame.height / 2, frame.y);
    const columns = range(box.left, box.right, frame.width / 2, frame.x);
    const ties = this.tiesIn(rows, columns);
    const { left, right } = this.scene!.ties;
    const actors = [...new Set(ties.flatMap((tie) => [left[tie]!, right[tie]!]))].sort((a, b) => a - b);
    return { actors, ties: [...new Set(ties)].sort((a, b) => a - b) };
  }

  /** Where names and bands end and cells begin: beside the first row and column, or at the edge of the view. */
  private edgeOf(frame: Frame) {
    const least = frame.scale >= NAME_CELL_PX ? NAMED_EDGE_PX : BARE_EDGE_PX;
    const { left, top } = boxOfCells(frame, 0, 0, 1, 1);
    return { left: Math.max(least.left, left), top: Math.max(least.top, top) };
  }

  /** All cells as plain rectangles, straight into pixels: 20,000 ties are 40,000 of them. */
  private paintSmall(frame: Frame, tokens: Tokens, paintPixels: PaintPixels) {
    paintPixels((raster) => {
      for (const [code, cells] of this.cells(frame, this.told())) {
        drawSmallCells(raster, code, cells, frame.scale, tokens);
      }
    });
  }

  private told(): number[] {
    const { code } = this.scene!.ties;
    const ties: number[] = [];
    for (let tie = 0; tie < code.length; tie++) if (code[tie]) ties.push(tie);
    return ties;
  }

  /** Both cells of each tie that are in sight, by its code: the strongest last. */
  private cells(frame: Frame, ties: readonly number[]): [number, Cell[]][] {
    const { code, left, right, strain } = this.scene!.ties;
    const found = new Map<number, Cell[]>();
    for (const tie of ties) {
      const [a, b] = [this.order.place[left[tie]!]!, this.order.place[right[tie]!]!];
      if (a < 0 || b < 0 || !markOf(code[tie]!)) continue;
      for (const [row, column] of [[a, b], [b, a]] as const) {
        const box = boxOfCells(frame, column, row, column + 1, row + 1);
        if (isApart(box, frame.clip)) continue;
        const cell: Cell = {
          left: box.left, top: box.top, right: box.right, bottom: box.bottom,
          isUpper: row < column, isTurn: (code[tie]! & TURN) !== 0, isStrained: Boolean(strain?.[tie]),
        };
        const cells = found.get(code[tie]!);
        if (cells) cells.push(cell);
        else found.set(code[tie]!, [cell]);
      }
    }
    const strength = (look: number) => markOf(look)!.strength;
    return [...found].sort(([one], [two]) => strength(one) - strength(two) || one - two);
  }

  /** Ties with a cell drawn at the pixel of a box, the strongest last. */
  private tiesUnder(frame: Frame, box: Box): number[] {
    const range = (pixel: number, middle: number, centre: number) => {
      const begin = Math.floor((pixel - middle) / frame.scale + centre) - 1;
      return [Math.max(0, begin), begin + Math.ceil(1 / frame.scale) + 3] as const;
    };
    const rows = range(box.top, frame.height / 2, frame.y);
    const columns = range(box.left, frame.width / 2, frame.x);
    const { code } = this.scene!.ties;
    const strength = (tie: number) => markOf(code[tie]!)!.strength;
    return this.tiesIn(rows, columns, (row, column) => {
      const { left, top } = boxOfCells(frame, column, row, column + 1, row + 1);
      return left === box.left && top === box.top;
    }).sort((a, b) => strength(a) - strength(b) || code[a]! - code[b]! || a - b);
  }

  /** Drawn ties with a cell in some rows and columns (half-open). */
  private tiesIn(rows: readonly [number, number], columns: readonly [number, number],
    isWanted: (row: number, column: number) => boolean = () => true): number[] {
    const { left, right, code } = this.scene!.ties;
    const found: number[] = [];
    for (let row = rows[0]; row < Math.min(rows[1], this.order.actors.length); row++) {
      const actor = this.order.actors[row]!;
      for (const tie of tiesOf(this.neighbours, actor)) {
        const column = this.order.place[left[tie] === actor ? right[tie]! : left[tie]!]!;
        if (column >= columns[0] && column < columns[1] && markOf(code[tie]!) && isWanted(row, column)) found.push(tie);
      }
    }
    return found;
  }

  private ring(pen: Pen, frame: Frame, tokens: Tokens, tie: number) {
    const { left, right } = this.scene!.ties;
    const [a, b] = [this.order.place[left[tie]!] ?? -1, this.order.place[right[tie]!] ?? -1];
    if (a < 0 || b < 0) return;
    pen.strokeStyle = tokens.accent;
    pen.lineWidth = 2;
    for (const [row, column] of [[a, b], [b, a]] as const) {
      const box = boxOfCells(frame, column, row, column + 1, row + 1);
      const grow = Math.max(1, (7 - (box.right - box.left)) / 2);
      pen.beginPath();
      pen.moveTo(box.left - grow, box.top - grow);
      pen.lineTo(box.right + grow, box.top - grow);
      pen.lineTo(box.right + grow, box.bottom + grow);
      pen.lineTo(box.left - grow, box.bottom + grow);
      pen.closePath();
      pen.stroke();
    }
  }

  /** The names of rows or columns, a band in the hue of each camp, and the camp's letter. */
  private drawSide(pen: Pen, frame: Frame, tokens: Tokens, side: "left" | "top", edge: { left: number; top: number }) {
    const isLeft = side === "left";
    const room = edge[side];
    const [size, centre] = isLeft ? [frame.height, frame.y] : [frame.width, frame.x];
    const middle = size / 2;
    const least = isLeft ? edge.top : edge.left;
    const at = (place: number) => Math.round((place - centre) * frame.scale + middle);
    const hasNames = frame.scale >= NAME_CELL_PX;
    pen.textBaseline = "middle";
    for (const { camp, begin, end } of this.order.blocks) {
      const [from, to] = [Math.max(least, at(begin)), Math.min(size, at(end))];
      if (from >= to) continue;
      pen.fillStyle = campHue(camp, tokens);
      if (isLeft) pen.fillRect(room - BAND_PX - 1, from, BAND_PX, to - from - 1);
      else pen.fillRect(from, room - BAND_PX - 1, to - from - 1, BAND_PX);
      pen.font = `700 13px ${tokens.font}`;
      pen.textAlign = "center";
      pen.direction = "ltr";
      const middleOf = (from + to) / 2;
      const letter = letterOf(camp) || "·";
      const away = room - (hasNames ? NAMED_EDGE_PX : BARE_EDGE_PX)[side] + 9;
      if (to - from >= 12) pen.fillText(letter, isLeft ? away : middleOf, isLeft ? middleOf : away);
    }
    if (!hasNames) return;
    pen.font = `${LABEL_PX}px ${tokens.font}`;
    pen.fillStyle = tokens.ink;
    const first = Math.max(0, Math.floor((least - middle) / frame.scale + centre));
    const last = Math.min(this.order.actors.length, Math.ceil((size - middle) / frame.scale + centre));
    for (let row = first; row < last; row++) {
      const name = fitted(this.nameOf(this.order.actors[row]!), this.widthOf, NAMED_EDGE_PX[side] - BAND_PX - 24);
      const spot = at(row + 0.5);
      pen.direction = directionOf(name);
      pen.save();
      pen.translate(isLeft ? room - BAND_PX - 5 : spot, isLeft ? spot : room - BAND_PX - 5);
      if (!isLeft) pen.rotate(-Math.PI / 2);
      pen.textAlign = isLeft ? "right" : "left";
      pen.fillText(name, 0, 0);
      pen.restore();
    }
  }
}

function isApart(box: Box, clip: Box): boolean {
  return box.right <= clip.left || box.left >= clip.right || box.bottom <= clip.top || box.top >= clip.bottom;
}

/** The pixels of some cells, on whole pixels and at least one wide. */
function boxOfCells(frame: Frame, column: number, row: number, endColumn: number, endRow: number): Box {
  const left = Math.floor((column - frame.x) * frame.scale + frame.width / 2);
  const top = Math.floor((row - frame.y) * frame.scale + frame.height / 2);
  const right = Math.floor((endColumn - frame.x) * frame.scale + frame.width / 2);
  const bottom = Math.floor((endRow - frame.y) * frame.scale + frame.height / 2);
  return { left, top, right: Math.max(right, left + 1), bottom: Math.max(bottom, top + 1) };
}
