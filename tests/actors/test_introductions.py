"""What a text tells of an actor that no list knows: kind, country, the body that it acts for."""

from __future__ import annotations

import pytest

from sides.model.actor import ActorKind
from tests.actors.resolving import resolve


def test_a_person_acts_for_the_body_whose_spokesman_he_is() -> None:
    actor = resolve("Hamas spokesman Qorban Olwan thanked Iran. Olwan left.").actor("qorban-olwan")
    assert actor is not None and (actor.kind, actor.parent) == (ActorKind.PERSON, "hamas")


def test_a_minister_acts_for_the_state_beside_his_title() -> None:
    actor = resolve("Qorban Olwan, the Syrian trade minister, met Hamas.").actor("qorban-olwan")
    assert actor is not None and (actor.country, actor.parent) == ("syria", "syria")


def test_a_minister_without_a_state_is_one_of_the_state_that_the_text_is_about() -> None:
    text = ("Bolivia is restless. Bolivia's army left its barracks, and Bolivians marched. Interior Minister Qorban "
            "Olwan said that Bolivia was calm.")
    actor = resolve(text).actor("qorban-olwan")
    assert actor is not None and actor.country == "bolivia"


def test_in_a_text_about_two_states_a_minister_may_be_of_either() -> None:
    text = "Chile and Peru quarrel. Chile blames Peru. Peru blames Chile. Interior Minister Qorban Olwan said so."
    actor = resolve(text).actor("qorban-olwan")
    assert actor is not None and actor.country is None


def test_a_former_minister_is_no_longer_placed() -> None:
    actor = resolve("Qorban Olwan, a former Syrian trade minister, met Hamas.").actor("qorban-olwan")
    assert actor is not None and (actor.country, actor.parent) == ("syria", None)


@pytest.mark.parametrize("noun", ["armed wing", "political arm", "youth branch"])
def test_a_wing_is_an_organ_of_the_whole(noun: str) -> None:
    actor = resolve(f"The Blue Falcon Brigades, the {noun} of Hamas, attacked Iran.").actor("blue-falcon-brigades")
    assert actor is not None and (actor.kind, actor.parent) == (ActorKind.ORGAN, "hamas")


def test_a_former_wing_stands_for_itself() -> None:
    actor = resolve("The Blue Falcon Brigades, a former wing of Hamas, attacked Iran.").actor("blue-falcon-brigades")
    assert actor is not None and actor.parent is None


def test_an_activist_acts_for_no_state_but_for_the_body_named() -> None:
    alone = resolve("Syrian activist Qorban Olwan criticised Iran.").actor("qorban-olwan")
    assert alone is not None and (alone.country, alone.parent) == ("syria", None)
    bound = resolve("Hamas activist Qorban Olwan criticised Iran.").actor("qorban-olwan")
    assert bound is not None and bound.parent == "hamas"
