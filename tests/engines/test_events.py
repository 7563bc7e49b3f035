"""Tables of events in a ledger: their claims, their evidence, what replaces what, and what a killed run leaves."""

from __future__ import annotations

import gzip
import io
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sides
from sides.engines import events
from sides.engines.events import EventReport
from sides.export.claims import write_jsonl
from sides.ledger.rows import reading_id, sighting_digest, sighting_id
from sides.model.errors import MappingError
from sides.model.reading import Reading

SHARED = Path(__file__).parents[3] / "shared" / "data" / "events"
MAPPING = """
[dataset]
name = "border-watch"
outlet = "Border Watch"
edition_in_name = '([0-9]+)'
{more}
[event]
id = ["nr"]
start = {{ column = "day" }}
end = {{ column = "until", optional = true }}
published = {{ column = "told", optional = true }}
url = "link"

[[claim]]
source = {{ name = "who" }}
target = {{ name = "whom" }}
type = {{ column = "what", values = {{ shelling = "ASSAULT", talks = "CONSULT", pact = "ALLIANCE" }} }}
"""
HEAD = "nr,day,until,told,who,whom,what,link\n"
ROWS = ["1,2011-03-01,,,Syria,Israel,shelling,http://a.example/1", "2,2011-03-01,,,Israel,Syria,talks,",
        '3,2011-04-05,,2011-04-09,Syria,"Front, Popular",pact,', "4,2011-04-06,,,Syria,Syria,talks,",
        "5,soon,,,A,B,talks,"]


class Desk:
    """A folder with tables of events, and a mapping for them."""

    def __init__(self, folder: Path, more: str = "") -> None:
        self.folder = folder
        self.mapping = folder / "mapping.toml"
        self.mapping.write_text(MAPPING.format(more=more), encoding="utf-8")

    def table(self, name: str, rows: list[str]) -> Path:
        path = self.folder / name
        path.write_text(HEAD + "".join(row + "\n" for row in rows), encoding="utf-8")
        return path

    def read(self, *paths: Path, ledger: str = "a.sides", edition: str | None = None,
             ) -> tuple[sides.Ledger, EventReport]:
        found = sides.open(self.folder / ledger)
        return found, found.read_events(*paths, mapping=self.mapping, edition=edition)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def exported(ledger: sides.Ledger) -> str:
    lines = io.StringIO()
    write_jsonl(ledger.records(), lines)
    return lines.getvalue()


def test_a_record_is_quoted_and_stands_in_a_document_character_for_character(desk: Desk) -> None:
    ledger, report = desk.read(desk.table("one.csv", ROWS))
    (account,) = report.accounts
    assert (account.records, account.read, account.left_out) == (5, 3, {"date": 1, "same": 1})
    told = {claim.quote: claim for claim in ledger.claims()}
    assert set(told) == {"1\t2011-03-01\t\t\tSyria\tIsrael\tshelling\thttp://a.example/1",
                         "2\t2011-03-01\t\t\tIsrael\tSyria\ttalks\t",
                         "3\t2011-04-05\t\t2011-04-09\tSyria\tFront, Popular\tpact\t"}
    texts = {document.id: document for document in ledger.documents()}
    for claim in told.values():
        document = texts[claim.document]
        assert document.text[claim.begin_char:claim.end_char] == claim.quote
        assert document.text.startswith(HEAD.strip().replace(",", "\t") + "\n")
        assert (document.format, document.outlet) == ("events", "Border Watch")
    rows = ledger._view().snapshot.sql("SELECT event, url, file, record FROM events ORDER BY record").fetchall()
    assert rows == [("1", "http://a.example/1", "one.csv", 1), ("2", None, "one.csv", 2), ("3", None, "one.csv", 3)]


