"""The reading room in a browser: claims marked in the text, each of them reachable, whatever the letters."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from playwright.sync_api import Page, expect

from sides.web.settings import Settings
from tests.ties.told import row, told
from tests.web.conftest import Served, picture, serving

PHONE = {"width": 390, "height": 844}
WIDE = "👨‍👩‍👧😀 "  # characters that take two places in a browser, and one in Python
HEBREW, ARABIC = "ישראל תקפה את חמאס", "حماس هاجمت \u202eإسرائيل"


def busiest(page: Page, demo: Served) -> dict:
    row_ = page.request.get(f"{demo.url}/api/documents?sort=claims&falling=true&most=1").json()["documents"][0]
    found: dict = page.request.get(f"{demo.url}/api/document?id={row_['id']}").json()
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_claim_is_marked_listed_and_opens_in_the_panel(page, demo, theme):
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    document = busiest(page, demo)
    page.goto(f"{demo.url}/document/{document['id']}")
    expect(page.get_by_role("heading", level=2, name=f"{len(document['claims'])} claims")).to_be_visible()
    marks = page.locator(".text [data-claims]")
    marked = marks.evaluate_all("all => all.flatMap(one => one.dataset.claims.split(' '))")
    assert set(marked) == {one["claim"] for one in document["claims"]}
    assert page.locator(".text").inner_text().split() == document["text"].split(), "the text is the text"
    page.get_by_label("who is named").check()
    assert page.locator(".text .mention").count() > 0
    for claim in document["claims"][:3]:
        page.keyboard.press("j")
        expect(page).to_have_url(re.compile(rf"open=claim:{claim['claim']}"))
        expect(page.locator("#panel").get_by_text(claim["quote"], exact=True)).to_be_visible()
        chosen = page.locator(f".text [data-claims~='{claim['claim']}']")
        assert "".join(chosen.all_inner_texts()) == claim["quote"]
    page.keyboard.press("k")
    expect(page).to_have_url(re.compile(rf"open=claim:{document['claims'][1]['claim']}"))
    picture(page, f"reading-room-{theme}")
    page.set_viewport_size(PHONE)
    picture(page, f"reading-room-{theme}-phone")


def test_claims_that_overlap_are_all_reached_by_pressing_again(page, demo):
    document = busiest(page, demo)
    page.goto(f"{demo.url}/document/{document['id']}")
    marks = page.locator(".text [data-claims]")
    expect(marks.first).to_be_visible()
    for place in range(marks.count()):
        mark = marks.nth(place)
        claims = mark.get_attribute("data-claims").split()
        seen = Counter()
        for _ in claims:
            mark.click()
            seen[re.search(r"open=claim:(\w+)", page.url)[1]] += 1
        assert seen == Counter(claims)
    starts = page.locator(".text [data-claims][tabindex='0']")
    starts.first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel article").first).to_be_visible()


def test_a_link_leads_to_the_claim_in_the_text(page, demo):
    claim = page.request.get(f"{demo.url}/api/tie?left=hamas&right=syria").json()["evidence"][-1]
    page.goto(f"{demo.url}/network?open=claim:{claim['claim']}")
    page.get_by_role("link", name="Open in text").click()
    expect(page.locator(f".text [data-claims~='{claim['claim']}']").first).to_be_in_viewport()
    page.go_back()
    expect(page).to_have_url(re.compile("/network"))
    page.goto(f"{demo.url}/document/{claim['document_id']}?open=claim:{claim['claim']}")
    expect(page.locator(f".text .now[data-claims~='{claim['claim']}']").first).to_be_in_viewport()


def test_any_letters_are_marked_where_they_stand(page, tmp_path):
    quotes = [f"{WIDE}Hamas praised Syria {WIDE}", HEBREW, ARABIC, "<img src=x onerror=alert(1)> Iran"]
    sides_ = [("hamas", "SUPPORT", "syria"), ("israel", "ASSAULT", "hamas"), ("hamas", "ASSAULT", "israel"),
              ("iran", "AID", "syria")]
    ledger = told(tmp_path, ("Gazette", "2020-01-10", [row(*one, quote=quote) for one, quote in
                                                       zip(sides_, quotes, strict=True)]))
    with serving(Settings(ledger=ledger.path)) as served:
        document = page.request.get(f"{served.url}/api/documents").json()["documents"][0]["id"]
        page.goto(f"{served.url}/document/{document}")
        expect(page.locator(".text [data-claims]")).to_have_count(4)
        assert [one.strip() for one in page.locator(".text [data-claims]").all_text_contents()] == [
            one.strip() for one in quotes]
        assert page.locator(".text img").count() == 0
        picture(page, "reading-room-letters")


def test_a_text_of_a_million_characters_stays_usable(page, tmp_path):
    filler = " ".join(f"{number} 𐤀𐤁𐤂𐤃𐤄𐤅𐤆𐤇𐤈𐤉𐤊𐤋" for number in range(51_000))  # the longest that is read, or nearly
    assert 950_000 < len(filler) < 990_000
    assert len(filler.encode()) > 2_500_000
    ledger = told(tmp_path, ("Gazette", "2020-01-10", [row("hamas", "SUPPORT", "syria")]), texts={
        "Gazette": "\n".join(filler[at:at + 900] for at in range(0, len(filler), 900))})
    with serving(Settings(ledger=ledger.path)) as served:
        document = page.request.get(f"{served.url}/api/documents").json()["documents"][0]["id"]
        page.goto(f"{served.url}/document/{document}")
        expect(page.locator(".text [data-claims]")).to_have_count(1)
        took = page.evaluate("""async () => { const main = document.querySelector('main'), begin = performance.now();
            for (let step = 1; step <= 10; step += 1) {
                main.scrollTo(0, main.scrollHeight * step / 10);
                await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
            }
            return performance.now() - begin }""")
        assert took < 5_000, "ten jumps through the text"


def test_documents_are_found_and_sorted(page, demo):
    page.goto(f"{demo.url}/documents")
    expect(page.locator("tbody tr")).to_have_count(22)
    page.get_by_role("button", name="Claims").click()
    counts = [int(one) for one in page.locator("td.claims").all_inner_texts()]
    expect(page.locator("th[aria-sort=descending]")).to_have_text(re.compile("Claims"))
    assert sorted(int(one) for one in page.locator("td.claims").all_inner_texts()) == sorted(counts)
    page.get_by_label("Holding the words").fill("nothing holds this")
    expect(page.get_by_text("No document holds")).to_be_visible()
    page.get_by_role("button", name="All documents").click()
    page.get_by_label("Outlet").select_option("Harbour Wire")
    expect(page).to_have_url(re.compile("outlet=Harbour"))
    page.locator("tbody a").first.click()
    expect(page.locator(".text [data-claims]").first).to_be_visible()
