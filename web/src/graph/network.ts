import { drawActors, drawGlyph, drawHull, drawHullLabel, drawLabels, drawOrganization, drawRing, hullAround, stampActors,
  type Dots } from "./actor_marks";
import { clip, type Box } from "./geometry";
import { hitAt, isNear, type Laid } from "./hits";
import { boxOf, LABEL_PX, placeLabels, Taken, type Label, type Wish } from "./labels";
import { isAtOdds, markOf } from "./marks";
import { neighboursOf, tiesOf, type Neighbours } from "./neighbours";
import type { Pen } from "./pen";
import type { Choice, Hit, Tokens } from "./port";
import { radiusOf } from "./shapes";
import { Stage, type Frame, type PaintPixels } from "./stage";
import { Stamps } from "./stamps";
import { drawTies, type Lines } from "./tie_lines";

/** Actors this far apart on average have lines and dots of the usual size. */
const PITCH_PX = 64;
const RADIUS_PX = { least: 4.5, more: 7 };
/** A label has at least so much of the picture to itself, px², more where actors stand close. */
const LABEL_AREA = 4500;
/** Glyphs need actors this far apart, and ties this long on the screen. */
const GLYPH_DETAIL = 1.25;
const GLYPH_TIE_PX = 56;
const VEIL = 0.78;
/** So many actors are drawn as stamps. */
const STAMPED_FROM = 200;

/** The signed network as nodes and lines. */
export class Network extends Stage {
  readonly drag = "pan";
  private neighbours: Neighbours = { offset: new Uint32Array(1), ties: new Uint32Array() };
  /** Actors that are not hidden, the most prominent first. */
  private order: number[] = [];
  /** Organizations that have parts in sight, each with itself and its parts. */
  private organizations: { whole: number; members: number[] }[] = [];
  private extent: Box | null = null;
  private stamped: { tokens: Tokens | null; stamps: Stamps } = { tokens: null, stamps: new Stamps() };
  private memo: { frame: Frame; laid: Laid; taken: Taken } | null = null;

  protected prepare() {
    const { actors, ties, hidden } = this.scene!;
    const count = actors.label.length;
    this.memo = null;
    this.neighbours = neighboursOf(count, ties.left, ties.right);
    const { offset } = this.neighbours;
    const degree = (actor: number) => offset[actor + 1]! - offset[actor]!;
    this.order = Array.from({ length: count }, (_, actor) => actor).filter((actor) => !hidden?.[actor])
      .sort((a, b) => actors.size[b]! - actors.size[a]! || degree(b) - degree(a) || a - b);
    const wholes = new Map<number, number[]>();
    for (const actor of this.order) {
      const whole = actors.whole[actor]!;
      if (whole < 0 || hidden?.[whole]) continue;
      if (!wholes.has(whole)) wholes.set(whole, [whole]);
      wholes.get(whole)!.push(actor);
    }
    this.organizations = [...wholes].map(([whole, members]) => ({ whole, members }));
    this.extent = null;
    for (const actor of this.order) {
      const [x, y] = [actors.x[actor]!, actors.y[actor]!];
      const box: Box = this.extent ?? { left: x, right: x, top: y, bottom: y };
      this.extent = {
        left: Math.min(box.left, x), right: Math.max(box.right, x),
        top: Math.min(box.top, y), bottom: Math.max(box.bottom, y),
      };
    }
  }

  protected bounds(): Box | null {
    if (!this.extent) return null;
    const { left, top, right, bottom } = this.extent;
    const pad = left === right && top === bottom ? 0.5 : 0;
    return { left: left - pad, top: top - pad, right: right + pad, bottom: bottom + pad };
  }

  protected insets(): Box {
    return { left: 48, top: 32, right: 48, bottom: 40 };
  }

  protected placeOf(actor: number) {
    const { x, y } = this.scene!.actors;
    return actor < x.length ? { x: x[actor]!, y: y[actor]! } : null;
  }

