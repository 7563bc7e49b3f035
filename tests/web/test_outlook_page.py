"""The outlook screen in a browser: theirs and ours, what is open, what decided each fate."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import picture


def seen(page: Page, url: str) -> None:
    page.goto(url)
    expect(page.locator("table.tallies")).to_be_visible(timeout=30_000)
    expect(page.locator("table.open")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_is_ahead_stands_in_two_tables(page, demo, theme):
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    seen(page, f"{demo.url}/outlook")
    assert page.locator("table.theirs tbody tr").count() == 16
    expect(page.locator("main")).to_contain_text("no calibrated forecaster")
    expect(page.locator("main")).to_contain_text("too few for a picture of calibration")
    picture(page, f"outlook-{theme}")
    page.locator("table.theirs").scroll_into_view_if_needed()
    picture(page, f"outlook-{theme}-theirs")
    page.locator("table.tallies").scroll_into_view_if_needed()
    picture(page, f"outlook-{theme}-ours")
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator("main").evaluate("main => main.scrollTo(0, 0)")
    picture(page, f"outlook-{theme}-phone")
    assert page.evaluate("document.querySelector('main').scrollWidth <= document.querySelector('main').clientWidth")


def test_a_prediction_opens_its_quote_and_those_that_decided_its_fate(page, demo):
    seen(page, f"{demo.url}/outlook?fate=borne+out")
    rows = page.locator("table.theirs tbody tr")
    expect(rows).to_have_count(2)
    rows.first.locator("button.quote").first.click()
    expect(page).to_have_url(re.compile("open=claim:"))
    said = page.url
    rows.first.locator("summary").click()
    rows.first.locator("details button.quote").first.click()
    assert "open=claim:" in page.url and page.url != said


def test_filters_by_voice_fate_and_pair_stand_in_the_address(page, demo):
    seen(page, f"{demo.url}/outlook")
    page.get_by_role("button", name="open 9").click()
    expect(page.locator("table.theirs tbody tr")).to_have_count(9)
    page.get_by_role("button", name="All 16").click()
    chosen = page.get_by_label("Said by").locator("option").nth(1).get_attribute("value")
    page.get_by_label("Said by").select_option(chosen)
    expect(page).to_have_url(re.compile("speaker="))
    voices = page.locator("table.theirs tbody td:nth-child(2)")
    expect(voices.filter(has_not_text=chosen)).to_have_count(0)
    assert voices.count() > 0
    page.goto(f"{demo.url}/outlook?actor=hamas&other=iran")
    expect(page.locator("table.theirs tbody tr")).not_to_have_count(16)
    expect(page.locator("table.ours tbody th", has_text="Hamas – Iran")).not_to_have_count(0)
    expect(page.locator("table.ours tbody th", has_not_text="Hamas – Iran")).to_have_count(0)


def test_open_questions_come_by_the_date_they_resolve(page, demo):
    seen(page, f"{demo.url}/outlook")
    page.get_by_role("button", name=re.compile(r"^All \d+$")).first.click()
    dates = page.locator("table.open tbody td:first-child").all_inner_texts()
    over = [one.startswith("since") for one in dates]
    assert over == sorted(over), "what is over and cannot be told comes last"
    page.locator("table.open tbody tr", has_text="the tie model").first.locator("button").click()
    expect(page).to_have_url(re.compile(r"/dyad/.*at=202[45].*open=tie:"))


def test_a_judged_question_leads_to_the_river_as_it_was(page, demo):
    seen(page, f"{demo.url}/outlook?verdict=judged")
    row = page.locator("table.ours tbody tr").first
    row.locator("th a").click()
    expect(page).to_have_url(re.compile(r"/dyad/.*known="))
    expect(page.get_by_role("img", name="Probability of each state")).to_be_visible()


def test_it_is_frozen_at_the_day_that_is_chosen(page, demo):
    seen(page, f"{demo.url}/outlook")
    page.get_by_label("Freeze at").select_option("2018-12-31")
    expect(page).to_have_url(re.compile("frozen=2018-12-31"))
    expect(page.locator("main")).to_contain_text("Frozen at 31 Dec 2018.")


def test_theirs_and_ours_stand_on_one_scoreboard(page, demo):
    seen(page, f"{demo.url}/outlook")
    rows = page.locator("table.board").first.locator("tbody tr")
    expect(rows.filter(has_text="all documents")).to_have_count(1)
    expect(rows.filter(has_text="reference class")).to_have_count(1)
    page.get_by_text(re.compile(r"\d+ questions, with every chance")).click()
    page.locator("table.board").nth(1).locator("tbody button").first.click()
    expect(page).to_have_url(re.compile("open=claim"))


def test_nothing_ahead_is_said_so(page, demo):
    page.goto(f"{demo.url}/outlook?known=2001")
    expect(page.locator("main")).to_contain_text("plan and predict nothing here in what was published by 2001")
    expect(page.locator("main")).to_contain_text("Nothing is open here")
    picture(page, "outlook-empty")


def test_both_tables_can_be_kept(page, demo):
    seen(page, f"{demo.url}/outlook")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV", exact=True).click()
    rows = list(csv.DictReader(Path(download.value.path()).read_text(encoding="utf-8").splitlines()))
    assert {one["fate"] for one in rows} >= {"open", "borne out"}
    assert any(one["whose"] == "tie model carried forward" for one in rows)
