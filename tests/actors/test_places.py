"""Where a capital is only a place."""

from tests.actors.resolving import who


def test_a_capital_that_acts_is_its_government():
    assert who("Damascus rejected the offer of Hamas.", "Damascus") == ["syria"]
    assert who("Hamas mended its ties with Damascus.", "Damascus") == ["syria"]


def test_a_capital_that_somebody_is_in_is_a_place():
    assert who("The delegation met in Damascus.", "Damascus") == []
    assert who("Haniyeh arrived from Tehran.", "Tehran") == []


def test_a_capital_that_somebody_travels_to_is_a_place():
    assert who("Haniyeh flew to Ankara yesterday.", "Ankara") == []
    assert who("Haniyeh visited Ankara yesterday.", "Ankara") == []


def test_the_government_in_a_capital_is_that_government():
    assert who("Hamas thanked the government in Damascus.", "Damascus") == ["syria"]


def test_the_place_of_a_dispatch_is_a_place():
    assert who("ADDIS ABABA, Nov 3 (Wire) - Ethiopia accused Eritrea.", "ADDIS ABABA") == []


def test_a_seat_of_government_is_a_place_where_something_happens():
    assert who("The flag went up in Brussels.", "Brussels") == []
    assert who("Brussels thanked Iran.", "Brussels") == ["european-union"]


def test_the_name_of_a_town_is_not_the_surname_of_somebody():
    assert who("A bomber killed ten workers at Khar. Pakistan condemned it.", "Khar") == []
