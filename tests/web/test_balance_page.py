"""The balance screen in a browser."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Served, picture


def opened(page: Page, demo: Served, address: str) -> None:
    page.goto(demo.url + address)
    expect(page.get_by_role("heading", name="Strained ties")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("slider", name="Balance over time")).to_be_visible(timeout=30_000)


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_shows_the_index_its_proof_and_what_strains_it(page: Page, demo: Served, theme: str, width: int,
                                                          height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    opened(page, demo, "/balance?at=2013-07")
    expect(page.get_by_role("heading", name="Jul 2013: index 1, 10 % of 10 ties")).to_be_visible()
    expect(page.locator("[data-certificate]")).to_contain_text("Proven: 1 disjoint bad cycle")
    expect(page.get_by_text("yet Hamas is hostile to Syria").first).to_be_visible()
    picture(page, f"balance-{width}-{theme}")
    assert page.evaluate("document.querySelector('main').scrollWidth <= document.querySelector('main').clientWidth")


def test_a_press_on_the_chart_and_its_arrows_move_the_date(page: Page, demo: Served) -> None:
    opened(page, demo, "/balance")
    chart = page.get_by_role("slider", name="Balance over time")
    expect(chart).to_have_attribute("aria-valuemax", "22", timeout=30_000)
    chart.focus()
    page.keyboard.press("Home")
    expect(page).to_have_url(re.compile("at=2001-12"))
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("at=2002-12"))
    box = chart.bounding_box()
    assert box is not None
    chart.click(position={"x": box["width"] - 14, "y": 60})
    expect(page).to_have_url(re.compile("at=2023-09"))


def test_a_tie_opens_its_evidence(page: Page, demo: Served) -> None:
    opened(page, demo, "/balance?at=2013-07")
    page.locator("main").get_by_role("button", name=re.compile(r"^Hamas.*Syria$")).first.click()
    expect(page).to_have_url(re.compile("open=tie:hamas~syria"))
    expect(page.locator("#panel")).to_contain_text("Hamas – Syria")


def test_a_tie_is_flipped_in_thought_and_the_link_keeps_it(page: Page, demo: Served) -> None:
    opened(page, demo, "/balance?at=2013-07")
    page.get_by_role("button", name="What if Hamas and Syria were friendly").click()
    expect(page.locator("[data-what-if]")).to_contain_text("100 % of 2 triangles balanced")
    expect(page.locator("[data-what-if] .number").nth(0)).to_have_text("1")
    expect(page.locator("[data-what-if] .number").nth(1)).to_have_text("0")
    address = page.url
    assert "whatif=hamas~syria:" in address
    page.get_by_label("One actor").select_option("iran")
    page.get_by_label("The other actor").select_option("qatar")
    page.get_by_label("How they would stand").select_option(label="were hostile")
    page.get_by_role("button", name="Try it").click()
    expect(page.locator(".edits li")).to_have_count(2)
    page.keyboard.press("u")
    expect(page.locator(".edits li")).to_have_count(1)
    page.goto(address)
    expect(page.locator("[data-what-if] .number").nth(1)).to_have_text("0", timeout=30_000)
    page.get_by_role("button", name="Take back: Hamas and Syria were friendly").click()
    expect(page.locator("[data-what-if]")).to_have_count(0)


def test_what_is_shown_can_be_kept(page: Page, demo: Served, tmp_path: Path) -> None:
    opened(page, demo, "/balance?at=2013-07")
    kept = page.get_by_role("group", name="Keep what is shown")
    for name in ("CSV", "SVG", "PNG"):
        with page.expect_download() as download:
            kept.get_by_role("button", name=name).click()
        download.value.save_as(tmp_path / name)
    assert (tmp_path / "CSV").read_text().startswith("at,index,lower,proven,share")
    assert (tmp_path / "SVG").read_text().startswith("<svg")
    assert (tmp_path / "PNG").read_bytes().startswith(b"\x89PNG")
    link = kept.get_by_role("link", name=".json").get_attribute("href")
    assert json.loads(page.request.get(demo.url + str(link)).text())["at"] == "2013-07"


def test_a_date_before_everything_says_so(page: Page, demo: Served) -> None:
    opened(page, demo, "/balance?at=1990")
    expect(page.get_by_text("Nothing is told of any tie by 1990.")).to_be_visible()
