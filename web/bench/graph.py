"""Measures the drawing of the network and the matrix in headless Chromium.

Build the page first (`npx vite build --config bench/vite.config.ts` in `web`), then run

    python bench/graph.py OUT --chromium /usr/bin/chromium [--size L] [--view matrix] [--ratio 2]

where OUT is the folder that the build names (`build/bench`). Each case runs in a fresh page; figures go to standard
output as JSON, with the load of the machine beside them: read them with it.
"""

import argparse
import functools
import http.server
import json
import os
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files without a line for each."""

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


def main() -> None:
    """Runs the cases that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the built page")
    parser.add_argument("--chromium", help="the browser to run, if not Playwright's own")
    parser.add_argument("--size", action="append", choices=("S", "M", "L"), help="scenes to measure (all)")
    parser.add_argument("--view", action="append", choices=("network", "matrix"), help="views to measure (both)")
    parser.add_argument("--ratio", type=float, default=1, help="pixel ratio (1)")
    asked = parser.parse_args()
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=str(asked.folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        for view in asked.view or ("network", "matrix"):
            for size in asked.size or ("S", "M", "L"):
                browser = playwright.chromium.launch(executable_path=asked.chromium, args=["--no-sandbox"])
                page = browser.new_page(viewport={"width": 1280, "height": 800}, device_scale_factor=asked.ratio)
                page.goto(f"http://127.0.0.1:{server.server_port}/graph.html?size={size}&view={view}")
                results = page.evaluate("window.measure()")
                print(json.dumps({**results, "load": round(os.getloadavg()[0], 1)}), flush=True)
                browser.close()
    server.shutdown()


if __name__ == "__main__":
    main()
