"""How much each claim type says about a relation: a table, with its sources, in `data/ties/valence.tsv`."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sides.model.claim_type import ClaimType


@dataclass(frozen=True, slots=True)
class Valence:
    """What a type says of a relation: a score from -10 to 10, and the end of the scale that it can prove, if any."""

    score: float
    proves: str | None  # "allied", "hostile" or None


@cache
def valences() -> dict[ClaimType, Valence]:
    """The shipped table. Types that stand in no row (structure, mediation) say nothing about the relation."""
    lines = (files("sides") / "data/ties/valence.tsv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
    return {
        ClaimType(row["type"]): Valence(float(row["valence"]), None if row["proves"] == "-" else row["proves"])
        for row in rows
    }
