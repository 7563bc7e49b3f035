"""The state and the sector of an actor or a phrase."""

import pytest

from sides.actors.affiliations import Affiliations
from sides.model.dates import PartialDate
from tests.actors.resolving import registry, resolve

AFFILIATIONS = Affiliations(registry())


def phrase(text, published="2022-06-15"):
    found = AFFILIATIONS.of_phrase(resolve(text, published), text, PartialDate.parse(published))
    return found.country, found.sector


def listed(identifier, at):
    found = AFFILIATIONS.of_id(identifier, PartialDate.parse(at))
    return found.country, found.sector


@pytest.mark.parametrize(("text", "country", "sector"), [
    ("Syrian soldiers", "syria", "military"), ("Chile's Ministry of Mines", "chile", "government"),
    ("Lagos police", "nigeria", "police"), ("four Saudi men", "saudi-arabia", "civilians"),
    ("US troops in Syria", "united-states", "military"), ("NATO", None, "igo"), ("farmers", None, "agriculture"),
    ("a Nigerian opposition leader", "nigeria", "opposition"), ("Turkish-backed Syrian rebels", "syria", "rebels"),
    ("protesters in Barcelona", "spain", "civilians"), ("the blue door", None, None),
    ("Hamas fighters", "palestine", "rebels"),
])
def test_a_phrase_tells_a_state_and_a_sector(text, country, sector):
    assert phrase(text) == (country, sector)


def test_a_president_is_government_in_office_and_elite_after():
    assert listed("barack-obama", "2012-05") == ("united-states", "government")
    assert listed("barack-obama", "2020-05") == ("united-states", "elite")


def test_a_lone_surname_is_whoever_held_office_then():
    assert phrase("Museveni") == ("uganda", "government")


def test_a_name_in_capitals_alone_is_no_headline():
    assert phrase("FDLR")[1] == "rebels"


def test_a_breakaway_state_has_the_code_of_the_state_it_left():
    found = AFFILIATIONS.of_id("abkhazia", PartialDate.parse("2015"))
    assert (found.country, found.sector, AFFILIATIONS.code("abkhazia")) == ("abkhazia", "unrecognized", "GEO")


def test_states_have_codes_and_unknown_ones_none():
    assert AFFILIATIONS.code("kenya") == "KEN"
    assert AFFILIATIONS.code("atlantis") is None


def test_nothing_is_known_of_an_unknown_actor():
    assert listed("nobody-at-all", "2015") == (None, None)


def test_a_phrase_inside_a_document_is_coded_by_its_own_words():
    text = "Iran thanked the army. Syrian soldiers left."
    at = PartialDate.parse("2022-06-15")
    found = AFFILIATIONS.of_phrase(resolve(text), "Syrian soldiers", at, text.index("Syrian"))
    assert (found.country, found.sector) == ("syria", "military")
