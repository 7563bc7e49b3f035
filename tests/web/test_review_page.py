"""Review in a browser: a judgement is told before it is made, signed, survives a rebuild, and is taken back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

import sides
from sides.web.settings import Settings
from tests.web.conftest import picture, serving

TOLD = "It would change"
WORKED_OUT = 30_000  # milliseconds, on a machine that does other things too


def signed(page: Page, button: str, why: str | None = None) -> None:
    expect(page.get_by_text(TOLD, exact=True)).to_be_visible(timeout=WORKED_OUT)
    page.get_by_label("Who says so").fill("J. Doe")
    if why is not None:
        page.get_by_label("Why", exact=True).fill(why)
    page.get_by_role("button", name=button).click()


def test_a_claim_is_rejected_in_the_reading_room_stays_so_and_is_taken_back(own_demo, page):
    claim = next(one for one in page.request.get(f"{own_demo.url}/api/tie?left=hamas&right=syria").json()["evidence"]
                 if one["modality"] == "asserted" and one["confidence"] > 0.8)
    address = f"{own_demo.url}/document/{claim['document_id']}?open=claim:{claim['claim']}"
    page.goto(address)
    page.get_by_role("button", name="Wrong", exact=True).click()
    expect(page.get_by_role("button", name="It is wrong")).to_be_disabled()
    expect(page.get_by_text(TOLD, exact=True)).to_be_visible(timeout=WORKED_OUT)
    picture(page, "review-preview")
    page.set_viewport_size({"width": 390, "height": 844})
    picture(page, "review-preview-phone")
    page.set_viewport_size({"width": 1280, "height": 800})
    signed(page, "It is wrong")
    expect(page.get_by_role("heading", name="Rejected")).to_be_visible()
    assert page.locator(f".text [data-claims~='{claim['claim']}']").count() == 0
    assert len(sides.open(own_demo.ledger).reread(reader="grammar").read) == 22
    page.goto(f"{own_demo.url}/document/{claim['document_id']}")
    expect(page.get_by_role("heading", name="Rejected")).to_be_visible()
    page.goto(f"{own_demo.url}/review?tab=judgements")
    page.get_by_role("button", name="Take back").click()
    signed(page, "Take it back", "it was right")
    expect(page.get_by_text("withdrawn").first).to_be_visible()
    picture(page, "review-judgements")


def test_a_claim_is_corrected_from_the_panel(own_demo, page):
    claim = page.request.get(f"{own_demo.url}/api/tie?left=hamas&right=syria").json()["evidence"][0]
    page.goto(f"{own_demo.url}/review?claim={claim['claim']}")
    page.get_by_label("The claim that you flagged").get_by_role("button", name="Correct").click()
    page.get_by_label("Type").select_option("ASSAULT")
    expect(page.get_by_label("Sign")).to_have_value("-1")
    page.get_by_label("From").fill("2011-13")
    expect(page.get_by_text("A date is a year, month or day")).to_be_visible()
    page.get_by_label("From").fill("2011-12")
    signed(page, "Correct it", "an attack")
    expect(page.get_by_text(re.compile("Corrected \\("))).to_be_visible()
    now = re.search(r"claim=(\w+)", page.url)[1]
    found = page.request.get(f"{own_demo.url}/api/claim?id={now}").json()["evidence"]
    assert (found["type"], found["sign"], found["start"]) == ("ASSAULT", -1, "2011-12")


def test_an_actor_is_merged_by_the_keyboard_alone(own_demo, page):
    page.goto(f"{own_demo.url}/review")
    first = page.locator("[data-item='0']")
    expect(first).to_be_visible()
    name = first.get_attribute("aria-label")
    picture(page, "review-actors")
    first.get_by_role("button", name="The same as another").focus()
    page.keyboard.press("Enter")
    page.get_by_label("The same as", exact=True).focus()
    page.keyboard.type("hamas")
    expect(page.get_by_text(TOLD, exact=True)).to_be_visible(timeout=WORKED_OUT)
    page.get_by_label("Who says so").focus()
    page.keyboard.type("J. Doe")
    page.keyboard.press("Tab")
    page.keyboard.type("the same people")
    page.keyboard.press("Enter")
    expect(page.locator(f"[data-item][aria-label='{name}']")).to_have_count(0)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Judgements").click()
    expect(page.get_by_text(re.compile("^merge .* into hamas"))).to_be_visible()
    page.reload()
    expect(page.get_by_text(re.compile("^merge .* into hamas"))).to_be_visible()


def test_a_mention_is_split_off_in_the_text(own_demo, page):
    document = page.request.get(f"{own_demo.url}/api/documents?sort=claims&falling=true&most=1").json()["documents"][0]
    page.goto(f"{own_demo.url}/document/{document['id']}")
    page.get_by_label("who is named").check()
    page.locator(".text span.mention:not(.mark)").first.click()
    page.get_by_label("Who the rest is").fill("Somebody Else")
    signed(page, "Split it", "it is another")
    expect(page.get_by_label("Who the rest is")).to_have_count(0)
    assert "somebody-else" in {one["actor"] for one in page.request.get(
        f"{own_demo.url}/api/document?id={document['id']}").json()["mentions"]}


@pytest.mark.parametrize("screen", ["review", "reads", "document"])
def test_a_server_that_only_shows_has_no_controls(digest, page, screen):
    with serving(Settings(ledger=digest, read_only=True)) as served:
        document = page.request.get(f"{served.url}/api/documents?most=1").json()["documents"][0]["id"]
        page.goto(f"{served.url}/{screen}{f'/{document}' if screen == 'document' else ''}")
        expect(page.locator("main h1")).to_be_visible()
        if screen == "document":
            page.keyboard.press("j")
            expect(page.get_by_role("link", name="Open in text")).to_be_visible()
        else:
            expect(page.get_by_text("--read-only").first).to_be_visible()
        for name in ("Right", "Wrong", "Correct …", "No actor", "Read them", "Take back"):
            assert page.get_by_role("button", name=name, exact=True).count() == 0
