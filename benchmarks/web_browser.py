"""The app in headless Chromium, on a served ledger: first paint, steps of the slider, evidence, gestures, the bundle.

    python benchmarks/web.py browser FOLDER.sides [--steps 60] [--dyads 40]

A server of its own process serves the ledger; each look of the network is opened in a fresh context without a cache.
Beside each figure stands its budget; the baseline is an empty page in the same browser: what a frame takes there and
how many come a second is what the app is divided by. A step is measured from the key to the frame that shows it, with
the canvas rastered; evidence from the click to the quotes on the screen; a picture is exact when it is no longer the
moved one.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

# Milliseconds, frames a second, bytes.
FIRST_PAINT, STEP, EVIDENCE, EXACT, FRAMES, BUNDLE = 1000.0, 50.0, 150.0, 150.0, 60.0, 150_000
TYPICAL = range(45, 56)  # claims of a tie whose evidence is asked for

DRAWN = """
window.drawnAt = null;
const look = () => {
  for (const canvas of document.querySelectorAll('.host canvas')) {
    if (canvas.width < 300 || canvas.height < 200) continue;
    const [x, y] = [canvas.width / 2 - 150, canvas.height / 2 - 100].map(Math.round);
    const pixels = new Uint32Array(canvas.getContext('2d').getImageData(x, y, 300, 200).data.buffer);
    if (pixels.some(pixel => pixel !== pixels[0])) { window.drawnAt = performance.now(); return; }
  }
  requestAnimationFrame(look);
};
if (location.protocol.startsWith('http')) requestAnimationFrame(look);
window.painted = async () => {
  const time = await new Promise(resolve => requestAnimationFrame(resolve));
  await new Promise(resolve => {
    const channel = new MessageChannel();
    channel.port1.onmessage = resolve;
    channel.port2.postMessage(0);
  });
  return time;
};
window.rastered = () => {
  for (const canvas of document.querySelectorAll('.host canvas')) canvas.getContext('2d').getImageData(0, 0, 1, 1);
};
"""
FRAME_TIMES = """async count => {
  const times = [];
  for (let turn = 0; turn < count; turn++) {
    const begun = performance.now();
    await window.painted();
    times.push(performance.now() - begun);
  }
  return times;
}"""
STEPS = """async count => {
  const thumb = document.querySelector('[role=slider].thumb'), times = [];
  thumb.focus();
  for (let turn = 0; turn < count; turn++) {
    const begun = performance.now();
    const key = turn < count / 2 ? 'ArrowLeft' : 'ArrowRight';
    thumb.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    await window.painted();
    window.rastered();
    times.push(performance.now() - begun);
    await new Promise(resolve => setTimeout(resolve, 30));
  }
  return times;
}"""
OPENED = """async address => {
  const quotes = () => [...document.querySelectorAll('[data-claim]')].map(one => one.dataset.claim).join();
  const before = quotes(), begun = performance.now();
  history.pushState(null, '', address);
  dispatchEvent(new PopStateEvent('popstate'));
  while (quotes() === before || quotes() === '') await window.painted();
  await window.painted();
  return performance.now() - begun;
}"""
GESTURES = """async seconds => {
  const host = document.querySelector('.host');
  const plane = host.querySelector('canvas').parentElement;
  host.setPointerCapture = () => {};
  const { left, top, width, height } = host.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  const pointer = (kind, dx, dy) => host.dispatchEvent(new PointerEvent(kind, {
    pointerId: 1, pointerType: 'mouse', clientX: x + dx, clientY: y + dy, bubbles: true, button: 0, shiftKey: SHIFT }));
  const wheel = by => host.dispatchEvent(new WheelEvent('wheel', {
    deltaY: by, clientX: x + 40, clientY: y, bubbles: true, cancelable: true }));
  const begun = performance.now();
  let frames = 0;
  pointer('pointerdown', 0, 0);
  while (performance.now() - begun < seconds * 1000) {
    const turn = (await new Promise(resolve => requestAnimationFrame(resolve)) - begun) / 700;
    frames++;
    if (turn % 2 < 1) pointer('pointermove', Math.sin(turn * 3) * 90, Math.cos(turn * 3) * 60);
    else wheel(Math.sin(turn * 2) * 40);
  }
  pointer('pointerup', 0, 0);
  const rate = 1000 * frames / (performance.now() - begun), exact = [];
  for (let turn = 0; turn < 12; turn++) {
    await new Promise(resolve => setTimeout(resolve, 500));
    for (let step = 0; step < 6; step++) { await window.painted(); wheel(turn % 2 ? 40 : -40); }
    const end = performance.now();
    await window.painted();
    while (plane.style.transform !== 'none') await window.painted();
    window.rastered();
    await window.painted();
    exact.push(performance.now() - end);
  }
  return { rate, exact };
}"""


@dataclass(frozen=True, slots=True)
class Blank:
    """An empty page of the same browser."""

    frame_ms: float
    frames: float  # a second


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The part's arguments."""
    parser.add_argument("ledger", type=Path)
    parser.add_argument("--steps", type=int, default=60, help="of the slider")
    parser.add_argument("--dyads", type=int, default=40, help="whose evidence is opened")


