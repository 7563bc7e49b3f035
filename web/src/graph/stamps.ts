/**
 * Small pictures, each drawn once and then copied to many places.
 *
 * Without a GPU 2,000 actors took 21 ms as paths of their own, 30 to 46 as one path for each camp, and 7 as copies
 * (headless Chromium).
 */
export class Stamps {
  private readonly made = new Map<string, HTMLCanvasElement>();

  /**
   * Copies the stamp `key` to the middle x, y, on whole pixels of the screen; `draw` makes it around 0, 0 where it is
   * not there yet. It goes `reach` from its middle. All in the units of the pen.
   */
  put(pen: CanvasRenderingContext2D, key: string, x: number, y: number, reach: number,
    draw: (pen: CanvasRenderingContext2D) => void) {
    const { a: ratio, e: shiftX, f: shiftY } = pen.getTransform();
    const half = Math.ceil(reach * ratio);
    const id = `${ratio} ${key}`;
    let stamp = this.made.get(id);
    if (!stamp) {
      stamp = document.createElement("canvas");
      stamp.width = stamp.height = 2 * half;
      const own = stamp.getContext("2d")!;
      own.setTransform(ratio, 0, 0, ratio, half, half);
      draw(own);
      this.made.set(id, stamp);
    }
    const [left, top] = [Math.round(x * ratio + shiftX) - half, Math.round(y * ratio + shiftY) - half];
    pen.drawImage(stamp, (left - shiftX) / ratio, (top - shiftY) / ratio, (2 * half) / ratio, (2 * half) / ratio);
  }
}
