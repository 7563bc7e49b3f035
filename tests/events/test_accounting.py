"""Every record is read or left out, once; what cannot be read costs itself alone."""

from __future__ import annotations

import gzip
import json
import zipfile
from datetime import date
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sides.actors.registry import Registry
from sides.cli import main
from sides.events.blocks import blocks_of
from sides.events.gathering import gathering
from sides.events.mapping import parse_mapping, shipped
from sides.events.recognize import recognized
from sides.events.sides import Sides, is_nobody
from sides.model.errors import EmptyInput, MalformedInput, MappingError, MissingInput, UnknownFormat

CODES = ("ISR", "PSEREBHMS", "SYRREB", "GOV", "", "IGOUNO", "no such", "QQQ", "isr")
ACTS = ("190", "051", "0211", "999", "", "9", "0310")
DAYS = ("2012-11-05", "2012-13-05", "", "tomorrow", "1979-01-01")
LINE = st.one_of(
    st.tuples(*(st.sampled_from(some) for some in (DAYS, CODES, CODES, ACTS))).map(",".join),
    st.text(alphabet=st.characters(blacklist_characters='\r\n"\x00', blacklist_categories=("Cs",)), min_size=1,
            max_size=30).filter(lambda line: line.strip() != ""))


@cache
def registry() -> Registry:
    return Registry.load()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(LINE, min_size=1, max_size=30), size=st.integers(10, 400))
def test_no_record_is_lost_or_doubled(tmp_path, monkeypatch, lines, size):
    path = tmp_path / "made_cameo.csv"
    path.write_text("date,source,target,code\n" + "\n".join(lines) + "\n", encoding="utf-8")
    monkeypatch.setattr("sides.events.parts.blocks_of", lambda path, table: blocks_of(path, table, size))
    with gathering(registry=registry()) as found:
        (told,) = found.read([path], "keds-cameo")
        assert told.account is not None
        assert told.account.records == told.account.read + sum(told.account.left_out.values())
        places = [place for place, in found.connection.execute("SELECT record FROM gathered").fetchall()]
        places += [place for _, place, _, _ in found.left_out().fetchall()]
        assert sorted(places) == list(range(1, told.account.records + 1))


def test_the_order_of_files_and_the_size_of_blocks_change_nothing(tmp_path, monkeypatch):
    lines = ["2011-03-01,SYRGOV,PSEREBHMS,051", "2011-03-09,USA,SYR,112", "2011-03-09,USA,SYR,112",
             "2011-04-01,USA,SYR,190"]
    paths = []
    for place in range(2):
        paths.append(tmp_path / f"{place}_cameo.csv")
        paths[-1].write_text("date,source,target,code\n" + "\n".join(lines[place:]) + "\n")
    told = []
    for some, size in ((paths, 16_000_000), (paths[::-1], 30)):
        monkeypatch.setattr("sides.events.parts.blocks_of",
                            lambda path, table, size=size: blocks_of(path, table, size))
        with gathering(registry=registry()) as found:
            accounts = {one.file: one.account for one in found.read(some)}
            told.append((found.panel("month").fetchall(), sorted(found.repeated().items()), sorted(accounts.items())))
    assert told[0] == told[1]
    rows, repeated, _ = told[0]
    assert repeated == [(str(paths[0]), 1), (str(paths[1]), 3)]
    assert [(str(row[1]), row[2], row[3], row[6], row[13], round(row[14], 3)) for row in rows] == [
        ("2011-03-01", "syria", "hamas", 1, 2, 0.5), ("2011-03-01", "united-states", "syria", 1, 2, 0.5),
        ("2011-04-01", "united-states", "syria", 1, 1, 1.0)]


def test_plain_gzip_and_zip_are_one(tmp_path):
    content = "date,source,target,code\n2011-03-01,USA,SYR,051\n"
    (tmp_path / "a.csv").write_text(content)
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(content.encode()))
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.writestr("inside.csv", content)
    table = shipped()["keds-cameo"].table
    texts = [[block.text for block in blocks_of(tmp_path / name, table)] for name in ("a.csv", "b.csv.gz", "c.zip")]
    assert texts[0] == texts[1] == texts[2]


def test_what_cannot_be_read_costs_itself_alone(tmp_path):
    good, empty, cut, strange = (tmp_path / name for name in ("a_cameo.csv", "b_cameo.csv", "c_cameo.csv.gz", "d.csv"))
    good.write_text("date,source,target,code\n2011-03-01,USA,SYR,051\n")
    empty.write_text("date,source,target,code\n")
    cut.write_bytes(gzip.compress(good.read_bytes() * 50)[:-12])
    strange.write_text("a,b\n1,2\n")
    with gathering(registry=registry()) as found:
        told = list(found.read([tmp_path / "none.csv", empty, cut, strange, good]))
        assert {row[0] for row in found.connection.execute("SELECT file FROM gathered").fetchall()} == {str(good)}
    assert [type(one.error) for one in told] == [MissingInput, EmptyInput, MalformedInput, UnknownFormat, type(None)]
    assert told[-1].account is not None
    assert told[-1].account.read == 1


