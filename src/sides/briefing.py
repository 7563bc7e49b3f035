"""What a ledger is asked about two actors all at once: a method of `Ledger`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from sides.asking import Asking
from sides.model.errors import ForecastError, NoEvidence
from sides.model.given_dates import Date, partial

if TYPE_CHECKING:
    from sides.forecast.answer import StateForecast
    from sides.report.brief.values import Brief
    from sides.ties.lens import Lens
    from sides.ties.tie import Tie


class Asked(TypedDict):
    """What the questions of a brief share."""

    at: Date | None
    known: Date | None
    lens: Lens | None
    exact: bool


class Briefing(Asking):
    """Briefs: the answers about two actors on one page."""

    def brief(self, left: str, right: str, *, at: Date | None = None, known: Date | None = None,
              lens: Lens | None = None, exact: bool = False) -> Brief:
        """One page about two actors, every statement with its sources: `.markdown()`, `.html()`, `.pdf()`, `.write()`.

        Asked for like `tie`. Raises `NoEvidence` where nothing is told of the two. See docs/briefs.md.
        """
        from sides.report.brief.values import Told
        from sides.report.brief.writing import NEIGHBOURS, brief
        from sides.ties.neighbours import neighbours

        asked: Asked = {"at": at, "known": known, "lens": lens, "exact": exact}
        tie, view, atlas = self.tie(left, right, **asked), self._view(), self._atlas(known, lens, exact)
        if not tie.evidence:
            raise NoEvidence(f"The documents tell nothing of how {left!r} and {right!r} stand, by these clocks and "
                             "voices: there is nothing to make a brief of. `sides who` tells with whom they have ties.")

        def name(identifier: str) -> str:
            actor = view.actor(identifier)
            return actor.name if actor else identifier

        pair = (tie.left, tie.right)
        around, total = neighbours(atlas, *pair, partial(at), NEIGHBOURS)
        return brief(Told(
            tie=tie, disagreements=self.disagreements(*pair, **asked), mediations=self.mediators(*pair, **asked),
            predictions=self.outlook(*pair, **asked), forecast=self._year_on(tie, asked), neighbours=around,
            neighbours_total=total, name=name, ledger=self.path.name, version=view.snapshot.version,
            lens=str(atlas.lens), exact=exact, horizon=atlas.horizon))

    def _year_on(self, tie: Tie, asked: Asked) -> StateForecast | str:
        """The chance that a tie is in its present state a year on; why there is none where it cannot be told."""
        if tie.state is None:
            return "no state is told now."
        day = self._clocks(asked["at"], asked["known"])[0]
        by = f"{day.last.year + 1}-{day.last.month:02d}"
        try:
            return self.forecast_state(tie.left, tie.right, tie.state, by=by, **asked)
        except ForecastError as error:
            return str(error)
