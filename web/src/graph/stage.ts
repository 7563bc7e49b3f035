/** What the network and the matrix share: canvases, viewport, gestures, repainting, events and pictures to keep. */
import type { Box } from "./geometry";
import { listen, type Surface } from "./gestures";
import { Layers, MARGIN_PX } from "./layers";
import type { Pen } from "./pen";
import type { Choice, GraphEvents, GraphView, Hit, Scene, Tokens, Viewport } from "./port";
import type { Raster } from "./raster";
import { SvgPen } from "./svg";
import { Texts } from "./texts";
import { FORCED, LIGHT } from "./theme";

/** After a gesture the picture is exact again so long after the last move, the repaint included (bench/graph.html). */
const REST_MS = 95;
/** Moves that follow each other faster than this are one gesture, however long a repaint takes. */
const LEAST_REST_MS = 50;
const MOST_ZOOM = 60;
const LEAST_ZOOM = 0.2;

/** What a picture shows: the viewport, and the box of its pixels (0, 0 is the upper left corner of the view). */
export interface Frame extends Viewport {
  width: number;
  height: number;
  clip: Box;
}

/** Fills the ground under the picture with the background and the lines that are drawn into it. */
export type PaintPixels = (draw: (raster: Raster) => void) => void;

type Listeners = { [Kind in keyof GraphEvents]: Set<(event: GraphEvents[Kind]) => void> };

export abstract class Stage implements GraphView, Surface {
  abstract readonly drag: "pan" | "brush";
  protected scene: Scene | null = null;
  protected choice: Choice = { actors: [], ties: [] };
  protected focused: number | null = null;
  protected hovered: Hit | null = null;
  /** Of the last exact picture. */
  protected drawn: Frame | null = null;
  private view: Viewport = { x: 0, y: 0, scale: 1 };
  private isFitted = false;
  private tokens: Tokens = LIGHT;
  private readonly layers: Layers;
  private frameRequest = 0;
  private restTimer = 0;
  /** Milliseconds that the last exact picture took. */
  private paintTime = 0;
  private isPictureDue = false;
  private isOverlayDue = false;
  private pointer: { x: number; y: number } | null = null;
  private isPointerDue = false;
  private brushed: Box | null = null;
  private readonly ends: (() => void)[] = [];
  private texts = new Texts(LIGHT.font);
  private readonly listeners: Listeners = { hover: new Set(), pick: new Set(), moved: new Set() };

  constructor(protected readonly host: HTMLElement) {
    this.layers = new Layers(host);
    if (!host.hasAttribute("tabindex")) host.tabIndex = 0;
    const forced = matchMedia("(forced-colors: active)");
    const recolour = () => this.theme(this.tokens);
    forced.addEventListener("change", recolour);
    const observer = new ResizeObserver(() => this.resize());
    observer.observe(host);
    this.ends.push(listen(host, this), () => observer.disconnect(),
      () => forced.removeEventListener("change", recolour));
    this.layers.measure();
  }

  /** The box of what is shown, in units of the scene; null if nothing is. */
  protected abstract bounds(): Box | null;
  /** Room at the sides of the view that a fit leaves free, pixels. */
  protected abstract insets(): Box;
  /** Something of the scene has changed: what is kept of it must be worked out anew. */
  protected abstract prepare(): void;
  /** Paints a frame; on the screen `paintPixels` takes many lines faster than the pen does. */
  protected abstract paint(pen: Pen, frame: Frame, tokens: Tokens, paintPixels: PaintPixels | null): void;
  protected abstract paintOverlay(pen: Pen, frame: Frame, tokens: Tokens): void;
  /** Rows and columns of names, which stay at the edge of the view while the picture moves. */
  protected paintEdge(_pen: Pen, _frame: Frame, _tokens: Tokens): void {}
  /** Repaints the exact picture only where some ties have changed; false if the whole has to be painted. */
  protected patch(_pen: Pen, _frame: Frame, _tokens: Tokens, _changed: readonly number[], _paintPixels: PaintPixels)
    : boolean {
    return false;
  }
  protected abstract placeOf(actor: number): { x: number; y: number } | null;
  protected abstract within(box: Box): Choice;
  abstract hit(x: number, y: number): Hit | null;

  show(scene: Scene) {
    this.scene = scene;
    this.hovered = null;
    this.prepare();
    if (!this.isFitted && this.bounds() && this.layers.width) this.fit();
    this.repaint();
  }

  recode(code: Uint16Array, changed?: readonly number[]) {
    if (!this.scene) return;
    this.scene = { ...this.scene, ties: { ...this.scene.ties, code } };
    const tokens = this.palette;
    if (changed && this.drawn && !this.isPictureDue &&
      this.patch(this.layers.pen("picture"), this.drawn, tokens, changed, this.pixels(tokens))) {
      this.repaintOverlay();
    } else {
      this.repaint();
    }
  }