  protected paint(pen: Pen, frame: Frame, tokens: Tokens, paintPixels: PaintPixels | null) {
    if (!this.scene) return;
    this.memo = null;
    const { laid, taken } = this.lay(frame);
    const dots: Dots = { ...laid, tokens };
    const lines = this.lines(laid, frame, tokens);
    // On the screen ties lie on the ground below all else; hulls are sheer, and look the same over ties as under them.
    if (paintPixels) paintPixels((raster) => drawTies(raster, lines));
    else drawTies(pen, lines);
    for (const { points } of laid.hulls) drawHull(pen, points, tokens);
    for (const { whole, members } of this.organizations) {
      if (members.some((each) => isNear(laid, each, frame.clip))) {
        drawOrganization(pen, dots, members, members.filter((part) => this.isAtOdds(part, whole)));
      }
    }
    if (pen instanceof CanvasRenderingContext2D && laid.visible.length >= STAMPED_FROM) {
      stampActors(pen, dots, laid.visible, this.stampsOf(tokens));
    } else {
      drawActors(pen, dots, laid.visible);
    }
    for (const { text, label } of laid.hulls) if (label) drawHullLabel(pen, text, label, tokens);
    drawLabels(pen, laid.labels, (actor) => this.nameOf(actor), tokens);
    if (lines.detail >= GLYPH_DETAIL) this.drawGlyphs(pen, lines, taken);
  }

  /** Ties alone are painted anew, if nothing else depends on those that have changed. */
  protected override patch(_pen: Pen, frame: Frame, tokens: Tokens, changed: readonly number[],
    paintPixels: PaintPixels): boolean {
    const { actors: { whole }, ties: { left, right } } = this.scene!;
    const isWithin = (tie: number) => whole[left[tie]!] === right[tie] || whole[right[tie]!] === left[tie];
    if (this.memo?.frame !== frame || this.detail(frame.scale) >= GLYPH_DETAIL || changed.some(isWithin)) return false;
    this.memo.laid = { ...this.memo.laid, ties: this.scene!.ties };
    const lines = this.lines(this.memo.laid, frame, tokens);
    if (changed.length) paintPixels((raster) => drawTies(raster, lines));
    return true;
  }

  protected paintOverlay(pen: Pen, frame: Frame, tokens: Tokens) {
    if (!this.scene) return;
    const { laid } = this.lay(frame);
    const { labels } = laid;
    const dots: Dots = { ...laid, tokens };
    const lines = this.lines(laid, frame, tokens);
    const shown = (actor: number) => actor < dots.x.length && !this.scene!.hidden?.[actor];
    const hovered = this.hovered?.kind === "actor" ? this.hovered.index : null;
    const actor = this.focused !== null && shown(this.focused) ? this.focused : hovered;
    if (actor !== null) {
      if (actor === this.focused) {
        pen.fillStyle = tokens.background;
        pen.globalAlpha = VEIL;
        pen.fillRect(frame.clip.left, frame.clip.top, frame.clip.right - frame.clip.left,
          frame.clip.bottom - frame.clip.top);
        pen.globalAlpha = 1;
      }
      const incident = tiesOf(this.neighbours, actor);
      this.lift(pen, lines, dots, labels, incident, [actor, ...this.others(actor, incident).filter(shown)]);
      drawRing(pen, dots, actor, actor === this.focused ? 3 : 2);
    }
    const ties = [...this.choice.ties, ...(this.hovered?.kind === "tie" ? [this.hovered.index] : [])]
      .filter((tie) => tie < lines.ties.code.length);
    this.glow(pen, lines, ties);
    const chosen = this.choice.actors.filter(shown);
    const ends = ties.flatMap((tie) => [lines.ties.left[tie]!, lines.ties.right[tie]!]).filter(shown);
    if (ties.length || chosen.length) this.lift(pen, lines, dots, labels, ties, [...new Set([...chosen, ...ends])]);
    for (const each of chosen) drawRing(pen, dots, each, 2.5);
  }

