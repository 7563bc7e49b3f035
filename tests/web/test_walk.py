"""The newcomer's walk of docs/walk.md, click by click: it keeps the pictures that the page shows."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.web.conftest import Served, picture

PAGE = Path(__file__).parents[2] / "docs/walk.md"
MOST_CLICKS = 10


class Walker:
    """Somebody who has the mouse and the keyboard, and whose clicks are counted."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.clicks = 0

    def click(self, what: Locator) -> None:
        """Click what is seen."""
        expect(what).to_be_visible()
        what.click()
        self.clicks += 1

    def keep(self, seen: Locator) -> None:
        """Keep a picture of the page once something stands still in it."""
        expect(seen).to_be_visible()
        self._page.wait_for_load_state("networkidle")
        expect(self._page.locator("[aria-busy=true]")).to_have_count(0)
        picture(self._page, f"walk-{self.clicks}")


def test_who_said_they_would_not_go_back_and_were_they_right(page: Page, demo: Served) -> None:
    walker, main, panel = Walker(page), page.locator("main"), page.locator(".panel")
    page.goto(demo.url)
    expect(main.locator("canvas").first).to_be_visible()

    walker.click(page.get_by_role("combobox", name="Search actors, quotes, documents"))
    page.keyboard.type("return to what they")
    found = page.get_by_role("option")
    expect(found).to_have_count(1)
    expect(found).to_contain_text(["Barada Mirror, 10 Aug 2023"])
    expect(page.get_by_role("group", name="Quotes")).to_have_count(0)
    walker.keep(found)

    walker.click(found)
    expect(page.get_by_role("heading", level=1)).to_have_text("Assad: too early to speak of old times")
    expect(main).to_contain_text("Bashar al-Assad said on Wednesday that some leaders of Hamas had betrayed Syria. "
                                 "Relations with Hamas will not return to what they were, the president said.")
    walker.keep(main.locator(".place"))

    walker.click(main.locator("summary", has_text="1 that lack an actor, and do not count"))
    expect(main.locator("details[open] li")).to_have_text(["somebody not named friendly Hamas: “Relations with Hamas”"])
    walker.keep(main.locator("details[open] li"))

    walker.click(page.get_by_role("link", name="Dyad", exact=True))
    pair = main.get_by_role("link", name=re.compile(r"^Hamas – Syria 53$"))
    walker.keep(pair)

    walker.click(pair)
    river = page.get_by_role("img", name="Probability of each state")
    expect(main).to_contain_text("everybody: strained 60 % in Sep 2023")
    walker.keep(river)
    ahead = main.locator("tr", has_text="two analysts in Beirut")
    expect(ahead).to_contain_text("open, its time is not over")
    expect(main.locator("tr", has_text="western diplomats").first).to_contain_text("open, its time is not over")
    expect(main.locator("tr", has_text="a third")).to_contain_text("open, its time is not over")

    walker.click(main.get_by_role("button", name="“Hamas and Syria remain cool”"))
    expect(panel).to_contain_text("Relations between Hamas and Syria remain cool.")
    expect(panel).to_contain_text("The Meridian Observer")
    walker.keep(panel.get_by_text("4 Sep 2023", exact=True))

    walker.click(page.get_by_role("link", name="Outlook", exact=True))
    chosen = page.get_by_role("button", name="borne out 2", exact=True)
    for words in ("not borne out 1", "open 9", "not judged 4"):
        expect(page.get_by_role("button", name=words, exact=True)).to_be_visible()
    walker.keep(chosen)

    walker.click(chosen)
    rows = main.locator("table.theirs tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("Hamas wanted to restore relations with Syria")
    walker.keep(chosen)

    walker.click(rows.first.locator("summary", has_text="1 later claim"))
    expect(rows.first).to_contain_text("“Hamas and Syria had agreed” Harbour Wire, 19 Oct 2022")
    walker.keep(rows.first.locator("details[open]"))

    assert walker.clicks < MOST_CLICKS
    steps = re.findall(r"^(\d+)\. ", PAGE.read_text(encoding="utf-8"), re.M)
    assert steps == [str(number) for number in range(1, walker.clicks + 1)], "docs/walk.md has a step for every click"
