/** The canvases that lie over each other in an element. */
import { Raster } from "./raster";

/** The picture reaches this far beyond the view, so that a pan does not bare its edge at once. */
export const MARGIN_PX = 96;

/** What lies below moves with the picture; the edge stays. `ground` is for lines alone, which change the most often. */
type Layer = "ground" | "picture" | "overlay" | "edge";

export class Layers {
  /** Of the element, pixels of the style. */
  width = 0;
  height = 0;
  ratio = 1;
  private readonly plane = document.createElement("div");
  private readonly canvases: Record<Layer, HTMLCanvasElement>;
  private readonly raster = new Raster();

  constructor(private readonly host: HTMLElement) {
    const canvas = () => document.createElement("canvas");
    this.canvases = { ground: canvas(), picture: canvas(), overlay: canvas(), edge: canvas() };
    const { ground, picture, overlay, edge } = this.canvases;
    for (const each of [this.plane, ground, picture, overlay, edge]) {
      Object.assign(each.style, { position: "absolute", left: "0", top: "0", transformOrigin: "0 0" });
    }
    for (const each of [ground, picture, overlay, edge]) each.setAttribute("aria-hidden", "true");
    edge.style.pointerEvents = "none";
    this.plane.append(ground, picture, overlay);
    if (getComputedStyle(host).position === "static") host.style.position = "relative";
    Object.assign(host.style, { overflow: "hidden", touchAction: "none" });
    host.append(this.plane, edge);
  }

  /** Takes the size of the element; whether it has changed. */
  measure(): boolean {
    const [width, height, ratio] = [this.host.clientWidth, this.host.clientHeight, devicePixelRatio || 1];
    if (width === this.width && height === this.height && ratio === this.ratio) return false;
    [this.width, this.height, this.ratio] = [width, height, ratio];
    for (const [layer, canvas] of Object.entries(this.canvases)) {
      const margin = marginOf(layer as Layer);
      canvas.width = Math.round((width + 2 * margin) * ratio);
      canvas.height = Math.round((height + 2 * margin) * ratio);
      Object.assign(canvas.style, {
        left: `${-margin}px`, top: `${-margin}px`,
        width: `${width + 2 * margin}px`, height: `${height + 2 * margin}px`,
      });
    }
    return true;
  }

  /** The pen of a layer, as it was left. */
  pen(layer: Layer): CanvasRenderingContext2D {
    return this.canvases[layer].getContext("2d")!;
  }

  /** The pen of a layer that is emptied, in pixels of the view. */
  clear(layer: Layer): CanvasRenderingContext2D {
    const pen = this.pen(layer);
    const shift = marginOf(layer) * this.ratio;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, pen.canvas.width, pen.canvas.height);
    pen.setTransform(this.ratio, 0, 0, this.ratio, shift, shift);
    pen.globalAlpha = 1;
    pen.setLineDash([]);
    return pen;
  }

  /** Fills the ground with a colour and the lines that are drawn into it. */
  fillGround(background: string, draw: (raster: Raster) => void) {
    this.raster.begin(this.canvases.ground, this.ratio, MARGIN_PX, background);
    draw(this.raster);
    this.raster.end(this.pen("ground"));
  }

  /** Moves all but the edge, as a style says. */
  move(transform: string) {
    this.plane.style.transform = transform;
  }

  remove() {
    this.plane.remove();
    this.canvases.edge.remove();
  }
}

function marginOf(layer: Layer): number {
  return layer === "edge" ? 0 : MARGIN_PX;
}
