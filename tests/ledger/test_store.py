from __future__ import annotations

import os
import random
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sides.ledger.commits import CommitLog
from sides.ledger.corrections import Action
from sides.ledger.store import Store
from sides.model.claim_type import ClaimType
from sides.model.document import Aside, AsideReason
from sides.model.errors import LedgerBusy, LedgerError, NotALedger, UnknownVersion
from sides.model.reading import Reading

from .factory import DENIAL, claim, document, many_readings, mention, reading, seen, with_parts


def test_what_is_appended_comes_back_as_it_was(store: Store) -> None:
    asides = (Aside(0, 5, AsideReason.BYLINE),)
    given_document = document(title="A title", author="Somebody", url="https://example.org/a", format="html", key="s0",
                              language="en", published_is="estimated from the URL", asides=asides)
    given_reading = reading(given_document)
    assert store.append([given_reading], signatures={given_document.id: [0, 2**64 - 1]}) == 1
    shown = store.snapshot()
    (found,) = shown.documents()
    assert found.sightings == (given_document,) and found.outlets == ("The Ledger",)
    assert found.id == given_document.id and found.asides == asides and found.signature == (0, 2**64 - 1)
    assert shown.document(found.id) == found and shown.document("nothing") is None
    assert tuple(shown.claims()) == given_reading.claims
    assert tuple(shown.mentions(found.id)) == given_reading.mentions
    assert tuple(shown.actors()) == given_reading.actors
    assert shown.actor("iran") == given_reading.actors[1] and shown.actor("nobody") is None


def test_appending_twice_adds_nothing_and_the_version_stays(store: Store) -> None:
    readings = many_readings(3)
    assert store.append(readings) == 1
    before = seen(store.snapshot())
    assert store.append(readings) == store.append(readings[1:], [readings[0].document]) == 1
    assert Store.open(store.path).append(readings) == 1
    assert seen(store.snapshot()) == before


def test_a_reading_given_twice_in_one_batch_is_one(store: Store) -> None:
    store.append([reading(), reading()], [document()])
    assert store.snapshot().counts().claims == 2 and store.snapshot().counts().sightings == 1


def test_an_empty_append_writes_nothing(store: Store) -> None:
    assert store.append([]) == 0


def test_every_version_goes_on_showing_what_it_showed(store: Store) -> None:
    shown = [seen(store.snapshot())]
    for number, one in enumerate(many_readings(3), start=1):
        assert store.append([one]) == number
        shown.append(seen(store.snapshot()))
    store.append([reading(found, version="2") for found in store.snapshot().documents()])
    assert [seen(Store.open(store.path).snapshot(version)) for version in range(4)] == shown
    assert [found.kind for found in store.versions()] == ["create", *["read"] * 4]
    with pytest.raises(UnknownVersion, match="no version 99: it has 0 to 4"):
        store.snapshot(99)


def copies(draws: random.Random) -> list[Reading]:
    """Readings of few texts under many dates, outlets and names, some of them to the month or the year."""
    texts = [f"{DENIAL} Report {number}." for number in range(3)]
    dates = ["2012", "2012-02", "2012-02-01", "2012-03-05", "2011-12-31"]
    return [reading(document(draws.choice(texts), draws.choice(dates), draws.choice([None, "", "A", "B"]),
                             name=f"{draws.randrange(4)}.txt")) for _ in range(8)]


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**6), st.randoms(use_true_random=False))
def test_the_order_of_batches_never_changes_what_is_seen(seed: int, order: random.Random) -> None:
    readings = copies(random.Random(seed))
    shuffled = order.sample(readings, len(readings))
    cut = order.randrange(len(readings))
    with tempfile.TemporaryDirectory() as folder:
        one, other = (Store.create_or_open(Path(folder) / name) for name in ("one", "other"))
        one.append(readings)
        other.append(shuffled[:cut])
        other.append((), [found.document for found in shuffled])
        other.append(shuffled[cut:])
        assert seen(one.snapshot()) == seen(other.snapshot())


