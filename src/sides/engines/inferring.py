"""The inference of all ties by any engine: the portions of `sides.ties.portion`, drawn wherever it runs them."""

from __future__ import annotations

from functools import partial

from sides.engines.engine import LOCAL, opened
from sides.model.dates import PartialDate
from sides.model.errors import EngineError
from sides.ties.courses import Courses, courses
from sides.ties.lens import OPEN, Lens
from sides.ties.portion import Portion
from sides.ties.view import View


def inferred(view: View, *, known: PartialDate | None = None, lens: Lens = OPEN, exact: bool = False,
             engine: str = LOCAL, workers: int = 1) -> Courses:
    """The courses of all ties, as `sides.ties.courses.courses` tells them, by an engine (see `opened`)."""
    with opened(engine, workers) as running:
        return courses(view, known=known, lens=lens, exact=exact, each=partial(running.each, lost=_lost, chunk=1))


def _lost(portion: Portion) -> Portion:
    raise EngineError(f"The inference of {portion.batch.num_rows} pieces of evidence brought its process down (out of "
                      "memory?). Give each worker more memory, or fewer cores.")
