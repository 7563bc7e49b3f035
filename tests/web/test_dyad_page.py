"""The dyad screen in a browser: the river and what it opens, two lenses, choosing a pair, honest empty states."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sides.web.settings import Settings
from tests.ties.told import row, told
from tests.web.conftest import picture, serving


def river(page: Page):
    return page.get_by_role("img", name="Probability of each state")


def seen(page: Page, url: str) -> None:
    page.goto(url)
    expect(river(page)).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_river_stands_with_its_tables(page, demo, theme):
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    seen(page, f"{demo.url}/dyad/hamas~syria")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hamas and Syria")
    expect(page.get_by_role("heading", name="Steps")).to_be_visible()
    assert page.locator("svg path.band").count() == 10, "five states, told and carried forward"
    assert page.locator("svg .turn").count() >= 1
    assert page.locator("table.steps tbody tr").count() >= 2
    picture(page, f"dyad-{theme}")
    page.locator("main").evaluate("main => main.scrollTo(0, main.scrollHeight)")
    picture(page, f"dyad-{theme}-foot")
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator("main").evaluate("main => main.scrollTo(0, 0)")
    picture(page, f"dyad-{theme}-phone")
    assert page.evaluate("document.querySelector('main').scrollWidth <= document.querySelector('main').clientWidth")
