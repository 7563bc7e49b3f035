"""The sources screen in a browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Served, picture


def opened(page: Page, demo: Served, address: str) -> None:
    page.goto(demo.url + address)
    expect(page.locator(".sources[aria-busy=false]")).to_be_visible(timeout=60_000)


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_shows_voices_side_by_side_with_the_quotes_on_which_they_differ(page: Page, demo: Served, theme: str,
                                                                           width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    opened(page, demo, "/sources")
    expect(page.get_by_role("img", name=re.compile("^The network by ")).first).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("^The network by ")).nth(1)).to_be_visible()
    first = page.locator("[data-dyad]").first
    for side in (0, 1):
        expect(first.locator("section").nth(side).locator("blockquote").first).not_to_be_empty()
    picture(page, f"sources-{width}-{theme}")
    assert page.evaluate("document.querySelector('main').scrollWidth <= document.querySelector('main').clientWidth")


def test_voices_are_chosen_and_the_link_keeps_them(page: Page, demo: Served) -> None:
    opened(page, demo, "/sources")
    page.get_by_label("Compare Barada Mirror").check()
    expect(page).to_have_url(re.compile("Barada"))
    page.get_by_label("Compare Harbour Wire").uncheck()
    expect(page.locator("figure")).to_have_count(2)
    page.reload()
    expect(page.get_by_label("Compare Barada Mirror")).to_be_checked(timeout=30_000)
    expect(page.get_by_label("Compare Harbour Wire")).not_to_be_checked()
    for name in ("Barada Mirror", "The Meridian Observer"):
        page.get_by_role("button", name=f"Leave out {name}").click()
    expect(page.get_by_text("No voice is chosen.")).to_be_visible()


def test_voices_are_told_apart_by_another_thing(page: Page, demo: Served) -> None:
    opened(page, demo, "/sources")
    page.get_by_role("button", name="language").click()
    expect(page).to_have_url(re.compile("by=language"))
    expect(page.get_by_text("No two voices, told apart by language")).to_be_visible(timeout=60_000)


def test_who_was_first_and_what_was_copied_lead_to_the_texts(page: Page, demo: Served) -> None:
    opened(page, demo, "/sources")
    table = page.get_by_role("region", name="Turns and who told of them")
    expect(table).to_contain_text("Cedar Coast Post")
    table.get_by_role("button", name="Cedar Coast Post").first.click()
    expect(page).to_have_url(re.compile("open=claim:"))
    page.locator(".echoes").get_by_role("link", name="Cedar Coast Post").first.click()
    expect(page).to_have_url(re.compile("/document/"))


def test_the_differences_can_be_kept(page: Page, demo: Served, tmp_path: Path) -> None:
    opened(page, demo, "/sources")
    with page.expect_download() as download:
        page.get_by_role("group", name="Keep what is shown").get_by_role("button", name="CSV").click()
    download.value.save_as(tmp_path / "CSV")
    assert (tmp_path / "CSV").read_text().startswith("left,right,better,better_state,worse")


def test_each_multiple_is_kept_as_a_picture(page: Page, demo: Served) -> None:
    opened(page, demo, "/sources")
    for kind, head in (("SVG", b"<svg"), ("PNG", b"\x89PNG")):
        with page.expect_download() as kept:
            page.get_by_role("button", name=re.compile(f"^The picture of .* as {kind}$")).first.click()
        assert Path(kept.value.path()).read_bytes().startswith(head)
