/**
 * Strokes many straight lines and fills many rectangles into pixels.
 *
 * Without a GPU a picture of 20,000 ties took 530 ms of processor time with the canvas's own strokes and 110 ms with
 * these (headless Chromium, a busy machine): a line is only runs of pixels, with the share that it covers of each.
 */
export class Raster {
  private image = new ImageData(1, 1);
  /** One whole number a pixel; signed, which keeps the arithmetic in machine integers. */
  private pixels = new Int32Array(this.image.data.buffer);
  private ratio = 1;
  private margin = 0;
  private readonly colours = new Map<string, number>();
  /** Draws lines one pixel thin and without smoothing, which nobody sees where lines cover each other anyway. */
  isCoarse = false;
  /** Of the rectangles that are filled. */
  fillStyle = "";

  /** Takes the size of a canvas and fills the whole with a colour. */
  begin(canvas: HTMLCanvasElement, ratio: number, margin: number, background: string) {
    [this.ratio, this.margin] = [ratio, margin];
    if (this.image.width !== canvas.width || this.image.height !== canvas.height) {
      this.image = new ImageData(canvas.width, canvas.height);
      this.pixels = new Int32Array(this.image.data.buffer);
    }
    this.pixels.fill(this.colour(background));
  }

  end(pen: CanvasRenderingContext2D) {
    pen.putImageData(this.image, 0, 0);
  }

  /** Strokes segments given as x0, y0, x1, y1 in pixels of the view; `dash` is empty or a length and a gap. */
  stroke(path: readonly number[], colour: string, width: number, opacity: number, dash: readonly number[]) {
    const { ratio, margin } = this;
    const thick = this.isCoarse ? 0 : Math.max(1, width * ratio);
    const alpha = 256 * opacity * Math.min(1, width * ratio);
    const [on, period] = dash.length ? [dash[0]! * ratio, (dash[0]! + dash[1]!) * ratio] : [1, 0];
    const source = this.colour(colour);
    for (let place = 0; place < path.length; place += 4) {
      const at = (end: number) => (path[place + end]! + margin) * ratio;
      drawLine(this.pixels, this.image.width, this.image.height, at(0), at(1), at(2), at(3), thick, alpha, source, on,
        period);
    }
  }

  /** Fills a rectangle given in pixels of the view, on whole pixels of the screen. */
  fillRect(x: number, y: number, width: number, height: number) {
    const { ratio, margin, image } = this;
    const place = (from: number, most: number) => Math.min(most, Math.max(0, Math.round((from + margin) * ratio)));
    const [left, right] = [place(x, image.width), place(x + width, image.width)];
    const [top, bottom] = [place(y, image.height), place(y + height, image.height)];
    const pixel = this.colour(this.fillStyle);
    for (let row = top; row < bottom; row++) this.pixels.fill(pixel, row * image.width + left, row * image.width + right);
  }

  /** Any colour that the browser knows, also a system colour, as a pixel. */
  private colour(name: string): number {
    let pixel = this.colours.get(name);
    if (pixel === undefined) {
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = 1;
      const pen = canvas.getContext("2d")!;
      pen.fillStyle = name;
      pen.fillRect(0, 0, 1, 1);
      pixel = new Int32Array(pen.getImageData(0, 0, 1, 1).data.buffer)[0]!;
      this.colours.set(name, pixel);
    }
    return pixel;
  }
}

/**
 * Lays one line over pixels: `thick` pixels wide with smooth sides, or one pixel wide without smoothing for 0; an `alpha`
 * of 256 is opaque; a dash is `on` of each `period` pixels, where the period is not 0.
 */
export function drawLine(pixels: Int32Array, width: number, height: number, x0: number, y0: number, x1: number,
  y1: number, thick: number, alpha: number, source: number, on: number, period: number) {
  const isSteep = Math.abs(y1 - y0) > Math.abs(x1 - x0);
  // Along the longer axis a step is one pixel; across, the line covers some pixels in part.
  let [along0, across0, along1, across1] = isSteep ? [y0, x0, y1, x1] : [x0, y0, x1, y1];
  if (along0 > along1) [along0, across0, along1, across1] = [along1, across1, along0, across0];
  const [stepAlong, stepAcross] = isSteep ? [width, 1] : [1, width];
  const [lengthAlong, lengthAcross] = isSteep ? [height, width] : [width, height];
  const slope = along1 > along0 ? (across1 - across0) / (along1 - along0) : 0;
  const stretch = Math.sqrt(1 + slope * slope);
  const redBlue = source & 0xff00ff;
  const green = (source >>> 8) & 0xff;
  const whole = alpha | 0;
  const wholeRest = 256 - whole;
  const wholeRedBlue = Math.imul(redBlue, whole);
  const wholeGreen = Math.imul(green, whole);
  const half = (thick * stretch) / 2;
  const first = Math.max(0, Math.round(along0));
  const last = Math.min(lengthAlong, Math.round(along1));
  let centre = across0 + slope * (first + 0.5 - along0);
  let dashed = 0;
  for (let step = first; step < last; step++, centre += slope) {
    if (period > 0) {
      dashed += stretch;
      if (dashed >= period) dashed -= period;
      if (dashed >= on) continue;
    }
    if (thick === 0) {
      if (centre < 0 || centre >= lengthAcross) continue;
      const place = step * stepAlong + (centre | 0) * stepAcross;
      const below = pixels[place]!;
      pixels[place] = 0xff000000 |
        (((Math.imul(below & 0xff00ff, wholeRest) + wholeRedBlue) >>> 8) & 0xff00ff) |
        ((Math.imul((below >>> 8) & 0xff, wholeRest) + wholeGreen) & 0xff00);
      continue;
    }
    const low = centre - half;
    const high = centre + half;
    if (high <= 0) continue;
    let pixel = low < 0 ? 0 : low | 0;
    const end = high < lengthAcross ? high | 0 : lengthAcross - 1;
    let place = step * stepAlong + pixel * stepAcross;
    for (; pixel <= end; pixel++, place += stepAcross) {
      const share = (((high < pixel + 1 ? high : pixel + 1) - (low > pixel ? low : pixel)) * alpha) | 0;
      const rest = 256 - share;
      const below = pixels[place]!;
      pixels[place] = 0xff000000 |
        (((Math.imul(below & 0xff00ff, rest) + Math.imul(redBlue, share)) >>> 8) & 0xff00ff) |
        ((Math.imul((below >>> 8) & 0xff, rest) + Math.imul(green, share)) & 0xff00);
    }
  }
}
