from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sides.ledger.commits import CommitLog
from sides.ledger.compaction import vacuum
from sides.ledger.store import Store
from sides.model.errors import LedgerBusy

from .factory import many_readings, reading, seen

NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)


def filled(path: Path) -> Store:
    store = Store.create_or_open(path)
    for one in many_readings(5):
        store.append([one])
    claim = store.snapshot().claims()[0]
    store.correct(claim.id, "reject", who="a", why="b", made_at=NOW)
    return store


def leave_orphans(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(CommitLog, "add", lambda *_: False)  # as if killed just before the commit
        patched.setattr("sides.ledger.delta.ATTEMPTS", 1)
        with pytest.raises(LedgerBusy):
            store.append(many_readings(8))


def age(store: Store, by: timedelta) -> None:
    then = (datetime.now(UTC) - by).timestamp()
    for path in store.path.rglob("*.parquet"):
        os.utime(path, (then, then))


def test_compacting_changes_nothing_that_is_seen_at_any_version(tmp_path: Path) -> None:
    store = filled(tmp_path / "l.sides")
    versions = (3, 6)
    before = [seen(store.snapshot(version)) for version in versions]
    reader = store.snapshot(6)  # has not opened its files yet
    done = store.compact(now=NOW, safe_age=HOUR)
    assert done.files_before >= 5 * 6 and done.files_after == 7 and done.orphans == 0
    assert store.version == 6
    assert [seen(Store.open(store.path).snapshot(version)) for version in versions] == before
    assert seen(reader) == before[1]
    assert store.append(many_readings(5)) == 6


def test_a_reader_whose_files_are_removed_goes_on(tmp_path: Path) -> None:
    store = filled(tmp_path / "l.sides")
    reader = store.snapshot()
    before, claims = seen(reader), reader.sql("SELECT count(*) FROM claims").fetchall()
    store.compact(now=NOW, safe_age=HOUR)
    assert vacuum(store.path, hours=0) > 25
    assert seen(reader) == before
    assert reader.sql("SELECT count(*) FROM claims").fetchall() == claims


def test_rows_of_unfinished_batches_are_dropped_once_they_are_old(tmp_path: Path,
                                                                  monkeypatch: pytest.MonkeyPatch) -> None:
    store = filled(tmp_path / "l.sides")
    before = seen(store.snapshot())
    leave_orphans(store, monkeypatch)
    assert store.compact(now=datetime.now(UTC), safe_age=HOUR).orphans == 0
    age(store, 3 * HOUR)
    assert store.compact(now=datetime.now(UTC), safe_age=HOUR).orphans == 1
    assert seen(store.snapshot()) == before
    assert store.versions()[-1].kind == "compact"
    age(store, 3 * HOUR)
    assert store.compact(now=datetime.now(UTC), safe_age=HOUR).orphans == 0
    assert store.append(many_readings(8)) == store.version == 8
    assert store.snapshot().counts().documents == 8


def test_a_writer_whose_rows_were_dropped_before_its_commit_writes_them_again(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, other = filled(tmp_path / "l.sides"), Store.open(tmp_path / "l.sides")
    commit, interruptions = CommitLog.add, []

    def slow(self: CommitLog, *arguments: object) -> bool:
        if self is other._log and not interruptions:  # so slow that its rows look left behind
            age(store, 3 * HOUR)
            interruptions.append(store.compact(now=datetime.now(UTC), safe_age=HOUR))
        return commit(self, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(CommitLog, "add", slow)
    new = reading(many_readings(9)[8].document)
    other.append([new])
    assert interruptions[0].orphans == 1
    assert list(new.claims) == store.snapshot().claims(documents=[new.document.id])


def test_an_age_that_is_not_safe_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="at least 1:00:00"):
        store.compact(now=NOW, safe_age=timedelta(minutes=59))
