"""Adding documents in a browser: chosen, read with live progress, tried again with a date; the view follows."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.web.conftest import picture

TALKS = b"Hamas attacked Israel. Egypt condemned Hamas."
LONG = 90_000  # milliseconds: a reader takes its time to get ready


def chosen(page: Page, *files: tuple[str, bytes]) -> None:
    page.locator("input[type=file][multiple]").set_input_files(
        [{"name": name, "mimeType": "text/plain", "buffer": content} for name, content in files])


def test_files_and_a_text_are_read_and_the_view_follows(own_demo, page):
    page.goto(f"{own_demo.url}/reads")
    chosen(page, ("2024-03-04 talks.txt", TALKS), ("undated.txt", b"Syria expelled Hamas."))
    page.get_by_label("When undated.txt was published").fill("2012-13")
    expect(page.get_by_text("“2012-13” is no date")).to_be_visible()
    page.get_by_label("When undated.txt was published").fill("")
    page.get_by_text("Paste a text").click()
    page.get_by_label("Title").fill("Ankara and <b>Doha</b>")
    page.get_by_label("Text", exact=True).fill("Turkey praised Qatar.")
    page.get_by_label("Published", exact=True).fill("2024-02")
    picture(page, "reads-chosen")
    page.get_by_role("button", name="Read them").click()
    run = page.locator("[data-run]").first
    expect(run.get_by_role("progressbar")).to_be_visible()
    picture(page, "reads-reading")
    expect(run).to_have_attribute("data-state", "done", timeout=LONG)
    expect(run.get_by_text("2 documents read,")).to_be_visible()
    run.get_by_label("When undated.txt was published").fill("2012-02")
    picture(page, "reads-done")
    page.set_viewport_size({"width": 390, "height": 844})
    picture(page, "reads-done-phone")
    page.set_viewport_size({"width": 1280, "height": 800})
    run.get_by_role("button", name="Try again with this date").click()
    expect(page.locator("[data-state=done]")).to_have_count(2, timeout=LONG)
    page.get_by_role("navigation", name="Screens").get_by_role("link", name="Documents").click()
    expect(page.get_by_text("25 documents")).to_be_visible()
    expect(page.get_by_role("link", name="Ankara and <b>Doha</b>")).to_be_visible()
    page.get_by_label("Holding the words").fill("expelled")
    expect(page.get_by_role("link", name=re.compile("undated|Syria expelled"))).to_be_visible()


def test_a_page_that_holds_a_version_keeps_it_and_says_that_there_is_a_newer_one(own_demo, page):
    page.goto(f"{own_demo.url}/reads?v=1")
    chosen(page, ("2024-03-04 talks.txt", TALKS))
    page.get_by_role("button", name="Read them").click()
    expect(page.locator("[data-state=done]")).to_have_count(1, timeout=LONG)
    expect(page.get_by_text(re.compile("moved on to version 2"))).to_be_visible()
    expect(page).to_have_url(re.compile("v=1"))


def test_a_run_that_the_server_forgot_is_told_of(own_demo, page):
    page.goto(f"{own_demo.url}/reads")
    page.wait_for_load_state("networkidle")  # the page keeps its own runs there too
    page.evaluate("sessionStorage.setItem('sides-runs', JSON.stringify(['0123456789abcdef']))")
    page.reload()
    expect(page.get_by_text("The server was restarted while it read: 1 run ended.")).to_be_visible()