def test_ids_are_those_that_any_document_and_reading_would_have(desk: Desk) -> None:
    ledger, _ = desk.read(desk.table("one.csv", ROWS))
    snapshot = ledger._view().snapshot
    rows = {row[0]: row[1:] for row in snapshot.ask(lambda connection: connection.execute(
        "SELECT sightings.id, sighting, digest, reading, reader, reader_version FROM sightings "
        "JOIN shown_readings ON document = sightings.id").fetchall())}
    for document in ledger.documents():
        (copy,) = document.sightings
        sighting, digest, reading, reader, version = rows[document.id]
        assert (sighting, digest) == (sighting_id(copy), sighting_digest(copy))
        assert reading == reading_id(Reading(document=copy, reader=reader, reader_version=version, mentions=(),
                                             actors=(), claims=()))
    kept = {identifier for identifier, in snapshot.sql("SELECT id FROM claims").fetchall()}
    assert kept == {claim.id for claim in ledger.claims()} and len(kept) == 3


def test_an_event_is_known_when_it_was_told_else_on_the_last_day_that_it_tells_of(desk: Desk) -> None:
    ledger, _ = desk.read(desk.table("one.csv", ROWS))
    published = {document.text.split("\n")[1].split("\t")[0]: (str(document.published), document.published_is)
                 for document in ledger.documents()}
    assert published == {"1": ("2011-03-01", "estimated: the last day that its records tell of"),
                         "3": ("2011-04-09", "stated")}
    assert len(ledger.claims(known=date(2011, 4, 8))) == 2


def test_a_tie_without_an_end_holds_until_the_day_for_which_the_dataset_vouches(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "until = 2012-12-31")
    ledger, _ = desk.read(desk.table("one.csv", ["1,1990-05-01,,,Syria,Iran,pact,",
                                                 "2,1990-05-01,1991-02-03,,Syria,Iraq,pact,"]))
    assert [(str(one.published), one.text.split("\n")[1][0]) for one in ledger.documents()] == [
        ("1991-02-03", "2"), ("2012-12-31", "1")]
    tie = ledger.tie("Syria", "Iran", at="2010")
    assert tie.state in ("allied", "friendly")


def test_reading_twice_changes_nothing_nor_does_the_order_or_the_name_of_the_folder(desk: Desk, tmp_path: Path) -> None:
    one, two = desk.table("a.csv", ROWS[:2]), desk.table("b.csv", ROWS[2:])
    ledger, _ = desk.read(one, two)
    before, version = exported(ledger), ledger.version
    again, report = desk.read(two, one)
    assert (again.version, report.accounts, len(report.already)) == (version, [], 2)
    (tmp_path / "else").mkdir()
    other, _ = desk.read(two.rename(tmp_path / "else" / "b.csv"), ledger="other.sides")
    desk.read(one, ledger="other.sides")
    assert exported(sides.open(other.path)) == before


def test_the_same_file_under_two_names_is_read_once(desk: Desk) -> None:
    ledger, _ = desk.read(desk.table("a.csv", ROWS), desk.table("b.csv", ROWS))
    assert len(ledger.claims()) == 3
    assert {len(document.sightings) for document in ledger.documents()} == {2}


def test_what_a_record_tells_twice_is_one_claim(desk: Desk) -> None:
    claim = desk.mapping.read_text(encoding="utf-8").partition("[[claim]]")[2]
    desk.mapping.write_text(desk.mapping.read_text(encoding="utf-8") + "\n[[claim]]" + claim, encoding="utf-8")
    ledger, report = desk.read(desk.table("a.csv", ROWS))
    assert report.claims == len(ledger.claims()) == 3


def test_of_records_with_one_id_the_one_read_last_counts(desk: Desk) -> None:
    desk.read(desk.table("a.csv", ROWS))
    ledger, _ = desk.read(desk.table("new.csv", ["1,2011-03-02,,,Syria,Israel,talks,"]))
    told = [claim for claim in ledger.claims() if claim.source == "syria" and claim.target == "israel"]
    assert [(claim.type, str(claim.start)) for claim in told] == [("CONSULT", "2011-03-02")]
    assert len(ledger.claims()) == 3
    assert len(sides.open(ledger.path, version=1).claims()) == 3  # and as it was


def test_of_records_with_one_id_the_newest_edition_counts_whenever_it_was_read(desk: Desk) -> None:
    new, old = desk.table("watch_10.csv", ["1,2011-03-02,,,Syria,Israel,talks,"]), desk.table("watch_9.csv", ROWS[:1])
    desk.read(new)
    ledger, _ = desk.read(old)
    (claim,) = ledger.claims()
    assert claim.type == "CONSULT"


