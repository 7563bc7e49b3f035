"""The dyad screen in a browser: the river and what it opens, two lenses, choosing a pair, honest empty states."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from sides.web.settings import Settings
from tests.ties.told import row, told
from tests.web.conftest import Served, picture, serving


def river(page: Page) -> Locator:
    return page.get_by_role("img", name="Probability of each state")


def seen(page: Page, url: str) -> None:
    page.goto(url)
    expect(river(page)).to_be_visible(timeout=30_000)


def holding(words: str) -> re.Pattern[str]:
    return re.compile(re.escape(words))


def kept(page: Page, name: str) -> str:
    with page.expect_download() as download:
        page.get_by_role("button", name=name, exact=True).click()
    return Path(download.value.path()).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def crowded(tmp_path_factory) -> Iterator[Served]:
    """A dyad of some thousand claims."""
    folder = tmp_path_factory.mktemp("crowded")
    documents = []
    for year in range(2000, 2020):
        rows = [row("norland", kind, "sudland", start=f"{year}-{month:02}")
                for month in range(1, 13) for kind in ("AGREE", "ACCUSE", "ASSAULT", "AID")]
        documents.append((f"Paper{year}", f"{year}-12-28", rows))
    told(folder, *documents)
    with serving(Settings(ledger=folder / "told.sides")) as served:
        yield served


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


def test_claims_turns_and_bands_open_their_evidence(page, demo):
    seen(page, f"{demo.url}/dyad/hamas~syria")
    page.locator("svg .claim .tick").first.click(force=True)
    expect(page).to_have_url(holding("open=claim:"))
    expect(page.locator(".panel article")).not_to_have_count(0)
    turn = page.locator("svg .turn").first
    when = turn.get_attribute("data-at")
    turn.locator(".arrow").click(force=True)
    expect(page).to_have_url(holding("open=tie:hamas~syria"))
    assert f"at={when}" in page.url
    page.locator("svg path.band.neutral").first.click(force=True)
    assert "open=tie:hamas~syria" in page.url and f"at={when}&" not in page.url


def test_the_cursor_moves_and_zooms_by_keys_and_the_address_tells_it(page, demo):
    seen(page, f"{demo.url}/dyad/hamas~syria?at=2014-03")
    thumb = page.get_by_role("slider", name="Cursor in the river")
    expect(thumb).to_have_attribute("aria-valuetext", holding("Mar 2014"))
    thumb.focus()
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(holding("at=2014-04"))
    page.keyboard.press("PageUp")
    expect(page).to_have_url(holding("at=2015-04"))
    page.keyboard.press("+")
    expect(page).to_have_url(holding("since="))
    page.keyboard.press("Enter")
    expect(page.locator(".panel h2")).to_contain_text("Hamas")
    page.get_by_role("button", name="All", exact=True).first.click()
    assert "since=" not in page.url and "until=" not in page.url


def test_two_lenses_share_one_axis_of_time(page, demo):
    seen(page, f"{demo.url}/dyad/hamas~syria")
    chooser = page.get_by_label("Beside it, the word of")
    outlet = chooser.locator("optgroup[label=outlet] option").first.get_attribute("value")
    chooser.select_option(outlet)
    expect(page).to_have_url(holding("lens2=outlet="))
    expect(page.locator("table.steps")).to_have_count(2)
    assert page.locator("svg path.band").count() > 10
    picture(page, "dyad-two-lenses")
    page.reload()
    expect(page.locator("table.steps")).to_have_count(2)


def test_a_pair_is_chosen_by_writing(page, demo):
    page.goto(f"{demo.url}/dyad")
    expect(page.locator(".empty")).to_contain_text("Choose two actors")
    picture(page, "dyad-none")
    field = page.get_by_role("combobox", name="One actor")
    field.fill("hezb")
    expect(page.get_by_role("option")).not_to_have_count(0)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(holding("/dyad/hezbollah"))
    expect(page.locator(".empty")).to_contain_text("Choose the other actor")
    page.locator(".empty a").first.click()
    expect(river(page)).to_be_visible()


def test_nothing_told_is_said_with_what_is_nearest(page, demo):
    page.goto(f"{demo.url}/dyad/hamas~syria?known=2000")
    expect(page.locator(".empty").first).to_contain_text("published by 2000")
    expect(page.locator(".empty").first).to_contain_text("Outside of it: 5")
    picture(page, "dyad-empty")
    page.get_by_role("button", name="Count what was published later").first.click()
    expect(river(page)).to_be_visible()
    page.goto(f"{demo.url}/dyad/hamas~syria?since=2003-01&until=2006-01")
    expect(page.locator(".empty")).to_contain_text("between Jan 2003 and Dec 2005")
    page.locator(".empty button").first.click()
    expect(page.locator("main .empty")).to_have_count(0)


def test_a_thousand_claims_are_counted_in_bins_and_told_so(page, crowded):
    seen(page, f"{crowded.url}/dyad/norland~sudland")
    expect(page.locator("svg .bin").first).to_be_attached()
    assert page.locator("svg .claim").count() == 0
    assert page.locator("svg .bin").count() < 150
    expect(page.locator("svg")).to_contain_text(["in bins of"])
    picture(page, "dyad-crowded")
    page.locator("svg .bin .hit").nth(5).click(force=True)
    expect(page).to_have_url(holding("since="))
    expect(page.locator("svg .claim").first).to_be_attached(timeout=30_000)


def test_what_is_shown_can_be_kept(page, demo):
    seen(page, f"{demo.url}/dyad/hamas~syria")
    rows = list(csv.DictReader(kept(page, "CSV").splitlines()))
    assert {one["left"] for one in rows} == {"hamas"}
    ahead = [one for one in rows if one["is_carried_forward"] == "true"]
    assert len(ahead) >= 24 and ahead[0]["month"] == "2023-10"
    assert all(abs(sum(float(one[state]) for state in ("hostile", "strained", "neutral", "friendly", "allied")) - 1)
               < 0.01 for one in rows)
    drawing = kept(page, "SVG")
    assert drawing.startswith("<svg") and "var(--" not in drawing
    link = page.get_by_role("link", name=".json", exact=True).get_attribute("href")
    assert json.loads(page.request.get(f"{demo.url}{link}").text())["left"]["id"] == "hamas"


def test_an_actor_that_there_is_not_is_said_so(chromium, demo):
    context = chromium.new_context()
    page = context.new_page()  # a refused question shows in the console of the browser
    page.goto(f"{demo.url}/dyad/hamas~nobody-at-all")
    expect(page.get_by_role("alert")).to_contain_text("nobody-at-all")
    context.close()
