/** What the drawing routines ask of a context: a canvas gives it, and so does the SVG writer. */
export type Pen = Pick<CanvasRenderingContext2D,
  "beginPath" | "moveTo" | "lineTo" | "closePath" | "arc" | "stroke" | "fill" | "fillRect" | "fillText" |
  "strokeText" | "setLineDash" | "save" | "restore" | "translate" | "rotate" | "strokeStyle" | "fillStyle" |
  "lineWidth" | "globalAlpha" | "font" | "textAlign" | "textBaseline" | "lineJoin" | "lineCap" | "direction">;
