/** Draws actors, the outlines of organizations with parts, the hulls of blocs, and labels. */
import { around, type Point } from "./geometry";
import { directionOf, LABEL_PX, type Label } from "./labels";
import type { Pen } from "./pen";
import type { Actors, Tokens } from "./port";
import { outline } from "./shapes";
import type { Stamps } from "./stamps";
import { campHue, letterOf, readableOn } from "./theme";

/** Actors on the screen. */
export interface Spots {
  actors: Actors;
  x: Float32Array;
  y: Float32Array;
  radius: Float32Array;
}

export interface Dots extends Spots {
  tokens: Tokens;
}

/** From this radius on a letter tells the camp; below, a pattern does. */
const LETTER_RADIUS_PX = 6.5;
/** Stamps of actors have radii in such steps. */
const STAMP_STEP_PX = 0.25;
const OUTLINE_PAD_PX = 7;
const HULL_PAD_PX = 14;
/** How wide an organization's outline is open beside a part that is at odds with it. */
const BREAK_PX = 13;

/** Draws many actors as stamps, a camp at a time; they look as `drawActors` draws them. */
export function stampActors(pen: CanvasRenderingContext2D, dots: Dots, chosen: Iterable<number>, stamps: Stamps) {
  const { actors, x, y, tokens } = dots;
  const camps = actors.camp;
  for (const each of [...chosen].sort((a, b) => camps[a]! - camps[b]!)) {
    const [kind, camp] = [actors.kind[each]!, camps[each]!];
    const radius = Math.round(dots.radius[each]! / STAMP_STEP_PX) * STAMP_STEP_PX;
    stamps.put(pen, `${kind} ${camp} ${radius}`, x[each]!, y[each]!, radius + 2, (own) => {
      const one = { actors: { ...actors, kind: Uint8Array.of(kind) }, tokens,
        x: Float32Array.of(0), y: Float32Array.of(0), radius: Float32Array.of(radius) };
      drawCamp(own, one, camp, [0]);
    });
  }
}

/** Draws the actors in `chosen`, a camp at a time. */
export function drawActors(pen: Pen, dots: Dots, chosen: Iterable<number>) {
  const camps = new Map<number, number[]>();
  for (const actor of chosen) {
    const camp = dots.actors.camp[actor]!;
    const members = camps.get(camp);
    if (members) members.push(actor);
    else camps.set(camp, [actor]);
  }
  for (const camp of [...camps.keys()].sort((a, b) => a - b)) drawCamp(pen, dots, camp, camps.get(camp)!);
}

function drawCamp(pen: Pen, { actors, x, y, radius, tokens }: Dots, camp: number, members: readonly number[]) {
  const hue = campHue(camp, tokens);
  const draw = (chosen: readonly number[], share: number) => {
    pen.beginPath();
    for (const each of chosen) outline(pen, actors.kind[each]!, x[each]!, y[each]!, radius[each]! * share);
  };
  draw(members, 1);
  pen.fillStyle = hue;
  pen.strokeStyle = tokens.background;
  pen.lineWidth = 1.5;
  pen.lineJoin = "round";
  pen.stroke();
  pen.fill();
  const lettered = members.filter((each) => camp >= 0 && radius[each]! >= LETTER_RADIUS_PX);
  const plain = members.filter((each) => camp < 0 || radius[each]! < LETTER_RADIUS_PX);
  // Small actors: camp A is full, B hollow, C has a dot, D a ring, and so on; the undecided are hollow and grey.
  const pattern = camp < 0 ? 1 : camp % 4;
  pen.fillStyle = tokens.background;
  if (pattern > 0) {
    draw(plain, pattern === 2 ? 0.4 : 0.62);
    pen.fill();
  }
  if (pattern === 3) {
    pen.fillStyle = hue;
    draw(plain, 0.3);
    pen.fill();
  }
  pen.fillStyle = readableOn(hue);
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.direction = "ltr";
  for (const each of lettered) {
    pen.font = `600 ${Math.round(Math.min(14, radius[each]! * 1.15))}px ${tokens.font}`;
    pen.fillText(letterOf(camp), x[each]!, y[each]! + 0.5);
  }
}

/** A ring around an actor. */
export function drawRing(pen: Pen, { x, y, radius, tokens }: Dots, actor: number, width: number) {
  const ring = radius[actor]! + 3.5;
  for (const [colour, wide] of [[tokens.background, width + 2.5], [tokens.accent, width]] as const) {
    pen.beginPath();
    pen.arc(x[actor]!, y[actor]!, ring, 0, 2 * Math.PI);
    pen.strokeStyle = colour;
    pen.lineWidth = wide;
    pen.stroke();
  }
}

