"""The claim scorer of SHARED, asked claim by claim: which of the claims read are right."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the scorer says of the claims of some documents: how many were annotated, and what became of each read."""

    gold: int
    has_pair: list[bool]  # one a claim, in the order read
    has_sign: list[bool]  # the two actors and the sign
    speakers: int  # of the pairs, those with the right speaker (author or not)
    modalities: int  # of the pairs, those with the right modality


class Scorer:
    """`tools/score_claims.py` of SHARED, as a module."""

    def __init__(self, shared: Path) -> None:
        spec = importlib.util.spec_from_file_location("score_claims", shared / "tools/score_claims.py")
        assert spec and spec.loader
        self._module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self._module)

    def judge(self, records: Iterable[Record], gold_folder: Path, keys: set[str]) -> Verdict:
        """The verdict on the claims read from the documents of these keys."""
        gold = self._module.Gold(gold_folder, keys)
        read = [placed(dict(record), gold) for record in records]
        pairs, signed = (self._module.match(read, gold.claims, level) for level in ("pair", "signed"))
        with_pair, with_sign = ({id(claim) for claim, _, _ in found} for found in (pairs, signed))
        return Verdict(
            len(gold.claims), [id(claim) in with_pair for claim in read], [id(claim) in with_sign for claim in read],
            sum((claim["speaker"] == "author") == (true["speaker"] == "author") for claim, true, _ in pairs),
            sum(claim["modality"] == true["modality"] for claim, true, _ in pairs))


def placed(claim: Record, gold: Any) -> Record:
    """The claim with the annotation's key of its document and ids of its actors."""
    key = str(claim.get("doc") or claim["document"])
    claim["doc"] = key if key in gold.text else gold.key_of_file.get(key) or gold.key_of_file[Path(key).name]
    for role in ("source", "target", "third"):
        claim[role] = gold.actor(claim, role)
    placed_claim: Record = gold.place(claim)
    return placed_claim