  hit(x: number, y: number): Hit | null {
    if (!this.scene || !this.drawn) return null;
    // The picture may have moved since it was exact: the point is looked up where it was then.
    const now = this.current;
    const then = this.drawn;
    const grown = then.scale / now.scale;
    const [pointX, pointY] = [
      (x - now.width / 2) * grown + (now.x - then.x) * then.scale + now.width / 2,
      (y - now.height / 2) * grown + (now.y - then.y) * then.scale + now.height / 2,
    ];
    return hitAt(this.lay(then).laid, pointX, pointY);
  }

  protected within(box: Box): Choice {
    const { laid } = this.lay(this.current);
    const actors = laid.visible.filter((each) => isNear(laid, each, box));
    const inside = new Set(actors);
    const { left, right, code } = this.scene!.ties;
    const ties: number[] = [];
    for (let tie = 0; tie < code.length; tie++) {
      if (markOf(code[tie]!) && inside.has(left[tie]!) && inside.has(right[tie]!)) ties.push(tie);
    }
    return { actors, ties };
  }

  /** Where all stands in a frame; kept until another frame is asked for. */
  private lay(frame: Frame) {
    if (this.memo?.frame === frame) return this.memo;
    const { actors, ties, hulls, hidden } = this.scene!;
    const count = actors.label.length;
    const [x, y, radius] = [new Float32Array(count), new Float32Array(count), new Float32Array(count)];
    const detail = this.detail(frame.scale);
    const grown = Math.min(1.6, Math.max(0.5, detail));
    for (let actor = 0; actor < count; actor++) {
      x[actor] = (actors.x[actor]! - frame.x) * frame.scale + frame.width / 2;
      y[actor] = (actors.y[actor]! - frame.y) * frame.scale + frame.height / 2;
      const size = Math.min(1, Math.max(0, actors.size[actor]!));
      radius[actor] = radiusOf(actors.kind[actor]!, (RADIUS_PX.least + RADIUS_PX.more * size) * grown);
    }
    const spots = { actors, x, y, radius };
    const inSight = this.order.filter((each) => isNear(spots, each, frame.clip));
    // Labels keep inside the view itself: in the margin of the picture they would be cut at the edge.
    const view = { left: 0, top: 0, right: frame.width, bottom: frame.height };
    const taken = new Taken(view);
    const laidHulls = hulls.flatMap(({ label: text, members }, place) => {
      const shown = members.filter((each) => each < count && !hidden?.[each]);
      if (!shown.some((each) => isNear(spots, each, frame.clip))) return [];
      const points = hullAround(spots, shown);
      const top = points.reduce((best, each) => (each[1] < best[1] ? each : best));
      const label: Label = { actor: place, x: top[0], y: top[1] - LABEL_PX / 2 - 2, align: "center",
        width: this.widthOf(text) * 1.08 };
      return [{ place, points, text, label: taken.take(boxOf(label)) ? label : null }];
    });
    const area = frame.width * frame.height;
    const most = Math.ceil((area / LABEL_AREA) * Math.min(1, detail));
    const labels = placeLabels(this.wishes(spots, inSight), taken, most);
    const laid: Laid = { ...spots, ties, hidden, labels, hulls: laidHulls, visible: inSight.reverse() };
    this.memo = { frame, laid, taken };
    return this.memo;
  }

  private stampsOf(tokens: Tokens): Stamps {
    if (this.stamped.tokens !== tokens) this.stamped = { tokens, stamps: new Stamps() };
    return this.stamped.stamps;
  }

  private lines({ x, y, hidden }: Laid, frame: Frame, tokens: Tokens): Lines {
    return { ties: this.scene!.ties, x, y, hidden, clip: frame.clip, detail: this.detail(frame.scale), tokens };
  }

  private *wishes({ x, y, radius }: Pick<Laid, "x" | "y" | "radius">, actors: readonly number[]): Generator<Wish> {
    for (const actor of actors) {
      yield { actor, x: x[actor]!, y: y[actor]!, radius: radius[actor]!, width: this.widthOf(this.nameOf(actor)) };
    }
  }

