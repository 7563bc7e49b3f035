"""Who belongs to whom at a date, by the registry and by what documents say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sides.actors.registry import Registry
from sides.model.actor import Actor, ActorKind
from sides.model.claim import Claim
from sides.model.claim_type import ClaimType
from sides.model.dates import Interval, PartialDate
from sides.ties.organization import Bond, Organization
from tests.ties.test_tie import claim, document

DAY = PartialDate.parse
PERSON, ORGAN, BODY, STATE = ActorKind.PERSON, ActorKind.ORGAN, ActorKind.ORGANIZATION, ActorKind.STATE
ACTORS = {actor.id: actor for actor in (
    Actor(id="rami", name="Rami", kind=PERSON, is_provisional=True),
    Actor(id="brigade", name="Blue Brigade", kind=ORGAN, parent="front"),
    Actor(id="militia", name="Militia", kind=BODY),
    Actor(id="front", name="Front", kind=BODY),
    Actor(id="union", name="Union", kind=BODY),
    Actor(id="land", name="Land", kind=STATE),
    Actor(id="bloc", name="Bloc", kind=ActorKind.BLOC))}


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


def said(source: str, kind: str, target: str, published: str = "2020", start: str | None = None,
         end: str | None = None, trigger: str = "", confidence: float = 0.8) -> tuple[Claim, PartialDate]:
    news = document(f"{source} {kind} {target} {published} {start} {end} {trigger}", published)
    found = replace(claim(news, kind, start, source=source, target=target, confidence=confidence), trigger=trigger,
                    end=PartialDate.parse(end) if end else None)
    return found, news.published


def organization(registry: Registry, *told: tuple[Claim, PartialDate]) -> Organization:
    return Organization.of(ACTORS, [claim for claim, _ in told],
                           {claim.document: published for claim, published in told}, registry)


def test_a_leader_acts_for_the_movement_that_the_documents_name(registry):
    found = organization(registry, said("rami", "LEADS", "front"))
    assert found.principal("rami", DAY("2020")) == "front"


def test_a_commander_of_a_wing_acts_for_the_whole(registry):
    found = organization(registry, said("rami", "LEADS", "brigade"))
    assert [bond.parent for bond in found.chain("rami", DAY("2020"))] == ["brigade", "front"]


def test_one_who_changed_sides_counts_for_each_side_in_its_time(registry):
    found = organization(registry, said("rami", "OFFICIAL_OF", "land", "2011"), said("rami", "LEADS", "front", "2014"))
    assert found.principal("rami", DAY("2011-05")) == "land"
    assert found.principal("rami", DAY("2014-05")) == "front"


def test_a_former_minister_no_longer_acts_for_the_state(registry):
    over, published = said("rami", "OFFICIAL_OF", "land", "2014", None, "2014")
    over = replace(over, dated_from="document")
    found = organization(registry, (over, published))
    assert found.principal("rami", DAY("2015")) == "rami"
    assert found.principal("rami", DAY("2012")) == "land"


def test_a_term_with_both_ends_holds_within_them_alone(registry):
    found = organization(registry, said("rami", "LEADS", "land", "2020", "2003", "2011"),
                         said("rami", "LEADS", "front", "2020"))
    assert [found.principal("rami", DAY(year)) for year in ("2005", "2011", "2012", "2020")] == [
        "land", "land", "front", "front"]


def test_what_began_later_counts_only_where_nothing_else_is_said(registry):
    later = said("rami", "LEADS", "front", "2020", "2019")
    assert organization(registry, later).principal("rami", DAY("2018")) == "front"
    found = organization(registry, later, said("rami", "LEADS", "union", "2013"))
    assert found.principal("rami", DAY("2018")) == "union"


def test_two_claims_of_the_time_outweigh_one_of_two_years_later(registry):
    found = organization(registry, said("rami", "LEADS", "front", "2013"), said("rami", "OFFICIAL_OF", "front", "2013"),
                         said("rami", "LEADS", "land", "2015"))
    assert found.principal("rami", DAY("2013")) == "front"


def test_a_membership_counts_only_where_there_is_no_post(registry):
    member = said("rami", "MEMBER_OF", "union", confidence=0.9)
    assert organization(registry, member).principal("rami", DAY("2020")) == "union"
    found = organization(registry, member, said("rami", "LEADS", "land", confidence=0.3))
    assert found.principal("rami", DAY("2020")) == "land"


def test_a_member_of_a_bloc_does_not_count_for_the_bloc(registry):
    found = organization(registry, said("land", "MEMBER_OF", "bloc"), said("rami", "MEMBER_OF", "bloc"))
    assert found.principal("land", DAY("2020")) == "land"
    assert found.principal("rami", DAY("2020")) == "rami"


def test_a_movement_stands_for_itself_unless_it_is_called_a_wing(registry):
    part = said("militia", "PART_OF", "front", trigger="affiliate")
    assert organization(registry, part).principal("militia", DAY("2020")) == "militia"
    wing = said("militia", "PART_OF", "front", trigger="wing")
    assert organization(registry, wing).principal("militia", DAY("2020")) == "front"


def test_a_splinter_stands_for_itself(registry):
    found = organization(registry, said("brigade", "PART_OF", "union", trigger="splinter"))
    assert not [bond for bond in found.above("brigade") if bond.parent == "union"]


def test_the_registry_knows_who_held_an_office_when(registry):
    actors = {"bashar-al-assad": registry.get("bashar-al-assad")}
    found = Organization.of(actors, [], {}, registry)
    (bond,) = found.chain("bashar-al-assad", DAY("2012"))
    assert (bond.parent, bond.source) == ("syria", "own")
    assert found.principal("bashar-al-assad", DAY("2025-06")) != "syria"


def test_a_wing_that_splits_off_counts_for_itself_after_the_split(tmp_path: Path):
    overlay = tmp_path / "split.toml"
    overlay.write_text("""
