"""The frame and the network screen, as somebody uses them: pointer, keyboard and both widths."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.web.conftest import Served, picture

NETWORK = "/network?at=2013-05"


def opened(page: Page, demo: Served, address: str = NETWORK) -> None:
    """Open an address and wait until all that it shows is there."""
    page.goto(demo.url + address)
    expect(page.locator("main h1")).to_be_attached()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)


def asked(page: Page) -> dict[str, str]:
    """What the address holds."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def eventually(page: Page, name: str, value: str | None) -> None:
    """The address comes to hold a value; while a thumb is dragged it is written rarely."""
    page.wait_for_function("([name, value]) => new URL(location.href).searchParams.get(name) === value",
                           arg=[name, value])


def overlaps(one: Locator, other: Locator) -> bool:
    """Whether two elements share a pixel."""
    first, second = one.bounding_box(), other.bounding_box()
    assert first and second
    return (first["x"] < second["x"] + second["width"] and second["x"] < first["x"] + first["width"]
            and first["y"] < second["y"] + second["height"] and second["y"] < first["y"] + first["height"])


def test_a_tie_opens_down_to_sentences_that_stand_in_the_documents(page: Page, demo: Served) -> None:
    opened(page, demo)
    page.keyboard.press("T")
    page.locator("[data-row]").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    panel = page.get_by_role("complementary", name="Evidence")
    expect(panel.locator("mark").first).to_be_visible()
    assert asked(page)["open"].startswith("tie:")
    left, right = asked(page)["open"].removeprefix("tie:").split("~")
    told = page.request.get(f"{demo.url}/api/tie?left={left}&right={right}&at=2013-05").json()
    quotes = {one["quote"] for one in told["evidence"]}
    assert {one.inner_text() for one in panel.locator("mark").all()} <= quotes


def test_a_pointer_finds_a_tie_on_the_map(page: Page, demo: Served) -> None:
    opened(page, demo)
    box = page.locator(".host").bounding_box()
    assert box
    for down in range(20, int(box["height"]), 14):  # along a line through the middle there is some tie
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + down)
        page.wait_for_timeout(30)
        tip = page.locator(".tip")
        if tip.count() and " – " in tip.inner_text():
            break
    expect(tip).to_contain_text(re.compile("hostile|strained|neutral|friendly|allied"))
    page.mouse.down()
    page.mouse.up()
    page.wait_for_function("() => location.search.includes('open=tie:')")
    expect(page.get_by_role("complementary", name="Evidence").locator("article").first).to_be_visible()


def test_time_steps_by_changes_and_says_what_changed(page: Page, demo: Served) -> None:
    opened(page, demo)
    shown = page.locator(".now")
    expect(shown).to_have_text("May 2013")
    page.keyboard.press("]")
    expect(shown).not_to_have_text("May 2013")
    expect(page.locator("body > [role=status]")).to_contain_text(re.compile(r"\w{3} \d{4}: \d+ ties? changed"))
    page.keyboard.press("[")
    expect(shown).to_have_text("May 2013")
    page.keyboard.press("}")
    expect(shown).to_have_text("May 2014")


def test_playing_goes_on_to_the_last_change_and_stops(page: Page, demo: Served) -> None:
    opened(page, demo, "/network?at=2023-03")
    page.keyboard.press("p")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    expect(page.get_by_role("button", name="Play through the changes")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("button", name="On to the next change")).to_be_disabled()


def test_thumbs_move_by_keys_and_shift_moves_what_was_known(page: Page, demo: Served) -> None:
    opened(page, demo)
    at = page.get_by_role("slider", name=re.compile("^At"))
    at.press("ArrowRight")
    eventually(page, "at", "2013-06")
    at.press("PageDown")
    eventually(page, "at", "2012-06")
    page.get_by_role("slider", name="The window begins").press("PageUp")
    assert "since" in asked(page)
    at.press("Shift+PageDown")
    page.wait_for_function("() => location.search.includes('known=')")
    expect(page.get_by_label("known", exact=False).first).not_to_have_value("")