  camps(camp: Int16Array) {
    if (!this.scene) return;
    this.scene = { ...this.scene, actors: { ...this.scene.actors, camp } };
    this.prepare();
    this.repaint();
  }

  select(choice: Choice) {
    this.choice = choice;
    this.repaintOverlay();
  }

  focus(actor: number | null) {
    this.focused = actor;
    this.repaintOverlay();
  }

  fit() {
    const box = this.bounds();
    if (!box || !this.layers.width) return;
    const inset = this.insets();
    const wide = Math.max(1e-9, box.right - box.left);
    const high = Math.max(1e-9, box.bottom - box.top);
    const roomX = Math.max(40, this.layers.width - inset.left - inset.right);
    const roomY = Math.max(40, this.layers.height - inset.top - inset.bottom);
    const scale = Math.min(roomX / wide, roomY / high, this.scales().most);
    this.isFitted = true;
    this.view = {
      scale,
      x: (box.left + box.right) / 2 - (inset.left - inset.right) / 2 / scale,
      y: (box.top + box.bottom) / 2 - (inset.top - inset.bottom) / 2 / scale,
    };
    this.repaint();
  }

  centre(actor: number) {
    const place = this.placeOf(actor);
    if (!place) return;
    this.view = { ...this.view, ...place };
    this.repaint();
  }

  zoom(factor: number) {
    this.zoomAt(factor, this.layers.width / 2, this.layers.height / 2);
  }

  get viewport(): Viewport {
    return { ...this.view };
  }

  set viewport(view: Viewport) {
    this.view = { ...view };
    this.isFitted = true;
    this.repaint();
  }

  theme(tokens: Tokens) {
    this.tokens = tokens;
    this.texts = new Texts(tokens.font);
    this.repaint();
  }

  resize() {
    const isFirst = this.layers.width === 0;
    if (!this.layers.measure()) return;
    if (isFirst && this.scene && !this.isFitted) this.fit();
    this.repaint();
  }

  destroy() {
    cancelAnimationFrame(this.frameRequest);
    clearTimeout(this.restTimer);
    for (const end of this.ends) end();
    for (const each of Object.values(this.listeners)) each.clear();
    this.layers.remove();
  }

  on<Kind extends keyof GraphEvents>(kind: Kind, listener: (event: GraphEvents[Kind]) => void): () => void {
    this.listeners[kind].add(listener);
    return () => void this.listeners[kind].delete(listener);
  }

  svg(): string {
    const pen = new SvgPen();
    this.paintAll(pen);
    return pen.document(this.layers.width, this.layers.height, this.host.getAttribute("aria-label") ?? "");
  }

  png(scale = 2): Promise<Blob> {
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(this.layers.width * scale);
    canvas.height = Math.round(this.layers.height * scale);
    const pen = canvas.getContext("2d")!;
    pen.scale(scale, scale);
    this.paintAll(pen);
    return new Promise((resolve, reject) => canvas.toBlob((blob) => blob ? resolve(blob)
      : reject(new Error(`A picture of ${canvas.width} x ${canvas.height} pixels is too large for this browser.`))));
  }

  // Gestures.

  moveBy(dx: number, dy: number) {
    this.gesture({ ...this.view, x: this.view.x - dx / this.view.scale, y: this.view.y - dy / this.view.scale });
  }

  zoomAt(factor: number, x: number, y: number) {
    const { least, most } = this.scales();
    const scale = Math.min(Math.max(this.view.scale * factor, least), most);
    const [fromX, fromY] = [x - this.layers.width / 2, y - this.layers.height / 2];
    this.gesture({
      scale,
      x: this.view.x + fromX / this.view.scale - fromX / scale,
      y: this.view.y + fromY / this.view.scale - fromY / scale,
    });
  }

  hover(point: { x: number; y: number } | null) {
    this.pointer = point;
    this.isPointerDue = true;
    this.request();
  }

  click(x: number, y: number, extend: boolean) {
    const hit = this.hit(x, y);
    const members = hit?.kind === "hull" ? this.scene!.hulls[hit.index]!.members : [];
    this.emit("pick", {
      hit, extend,
      actors: hit?.kind === "actor" ? [hit.index] : members,
      ties: hit?.kind === "tie" ? [hit.index] : [],
    });
  }

  brush(box: Box | null, isDone: boolean, extend: boolean) {
    this.brushed = isDone ? null : box;
    this.repaintOverlay();
    if (box && isDone) this.emit("pick", { hit: null, extend, ...this.within(box) });
  }

  /** Width of a label in pixels. */
  protected readonly widthOf = (text: string): number => this.texts.widthOf(text);

  /** An actor's name as it is written: one line, not too wide. */
  protected nameOf(actor: number): string {
    return this.texts.lineOf(this.scene!.actors.label[actor] ?? "");
  }

