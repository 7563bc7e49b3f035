"""The tie of two sides, from all that is said of the two, and nothing else."""

from __future__ import annotations

from sides.model.dates import PartialDate
from sides.ties.lens import OPEN, Lens
from sides.ties.parameters import Parameters
from sides.ties.tie import Tie, derive
from sides.ties.view import View


def tie_between(view: View, left: str, right: str, *, at: PartialDate | None = None, known: PartialDate | None = None,
                lens: Lens = OPEN, exact: bool = False, parameters: Parameters | None = None) -> Tie:
    """Where two sides, by their ids, stand at a date. Quick where only one tie is wanted; for all see `Atlas`."""
    day = known.last if known else None
    evidence, mediation = view.about_two(left, right, known=day, lens=lens, exact=exact)
    return derive(left, right, evidence, mediation, at, known, view.horizon(day), parameters)
