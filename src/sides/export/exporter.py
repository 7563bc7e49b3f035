"""What writes a ledger, or a part of it, in one format: the shape that all exporters have, ours and other people's.

`sides.export.formats` lists those that ship.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from sides.model.dates import PartialDate

if TYPE_CHECKING:
    from sides.ledger.values import StoredDocument
    from sides.model.actor import Actor
    from sides.model.incomplete import Incomplete
    from sides.ties.courses import Courses
    from sides.ties.evidence import Evidence
    from sides.ties.organization import Organization
    from sides.ties.told_ties import ToldTie

# What can be written: a table of one kind of thing, or all of them together.
SUBJECTS = ("claims", "ties", "actors", "documents", "evidence", "incomplete", "ledger")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be written of a ledger."""

    subject: str  # one of SUBJECTS that the exporter writes
    about: tuple[str, ...] = ()  # ids of one actor or two: only what is about them; all, if there is none
    at: PartialDate | None = None  # where a format shows one date: which
    known: PartialDate | None = None  # only documents that were published by then count
    exact: bool = False  # persons and parts stand for themselves
    engine: str = "local"  # what infers the ties, where they are wanted
    base: str = "urn:sides:"  # what the names of things begin with, where a format names them by IRI


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, to be told to the user."""

    count: int
    things: str  # what was counted: "claims", "ties"
    notes: tuple[str, ...] = ()  # what the format could not carry of this ledger, one sentence each


class Exporter(Protocol):
    """Writes a ledger in one format.

    The same ledger and the same wish must give the same bytes: no clock, no random number, no order of a set.
    """

    @property
    def name(self) -> str:
        """What the format is called on the command line: "graphml"."""
        ...

    @property
    def suffix(self) -> str:
        """What the names of its files end with: ".graphml"."""
        ...

    @property
    def subjects(self) -> tuple[str, ...]:
        """Those of `SUBJECTS` that it writes."""
        ...

    def write(self, ledger: Ledger, file: BinaryIO, wanted: Wanted) -> Written:
        """Write what is wanted to an open file, piece by piece where the format allows, and say what was written."""
        ...


class Ledger(Protocol):
    """What our exporters ask of a ledger. They are given a `sides.Ledger`, all of which others may use."""

    def name(self, identifier: str) -> str:
        """The name of an actor by its id."""
        ...

    def actors(self) -> list[Actor]:
        """All actors that the documents mention, by id."""
        ...

    def described(self, identifier: str) -> Actor:
        """An actor by its id, also one that no document mentions."""
        ...

    def country_code(self, identifier: str) -> str | None:
        """The two letters of ISO 3166 for a state."""
        ...

    def by_document(self, *about: str, known: PartialDate | None = None,
                    exact: bool = False) -> Iterator[tuple[StoredDocument, tuple[Evidence, ...]]]:
        """The documents, the first published first, each with its claims as evidence, by place."""
        ...

    def told_ties(self, *about: str, known: PartialDate | None = None, exact: bool = False,
                  engine: str = "local") -> Iterator[ToldTie]:
        """The ties over time, by ids, each with its evidence."""
        ...

    def courses(self, *, known: PartialDate | None = None, exact: bool = False, engine: str = "local") -> Courses:
        """The ties over time as columns, with the outlook."""
        ...

    def tie_records(self, courses: Courses) -> list[dict[str, Any]]:
        """The same as records."""
        ...

    def incomplete(self, *, actor: str | None = None, known: PartialDate | None = None) -> list[Incomplete]:
        """What is said of one actor and somebody whom the text does not name."""
        ...

    def incomplete_records(self, found: Sequence[Incomplete]) -> list[dict[str, Any]]:
        """The same as records."""
        ...

    def horizon(self, *, known: PartialDate | None = None) -> PartialDate | None:
        """The latest date of a document that was published by `known`."""
        ...

    def first_published(self) -> PartialDate | None:
        """The earliest date of a document."""
        ...

    def organization(self, *, known: PartialDate | None = None) -> Organization:
        """Who belongs to whom at any date."""
        ...
