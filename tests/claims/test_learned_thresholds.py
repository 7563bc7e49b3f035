"""From probabilities to verdicts, and to a confidence."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sides.claims.learned import thresholds as module
from sides.claims.learned.thresholds import CEILING, FLOOR, Thresholds, odds, signs_of
from sides.model.claim_type import ClaimType
from sides.model.errors import LanguageModelError

from .grammar_reading import parsed, reader, resolved
from .learned_reading import judgement, window, windows

T = ClaimType
BARS = Thresholds(pair=0.4, second=0.25, least=0.0, unjudged=0.45, weights={}, digest="")
THREE = "[[Iran|iran]], [[Iraq|iraq]] and [[Syria|syria]] met."


def verdicts(said: dict[tuple[str, str], dict[ClaimType, float]],
             bars: Thresholds = BARS) -> list[tuple[str, str, str | None, str, float]]:
    of = window(THREE)
    return [(one.source, one.target, one.third, one.type.value, round(one.share, 2))
            for one in bars.verdicts(of, judgement(of, said))]


def test_a_pair_below_the_bar_has_no_claim() -> None:
    assert verdicts({("iran", "iraq"): {T.ASSAULT: 0.39}}) == []


def test_the_bar_is_for_all_types_together_and_the_likeliest_is_given() -> None:
    assert verdicts({("iran", "iraq"): {T.ASSAULT: 0.24, T.ACCUSE: 0.2}}) == [("iran", "iraq", None, "ASSAULT", 0.24)]


def test_a_second_type_has_to_be_likely_by_itself() -> None:
    assert [one[3] for one in verdicts({("iran", "iraq"): {T.ASSAULT: 0.5, T.ACCUSE: 0.3, T.HOSTILE: 0.2}})] == [
        "ASSAULT", "ACCUSE"]


def test_one_way_is_not_the_other() -> None:
    assert verdicts({("iraq", "iran"): {T.ASSAULT: 0.8}}) == [("iraq", "iran", None, "ASSAULT", 0.8)]
    assert len(verdicts({("iraq", "iran"): {T.ASSAULT: 0.8}, ("iran", "iraq"): {T.ASSAULT: 0.7}})) == 2


def test_what_runs_both_ways_is_given_once_with_the_better_share() -> None:
    assert verdicts({("iran", "iraq"): {T.CONSULT: 0.5}, ("iraq", "iran"): {T.CONSULT: 0.8}}) == [
        ("iran", "iraq", None, "CONSULT", 0.8)]


def test_what_runs_both_ways_and_is_likely_only_one_way_is_given_from_there() -> None:
    assert verdicts({("iraq", "iran"): {T.CONSULT: 0.8}}) == [("iraq", "iran", None, "CONSULT", 0.8)]


def test_two_mediations_of_one_actor_are_one_between_the_others() -> None:
    said = {("syria", "iran"): {T.MEDIATE: 0.6}, ("syria", "iraq"): {T.MEDIATE: 0.7}}
    assert verdicts(said) == [("syria", "iraq", "iran", "MEDIATE", 0.7)]


def test_a_lone_mediation_stays_and_those_of_two_mediators_are_not_joined() -> None:
    assert verdicts({("syria", "iran"): {T.MEDIATE: 0.6}}) == [("syria", "iran", None, "MEDIATE", 0.6)]
    said = {("syria", "iran"): {T.MEDIATE: 0.6}, ("iraq", "iran"): {T.MEDIATE: 0.6}}
    assert {(one[0], one[2]) for one in verdicts(said)} == {("syria", None), ("iraq", None)}


def test_of_three_mediated_two_are_joined() -> None:
    of = window("[[Qatar|qatar]], [[Iran|iran]], [[Iraq|iraq]] and [[Syria|syria]] met.")
    said = {("qatar", actor): {T.MEDIATE: 0.9} for actor in ("iran", "iraq", "syria")}
    found = BARS.verdicts(of, judgement(of, said))
    assert [(one.target, one.third) for one in found] == [("iraq", "iran"), ("syria", None)]


def test_a_type_of_equal_share_is_chosen_by_the_order_of_types() -> None:
    first, second = sorted((T.AID, T.REJECT), key=list(T).index)
    assert [one[3] for one in verdicts({("iran", "iraq"): {second: 0.3, first: 0.3}})] == [first.value, second.value]


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.1, 5), st.floats(-4, 4))
def test_a_likelier_claim_is_never_less_sure(one: float, other: float, slope: float, offset: float) -> None:
    bars = Thresholds(0.4, 0.3, 0.0, 0.45, {"odds of the type": slope, "always": offset}, "")
    low, high = (bars.confidence({"odds of the type": odds(share), "always": 1.0}) for share in sorted((one, other)))
    assert FLOOR <= low <= high <= CEILING


def test_a_sign_without_a_weight_adds_nothing() -> None:
    bars = replace(BARS, weights={"odds of the type": 1.0})
    assert bars.confidence({"odds of the type": 1.0, "the weather": 9.0}) == bars.confidence({"odds of the type": 1.0})
    assert bars.confidence({}) == 0.5


def test_the_signs_of_a_verdict_tell_what_the_encoder_the_grammar_and_the_actors_say() -> None:
    read = parsed("Turkey accused Israel.")
    resolution = resolved(read)
    (of,) = windows().of(read, resolution)
    (by_grammar,) = (one.claim for one in reader().readings(read, resolution))
    said = judgement(of, {("turkey", "israel"): {T.ACCUSE: 0.75, T.SUPPORT: 0.2}})
    first, second = replace(BARS, second=0.1).verdicts(of, said)
    signs = signs_of(first, of, [by_grammar], [by_grammar])
    assert signs["odds of the type"] == pytest.approx(odds(0.75))
    assert signs["odds of any claim"] == pytest.approx(odds(0.95), abs=1e-4)
    assert signs["odds by the grammar"] == pytest.approx(odds(by_grammar.confidence))
    assert signs["read by the grammar"] == signs["always"] == 1
    assert signs["actors of the sentence"] == pytest.approx(math.log(2))
    assert not {"further type", "read with its sign", "read with another sign", "guessed actors", "tie"} & set(signs)
    other = signs_of(second, of, [], [by_grammar])
    assert other["further type"] == other["read with another sign"] == 1
    assert not {"read by the grammar", "odds by the grammar", "read with its sign"} & set(other)
    assert signs_of(replace(second, type=T.ASSAULT), of, [], [by_grammar])["read with its sign"] == 1
    assert signs_of(replace(second, type=T.ALLIANCE), of, [], [])["tie"] == 1
    assert signs_of(replace(second, type=T.LEADS), of, [], [])["structure"] == 1


def test_actors_that_are_only_guessed_are_a_sign() -> None:
    of = window("[[Iran|iran]] met [[them|hamas]].", guessed=("them",))
    (verdict,) = BARS.verdicts(of, judgement(of, {("iran", "hamas"): {T.REJECT: 0.9}}))
    signs = signs_of(verdict, of, [], [])
    assert signs["guessed actors"] == 1
    assert signs["doubt of the actors"] == pytest.approx(-math.log(0.9) - math.log(0.3), abs=1e-4)


def test_the_shipped_thresholds_make_sense() -> None:
    shipped = Thresholds.load()
    assert 0 < shipped.pair < 1
    assert 0 < shipped.second < 1
    assert 0 < shipped.unjudged < 1
    assert 0 < shipped.least < 1
    assert shipped.weights["read by the grammar"] > 0 > shipped.weights["doubt of the actors"]


@pytest.mark.parametrize("raw", [
    b"[bounds]\npair = 0.4", b"pair = 0.4", b"pair =", b"\xff", b"bounds = 1\nweights = 2",
    b"[bounds]\npair = 'much'\nsecond = 1\nleast = 1\nunjudged = 1\n[weights]",
    b"[bounds]\npair = 1\nsecond = 1\nleast = 1\nunjudged = 1\n[weights]\nalways = []"])
def test_thresholds_that_make_no_sense_are_named(monkeypatch: pytest.MonkeyPatch, raw: bytes) -> None:
    monkeypatch.setattr(module, "data", lambda name: raw)
    with pytest.raises(LanguageModelError, match=r"merger.toml.*Reinstall"):
        Thresholds.load()