def test_the_first_published_copy_gives_a_text_its_date_and_its_claims(store: Store) -> None:
    late, early = document(published="2013-05-01", outlet="Wire B"), document(published="2012", outlet="Wire A")
    store.append([reading(late)])
    assert str(store.snapshot().documents()[0].published) == "2013-05-01"
    store.append([], [early])
    shown = store.snapshot()
    (found,) = shown.documents()
    assert str(found.published) == "2012" and found.outlets == ("Wire A", "Wire B")
    assert shown.claims() == []  # not yet read under this date
    assert shown.unread([late], "grammar", "1") == [early]
    store.append([reading(early)])
    assert len(store.snapshot().claims()) == 2
    assert store.snapshot().unread([late, early], "grammar", "1") == []


def test_a_newer_reader_replaces_what_is_seen_and_keeps_what_was(store: Store) -> None:
    store.append([reading()])
    fewer = replace(reading(version="2"), claims=reading(version="2").claims[:1])
    store.append([fewer])
    assert len(store.snapshot().claims()) == 1 and len(store.snapshot(1).claims()) == 2
    assert store.snapshot().has(document().id, document().published, "grammar", "2")
    assert not store.snapshot().has(document().id, document().published, "grammar", "1")
    assert store.append([reading()]) == 3  # going back to the older reader is a change as well
    assert len(store.snapshot().claims()) == 2


def test_the_readers_that_need_no_network_replace_each_other_in_any_order(store: Store) -> None:
    fewer = replace(reading(version="2", reader="both"), claims=reading().claims[:1])
    versions = [store.append([one]) for one in (reading(), fewer, reading(), fewer)]
    assert versions == [1, 2, 3, 4]
    assert [len(store.snapshot(version).claims()) for version in versions] == [2, 1, 2, 1]
    assert store.append([fewer]) == 4
    assert Store.open(store.path).append([fewer]) == 4


def test_readings_of_several_readers_stand_side_by_side_and_a_claim_of_both_is_one(store: Store) -> None:
    of = document()
    sure = claim(of, "Hamas thanked Iran.", "hamas", "iran", reader="other", confidence=0.9)
    other = claim(of, "Syria expelled Hamas.", "syria", "hamas", ClaimType.REJECT, reader="other")
    store.append([reading(of),
                  reading(of, reader="other", claims=(sure, other), mentions=(mention(of, "Hamas", "hamas"),))])
    claims = store.snapshot().claims()
    assert sure in claims and other in claims and len(claims) == 3
    assert len(store.snapshot().mentions(of.id)) == 3


def test_a_language_model_takes_no_other_readers_place_however_sure_it_is(store: Store) -> None:
    of = document()
    sure = claim(of, "Hamas thanked Iran.", "hamas", "iran", reader="llm", confidence=0.99)
    store.append([reading(of), reading(of, reader="llm", claims=(sure,), mentions=())])
    assert store.snapshot().claims() == list(reading(of).claims)


def test_another_account_of_the_same_copy_takes_its_place(store: Store) -> None:
    store.append([], [document(title="Wrnog")])
    store.append([], [document(title="Right")])
    shown = store.snapshot()
    assert [found.title for found in shown.documents()] == ["Right"] and shown.counts().sightings == 1
    assert store.append([], [document(title="Right")]) == 2


def test_reasons_and_amounts_come_back_as_they_were_and_corrections_leave_them(store: Store) -> None:
    measured = with_parts()
    store.append([measured])
    (kept,) = store.snapshot().claims()
    assert kept == measured.claims[0] and kept.amounts[1].low is None
    store.correct(kept.id, Action.SET, changes={"sign": 0}, who="a", why="b", made_at=datetime(2024, 5, 1, tzinfo=UTC))
    (corrected,) = store.snapshot().claims()
    assert corrected.sign == 0 and (corrected.reasons, corrected.amounts) == (kept.reasons, kept.amounts)


