from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sides.ledger.corrections import Action, Correction, in_force, overlays
from sides.ledger.store import Store
from sides.model.claim_type import ClaimType, Layer, Modality
from sides.model.dates import PartialDate
from sides.model.errors import LedgerError, UnknownClaim

from .factory import claim, document, reading

NOON = datetime(2024, 5, 1, 12, tzinfo=UTC)
BY: Any = {"who": "an analyst", "why": "the text says otherwise", "made_at": NOON}
LATER: Any = {**BY, "made_at": NOON + timedelta(hours=1)}


@pytest.fixture
def read(tmp_path: Path) -> Store:
    store = Store.create_or_open(tmp_path / "l.sides")
    store.append([reading()])
    return store


THANKS, EXPULSION = (found.id for found in reading().claims)


def test_a_rejected_claim_is_shown_only_as_read(read: Store) -> None:
    read.correct(THANKS, "reject", **BY)
    shown = read.snapshot()
    assert [found.id for found in shown.claims()] == [EXPULSION]
    assert shown.claims(corrected=False) == list(reading().claims) == read.snapshot(1).claims()
    assert shown.counts().claims == 1 and shown.counts().corrections == 1


def test_a_confirmed_claim_is_certain(read: Store) -> None:
    read.correct(THANKS, Action.CONFIRM, **BY)
    found = read.snapshot().claim(THANKS)
    assert found is not None and found.confidence == 1.0
    assert read.snapshot().claims_relation().filter("correction IS NOT NULL").fetchall()[0][0] == THANKS


def test_every_field_that_a_reader_may_misread_can_be_set(read: Store) -> None:
    read.correct(EXPULSION, "set", {
        "source": "egypt", "third": "qatar", "type": "ACCUSE", "speaker": "hamas", "modality": "negated",
        "start": "2013-01", "end": "2014", "layer": "military"}, **BY)
    (found,) = read.snapshot().claims(types=["ACCUSE"])
    assert (found.source, found.target, found.third, found.speaker) == ("egypt", "hamas", "qatar", "hamas")
    assert (found.sign, found.layer, found.modality) == (-1, Layer.MILITARY, Modality.NEGATED)
    assert found.holds.start == PartialDate(2013, 1) and found.holds.end == PartialDate(2014)
    assert found.quote == "Syria expelled Hamas."
    assert read.snapshot().claims(types=["SANCTION"]) == []
    assert read.snapshot().claims(actors=["egypt"]) == [found]


def test_a_new_type_brings_its_sign_and_layer(read: Store) -> None:
    read.correct(THANKS, "set", {"type": ClaimType.ACCUSE}, **BY)
    (found,) = read.snapshot().claims(between=("hamas", "iran"))
    assert (found.sign, found.layer) == (ClaimType.ACCUSE.meaning.sign, ClaimType.ACCUSE.meaning.layer)


def test_a_date_can_be_taken_away(read: Store) -> None:
    read.correct(EXPULSION, "set", {"start": None}, **BY)
    found = read.snapshot().claim(EXPULSION)
    assert found is not None and found.start is None and found.dated_from == "none"


def test_a_corrected_claim_can_be_corrected_again_by_the_id_it_is_shown_under(read: Store) -> None:
    read.correct(THANKS, "set", {"source": "fatah"}, **BY)
    (shown,) = read.snapshot().claims(actors=["fatah"])
    assert shown.id != THANKS and read.snapshot().read_id(shown.id) == THANKS
    read.correct(shown.id, "set", {"target": "qatar"}, **LATER)
    assert [(found.source, found.target) for found in read.snapshot().claims(actors=["fatah"])] == [("fatah", "qatar")]
    assert [found.claim for found in read.snapshot().corrections_in_force(THANKS)] == [THANKS, THANKS]


def test_a_correction_can_be_withdrawn_and_the_withdrawal_too(read: Store) -> None:
    rejection = read.correct(THANKS, "reject", **BY)
    withdrawal = read.withdraw(rejection, **BY)
    assert read.snapshot().claims() == list(reading().claims)
    with pytest.raises(LedgerError, match="has been withdrawn"):
        read.correct(THANKS, "reject", **BY)
    read.withdraw(withdrawal, **BY)
    assert len(read.snapshot().claims()) == 1
    assert len(read.snapshot().corrections()) == 3 and len(read.snapshot().corrections_in_force()) == 1
    assert len(read.snapshot(2).claims()) == 1 and len(read.snapshot(3).claims()) == 2


