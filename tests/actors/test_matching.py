"""Names of the registry in a text, and the guards around them."""

from sides.actors.matching import Matcher, singular
from tests.actors.resolving import lists, registry, surface, who


def found(text: str) -> list[str]:
    matcher = Matcher(surface(text), registry(), lists())
    return [match.name.actor for match in matcher.matches()]


def test_the_longest_name_wins():
    assert found("He spoke for South Korea.") == ["south-korea"]


def test_small_letters_are_no_name():
    assert found("They drank turkey soup, and it was for us.") == []


def test_an_abbreviation_stands_in_capitals_only():
    assert found("The US left.") == ["united-states"]
    assert found("It left us.") == []


def test_a_name_inside_a_longer_unknown_name_is_left_alone():
    assert "jordan" not in found("Michael Jordan scored.")
    assert "jordan" in found("Israel and Jordan talked.")


def test_a_month_before_a_state_is_no_part_of_its_name():
    assert "russia" in found("In March Russia vetoed it.")


def test_a_hyphen_does_not_hide_a_state():
    assert found("The US-brokered deal between Israel and Iran.") == ["united-states", "israel", "iran"]


def test_a_word_that_is_also_a_name_is_stopped():
    assert found("May they rest. Mr Smith went.") == []


def test_a_plural_leads_to_the_demonym():
    assert singular("thais") == "thai"
    assert singular("congress") == "congress"


def test_a_state_is_told_from_its_neighbour_of_similar_name():
    assert who("Niger and Nigeria closed the border.", "Niger") == ["niger"]
    assert who("Niger and Nigeria closed the border.", "Nigeria") == ["nigeria"]


def test_a_longer_name_of_a_place_bars_the_shorter_one_inside_it():
    assert who("Talks on Northern Ireland stalled.", "Ireland") == []
    assert who("Ships left the Gulf of Oman.", "Oman") == []
    assert who("Oman mediated.", "Oman") == ["oman"]
    assert who("South Sudan mediated.", "Sudan") == []


def test_a_name_goes_on_after_a_particle():
    assert who("Saudi Arabia met Hamas bin Zarmeen of Riyadh.", "Hamas") == []