def test_the_thumb_is_dragged_through_time(page: Page, demo: Served) -> None:
    opened(page, demo)
    box = page.get_by_role("slider", name=re.compile("^At")).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + 10
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 120, y, steps=12)
    page.mouse.up()
    page.wait_for_function("() => new URL(location.href).searchParams.get('at') > '2014'")


def test_a_clock_takes_partial_dates_and_nothing_else(page: Page, demo: Served) -> None:
    opened(page, demo)
    at = page.locator("[data-clock=at]")
    at.fill("2014-13")
    at.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("Write 2021, 2021-06 or 2021-06-15.")
    assert asked(page)["at"] == "2013-05"
    at.fill("2014")
    at.press("Enter")
    eventually(page, "at", "2014")
    page.get_by_role("button", name=re.compile("At 2014: back")).click()
    eventually(page, "at", None)


def test_a_permalink_holds_the_whole_view(page: Page, demo: Served) -> None:
    address = ("/network?at=2016-03&known=2022-12&lens=outlet=Harbour+Wire,outlet=Barada+Mirror&v=1&since=2012"
               "&until=2017&open=tie:hamas~syria&ego=hamas&hide=neutral&look=matrix")
    opened(page, demo, address)
    told = page.locator("main").inner_text(), page.locator("aside").inner_text(), page.locator("header").inner_text()
    page.reload()
    opened(page, demo, page.url.removeprefix(demo.url))
    assert (page.locator("main").inner_text(), page.locator("aside").inner_text(),
            page.locator("header").inner_text()) == told
    assert asked(page) == {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    expect(page.locator("[data-clock=known]")).to_have_value("2022-12")


def test_a_lens_narrows_who_is_heard_and_an_empty_answer_says_so(page: Page, demo: Served) -> None:
    opened(page, demo, "/network?open=tie:hamas~syria")
    page.keyboard.press("l")
    page.get_by_role("checkbox", name=re.compile("Free Homs Bulletin")).check()
    eventually(page, "lens", "outlet=Free Homs Bulletin")
    panel = page.get_by_role("complementary", name="Evidence")
    expect(panel).to_contain_text("Nobody in this lens says anything about Hamas and Syria")
    panel.get_by_role("button", name="Ask everybody").click()
    eventually(page, "lens", None)
    expect(panel.locator("mark").first).to_be_visible()


def test_before_anything_is_told_the_map_says_so_and_offers_the_first(page: Page, demo: Served) -> None:
    opened(page, demo, "/network?at=1990")
    main = page.get_by_role("main")
    expect(main).to_contain_text("No tie is told of by then.")
    main.get_by_role("button", name=re.compile("^First told of")).click()
    expect(main.get_by_role("button", name=re.compile(r"^[1-9]\d* ties?,"))).to_be_visible()


def test_search_is_used_by_keys_alone(page: Page, demo: Served) -> None:
    opened(page, demo)
    page.keyboard.press("/")
    page.keyboard.type("damas")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    expect(chosen).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_function("() => location.search.includes('open=') || location.pathname.startsWith('/document/')")
    page.keyboard.press("/")
    page.keyboard.type("zzzz-nothing")
    expect(page.get_by_role("search")).to_contain_text("No actor, quote or document holds these words.")


def test_evidence_is_walked_by_keys_and_the_other_side_is_one_key_away(page: Page, demo: Served) -> None:
    opened(page, demo, "/network?at=2015&open=tie:hamas~syria")
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.dataset.claim")
    page.keyboard.press("j")
    second = page.evaluate("document.activeElement.dataset.claim")
    assert first and second and first != second
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.dataset.claim") == first
    page.keyboard.press("o")
    expect(page.get_by_role("button", name=re.compile("^Otherwise"))).to_have_attribute("aria-pressed", "true")


def test_an_ego_view_keeps_the_ties_of_one_actor(page: Page, demo: Served) -> None:
    opened(page, demo, "/network?open=actor:hamas")
    everybody = page.locator(".count").inner_text()
    page.keyboard.press("e")
    eventually(page, "ego", "hamas")
    expect(page.locator(".count")).not_to_have_text(everybody)
    page.keyboard.press("T")
    names = page.locator("tr[aria-level='1'] bdi").all_inner_texts()
    network = page.request.get(f"{demo.url}/api/network").json()
    ties, ids, called = network["ties"], network["actors"]["id"], network["actors"]["name"]
    hamas = ids.index("hamas")
    near = {called[one if other == hamas else other]
            for one, other in zip(ties["left"], ties["right"], strict=True) if hamas in (one, other)}
    assert "Hamas" in names and set(names) - {"Hamas"} <= near


def test_the_legend_hides_what_it_stands_for(page: Page, demo: Served) -> None:
    opened(page, demo, "/network?look=list")
    ties = page.locator(".count button").first
    before = ties.inner_text()
    page.get_by_role("button", name="friendly", exact=True).click()
    expect(ties).not_to_have_text(before)
    page.get_by_role("button", name="Show all").click()
    expect(ties).to_have_text(before)


def test_what_is_shown_is_kept_as_files(page: Page, demo: Served, tmp_path: Path) -> None:
    opened(page, demo)
    files = page.get_by_role("group", name="Keep what is shown")
    kept: Callable[[str], Path] = lambda name: tmp_path / name  # noqa: E731
    for name in ("CSV", "SVG", "PNG"):
        with page.expect_download() as download:
            files.get_by_role("button", name=name).click()
        download.value.save_as(kept(name))
    with kept("CSV").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert str(len(rows)) == re.search(r"\d+", page.locator(".count button").first.inner_text())[0]  # type: ignore[index]
    assert {row["state"] for row in rows} <= {"hostile", "strained", "neutral", "friendly", "allied", ""}
    assert kept("SVG").read_text(encoding="utf-8").startswith("<svg") and "Hamas" in kept("SVG").read_text()
    assert kept("PNG").read_bytes().startswith(b"\x89PNG")
    answer = page.request.get(demo.url + str(files.get_by_role("link", name=".json").get_attribute("href")))
    assert answer.json()["actors"]["id"]


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
@pytest.mark.parametrize("key", ["l", "?", "Control+k"])
def test_nothing_lies_over_the_evidence(page: Page, demo: Served, size: tuple[int, int], key: str) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    opened(page, demo, "/network?open=tie:hamas~syria")
    page.keyboard.press(key)
    over, panel = page.get_by_role("dialog"), page.get_by_role("complementary", name="Evidence")
    expect(over).to_be_visible()
    assert not overlaps(over, panel)
    panel.get_by_role("button", name=re.compile("^Otherwise")).click()  # it can be used meanwhile
    picture(page, f"over-{key.replace('?', 'help')}-{size[0]}")
    page.get_by_role("button", name="Close", exact=True).click()
    expect(over).to_have_count(0)


def test_on_a_phone_the_sheet_leaves_the_map_in_sight(page: Page, demo: Served) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, demo, "/network?open=tie:hamas~syria")
    drawing, panel = page.locator(".host").bounding_box(), page.locator("aside").bounding_box()
    assert drawing and panel
    assert drawing["height"] >= 120 and panel["height"] <= 0.45 * 844
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_theme_is_switched_and_remembered(page: Page, demo: Served) -> None:
    opened(page, demo)
    html = page.locator("html")
    first = html.get_attribute("data-theme")
    page.keyboard.press("t")
    expect(html).not_to_have_attribute("data-theme", str(first))
    second = html.get_attribute("data-theme")
    page.reload()
    expect(html).to_have_attribute("data-theme", str(second))


def test_an_earlier_version_is_shown_as_it_was_with_the_way_to_what_it_is(page: Page, own_demo: Served) -> None:
    import sides

    opened(page, own_demo, "/network?v=1")
    before = page.locator(".count").inner_text()
    note = own_demo.ledger.parent / "note.txt"
    note.write_text("Published 2023-10-01\n\nIran attacked Turkey on Sunday, officials in Ankara said.\n")
    sides.open(own_demo.ledger).read(note)
    page.reload()
    notice = page.locator(".notice")
    expect(notice).to_contain_text("The ledger has moved on")
    expect(page.locator(".count")).to_have_text(before)
    notice.get_by_role("button", name="Show it as it is").click()
    expect(notice).to_have_count(0)
    assert "v" not in asked(page)
    page.goto("about:blank")  # it asks no more of a server that is about to end
