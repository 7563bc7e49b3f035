"""Whether a claim's confidence is what it says: of the claims marked 0.8, eight in ten should be right.

    python benchmarks/calibration.py SHARED [--set-aside] [--corpus corpus/mentions]

Reads and scores the articles of `benchmarks/claims.py`; a claim is right if the scorer matches its two actors and sign.
For each part: ten bins with how many claims fell there, their mean confidence and the share right; the expected
calibration error (Guo et al., "On Calibration of Modern Neural Networks", 2017) and the Brier score, beside a constant:
the share that was right where the weights were learned. The weights were learned on "developed on" and "own", so what
is printed for these is too good; `training/confidence.py` prints them with each folder left out.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from claims import Reader, chosen, parts, recorded
from scorer import Scorer
from sides.claims.grammar.confidence import Confidence
from sides.claims.mode import Mode

BINS = 10


def main() -> None:
    """Read, judge and print."""
    options = chosen(__doc__)
    reader, scorer = Reader(Mode(options.reader)), Scorer(options.shared)
    found: dict[str, tuple[list[float], list[bool]]] = {}
    for part, texts, gold, keys in parts(options.shared, options.corpus, is_aside=options.set_aside):
        records = [record for parsed, resolution in reader.documents(texts, keys)
                   for record in recorded(reader.reader.read(parsed, resolution), parsed, resolution)]
        said, right = found.setdefault(part, ([], []))
        said += [record["confidence"] for record in records]
        right += scorer.judge(records, gold, keys).has_sign
    constant = Confidence.load().share
    for part, (said, right) in found.items():
        print(table(part, said, right, constant))


def table(label: str, said: Sequence[float], right: Sequence[bool], constant: float) -> str:
    """The reliability table of some claims, with its error and Brier score beside those of a constant.

    >>> print(table("two", [0.25, 0.75], [False, True], 0.5))
    two: 2 claims, 0.500 right
       confidence  claims    mean   right
        0.2 - 0.3       1   0.250   0.000
        0.7 - 0.8       1   0.750   1.000
    expected calibration error 0.250, Brier score 0.062; always 0.50: 0.000, 0.250
    """
    sure, is_right = np.array(said), np.array(right, dtype=float)
    if not len(sure):
        return f"{label}: no claims"
    bins = bin_of(sure)
    rows = [f"{label}: {len(sure)} claims, {is_right.mean():.3f} right",
            f"{'confidence':>13}{'claims':>8}{'mean':>8}{'right':>8}"]
    for number in sorted(set(bins.tolist())):
        inside = bins == number
        rows.append(f"{number / BINS:>7.1f} - {(number + 1) / BINS:.1f}{inside.sum():>8}{sure[inside].mean():>8.3f}"
                    f"{is_right[inside].mean():>8.3f}")
    same = np.full(len(sure), constant)
    rows.append(f"expected calibration error {calibration_error(sure, is_right):.3f}, "
                f"Brier score {brier(sure, is_right):.3f}; "
                f"always {constant:.2f}: {calibration_error(same, is_right):.3f}, {brier(same, is_right):.3f}")
    return "\n".join(rows)


def bin_of(sure: np.ndarray) -> np.ndarray:
    """The bin of each confidence, from 0; a border belongs to the bin above it."""
    return np.asarray(np.minimum(np.floor(sure * BINS + 1e-9).astype(int), BINS - 1))


def calibration_error(sure: np.ndarray, is_right: np.ndarray) -> float:
    """How far mean confidence and share right lie apart in a bin, on average over the claims."""
    bins = bin_of(sure)
    gaps = np.bincount(bins, sure - is_right, BINS)
    return float(np.abs(gaps).sum() / len(sure))


def brier(sure: np.ndarray, is_right: np.ndarray) -> float:
    """The mean square of the difference between confidence and outcome."""
    return float(((sure - is_right) ** 2).mean())


if __name__ == "__main__":
    main()
