"""What a brief holds, whatever it is written as."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sides.forecast.answer import StateForecast
from sides.model.dates import PartialDate
from sides.report.quotes import shortened
from sides.ties.disagreements import Disagreements
from sides.ties.evidence import Evidence
from sides.ties.mediators import Mediation
from sides.ties.neighbours import Neighbour
from sides.ties.predictions import Prediction
from sides.ties.states import State
from sides.ties.tie import Tie

# Characters of a sentence before and after a quote that a page has room for.
AROUND = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a ledger tells of two actors, before a brief is made of it."""

    tie: Tie
    disagreements: Disagreements  # of the two, by outlet
    mediations: Sequence[Mediation]
    predictions: Sequence[Prediction]
    forecast: StateForecast | str  # our own chance of the present state a year on, or why there is none
    neighbours: Sequence[Neighbour]
    neighbours_total: int
    name: Callable[[str], str]
    ledger: str
    version: int
    lens: str
    exact: bool
    horizon: PartialDate | None  # the date of the latest document that counts


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence with the numbers of the sources that it rests on."""

    text: str
    sources: tuple[int, ...]
    quoted: Evidence | None = None  # whose words follow the sentence


@dataclass(frozen=True, slots=True)
class Section:
    """Some statements under a heading; `total`: how many there are to tell, where these are not all."""

    title: str
    statements: tuple[Statement, ...]
    total: int
    notes: tuple[str, ...] = ()  # what is told without a source: that nothing is, or by what rule

    @property
    def heading(self) -> str:
        """The title, with how many of all are here."""
        return self.title if self.total <= len(self.statements) else (
            f"{self.title} ({len(self.statements)} of {self.total})")


@dataclass(frozen=True, slots=True)
class MapTie:
    """A line of the small map, between two places: 0 and 1 are the two, then those around them."""

    one: int
    other: int
    state: State
    words: str


@dataclass(frozen=True, slots=True)
class SmallMap:
    """Who stands around the two, and how."""

    names: tuple[str, ...]
    ties: tuple[MapTie, ...]


def in_sentence(one: Evidence) -> tuple[str, str, str]:
    """The quote, whole, with what its sentence says before and after it, as far as a page has room for that."""
    before, quote, after = one.sentence
    return shortened(before, from_end=True, most=AROUND), quote, shortened(after, most=AROUND)


def place(one: Evidence) -> str:
    """Where a quote stands: the document's title and name, and the characters of its stored text."""
    document = one.document
    title = f"“{document.title}”, " if document.title else ""
    url = f", {document.url}" if document.url and document.url != document.name else ""
    return (f"{title}{document.name}{url}, characters {one.claim.begin_char} to {one.claim.end_char}; claim "
            f"{one.claim.id}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """One page about two actors: where they stand, since when, by whose word, and what may come."""

    title: str
    state: str  # in a few words
    shares: Mapping[State, float] = field(default_factory=dict)
    sections: tuple[Section, ...]
    sources: tuple[Evidence, ...]  # the first one is number 1
    map: SmallMap
    foot: tuple[str, ...]

    def markdown(self) -> str:
        """The brief as Markdown; the same ledger gives the same characters."""
        from sides.report.brief.markdown import markdown

        return markdown(self)

    def html(self) -> str:
        """The brief as a page of its own, which loads nothing; the same ledger gives the same characters."""
        from sides.report.brief.page import page

        return page(self)

    def pdf(self, browser: str | Path | None = None) -> bytes:
        """The page printed by a browser of this machine, or by the one at a path. Raises `BrowserError`."""
        from sides.report.brief.printing import printed

        return printed(self.html(), None if browser is None else str(browser))

    def write(self, path: Path, browser: str | Path | None = None) -> None:
        """Write it as what the suffix says: `.md`, `.html` or `.pdf`. Raises `SidesError` for any other."""
        from sides.report.brief.printing import write

        write(self, path, None if browser is None else str(browser))
