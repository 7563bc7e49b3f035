/** Mouse, touch, wheel and keys of a view, told as what they mean. */
import type { Box } from "./geometry";

export interface Surface {
  /** What a plain drag of the mouse does; with Shift it does the other. */
  drag: "pan" | "brush";
  moveBy(dx: number, dy: number): void;
  zoomAt(factor: number, x: number, y: number): void;
  fit(): void;
  /** The point under the mouse, or null when it has left. */
  hover(point: { x: number; y: number } | null): void;
  click(x: number, y: number, extend: boolean): void;
  /** The rectangle of a brush while it is drawn, and once more when it `isDone`; null when it is given up. */
  brush(box: Box | null, isDone: boolean, extend: boolean): void;
  /** Zoom about the middle. */
  zoom(factor: number): void;
}

/** A press that moves less than this is a click. */
const CLICK_PX = 4;
const KEY_PAN_PX = 60;
export const KEY_ZOOM = 1.3;
/** One notch of a wheel (about 100 px) zooms by 1.2. */
const WHEEL_ZOOM_PER_PX = 0.0018;
const PINCH_ZOOM_PER_PX = 0.01;

/** Listens to an element until the answer is called. */
export function listen(host: HTMLElement, surface: Surface): () => void {
  const touches = new Map<number, { x: number; y: number }>();
  let begin: { x: number; y: number; id: number; mode: "pan" | "brush" } | null = null;
  let hasMoved = false;
  const at = (event: MouseEvent) => {
    const box = host.getBoundingClientRect();
    return { x: event.clientX - box.left - host.clientLeft, y: event.clientY - box.top - host.clientTop };
  };
  const extends_ = (event: MouseEvent) => event.shiftKey || event.ctrlKey || event.metaKey;
  const brushBox = (point: { x: number; y: number }): Box => ({
    left: Math.min(begin!.x, point.x), right: Math.max(begin!.x, point.x),
    top: Math.min(begin!.y, point.y), bottom: Math.max(begin!.y, point.y),
  });

  const down = (event: PointerEvent) => {
    if (event.button > 1) return;
    const point = at(event);
    touches.set(event.pointerId, point);
    if (touches.size > 1) {
      if (begin?.mode === "brush") surface.brush(null, true, false);
      hasMoved = true; // two fingers never click
      return;
    }
    const other = surface.drag === "pan" ? "brush" : "pan";
    const mode = event.pointerType === "touch" || event.button === 1 ? "pan" : event.shiftKey ? other : surface.drag;
    begin = { ...point, id: event.pointerId, mode };
    hasMoved = false;
  };

  const move = (event: PointerEvent) => {
    const point = at(event);
    const before = touches.get(event.pointerId);
    if (!before) {
      if (event.pointerType !== "touch") surface.hover(point);
      return;
    }
    if (touches.size === 1 && begin) {
      if (!hasMoved && Math.hypot(point.x - begin.x, point.y - begin.y) < CLICK_PX) return;
      if (!hasMoved) host.setPointerCapture(event.pointerId);
      hasMoved = true;
      if (begin.mode === "brush") surface.brush(brushBox(point), false, event.shiftKey);
      else surface.moveBy(point.x - before.x, point.y - before.y);
    } else if (touches.size === 2) {
      const [other] = [...touches].filter(([id]) => id !== event.pointerId).map(([, each]) => each);
      const far = (a: { x: number; y: number }) => Math.max(1, Math.hypot(a.x - other!.x, a.y - other!.y));
      surface.moveBy((point.x - before.x) / 2, (point.y - before.y) / 2);
      surface.zoomAt(far(point) / far(before), (point.x + other!.x) / 2, (point.y + other!.y) / 2);
    }
    touches.set(event.pointerId, point);
  };

  const up = (event: PointerEvent) => {
    if (!touches.delete(event.pointerId)) return;
    const point = at(event);
    if (begin?.id === event.pointerId) {
      if (!hasMoved) surface.click(point.x, point.y, extends_(event));
      else if (begin.mode === "brush" && touches.size === 0) surface.brush(brushBox(point), true, extends_(event));
      begin = null;
    }
    if (touches.size === 1) {
      const [[id, rest]] = [...touches] as [[number, { x: number; y: number }]];
      begin = { ...rest, id, mode: "pan" };
    }
  };

  const cancel = (event: PointerEvent) => {
    touches.delete(event.pointerId);
    if (begin?.mode === "brush") surface.brush(null, true, false);
    begin = null;
  };

  const wheel = (event: WheelEvent) => {
    event.preventDefault();
    const { x, y } = at(event);
    const pixels = event.deltaY * (event.deltaMode === 1 ? 16 : event.deltaMode === 2 ? 400 : 1);
    // A pinch on a touchpad comes as a wheel with Ctrl and small steps.
    surface.zoomAt(Math.exp(-pixels * (event.ctrlKey ? PINCH_ZOOM_PER_PX : WHEEL_ZOOM_PER_PX)), x, y);
  };

  const key = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== host) return;
    const acts: Record<string, () => void> = {
      "+": () => surface.zoom(KEY_ZOOM), "=": () => surface.zoom(KEY_ZOOM), "-": () => surface.zoom(1 / KEY_ZOOM),
      "0": () => surface.fit(),
      ArrowLeft: () => surface.moveBy(KEY_PAN_PX, 0), ArrowRight: () => surface.moveBy(-KEY_PAN_PX, 0),
      ArrowUp: () => surface.moveBy(0, KEY_PAN_PX), ArrowDown: () => surface.moveBy(0, -KEY_PAN_PX),
    };
    const act = Object.hasOwn(acts, event.key) ? acts[event.key] : undefined;
    if (!act) return;
    event.preventDefault();
    act();
  };

  const leave = () => surface.hover(null);
  const ending = new AbortController();
  const options = { signal: ending.signal };
  host.addEventListener("pointerdown", down, options);
  host.addEventListener("pointermove", move, options);
  host.addEventListener("pointerup", up, options);
  host.addEventListener("pointercancel", cancel, options);
  host.addEventListener("pointerleave", leave, options);
  host.addEventListener("wheel", wheel, { ...options, passive: false });
  host.addEventListener("keydown", key, options);
  return () => ending.abort();
}
