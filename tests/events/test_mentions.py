"""Mentions are reports of events, and no events: one event through many counts once. The records are made up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sides.cli import main
from sides.events.gathering import gathering
from sides.events.mapping import parse_mapping, shipped
from sides.model.errors import MappingError

SAMPLE = Path(__file__).parents[3] / "shared" / "data" / "events" / "gdelt" / "mentions_20170701_with_header.csv.gz"


def line(dataset: str, **given: str) -> str:
    """A made-up record, with nothing but what is given."""
    return "\t".join(given.get(name, "") for name in shipped()[dataset].table.columns)


def event(number: int, target: str, code: str = "190") -> str:
    return line("gdelt-2", GLOBALEVENTID=str(number), SQLDATE="20191024", DATEADDED="20191024143000", Actor1Code="ISR",
                Actor2Code=target, EventCode=code)


def mention(number: int | str, source: str, address: str = "https://a.example/1", at: str = "20191024143000") -> str:
    return line("gdelt-2-mentions", GLOBALEVENTID=str(number), EventTimeDate=at, MentionTimeDate="20191024144500",
                MentionSourceName=source, MentionIdentifier=address, Confidence="60")


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    events, mentions = tmp_path / "20191024143000.export.CSV", tmp_path / "20191024144500.mentions.CSV"
    events.write_text("\n".join([event(1, "SYR"), event(2, "SYR", "193"), event(3, "GOV"), event(4, "IRN"), ""]))
    mentions.write_text("\n".join([
        mention(1, "a.example"), mention(1, "b.example"), mention(2, "b.example"), mention(1, "a.example"),
        mention(3, "c.example"), mention(9, "c.example"), mention("", "c.example"), mention(1, "d.example", at="now"),
        "cut off", ""]))
    return [events, mentions]


def test_mentions_are_accounted_for_and_make_no_event_more(files):
    panels = []
    for some in (files[:1], files, files[::-1]):
        with gathering() as found:
            told = {one.file: one.account for one in found.read(some)}
            columns = found.panel("day").columns
            panels.append([dict(zip(columns, row, strict=True)) for row in found.panel("day").fetchall()])
            if len(some) == 2:
                account = told[str(files[1])]
                assert account is not None
                assert (account.records, account.read, account.claims) == (9, 6, 0)
                assert account.left_out == {"columns": 1, "date": 1, "id": 1}
                assert found.repeated() == {str(files[1]): 1}
                assert found.without_event() == {str(files[1]): 2}  # one was left out, one is in no file
                (kept,) = found.connection.execute("SELECT id, day, published, publisher, url, confidence "
                                                   "FROM mentioned WHERE record = 2").fetchall()
                assert [str(one) for one in kept] == ["1", "2019-10-24", "2019-10-24", "b.example",
                                                      "https://a.example/1", "60.0"]
    assert [row.pop("publishers") for row in panels[0]] == [0, 0]
    assert [[row.pop("publishers") for row in panel] for panel in panels[1:]] == [[0, 2], [0, 2]]
    assert panels[0] == panels[1] == panels[2]
    assert [(row["target"], row["events"]) for row in panels[0]] == [("iran", 1), ("syria", 2)]


def test_the_publisher_of_an_event_and_that_of_a_mention_count_as_one_where_they_are(tmp_path):
    own, path = parse_mapping("""
        [dataset]
        name = "own"
        [event]
        id = ["nr"]
        start = { column = "day" }
        publisher = "paper"
        [[claim]]
        source = { name = "who" }
        target = { name = "whom" }
        type = "ASSAULT"
        """, "own"), tmp_path / "own.csv"
    told_by = parse_mapping("""
        [dataset]
        name = "own"
        [event]
        id = ["event"]
        start = { column = "day" }
        publisher = "outlet"
        [mention]
        """, "told")
    path.write_text("nr,day,paper,who,whom\n1,2019-10-24,A,Israel,Syria\n2,2019-10-24,B,Israel,Syria\n"
                    "3,2019-10-24,,Israel,Syria\n")
    (tmp_path / "told.csv").write_text("event,day,outlet\n1,2019-10-25,B\n1,2019-10-25,C\n3,2019-10-25,\n")
    with gathering(mappings={"own": own, "told": told_by}) as found:
        list(found.read([path, tmp_path / "told.csv"]))
        ((publishers, events),) = [
            (row[12], row[6]) for row in found.panel("day").fetchall()]
    assert (publishers, events) == (3, 3)


def test_the_command_tells_of_mentions_without_an_event(files, capsys):
    assert main(["events", "check", *map(str, files)]) == 1
    assert "mentions.CSV: 2 mentions of events that were not read." in " ".join(capsys.readouterr().out.split())
    assert main(["events", "check", "--json", str(files[1])]) == 1
    assert json.loads(capsys.readouterr().out)["files"][0]["without_event"] == 6


def test_a_mapping_tells_of_claims_or_of_mentions():
    head = '[dataset]\nname = "x"\n[event]\nid = ["n"]\nstart = { column = "d" }\n'
    with pytest.raises(MappingError, match=r"claims, with .*or else is a"):
        parse_mapping(head, "own.toml")
    with pytest.raises(MappingError, match=r"claims, with .*or else is a"):
        parse_mapping(head + '[mention]\n[[claim]]\nsource = { name = "a" }\ntarget = { name = "b" }\n'
                      'type = "ASSAULT"\n', "own.toml")


@pytest.mark.skipif(not SAMPLE.exists(), reason="the published samples are not part of the repository")
def test_the_sample_of_mentions_reads_whole():
    with gathering() as found:
        (told,) = found.read([SAMPLE])
    assert told.account is not None
    assert (told.account.records, told.account.read, told.account.claims) == (1635, 1635, 0)
