import { fitted, LABEL_PX } from "./labels";

/** Names as labels write them, and how wide they are; each is measured once. */
export class Texts {
  private readonly pen = document.createElement("canvas").getContext("2d")!;
  private readonly widths = new Map<string, number>();
  private readonly lines = new Map<string, string>();

  /** Takes the family of the labels. */
  constructor(font: string) {
    this.pen.font = `${LABEL_PX}px ${font}`;
  }

  /** Width in pixels. */
  readonly widthOf = (text: string): number => {
    let width = this.widths.get(text);
    if (width === undefined) this.widths.set(text, width = this.pen.measureText(text).width);
    return width;
  };

  /** A name on one line that is not too wide. */
  lineOf(name: string): string {
    let line = this.lines.get(name);
    if (line === undefined) {
      this.lines.set(name, line = fitted(name, (part) => this.pen.measureText(part).width));
    }
    return line;
  }
}
