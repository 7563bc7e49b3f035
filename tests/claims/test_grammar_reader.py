from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sides.actors.resolution import Resolution
from sides.claims.grammar.circumstances import Circumstances
from sides.model.actor import Form, Mention
from sides.model.claim_type import Kind

from .grammar_reading import claims, parsed, reader, resolved, said

# The sentences by which event coders were probed (docs/reading.md), with what should be read from each.
PROBES = [
    ("Russia did not attack Ukraine.", {"russia ASSAULT ukraine (negated)"}),
    ("Russia will attack Ukraine.", {"russia ASSAULT ukraine (planned)", "russia ASSAULT ukraine (forecast)"}),
    ("Russia may attack Ukraine.", {"russia ASSAULT ukraine (possible)"}),
    ("Russia denied attacking Ukraine.", {"russia ASSAULT ukraine (negated)"}),
    ("Ukraine said that Russia attacked Poland.", {"russia ASSAULT poland"}),
    ("According to Turkey, Russia attacked Ukraine.", {"russia ASSAULT ukraine"}),
    ("Analysts expect France to support Israel.", {"france BACKING israel (forecast)"}),
    ("France no longer supports Israel.", {"france BACKING israel (negated)"}),
    ("France stopped supporting Israel in 2015.", {"france BACKING israel (negated)"}),
    ("France has supported Israel since 1967.", {"france BACKING israel"}),
    ("Iran is an ally of Syria.", {"iran ALLIANCE syria"}),
    ("Saudi Arabia broke off diplomatic relations with Iran on 3 January 2016.",
     {"saudi-arabia SANCTION iran", "saudi-arabia SEVERED iran"}),
    ("The United States was criticized by China.", {"china ACCUSE united-states"}),
    ("Hungary abstained while Poland voted for the resolution condemning Russia.", {"poland ACCUSE russia"}),
]


@pytest.mark.parametrize(("text", "any_of"), PROBES)
def test_a_probe_sentence_gives_one_claim_of_the_right_kind(text: str, any_of: set[str]) -> None:
    found = said(text)
    assert len(found) == 1
    assert found <= any_of


@pytest.mark.parametrize(("text", "expected"), [
    ("If Russia attacks Ukraine, France will support Ukraine.",
     {"russia ASSAULT ukraine (conditional)", "france BACKING ukraine (conditional)"}),
    ("France and Germany back Ukraine against Russia.", {"france BACKING ukraine", "germany BACKING ukraine"}),
    ("Syria's ally Iran sent troops to Iraq.", {"iran ALLIANCE syria", "iran AID iraq"}),
    ("Turkey, once a friend of Syria, now opposes Iran.", {"turkey FRIENDLY syria", "turkey REJECT iran"}),
])
def test_a_probe_sentence_gives_several_claims(text: str, expected: set[str]) -> None:
    assert {claim.split(" (")[0] for claim in said(text)} == {claim.split(" (")[0] for claim in expected}


def test_first_persons_in_a_quotation_act_where_the_resolver_knows_who_they_are() -> None:
    read = parsed('"We stand with Taiwan," the Japanese prime minister said.')
    known = resolved(read)
    speaker = Mention(document=read.document.id, begin_char=1, end_char=3, text="We", actor="japan", form=Form.PRONOUN,
                      how="test", confidence=1.0)
    heads = {**known.heads, read.doc.char_span(1, 3).root.i: (speaker,)}
    told = Resolution((speaker, *known.mentions), known.actors, heads)
    assert [(c.source, c.type.value, c.target) for c in reader().read(read, told)] == [("japan", "SUPPORT", "taiwan")]


def test_an_accusation_is_a_claim_and_so_is_what_it_accuses_of() -> None:
    accused, bombed = claims("Turkey accused Israel of bombing Syria.")
    assert (accused.source, accused.type, accused.target, accused.speaker) == ("turkey", "ACCUSE", "israel", "author")
    assert (bombed.source, bombed.type, bombed.target, bombed.speaker) == ("israel", "ASSAULT", "syria", "turkey")


def test_a_list_gives_one_claim_for_each_member() -> None:
    assert said("Iran thanked Russia, China and Syria.") == {
        "iran SUPPORT russia", "iran SUPPORT china", "iran SUPPORT syria"}


def test_a_reciprocal_relation_is_one_claim_from_the_first_named() -> None:
    assert said("Turkey and Russia clashed in Syria.") == {"turkey ASSAULT russia"}
    assert said("Hamas and Fatah are rivals.") == {"hamas HOSTILE fatah"}
    assert said("Relations between Turkey and Syria are strained.") == {"turkey STRAINED syria"}


def test_a_named_war_is_no_claim() -> None:
    assert said("The Syrian civil war drew the attention of France.") == set()


