"""Spark reads and infers what this machine does, byte for byte, whoever is killed on the way. With real processes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import date
from functools import partial
from pathlib import Path

import pytest

import sides
from sides.cli import main
from sides.documents import Options, Source, load
from sides.engines.engine import opened
from sides.engines.stages import fallen
from sides.model.document import Document
from sides.model.errors import EngineError, UnreadableDocument
from tests.conftest import DISPATCHES
from tests.engines.test_interrupted import documents_so_far, everything, exported, write_articles

pytestmark = pytest.mark.skipif(not (shutil.which("java") or os.environ.get("JAVA_HOME")), reason="there is no Java")
ROOT = Path(__file__).parents[2]
COUNT = 120
TEXT = b"2020-05-01\n\nEgypt condemned Ethiopia on Friday. Nobody else said a word about it."


@pytest.fixture
def on_workers(monkeypatch):
    """The tasks of these tests can be imported by the processes of Spark."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def load_or_die(source: Source) -> list[object]:
    """As loading is, but for a document that takes its whole process with it."""
    if source.name == "fatal":
        os._exit(9)
    return list(load(source, Options(today=date(2024, 1, 1))))


def divided(item: int) -> list[float]:
    """Fails by a mistake of its own."""
    return [1 / item]


def test_a_worker_killed_midway_costs_no_document_and_no_byte(tmp_path):
    from tests.engines.cluster import Cluster, descendants, kill, wait_for

    articles, local, far = tmp_path / "articles", tmp_path / "local.sides", tmp_path / "far.sides"
    shutil.copytree(DISPATCHES, articles / "dispatches")
    (articles / "short").mkdir()
    write_articles(articles / "short", COUNT)
    read = [sys.executable, "-m", "sides", "read", str(articles), "--quiet", "-l"]
    subprocess.run([*read, str(local)], check=True)
    with Cluster(tmp_path) as cluster:
        reading = subprocess.Popen([*read, str(far), "--engine", cluster.master])
        victim, survivor = cluster.workers
        wait_for(lambda: documents_so_far(far), 180, reading, *cluster.workers)
        # Each worker runs an executor, which runs Python: both are at work, and far from done.
        assert all(len(descendants(worker.pid)) >= 3 for worker in cluster.workers)
        kill(victim)
        assert reading.poll() is None
        assert 0 < documents_so_far(far) < COUNT
        assert reading.wait(timeout=180) == 0
        assert survivor.poll() is None
        assert b"Running task" in b"".join(path.read_bytes() for path in tmp_path.glob("work-0/app-*/*/stderr"))
    assert len(sides.open(far).documents()) == COUNT + len(list(DISPATCHES.glob("*.txt")))
    assert exported(far, tmp_path / "far.jsonl") == exported(local, tmp_path / "local.jsonl") != b""
    assert everything(far) == everything(local)


def test_a_document_that_brings_its_process_down_costs_itself_alone(on_workers):
    names = [f"{number:02}" for number in range(9)] + ["fatal"] + [f"{number:02}" for number in range(10, 30)]
    sources = [Source(name=name, content=TEXT + name.encode()) for name in names]
    with opened("local[2]") as engine:
        loaded = list(engine.each(load_or_die, sources, fallen))
        with pytest.raises(EngineError, match="ZeroDivisionError"):  # a mistake is no fate of its item: it is told
            list(engine.each(divided, [1, 0], fallen))
        assert list(engine.each(divided, [], fallen)) == []
    assert [one.name for one in loaded] == names
    assert [one.name for one in loaded if isinstance(one, UnreadableDocument)] == ["fatal"]
    assert all(isinstance(one, Document) for one in loaded if one.name != "fatal")


def test_ties_inferred_on_spark_are_the_same_bytes(digest, tmp_path):
    files = [tmp_path / f"{name}.jsonl" for name in ("local", "spark")]
    for file, engine in zip(files, ("local", "local[2]"), strict=True):
        assert main(["export", "ties", "-l", str(digest), "-o", str(file), "--engine", engine]) == 0
    assert files[0].read_bytes() == files[1].read_bytes()
    assert {"left", "right", "since", "until", "state"} <= set(json.loads(files[0].read_text().splitlines()[0]))


def test_a_worker_with_another_sides_is_refused():
    from sides.engines.spark import worked
    from sides.engines.version import installed

    assert list(worked(partial(load, options=Options(today=date(2024, 1, 1))), installed(), Path(), [])) == []
    with pytest.raises(EngineError, match="differs"):
        list(worked(load_or_die, "another", Path(), []))


def test_what_lacks_is_named(monkeypatch, tmp_path):
    from tests.engines.cluster import free_port

    with pytest.raises(EngineError, match=r"Nothing answers at spark://127\.0\.0\.1"), opened(
            f"spark://127.0.0.1:{free_port()}"):
        pass
    with monkeypatch.context() as bare:
        bare.setenv("PATH", str(tmp_path))
        bare.delenv("JAVA_HOME", raising=False)
        with pytest.raises(EngineError, match="Java 17"), opened("local[1]"):
            pass
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(EngineError, match=r"pip install 'sides\[spark\]'"), opened("local[1]"):
        pass
    with pytest.raises(SystemExit):
        main(["read", "x", "-l", str(tmp_path / "x.sides"), "--engine", "yarn"])
