"""The screen of forecasts in a browser: asked by hand, opened down to its quotes, kept in the address."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import picture

EVENT = "/forecasts/hamas~syria?event=verbal+conflict&within=180"


def seen(page: Page, url: str) -> None:
    page.goto(url)
    expect(page.locator("p.chance")).to_be_visible()
    expect(page.locator("ul.who")).to_contain_text("silent")


def test_the_tie_screen_leads_to_what_is_likely_next(page, demo):
    page.goto(f"{demo.url}/dyad/hamas~syria")
    page.get_by_role("link", name="What is likely next").click()
    expect(page).to_have_url(re.compile("/forecasts/hamas~syria"))
    expect(page.get_by_role("heading", level=2)).to_have_text(
        "Hamas toward Syria: verbal cooperation, within 30 days of 4 Sep 2023")
    expect(page.locator("ul.who")).to_contain_text("Too little to learn from")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_forecast_stands_with_all_that_it_rests_on(page, demo, theme):
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    seen(page, demo.url + EVENT)
    for words in ("Who says what", "By how far one looks ahead", "What speaks for and against", "Precedents",
                  "Dyads alike"):
        expect(page.get_by_role("heading", name=words)).to_be_visible()
    expect(page.get_by_role("img", name="Chance by days ahead")).to_be_visible()
    picture(page, f"forecast-{theme}")
    page.set_viewport_size({"width": 390, "height": 844})
    picture(page, f"forecast-{theme}-phone")
    assert page.evaluate("document.querySelector('main').scrollWidth <= document.querySelector('main').clientWidth")


def test_precedents_and_numbers_open_their_evidence(page, demo):
    seen(page, demo.url + EVENT)
    page.locator("ol.events button.quote").first.click()
    expect(page).to_have_url(re.compile("open=claim:"))
    expect(page.locator(".panel article")).not_to_have_count(0)
    page.get_by_role("button", name="47 events of the two").click()
    expect(page).to_have_url(re.compile("open=tie:hamas~syria"))


def test_a_question_is_asked_by_the_keyboard_and_stands_in_the_address(page, demo):
    page.goto(f"{demo.url}/network")
    expect(page.get_by_role("heading", level=1)).to_be_attached()
    page.keyboard.press("g")
    page.keyboard.press("f")
    expect(page).to_have_url(re.compile("/forecasts"))
    expect(page.locator(".empty a")).not_to_have_count(0)
    for label, name in (("Who", "Iran"), ("Toward whom", "Hamas")):
        field = page.get_by_role("combobox", name=label, exact=True)
        field.focus()
        field.type(name)
        expect(page.get_by_role("option").first).to_have_text(re.compile(f"^{name} "))
        field.press("Enter")
    expect(page).to_have_url(re.compile("/forecasts/iran~hamas"))
    page.get_by_label("Does what").select_option("SUPPORT")
    page.get_by_label("Within").select_option("90")
    expect(page.get_by_role("heading", level=2)).to_have_text(re.compile("Iran toward Hamas: support, within 90 days"))
    expect(page).to_have_url(re.compile("event=SUPPORT.*within=90"))
    page.get_by_role("button", name="The other way round").press("Enter")
    expect(page.get_by_role("heading", level=2)).to_have_text(re.compile("Hamas toward Iran: support"))


def test_states_and_rankings(page, demo):
    page.goto(f"{demo.url}/forecasts/hamas~syria?ask=state&state=strained")
    expect(page.get_by_role("heading", level=2)).to_have_text(re.compile("Hamas and Syria: . strained in Mar 2024"))
    expect(page.locator("table.states tbody tr")).to_have_count(5)
    page.get_by_role("button", name="Who is next").click()
    page.goto(f"{demo.url}/forecasts/israel?ask=ranking&event=ASSAULT")
    expect(page.locator("ol.ranked > li")).to_have_count(4)
    page.get_by_text("What it rests on").first.click()
    expect(page.locator("ol.ranked details[open] .quote").first).to_be_visible()
    picture(page, "forecast-ranking")
    page.locator("ol.ranked a").first.click()
    expect(page).to_have_url(re.compile(r"/forecasts/israel~hamas\?event=ASSAULT$"))
    expect(page.locator("p.chance")).to_be_visible()


def test_a_back_test_goes_down_to_a_forecast_as_it_was_made(page, demo):
    page.goto(f"{demo.url}/forecasts?ask=backtest&within=180&origins=4")
    expect(page.locator("table.scores tbody")).to_have_count(5)
    expect(page.get_by_role("img", name="Reliability of recurrence").first).to_be_visible()
    page.get_by_role("button", name="Onsets").click()
    expect(page).to_have_url(re.compile("onsets=true"))
    page.get_by_text("The same as a table, down to each forecast").click()
    page.get_by_role("button", name=re.compile("forecasts? of reference class")).first.click()
    expect(page).to_have_url(re.compile("bin=reference"))
    made = page.get_by_role("heading", name=re.compile("^Said by")).locator("xpath=..").locator("tbody a").first
    made.click()
    expect(page).to_have_url(re.compile(r"/forecasts/\w.*at=20\d\d-\d\d-\d\d"))
    expect(page.locator("p.chance")).to_be_visible()


def test_a_question_that_makes_no_sense_says_what_to_do(chromium, demo):
    page = chromium.new_page()  # a refusal stands in the console, which `page` takes for a fault
    page.goto(f"{demo.url}/forecasts/hamas~syria?at=2012&known=2014")
    expect(page.get_by_role("alert")).to_contain_text("may not know what was published until 2014")
    page.get_by_role("button", name="Count all that was published by the day").click()
    expect(page.locator("p.chance")).to_be_visible()
    page.close()


def test_the_curve_can_be_kept(page, demo):
    seen(page, demo.url + EVENT)
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV", exact=True).click()
    rows = list(csv.DictReader(Path(download.value.path()).read_text(encoding="utf-8").splitlines()))
    assert [one["days"] for one in rows] == ["7", "30", "90", "180", "365"]
    expect(page.get_by_role("button", name="SVG", exact=True)).to_be_visible()
