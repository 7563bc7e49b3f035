from sides.actors.profiles import Profiles, weigh
from tests.actors.resolving import draft, lists, who


def signs(text: str, name: str) -> frozenset[str]:
    found = draft(text)
    begin = found.surface.text.index(name.split()[0])
    return Profiles(found, lists()).signs(begin, begin + len(name.split()))


def test_a_town_that_is_entered_and_fallen_is_no_actor():
    text = "The rebels captured Zarmeen. If Zarmeen falls, Iran will react. Troops were in Zarmeen."
    assert who(text, "Zarmeen") == []


def test_a_body_with_fighters_and_a_leader_is_an_actor():
    text = "Zarmeen fighters attacked Iran's army. The leader of Zarmeen said that Zarmeen rejected the truce."
    assert who(text, "Zarmeen") == ["zarmeen"]


def test_all_uses_of_a_name_count_wherever_one_stands():
    found = signs("Zarmeen rejected the truce. Fighters met in Zarmeen.", "Zarmeen")
    assert {"located", "uses-2"} <= found


def test_a_listed_city_is_known_as_one():
    assert "city" in signs("Omdurman was quiet.", "Omdurman")
    assert "city" not in signs("Zarmeen was quiet.", "Zarmeen")


def test_a_noun_before_a_name_tells_a_person_and_after_it_a_member_of_a_body():
    assert "titled" in signs("They met spokesman Zarmeen there.", "Zarmeen")
    assert "before-member" in signs("They met Zarmeen fighters there.", "Zarmeen")


def test_without_signs_only_the_constant_counts():
    assert weigh(frozenset(), {"always": (0.0, 0.0)}).person == weigh(frozenset(), {"always": (0.0, 0.0)}).body
