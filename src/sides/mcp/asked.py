"""The ledger that tools ask: at its newest version or a chosen one, with the clocks and voices of a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypedDict

from sides.actors.search import Named, folded
from sides.face import Ledger
from sides.ledger.store import Store
from sides.mcp import answers
from sides.mcp import evidence as told
from sides.mcp.untrusted import WARNING, quoted
from sides.model.dates import PartialDate
from sides.model.errors import NoEvidence
from sides.model.given_dates import partial
from sides.ties.evidence import Evidence
from sides.ties.lens import OPEN, Lens


class Arguments(TypedDict):
    """What the questions of a ledger share."""

    at: PartialDate | None
    known: PartialDate | None
    lens: Lens
    exact: bool


class Shelf:
    """One version of a ledger, opened, with what every question of it needs."""

    def __init__(self, path: Path, version: int) -> None:
        self.version, self.ledger = version, Ledger(path, version)

    @cached_property
    def names(self) -> dict[str, str]:
        """The name of each actor that documents mention, by id."""
        return {actor.id: actor.name for actor in self.ledger.actors()}

    @cached_property
    def folded(self) -> list[Named]:
        """Every actor with all its names, to search in."""
        return folded(self.ledger.actors())


class Library:
    """The versions of a ledger, of which the one that was asked last is kept open. Not for several threads."""

    def __init__(self, path: Path, version: int | None = None) -> None:
        """`version`: only this one. Raises `NotALedger` or `UnknownVersion`."""
        self.path, self._pinned, self._store = path, version, Store.open(path)
        self._shelf: Shelf | None = None
        self.shelf().ledger.counts()  # a version that there is not is refused here

    def shelf(self) -> Shelf:
        """The chosen version, else the newest that is committed by now."""
        version = self._store.versions()[-1].version if self._pinned is None else self._pinned
        if self._shelf is None or self._shelf.version != version:
            self._shelf = Shelf(self.path, version)
        return self._shelf


@dataclass(frozen=True)
class Asked:
    """One question: of what version, by which clocks, by whose word."""

    shelf: Shelf
    at: PartialDate | None = None
    known: PartialDate | None = None
    lens: Lens = OPEN
    exact: bool = False
    ledger: Ledger = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ledger", self.shelf.ledger)

    @classmethod
    def of(cls, shelf: Shelf, at: str | None = None, known: str | None = None, lens: str | None = None,
           exact: bool = False) -> Asked:
        """As a client writes it. Raises `DateError` or `LensError`."""
        return cls(shelf, partial(at), partial(known), Lens.parse(lens) if lens else OPEN, exact)

    @property
    def arguments(self) -> Arguments:
        """For a method of the ledger."""
        return {"at": self.at, "known": self.known, "lens": self.lens, "exact": self.exact}

    @property
    def about(self) -> answers.About:
        """What was asked, as it is told."""
        horizon = self.ledger.horizon(known=self.known)
        return answers.About(
            ledger=self.ledger.path.name, version=self.shelf.version, at=str(self.at) if self.at else None,
            known=str(self.known) if self.known else None, latest_document=str(horizon) if horizon else None,
            lens=str(self.lens), exact=self.exact)

    def head(self, page: answers.Page) -> dict[str, Any]:
        """What every answer begins with."""
        return {"about": self.about, "page": page, "warning": WARNING}

    def actor(self, identifier: str) -> answers.Actor:
        """An actor by its id."""
        return answers.Actor(id=identifier, name=self.ledger.name(identifier))

    def evidence(self, some: Sequence[Evidence]) -> list[told.Evidence]:
        """Pieces of evidence, in their order."""
        return [quoted(one, self.shelf.names) for one in some]

    def nothing(self, what: str, instead: str) -> NoEvidence:
        """The refusal to answer: `what` is not told, and what may be asked `instead`."""
        clocks = "".join(f", {word} {date}" for word, date in (("at", self.at), ("known by", self.known)) if date)
        lens = "" if self.lens.is_open else f", by the word of {self.lens}"
        return NoEvidence(f"The documents of this ledger tell nothing {what}{clocks}{lens}: there is no evidence to "
                          f"answer from. {instead}")
