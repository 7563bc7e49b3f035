"""Writers as real processes: several at once, and killed in the middle."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

from sides.ledger.delta import is_ledger
from sides.ledger.store import Store

from .factory import many_readings, seen

SOURCE = Path(__file__).parents[2] / "src"
COUNT = 24


def writer(path: Path, size: int) -> subprocess.Popen[str]:
    """A process that is about to append readings in batches of a size, and waits for a line to begin."""
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("writing.py")), str(path), str(COUNT), str(size)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(SOURCE)})
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    return process


def begin(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def undisturbed(path: Path) -> str:
    store = Store.create_or_open(path)
    store.append(many_readings(COUNT))
    return seen(store.snapshot())


def test_writers_at_once_all_succeed_and_nothing_is_doubled(tmp_path: Path) -> None:
    path = tmp_path / "l.sides"
    writers = [writer(path, size) for size in (3, 4)]  # both read the same, in batches of their own
    for process in writers:
        begin(process)
    shown: list[int] = []
    while any(process.poll() is None for process in writers):
        if is_ledger(path):
            shown.append(Store.open(path).snapshot().counts().claims)  # a reader is never kept waiting
        time.sleep(0.05)
    outputs = [process.communicate()[0].split() for process in writers]
    assert [process.returncode for process in writers] == [0, 0]
    store = Store.open(path)
    assert seen(store.snapshot()) == undisturbed(tmp_path / "other.sides")
    assert store.snapshot().counts().claims == 2 * COUNT
    assert [commit.version for commit in store.versions()] == list(range(store.version + 1))
    assert max(int(version) for output in outputs for version in output) == store.version
    assert shown == sorted(shown)
    before = store.version
    assert store.append(many_readings(COUNT)) == before


def test_a_writer_killed_at_any_moment_leaves_nothing_half_done(tmp_path: Path) -> None:
    path, moments = tmp_path / "l.sides", random.Random(2)
    Store.create_or_open(path)
    version = 0
    for _ in range(6):
        process = writer(path, 1)
        begin(process)
        assert process.stdout is not None
        while int(process.stdout.readline()) == version:
            pass  # it leaves out what is there already, and has now begun to write
        time.sleep(moments.uniform(0.0, 0.1))
        process.kill()
        process.wait()
        shown = Store.open(path).snapshot()
        assert version < shown.version < COUNT
        version = shown.version
        assert shown.counts().readings == shown.counts().documents == version
        assert len(shown.claims()) == 2 * version
    store = Store.create_or_open(path)
    store.append(many_readings(COUNT))
    assert seen(store.snapshot()) == undisturbed(tmp_path / "other.sides")


def test_a_creation_killed_at_any_moment_is_finished_by_the_next(tmp_path: Path) -> None:
    path, moments = tmp_path / "l.sides", random.Random(3)
    for _ in range(2):
        process = writer(path, COUNT)
        begin(process)
        time.sleep(moments.uniform(0.0, 0.1))
        process.kill()
        process.wait()
    store = Store.create_or_open(path)
    store.append(many_readings(COUNT))
    assert seen(store.snapshot()) == undisturbed(tmp_path / "other.sides")
