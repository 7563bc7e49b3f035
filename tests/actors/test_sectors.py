"""The sectors that words tell."""

import pytest

from sides.actors.registry import Registry
from sides.actors.sectors import Sectors, read

SECTORS = Sectors.load()


@pytest.mark.parametrize(("text", "sector"), [
    ("the foreign ministry", "government"), ("soldiers of the government", "military"), ("traffic policemen", "police"),
    ("a spy agency", "intelligence"), ("opposition lawmakers", "legislature"), ("members of parliament", "legislature"),
    ("insurgents in the hills", "rebels"), ("the constitutional court", "judiciary"), ("an oil company", "business"),
    ("striking dock workers", "labour"), ("cattle herders", "agriculture"), ("asylum seekers", "refugees"),
    ("a human rights group", "ngo"), ("UN peacekeepers", "igo"), ("four hooded gunmen", "armed"),
    ("a self-proclaimed republic", "unrecognized"), ("Sen. Jane Doe", "legislature"),
])
def test_the_last_noun_before_a_preposition_tells_the_sector(text, sector):
    assert SECTORS.heard(text).sector == sector


@pytest.mark.parametrize(("text", "sector"), [
    ("a police officer", "police"), ("the leader of the Liberal Party", "party"), ("a rebel commander", "rebels"),
    ("the chief of the army", "military"), ("the president", "government"),
])
def test_a_weak_noun_gives_way_to_its_neighbours(text, sector):
    assert SECTORS.heard(text).sector == sector


def test_rebel_soldiers_are_rebels():
    assert SECTORS.heard("rebel soldiers").sector == "rebels"


def test_who_left_a_government_is_elite_and_who_left_an_army_is_not():
    assert SECTORS.heard("a retired vice president").sector == "elite"
    assert SECTORS.heard("a retired army colonel").sector == "military"


def test_words_without_a_sector_tell_none():
    assert SECTORS.heard("the blue door") is None
    assert SECTORS.heard("") is None


def test_every_sector_has_its_own_plover_code():
    assert len(set(SECTORS.plover.values())) == len(SECTORS.plover)


def test_no_noun_stands_in_two_sectors():
    nouns = [noun for table in read("sectors").values() for key in ("nouns", "weak") for noun in table.get(key, ())]
    assert sorted(nouns) == sorted(set(nouns))


def test_places_lie_in_states_of_the_registry_and_in_one_each():
    places = read("places")
    assert set(places) | set(read("unrecognized").values()) <= set(Registry.load().states())
    names = [name.casefold() for listed in places.values() for name in listed]
    assert sorted(names) == sorted(set(names))
