"""A panel made on Spark is that made here, byte for byte, though a worker is killed; interrupted, it leaves nothing."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sides.cli import main
from tests.engines.test_panels import GOLDEN

pytestmark = pytest.mark.skipif(not (shutil.which("java") or os.environ.get("JAVA_HOME")), reason="there is no Java")
RECORDS = 100
ACTORS = ("SYR", "TUR", "IRN", "ISR", "RUSGOV", "USA", "LBNREBHEZ", "IRQKUR")
# Each file is a task of its own, and told of as soon as it is taken up.
PANEL = """
import signal, sys
from sides.cli import main
from sides.engines import panels
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell in the background makes deaf to it
panels.GROUP_BYTES = 1
take_up = panels.Gathering.take_up
def telling(self, gathered):
    for told in take_up(self, gathered):
        sys.stderr.write(told.file + "\\n")
        yield told
panels.Gathering.take_up = telling
sys.exit(main(["events", "panel", *sys.argv[1:]]))
"""


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A folder with files of all datasets; those of one dataset share ids."""
    folder = tmp_path / "tables"
    shutil.copytree(GOLDEN, folder)
    for day in range(1, 9):
        rows = (f"2011-01-0{day},{ACTORS[row % 8]},{ACTORS[(row * day + 3) % 8]},"
                f"{('190', '043', '112', '999', '')[row % 5]}\n" for row in range(RECORDS))
        (folder / f"day{day}_cameo.csv").write_text("date,source,target,code\n" + "".join(rows), encoding="utf-8")
    return folder


def test_a_worker_killed_midway_costs_no_row_and_no_byte_and_an_interrupt_leaves_nothing(tables, tmp_path, capsys,
                                                                                         monkeypatch):
    from tests.engines.cluster import Cluster, kill, wait_for

    monkeypatch.chdir(tables)
    files = sorted([*(path.name for path in tables.glob("*.[ct]sv")), "none.csv"])
    far = tmp_path / "far"
    far.mkdir()

    def started(master: str) -> subprocess.Popen[str]:
        run = subprocess.Popen([sys.executable, "-c", PANEL, *files, "-o", str(far / "panel.parquet"), "--left-out",
                                str(far / "left.csv"), "--engine", master], stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, text=True)
        assert run.stderr is not None and files[0] in run.stderr.readline()
        assert [one.name[:7] for one in far.iterdir()] == [".sides-"]
        return run

    with Cluster(tmp_path) as cluster:
        run = started(cluster.master)
        kill(cluster.workers[0])
        assert run.poll() is None and [one.name[:7] for one in far.iterdir()] == [".sides-"]  # far from done
        assert b"Running task" in b"".join(path.read_bytes() for path in tmp_path.glob("work-0/app-*/*/stderr"))
        told, taken = run.communicate(timeout=180)
        assert run.returncode == 1  # records were left out
        assert taken.split() == files[1:]
        assert main(["events", "panel", *files, "-o", str(tmp_path / "panel.parquet"),
                     "--left-out", str(tmp_path / "left.csv")]) == 1
        assert told == capsys.readouterr().out and "'none.csv' is not there" in told
        assert {one.name for one in far.iterdir()} == {"left.csv", "panel.parquet"}
        for one in far.iterdir():
            assert one.read_bytes() == (tmp_path / one.name).read_bytes()
            one.unlink()

        run = started(cluster.master)
        run.send_signal(signal.SIGINT)
        told, taken = run.communicate(timeout=60)
        assert run.returncode not in (0, 1) and not list(far.iterdir()), told + taken
        wait_for(lambda: not list((tmp_path / "worker-1").rglob("sides-*")), 30, cluster.workers[1])
