/** From the code of a tie to the marks that are drawn for it (design: research/ecosystem.md 4.3). */

/** Bits of a code; the lowest three are the state, the next two the certainty. */
export const STATE = 7;
export const CERTAINTY_SHIFT = 3;
export const CONTESTED = 1 << 5;
export const POSSIBLE = 1 << 6;
export const DENIED = 1 << 7;
export const FADED = 1 << 8;
export const TURN = 1 << 9;
export const FORECAST = 1 << 10;
const CODES = 1 << 11;

export const HOSTILE = 1;
export const STRAINED = 2;
export const NEUTRAL = 3;
export const FRIENDLY = 4;
export const ALLIED = 5;

export type Hue = "hostile" | "neutral" | "friendly";
export type Dash = "solid" | "dashed" | "dotted";

/** How one line is stroked. */
export interface Stroke {
  hue: Hue;
  /** Pixels at the usual detail. */
  width: number;
  dash: Dash;
  opacity: number;
}

/** One of the lines that a tie is drawn with: on its axis, or on one side of it. */
export interface Rail {
  side: -1 | 0 | 1;
  /** Place in `STROKES`. */
  stroke: number;
}

export interface Mark {
  rails: readonly Rail[];
  /** Pixels between two rails: 0 for the halves of a split line. */
  gap: number;
  /** Cross-ticks: many for hostile, one for strained; a split tie has them on its hostile side only. */
  ticks: "none" | "one" | "many";
  /** Place in `STROKES` of the ticks. */
  tick: number;
  glyph: "" | "+" | "−" | "¬" | "?" | "≠" | "→";
  /** Hue of the glyph. */
  hue: Hue;
  isTurn: boolean;
  /** Rank among ties that would share a pixel: the firmer and the further from neutral, the higher. */
  strength: number;
  opacity: number;
}

/** All strokes that marks use; one path is drawn for each in a batch of ties. */
export const STROKES: Stroke[] = [];

const HUES: readonly Hue[] = ["neutral", "hostile", "hostile", "neutral", "friendly", "friendly"];
const WIDTHS = [1.2, 3, 2, 1.2, 2, 3];
const HALF_WIDTH = 2;
const HOLLOW_WIDTH = 1.1;
const HOLLOW_GAP = 1.8;
const OPACITIES = [0.5, 0.75, 1];
const POSSIBLE_OPACITY = 0.6;
const FADED_OPACITY = 0.5;

function strokeOf(hue: Hue, width: number, dash: Dash, opacity: number): number {
  const found = STROKES.findIndex((each) =>
    each.hue === hue && each.width === width && each.dash === dash && each.opacity === opacity);
  return found >= 0 ? found : STROKES.push({ hue, width, dash, opacity }) - 1;
}

/** The marks of a code, or null where nothing is drawn: no state, and nothing contested, possible or denied either. */
function build(code: number): Mark | null {
  const state = Math.min(code & STATE, ALLIED);
  if (state === 0 && !(code & (CONTESTED | POSSIBLE | DENIED))) return null;
  const isSplit = (code & CONTESTED) !== 0;
  const isHollow = (code & FORECAST) !== 0;
  const certainty = Math.min((code >> CERTAINTY_SHIFT) & 3, 2);
  const opacity = OPACITIES[certainty]! * (code & POSSIBLE ? POSSIBLE_OPACITY : 1) * (code & FADED ? FADED_OPACITY : 1);
  const dash: Dash = code & DENIED ? "dashed" : code & POSSIBLE ? "dotted" : "solid";
  const hue = HUES[state]!;
  const width = isHollow ? HOLLOW_WIDTH : isSplit ? HALF_WIDTH : WIDTHS[state]!;
  const line = (each: Hue) => strokeOf(each, width, dash, opacity);
  const rails: Rail[] = isSplit
    ? [{ side: -1, stroke: line("hostile") }, { side: 1, stroke: line("friendly") }]
    : isHollow ? [{ side: -1, stroke: line(hue) }, { side: 1, stroke: line(hue) }] : [{ side: 0, stroke: line(hue) }];
  const ticks = isSplit || state === STRAINED ? "one" : state === HOSTILE ? "many" : "none";
  const glyph = isSplit ? "≠" : code & DENIED ? "¬" : code & POSSIBLE ? "?" : isHollow ? "→"
    : hue === "hostile" ? "−" : hue === "friendly" ? "+" : "";
  return {
    rails, ticks, glyph, hue, opacity,
    gap: isHollow ? HOLLOW_GAP : 0,
    tick: strokeOf("hostile", 1.2, "solid", opacity),
    isTurn: (code & TURN) !== 0,
    strength: (isSplit ? 2 : Math.abs(state - NEUTRAL)) * 2 + opacity,
  };
}

const MARKS = Array.from({ length: CODES }, (_, code) => build(code));

/** The marks of a code, or null where nothing is drawn. */
export function markOf(code: number): Mark | null {
  return MARKS[code & (CODES - 1)]!;
}

/** Whether a code puts the two actors at odds: hostile or strained, and not contested. */
export function isAtOdds(code: number): boolean {
  const mark = markOf(code);
  return mark !== null && mark.hue === "hostile" && !(code & (CONTESTED | DENIED));
}