def run(options: argparse.Namespace) -> int:
    """Measure all, and print."""
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    bundle()
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with served(options.ledger) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        blank = empty_page(browser)
        for path in ("/api/ledger", "/api/network", "/api/camps"):
            began = time.perf_counter()
            urlopen(url + path, timeout=600).read()
            print(f"the server's first answer to {path}: {time.perf_counter() - began:.1f} s", flush=True)
        settled(url)
        print(f"an empty page: a frame takes {blank.frame_ms:.1f} ms, {blank.frames:.0f} come a second")
        for look in ("map", "matrix"):
            measured(browser, f"{url}/network?look={look}", look, blank, options.steps, options.dyads)
        browser.close()
    return 0


def settled(url: str) -> None:
    """Wait until the camps of all years are worked out, which goes on beside: a second core is busy until then."""
    began = time.perf_counter()
    while not json.loads(urlopen(f"{url}/api/camps", timeout=600).read())["is_named"]:
        time.sleep(1)
    print(f"the camps of all years: {time.perf_counter() - began:.1f} s more", flush=True)


def bundle() -> None:
    """The size of what the browser loads, as the server sends it."""
    assets = Path(str(files("sides.web") / "static/assets"))
    for coding in ("br", "gz"):
        size = sum(path.stat().st_size for path in assets.glob(f"*.{coding}"))
        print(f"bundle, {coding}: {size / 1e3:.1f} kB (budget {BUNDLE / 1e3:.0f} kB)")


def measured(browser: Browser, address: str, look: str, blank: Blank, steps: int, dyads: int) -> None:
    """One look of the network."""
    first, drawn = [], []
    for _ in range(5):
        page = opened(browser, address)
        first.append(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
        drawn.append(page.evaluate("window.drawnAt"))
        page.context.close()
    page = opened(browser, address)
    told(f"{look}: first paint", first, FIRST_PAINT, blank)
    told(f"{look}: the network drawn", drawn, FIRST_PAINT, blank)
    told(f"{look}: a step of the slider", page.evaluate(STEPS, steps), STEP, blank)
    waits = [page.evaluate(OPENED, where) for where in typical(page, address, dyads)]
    told(f"{look}: evidence", waits, EVIDENCE, blank)
    found = page.evaluate(GESTURES.replace("SHIFT", "true" if look == "matrix" else "false"), 5)
    print(f"{look}: {found['rate']:.0f} frames a second in gestures (budget {FRAMES:.0f}), "
          f"{found['rate'] / blank.frames:.2f} of an empty page's", flush=True)
    told(f"{look}: exact after a gesture", found["exact"], EXACT, blank)
    page.context.close()


def opened(browser: Browser, address: str) -> Page:
    """The page, once the network is drawn."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.add_init_script(DRAWN)
    page.goto(address)
    page.evaluate("async () => { while (window.drawnAt === null) await window.painted(); }")
    page.wait_for_load_state("networkidle", timeout=120_000)
    return page


def typical(page: Page, address: str, dyads: int) -> Iterator[str]:
    """Addresses that open ties of a typical number of claims, others for each look: no answer is kept from before."""
    network: dict[str, Any] = page.request.get(address.split("/network")[0] + "/api/network").json()
    actors, ties = network["actors"]["id"], network["ties"]
    places = [place for place, claims in enumerate(ties["claims"]) if claims in TYPICAL] or range(len(ties["claims"]))
    for place in random.Random(address.rsplit("=", 1)[1]).sample(list(places), min(dyads, len(places))):
        yield f"{address}&open=tie:{actors[ties['left'][place]]}~{actors[ties['right'][place]]}"


def empty_page(browser: Browser) -> Blank:
    """What an empty page takes."""
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.add_init_script(DRAWN)
    page.goto("about:blank")
    times = page.evaluate(FRAME_TIMES, 120)
    page.context.close()
    return Blank(statistics.median(times), 1000 / statistics.mean(times))


def told(what: str, times: Sequence[float], budget: float, blank: Blank) -> None:
    """A line of milliseconds."""
    ordered = sorted(times)
    middle, high = statistics.median(ordered), ordered[int(0.95 * (len(ordered) - 1))]
    print(f"{what}: p50 {middle:.0f}, p95 {high:.0f} ms of {len(ordered)} (budget {budget:.0f}), "
          f"{middle / blank.frame_ms:.1f} frames of an empty page", flush=True)


@contextmanager
def served(ledger: Path) -> Iterator[str]:
    """`sides serve` in a process of its own; gives its address."""
    process = subprocess.Popen([sys.executable, "-u", "-m", "sides", "serve", "-l", str(ledger), "--port", "0"],
                               stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        url = next(word for line in process.stdout for word in line.split() if word.startswith("http"))
        yield url.rstrip("/.,")
    finally:
        process.terminate()
        process.wait(20)
