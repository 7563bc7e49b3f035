"""Events go into the ledger through Spark as they do here, byte for byte, though a worker is killed on the way."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import sides
from tests.engines.test_interrupted import exported

pytestmark = pytest.mark.skipif(not (shutil.which("java") or os.environ.get("JAVA_HOME")), reason="there is no Java")
DAYS, RECORDS = 14, 200
ACTORS = ("SYR", "TUR", "IRN", "ISR", "RUSGOV", "USA", "LBNREBHEZ", "IRQKUR")
# Each file is a task of its own.
READ = """
import sys
import sides
from sides.engines import events
events.GROUP_BYTES = 1
ledger, engine, *files = sys.argv[1:]
report = sides.open(ledger).read_events(*files, dataset="keds-cameo", engine=engine)
assert not report.errors, report.errors
"""


def test_a_worker_killed_midway_costs_no_record_and_no_byte(tmp_path: Path) -> None:
    from tests.engines.cluster import Cluster, kill, wait_for

    files = []
    for day in range(DAYS):
        rows = (f"2011-{day // 28 + 1:02d}-{day % 28 + 1:02d},{ACTORS[row % 8]},{ACTORS[(row * day + 3) % 8]},"
                f"{('190', '043', '112', '999', '')[row % 5]}\n" for row in range(RECORDS))
        files.append(tmp_path / f"day{day:02d}.csv")
        files[-1].write_text("date,source,target,code\n" + "".join(rows), encoding="utf-8")
    read = [sys.executable, "-c", READ]
    subprocess.run([*read, str(tmp_path / "local.sides"), "local", *map(str, files)], check=True)
    far = tmp_path / "far.sides"
    with Cluster(tmp_path) as cluster:
        reading = subprocess.Popen([*read, str(far), cluster.master, *map(str, files)])
        wait_for(lambda: far.exists() and (far / "commits" / "_delta_log").exists() and sides.open(far).version > 1,
                 180, reading, *cluster.workers)
        kill(cluster.workers[0])
        assert sides.open(far).version < DAYS
        assert reading.wait(timeout=180) == 0
    local = sides.open(tmp_path / "local.sides")
    assert exported(far, tmp_path / "far.jsonl") == exported(local.path, tmp_path / "local.jsonl") != b""
    (one,), (other,) = local.event_datasets(), sides.open(far).event_datasets()
    assert one == other and one.records == DAYS * RECORDS == one.read + sum(one.left_out.values())
