"""Reasons of claims, over the sentences of many conflicts."""

from __future__ import annotations

import pytest

from sides.claims.connectives import Connectives
from sides.model.claim_type import ClaimType
from sides.model.reason import ReasonKind

from .grammar_reading import claims


def reasons(text: str) -> list[tuple[str, str]]:
    """The reasons of all claims of a text, each once."""
    return sorted({(one.kind.value, one.text) for claim in claims(text) for one in claim.reasons})


@pytest.mark.parametrize(("text", "reason"), [
    ("Iran cut its aid to Hamas because the movement backed the rebels.", "because the movement backed the rebels"),
    ("Turkey recalled its ambassador from Israel in response to the raid on the flotilla.",
     "in response to the raid on the flotilla"),
    ("Angered by the vote, France suspended talks with Turkey.", "Angered by the vote"),
    ("Qatar, alarmed by the blockade, turned to Turkey and Iran.", "alarmed by the blockade"),
    ("Poland thanked Ukraine for helping it at the border.", "for helping it at the border"),
    ("Egypt criticised Israel over the deaths of five policemen.", "over the deaths of five policemen"),
    ("Egypt expelled two French diplomats at Turkey's request.", "at Turkey's request"),
    ("The raid prompted Turkey to expel the Israeli ambassador.", "The raid"),
    ("The war led to a rift between Hamas and Syria.", "The war"),
    ("The rift between Qatar and Egypt was caused by the broadcasts of a channel.",
     "by the broadcasts of a channel"),
    ("The tension between Japan and China stems from a quarrel about islands.", "from a quarrel about islands"),
    ("China closed a bridge in the north, prompting Russia to accuse China.", "China closed a bridge in the north"),
    ("France condemned Turkey. This is because the fleet had entered Greek waters.",
     "This is because the fleet had entered Greek waters"),
    ("Hungary expelled two soldiers. As a result, Russia expelled Hungarian diplomats.",
     "Hungary expelled two soldiers"),
])
def test_a_cause_is_read_with_the_words_that_make_it_one(text: str, reason: str) -> None:
    assert reasons(text) == [("cause", reason)]


@pytest.mark.parametrize(("text", "reason"), [
    ("Russia attacked Ukraine in order to stop its rise.", "in order to stop its rise"),
    ("Egypt met Hamas to end the war in the strip.", "to end the war in the strip"),
    ("France sent troops to Iraq in a bid to defeat the militants.", "in a bid to defeat the militants"),
    ("To end the siege, Egypt met Hamas.", "To end the siege"),
])
def test_an_aim_is_what_something_is_done_for(text: str, reason: str) -> None:
    assert reasons(text) == [("aim", reason)]


@pytest.mark.parametrize(("text", "reason"), [
    ("Japan will cut ties with China if it attacks Taiwan.", "if it attacks Taiwan"),
    ("Hungary will not support Ukraine unless the funds are freed.", "unless the funds are freed"),
    ("Israel released forty prisoners of Hamas in exchange for the bodies of two soldiers.",
     "in exchange for the bodies of two soldiers"),
    ("Turkey will not recognise Syria until the army leaves the north.", "until the army leaves the north"),
    ("Should China attack Taiwan, Japan would help Taiwan.", "Should China attack Taiwan"),
])
def test_a_condition_is_what_something_hangs_on(text: str, reason: str) -> None:
    assert reasons(text) == [("condition", reason)]


@pytest.mark.parametrize(("text", "reason"), [
    ("Saudi Arabia restored relations with Iran despite the protests of its allies.",
     "despite the protests of its allies"),
    ("China praised Russia although it had lost two ships.", "although it had lost two ships"),
    ("Iran and Syria restored their ties, but mistrust remains.", "mistrust remains"),
    ("Ties between Iran and Iraq are hampered by unpaid debts.", "by unpaid debts"),
    ("The main obstacle to a deal between Israel and Hamas is the fate of the prisoners.",
     "the fate of the prisoners"),
])
def test_an_obstacle_is_what_stands_in_the_way(text: str, reason: str) -> None:
    assert reasons(text) == [("obstacle", reason)]


@pytest.mark.parametrize("text", [
    "Iran attacked Israel, an official said on condition of anonymity.",
    "Hamas met Fatah after 2015.",
    "Hamas restored its ties with Syria ten years after it broke with Damascus.",
    "France asked if Iran attacked Israel.",
    "Syria thanked Russia for the third time.",
    "Iran plans to attack Israel.",
    "Turkey urged Iran to attack Israel.",
    "Egypt opposed attempts by France to seize Israel.",
    "France has backed Poland since the two armies met.",
    "Assad, for his part, thanked Russia.",
])
def test_what_looks_like_a_reason_and_is_none(text: str) -> None:
    assert claims(text)
    assert reasons(text) == []


def test_each_member_of_a_list_of_verbs_keeps_its_own_reason() -> None:
    found = {claim.target: [one.text for one in claim.reasons] for claim in claims(
        "Turkey thanked Qatar for its gas and condemned France because it had bombed a village.")}
    assert found == {"qatar": ["for its gas"], "france": ["because it had bombed a village"]}


def test_a_reason_of_the_saying_is_not_one_of_what_is_said() -> None:
    found = {claim.type: claim.reasons for claim in claims(
        "Because the talks had failed, France said that Russia attacked Poland.")}
    assert found[ClaimType.ASSAULT] == ()


def test_who_belongs_where_has_no_reason() -> None:
    structure = [claim for claim in claims("Bashar Assad, the president of Syria because his brother died, met Hamas.")
                 if claim.kind.value == "structure"]
    assert structure and all(claim.reasons == () for claim in structure)


def test_a_reason_stands_word_for_word_in_the_text() -> None:
    text = "Because of “the\xa0raid”,\nTurkey condemned Israel — and left."
    for claim in claims(text):
        for one in claim.reasons:
            assert text[one.begin_char:one.end_char] == one.text


def test_every_kind_has_connectives_of_each_sort_and_none_opens_in_two_ways() -> None:
    found: dict[tuple[str, ...], set[tuple[ReasonKind, str, bool]]] = {}
    for rows in Connectives.load().first.values():
        for one in rows:
            found.setdefault(one.words, set()).add((one.kind, one.form, one.looks_ahead))
    assert {kind for rows in found.values() for kind, _, _ in rows} == set(ReasonKind)
    assert not {words for words, rows in found.items() if len({form for _, form, _ in rows}) < len(rows)}
