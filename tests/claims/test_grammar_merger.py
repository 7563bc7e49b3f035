from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sides.claims.merger import merged
from sides.model.amount import Amount, AmountKind
from sides.model.claim import Claim
from sides.model.claim_type import ClaimType, Modality
from sides.model.reason import Reason, ReasonKind

from .grammar_reading import claims

CLAIM = claims("Iran attacked Israel.")[0]


def test_the_surer_of_two_that_say_the_same_stays() -> None:
    weak = replace(CLAIM, confidence=0.2, begin_char=CLAIM.begin_char + 1)
    assert merged([weak, CLAIM]) == [CLAIM]


def test_the_one_that_stays_takes_over_reasons_and_amounts_that_lie_elsewhere() -> None:
    cause = Reason(kind=ReasonKind.CAUSE, begin_char=30, end_char=40, text="after that")
    inside = Reason(kind=ReasonKind.AIM, begin_char=32, end_char=36, text="to go")
    guns = Amount(kind=AmountKind.ARMS, low=2, high=2, unit="gun", begin_char=50, end_char=56, text="2 guns")
    strong, weak = replace(CLAIM, reasons=(cause,)), replace(CLAIM, confidence=0.2, reasons=(inside,), amounts=(guns,))
    assert merged([weak, strong]) == merged([strong, weak]) == [replace(strong, amounts=(guns,))]


def test_a_reciprocal_claim_the_other_way_round_is_the_same() -> None:
    tie = replace(CLAIM, type=ClaimType.STRAINED)
    back = replace(tie, source=tie.target, target=tie.source, confidence=tie.confidence / 2)
    assert merged([tie, back]) == [tie]
    assert len(merged([CLAIM, replace(CLAIM, source=CLAIM.target, target=CLAIM.source)])) == 2


def test_another_modality_type_or_place_is_another_claim() -> None:
    others = [replace(CLAIM, modality=Modality.NEGATED), replace(CLAIM, type=ClaimType.ACCUSE),
              replace(CLAIM, begin_char=100, end_char=110), replace(CLAIM, document="other")]
    assert len(merged([CLAIM, *others])) == 5


@given(st.permutations([CLAIM, replace(CLAIM, confidence=0.1), replace(CLAIM, type=ClaimType.ACCUSE),
                        replace(CLAIM, begin_char=3), replace(CLAIM, source="syria")]))
def test_the_order_of_proposals_changes_nothing(shuffled: list[Claim]) -> None:
    assert merged(shuffled) == merged(sorted(shuffled, key=repr))