/** The rounded outline around some actors. */
export function hullAround({ x, y, radius }: Spots, members: Iterable<number>, pad = HULL_PAD_PX): Point[] {
  return around([...members].map((each) => ({ x: x[each]!, y: y[each]!, radius: radius[each]! + pad })));
}

export function drawHull(pen: Pen, hull: readonly Point[], tokens: Tokens) {
  trace(pen, hull);
  pen.closePath();
  pen.fillStyle = pen.strokeStyle = tokens.muted;
  pen.lineJoin = "round";
  pen.globalAlpha = 0.06;
  pen.fill();
  pen.globalAlpha = 0.45;
  pen.lineWidth = 1;
  pen.stroke();
  pen.globalAlpha = 1;
}

/** The outline of an organization around its parts, open beside each part that is at odds with it. */
export function drawOrganization(pen: Pen, dots: Dots, members: readonly number[], atOdds: readonly number[]) {
  const hull = hullAround(dots, members, OUTLINE_PAD_PX);
  pen.strokeStyle = dots.tokens.muted;
  pen.lineWidth = 1.25;
  pen.globalAlpha = 0.8;
  pen.setLineDash([]);
  if (atOdds.length === 0) {
    trace(pen, hull);
    pen.closePath();
    pen.stroke();
  } else {
    const steps = stepsAlong([...hull, hull[0]!], 3);
    const gaps = atOdds.map((part) => nearest(steps, dots.x[part]!, dots.y[part]!));
    pen.beginPath();
    let isDown = false;
    for (const [x, y] of steps) {
      const isOpen = gaps.some((gap) => Math.hypot(gap[0] - x, gap[1] - y) < BREAK_PX);
      if (!isOpen && isDown) pen.lineTo(x, y);
      else if (!isOpen) pen.moveTo(x, y);
      isDown = !isOpen;
    }
    pen.stroke();
  }
  pen.globalAlpha = 1;
}

function trace(pen: Pen, points: readonly Point[]) {
  pen.beginPath();
  points.forEach(([x, y], place) => place === 0 ? pen.moveTo(x, y) : pen.lineTo(x, y));
}

function stepsAlong(points: readonly Point[], step: number): Point[] {
  return points.slice(1).flatMap((end, place): Point[] => {
    const begin = points[place]!;
    const pieces = Math.max(1, Math.ceil(Math.hypot(end[0] - begin[0], end[1] - begin[1]) / step));
    return Array.from({ length: pieces }, (_, piece) => {
      const share = (piece + 1) / pieces;
      return [begin[0] + (end[0] - begin[0]) * share, begin[1] + (end[1] - begin[1]) * share];
    });
  });
}

function nearest(points: readonly Point[], x: number, y: number): Point {
  return points.reduce((best, each) =>
    Math.hypot(each[0] - x, each[1] - y) < Math.hypot(best[0] - x, best[1] - y) ? each : best);
}

/** Writes labels with a halo in the colour of the background. */
export function drawLabels(pen: Pen, labels: readonly Label[], nameOf: (actor: number) => string, tokens: Tokens) {
  pen.font = `${LABEL_PX}px ${tokens.font}`;
  for (const label of labels) write(pen, nameOf(label.actor), label, tokens.ink, tokens);
}

export function drawHullLabel(pen: Pen, text: string, label: Label, tokens: Tokens) {
  pen.font = `600 ${LABEL_PX}px ${tokens.font}`;
  write(pen, text, label, tokens.muted, tokens);
}

function write(pen: Pen, text: string, { x, y, align }: Label, colour: string, tokens: Tokens) {
  pen.textAlign = align;
  pen.textBaseline = "middle";
  pen.direction = directionOf(text);
  pen.lineJoin = "round";
  pen.lineWidth = 3.5;
  pen.strokeStyle = tokens.background;
  pen.strokeText(text, x, y);
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}

/** Writes the glyph of a tie on a small disc. */
export function drawGlyph(pen: Pen, glyph: string, x: number, y: number, colour: string, tokens: Tokens) {
  pen.fillStyle = tokens.background;
  pen.beginPath();
  pen.arc(x, y, 7, 0, 2 * Math.PI);
  pen.fill();
  pen.fillStyle = colour;
  pen.font = `700 13px ${tokens.font}`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.direction = "ltr";
  pen.fillText(glyph, x, y + 0.5);
}

