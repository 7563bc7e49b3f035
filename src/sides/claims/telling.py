"""How far the telling of a text has come: the date that what is told next goes by, until another is given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sides.model.dates import PartialDate
from sides.model.expressions import Expression, find

# A text more than three in four of whose dates lie in years before its own tells of the past: there a date holds until
# another comes. Chosen on the development texts; benchmarks/claims.py watches it.
RETROSPECTIVE_SHARE, RETROSPECTIVE_DATES = 0.75, 5


@dataclass(frozen=True, slots=True)
class Placed:
    """A date expression, the word that it hangs on, and how."""

    expression: Expression
    at: int  # index of its first token
    governor: int
    preposition: str | None
    is_narrowing: bool
    is_fronted: bool
    last: int  # index of its last token
    is_naming: bool  # "the treaty of 1965": it tells which one is meant
    is_comparing: bool  # "for the first time since 1975"


class Telling:
    """How far the telling has come: the date of the last sentence, and what "that May" is counted from."""

    def __init__(self, *, is_retrospective: bool) -> None:
        self.reference: PartialDate | None = None
        self._carried: PartialDate | None = None
        self._is_retrospective = is_retrospective
        self.told: Placed | None = None
        self.is_headed = False
        self.is_opening = True
        self._is_broken = False  # by a sentence in the present
        self._heading: PartialDate | None = None
        self._is_told_here = False

    @property
    def reached(self) -> PartialDate | None:
        """The date that a month without a year is counted from."""
        if self.is_opening and self._heading is not None:
            return self._heading
        if self.told is None or (self._is_broken and not self.is_headed):
            return self.kept
        interval = self.told.expression.interval
        return interval.start or interval.end

    @property
    def kept(self) -> PartialDate | None:
        """The date that holds on from an earlier paragraph, until a sentence in the present breaks the telling."""
        return None if self._is_broken else self._carried

    def new_paragraph(self) -> None:
        """Nothing is told of yet."""
        self.told, self.is_opening = None, True
        self.is_headed = self._is_broken = self._is_told_here = False

    def under(self, heading: Placed) -> None:
        """A date opens the paragraph as its heading."""
        self.told, self.is_headed, self._heading = heading, True, heading.expression.interval.start

    def hear(self, placed: Placed, *, is_main: bool) -> None:
        """A date was given, in a main clause or below one."""
        interval = placed.expression.interval
        given = interval.start or interval.end
        if given is None or placed.expression.kind == "now" or placed.is_narrowing or placed.is_comparing:
            return
        if placed.is_naming:
            if not self._is_told_here or self.reference is None or given > self.reference:
                self.reference = given
            return
        self.reference, self._is_told_here = given, True
        if is_main and placed.expression.bound != "since":
            self.told, self._is_broken = placed, False
            if self._is_retrospective:
                self._carried = given

    def close(self, tense: str) -> None:
        """The sentence is over; its main verb stood in this tense."""
        self.is_opening = False
        self._is_broken = self._is_broken or tense not in {"past", "none"}


def is_retrospective(sentences: Iterable[str], published: PartialDate) -> bool:
    """Whether most dates of a text lie in years before its own: then it tells of the past."""
    years: list[int] = []
    reference: PartialDate | None = None
    for sentence in sentences:
        for found in find(sentence, published, reference):
            given = found.interval.start or found.interval.end
            if given is not None and found.kind != "now":
                reference = given
                years.append(given.year)
    return (len(years) >= RETROSPECTIVE_DATES
            and sum(year < published.year for year in years) > RETROSPECTIVE_SHARE * len(years))
