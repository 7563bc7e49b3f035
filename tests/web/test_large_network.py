"""The network screen with many actors: drawn in layers, a step repaints the ties alone."""

from __future__ import annotations

import json
import random
from itertools import accumulate
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.web.conftest import Served, picture

ACTORS, TIES, MONTHS = 300, 1500, 24
HOSTILE, ALLIED, SURE, CONTESTED = 1, 5, 2 << 3, 1 << 5
LAYERS = """() => [...document.querySelectorAll('.host canvas')].map(canvas => {
  const { width, height } = canvas;
  const pixels = new Uint32Array(canvas.getContext('2d').getImageData(0, 0, width, height).data.buffer);
  return pixels.reduce((sum, pixel, place) => (Math.imul(sum, 31) + pixel) | 0, 0);
})"""
HUES = """([x, y, width, height]) => {
  const pen = document.querySelector('.host canvas').getContext('2d');
  return [...new Set(new Uint32Array(pen.getImageData(x, y, width, height).data.buffer))].length;
}"""


@pytest.fixture(scope="module")
def large(demo: Served) -> dict[str, Any]:
    """A network of many made-up actors, in the place of the demo's; half of its ties turn after a year."""
    draw = random.Random(5)
    pairs = sorted(draw.sample([(left, right) for right in range(ACTORS) for left in range(right)], TIES))
    turns = [draw.random() < 0.5 for _ in pairs]
    codes = [draw.choice((HOSTILE, ALLIED)) | SURE for _ in pairs]
    return {
        "version": 1, "known": None, "lens": "all", "exact": False, "begin": 12 * 2012, "months": MONTHS,
        "horizon": MONTHS - 1,
        "actors": {"id": [f"made-{place}" for place in range(ACTORS)],
                   "claims": [1 + place % 9 for place in range(ACTORS)],
                   "name": [f"Actor {place}" for place in range(ACTORS)], "parent": [-1] * ACTORS,
                   "kind": [draw.choice(("state", "organization", "person", "group")) for _ in range(ACTORS)],
                   "x": [draw.uniform(-1, 1) for _ in range(ACTORS)],
                   "y": [draw.uniform(-1, 1) for _ in range(ACTORS)]},
        "ties": {"left": [left for left, _ in pairs], "right": [right for _, right in pairs], "claims": [3] * TIES,
                 "offset": [0, *accumulate(2 if turn else 1 for turn in turns)],
                 "month": [month for turn in turns for month in ((0, 12) if turn else (0,))],
                 "code": [one for code, turn in zip(codes, turns, strict=True)
                          for one in ((code, code ^ HOSTILE ^ ALLIED) if turn else (code,))]},
        "parts": [], "blocs": [],
        "histogram": {"claims": [TIES if month == 0 else 0 for month in range(MONTHS)], "documents": [1] * MONTHS},
    }


@pytest.mark.parametrize("look", ["map", "matrix"])
def test_a_step_of_time_repaints_the_ties_and_nothing_else(page: Page, demo: Served, large: dict[str, Any],
                                                           look: str) -> None:
    def answer(route: Route) -> None:
        route.fulfill(status=200, content_type="application/json", body=json.dumps(large))

    page.route("**/api/network?*", answer)
    page.route("**/api/network", answer)
    page.goto(f"{demo.url}/network?look={look}&at=2012-12")
    expect(page.locator(".host canvas")).to_have_count(4)
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    page.wait_for_function(f"({HUES})([300, 200, 400, 300]) > 2")
    before = page.evaluate(LAYERS)
    picture(page, f"network-large-{look}")
    thumb = page.locator("[role=slider].thumb").first
    thumb.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"before => ({LAYERS})()[0] !== before", arg=before[0])
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    ground, actors, *_ = page.evaluate(LAYERS)
    assert (ground != before[0], actors) == (True, before[1])
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(f"before => ({LAYERS})()[0] === before", arg=before[0])
