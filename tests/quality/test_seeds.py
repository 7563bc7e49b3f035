"""Floors on the annotated articles, where they are at hand. A floor only rises."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

import sides
from sides.export.claims import write_jsonl

SHARED = Path(__file__).parents[2].parent / "shared"
pytestmark = pytest.mark.skipif(not (SHARED / "seeds").exists(), reason="the annotated articles are not bundled")

# What the floors were measured on: SHA-256 over the gold claims and the texts.
DIGEST = "2a78d120f631a62c065508fb4a6d1cafe3e9d97f769bebda75c3af8aa1d53155"
FLOORS = {
    "grammar": {("pair", "precision"): 0.73, ("signed", "f1"): 0.37, ("relation", "f1"): 0.45},
    "both": {("pair", "precision"): 0.56, ("signed", "f1"): 0.39, ("relation", "f1"): 0.51}}


def digest() -> str:
    hashed = hashlib.sha256((SHARED / "gold/claims.jsonl").read_bytes())
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        hashed.update(path.read_bytes())
    return hashed.hexdigest()


@pytest.mark.parametrize("reader", sorted(FLOORS))
def test_the_annotated_articles_are_read_at_least_as_well_as_before(tmp_path, reader):
    assert digest() == DIGEST, "the gold has changed: measure anew, then set the floors and the digest"
    ledger = sides.open(tmp_path / "seeds.sides")
    assert ledger.read(SHARED / "seeds", reader=reader).is_complete
    with (tmp_path / "claims.jsonl").open("w", encoding="utf-8") as file:
        write_jsonl(ledger.records(), file)
    scorer = [sys.executable, str(SHARED / "tools/score_claims.py"), str(tmp_path / "claims.jsonl"), "--json"]
    scores = json.loads(subprocess.run(scorer, check=True, capture_output=True, text=True).stdout)
    assert scores["quotes_not_in_document"] == 0
    assert scores["predicted"] == len(ledger.claims())
    for (level, measure), floor in FLOORS[reader].items():
        assert scores[level][measure] >= floor, (level, measure, scores)
