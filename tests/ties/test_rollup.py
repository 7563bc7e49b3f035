"""Persons and parts count for the organization that they act for."""

from __future__ import annotations

from sides.model.actor import Actor, ActorKind
from sides.model.claim_type import ClaimType
from sides.ties.rollup import chains
from tests.ties.test_tie import claim, document

ACTORS = {
    "haniyeh": Actor(id="haniyeh", name="Haniyeh", kind=ActorKind.PERSON),
    "brigades": Actor(id="brigades", name="Brigades", kind=ActorKind.ORGAN, parent="hamas"),
    "hamas": Actor(id="hamas", name="Hamas", kind=ActorKind.ORGANIZATION),
    "syria": Actor(id="syria", name="Syria", kind=ActorKind.STATE),
}
NEWS = document("news", "2020")


def says(source: str, kind: ClaimType, target: str, begin: int = 0):
    return claim(NEWS, kind, source=source, target=target, begin=begin)


def test_a_leader_acts_for_the_movement_that_the_documents_name():
    assert chains(ACTORS, [says("haniyeh", ClaimType.LEADS, "hamas")])["haniyeh"][-1] == "hamas"


def test_a_commander_of_a_wing_acts_for_the_whole():
    assert chains(ACTORS, [says("haniyeh", ClaimType.LEADS, "brigades")])["haniyeh"][-1] == "hamas"


def test_what_is_said_most_often_counts():
    claims = [says("haniyeh", ClaimType.LEADS, "hamas", 0), says("haniyeh", ClaimType.OFFICIAL_OF, "hamas", 1),
              says("haniyeh", ClaimType.OFFICIAL_OF, "syria", 2)]
    assert chains(ACTORS, claims)["haniyeh"][-1] == "hamas"


def test_a_member_of_a_bloc_does_not_count_for_the_bloc():
    assert "syria" not in chains(ACTORS, [says("syria", ClaimType.MEMBER_OF, "axis")])


def test_a_movement_that_is_said_to_be_a_part_of_another_stands_for_itself():
    assert "hamas" not in chains(ACTORS, [says("hamas", ClaimType.PART_OF, "brotherhood")])
