"""Third parties that react to a turn."""

from __future__ import annotations

from sides.report.audience import audience_lines, reaction_records
from sides.ties.atlas import Atlas
from sides.ties.audience import Grounds, audience
from tests.ties.told import row, told

HISTORY = [("Old", "2019-12-01", [row("norland", "ASSAULT", "sudland", start=f"{year}-0{month}")
                                  for year in range(2016, 2020) for month in (3, 6, 9)]),
           *((f"Post {month}", f"2020-{month}-20", [row("norland", kind, "sudland", start=f"2020-{month}")])
             for month, kind in (("07", "RAPPROCHEMENT"), ("08", "COOPERATE"), ("09", "FRIENDLY")))]
ACTORS = [{"id": name, "name": name.title(), "kind": "state"} for name in ("norland", "sudland", "westland", "eastland",
                                                                           "farland")]


def reactions(folder, *rows, known=None):
    ledger = told(folder, *HISTORY, ("Wire", "2020-12-01", list(rows)), actors=ACTORS)
    atlas = Atlas(ledger._view(), known=known)
    (turn,) = ledger.tie("norland", "sudland").turns
    assert turn.is_up
    return turn, audience(atlas, "norland", "sudland", turn)


def test_a_third_that_welcomes_and_one_that_condemns_are_told_apart(tmp_path):
    turn, found = reactions(
        tmp_path, row("westland", "SUPPORT", "norland", third="sudland", start="2020-09"),
        row("eastland", "ACCUSE", "sudland", start="2020-10",
            quote="Eastland condemned Sudland for its deal with Norland"))
    assert [(one.actor, one.toward, one.sign, one.grounds) for one in found] == [
        ("westland", "norland", 1, Grounds.THIRD), ("eastland", "sudland", -1, Grounds.SENTENCE)]
    assert [record["sign"] for record in reaction_records(turn, found, {})] == [1, -1]
    assert len(list(audience_lines(found, {}))) == 5


def test_a_reason_that_names_the_other_is_firmer_than_the_time(tmp_path):
    quote = "Eastland condemned Sudland over the deal that Norland made"
    _, found = reactions(
        tmp_path, row("farland", "ACCUSE", "norland", start="2020-09", quote="Farland blamed its rival once more"),
        row("eastland", "ACCUSE", "sudland", start="2020-10", quote=quote,
            reasons=[{"kind": "cause", "text": "over the deal that Norland made"}]))
    assert [(one.actor, one.grounds) for one in found] == [("eastland", Grounds.REASON), ("farland", Grounds.TIME)]


def test_what_falls_in_another_time_or_is_of_another_kind_is_no_reaction(tmp_path):
    _, found = reactions(tmp_path, row("westland", "SUPPORT", "norland", start="2018-09"),
                         row("eastland", "ASSAULT", "norland", start="2020-10", quote="A raid hit the border"),
                         row("farland", "SUPPORT", "norland", start="2020-10", modality="planned"))
    assert found == []


def test_a_denied_welcome_counts_against(tmp_path):
    _, found = reactions(tmp_path, row("westland", "SUPPORT", "norland", third="sudland", start="2020-09",
                                       modality="negated"))
    assert [one.sign for one in found] == [-1]
