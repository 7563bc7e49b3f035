/** Draws the cells of the matrix. */
import type { Box } from "./geometry";
import { DENIED, FORECAST, markOf, POSSIBLE, type Mark } from "./marks";
import type { Pen } from "./pen";
import type { Tokens } from "./port";
import { over, readableOn } from "./theme";

/** Cells from this size on show state by size and second cues; smaller ones by colour alone, as plain rectangles. */
export const CUE_PX = 6;
const GLYPH_PX = 15;
const SPLIT_PX = 3;
const HATCH_CELL_PX = 8;
const HATCH_STEP_PX = 8;

/** Draws one look in many cells; `x`, `y` and `size` of each cell are whole pixels; `isUpper` above the diagonal. */
export interface Cell extends Box {
  isUpper: boolean;
  isTurn: boolean;
  isStrained: boolean;
}

/** Draws cells that share a code; `scale` is the size of a cell before it is set on whole pixels. */
export function drawCells(pen: Pen, code: number, cells: readonly Cell[], scale: number, tokens: Tokens) {
  const mark = markOf(code);
  if (!mark) return;
  if (scale < CUE_PX) drawSmallCells(pen, code, cells, scale, tokens);
  else drawLarge(pen, mark, code, cells, scale, tokens);
}

/** Draws cells smaller than `CUE_PX`, which share a code. */
export function drawSmallCells(pen: Pick<Pen, "fillStyle" | "fillRect">, code: number, cells: readonly Cell[],
  scale: number, tokens: Tokens) {
  const mark = markOf(code);
  if (!mark) return;
  const isSplit = mark.glyph === "≠";
  // What is weak is paler, never see-through: the strongest tie of a pixel is drawn last and hides the others.
  const opacity = Math.max(scale < 2 ? 0.65 : 0.35, mark.opacity) * (mark.hue === "neutral" && !isSplit ? 0.6 : 1);
  const shade = (hue: Mark["hue"]) => over(tokens[hue], tokens.background, opacity);
  const [plain, hostile, friendly] = [shade(mark.hue), shade("hostile"), shade("friendly")];
  for (const { left, top, right, bottom, isUpper } of cells) {
    const [width, height] = [right - left, bottom - top];
    if (isSplit && width >= SPLIT_PX) {
      pen.fillStyle = hostile;
      pen.fillRect(left, top, width, Math.floor(height / 2));
      pen.fillStyle = friendly;
      pen.fillRect(left, top + Math.floor(height / 2), width, Math.ceil(height / 2));
    } else {
      // A cell too small for two hues has one above the diagonal and the other below it.
      pen.fillStyle = isSplit ? (isUpper ? hostile : friendly) : plain;
      pen.fillRect(left, top, width, height);
    }
  }
}

function drawLarge(pen: Pen, mark: Mark, code: number, cells: readonly Cell[], scale: number, tokens: Tokens) {
  const isSplit = mark.glyph === "≠";
  const isOpen = !isSplit && (code & (DENIED | FORECAST)) !== 0;
  const share = isSplit ? 1 : code & POSSIBLE ? 0.5 : mark.strength >= 4 ? 1 : mark.hue === "neutral" ? 0.45 : 0.75;
  const shade = (hue: Mark["hue"]) => over(tokens[hue], tokens.background, mark.opacity);
  const colour = shade(mark.hue);
  const hasGlyph = scale >= GLYPH_PX && mark.glyph !== "";
  for (const cell of cells) {
    const { left, top, right, bottom } = inner(cell, share);
    if (isSplit) {
      triangle(pen, left, top, right, top, left, bottom, shade("hostile"));
      triangle(pen, right, bottom, right, top, left, bottom, shade("friendly"));
    } else if (isOpen) {
      pen.setLineDash(code & DENIED ? [3, 2] : []);
      frame(pen, { left, top, right, bottom }, colour, 1.5);
      pen.setLineDash([]);
    } else {
      pen.fillStyle = colour;
      pen.fillRect(left, top, right - left, bottom - top);
      if (mark.hue === "hostile" && !hasGlyph) tick(pen, { left, top, right, bottom }, tokens.background);
    }
    if (cell.isStrained) frame(pen, cell, tokens.muted, 1.5);
    if (cell.isTurn) frame(pen, cell, tokens.accent, scale < 12 ? 1 : 2);
  }
  if (!hasGlyph) return;
  pen.font = `700 ${Math.round(Math.min(16, scale * 0.6))}px ${tokens.font}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.direction = "ltr";
  pen.fillStyle = isOpen || share <= 0.5 ? tokens.ink : readableOn(colour);
  for (const { left, top, right, bottom } of cells) {
    pen.fillText(mark.glyph, (left + right) / 2, (top + bottom) / 2 + 0.5);
  }
}

function inner({ left, top, right, bottom }: Box, share: number): Box {
  const pad = Math.max(0.5, ((right - left) * (1 - share)) / 2);
  return { left: left + pad, top: top + pad, right: right - pad, bottom: bottom - pad };
}

function frame(pen: Pen, { left, top, right, bottom }: Box, colour: string, width: number) {
  const half = width / 2;
  pen.beginPath();
  pen.moveTo(left + half, top + half);
  pen.lineTo(right - half, top + half);
  pen.lineTo(right - half, bottom - half);
  pen.lineTo(left + half, bottom - half);
  pen.closePath();
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.stroke();
}

function tick(pen: Pen, { left, top, right, bottom }: Box, colour: string) {
  pen.beginPath();
  pen.moveTo(left + 1, bottom - 1);
  pen.lineTo(right - 1, top + 1);
  pen.strokeStyle = colour;
  pen.lineWidth = 1.25;
  pen.stroke();
}

function triangle(pen: Pen, x0: number, y0: number, x1: number, y1: number, x2: number, y2: number, colour: string) {
  pen.beginPath();
  pen.moveTo(x0, y0);
  pen.lineTo(x1, y1);
  pen.lineTo(x2, y2);
  pen.closePath();
  pen.fillStyle = colour;
  pen.fill();
}

/** Empties a part of the matrix: a cell with no tie is hatched ("nothing told"), where cells are large enough. */
export function drawNothing(pen: Pen, { left, top, right, bottom }: Box, scale: number, tokens: Tokens) {
  pen.fillStyle = tokens.background;
  pen.fillRect(left, top, right - left, bottom - top);
  if (scale < HATCH_CELL_PX) return;
  pen.beginPath();
  for (let sum = Math.ceil((left + top) / HATCH_STEP_PX) * HATCH_STEP_PX; sum < right + bottom; sum += HATCH_STEP_PX) {
    pen.moveTo(Math.max(left, sum - bottom), Math.min(bottom, sum - left));
    pen.lineTo(Math.min(right, sum - top), Math.max(top, sum - right));
  }
  pen.strokeStyle = over(tokens.muted, tokens.background, 0.2);
  pen.lineWidth = 1;
  pen.stroke();
}
