"""Claims between the records of a group: each pair once, dated by the overlap, with every record accounted for."""

from __future__ import annotations

from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sides.actors.registry import Registry
from sides.events.gathering import gathering
from sides.events.mapping import parse_mapping
from sides.model.errors import MalformedInput

MAPPING = """
    [dataset]
    name = "leagues"
    [table]
    quoted = false
    [event]
    id = ["league", "who", "other.who", "start.first", "nr", "other.nr"]
    start = { year = "from", month = "month" }
    end = { year = "to" }
    [pairs]
    group = ["league"]
    SIDE
    [[claim]]
    source = { code = "who", scheme = "cow" }
    target = { code = "other.who", scheme = "cow" }
    type = "ALLIANCE"
    """
HEADER = "nr,league,who,from,month,to,camp"
MEMBER = st.tuples(st.sampled_from(("a", "b", "")), st.sampled_from(("2", "200", "220", "640")),
                   st.sampled_from(("1950", "1955", "1960", "", "soon")), st.sampled_from(("", "0", "6")),
                   st.sampled_from(("", "0", "1952", "1955", "1970")), st.sampled_from(("0", "1", "")))


@cache
def registry() -> Registry:
    return Registry.load()


def spell(one: tuple[str, ...]) -> tuple[str, str]:
    """The first day on which one may have been a member, and the last."""
    _, _, start, month, end, _ = one
    return (f"{start}-06-01" if month == "6" else f"{start}-01-01",
            f"{end}-12-31" if end not in ("", "0") else "9999-12-31")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(members=st.lists(MEMBER, min_size=1, max_size=12), sided=st.booleans(), some=st.integers(1, 5))
def test_each_pair_that_meets_is_told_once_and_no_record_is_lost(tmp_path, monkeypatch, members, sided, some):
    monkeypatch.setattr("sides.events.pairs.PAIRS", some)
    path = tmp_path / "leagues.csv"
    path.write_text("\n".join([HEADER, *(f"{nr},{','.join(one)}" for nr, one in enumerate(members, 1)), ""]))
    mapping = parse_mapping(MAPPING.replace("SIDE", 'side = "camp"' if sided else ""), "own")
    whole = {nr: one for nr, one in enumerate(members, 1)
             if one[0] and one[2] in ("1950", "1955", "1960") and (one[5] or not sided)}
    expected = {frozenset((nr, other)) for nr, other in combinations(whole, 2)
                if whole[nr][0] == whole[other][0] and whole[nr][1] != whole[other][1]
                and (not sided or whole[nr][5] != whole[other][5])
                and max(spell(whole[nr])[0], spell(whole[other])[0])
                <= min(spell(whole[nr])[1], spell(whole[other])[1])}
    with gathering(registry=registry(), mappings={"leagues": mapping}) as found:
        (told,) = found.read([path], "leagues")
        assert told.account is not None
        ids = [one for one, in found.connection.execute("SELECT id FROM gathered").fetchall()]
        refused = [record for _, record, *_ in found.left_out().fetchall()]
    assert len(ids) == told.account.claims == len(expected)
    assert {frozenset(map(int, one.split("/")[-2:])) for one in ids} == expected
    assert refused == sorted(set(range(1, len(members) + 1)) - set().union(*expected))
    assert told.account.records == len(members) == told.account.read + sum(told.account.left_out.values())


def test_a_pair_keeps_both_records_and_the_overlap_of_partial_dates(tmp_path):
    path = tmp_path / "MIDB_made.csv"
    path.write_text("dispnum,stabb,ccode,stday,stmon,styear,endday,endmon,endyear,sidea,hostlev\r\n"
                    '7,"USA",2,-9,5,1902,3,6,1902,1,3\r\n7,"UKG",200,20,5,1902,-9,6,1902,0,1\r\n'
                    '7,"FRN",220,1,9,1902,2,9,1902,0,4\r\n8,"USA",2,1,5,1902,3,6,1902,1,3\r\n')
    with gathering(registry=registry()) as found:
        (told,) = found.read([path])
        assert told.account is not None
        assert told.account.left_out == {"alone": 1, "apart": 1}
        ((record, start, start_last, end, end_last, type_, text),) = found.connection.execute(
            "SELECT record, start_first, start_last, end_first, end_last, type, text FROM converted").fetchall()
    assert [str(day) for day in (start, start_last, end, end_last)] == [
        "1902-05-20", "1902-05-31", "1902-06-01", "1902-06-03"]
    assert (record, type_) == (2, "STRAINED")
    assert text.split("\x1f")[:3] == ["7", "UKG", "200"]
    assert text.split("\x1f")[11:14] == ["7", "USA", "2"]


def test_the_order_of_records_changes_no_pair(tmp_path):
    lines = ["1,a,2,1950,,,1", "2,a,200,1955,,1970,0", "3,a,220,1950,6,,1", "4,b,2,1950,,,1", "5,b,640,1950,,,0"]
    mapping, told = parse_mapping(MAPPING.replace("SIDE", ""), "own"), []
    for some in (lines, lines[::-1]):
        path = tmp_path / "leagues.csv"
        path.write_text("\n".join([HEADER, *some, ""]))
        with gathering(registry=registry(), mappings={"leagues": mapping}) as found:
            list(found.read([path], "leagues"))
            told.append(sorted(found.connection.execute(
                "SELECT id, source, target, start_first FROM gathered").fetchall()))
    assert told[0] == told[1]
    assert len(told[0]) == 4


def test_columns_that_a_pair_needs_are_told(tmp_path):
    path = tmp_path / "leagues.csv"
    path.write_text("nr,league,who,from\n1,a,2,1950\n")
    mapping = parse_mapping(MAPPING.replace("SIDE", ""), "own")
    with gathering(registry=registry(), mappings={"leagues": mapping}) as found:
        (told,) = found.read([path], "leagues")
    assert isinstance(told.error, MalformedInput)
    assert "lacks the columns month, to" in str(told.error)


SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "events"


@pytest.mark.skipif(not SAMPLES.exists(), reason="the published samples are not part of the repository")
def test_alliances_by_member_are_those_by_dyad():
    """Two tables of one dataset: what is made of members is what its makers tell of dyads."""
    with gathering(registry=registry()) as found:
        list(found.read([SAMPLES / "cow/alliance_v4.1_by_dyad.csv.gz", SAMPLES / "cow/alliance_v4.1_by_member.csv"]))
        by_member, by_dyad = (set(found.connection.execute(
            "SELECT DISTINCT least(source, target), greatest(source, target), split_part(id, '/', 1) FROM gathered "
            "WHERE dataset = ? AND type = 'ALLIANCE'", [name]).fetchall())
            for name in ("cow-alliance-members", "cow-alliances"))
    assert by_member <= by_dyad
    assert len(by_dyad - by_member) <= 3  # of 2,104: a state and its successor, whom the dates of members make one
