"""Who brokers between whom, and what became of the tie of the parties."""

from __future__ import annotations

from sides.model.dates import PartialDate
from sides.ties.mediators import Result
from tests.ties.told import row, told


def brokers(start="2020-03", **fields):
    return row("westland", "MEDIATE", "norland", **{"third": "sudland", "start": start, **fields})


def enemies_until(last):
    return [("Gazette", f"{year}-12-01", [row("norland", "ASSAULT", "sudland", start=f"{year}-{month}")
                                          for month in ("02", "05", "08", "11")]) for year in range(2016, last + 1)]


FRIENDS = [(f"Post {month}", f"2020-{month}-20", [row("norland", kind, "sudland", start=f"2020-{month}")])
           for month, kind in (("07", "RAPPROCHEMENT"), ("08", "COOPERATE"), ("09", "FRIENDLY"), ("10", "FRIENDLY"))]
LATER = ("Late", "2022-01-01", [row("norland", "FRIENDLY", "sudland", start="2021-12")])


def test_a_turn_for_the_better_is_the_result_of_a_mediation_before_it(tmp_path):
    ledger = told(tmp_path, *enemies_until(2019), ("Wire", "2020-04-01", [brokers()]), *FRIENDS)
    (one,) = ledger.mediators()
    assert (one.mediator, one.parties, one.result) == ("westland", ("norland", "sudland"), Result.BETTER)
    assert one.turns[0].is_up and one.since.isoformat() == "2020-03-01" and one.until.isoformat() == "2021-03-31"
    assert one.before is not None and one.after is not None and one.before < -1 < 0 < one.after


def test_before_the_turn_is_known_the_result_is_open_and_later_it_is_none(tmp_path):
    ledger = told(tmp_path, *enemies_until(2019), ("Wire", "2020-04-01", [brokers()]),
                  ("Later", "2022-01-01", [row("norland", "ASSAULT", "sudland", start="2021-12")]))
    assert [one.result for one in ledger.mediators(known="2020-06")] == [Result.OPEN]
    assert [one.result for one in ledger.mediators()] == [Result.NONE]
    assert ledger.mediators(known="2020-03") == [] == ledger.mediators(at="2020-02")
    assert [one.result for one in ledger.mediators(at="2020-12")] == [Result.OPEN]


def test_what_is_said_of_the_brokering_is_not_its_own_result(tmp_path):
    for name in ("with", "without"):
        (tmp_path / name).mkdir()
    ledger = told(tmp_path / "with", ("Wire", "2020-04-01", [brokers()]), LATER)
    without = told(tmp_path / "without", ("Wire", "2020-04-01", [brokers(third=None)]), LATER)
    (one,) = ledger.mediators()
    history = without.tie("norland", "sudland").history
    assert history is not None and one.after is not None
    assert abs(one.after - history.levels[history.place(PartialDate(2021, 3))]) < 1e-6
    (alone,) = without.mediators()
    assert (alone.parties, alone.result) == (("norland",), None)


def test_nothing_else_said_of_the_parties_is_told_so(tmp_path):
    (one,) = told(tmp_path, ("Wire", "2020-04-01", [brokers()])).mediators()
    assert (one.result, one.before) == (Result.UNTOLD, None)


def test_offers_and_denials_are_kept_apart_and_have_no_result(tmp_path):
    ledger = told(tmp_path, ("Wire", "2020-04-01", [brokers(modality="planned"), brokers(modality="negated")]), LATER)
    (one,) = ledger.mediators()
    assert (len(one.done), len(one.intended), len(one.denied), one.result) == (0, 1, 1, None)


def test_mediations_years_apart_are_two_and_those_of_one_time_are_one(tmp_path):
    ledger = told(tmp_path, ("Wire", "2021-04-01", [brokers("2012-03"), brokers("2020-03"), brokers("2020-11")]))
    assert [[str(each.claim.start) for each in one.done] for one in ledger.mediators()] == [
        ["2012-03"], ["2020-03", "2020-11"]]


def test_persons_broker_for_their_side_and_nobody_between_himself_and_another(tmp_path):
    actors = [*({"id": name, "name": name.title(), "kind": "state"} for name in ("norland", "sudland", "westland")),
              {"id": "ann", "name": "Ann West", "kind": "person"}]
    envoy = {**brokers(), "source": "ann"}
    own = row("ann", "MEDIATE", "westland", third="sudland", start="2020-03")
    ledger = told(tmp_path, ("Wire", "2020-04-01", [row("ann", "LEADS", "westland"), envoy, own]), actors=actors)
    assert [one.mediator for one in ledger.mediators("westland")] == ["westland"]
    assert ledger.mediators("ann") == ledger.mediators("westland")
    assert {one.mediator for one in ledger.mediators(exact=True)} == {"ann"}
    assert ledger.mediators("norland", "sudland")
