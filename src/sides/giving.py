"""What leaves a ledger whole: its documents with their claims, its ties with their evidence, and its exports."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from sides.briefing import Briefing
from sides.model.given_dates import Date, partial

if TYPE_CHECKING:
    from sides.export import exporter as exporting
    from sides.export.bundle import Bundled
    from sides.export.exporter import Written
    from sides.ledger.values import StoredDocument
    from sides.model.actor import Actor
    from sides.ties.evidence import Evidence
    from sides.ties.told_ties import ToldTie


class Giving(Briefing):
    """What hands on one version of a ledger, piece by piece, so that a big one need not fit into memory."""

    def by_document(self, *about: str, known: Date | None = None,
                    exact: bool = False) -> Iterator[tuple[StoredDocument, tuple[Evidence, ...]]]:
        """Each document, the first published first, with its claims as evidence, by place; none of them is folded.

        `about`: only claims in which all of these actors take part, and the documents that hold some. `exact`: persons
        and parts do not take part for others.
        """
        from sides.ties.by_document import by_document

        return by_document(self._view(), [self.actor(name).id for name in about], known=partial(known), exact=exact)

    def told_ties(self, *about: str, known: Date | None = None, exact: bool = False,
                  engine: str = "local") -> Iterator[ToldTie]:
        """Every tie over time as `courses` tells it, by ids: its stretches of months, and the claims that it rests on.

        Without the outlook. `about`: only those in which all of these actors take part. `engine`: as with `courses`.
        """
        from sides.ties.told_ties import told_ties

        courses = self.courses(known=known, exact=exact, engine=engine)
        return told_ties(self._view(), courses, [self.actor(name).id for name in about], known=partial(known),
                         exact=exact)

    def described(self, identifier: str) -> Actor:
        """The actor of an id, as the ledger has it, else as the registry does, else with nothing but its id."""
        from sides.model.actor import Actor, ActorKind

        return self._view().actor(identifier) or Actor(id=identifier, name=identifier, kind=ActorKind.OTHER)

    def country_code(self, identifier: str) -> str | None:
        """The two letters of ISO 3166 for a state, by its id."""
        return self._view().registry.code(identifier, "iso3166-1-alpha2")

    def export(self, subject: str, to: str | os.PathLike[str] | BinaryIO, *about: str, form: str | None = None,
               at: Date | None = None, known: Date | None = None, exact: bool = False, engine: str = "local",
               base: str | None = None) -> Written:
        """Write claims, ties, the whole ledger or another `subject` to a file or an open binary one: docs/export.md.

        `form`: the format; by default that of the file's suffix. `about`: only what is about these actors. `at`: the
        date of a network. `base`: what IRIs begin with. Returns how much was written, and what the format could not
        carry. Raises `ExportError` for a subject or format that there is not, and for one that does not fit the other.
        """
        from sides.export.exporter import Wanted
        from sides.export.formats import exporter_for, write_file

        path = Path(to) if isinstance(to, str | os.PathLike) else None
        exporter = exporter_for(subject, form, path)
        wanted = Wanted(subject=subject, about=tuple(self.actor(name).id for name in about), at=partial(at),
                        known=partial(known), exact=exact, engine=engine, **({"base": base} if base else {}))
        # What exporters ask of a ledger, those that are laid over this one answer too.
        whole = cast("exporting.Ledger", self)
        return write_file(exporter, whole, path, wanted) if path else exporter.write(whole, cast(BinaryIO, to), wanted)

    def bundle(self, path: str | os.PathLike[str], *about: str, known: Date | None = None, exact: bool = False,
               engine: str = "local", with_texts: bool = False) -> Bundled:
        """Write evidence, with a page that checks it, to a `.zip` file or a new folder: see docs/export.md.

        `about`: only claims in which all of these actors take part. `with_texts`: the documents' texts too. Returns how
        much was written, and the fingerprint by which the bundle can be known again. Raises `ExportError` where there
        is something else already.
        """
        from sides.export.bundle import bundle
        from sides.export.exporter import Wanted

        wanted = Wanted(subject="ledger", about=tuple(self.actor(name).id for name in about), known=partial(known),
                        exact=exact, engine=engine)
        return bundle(cast("exporting.Ledger", self), Path(path), wanted, version=self._view().snapshot.version,
                      with_texts=with_texts)
