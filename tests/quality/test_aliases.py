"""Floors on the aliases of the annotated articles, where they are at hand. A floor only rises."""

from __future__ import annotations

import hashlib
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
pytestmark = pytest.mark.skipif(not (SHARED / "seeds").exists(), reason="the annotated articles are not bundled")

# What the floors were measured on: SHA-256 over the annotated actors and the texts.
DIGEST = "2afae2ddfa03149feac5e5cfd37a04f5732769b4492cf1f114065181316dac27"
PRECISION, RECALL = 0.985, 0.955


def digest() -> str:
    hashed = hashlib.sha256((SHARED / "gold/actors.jsonl").read_bytes())
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        hashed.update(path.read_bytes())
    return hashed.hexdigest()


def test_the_aliases_of_annotated_actors_lead_to_them() -> None:
    assert digest() == DIGEST, "the gold has changed: measure anew, then set the floors and the digest"
    benchmark = runpy.run_path(str(ROOT / "benchmarks" / "aliases.py"))
    counts, errors = benchmark["measure"](SHARED)
    precision, recall = benchmark["shares"](counts)
    assert precision >= PRECISION, errors
    assert recall >= RECALL, errors
