"""Persons and organizations that no list knows."""

from sides.model.actor import ActorKind
from tests.actors.resolving import resolve, who


def kind(text: str, identifier: str) -> ActorKind | None:
    actor = resolve(text).actor(identifier)
    return actor.kind if actor else None


def test_a_full_name_is_a_person():
    assert kind("Qorban Zelmani accused Iran of arson.", "qorban-zelmani") is ActorKind.PERSON


def test_a_title_makes_a_surname_a_person_and_is_no_part_of_the_name():
    text = "Iran summoned Colonel Zelmani. Colonel Zelmani refused."
    assert kind(text, "zelmani") is ActorKind.PERSON


def test_a_head_noun_makes_an_organization():
    assert kind("The Qorban Liberation Front attacked Iran.", "qorban-liberation-front") is ActorKind.ORGANIZATION


def test_an_organization_of_a_known_state_belongs_to_it():
    resolution = resolve("The Syrian Patriotic Renewal Front praised Iran.")
    actor = next(actor for actor in resolution.actors if actor.is_provisional)
    assert actor.name == "Syrian Patriotic Renewal Front"
    assert actor.country == "syria"


def test_a_month_or_a_faith_is_nobody_new():
    resolution = resolve("On Monday in March the Muslim holiday began.")
    assert not [actor for actor in resolution.actors if actor.is_provisional]


def test_a_newspaper_is_nobody_new():
    assert resolve("The Qorban Tribune reported rain.").actors == ()


def test_two_spellings_of_one_new_name_are_one_person():
    text = "Masoud Qorbani met Iran's envoy. Later Mas'oud Qorbani left. Masoud Qorbani returned."
    assert who(text, "Masoud Qorbani") == who(text, "Mas'oud Qorbani")


def test_a_new_name_is_looked_up_in_the_registry_again():
    resolution = resolve("Russian President Vladimir Vladimirovich Putin met him. The European Union agreed.")
    assert resolution.actor("european-union") is not None


def test_a_lone_surname_is_whoever_led_a_state_of_the_document_then():
    assert who("Hamas turned against Assad. Syria was silent.", "Assad", "2012-02-25") == ["bashar-al-assad"]
    assert who("Nobody in France praised Mr Xi.", "Xi", "2016-02-25") == ["xi-jinping"]
    assert who("Nobody in France praised Mr Xi.", "Xi", "1996-02-25") != ["xi-jinping"]


def test_a_state_joined_to_a_place_is_nobody():
    assert who("The Israel-Zarmeen conflict went on. Zarmeen burned. Israel was silent.", "Zarmeen") == []


def test_a_titled_surname_is_the_person_named_in_full_wherever_that_stands():
    text = "Mr Qorbani praised Iran. Masoud Qorbani had met its envoy."
    assert who(text, "Qorbani") == who(text, "Masoud Qorbani")


def test_a_surname_may_come_first():
    text = "Yoon Dae-qorb praised Japan. Mr Yoon had met its envoy."
    assert who(text, "Yoon") == who(text, "Yoon Dae-qorb")


def test_a_body_is_not_called_by_the_person_after_of():
    text = "The Presidential Council of Mohamed al-Menfi objected. Libya is split."
    assert who(text, "Mohamed al-Menfi") == ["mohamed-al-menfi"]


def test_kin_and_princes_of_the_church_are_persons():
    assert who("Barzani's nephew Rustam met the Turkish envoy.", "Rustam") == ["rustam"]
    assert who("It was said in the presence of Patriarch Porfirije.", "Porfirije") == ["patriarch-porfirije"]
    assert who("J. B. Mwale took the town. Mwale fled to Rwanda.", "Mwale") == ["j-b-mwale"]


def test_a_surname_is_known_again_as_the_text_spells_it():
    text = "In Algeria Saïd Sadi leads the RCD. Not all militias wear Mr Sadi's colours."
    assert len(set(who(text, "Saïd Sadi") + who(text, "Sadi"))) == 1