def test_a_reason_or_amount_that_is_not_in_its_document_is_refused(store: Store) -> None:
    measured = with_parts()
    (one,) = measured.claims
    for wrong in (replace(one, reasons=(replace(one.reasons[0], begin_char=0),)),
                  replace(one, amounts=(replace(one.amounts[0], text="$4m"),))):
        with pytest.raises(ValueError, match="does not stand at"):
            store.append([replace(measured, claims=(wrong,))])


def test_a_quote_that_is_not_in_its_document_is_refused(store: Store) -> None:
    wrong = replace(reading().claims[0], quote="Hamas blamed Iran.")
    with pytest.raises(ValueError, match="does not stand at 0 to 19"):
        store.append([reading(claims=(wrong,))])
    assert store.version == 0


@pytest.mark.parametrize("text", [
    "a\x00b " + DENIAL, "\ud83d lone \udfff " + DENIAL, "👍🏽 \U0010ffff\U0010f7ff " + DENIAL,
    "é" * 1_000_000 + DENIAL, "\r\n",
], ids=["NUL", "lone surrogates", "emoji and private use", "a megabyte", "blank"])
def test_any_text_is_kept_to_the_character(store: Store, text: str) -> None:
    of = document(text, title=text[:7], outlet=text[:3], author=text[:2])
    store.append([reading(of)])
    shown = store.snapshot()
    assert shown.documents()[0].sightings == (of,) and shown.documents()[0].outlets == (text[:3],)
    assert shown.claims(outlets=[text[:3]]) == list(reading(of).claims)
    assert store.append([reading(of)]) == 1
    for found in shown.claims():
        assert of.text[found.begin_char:found.end_char] == found.quote


@pytest.mark.parametrize("name", ["with space", "ünï 日本", "50%", "a#b?c", "it's", "a;b&c", "(round)", "dir/deep"])
def test_a_ledger_may_lie_under_odd_names(tmp_path: Path, name: str) -> None:
    if os.name == "nt" and set(name) & set('?"'):
        pytest.skip("not a file name here")
    store = Store.create_or_open(tmp_path / name)
    store.append([reading()])
    assert len(Store.open(tmp_path / name).snapshot().claims()) == 2
    assert store.snapshot().sql("SELECT count(*) FROM claims").fetchall() == [(2,)]


@pytest.mark.parametrize("name", ["a[1]", "a%20b", "a|b"])
def test_a_path_that_cannot_be_is_refused_with_advice(tmp_path: Path, name: str) -> None:
    with pytest.raises(LedgerError, match="Choose a folder"):
        Store.create_or_open(tmp_path / name)
    assert not (tmp_path / name).exists()


def test_a_relative_path_stays_where_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    store = Store.create_or_open("here.sides")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    store.append([reading()])
    assert store.snapshot().counts().documents == 1


def test_what_is_no_ledger_is_not_opened_and_not_touched(tmp_path: Path) -> None:
    with pytest.raises(NotALedger, match="There is no ledger at"):
        Store.open(tmp_path / "none")
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(NotALedger, match="is not a ledger"):
        Store.open(tmp_path)
    for path in (tmp_path, tmp_path / "notes.txt"):
        with pytest.raises(NotALedger, match="left alone"):
            Store.create_or_open(path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["notes.txt"]


def test_a_creation_that_was_cut_short_is_finished(tmp_path: Path) -> None:
    first = Store.create_or_open(tmp_path / "l.sides")
    for entry in sorted((first.path / "commits").rglob("*"), reverse=True):
        entry.rmdir() if entry.is_dir() else entry.unlink()
    with pytest.raises(NotALedger):
        Store.open(first.path)
    assert Store.create_or_open(first.path).append([reading()]) == 1


def test_rows_that_were_never_committed_are_never_seen(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.append([reading()])
    before = seen(store.snapshot())
    with monkeypatch.context() as patched:
        patched.setattr(CommitLog, "add", lambda *_: False)  # as if killed just before the commit
        patched.setattr("sides.ledger.delta.ATTEMPTS", 1)
        with pytest.raises(LedgerBusy):
            store.append(many_readings(2))
    assert seen(store.snapshot()) == before and store.version == 1
    store.append(many_readings(2))
    assert store.snapshot().counts().documents == 3