def test_two_datasets_with_the_same_columns_are_told_apart_by_name(tmp_path):
    for name in ("gulf_weis.csv", "levant_cameo.csv", "levant.csv"):
        (tmp_path / name).write_text("date,source,target,code\n")
    assert recognized(tmp_path / "gulf_weis.csv", shipped()) == "keds-weis"
    assert recognized(tmp_path / "levant_cameo.csv", shipped()) == "keds-cameo"
    with pytest.raises(UnknownFormat, match="keds-cameo, keds-weis"):
        recognized(tmp_path / "levant.csv", shipped())


def test_codes_mean_whom_they_mean_at_the_date():
    sides = Sides(registry())
    told = sides.standings("cow", "345", "", "", "name", "")
    assert [one.first.toordinal() for one in told[1:]] == [one.last.toordinal() + 1 for one in told[:-1]]
    assert len({one.actor for one in told}) > 1
    germany = sides.standings("cow", "255", "", "", "name", "")
    assert [next(one.actor for one in germany if one.first <= date(year, 6, 1) <= one.last)
            for year in (1914, 1940, 1947, 1989, 2010)] == [
        "german-empire", "nazi-germany", "nazi-germany", "germany", "germany"]
    (hezbollah,) = sides.standings("cameo", "LBNREBHEZ", "", "", "name", "")
    assert (hezbollah.actor, hezbollah.is_known) == ("hezbollah", True)
    (rebels,) = sides.standings("cameo", "SYRREB", "REBEL", "", "name", "")
    assert (rebels.actor, rebels.is_known) == ("syrreb", False)
    assert sides.standings("name", "", "Military Forces of Syria (2000-2024)", "", "name", "")[0].actor == "syria"
    assert is_nobody("name", "", "Unidentified Armed Group (Iraq)")


@pytest.mark.parametrize(("name", "actor", "sector"), [
    ("PKK: Kurdistan Workers Party", "pkk", ""), ("HTS: Hayat Tahrir al Sham", "hayat-tahrir-al-sham", ""),
    ("STC: Southern Transitional Council (Security Belt Forces)", "southern-transitional-council",
     "Security Belt Forces"),
    ("Military Forces of Russia (2000-) Air Force", "russia", "Military Forces Air Force"),
    ("Military Forces of Iraq (2020-) Popular Mobilization Forces", "popular-mobilization-forces", ""),
    ("Military Forces of Iraq (2020-) Made-up Militia", "military-forces-of-iraq-2020-made-up-militia", "")])
def test_acleds_names_are_taken_apart(name, actor, sector):
    *_, told = Sides(registry()).standings("name", "", name, "", "name", "")
    assert (told.actor, told.sector if told.is_known else "") == (actor, sector)


def test_a_table_of_ones_own(tmp_path, capsys):
    mapping, table, panel_file = tmp_path / "mapping.toml", tmp_path / "own.csv", tmp_path / "panel.csv"
    mapping.write_text("""
        [dataset]
        name = "border-watch"
        [table]
        separator = "semicolon"
        [event]
        id = ["nr"]
        start = { column = "day", forms = ["%d.%m.%Y"] }
        [[claim]]
        source = { name = "who" }
        target = { code = "whom", scheme = "iso3166-1-alpha3" }
        type = { column = "what", values = { shelling = "ASSAULT" } }
        """)
    table.write_text('nr;day;who;whom;what\n1;05.11.2012;"Israel";SYR;shelling\n2;05.11.2012;Israel;SYR;rumours\n')
    assert main(["events", "panel", str(table), "--mapping", str(mapping), "-o", str(panel_file)]) == 1
    assert "1 record left out: a code that the scheme does not have" in " ".join(capsys.readouterr().out.split())
    assert panel_file.read_text().splitlines()[1].startswith("border-watch,2012-11-01,israel,syria,military,4,1,1,0,1")
    assert main(["events", "check", "--json", str(table), "--mapping", str(mapping)]) == 1
    (told,) = json.loads(capsys.readouterr().out)["files"]
    assert (told["records"], told["read"], told["left_out"]) == (2, 1, {"code": 1})


@pytest.mark.parametrize("wrong", [["-o", "panel.txt"], ["-o", "none/panel.csv"], ["-o", "p.csv", "--memory", "much"]])
def test_what_cannot_be_done_is_said_before_anything_is_read(tmp_path, monkeypatch, capsys, wrong):
    monkeypatch.chdir(tmp_path)
    assert main(["events", "panel", "none.csv", *wrong]) == 2
    told = capsys.readouterr()
    assert "none.csv" not in told.out + told.err
    assert wrong[-1] in told.err


@pytest.mark.parametrize(("change", "words"), [
    ('id = ["nr"]\nwrong = 1', "event.wrong"), ('id = []\n[[', "is no TOML"), ('id = ["nr"]\nend = {}', "event.end")])
def test_a_mapping_that_makes_no_sense_is_told_where(change, words):
    with pytest.raises(MappingError, match=words):
        parse_mapping(f'[dataset]\nname = "x"\n[event]\nstart = {{ column = "d" }}\n{change}\n'
                      '[[claim]]\nsource = { name = "a" }\ntarget = { name = "b" }\ntype = "ASSAULT"\n', "own.toml")
