"""How alike states vote: against a count by hand, with every record accounted for. The tables are made up."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sides.actors.registry import Registry
from sides.cli import main
from sides.events.votes import voting
from sides.model.errors import UnknownFormat

STATES = {"israel": "Israel,IL", "syria": "Syria,SY", "namibia": "Namibia,NA", "united-states": "United States,US"}
WEIGHT = {"yes": 1.0, "abstain": 0.5, "no": 0.0}
SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "events" / "un_votes"


@cache
def registry() -> Registry:
    return Registry.load()


def tables(folder: Path, votes: list[str], rolls: list[str] = (), points: list[str] = ()) -> list[Path]:
    """Made-up tables in the forms in which they are passed around."""
    paths = []
    for name, head, lines in (("votes.csv", "rcid,country,country_code,vote", votes),
                              ("rolls.csv", "rcid,session,importantvote,date,unres", rolls),
                              ("points.csv", "Row,ccode,session,NVotes,IdealPoint,QO%,Countryname", points)):
        if lines:
            paths.append(folder / name)
            paths[-1].write_bytes("\r\n".join([head, *lines, ""]).encode("latin-1"))
    return paths


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.tuples(st.integers(1, 6), st.sampled_from(sorted(STATES))), st.sampled_from(sorted(WEIGHT)),
                       min_size=1))
def test_agreement_is_what_counting_says(tmp_path, votes):
    paths = tables(tmp_path, [f"{roll},{STATES[state]},{vote}" for (roll, state), vote in votes.items()],
                   [f"{roll},{50 + roll % 2},0,{1995 + roll % 2}-12-01,R/1" for roll in range(1, 7)])
    expected = {}
    for one, other in combinations(sorted(STATES), 2):
        for year in (1995, 1996):
            both = [(votes[roll, one], votes[roll, other]) for roll in range(1, 7) if 1995 + roll % 2 == year
                    and (roll, one) in votes and (roll, other) in votes]
            if both:
                expected[one, other, year] = (len(both), pytest.approx(
                    sum(1 - abs(WEIGHT[a] - WEIGHT[b]) for a, b in both) / len(both)))
    for some in (paths, paths[::-1]):
        with voting(registry=registry()) as found:
            list(found.read(some))
            rows = found.agreement().fetchall()
        assert {row[:3]: row[3:5] for row in rows} == expected
        assert [row[:3] for row in rows] == sorted(expected)


def test_every_record_is_read_or_left_out(tmp_path):
    paths = tables(tmp_path, [
        "1,Israel,IL,no", "1,Israel,IL,yes", "1,Namibia,NA,abstain", "1,Yemen Arab Republic,,Yes",
        "1,Atlantis,XX,yes", "1,,,yes", "1,Syria,SY,absent", ",Syria,SY,no", "9,Syria,SY,no", "2,cut"],
        ["1,36,0,1981-12-09,R/1", "2,36,0,soon,R/2", "3,,0,1981-12-09,R/3"],
        ["1,666,36,40,1.5,0,Israel", "2,678,36,40,-0.25,0,Y\xe9men", "3,666,x,40,1,0,Israel", "4,,36,40,1,0,Israel",
         "5,652,36,40,NA,0,Syria"])
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n")
    with voting(registry=registry()) as found:
        told = {Path(one.file).name: one for one in found.read([*paths, other])}
        votes, rolls, points = (told[path.name].account for path in paths)
        assert votes is not None
        assert rolls is not None
        assert points is not None
        assert (votes.records, votes.read, votes.unknown) == (10, 6, 1)
        assert votes.left_out == {"columns": 1, "code": 1, "id": 1, "side": 1}
        assert (rolls.records, rolls.read, rolls.left_out) == (3, 1, {"date": 2})
        assert (points.records, points.read, points.recoded) == (5, 2, 1)
        assert points.left_out == {"date": 1, "code": 1, "side": 1}
        assert isinstance(told["other.csv"].error, UnknownFormat)
        assert found.repeated() == {str(paths[0]): 1}
        assert found.without_roll_call() == {str(paths[0]): 1}
        assert sorted(row for row, in found.left_out().select("record").fetchall()) == [2, 3, 3, 4, 5, 6, 7, 8, 10]
        rows = {row[:2]: row[2:] for row in found.agreement().fetchall()}
    assert rows["israel", "north-yemen"] == (1981, 1, 0.0, 1.75)
    assert rows["israel", "namibia"] == (1981, 1, 0.5, None)
    assert rows["atlantis", "namibia"] == (1981, 1, 0.5, None)


def test_a_state_is_the_one_that_bore_its_number_then(tmp_path):
    paths = tables(tmp_path, ["1,Russia,RU,no", "1,Federal Republic of Germany,,yes", "2,Russia,RU,no",
                              "2,Germany,DE,yes"],
                   ["1,36,0,1981-12-09,R/1", "2,56,0,2001-12-09,R/2"],
                   ["1,365,36,40,-2,0,Russia", "2,260,36,40,1,0,German Federal Republic", "3,365,56,40,0,0,Russia",
                    "4,255,56,40,1,0,Germany"])
    with voting(registry=registry()) as found:
        list(found.read(paths))
        assert found.agreement().fetchall() == [
            ("germany", "russia", 2001, 1, 0.0, 1.0), ("soviet-union", "west-germany", 1981, 1, 0.0, 3.0)]


def test_the_command_writes_the_table_and_tells_what_it_left_out(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    paths = tables(tmp_path, ["1,Israel,IL,no", "1,Syria,SY,yes", "7,Syria,SY,absent", "7,Syria,SY,no"],
                   ["1,50,0,1995-12-09,R/1"])
    assert main(["events", "votes", *map(str, paths), "-o", "agreement.csv", "--left-out", "why.csv"]) == 1
    told = " ".join(capsys.readouterr().out.split())
    assert "votes.csv: 1 record left out: a code that the scheme does not have." in told
    assert "votes.csv: 1 vote in roll calls that no file tells of" in told
    assert (tmp_path / "agreement.csv").read_text().splitlines() == [
        "one,other,year,votes,agreement,distance", "israel,syria,1995,1,0.0,"]
    assert (tmp_path / "why.csv").read_text().splitlines()[1].split(",")[1:3] == ["3", "code"]


@pytest.mark.skipif(not SAMPLES.exists(), reason="the published samples are not part of the repository")
def test_the_samples_read_whole_and_agree_with_their_ideal_points():
    names = {"un_votes_1970_2019.csv.gz": 776_022, "un_roll_calls.csv.gz": 6202,
             "ideal_points_All_Apr2020.csv.gz": 10_469}
    with voting(registry=registry()) as found:
        for told, records in zip(found.read(SAMPLES / name for name in names), names.values(), strict=True):
            assert told.account is not None, told.error
            assert (told.account.records, told.account.read, told.account.unknown) == (records, records, 0)
        assert found.without_roll_call() == {}
        pairs_of_states = found.agreement()  # noqa: F841, which the query below names
        ((pairs, both, together),) = found.connection.sql(
            "SELECT count(*), count(*) FILTER (agreement IS NOT NULL AND distance IS NOT NULL), "
            "corr(agreement, distance) FROM pairs_of_states").fetchall()
    assert both > 0.99 * 729_930  # nearly all who vote have an ideal point, under another code
    assert pairs >= both
    assert together < -0.8
