"""The actor screen in a browser: everything opens, the table sorts, links go where they say."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import picture


def seen(page: Page, url: str) -> None:
    page.goto(url)
    expect(page.locator("table.ties")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_an_actor_stands_with_its_ties_and_people(page, demo, theme):
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    seen(page, f"{demo.url}/actor/hamas")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hamas")
    for words in ("People", "Whole and parts", "Member of"):
        expect(page.get_by_role("heading", name=words)).to_be_attached()
    expect(page.get_by_role("img", name="Years of people")).to_be_attached()
    picture(page, f"actor-{theme}")
    page.get_by_role("heading", name="People").scroll_into_view_if_needed()
    picture(page, f"actor-{theme}-people")
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator("main").evaluate("main => main.scrollTo(0, 0)")
    picture(page, f"actor-{theme}-phone")
    assert page.evaluate("document.querySelector('main').scrollWidth <= document.querySelector('main').clientWidth")


def test_its_ties_are_sorted_by_a_head_and_the_address_keeps_it(page, demo):
    seen(page, f"{demo.url}/actor/hamas")
    names = page.locator("table.ties tbody th")
    assert names.first.inner_text() == "Syria"
    page.locator("table.ties thead").get_by_role("button", name="with").click()
    expect(page).to_have_url(re.compile("sort=name"))
    shown = names.all_inner_texts()
    assert shown == sorted(shown, key=str.lower)
    page.locator("table.ties thead").get_by_role("button", name="with").click()
    expect(names.first).to_have_text(shown[-1])
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "ascending"
    page.reload()
    expect(names.first).to_have_text(shown[-1])


def test_a_state_opens_its_evidence_and_a_turn_goes_to_its_date(page, demo):
    seen(page, f"{demo.url}/actor/hamas")
    row = page.locator("table.ties tbody tr").first
    row.get_by_role("button", name="strained").first.click()
    expect(page).to_have_url(re.compile("open=tie:hamas~syria"))
    expect(page.locator(".panel article")).not_to_have_count(0)
    row.get_by_role("button", name=re.compile("2012")).click()
    expect(page).to_have_url(re.compile("at=2012"))


def test_places_open_their_claims_and_lead_to_others(page, demo):
    seen(page, f"{demo.url}/actor/hamas")
    page.get_by_role("button", name=re.compile("^Claim 1 of")).first.click()
    expect(page).to_have_url(re.compile("open=claim:"))
    page.get_by_role("link", name="Network around it").click()
    expect(page).to_have_url(re.compile("/network.*ego=hamas"))


def test_at_a_date_it_shows_those_of_that_date(page, demo):
    seen(page, f"{demo.url}/actor/hamas?at=2014-06")
    expect(page.get_by_role("heading", name=re.compile("Ties in Jun 2014"))).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("Ahmed Yassin")


def test_an_actor_is_chosen_by_writing_and_without_ties_that_is_said(page, demo):
    page.goto(f"{demo.url}/actor")
    expect(page.locator(".empty")).to_contain_text("Choose an actor")
    page.get_by_role("combobox", name="Who").fill("iran")
    page.get_by_role("option", name=re.compile("^Iran ")).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Iran")
    page.goto(f"{demo.url}/actor/hamas?known=2001")
    expect(page.locator(".empty")).to_contain_text("Nobody tells of a tie of Hamas in what was published by 2001")
    picture(page, "actor-empty")


def test_its_table_can_be_kept(page, demo):
    seen(page, f"{demo.url}/actor/hamas")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV", exact=True).click()
    rows = list(csv.DictReader(Path(download.value.path()).read_text(encoding="utf-8").splitlines()))
    assert rows[0]["with"] == "syria" and rows[0]["state"] == "strained"
