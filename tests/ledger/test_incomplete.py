"""What lacks an actor: kept with its reading, judged with its actor, asked for like claims, and never among them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from sides.ledger.decisions import Decision, Verdict, sorted_part
from sides.ledger.store import Store
from sides.model.claim_type import ClaimType, Modality
from sides.model.dates import PartialDate

from .factory import document, incomplete, mention, reading

NOW = datetime(2024, 5, 1, tzinfo=UTC)
TEXT = "Hamas thanked Iran. Syria expelled Hamas. Hamas was bombed. Iran accused the rebels."


@pytest.fixture
def kept(store: Store) -> Store:
    of = document(TEXT)
    lacking = (incomplete(of, "Hamas was bombed", None, "hamas", ClaimType.ASSAULT, start=PartialDate(2011)),
               incomplete(of, "Iran accused the rebels", "iran", None, ClaimType.ACCUSE, speaker="syria",
                          modality=Modality.POSSIBLE))
    store.append([replace(reading(of), incomplete=lacking)])
    return store


def asked(store: Store, **query) -> list[str]:
    return [one.quote for one in store.snapshot().incomplete(**query)]


def test_it_is_given_back_as_it_was_and_is_no_claim(kept: Store) -> None:
    bombed, accused = kept.snapshot().incomplete()
    assert (bombed.source, bombed.target, bombed.missing, bombed.actor) == (None, "hamas", "source", "hamas")
    assert (accused.source, accused.target, accused.missing) == ("iran", None, "target")
    assert (accused.speaker, accused.modality, bombed.start) == ("syria", Modality.POSSIBLE, PartialDate(2011))
    assert len(kept.snapshot().claims()) == 2
    counts = kept.snapshot().counts()
    assert (counts.claims, counts.incomplete) == (2, 2)


@pytest.mark.parametrize(("query", "found"), [
    ({"actors": ["hamas"]}, ["Hamas was bombed"]),
    ({"types": ["ACCUSE"]}, ["Iran accused the rebels"]),
    ({"modalities": ["asserted"]}, ["Hamas was bombed"]),
    ({"speakers": ["syria"]}, ["Iran accused the rebels"]),
    ({"until": date(2012, 1, 1)}, ["Hamas was bombed"]),
    ({"since": date(2012, 1, 1)}, ["Iran accused the rebels"]),
    ({"known": date(2012, 1, 1)}, []),
    ({"outlets": ["The Ledger"]}, ["Hamas was bombed", "Iran accused the rebels"]),
    ({"between": ("hamas", "iran")}, []),
])
def test_it_is_asked_for_like_claims(kept: Store, query: dict, found: list[str]) -> None:
    assert asked(kept, **query) == found


def test_a_newer_reading_takes_its_place_and_an_old_version_still_shows_it(kept: Store) -> None:
    kept.append([reading(document(TEXT), version="2")])
    assert asked(kept) == [] and len(kept.snapshot(1).incomplete()) == 2


def test_a_reading_that_quotes_what_the_text_does_not_say_is_refused(store: Store) -> None:
    of = document(TEXT)
    wrong = replace(incomplete(of, "Hamas was bombed", None, "hamas"), quote="Hamas was shelled")
    with pytest.raises(ValueError, match="does not quote"):
        store.append([replace(reading(of), incomplete=(wrong,))])


def test_a_merged_actor_is_shown_as_the_other_and_what_a_rejected_one_did_is_out_of_view(kept: Store) -> None:
    kept.decide([Decision(actor="hamas", verdict=Verdict.MERGE, into="syria", who="a", why="b", made_at=NOW)])
    assert [one.target for one in kept.snapshot().incomplete(actors=["syria"])] == ["syria"]
    kept.decide([Decision(actor="iran", verdict=Verdict.REJECT, who="a", why="b", made_at=NOW)])
    assert asked(kept) == ["Hamas was bombed"]


def test_a_split_actor_is_shown_as_the_one_that_the_place_is_about(store: Store) -> None:
    of = document(TEXT)
    store.append([replace(reading(of, mentions=(mention(of, "Hamas", "hamas"), mention(of, "Iran", "iran"))),
                          incomplete=(incomplete(of, "Hamas was bombed", None, "hamas"),))])
    store.decide([Decision(actor="hamas", verdict=Verdict.SPLIT, into="hamas-abroad", part=sorted_part(["Hamas"]),
                           who="a", why="b", made_at=NOW)])
    assert [one.target for one in store.snapshot().incomplete()] == ["hamas-abroad"]


def test_sql_sees_it_under_its_name(kept: Store) -> None:
    rows = kept.snapshot().sql("SELECT missing, source, target FROM incomplete ORDER BY begin_char").fetchall()
    assert rows == [("source", None, "hamas"), ("target", "iran", None)]
