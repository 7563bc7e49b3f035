"""The dated states and turns by which ties are measured: well-formed, and about articles that are not set aside."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sides.model.claim_type import Layer
from sides.model.dates import PartialDate

ROOT = Path(__file__).parents[2]
READING = ROOT.parent / "shared/data/reading"
ANSWERS = {"allied", "friendly", "neutral", "strained", "hostile"}
SET_ASIDE = {"a1", "b8", "c3", "d2", "d4", "d8", "e5", "e7"}
GOLD = json.loads((ROOT / "benchmarks/ties_reading.json").read_text(encoding="utf-8"))
ROWS = [*GOLD["states"], *GOLD["turns"]]


def test_every_row_says_what_it_asks_and_why():
    for row in ROWS:
        assert row["docs"] and not SET_ASIDE & set(row["docs"])
        assert row["hangs_on"] in ("modality", "layer", "roll-up") and row["why"]
        assert row["a"] != row["b"]
        assert row.get("exact", True) is True and Layer(row.get("layer", "general"))
        assert ("layer" in row) or row["hangs_on"] != "layer"
    for row in GOLD["states"]:
        assert PartialDate.parse(row["at"]) and set(row["states"]) <= ANSWERS and 0 < len(row["states"]) < 4
    for row in GOLD["turns"]:
        assert PartialDate.parse(row["from"]) <= PartialDate.parse(row["to"]) and row["direction"] in ("up", "down")


def test_no_question_is_asked_twice():
    asked = [(frozenset((row["a"], row["b"])), *(str(row.get(name)) for name in
              ("at", "from", "layer", "exact", "direction"))) for row in ROWS]
    assert len(asked) == len(set(asked)) and len(GOLD["states"]) >= 30 and len(GOLD["turns"]) >= 8


@pytest.mark.skipif(not READING.exists(), reason="the annotated articles are not here")
def test_every_actor_takes_part_in_a_claim_of_its_article():
    taking_part: dict[str, set[str]] = {}
    for path in sorted(READING.glob("*/claims.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            claim = json.loads(line)
            if claim["doc"] not in SET_ASIDE:
                taking_part.setdefault(claim["doc"], set()).update({claim["source"], claim["target"], claim["third"]})
    for row in ROWS:
        assert {row["a"], row["b"]} <= set().union(*(taking_part[doc] for doc in row["docs"])), row
