"""Persons and parts count for the organization that they acted for at the date of a claim."""

from __future__ import annotations

from sides.actors.registry import Registry
from sides.model.dates import PartialDate
from sides.ties.rollup import joining, standings
from tests.ties.test_organization import organization, said

FIRST, LATER = PartialDate.parse("2011"), PartialDate.parse("2014")
TURNED = organization(Registry.load(), said("rami", "OFFICIAL_OF", "land", "2011"),
                      said("rami", "LEADS", "front", "2014"))


def test_a_claim_is_counted_for_the_side_of_its_time():
    assert joining("rami", "union", FIRST, "land", "union", TURNED)
    assert joining("rami", "union", LATER, "land", "union", TURNED) is None
    assert joining("rami", "union", LATER, "front", "union", TURNED)


def test_the_sides_may_stand_either_way_round():
    (counted,) = joining("union", "rami", FIRST, "land", "union", TURNED)
    assert (counted.actor, counted.whole, counted.bonds[0].claim.type.value) == ("rami", "land", "OFFICIAL_OF")


def test_kept_apart_a_person_stands_alone():
    assert joining("rami", "union", FIRST, "land", "union", None) is None
    assert joining("rami", "union", FIRST, "rami", "union", None) == ()


def test_those_counted_are_told_once_with_their_claims():
    every = [counted for at in (FIRST, FIRST, LATER) for whole in ("land", "front")
             for counted in joining("rami", "union", at, whole, "union", TURNED) or ()]
    assert [(one.actor, one.whole, one.claims) for one in standings(every)] == [("rami", "land", 2),
                                                                                 ("rami", "front", 1)]
