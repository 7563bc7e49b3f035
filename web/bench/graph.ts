/**
 * Measures the views of the network in a browser: `graph.html?size=L&view=matrix&theme=dark`.
 *
 * `window.measure()` runs the script and answers with what `window.results` then holds; times in milliseconds. Until it
 * is called the page only shows the scene, for a look at it: `window.view`.
 */
import { Matrix } from "../src/graph/matrix";
import { Network } from "../src/graph/network";
import type { GraphView } from "../src/graph/port";
import { DARK, LIGHT } from "../src/graph/theme";
import { codeOf, sceneOf, seeded, SIZES, type Size } from "./scene";

interface Results {
  size: string;
  view: string;
  pixelRatio: number;
  firstPaint: number;
  frames: number;
  restToExact: { median: number; worst: number };
  stepScript: Record<string, { median: number; p95: number }>;
  stepWhole: Record<string, { median: number; p95: number }>;
  hit: number;
  svgBytes: number;
}

declare global {
  interface Window {
    results?: Results;
    view: GraphView;
    measure: () => Promise<Results>;
  }
}

const asked = new URLSearchParams(location.search);
const size = (asked.get("size") ?? "S") as Size;
const isMatrix = asked.get("view") === "matrix";
const isDark = asked.get("theme") === "dark";
const host = document.getElementById("view")!;
document.body.dataset["theme"] = isDark ? "dark" : "light";

const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
/** After the next frame has been handed to the screen: a task that is queued from a frame runs when it is done. */
const painted = async () => {
  await frame();
  await new Promise<void>((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => resolve();
    channel.port2.postMessage(0);
  });
};
const pause = (time: number) => new Promise((resolve) => setTimeout(resolve, time));
/** A canvas is rastered later than it is drawn; reading one pixel waits for it. */
const rastered = () => {
  for (const canvas of host.querySelectorAll("canvas")) canvas.getContext("2d")!.getImageData(0, 0, 1, 1);
};
const quantile = (times: number[], share: number) =>
  Math.round([...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))]! * 10) / 10;

const scene = sceneOf(size);
const began = performance.now();
const view: GraphView = isMatrix ? new Matrix(host) : new Network(host);
view.theme(isDark ? DARK : LIGHT);
view.show(scene);
const firstPaint = painted().then(() => performance.now() - began);
window.view = view;

function pointer(kind: string, x: number, y: number, shiftKey = false) {
  host.dispatchEvent(new PointerEvent(kind, {
    pointerId: 1, pointerType: "mouse", clientX: x, clientY: y, bubbles: true, shiftKey, button: 0,
  }));
}

/** Five seconds of pan and zoom by events, as a mouse makes them; the number of frames a second. */
async function gestures(): Promise<number> {
  host.setPointerCapture = () => {};
  const begin = performance.now();
  let frames = 0;
  const [middleX, middleY] = [innerWidth / 2, innerHeight / 2];
  pointer("pointerdown", middleX, middleY, isMatrix);
  while (performance.now() - begin < 5000) {
    const time = await frame();
    frames++;
    const turn = (time - begin) / 700;
    if (turn % 2 < 1) {
      pointer("pointermove", middleX + Math.sin(turn * 3) * 90, middleY + Math.cos(turn * 3) * 60, isMatrix);
    } else {
      host.dispatchEvent(new WheelEvent("wheel", {
        deltaY: Math.sin(turn * 2) * 40, clientX: middleX + 40, clientY: middleY, bubbles: true, cancelable: true,
      }));
    }
  }
  pointer("pointerup", middleX, middleY, isMatrix);
  return Math.round((frames / (performance.now() - begin)) * 10000) / 10;
}

/** From the last event of a gesture until the picture is exact, rastered and handed to the screen. */
async function rest(): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < 12; turn++) {
    view.fit();
    await pause(300);
    for (let step = 0; step < 6; step++) {
      await frame();
      host.dispatchEvent(new WheelEvent("wheel", {
        deltaY: turn % 2 ? 60 : -60, clientX: innerWidth / 2, clientY: innerHeight / 2, bubbles: true, cancelable: true,
      }));
    }
    const end = performance.now();
    await new Promise<void>((resolve) => {
      const stop = view.on("moved", () => { stop(); resolve(); });
    });
    rastered();
    await painted();
    times.push(performance.now() - end);
  }
  return times;
}

/** Slider steps on a share of the ties: milliseconds in the call with its frame's script, and until on the screen. */
async function steps(share: number): Promise<{ script: number[]; whole: number[] }> {
  const random = seeded(11);
  const [script, whole] = [[] as number[], [] as number[]];
  let code = scene.ties.code;
  for (let step = 0; step < 40; step++) {
    code = code.slice();
    const changed: number[] = [];
    for (let tie = 0; tie < code.length; tie++) {
      if (random() >= share) continue;
      const isInside = scene.actors.camp[scene.ties.left[tie]!] === scene.actors.camp[scene.ties.right[tie]!];
      code[tie] = random() < 0.1 ? 0 : codeOf(random, isInside);
      changed.push(tie);
    }
    await frame();
    const begin = performance.now();
    view.recode(code, changed);
    const called = performance.now() - begin;
    // The view's own frame callback was queued by the call, so this one runs after it.
    let inFrame = 0;
    const frameBegin = await new Promise<number>((resolve) => requestAnimationFrame((time) => {
      inFrame = performance.now() - time;
      resolve(time);
    }));
    void frameBegin;
    rastered();
    await painted();
    script.push(called + Math.max(0, inFrame));
    whole.push(performance.now() - begin);
  }
  view.recode(scene.ties.code);
  return { script, whole };
}

function hits(): number {
  const random = seeded(3);
  const begin = performance.now();
  const many = 200;
  for (let turn = 0; turn < many; turn++) view.hit(random() * innerWidth, random() * innerHeight);
  return Math.round(((performance.now() - begin) / many) * 1000) / 1000;
}

window.measure = async () => {
  const first = await firstPaint;
  await pause(500);
  const frames = await gestures();
  await pause(500);
  const exact = await rest();
  view.fit();
  await pause(500);
  const results: Results = {
    size: `${size} ${SIZES[size].join("/")}`, view: isMatrix ? "matrix" : "network", pixelRatio: devicePixelRatio,
    firstPaint: Math.round(first), frames,
    restToExact: { median: quantile(exact, 0.5), worst: quantile(exact, 1) },
    stepScript: {}, stepWhole: {}, hit: hits(), svgBytes: 0,
  };
  for (const share of [0.1, 1]) {
    const { script, whole } = await steps(share);
    results.stepScript[`${share * 100} %`] = { median: quantile(script, 0.5), p95: quantile(script, 0.95) };
    results.stepWhole[`${share * 100} %`] = { median: quantile(whole, 0.5), p95: quantile(whole, 0.95) };
  }
  results.svgBytes = view.svg().length;
  window.results = results;
  return results;
};