  protected frameOf(view: Viewport, margin: number): Frame {
    const clip = { left: -margin, top: -margin, right: this.layers.width + margin, bottom: this.layers.height + margin };
    return { ...view, width: this.layers.width, height: this.layers.height, clip };
  }

  protected get current(): Frame {
    return this.frameOf(this.view, 0);
  }

  /** The scales between which one can zoom. */
  protected scales(): { least: number; most: number } {
    const fit = Math.max(1, Math.min(this.layers.width, this.layers.height)) / 2;
    return { least: fit * LEAST_ZOOM, most: fit * MOST_ZOOM };
  }

  protected repaint() {
    this.isPictureDue = true;
    this.request();
  }

  private get palette(): Tokens {
    return matchMedia("(forced-colors: active)").matches ? FORCED : this.tokens;
  }

  private pixels(tokens: Tokens): PaintPixels {
    return (draw) => this.layers.fillGround(tokens.background, draw);
  }

  private repaintOverlay() {
    this.isOverlayDue = true;
    this.request();
  }

  private gesture(view: Viewport) {
    this.view = view;
    this.isFitted = true;
    this.request();
    clearTimeout(this.restTimer);
    this.restTimer = window.setTimeout(() => this.repaint(), Math.max(LEAST_REST_MS, REST_MS - this.paintTime));
  }

  private request() {
    this.frameRequest ||= requestAnimationFrame(() => this.step());
  }

  private step() {
    this.frameRequest = 0;
    if (!this.layers.width || !this.layers.height) return;
    if (this.layers.ratio !== devicePixelRatio) this.resize();
    if (this.isPictureDue) this.paintPicture();
    else this.movePicture();
    if (this.isPointerDue) this.point();
    if (this.isOverlayDue) this.paintOver();
  }

  private paintPicture() {
    clearTimeout(this.restTimer);
    const begin = performance.now();
    const before = this.drawn;
    this.drawn = this.frameOf(this.view, MARGIN_PX);
    this.isPictureDue = false;
    this.isOverlayDue = true;
    const tokens = this.palette;
    this.paint(this.layers.clear("picture"), this.drawn, tokens, this.pixels(tokens));
    this.layers.move("none");
    this.paintEdge(this.layers.clear("edge"), this.current, tokens);
    this.paintTime = performance.now() - begin;
    const { x, y, scale } = this.view;
    if (!before || before.x !== x || before.y !== y || before.scale !== scale) this.emit("moved", this.viewport);
  }

  /** Shows the last exact picture where the view has moved to. */
  private movePicture() {
    const drawn = this.drawn;
    if (!drawn || (drawn.x === this.view.x && drawn.y === this.view.y && drawn.scale === this.view.scale)) return;
    const grown = this.view.scale / drawn.scale;
    const shift = (from: number, to: number, side: number) =>
      (from - to) * this.view.scale + (side / 2) * (1 - grown);
    const [x, y] = [shift(drawn.x, this.view.x, this.layers.width), shift(drawn.y, this.view.y, this.layers.height)];
    this.layers.move(`translate(${x}px, ${y}px) scale(${grown})`);
    this.paintEdge(this.layers.clear("edge"), this.current, this.palette);
  }

  private paintOver() {
    this.isOverlayDue = false;
    const pen = this.layers.clear("overlay");
    if (!this.drawn || !this.scene) return;
    this.paintOverlay(pen, this.drawn, this.palette);
    if (!this.brushed) return;
    const { left, top, right, bottom } = this.brushed;
    pen.fillStyle = pen.strokeStyle = this.palette.accent;
    pen.globalAlpha = 0.12;
    pen.fillRect(left, top, right - left, bottom - top);
    pen.globalAlpha = 1;
    pen.lineWidth = 1;
    pen.strokeRect(left, top, right - left, bottom - top);
  }

  private paintAll(pen: Pen) {
    const frame = this.current;
    pen.fillStyle = this.tokens.background;
    pen.fillRect(0, 0, this.layers.width, this.layers.height);
    if (!this.scene) return;
    this.paint(pen, frame, this.tokens, null);
    const hovered = this.hovered;
    this.hovered = null; // what is pointed at just now is no part of a picture to keep
    this.paintOverlay(pen, frame, this.tokens);
    this.hovered = hovered;
    this.paintEdge(pen, frame, this.tokens);
  }

  private point() {
    this.isPointerDue = false;
    const hit = this.pointer && this.hit(this.pointer.x, this.pointer.y);
    if (hit?.kind === this.hovered?.kind && hit?.index === this.hovered?.index) return;
    this.hovered = hit;
    this.host.style.cursor = hit && hit.kind !== "hull" ? "pointer" : "";
    this.isOverlayDue = true;
    this.emit("hover", hit);
  }

  private emit<Kind extends keyof GraphEvents>(kind: Kind, event: GraphEvents[Kind]) {
    for (const listener of [...this.listeners[kind]]) listener(event);
  }
}