  /** How far actors stand apart on the screen, against the usual; it sets widths, sizes and what is shown at all. */
  private detail(scale: number): number {
    const { left, top, right, bottom } = this.bounds() ?? { left: -1, top: -1, right: 1, bottom: 1 };
    const area = Math.max(right - left, 1e-6) * Math.max(bottom - top, 1e-6);
    return Math.max(0.35, (Math.sqrt(area / Math.max(12, this.order.length)) * scale) / PITCH_PX);
  }

  private isAtOdds(part: number, whole: number): boolean {
    const { left, right, code } = this.scene!.ties;
    return part !== whole && tiesOf(this.neighbours, part).some((tie) =>
      (left[tie] === whole || right[tie] === whole) && isAtOdds(code[tie]!));
  }

  private others(actor: number, incident: Uint32Array): number[] {
    const { left, right, code } = this.scene!.ties;
    return [...incident].filter((tie) => markOf(code[tie]!))
      .map((tie) => (left[tie] === actor ? right[tie]! : left[tie]!));
  }

  /** Draws ties and actors once more, over the rest, with their labels. */
  private lift(pen: Pen, lines: Lines, dots: Dots, labels: readonly Label[], ties: ArrayLike<number>,
    actors: readonly number[]) {
    const near = actors.filter((each) => isNear(dots, each, lines.clip));
    drawTies(pen, { ...lines, detail: Math.max(1, lines.detail) }, ties);
    drawActors(pen, dots, near);
    const taken = new Taken({ left: 0, top: 0, right: this.current.width, bottom: this.current.height });
    const wishes = [...this.wishes(dots, near)];
    const known = new Map(labels.map((label) => [label.actor, label]));
    const kept = wishes.flatMap(({ actor }) => known.get(actor) ?? []);
    for (const label of kept) taken.take(boxOf(label));
    const others = placeLabels(wishes.filter(({ actor }) => !known.has(actor)), taken, 60);
    drawLabels(pen, [...kept, ...others], (actor) => this.nameOf(actor), lines.tokens);
  }

  /** A broad line under chosen ties. */
  private glow(pen: Pen, { ties, x, y, clip: box, tokens }: Lines, chosen: readonly number[]) {
    const segment = new Float64Array(4);
    pen.beginPath();
    for (const tie of chosen) {
      const [left, right] = [ties.left[tie]!, ties.right[tie]!];
      if (!clip(x[left]!, y[left]!, x[right]!, y[right]!, box, segment)) continue;
      pen.moveTo(segment[0]!, segment[1]!);
      pen.lineTo(segment[2]!, segment[3]!);
    }
    pen.setLineDash([]);
    for (const [colour, width, opacity] of [[tokens.accent, 12, 0.9], [tokens.background, 9, 1]] as const) {
      pen.strokeStyle = colour;
      pen.lineWidth = width;
      pen.globalAlpha = opacity;
      pen.stroke();
    }
    pen.globalAlpha = 1;
  }

  private drawGlyphs(pen: Pen, { ties, x, y, hidden, clip: box, tokens }: Lines, taken: Taken) {
    const segment = new Float64Array(4);
    for (let tie = 0; tie < ties.code.length; tie++) {
      const mark = markOf(ties.code[tie]!);
      const [left, right] = [ties.left[tie]!, ties.right[tie]!];
      if (!mark?.glyph || hidden?.[left] || hidden?.[right]) continue;
      if (!clip(x[left]!, y[left]!, x[right]!, y[right]!, box, segment)) continue;
      const [x0, y0, x1, y1] = segment as unknown as [number, number, number, number];
      const [middleX, middleY] = [(x0 + x1) / 2, (y0 + y1) / 2];
      if (Math.hypot(x1 - x0, y1 - y0) < GLYPH_TIE_PX) continue;
      const spot = { left: middleX - 6, right: middleX + 6, top: middleY - 6, bottom: middleY + 6 };
      if (taken.take(spot)) drawGlyph(pen, mark.glyph, middleX, middleY, tokens[mark.hue], tokens);
    }
  }
}
