from __future__ import annotations

import itertools

from sides.ledger.actors import actors_named, folded, merged_actor
from sides.model.actor import ActorKind

from .factory import actor


def test_the_registry_goes_before_what_was_found_in_text() -> None:
    found = actor("hamas", name="HAMAS", kind=ActorKind.GROUP, is_provisional=True)
    known = actor("hamas", name="Hamas", names=("Islamic Resistance Movement",))
    merged = merged_actor([(found, 50), (known, 1)])
    assert (merged.name, merged.kind, merged.is_provisional) == ("Hamas", ActorKind.ORGANIZATION, False)
    assert merged.names == ("HAMAS", "Islamic Resistance Movement")


def test_the_most_frequent_kind_wins_and_ties_go_by_name_in_whatever_order() -> None:
    variants = [(actor("x", kind=ActorKind.STATE), 2), (actor("x", kind=ActorKind.BLOC), 2),
                (actor("x", kind=ActorKind.PERSON), 1)]
    assert {merged_actor(order).kind for order in itertools.permutations(variants)} == {ActorKind.BLOC}


def test_what_one_reading_does_not_say_another_may() -> None:
    merged = merged_actor([(actor("qassam"), 9), (actor("qassam", parent="hamas"), 1)])
    assert merged.parent == "hamas"


def test_a_name_is_found_however_it_is_spelled() -> None:
    actors = [actor("islamic-jihad", name="Islamic Jihad", names=("Ḥarakat al-Jihād",)), actor("iran")]
    for text in ("ISLAMIC jihad", "islamic-jihad", "harakat al jihad"):
        assert [found.id for found in actors_named(text, actors)] == ["islamic-jihad"]
    assert actors_named("jihad", actors) == actors_named("  ", actors) == []
    assert folded("Mash'al") == folded("Mash’al")