def test_the_same_correction_twice_is_one(read: Store) -> None:
    assert read.correct(THANKS, "reject", **BY) == read.correct(THANKS, "reject", **BY)
    assert read.version == 2


def test_corrections_survive_a_newer_reader(read: Store) -> None:
    read.correct(THANKS, "set", {"modality": "possible"}, **BY)
    read.append([reading(version="2")])
    found = read.snapshot().claim(THANKS)
    assert found is not None and found.modality is Modality.POSSIBLE and found.reader_version == "2"
    assert read.snapshot().unattached_corrections() == []


def test_a_correction_of_what_no_reader_says_any_more_is_kept_and_listed(read: Store) -> None:
    rejection = read.correct(THANKS, "reject", **BY)
    read.append([reading(version="2", claims=())])
    (lost,) = read.snapshot().unattached_corrections()
    assert lost.id == rejection and lost.why == BY["why"]
    read.append([reading(version="3")])
    assert read.snapshot().unattached_corrections() == []
    assert [found.id for found in read.snapshot().claims()] == [EXPULSION]


def test_a_claim_corrected_into_another_is_that_one_and_not_a_second(store: Store) -> None:
    of = document()
    right = claim(of, "Hamas thanked Iran.", "hamas", "iran", ClaimType.SUPPORT)
    wrong = claim(of, "Hamas thanked Iran.", "hamas", "iran", ClaimType.AID)
    store.append([reading(of, claims=(right, wrong))])
    store.correct(wrong.id, "set", {"type": "SUPPORT"}, **BY)
    (found,) = store.snapshot().claims()
    assert found.id == right.id and found.confidence == 1.0


def test_what_makes_no_sense_is_refused_and_nothing_is_written(read: Store) -> None:
    with pytest.raises(UnknownClaim, match="shows no claim 'nothing'"):
        read.correct("nothing", "reject", **BY)
    for action, changes in (("set", None), ("reject", {"sign": 1}), ("set", {"quote": "x"}), ("set", {"sign": 2}),
                            ("set", {"type": "LOVE"}), ("set", {"start": "May"}), ("set", {"target": "hamas"}),
                            ("set", {"speaker": " "}), ("withdraw", None), ("adore", None)):
        with pytest.raises(ValueError):
            read.correct(THANKS, action, changes, **BY)
    with pytest.raises(ValueError, match="no time zone"):
        read.correct(THANKS, "reject", who="a", why="b", made_at=datetime(2024, 1, 1))
    with pytest.raises(LedgerError, match="no correction"):
        read.withdraw("nothing", **BY)
    assert read.version == 1


def test_a_moment_is_the_same_in_every_zone(read: Store) -> None:
    east = NOON.astimezone(timezone(timedelta(hours=9)))
    assert read.correct(THANKS, "reject", **BY) == read.correct(THANKS, "reject", **{**BY, "made_at": east})


@given(st.permutations(range(6)))
def test_the_order_in_which_corrections_were_written_makes_no_difference(order: list[int]) -> None:
    def made(hours: int, action: Action, *changes: tuple[str, str], withdraws: str | None = None) -> Correction:
        return Correction(claim=THANKS, action=action, changes=changes, withdraws=withdraws, who="a", why="b",
                          made_at=NOON + timedelta(hours=hours))

    first = made(0, Action.SET, ("source", "a"))
    withdrawal = made(1, Action.WITHDRAW, withdraws=first.id)
    corrections = [first, withdrawal, made(2, Action.WITHDRAW, withdraws=withdrawal.id),
                   made(3, Action.SET, ("source", "b")), made(4, Action.REJECT), made(5, Action.SET, ("speaker", "c"))]
    found = overlays([corrections[place] for place in order])
    assert [one.made_at.hour for one in in_force(corrections)] == [12, 15, 16, 17]
    shown = found[THANKS].apply(reading().claims[0])
    assert shown is not None and (shown.source, shown.speaker) == ("b", "c")


def test_a_claim_that_is_corrected_to_say_something_else_restates_nothing_any_more(store: Store) -> None:
    of = document()
    body, headline = reading(of).claims
    store.append([reading(of, claims=(body, replace(headline, restates=body.id, inferred=("source", "target"))))])
    assert store.snapshot().claim(headline.id).restates == body.id
    store.correct(headline.id, Action.SET, {"layer": "military"}, **BY)
    assert store.snapshot().claim(headline.id).restates == body.id
    store.correct(headline.id, Action.SET, {"target": "iran"}, **LATER)
    (shown,) = [one for one in store.snapshot().claims() if one.source == "syria"]
    assert (shown.restates, shown.inferred, shown.target) == (None, ("source",), "iran")
