"""A read that is killed and repeated gives the ledger of an undisturbed read. With real processes."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import sides

DOCUMENTS = 120  # four commits
KILLS = 10
STATES = ["France", "Turkey", "Egypt", "Iran", "Kenya", "Ethiopia", "Russia", "Ukraine", "India", "Pakistan"]
DEEDS = ["accused {b} of breaking the truce", "signed an agreement with {b}", "condemned {b}", "praised {b}",
         "imposed sanctions on {b}", "sent weapons to {b}"]


def write_articles(folder: Path, count: int = DOCUMENTS) -> None:
    rows = []
    for number in range(count):
        a, b, c = (STATES[(number * step + step) % len(STATES)] for step in (1, 3, 7))
        deed, other = DEEDS[number % len(DEEDS)], DEEDS[(number // 6) % len(DEEDS)]
        (folder / f"{number:03}.txt").write_text(
            f"{a} and {b}, report {number}\n\n{a} {deed.format(b=b)} on Monday. Officials in {c} said that {c} "
            f"{other.format(b=a)} {number} days ago.\n", encoding="utf-8")
        rows.append({"file": f"{number:03}.txt", "source": f"Outlet {number % 7}",
                     "published": f"2020-{number % 12 + 1:02}-15"})
    (folder / "documents.json").write_text(json.dumps(rows), encoding="utf-8")


def reading(folder: Path, ledger: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "sides", "read", str(folder), "-l", str(ledger), "--workers", "2", "--quiet"]
    # A shell that runs the tests in the background has them ignore interrupts, and so would the read.
    return subprocess.Popen(command, start_new_session=True,
                            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))


def exported(ledger: Path, target: Path) -> bytes:
    subprocess.run([sys.executable, "-m", "sides", "export", "claims", "-l", str(ledger), "-o", str(target)],
                   check=True, capture_output=True)
    return target.read_bytes()


def everything(ledger: Path) -> list[object]:
    opened = sides.open(ledger)
    return [opened.documents(), opened.actors(), opened.claims(), opened.counts()]


def test_killed_at_ten_moments_and_repeated_a_read_gives_the_same_ledger(tmp_path):
    articles = tmp_path / "articles"
    articles.mkdir()
    write_articles(articles)
    began = time.monotonic()
    assert reading(articles, tmp_path / "calm.sides").wait(timeout=300) == 0
    duration = time.monotonic() - began

    moments = random.Random(20120706)
    calm, kills, ledgers = tmp_path / "calm.sides", 0, 0
    wanted, contents = exported(calm, tmp_path / "calm.jsonl"), everything(calm)
    assert len(sides.open(calm).documents()) == DOCUMENTS
    while kills < KILLS:  # a read that gets through before the tenth kill is checked, and another one is begun
        disturbed = tmp_path / f"disturbed-{ledgers}.sides"
        ledgers += 1
        is_read = False
        while not is_read:
            process = reading(articles, disturbed)
            try:
                # Half of the kills fall into start-up and first commits, half anywhere in a whole read.
                moment = moments.uniform(0.2, duration * (0.5 if kills % 2 else 1.0))
                is_read = process.wait(timeout=moment if kills < KILLS else 300) == 0
            except subprocess.TimeoutExpired:
                os.kill(process.pid, signal.SIGKILL)
                process.wait(timeout=30)
                kills += 1
            else:
                assert is_read
        assert exported(disturbed, tmp_path / "disturbed.jsonl") == wanted
        assert everything(disturbed) == contents


def test_workers_leave_when_their_parent_is_killed(tmp_path):
    articles = tmp_path / "articles"
    articles.mkdir()
    write_articles(articles)
    process = reading(articles, tmp_path / "orphans.sides")
    workers = wait_for(lambda: children(process.pid), 30)
    os.kill(process.pid, signal.SIGKILL)
    process.wait(timeout=30)
    wait_for(lambda: not any(is_alive(pid) for pid in workers), 30)


def test_an_interrupt_keeps_what_is_read_and_the_same_command_goes_on(tmp_path):
    articles, ledger = tmp_path / "articles", tmp_path / "interrupted.sides"
    articles.mkdir()
    count = 3 * DOCUMENTS  # so many that the read is still going on when its first commit has been seen
    write_articles(articles, count)
    process = reading(articles, ledger)
    wait_for(lambda: documents_so_far(ledger), 60)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does it: to parent and workers alike
    assert process.wait(timeout=60) == 130
    kept = len(sides.open(ledger).documents())
    assert 0 < kept < count
    assert reading(articles, ledger).wait(timeout=300) == 0
    assert len(sides.open(ledger).documents()) == count


def documents_so_far(ledger: Path) -> int:
    try:
        return len(sides.open(ledger).documents())
    except sides.LedgerError:  # not there yet, or just being made
        return 0


def wait_for(condition, seconds):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if result := condition():
            return result
        time.sleep(0.05)
    raise AssertionError(f"not so within {seconds} s")


def children(pid: int) -> list[int]:
    """Worker processes of a process, by the kernel's own list (spawned workers, not the resource tracker alone)."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in found] if len(found) >= 3 else []


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False
