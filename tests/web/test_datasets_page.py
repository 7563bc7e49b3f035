"""Tables of events in the browser: records field by field, what was left out, gaps in coverage."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import sides
from sides.web.settings import Settings
from tests.web.asking import Client
from tests.web.conftest import Served, picture, serving

GOLDEN = Path(__file__).parents[1] / "events" / "golden"
# Two events each day of half a year but for three weeks in June.
DAYS = [date(2012, 3, 1) + timedelta(number) for number in range(180) if not 100 <= number < 121]


@pytest.fixture(scope="module")
def events(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("events")
    rows = [f"{day},{source},{target},{code}\n" for day in DAYS
            for source, target, code in (("SYR", "TUR", "190"), ("IRN", "SYR", "070"))]
    (folder / "gdelt.keds.cameo.csv").write_text("date,source,target,code\n" + "".join(rows), encoding="utf-8")
    ledger = sides.open(folder / "events.sides")
    report = ledger.read_events(folder / "gdelt.keds.cameo.csv", GOLDEN / "ucdp-ged.csv")
    assert len(report.accounts) == 2, report.errors
    return ledger.path


@pytest.fixture(scope="module")
def served(events: Path) -> Iterator[Served]:
    with serving(Settings(ledger=events)) as found:
        yield found


def test_accounts_and_gaps_are_those_of_the_ledger(events: Path) -> None:
    told = Client(events).get("/api/datasets")
    keds, ged = told["datasets"]
    assert (keds["dataset"], keds["records"], keds["read"], keds["gaps"]) == ("keds", 318, 318, [
        {"dataset": "keds", "first": "2012-06-09", "last": "2012-06-29", "days": 21, "expected": 42.0}])
    assert ged["records"] == ged["read"] + sum(ged["left_out"].values())
    assert set(ged["left_out"]) <= set(told["reasons"])
    assert [one.dataset for one in sides.open(events).event_datasets()] == ["keds", "ucdp-ged"]


def test_the_sources_screen_lists_datasets_with_what_was_left_out_and_their_gaps(page: Page, served: Served) -> None:
    page.goto(served.url + "/sources")
    table = page.get_by_role("region", name="What was read of each dataset")
    expect(table.get_by_role("row")).to_have_count(3, timeout=30_000)
    expect(table).to_contain_text("9 Jun 2012 to 29 Jun 2012 (21 days, about 42 to be expected)")
    expect(page.locator(".lacking")).to_have_count(1)
    picture(page, "sources-datasets")


def test_a_record_is_shown_with_the_names_of_its_columns(page: Page, served: Served) -> None:
    page.goto(served.url + "/dyad/syria~turkey?open=tie:syria~turkey")
    quote = page.locator("article.quote").first
    expect(quote.locator("dl.fields")).to_contain_text("source", timeout=30_000)
    fields = quote.locator("dl.fields div").all_inner_texts()
    assert [text.split("\n")[0].strip() for text in fields] == ["date", "source", "target", "code"]
    picture(page, "dyad-record")
