"""What the evidence of one tie says is ahead, judged without reading all that the ledger holds."""

from __future__ import annotations

from sides.ties.atlas import About, Atlas, Dyad
from sides.ties.lens import OPEN, Lens
from sides.ties.outlook import judged, last_day
from sides.ties.predictions import Fate, Prediction, predictions_of
from sides.ties.tie import Tie
from sides.ties.view import View


class Narrow(Atlas):
    """An atlas of which one dyad at a time is asked for, and looked up then."""

    def __init__(self, view: View, tie: Tie, *, lens: Lens = OPEN, exact: bool = False) -> None:
        super().__init__(view, known=tie.known, lens=lens, exact=exact)
        self._about: dict[Dyad, About] = {}
        self._own = (tie.left, tie.right)

    def about(self, left: str, right: str) -> About:
        """The evidence of the dyad of two sides; none where nothing is said."""
        dyad = (min(left, right), max(left, right))
        if dyad not in self._about:
            # In the order in which the tie was asked for, its evidence is at hand: see `View.about_two`.
            pair = self._own if set(dyad) == set(self._own) else dyad
            evidence, mediation = self.view.about_two(*pair, known=self.day, lens=self.lens, exact=self.exact)
            self._about[dyad] = About(tuple(evidence), tuple(mediation))
        return self._about[dyad]


def ahead(view: View, tie: Tie, *, lens: Lens = OPEN, exact: bool = False) -> list[Prediction]:
    """What the evidence of a tie says is ahead, with what became of it by all that the tie's `known` allows, by date.

    `lens`, `exact`: those that the tie was asked for with. Everybody's word judges.
    """
    judge = Narrow(view, tie, exact=exact)
    limit = last_day(judge, None)
    return [judged(one, judge, limit) if one.fate is Fate.OPEN and limit else one
            for one in predictions_of(tie.evidence, Narrow(view, tie, lens=lens, exact=exact))]
