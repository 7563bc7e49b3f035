from __future__ import annotations

from typing import Any

import pytest

from sides.actors.likeness import Named, likeness
from sides.actors.registry import Registry
from sides.actors.review import Doubt, Naming, Reason, Standing, doubts
from sides.model.actor import Actor, ActorKind, Form


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load()


def standing(name: str, kind: ActorKind = ActorKind.PERSON, *, claims: int = 0, document: str = "d",
             written: tuple[str, ...] = (), how: str = "discovered-person", confidence: float = 0.9,
             **fields: Any) -> Standing:
    identifier = fields.pop("id", name.lower().replace(" ", "-"))
    actor = Actor(**{"id": identifier, "name": name, "kind": kind, "is_provisional": True} | fields)
    namings = tuple(Naming(document=document, text=text, form=Form.NAME, how=how, confidence=confidence, count=1)
                    for text in written or (name,))
    return Standing(actor=actor, claims=claims, namings=namings)


def suggested(found: list[Doubt]) -> dict[str, list[tuple[str, str | None]]]:
    return {doubt.actor.id: [(one.verdict, one.into) for one in doubt.suggestions] for doubt in found}


def test_what_most_claims_rest_on_comes_first_whatever_the_order_given(registry):
    actors = [standing("Ann Bee", claims=1), standing("Cee Dee", claims=3), standing("Eff Gee", claims=3, written=(
        "Eff Gee", "Eff")), standing("Aitch Eye")]
    expected = ["eff-gee", "cee-dee", "ann-bee", "aitch-eye"]
    assert [doubt.actor.id for doubt in doubts(actors, registry)] == expected
    assert [doubt.actor.id for doubt in doubts(actors[::-1], registry)] == expected


def test_what_a_registry_knows_and_documents_name_plainly_is_no_doubt(registry):
    assert doubts([standing("Hamas", ActorKind.ORGANIZATION, is_provisional=False)], registry) == []


def test_what_rests_on_unsure_steps_is_told_even_of_a_known_actor(registry):
    known = standing("Hamas", ActorKind.ORGANIZATION, is_provisional=False, how="pronoun-it", confidence=0.6)
    (doubt,) = doubts([known], registry)
    assert doubt.reasons == (Reason.UNSURE,)
    assert "1 of 1 mentions by unsure steps (pronoun-it)" in doubt.told


def test_who_was_confirmed_is_not_asked_about_again(registry):
    assert doubts([standing("Ann Bee")], registry, settled={"ann-bee"}) == []


def test_a_surname_may_be_the_person_of_the_same_document_and_no_other(registry):
    known = standing("Naim Qassem", is_provisional=False, claims=9)
    assert suggested(doubts([known, standing("Qassim")], registry))["qassim"][0] == ("merge", "naim-qassem")
    elsewhere = doubts([known, standing("Qassim", document="e")], registry)
    assert suggested(elsewhere)["qassim"] == [("confirm", None), ("reject", None)]


def test_a_full_name_is_nobody_elses_surname():
    son = Named(Actor(id="l", name="Laureano Ortega", kind=ActorKind.PERSON), frozenset(), frozenset("d"))
    father = Named(Actor(id="d", name="Daniel Ortega", kind=ActorKind.PERSON, names=("Ortega",)), frozenset(),
                   frozenset("d"))
    assert likeness(son, father) is None


def test_a_name_spelled_otherwise_may_be_the_same_person(registry):
    actors = [standing("Khaled al-Maqid", claims=2), standing("Khalid Al Maqid", document="e")]
    assert suggested(doubts(actors, registry))["khalid-al-maqid"][0] == ("merge", "khaled-al-maqid")


def test_a_name_of_the_registry_that_no_document_was_sure_of_is_suggested(registry):
    party = standing("Popular Movement of the Mountains", ActorKind.ORGANIZATION, written=("PKK",))
    turkey = standing("Turkey", ActorKind.STATE, is_provisional=False)
    merges = [into for verdict, into in suggested(doubts([party, turkey], registry))[party.actor.id]
              if verdict == "merge"]
    assert merges == [found.actor for found in registry.named("pkk")][:1]


def test_an_abbreviation_of_a_body_of_a_land_that_no_document_speaks_of_is_not_suggested(registry):
    council = standing("Mountain Council", ActorKind.ORGANIZATION, written=("PKK",))
    chad = standing("Chad", ActorKind.STATE, is_provisional=False)
    assert not [verdict for verdict, _ in suggested(doubts([council, chad], registry))[council.actor.id]
                if verdict == "merge"]


def test_an_adjective_and_the_name_of_a_state_make_the_same_group(registry):
    fields = {"kind": ActorKind.GROUP, "country": "palestine"}
    actors = [standing("Palestinian factions", claims=2, **fields), standing("Palestine factions", **fields)]
    assert suggested(doubts(actors, registry))["palestine-factions"][0] == ("merge", "palestinian-factions")


def test_organizations_of_two_states_are_two():
    one, other = (Named(Actor(id=state, name=f"{state} army", kind=ActorKind.ORGAN, country=country), frozenset(),
                        frozenset("d")) for state, country in (("Sudan", "sudan"), ("South Sudan", "south-sudan")))
    assert likeness(one, other) is None
    alike = Named(Actor(id="x", name="Sudan army", kind=ActorKind.ORGAN), frozenset(), frozenset("d"))
    assert likeness(one, alike) is not None


def test_two_full_given_names_under_one_id_may_be_two_persons(registry):
    found = doubts([standing("Ali Abbas", written=("Ali Abbas", "Ali Abbas", "Abbas", "Omar Abbas"))], registry)
    (split,) = [one for one in found[0].suggestions if one.verdict == "split"]
    assert (split.into, split.names) == ("omar-abbas", ("Omar Abbas",))


def test_a_court_in_documents_about_two_states_may_be_two_courts(registry):
    namings = tuple(Naming(document=document, text="Supreme Court", form=Form.NAME, how="discovered-organization",
                           confidence=0.9, count=1) for document in "de")
    court = Standing(actor=Actor(id="supreme-court", name="Supreme Court", kind=ActorKind.ORGAN, is_provisional=True),
                     namings=namings)
    states = [standing("Spain", ActorKind.STATE, is_provisional=False, document="d"),
              standing("Kenya", ActorKind.STATE, is_provisional=False, document="e")]
    found = doubts([court, *states], registry)
    (split,) = [one for one in found[0].suggestions if one.verdict == "split"]
    assert (split.into, split.documents) == ("supreme-court-spain", ("d",))


def test_an_address_of_the_web_may_be_no_actor(registry):
    address = standing("Orient-news.net", id="orient-news-net")
    assert suggested(doubts([address], registry))["orient-news-net"][0] == ("reject", None)
    assert Reason.REJECT not in doubts([standing("J. F. Bee")], registry)[0].reasons
