/** Draws ties: batches in data order, one path a stroke in each, everything clipped to the view first. */
import { clip, type Box } from "./geometry";
import { markOf, STROKES, type Mark } from "./marks";
import type { Pen } from "./pen";
import type { Ties, Tokens } from "./port";
import { Raster } from "./raster";

/** So many ties share one path a stroke. Drawing all of one hue last would make the whole look like that hue. */
const BATCH = 500;
/** A half of a split tie is never thinner than this, pixels: its two hues must be told apart at a pixel ratio of 1. */
const LEAST_HALF_PX = 1.25;
/** Below this detail so many lines cover each other so much that pixels are drawn without smoothing. */
const COARSE = { detail: 0.45, ties: 5000 };
const TICK_SPACING_PX = 22;
const MOST_TICKS = 9;
/** Ties shorter than this on the screen have no room for ticks. */
const LEAST_TICKED_PX = 14;

export interface Lines {
  ties: Ties;
  /** Where actors stand on the screen. */
  x: Float32Array;
  y: Float32Array;
  hidden: Uint8Array | undefined;
  clip: Box;
  /** About 1 where actors stand apart; below, lines and ticks are finer. */
  detail: number;
  tokens: Tokens;
}

/** Strokes the ties in `chosen`, or all of them, with a pen or into pixels. */
export function drawTies(pen: Pen | Raster, lines: Lines, chosen?: ArrayLike<number>) {
  const { ties, x, y, hidden, detail } = lines;
  const count = chosen ? chosen.length : ties.code.length;
  const paths: number[][] = STROKES.map(() => []);
  const aura: number[] = [];
  const strained: number[] = [];
  const segment = new Float64Array(4);
  if (pen instanceof Raster) pen.isCoarse = detail < COARSE.detail && count > COARSE.ties;
  for (let begin = 0; begin < count; begin += BATCH) {
    const used: number[] = [];
    for (let place = begin; place < Math.min(count, begin + BATCH); place++) {
      const tie = chosen ? chosen[place]! : place;
      const mark = markOf(ties.code[tie]!);
      if (!mark) continue;
      const [left, right] = [ties.left[tie]!, ties.right[tie]!];
      if (hidden && (hidden[left] || hidden[right])) continue;
      if (!clip(x[left]!, y[left]!, x[right]!, y[right]!, lines.clip, segment)) continue;
      if (mark.isTurn) aura.push(segment[0]!, segment[1]!, segment[2]!, segment[3]!);
      if (ties.strain?.[tie]) strained.push(segment[0]!, segment[1]!, segment[2]!, segment[3]!);
      rails(mark, segment, detail, paths, used);
    }
    underline(pen, lines, strained, 6, lines.tokens.muted, 0.28);
    underline(pen, lines, aura, 7, lines.tokens.accent, 0.22);
    for (const place of used) stroke(pen, lines, place, paths[place]!);
  }
  if (pen instanceof Raster) return;
  pen.globalAlpha = 1;
  pen.setLineDash([]);
}

/** Pixels of a stroke's width; `isHalf` for a half of a split tie. */
function widthOf(width: number, detail: number, isHalf: boolean): number {
  return Math.max(width * Math.min(detail, 1.25), isHalf && detail >= COARSE.detail ? LEAST_HALF_PX : 0.5);
}

function rails(mark: Mark, segment: Float64Array, detail: number, paths: number[][], used: number[]) {
  const [x0, y0, x1, y1] = segment as unknown as [number, number, number, number];
  const length = Math.hypot(x1 - x0, y1 - y0) || 1;
  const [acrossX, acrossY] = [(y1 - y0) / length, (x0 - x1) / length];
  let halfWidth = 0;
  for (const { side, stroke } of mark.rails) {
    const path = paths[stroke]!;
    if (path.length === 0) used.push(stroke);
    const width = widthOf(STROKES[stroke]!.width, detail, side !== 0);
    const away = side * (mark.gap + width) / 2;
    halfWidth = side ? width + mark.gap / 2 : width / 2;
    path.push(x0 + acrossX * away, y0 + acrossY * away, x1 + acrossX * away, y1 + acrossY * away);
  }
  if (mark.ticks === "none" || length < LEAST_TICKED_PX) return;
  const path = paths[mark.tick]!;
  if (path.length === 0) used.push(mark.tick);
  const most = detail < 0.6 ? 2 : MOST_TICKS;
  const ticks = mark.ticks === "one" ? 1 : Math.max(2, Math.min(most, Math.floor(length / TICK_SPACING_PX) - 1));
  // Few ticks stand together in the middle, where no other tie of the same actor runs beside.
  const spacing = Math.max(3.5, Math.min(TICK_SPACING_PX, length / (ticks + 1), detail < 0.6 ? 4 : TICK_SPACING_PX));
  const reach = halfWidth + Math.max(2, 3 * Math.min(detail, 1));
  const far = mark.rails.length > 1 && mark.gap === 0 ? 0 : reach; // a split tie: on its hostile side only
  const [alongX, alongY] = [(x1 - x0) / length, (y1 - y0) / length];
  for (let tick = 0; tick < ticks; tick++) {
    const along = length / 2 + (tick - (ticks - 1) / 2) * spacing;
    const [tickX, tickY] = [x0 + alongX * along, y0 + alongY * along];
    path.push(tickX - acrossX * reach, tickY - acrossY * reach, tickX + acrossX * far, tickY + acrossY * far);
  }
}

function stroke(pen: Pen | Raster, { detail, tokens }: Lines, place: number, path: number[]) {
  const { hue, width, dash, opacity } = STROKES[place]!;
  const lineWidth = widthOf(width, detail, false);
  const pieces = dash === "dashed" ? [Math.max(5, 3 * lineWidth), Math.max(4, 2 * lineWidth)]
    : dash === "dotted" ? [Math.max(1.5, lineWidth), Math.max(3, 2 * lineWidth)] : [];
  // A dense picture is paler, which leaves the actors readable.
  trace(pen, path, tokens[hue], lineWidth, opacity * Math.max(0.5, Math.min(1, detail * 1.4)), pieces);
}

/** A broad soft line under ties that turn in this month or are under strain. */
function underline(pen: Pen | Raster, { detail }: Lines, path: number[], width: number, colour: string,
  opacity: number) {
  if (path.length) trace(pen, path, colour, Math.max(4, width * Math.min(detail, 1.25)), opacity, []);
}

/** Strokes segments given as x0, y0, x1, y1, and empties the list. */
function trace(pen: Pen | Raster, path: number[], colour: string, width: number, opacity: number, dash: number[]) {
  if (pen instanceof Raster) {
    pen.stroke(path, colour, width, opacity, dash);
  } else {
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.globalAlpha = opacity;
    pen.setLineDash(dash);
    pen.beginPath();
    for (let place = 0; place < path.length; place += 4) {
      pen.moveTo(path[place]!, path[place + 1]!);
      pen.lineTo(path[place + 2]!, path[place + 3]!);
    }
    pen.stroke();
  }
  path.length = 0;
}
