"""What the encoder makes of each sentence, told to a person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sides.claims.accounts import TAKEN_BY_NONE, Told, told
from sides.claims.learned.explain import SAID_SURER, TOO_UNSURE, UNLIKELY, UNSEEN, Opinion
from sides.claims.learned.reader import LearnedReader
from sides.claims.mode import Mode
from sides.model.claim_type import ClaimType

from .grammar_reading import parsed, reader, resolved
from .learned_reading import ALL, NONE, learned, scripted

T = ClaimType
TEXTS = ["Poland threw its weight behind Ukraine and condemned Russia. It rained. Turkey attacked Syria.",
         "Turkey did not give Syria its backing. Qatar slept.",
         "Talks between Fatah and Hamas failed. Egypt brokered the truce.",
         "Syrian President Bashar Assad said that Israel had attacked the Iran-backed Hezbollah in 2013.",
         "Iran and Iraq clashed over the river and exchanged fire after the raid."]
MODES = [(mode, thresholds) for mode in (Mode.LEARNED, Mode.BOTH) for thresholds in (ALL, NONE)]


def explained(text: str, with_: LearnedReader) -> list[Opinion]:
    found = parsed(text)
    return with_.explain(found, resolved(found))


def of(text: str, with_: LearnedReader) -> list[Told]:
    found = parsed(text)
    return told(with_, found, resolved(found))


def test_a_likely_claim_has_its_share_trigger_confidence_and_training_claims() -> None:
    text = "Turkey attacked Syria."
    (opinion,) = explained(text, scripted({("turkey", "syria"): {T.ASSAULT: 0.8}}, looks={1: 0.9}))
    (likely,) = opinion.likely
    assert (likely.source, likely.type, likely.target, likely.third) == ("turkey", T.ASSAULT, "syria", None)
    assert (round(likely.share, 2), likely.trigger, likely.confidence) == (0.8, "attacked", 0.8)
    assert likely.is_read_by_grammar
    assert likely.reasons == ("odds of the type +1.39",)
    assert likely.claim is not None
    assert likely.why is None
    assert len(likely.precedents) == 3
    assert all(one.type == "ASSAULT" and one.text and one.trigger for one in likely.precedents)
    assert opinion.dropped == ()


def test_a_likely_claim_that_only_the_encoder_sees_is_said_to_be_so() -> None:
    (opinion,) = explained("Turkey cradled Syria.", scripted({("turkey", "syria"): {T.SUPPORT: 0.8}}))
    assert [one.is_read_by_grammar for one in opinion.likely] == [False]


def test_a_reading_that_is_dropped_is_shown_with_its_probability() -> None:
    (opinion,) = explained("Turkey attacked Syria.", scripted({("turkey", "syria"): {T.ASSAULT: 0.12}}))
    (dropped,) = opinion.dropped
    assert (dropped.source, dropped.type, dropped.target, dropped.trigger) == ("turkey", T.ASSAULT, "syria", "attacked")
    assert dropped.share == pytest.approx(0.12)
    assert dropped.confidence > 0.5
    assert dropped.why == UNLIKELY
    assert opinion.likely == ()


def test_what_runs_both_ways_has_the_better_of_both_probabilities() -> None:
    (opinion,) = explained("Iran met Iraq.", scripted({("iraq", "iran"): {T.CONSULT: 0.2}}))
    assert [one.share for one in opinion.dropped] == [pytest.approx(0.2)]


def test_of_readings_that_say_the_same_the_one_not_taken_is_shown() -> None:
    (opinion,) = explained("Turkey attacked Syria and bombed Syria.",
                           scripted({("turkey", "syria"): {T.ASSAULT: 0.9}}))
    assert [one.why for one in opinion.dropped] == [SAID_SURER]


def test_a_reading_that_is_weighed_too_unsure_is_shown_as_such() -> None:
    with_ = scripted({("turkey", "syria"): {T.ASSAULT: 0.6}}, thresholds=replace(ALL, pair=0.4, least=0.7))
    (opinion,) = explained("Turkey attacked Syria.", with_)
    assert opinion.likely == ()
    ((share, why),) = ((one.share, one.why) for one in opinion.dropped)
    assert (share, why) == (pytest.approx(0.6), TOO_UNSURE)


def test_a_reading_that_the_encoder_has_no_say_in_is_shown_where_it_is_too_unsure() -> None:
    text = "Talks between Fatah and Hamas failed. Egypt brokered the truce."
    found = explained(text, scripted({}, thresholds=NONE))
    (dropped,) = [one for opinion in found for one in opinion.dropped if one.share is None]
    assert (dropped.why, dropped.type) == (UNSEEN, T.MEDIATE)
    assert [one for opinion in found for one in opinion.dropped if one.why == UNLIKELY]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize(("mode", "thresholds"), MODES)
def test_the_claims_that_are_told_are_those_of_reading(text: str, mode: Mode, thresholds) -> None:
    with_, found = learned(mode, thresholds), parsed(text)
    expected = list(with_.read(found, resolved(found)))
    sentences = of(text, with_)
    assert [claim for one in sentences for claim in one.account.claims] == expected
    made = {(one.claim.id, one.claim.modality) for told_ in sentences for one in told_.likely if one.claim}
    assert {(claim.id, claim.modality) for claim in expected if claim.reader != "grammar"} <= made
    assert len(sentences) == len(list(found.doc.sents))


@pytest.mark.parametrize("text", TEXTS)
def test_a_reading_of_the_grammar_is_a_claim_in_the_end_or_says_why_not(text: str) -> None:
    for one in of(text, learned(Mode.BOTH, NONE)):
        shown = [reading for attempt in one.account.attempts for reading in attempt.readings] + list(one.account.others)
        assert all(reading.why for reading in shown)
        assert one.account.claims == ()
    shown = [reading for one in of(text, learned(Mode.BOTH, ALL)) for attempt in one.account.attempts
             for reading in attempt.readings]
    claims = {claim for one in of(text, learned(Mode.BOTH, ALL)) for claim in one.account.claims}
    assert all(reading.why or reading.claim in claims for reading in shown)


def test_a_dropped_reading_is_said_not_to_be_taken_up() -> None:
    (one,) = of("Turkey attacked Syria.", scripted({}))
    assert [reading.why for attempt in one.account.attempts for reading in attempt.readings] == [TAKEN_BY_NONE]


def test_alone_the_encoder_is_told_of_and_the_grammar_is_not() -> None:
    (one,) = of("Turkey attacked Syria.", scripted({("turkey", "syria"): {T.ASSAULT: 0.8}}, Mode.LEARNED))
    assert (one.account.attempts, one.account.others, one.account.incomplete) == ((), (), ())
    assert [claim.reader for claim in one.account.claims] == ["learned"]
    assert [likely.is_read_by_grammar for likely in one.likely] == [False]
    assert one.account.words


def test_the_grammar_alone_tells_of_no_encoder() -> None:
    found = parsed("Turkey attacked Syria.")
    (one,) = told(reader(), found, resolved(found))
    assert (one.likely, one.dropped) == ((), ())
    assert [claim.reader for claim in one.account.claims] == ["grammar"]


def test_telling_twice_tells_the_same() -> None:
    assert explained(TEXTS[0], learned()) == explained(TEXTS[0], learned())
