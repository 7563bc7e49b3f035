"""The annotated sentences that a pair is most like: what the encoder learned its answer from, for a person to judge."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sides.claims.learned.model import Floats, data

VECTORS, ROWS = "examples.npy", "examples.tsv"


@dataclass(frozen=True, slots=True)
class Precedent:
    """An annotated claim of a training sentence, and how like it a pair is: 1 is the same direction, 0 unrelated."""

    key: str  # of the passage in corpus/sentences
    type: str
    source: str
    target: str
    trigger: str
    text: str
    likeness: float


class Precedents:
    """All annotated claims that the encoder was trained on, by what likeness is measured by."""

    def __init__(self, vectors: NDArray[np.int8], rows: Sequence[Sequence[str]]) -> None:
        self._vectors = normed(vectors.astype(np.float32))
        self._rows = rows

    @classmethod
    def load(cls) -> Precedents:
        """Those that ship with sides."""
        rows = list(csv.reader(io.StringIO(data(ROWS).decode("utf-8")), delimiter="\t", quoting=csv.QUOTE_NONE))
        return cls(np.load(io.BytesIO(data(VECTORS))), rows)

    def nearest(self, vector: Floats, kind: str, count: int = 3) -> list[Precedent]:
        """The claims of a type whose pairs are most like one, the likest first."""
        likeness = self._vectors @ normed(vector[None])[0]
        order = sorted((place for place, row in enumerate(self._rows) if row[1] == kind),
                       key=lambda place: (-round(float(likeness[place]), 4), place))
        found = []
        for place in order[:count]:
            key, kind, source, target, trigger, text = self._rows[place]
            found.append(Precedent(key, kind, source, target, trigger, text, round(float(likeness[place]), 2)))
        return found


def normed(vectors: Floats) -> Floats:
    """Vectors of length one."""
    lengths: Floats = np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-6)
    return vectors / lengths


def packed(vectors: Floats) -> NDArray[np.int8]:
    """Vectors of length one as bytes, to be shipped."""
    return np.round(normed(vectors) * 127).astype(np.int8)
