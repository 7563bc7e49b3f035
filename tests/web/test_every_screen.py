"""What holds on each screen: it can be read and reached by anybody, at both widths, in both themes."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.web.conftest import Served, picture

SCREENS = {
    "network": "/network",
    "network-at-a-date": "/network?at=2013-06&open=tie:hamas~syria",
    "matrix": "/network?look=matrix",
    "dyad": "/dyad/hamas~syria",
    "actor": "/actor/hamas",
    "sources": "/sources",
    "balance": "/balance",
    "outlook": "/outlook",
    "forecasts": "/forecasts/hamas~syria?event=verbal+conflict&within=180",
    "back-test": "/forecasts?ask=backtest&within=180&origins=4",
    "documents": "/documents",
    "document": "/document/{document}",
    "review": "/review",
    "reads": "/reads",
}
WIDTHS = {"wide": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Elements whose text is cut off: wider than their box, which shows neither an ellipsis nor a scroll bar.
CUT_OFF = """() => [...document.querySelectorAll('main *, header *, nav *, aside *')].filter(one => {
    const style = getComputedStyle(one);
    return one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1 && style.overflowX === 'hidden'
        && style.textOverflow !== 'ellipsis' && one.checkVisibility({ visibilityProperty: true })
        && [...one.childNodes].some(child => child.nodeType === Node.TEXT_NODE && child.textContent.trim());
}).map(one => one.outerHTML.slice(0, 120))"""


def visited(page: Page, demo: Served, screen: str, theme: str, width: str) -> None:
    """Open a screen as somebody with this theme and width sees it."""
    page.set_viewport_size(WIDTHS[width])  # type: ignore[arg-type]
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
    address = SCREENS[screen]
    if "{document}" in address:
        found = page.request.get(f"{demo.url}/api/search?q=hamas").json()
        address = address.format(document=found["quotes"][0]["document_id"])
    page.goto(demo.url + address)
    expect(page.locator("main h1").first).to_be_attached()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", list(WIDTHS))
@pytest.mark.parametrize("screen", list(SCREENS))
def test_a_screen_keeps_to_the_standard_of_accessibility_and_cuts_no_text(
        page: Page, demo: Served, screen: str, width: str, theme: str) -> None:
    visited(page, demo, screen, theme, width)
    picture(page, f"{screen}-{width}-{theme}")
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width]["width"], "it scrolls sideways"
    assert page.evaluate(CUT_OFF) == []
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": STANDARDS}}).response["violations"]
    assert [(one["id"], [node["html"][:150] for node in one["nodes"]]) for one in found] == []


def test_no_page_has_two_elements_of_one_id_or_a_heading_without_words(page: Page, demo: Served) -> None:
    for screen in SCREENS:
        visited(page, demo, screen, "light", "wide")
        twice = page.evaluate("""() => { const ids = [...document.querySelectorAll('[id]')].map(one => one.id);
            return ids.filter((id, place) => ids.indexOf(id) !== place) }""")
        assert twice == [], screen
        assert all(re.search(r"\w", words) for words in page.locator("h1, h2, h3").all_inner_texts()), screen
