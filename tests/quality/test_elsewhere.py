"""The comparison with sets that others annotated is fair to both: directions, signs and halves."""

import runpy
from collections import Counter
from pathlib import Path

import pytest

from sides.model.claim import Claim
from sides.model.claim_type import ClaimType, Layer, Modality

BENCHMARK = Path(__file__).resolve().parents[2] / "benchmarks" / "elsewhere.py"
A, B = {"chad"}, {"niger"}


@pytest.fixture(scope="module")
def benchmark():
    return runpy.run_path(str(BENCHMARK))


def claim(source, kind, target, modality=Modality.ASSERTED):
    return Claim(document="d", begin_char=0, end_char=1, quote="q", source=source, target=target, type=ClaimType(kind),
                 sign=ClaimType(kind).meaning.sign, layer=Layer.GENERAL, modality=modality, confidence=1.0,
                 reader="grammar", reader_version="0", trigger="t", source_text=source, target_text=target)


def row(benchmark, label, kind="", is_both_ways=False):
    return benchmark["Row"]("Chad and Niger", "2017", (), label, kind, is_both_ways)


def said(benchmark, row, *claims):
    return set(benchmark["said"](row, claims, [(A, B)]))


def test_a_claim_the_other_way_round_does_not_count(benchmark):
    forth = row(benchmark, (True, -1))
    assert said(benchmark, forth, claim("chad", "ASSAULT", "niger")) == {(True, -1)}
    assert said(benchmark, forth, claim("niger", "ASSAULT", "chad")) == {(False, -1)}
    assert said(benchmark, forth, claim("mali", "ASSAULT", "niger")) == set()


def test_a_meeting_counts_both_ways(benchmark):
    assert said(benchmark, row(benchmark, (True, 1)), claim("niger", "CONSULT", "chad")) == {(True, 1)}
    assert said(benchmark, row(benchmark, (False, 1)), claim("chad", "CONSULT", "niger")) == {(False, 1)}
    together = row(benchmark, (True, 1), is_both_ways=True)
    assert said(benchmark, together, claim("niger", "AID", "chad")) == {(True, 1)}


def test_not_to_support_is_hostile_and_not_to_attack_is_neither(benchmark):
    forth = row(benchmark, (True, -1))
    assert said(benchmark, forth, claim("chad", "SUPPORT", "niger", Modality.NEGATED)) == {(True, -1)}
    assert said(benchmark, forth, claim("chad", "ASSAULT", "niger", Modality.NEGATED)) == {(True, 0)}


def test_a_request_is_right_for_a_demand_only(benchmark):
    request = claim("chad", "REQUEST", "niger")
    assert said(benchmark, row(benchmark, (True, -1), "DEMAND"), request) == {(True, -1)}
    assert said(benchmark, row(benchmark, (True, -1), "ACCUSE"), request) == {(True, 0)}


def test_marks_become_offsets(benchmark):
    text, spans = benchmark["unmarked"]("Today <s>Chad</s> did not meet <t>Niger</t>.")
    assert text == "Today Chad did not meet Niger."
    assert [text[begin:end] for side in "st" for begin, end in spans[side]] == ["Chad", "Niger"]


def test_both_signs_are_right_and_a_neutral_pair_only_costs_precision(benchmark):
    counts = Counter()
    assert benchmark["score"](row(benchmark, (True, -1)), {(True, -1), (True, 1)}, counts) == "right"
    assert benchmark["score"](row(benchmark, (True, -1)), {(True, 1)}, counts) == "wrong"
    assert benchmark["score"](row(benchmark, (True, -1)), {(False, -1), (True, 0)}, counts) == "missed"
    assert benchmark["score"](row(benchmark, None), {(True, 1)}, counts) == "wrong"
    assert (counts["right"], counts["wrong"], counts["labelled"], counts["pair"], counts["said"]) == (1, 1, 3, 3, 5)