def test_what_a_newer_whole_edition_lacks_was_withdrawn(tmp_path: Path) -> None:
    desk = Desk(tmp_path, "is_whole = true")
    desk.read(desk.table("watch_9.csv", ROWS))
    ledger, _ = desk.read(desk.table("watch_10.csv", ROWS[:1]))
    (claim,) = ledger.claims()
    assert claim.quote.startswith("1\t")
    assert exported(ledger) == exported(desk.read(desk.folder / "watch_10.csv", desk.folder / "watch_9.csv",
                                                  ledger="b.sides")[0])


def test_a_file_that_breaks_off_costs_what_follows_alone(desk: Desk) -> None:
    whole = gzip.compress((HEAD + "\n".join(ROWS)).encode())
    (desk.folder / "cut.csv.gz").write_bytes(whole[:-20])
    ledger, report = desk.read(desk.folder / "cut.csv.gz", desk.table("a.csv", ROWS[:1]), desk.folder / "nowhere.csv")
    assert [Path(one.file).name for one in report.accounts] == ["a.csv"]
    assert sorted(Path(error.name).name for error in report.errors) == ["cut.csv.gz", "nowhere.csv"]
    assert len(ledger.claims()) == 1


def test_a_dataset_that_there_is_not_makes_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="No dataset is called 'gdlet'"):
        sides.open(tmp_path / "a.sides").read_events(tmp_path / "a.csv", dataset="gdlet")
    with pytest.raises(ValueError, match="no size of memory"):
        sides.open(tmp_path / "a.sides").read_events(tmp_path / "a.csv", memory="much")
    assert not (tmp_path / "a.sides").exists()


def test_reread_passes_over_tables(desk: Desk) -> None:
    ledger, _ = desk.read(desk.table("one.csv", ROWS))
    before = exported(ledger)
    assert ledger.reread().read == []
    assert exported(ledger) == before


def test_a_correction_of_an_event_survives_compaction(desk: Desk) -> None:
    ledger, _ = desk.read(desk.table("one.csv", ROWS))
    wrong = next(claim for claim in ledger.claims() if claim.type == "ASSAULT")
    ledger.correct(wrong.id, action="reject", who="J. Doe", why="it was thunder", when=datetime(2024, 5, 1, tzinfo=UTC))
    desk.read(desk.table("two.csv", ["9,2012-01-01,,,Iran,Iraq,talks,"]))
    ledger.compact(now=datetime.now(UTC) + timedelta(days=8))
    assert len(sides.open(ledger.path).claims()) == 3


RECORD = st.tuples(st.integers(1, 6), st.sampled_from(["2011-03-01", "2011-03-02", "never", ""]),
                   st.sampled_from(["Syria", "Israel", "Ærø Front", '"a ""b"" c"', ""]),
                   st.sampled_from(["Syria", "Iran", "Unknown"]), st.sampled_from(["talks", "shelling", "chess"]))


@settings(max_examples=8, deadline=None)
@given(st.lists(st.lists(RECORD, max_size=6), min_size=1, max_size=3))
def test_no_record_is_lost_or_told_twice_however_files_are_cut(tmp_path_factory: pytest.TempPathFactory,
                                                               files: list[list[tuple[int, str, str, str, str]]],
                                                               ) -> None:
    desk = Desk(tmp_path_factory.mktemp("desk"))
    lines = [[f"{nr},{day},,,{who},{whom},{what}," for nr, day, who, whom, what in rows] for rows in files]
    paths = [desk.table(f"{'abc'[place]}.csv", rows) for place, rows in enumerate(lines)]
    together, report = desk.read(*paths)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(events, "PORTION_BYTES", 1)
        apart, _ = desk.read(*paths, ledger="apart.sides")
    assert exported(together) == exported(apart)
    told = {Path(one.file).name: one for one in report.accounts}
    for path, rows in zip(paths, lines, strict=True):
        if rows:
            assert told[path.name].records == len(rows)
            assert told[path.name].read + sum(told[path.name].left_out.values()) == len(rows)
        else:
            assert path.name in {Path(error.name).name for error in report.errors}
    ids = together._view().snapshot.sql("SELECT event FROM events").fetchall() if report.claims else []
    assert len(ids) == len(set(ids))  # each id once


