"""What a text says that an actor is."""

from tests.actors.resolving import at, resolve


def test_an_apposition_stands_for_the_name():
    assert at("Iran met Taqaddum-Nur Party, a movement of lawyers.", "movement") == at(
        "Iran met Taqaddum-Nur Party, a movement of lawyers.", "Party")


def test_an_apposition_describes_a_new_person():
    actor = resolve("Andriy Qorbenko, a Ukrainian intelligence official, blamed Russia.").actor("andriy-qorbenko")
    assert actor is not None
    assert actor.country == "ukraine"
    assert actor.description == "a Ukrainian intelligence official"


def test_a_person_does_not_become_a_noun_that_says_something_else():
    assert at("Zelma Qorbani, whose village burned, blamed Iran.", "village") == []
