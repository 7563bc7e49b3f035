"""A resolution in the making."""

from sides.actors.discovery import provisional
from sides.actors.draft import Notes, Spot
from sides.model.actor import ActorKind, Form
from tests.actors.resolving import draft


def test_a_name_takes_its_tokens_and_gives_them_back():
    made = draft("Hamas spoke.")
    identifier = made.enter(provisional("Hamas", ActorKind.ORGANIZATION))
    spot = made.name(0, 1, (identifier,), Form.NAME, "state-name")
    assert not made.is_free(0, 1)
    assert made.at(0) == spot
    made.remove([spot])
    assert made.is_free(0, 1)
    assert made.at(0) is None


def test_a_phrase_takes_only_its_head():
    made = draft("Hamas officials spoke.")
    identifier = made.enter(provisional("Hamas", ActorKind.ORGANIZATION))
    made.put(Spot(0, 2, 1, (identifier,), Form.PHRASE, "phrase-pass"))
    assert made.is_free(0, 2)
    assert made.at(1) is not None


def test_only_a_provisional_actor_learns():
    made = draft("X.")
    identifier = made.enter(provisional("Some Front", ActorKind.ORGANIZATION))
    made.learn(identifier, country="syria")
    made.learn(identifier, country="iran")
    made.also_called(identifier, "SF")
    assert made.cast[identifier].country == "syria"
    assert made.cast[identifier].names == ("SF",)


def test_the_gender_of_a_person_is_what_most_signs_tell():
    notes = Notes()
    assert notes.gender is None
    notes.genders["female"] += 2
    notes.genders["male"] += 1
    assert notes.gender == "female"
