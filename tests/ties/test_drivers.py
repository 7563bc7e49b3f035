"""What drives a turn, and what stands in its way."""

from __future__ import annotations

from dataclasses import replace

from sides.model.reason import Reason, ReasonKind
from sides.report.drivers import driver_records, drivers_lines
from sides.ties.drivers import drivers
from sides.ties.evidence import gather
from sides.ties.tie import derive
from tests.ties.test_tie import claim, document


def because(one, kind, text, begin=0):
    return replace(one, reasons=(Reason(kind=ReasonKind(kind), begin_char=begin, end_char=begin + len(text),
                                        text=text),))


def broken(*more):
    """A tie that turns down in 2012, with further claims."""
    early, late = document("early", "2010-06"), document("late", "2012-06")
    pairs = [(early, claim(early, "ALLIANCE", "2008", begin=0)), (early, claim(early, "AID", "2010-03", begin=5)),
             (late, because(claim(late, "SEVERED", "2012-02", begin=1), "cause", "over the war")),
             (late, because(claim(late, "HOSTILE", "2012-03", begin=2), "obstacle", "despite the debt")),
             *((late, claim(late, "ASSAULT", f"2012-0{month}", begin=month)) for month in (4, 5, 6)), *more]
    evidence = gather([one for _, one in pairs], {doc.id: doc for doc, _ in pairs}, {}, {})
    tie = derive("a", "b", evidence, [])
    (turn,) = tie.turns
    assert not turn.is_up
    return turn, tie.evidence


def test_causes_of_the_claims_that_carry_a_turn_drive_it_and_their_obstacles_hinder_it():
    found = drivers(*broken())
    assert [one.reason.text for one in found.drivers] == ["over the war"]
    assert found.drivers[0].shift < 0
    assert [one.reason.text for one in found.obstacles] == ["despite the debt"]


def test_a_claim_against_a_turn_in_its_months_stands_in_its_way_with_its_reasons():
    paper = document("paper", "2012-05")
    plain = claim(paper, "CONSULT", "2012-02", begin=1, confidence=0.3)
    found = drivers(*broken((paper, plain)))
    assert [one.evidence.claim for one in found.obstacles if one.reason is None] == [plain]
    told = because(plain, "cause", "for old times' sake")
    found = drivers(*broken((paper, told)))
    assert "for old times' sake" in [one.reason.text for one in found.obstacles if one.reason]


def test_demands_are_neither_and_what_lies_outside_its_months_is_left_out():
    paper = document("paper", "2015-05")
    demanded = because(claim(paper, "AID", "2012-02", begin=1, modality="demanded"), "aim", "to win")
    before = because(claim(paper, "ACCUSE", "2003", begin=2), "cause", "over oil")
    found = drivers(*broken((paper, demanded), (paper, before)))
    assert not {"to win", "over oil"} & {one.reason.text for one in (*found.drivers, *found.obstacles) if one.reason}


def test_the_order_of_evidence_makes_no_difference_and_every_driver_has_a_record():
    turn, evidence = broken()
    found = drivers(turn, evidence)
    assert found == drivers(turn, tuple(reversed(evidence)))
    records = driver_records(found)
    assert [(row["role"], row["kind"]) for row in records] == [("driver", "cause"), ("obstacle", "obstacle")]
    assert len(list(drivers_lines(found))) == 4


def test_a_claim_that_carries_a_turn_by_what_was_before_does_not_drive_it():
    old, new = document("old", "2011-06"), document("new", "2012-06")
    pairs = [*((old, because(claim(old, "ASSAULT", f"2010-0{month}", begin=month), "cause", "over oil"))
               for month in range(1, 9)),
             *((new, because(claim(new, "ALLIANCE", f"2012-0{month}", begin=month), "aim", "to trade"))
               for month in range(1, 6))]
    tie = derive("a", "b", gather([one for _, one in pairs], {old.id: old, new.id: new}, {}, {}), [])
    (turn,) = tie.turns
    assert any(one.evidence.claim.sign < 0 for one in turn.carried)
    found = drivers(turn, tie.evidence)
    assert [one.reason.text for one in found.drivers] == ["to trade"]
    assert found.obstacles == ()
