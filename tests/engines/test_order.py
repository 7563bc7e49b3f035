"""The order of files, the number of workers and the hash seed never change what comes out."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

DISPATCHES = Path(str(files("sides") / "data/demo/dispatches"))


def export_of_a_read(folder: Path, targets: list[Path], *, workers: int, seed: int) -> bytes:
    folder.mkdir()
    environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
    ledger = folder / "a.sides"
    for target in targets:
        subprocess.run([sys.executable, "-m", "sides", "read", str(target), "-l", str(ledger), "--quiet", "--workers",
                        str(workers)], check=True, env=environment)
    done = subprocess.run([sys.executable, "-m", "sides", "export", "claims", "-l", str(ledger)], check=True,
                          env=environment, capture_output=True)
    return done.stdout


@pytest.fixture(scope="module")
def reference(tmp_path_factory) -> bytes:
    exported = export_of_a_read(tmp_path_factory.mktemp("reference") / "run", [DISPATCHES], workers=1, seed=0)
    assert exported.count(b"\n") > 20
    return exported


def test_more_workers_and_another_hash_seed_give_the_same_export(reference, tmp_path):
    assert export_of_a_read(tmp_path / "run", [DISPATCHES], workers=3, seed=4242) == reference


def test_reading_in_two_runs_in_another_order_gives_the_same_export(reference, tmp_path):
    late, early = tmp_path / "late", tmp_path / "early"
    for folder in (late, early):
        shutil.copytree(DISPATCHES, folder)
    for path in sorted(DISPATCHES.glob("*.txt")):
        ((late if path.name < "1" else early) / path.name).unlink()
    for folder in (late, early):
        keep_rows(folder)
    assert export_of_a_read(tmp_path / "run", [late, early], workers=2, seed=7) == reference


def keep_rows(folder: Path) -> None:
    sidecar = folder / "documents.json"
    rows = [row for row in json.loads(sidecar.read_text(encoding="utf-8")) if (folder / row["file"]).exists()]
    sidecar.write_text(json.dumps(rows), encoding="utf-8")
