import type { Pen } from "./pen";

/** Characters that XML 1.0 does not allow at all. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text that is safe inside an element or a quoted attribute of XML. */
export function escapeXml(text: string): string {
  return text.replace(FORBIDDEN, "").replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/** Writes what is drawn as SVG elements, with presentation attributes only: a strict CSP forbids inline styles. */
export class SvgPen implements Pen {
  strokeStyle = "#000";
  fillStyle = "#000";
  lineWidth = 1;
  globalAlpha = 1;
  font = "10px sans-serif";
  textAlign: CanvasTextAlign = "start";
  textBaseline: CanvasTextBaseline = "alphabetic";
  lineJoin: CanvasLineJoin = "miter";
  lineCap: CanvasLineCap = "butt";
  direction: CanvasDirection = "inherit";
  private readonly elements: string[] = [];
  private path: string[] = [];
  private dash: readonly number[] = [];
  private transform = "";
  private readonly kept: string[] = [];

  beginPath() {
    this.path = [];
  }

  moveTo(x: number, y: number) {
    this.path.push(`M${round(x)} ${round(y)}`);
  }

  lineTo(x: number, y: number) {
    this.path.push(`L${round(x)} ${round(y)}`);
  }

  closePath() {
    this.path.push("Z");
  }

  /** An arc, clockwise; SVG has no single command for a whole circle, so that one is two halves. */
  arc(x: number, y: number, radius: number, begin: number, end: number) {
    const halves = end - begin > 1.99 * Math.PI ? [begin + Math.PI, end] : [end];
    const at = (angle: number) => `${round(x + radius * Math.cos(angle))} ${round(y + radius * Math.sin(angle))}`;
    this.path.push(`${this.path.length && this.path[this.path.length - 1]![0] !== "M" ? "L" : "M"}${at(begin)}`);
    for (const angle of halves) this.path.push(`A${round(radius)} ${round(radius)} 0 0 1 ${at(angle)}`);
  }

  stroke() {
    const dash = this.dash.length ? ` stroke-dasharray="${this.dash.map(round).join(" ")}"` : "";
    this.write(`<path d="${this.path.join("")}" fill="none"${this.strokes()}${dash}`, "/>");
  }

  fill() {
    this.write(`<path d="${this.path.join("")}" fill="${escapeXml(this.fillStyle)}"`, "/>");
  }

  fillRect(x: number, y: number, width: number, height: number) {
    this.write(`<rect x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"` +
      ` fill="${escapeXml(this.fillStyle)}"`, "/>");
  }

  fillText(text: string, x: number, y: number) {
    this.text(text, x, y, ` fill="${escapeXml(this.fillStyle)}"`);
  }

  strokeText(text: string, x: number, y: number) {
    this.text(text, x, y, ` fill="none"${this.strokes()} aria-hidden="true"`);
  }

  setLineDash(dash: Iterable<number>) {
    this.dash = [...dash];
  }

  save() {
    this.kept.push(this.transform);
  }

  restore() {
    this.transform = this.kept.pop() ?? "";
  }

  translate(x: number, y: number) {
    this.transform += `translate(${round(x)} ${round(y)})`;
  }

  rotate(angle: number) {
    this.transform += `rotate(${round((angle * 180) / Math.PI)})`;
  }

  /** The whole document. */
  document(width: number, height: number, title: string): string {
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"` +
      ` viewBox="0 0 ${width} ${height}" role="img"><title>${escapeXml(title)}</title>` +
      `${this.elements.join("\n")}</svg>\n`;
  }

  private strokes(): string {
    const round_join = this.lineJoin === "round" ? ' stroke-linejoin="round"' : "";
    return ` stroke="${escapeXml(this.strokeStyle)}" stroke-width="${round(this.lineWidth)}"${round_join}`;
  }

  private text(text: string, x: number, y: number, look: string) {
    const [, weight, size, family] = /^(?:(\w+) )?([\d.]+)px (.*)$/.exec(this.font) ?? [];
    const anchor = { center: "middle", right: "end", end: "end", left: "start", start: "start" }[this.textAlign];
    // In SVG the start of right-to-left text is its right end; on a canvas "left" is always the left.
    const isFlipped = this.direction === "rtl" && (this.textAlign === "left" || this.textAlign === "right");
    const side = isFlipped ? (anchor === "end" ? "start" : "end") : anchor;
    const direction = this.direction === "rtl" ? ' direction="rtl"' : "";
    const shift = this.textBaseline === "middle" ? ' dy="0.35em"' : this.textBaseline === "top" ? ' dy="0.8em"' : "";
    this.write(`<text x="${round(x)}" y="${round(y)}" font-size="${size ?? 10}" font-weight="${weight ?? 400}"` +
      ` font-family="${escapeXml(family ?? "sans-serif")}" text-anchor="${side}"${direction}${shift}${look}`,
    `>${escapeXml(text)}</text>`);
  }

  private write(begin: string, end: string) {
    const opacity = this.globalAlpha < 1 ? ` opacity="${round(this.globalAlpha)}"` : "";
    const transform = this.transform ? ` transform="${this.transform}"` : "";
    this.elements.push(begin + opacity + transform + end);
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
