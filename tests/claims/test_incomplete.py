"""What is said of one actor and somebody who is not named: kept as it is said, and never made a claim."""

from __future__ import annotations

import pytest

from sides.model.incomplete import Incomplete

from .grammar_reading import claims, parsed, reader, resolved


def lacking(text: str) -> list[Incomplete]:
    read = parsed(text)
    return list(reader().read_all(read, resolved(read))[1])


def told(text: str) -> list[str]:
    return [f"{one.source or '?'} {one.type} {one.target or '?'}" for one in lacking(text)]


@pytest.mark.parametrize(("text", "expected"), [
    ("Hezbollah was bombed.", "? ASSAULT hezbollah"),
    ("Russia accused the rebels of lying.", "russia ACCUSE ?"),
    ("Iran launched an attack on the village.", "iran ASSAULT ?"),
    ("Qatar held talks in Geneva.", "qatar CONSULT ?"),
    ("The Iran-backed militia slept.", "iran BACKING ?"),
    ("Anti-Turkish crowds slept.", "? HOSTILE turkey"),
    ("Turkey was furious.", "turkey STRAINED ?"),
    ("Sanctions on Iran were discussed.", "? SANCTION iran"),
    ("France threw its weight behind the plan.", "france SUPPORT ?"),
    ("Fighters loyal to Assad slept.", "? BACKING bashar-al-assad"),
    ("The European Union imposed sanctions on the junta.", "european-union SANCTION ?"),
    ("Germany refused to help the villagers.", "germany REJECT ?"),
])
def test_one_actor_is_kept_in_its_place_and_the_other_is_left_open(text: str, expected: str) -> None:
    assert expected in told(text)
    assert claims(text) == []


@pytest.mark.parametrize("text", [
    "Russia attacked Ukraine.", "Russia signed a deal with Turkey.", "Iran provided Syria with weapons.",
    "Hamas wants to sleep.", "The militia of Iran fired.", "Egypt kept the promise.", "It rained in Syria.", "",
    "Bashar Assad, the president of Syria, slept.", "Talks between Iran and Turkey failed.",
])
def test_what_lacks_nobody_or_says_nothing_of_two_is_not_incomplete(text: str) -> None:
    assert told(text) == []


def test_voice_modality_and_date_are_read_as_for_claims() -> None:
    (one,) = lacking("France said that Hezbollah had not been bombed in 2013.")
    assert (one.speaker, one.modality.value, str(one.start), one.missing) == ("france", "negated", "2013", "source")
    assert one.quote in "France said that Hezbollah had not been bombed in 2013." and one.actor_text == "Hezbollah"


def test_a_complete_sentence_may_hold_something_incomplete_besides() -> None:
    text = "Turkey condemned Israel, and Hezbollah was bombed."
    assert [claim.type.value for claim in claims(text)] == ["ACCUSE"]
    assert told(text) == ["? ASSAULT hezbollah"]


@pytest.mark.parametrize(("text", "inferred"), [
    ("Hamas's ties were revived.", ("target",)),
    ("Syria's ties were revived.", ("source",)),
    ("Ties were revived, Qatar said.", ("source", "target")),
])
def test_a_tie_takes_its_partner_from_the_discourse_and_is_marked(text: str, inferred: tuple[str, ...]) -> None:
    first, second = claims(f"Hamas attacked Syria in 2012. {text}")
    assert first.inferred == ()
    assert (second.source, second.target, second.type.value) == ("hamas", "syria", "RAPPROCHEMENT")
    assert second.inferred == inferred


def test_a_mediation_between_two_named_before_is_marked() -> None:
    found = [claim for claim in claims("Hamas and Israel fought for days. Egypt brokered the truce.")
             if claim.type == "MEDIATE"]
    assert [claim.inferred for claim in found] == [("target", "third")]
    assert "egypt MEDIATE ?" not in told("Hamas and Israel fought for days. Egypt brokered the truce.")
    assert told("Egypt brokered the truce.") == ["egypt MEDIATE ?"]


def test_the_state_of_an_office_that_names_none_is_marked() -> None:
    (claim,) = claims("Syrian forces moved. President Assad spoke.")
    assert (claim.source, claim.target, claim.inferred) == ("bashar-al-assad", "syria", ("target",))


def test_what_stands_in_one_sentence_is_not_marked() -> None:
    assert {claim.inferred for claim in claims("Russia attacked Ukraine and met Turkey.")} == {()}