def test_a_missing_participant_is_not_guessed() -> None:
    assert said("Israel watched as Damascus shelled a town in Iraq.") <= {"syria ASSAULT iraq"}
    assert said("Iran and its press condemned the decision.") == set()


def test_the_same_claim_from_a_verb_and_its_noun_is_one() -> None:
    assert said("Iran launched an attack on Israel.") == {"iran ASSAULT israel"}


def test_double_readings_of_one_sentence_are_merged() -> None:
    found = [(c.source, c.type, c.target, c.modality) for c in claims("Russia attacked Ukraine and bombed Ukraine.")]
    assert len(found) == len(set(found))


def test_structure_is_said_once_in_a_document() -> None:
    text = "Syrian President Bashar Assad met Meshaal.\n\nSyrian President Bashar Assad praised Iran."
    found = [c for c in claims(text) if c.kind is Kind.STRUCTURE]
    assert [(c.source, c.type.value, c.target) for c in found] == [("bashar-al-assad", "LEADS", "syria")]


def test_every_claim_has_its_quote_trigger_and_names() -> None:
    text = "Iran, Syria's closest ally, threw its weight behind Hamas. Qatar mediated between Hamas and Israel."
    for claim in claims(text):
        assert text[claim.begin_char:claim.end_char] == claim.quote == claim.quote.strip() != ""
        assert 0.05 <= claim.confidence <= 0.97
        assert claim.trigger and claim.source_text and claim.target_text
        assert claim.source != claim.target


def test_the_quote_is_at_most_the_sentence() -> None:
    for claim in claims("Iran attacked Israel. Turkey condemned the attack. France praised Turkey."):
        assert claim.quote.count(".") <= 1


def test_explaining_tells_what_was_found_and_what_was_missing() -> None:
    read = parsed("Iran attacked Israel. Turkey condemned the noise.")
    steps = reader().explain(read, resolved(read))
    attacked = next(step for step in steps if step.trigger == "attacked")
    assert attacked.type == "ASSAULT"
    assert attacked.sources[0].startswith("iran ") and attacked.targets[0].startswith("israel ")
    condemned = next(step for step in steps if step.pattern == "incomplete")
    assert condemned.sources and not condemned.targets


def test_the_version_names_the_lexicon_and_reading_is_repeatable() -> None:
    text = "Turkey accused Israel of bombing Syria, and Iran backed Hamas against Israel."
    assert len(reader().version) == 12
    assert claims(text) == claims(text)


def test_what_is_restated_incomplete_and_told_with_reasons_and_amounts_is_read_together() -> None:
    read = parsed("Turkey condemns Israel\n\nTurkey condemned Israel on Monday because of the raid. The ministry gave "
                  "no details and nobody else in the capital would say more of it on that day. Hamas was bombed. "
                  "Iran sent Syria 40 tanks to end the war.")
    found, incomplete = reader().read_all(read, resolved(read))
    headline, story, arms = found
    assert (headline.restates, headline.parts) == (story.id, ())
    assert [(one.kind.value, one.text) for one in story.reasons] == [("cause", "because of the raid")]
    assert [(one.kind.value, one.text) for one in arms.parts] == [("aim", "to end the war"), ("arms", "40 tanks")]
    assert story.restates is arms.restates is None
    assert (None, "hamas") in {(one.source, one.target) for one in incomplete}


def test_a_claim_made_of_a_proposal_alone_has_all_but_its_confidence() -> None:
    read = parsed("Iran sent Syria 40 tanks because of the war.")
    resolution = resolved(read)
    (one,) = reader().readings(read, resolution)
    made = reader().claim(one.proposal, Circumstances.of(read, resolution, reader().lexicon))
    assert made != one.claim and replace(made, confidence=one.claim.confidence) == one.claim
    assert made.reasons and made.amounts


WORDS = st.sampled_from([
    "Iran", "Israel's", "Hamas", "Syria", "attacked", "backed", "by", "with", "and", "between", "of", "the", "ties",
    "to", "accused", "who", "whose", "which", "-", "led", "(", ")", ",", ";", "\n", "“", "ally", "its", "each", "other",
    "is", "not", "talks", "on", "against", "President", "including", "such", "as", "?", "é", "\u00a0", "🙂"])


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=25).map(" ".join))
def test_no_text_raises_and_no_quote_is_invented(text: str) -> None:
    for claim in claims(text):
        assert text[claim.begin_char:claim.end_char] == claim.quote
        assert claim.quote.strip() == claim.quote != ""
        assert claim.source != claim.target


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=80))
def test_arbitrary_text_never_raises(text: str) -> None:
    claims(text)
    claims(f"Iran {text} Israel")
