"""Noun phrases that are built on a name."""

import pytest

from sides.model.actor import ActorKind
from tests.actors.resolving import at, resolve, who


@pytest.mark.parametrize(("text", "head", "actor"), [
    ("Senior Hamas officials spoke.", "officials", "hamas"),
    ("The leadership of Hamas spoke.", "leadership", "hamas"),
    ("The Syrian regime spoke.", "regime", "syria"),
    ("The government of Iran spoke.", "government", "iran"),
])
def test_officials_and_governments_pass_their_actor_on(text, head, actor):
    assert at(text, head) == [actor]


def test_the_regime_of_a_president_is_his_state():
    assert at("Iran supports Bashar al-Assad. The Assad regime thanked Iran.", "regime") == ["syria"]


def test_an_army_is_an_actor_of_its_own_under_its_state():
    text = "The Malian army attacked the rebels."
    [identifier] = at(text, "army")
    actor = resolve(text).actor(identifier)
    assert actor is not None
    assert identifier != "mali"
    assert (actor.kind, actor.parent) == (ActorKind.ORGAN, "mali")


def test_a_people_is_not_its_state():
    text = "The Syrian people protested."
    [identifier] = at(text, "people")
    actor = resolve(text).actor(identifier)
    assert actor is not None
    assert actor.kind is ActorKind.PEOPLE


def test_an_axis_of_states_is_all_of_them():
    assert at("The Saudi-Israeli-US axis stepped up pressure.", "axis") == ["israel", "saudi-arabia", "united-states"]


def test_a_president_with_a_name_is_no_second_mention():
    text = "Ugandan President Yoweri Museveni met Iran's envoy."
    assert at(text, "Museveni") == ["yoweri-museveni"]
    assert "uganda" not in at(text, "President")


def test_a_border_is_nobody_but_its_state_is_still_named():
    assert at("They crossed the Syrian border.", "border") == []
    assert at("They crossed Syria's border.", "Syria") == ["syria"]


def test_coordinated_owners_stand_together():
    assert at("Russian and Iranian officials met.", "officials") == ["iran", "russia"]


def test_a_movement_in_a_state_is_not_the_state():
    assert "palestine" not in at("Hamas met Iran. The Palestinian movement was pleased.", "movement")


def test_militias_of_a_country_are_a_group():
    text = "Iraqi militias fired at the base."
    [identifier] = at(text, "militias")
    actor = resolve(text).actor(identifier)
    assert actor is not None
    assert actor.kind is ActorKind.GROUP


def test_the_leader_of_a_state_is_the_one_whom_the_text_calls_its_president():
    text = "Armenian Prime Minister Nikol Pashinyan called Vladimir Putin. The Armenian leader also wrote to Iran."
    assert at(text, "leader") == ["nikol-pashinyan"]


def test_an_armed_wing_is_the_one_that_the_registry_knows():
    assert at("The military wing of Hamas fired rockets.", "wing") == ["qassam-brigades"]


def test_a_person_before_and_is_no_part_of_the_phrase_after_it():
    text = "Bashar al-Assad and Syrian officials have criticised Hamas."
    assert who(text, "Bashar al-Assad") == ["bashar-al-assad"]
    assert who(text, "Syrian officials") == ["syria"]


def test_two_groups_joined_by_and_are_two():
    text = "Most members, Hezbollah, Iraqi militias and Yemen rebels, have fought."
    assert who(text, "Iraqi militias") == ["iraqi-militias"]
    assert who(text, "Yemen rebels") == ["yemen-rebels"]


def test_an_opposition_is_a_group_in_its_state_and_opposition_to_something_is_not():
    text = "Caracas met the Venezuelan opposition."
    [identifier] = at(text, "opposition")
    actor = resolve(text).actor(identifier)
    assert actor is not None
    assert (actor.kind, actor.country) == (ActorKind.GROUP, "venezuela")
    assert at("Russia noted the Chinese opposition to the plan.", "opposition") == []


@pytest.mark.parametrize(("text", "head", "name", "kind"), [
    ("Several Western governments condemned it.", "governments", "Western states", ActorKind.GROUP),
    ("He told the Latin American countries.", "countries", "Latin American states", ActorKind.GROUP),
    ("It angered the Arab peoples.", "peoples", "Arab peoples", ActorKind.PEOPLE),
    ("The army fought Sunni rebels.", "rebels", "Sunni rebels", ActorKind.GROUP),
])
def test_states_and_peoples_of_a_part_of_the_world_are_a_group(text, head, name, kind):
    [identifier] = at(text, head)
    actor = resolve(text).actor(identifier)
    assert actor is not None
    assert (actor.name, actor.kind) == (name, kind)


def test_who_stands_behind_rebels_is_not_their_state():
    assert at("Ankara praised the Turkish-backed rebels.", "rebels") == []


def test_where_a_text_speaks_of_a_regime_its_people_are_not_meant_by_it():
    text = "Iran supports the Syrian regime. Hamas thanked Iran, Qatar and Turkey. It hurt the Syrians."
    assert at(text, "Syrians") == ["syrian-people"]


def test_the_leader_of_a_state_with_several_leaders_is_the_one_last_named():
    text = "Luis Abinader spoke to Haiti. The Dominican leader promised help."
    assert at(text, "leader") == ["luis-abinader"]


def test_the_men_of_a_commander_are_the_body_that_he_leads():
    assert at("Hemedti's men were kept out of the town. Sudan is at war.", "men") == ["rsf"]


def test_the_soldiers_of_a_president_are_his_states():
    text = "Rafael Correa, the president of Ecuador, met the press. Correa's soldiers found a camp."
    assert at(text, "soldiers") == ["ecuador"]