[[actors]]
id = "red-front"
label = "Red Front"
kind = "organization"

[[actors]]
id = "red-guard"
label = "Red Guard"
kind = "organ"

[[relations]]
child = "red-guard"
relation = "wing_of"
parent = "red-front"
begin = "2001"
end = "2009"
""", encoding="utf-8")
    registry = Registry.load([overlay])
    found = Organization.of({"red-guard": registry.get("red-guard")}, [], {}, registry)
    assert [found.principal("red-guard", DAY(year)) for year in ("2005", "2012")] == ["red-front", "red-guard"]


def test_those_in_a_circle_end_where_they_come_back(registry):
    found = organization(registry, said("rami", "LEADS", "brigade"),
                         said("front", "PART_OF", "brigade", trigger="wing"))
    assert [bond.parent for bond in found.chain("rami", DAY("2020"))] == ["brigade", "front"]


def test_the_order_of_what_is_said_makes_no_difference(registry):
    told = [said("rami", "LEADS", target, published) for target in ("front", "union", "land")
            for published in ("2010", "2012", "2014")]
    one, other = organization(registry, *told), organization(registry, *reversed(told))
    for year in range(2008, 2018):
        assert one.chain("rami", PartialDate(year)) == other.chain("rami", PartialDate(year))


def test_all_who_ever_counted_for_one_are_found(registry):
    found = organization(registry, said("rami", "LEADS", "brigade"), said("land", "MEMBER_OF", "front"))
    assert found.ever("front") == {"front", "brigade", "rami"}
    assert {bond.type for bond in found.below("front", DAY("2020"))} == {ClaimType.PART_OF, ClaimType.MEMBER_OF}


def test_who_governs_a_state_and_leads_a_party_acts_for_the_state(registry):
    head = Actor(id="head", name="Head", kind=ActorKind.PERSON)
    party = Actor(id="a-party", name="A Party", kind=ActorKind.ORGANIZATION)
    bonds = [Bond("head", ClaimType.LEADS, whole, Interval(DAY("2000"), None), label, source="own", is_dated=True)
             for whole, label in (("a-party", "leader"), ("syria", "president"))]
    found = Organization({"head": head, "a-party": party, "syria": registry.get("syria")}, bonds)
    assert found.principal("head", DAY("2012")) == "syria"
