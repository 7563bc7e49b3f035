from pathlib import Path

import pytest

from sides.actors.lint import lint, lint_overlays
from sides.actors.tables import Tables, shipped


@pytest.fixture(scope="module")
def whole() -> Tables:
    return shipped()[0]


def test_the_shipped_registry_has_no_faults(whole: Tables) -> None:
    assert lint(whole) == ()


@pytest.mark.parametrize(("fault", "table", "row"), [
    ("no actor has the id", "relations", ("hamas", "part_of", "nobody", "", "", "own", "")),
    ("before it begins", "roles", ("bashar-al-assad", "president", "syria", "2010", "2001", "year", "own", "")),
    ("kind 'tribe' is unknown", "actors", ("x", "tribe", "X", "", "", "", "", "", "own", "")),
    ("strong enough alone", "names", ("israel", "Hamas", "name", "en", "", "", "alone", "any", "own", "")),
    ("is a part of itself", "relations", ("hamas", "part_of", "qassam-brigades", "", "", "own", "")),
    ("is after itself", "relations", ("hamas", "successor_of", "hamas", "", "", "own", "")),
    ("is not listed", "stops", ("Foo", "bar", "hearsay", "")),
    ("which is no office", "offices", ("boss of bosses", "capo", "leads", "own", "")),
    ("no office is called", "roles", ("bashar-al-assad", "lodestar", "syria", "", "", "", "own", "")),
    ("is not a date", "codes", ("hamas", "x", "1", "soon", "", "own", "")),
    ("is no year of the world", "codes", ("hamas", "x", "1", "0201", "", "own", "")),
    ("is an ordinary word", "names", ("hamas", "Government", "name", "en", "", "", "alone", "any", "own", "")),
    ("is syria's too", "codes", ("lebanon", "iso3166-1-alpha2", "SY", "", "", "own", "")),
    ("two cow codes at one time", "codes", ("syria", "cow", "653", "1990", "", "own", "")),
])
def test_lint_finds_a_fault_and_says_where(whole: Tables, fault: str, table: str, row: tuple[str, ...]) -> None:
    tables: Tables = {name: list(rows) for name, rows in whole.items()}
    tables[table].append(row)
    line = f"{table}.tsv line {len(tables[table]) + 1}: "
    assert any(fault in message and message.startswith(line) for message in lint(tables))


def test_withdrawn_codes_do_not_clash_with_those_in_use(whole: Tables) -> None:
    yemen = [row for row in whole["codes"] if row[1:3] == ("iso3166-1-alpha2", "YE")]
    assert {row[0]: row[3:5] for row in yemen} == {"north-yemen": ("1974", "1990-08"), "yemen": ("1990-08", "")}


def test_faults_of_an_overlay_stand_with_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("""table,id,kind,label,person,office,organization,begin,end,source
actors,blue-brigade,organization,Blue Brigade,,,,,,own
roles,,,,bashar-al-assad,president,france,2013,2016,own
roles,,,,nobody-at-all,president,syria,2017,2022,own
actors,red-brigade,tribe,Red Brigade,,,,,,own
""", "utf-8")
    faults = lint_overlays([path])
    assert all(fault.startswith(f"{path} line ") for fault in faults)
    found = {int(fault.removeprefix(f"{path} line ").partition(":")[0]): fault for fault in faults}
    assert "blue-brigade has no name" in found[2]
    assert "is president of france while francois-hollande is" in found[3]
    assert "no actor has the id 'nobody-at-all'" in found[4]
    assert "kind 'tribe' is unknown" in found[5]


def test_an_overlay_without_sources_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("actor,name\nhamas,Hamas of the Tests\n", "utf-8")
    assert lint_overlays([path]) == (
        f"{path} line 2: hamas Hamas of the Tests name: no source is given. "
        "Say in the column source where it is known from.",)


def test_a_file_that_cannot_be_read_is_one_fault_among_others(tmp_path: Path) -> None:
    good = tmp_path / "names.csv"
    good.write_text("actor,name,source\nhamas,Hamas of the Tests,own\n", "utf-8")
    faults = lint_overlays([tmp_path / "gone.toml", good])
    assert len(faults) == 1 and "cannot be read" in faults[0]