KILLED = """
import sys, time
from pathlib import Path
import sides
from sides.engines import events
from sides.ledger.store import Store
events.PORTION_BYTES = 2000
taken = Store.take
def slowly(self, portion, kind):
    version = taken(self, portion, kind)
    print(version, flush=True)
    time.sleep(0.3)
    return version
Store.take = slowly
sides.open(sys.argv[1]).read_events(*sys.argv[3:], mapping=sys.argv[2])
"""


def test_a_killed_run_goes_on_after_its_last_commit(desk: Desk) -> None:
    rows = [f"{number},2011-03-{number % 28 + 1:02d},,,Syria,Israel,{'talks' if number % 3 else 'shelling'},"
            for number in range(900)]
    paths = [desk.table(f"day{place:02d}.csv", rows[place::12]) for place in range(12)]
    whole, _ = desk.read(*paths)
    killed = desk.folder / "killed.sides"
    run = subprocess.Popen([sys.executable, "-c", KILLED, str(killed), str(desk.mapping), *map(str, paths)],
                           stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    for _ in range(3):
        assert run.stdout.readline()
    time.sleep(0.05)
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    begun = sides.open(killed)
    assert 0 < len(begun.claims()) < 900
    _, report = desk.read(*paths, ledger="killed.sides")
    assert report.already
    assert exported(sides.open(killed)) == exported(whole)


@pytest.mark.skipif(not SHARED.exists(), reason="the published samples are not part of the repository")
def test_published_samples_give_ties_with_their_rows_as_evidence(tmp_path: Path) -> None:
    ledger = sides.open(tmp_path / "a.sides")
    report = ledger.read_events(SHARED / "ucdp/ucdp_prio_acd_24.1.csv.gz", SHARED / "cow/alliance_v4.1_by_dyad.csv.gz")
    assert not report.errors
    assert ledger.tie("United States", "United Kingdom", at="2005").state == "allied"
    assert ledger.tie("Israel", "Egypt", at="1973").state == "hostile"


GOLDEN = Path(__file__).parents[1] / "events" / "golden"


def test_a_claim_between_two_records_quotes_both(tmp_path: Path) -> None:
    ledger = sides.open(tmp_path / "a.sides")
    report = ledger.read_events(GOLDEN / "cow-mid.csv", dataset="cow-mid")
    assert report.claims == len(ledger.claims()) > 0
    for one in ledger.evidence(ledger.claims()):
        assert one.document.text[one.claim.begin_char:one.claim.end_char] == one.quote
        fields = dict(one.fields)
        assert fields["dispnum"] == fields["other.dispnum"] and fields["ccode"] != fields["other.ccode"]


def test_mentions_are_kept_beside_the_events_that_they_are_of(tmp_path: Path) -> None:
    ledger = sides.open(tmp_path / "a.sides")
    report = ledger.read_events(GOLDEN / "gdelt-2-mentions.tsv", dataset="gdelt-2-mentions")
    (account,) = report.accounts
    (kept,) = ledger._view().snapshot.sql("SELECT count(*) FROM event_mentions").fetchall()[0]
    assert 0 < kept <= account.read and ledger.claims() == []
    assert ledger.read_events(GOLDEN / "gdelt-2-mentions.tsv", dataset="gdelt-2-mentions").already


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.[ct]sv")), ids=lambda path: path.stem)
def test_every_known_dataset_goes_into_the_ledger_as_it_is_accounted_for(path: Path, tmp_path: Path) -> None:
    ledger = sides.open(tmp_path / "a.sides")
    report = ledger.read_events(path, dataset=path.stem)
    assert not report.errors
    (account,) = report.accounts
    (block,) = ledger._view().snapshot.event_blocks()
    assert (block.records, block.read, dict(block.left_out)) == (account.records, account.read, account.left_out)
    claims = ledger.claims()
    assert len({claim.id for claim in claims}) == len(claims) <= account.claims
    for document in ledger.documents():
        for claim in claims:
            if claim.document == document.id:
                assert document.text[claim.begin_char:claim.end_char] == claim.quote
