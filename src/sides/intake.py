"""What goes into a ledger: documents that are read, and what others read; each a method of `Ledger`."""

from __future__ import annotations

import os
from abc import abstractmethod
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sides.engines.engine import LOCAL
from sides.judging import Judging
from sides.ledger.store import Store
from sides.model.given_dates import Date, partial

if TYPE_CHECKING:
    from sides.claims.llm.budget import Budget
    from sides.claims.llm.endpoint import Endpoint
    from sides.documents import Source
    from sides.engines.events import EventReport
    from sides.engines.local import Progress, ReadReport
    from sides.engines.newcomers import ActorsReport
    from sides.ties.view import View


class Intake(Judging):
    """Reading and importing. What a run could not take stands in its report, by name."""

    path: Path
    _store: Store | None
    _current: View | None

    @abstractmethod
    def _writable(self) -> Store:
        """The store, made if there is none. Raises `LedgerError` where nothing may be written."""

    def read(self, *targets: str | os.PathLike[str] | Source, workers: int = 1, engine: str = LOCAL,
             progress: Progress | None = None, published: Date | None = None, outlet: str | None = None,
             author: str | None = None, language: str | None = None, date_from: Sequence[str] = ("name",),
             registry: Sequence[Path] | None = None, lexicon: Sequence[Path] | None = None,
             reader: str = "both", endpoint: Endpoint | None = None, budget: Budget | None = None,
             answers: str | os.PathLike[str] | None = None, dry_run: bool = False) -> ReadReport:
        """Read files, folders, URLs, feeds, "-" (standard input) or sources. What was read before is passed over.

        `published`, `outlet`, `author` and `language` stand for every document that is read; a `documents.json` beside
        the files gives them one by one. `registry` are files of your own actors, `lexicon` files of your own words: the
        ledger keeps what stands in them and reads with it until others are given, or none (`[]`). `reader` is
        "grammar", "learned", "both" or "llm". More than one worker needs the usual `if __name__ == "__main__":` guard
        in a script. `engine` is "local", or a master of Spark that reads instead ("local[2]", "spark://HOST:7077"; see
        docs/spark.md), with the same result. Inputs that cannot be read stand in the report's `left_out`, with the
        reason; they raise nothing. An engine that does not run raises `EngineError`.

        With the reader "llm", the model at `endpoint` reads beside the default readers and adds to what they find,
        within `budget`. Its answers are kept in the folder `answers` (by default `NAME.answers` beside the ledger), so
        that asking again is free. `dry_run` only tells, in the report's `asked`, what that would take. Raises
        `EndpointError` where the model cannot be asked. See docs/llm.md.
        """
        from sides.documents import Options, Source
        from sides.engines import local
        from sides.engines.plan import plan_of

        options = Options(today=date.today(), date=partial(published), outlet=outlet, author=author,
                          language=language, date_from=tuple(date_from))
        chosen = [target if isinstance(target, Source) else os.fspath(target) for target in targets]
        plan = plan_of(reader, self.path, endpoint, budget, answers, dry_run)
        if plan is not None:
            from sides.engines import beside

            store = self._store if dry_run else self._writable()
            settings = local.settings_for(store, registry, lexicon, is_dry=dry_run)
            report = beside.read(store, chosen, options=options, settings=settings, plan=plan, workers=workers,
                                 engine=engine, progress=progress)
        else:
            store = self._writable()
            report = local.read(store, chosen, options=options,
                                settings=local.settings_for(store, registry, lexicon, reader), workers=workers,
                                engine=engine, progress=progress)
        self._current = None
        return report

    def reread(self, *, workers: int = 1, engine: str = LOCAL, progress: Progress | None = None,
               registry: Sequence[Path] | None = None, lexicon: Sequence[Path] | None = None,
               reader: str = "both", endpoint: Endpoint | None = None, budget: Budget | None = None,
               answers: str | os.PathLike[str] | None = None, dry_run: bool = False) -> ReadReport:
        """Read the stored documents again with the present reader, where an older one had read them.

        `engine`, `registry`, `lexicon`, `reader` and what belongs to a model: as with `read`.
        """
        from sides.engines import local
        from sides.engines.plan import plan_of

        plan = plan_of(reader, self.path, endpoint, budget, answers, dry_run)
        store = self._writable()
        if plan is not None:
            from sides.engines import beside

            report = beside.reread(store, settings=local.settings_for(store, registry, lexicon, is_dry=dry_run),
                                   plan=plan, workers=workers, engine=engine, progress=progress)
        else:
            report = local.reread(store, settings=local.settings_for(store, registry, lexicon, reader),
                                  workers=workers, engine=engine, progress=progress)
        self._current = None
        return report

    def import_claims(self, path: str | os.PathLike[str], *, documents: str | os.PathLike[str],
                      actors: str | os.PathLike[str] | None = None) -> ReadReport:
        """Take over claims that others made, in JSON lines; `documents` lists their documents, `actors` who is who.

        A document's claims take the place of those that were imported for it before. Lines that make no sense stand in
        the report's `left_out`, with the reason; they raise nothing. See docs/importing.md.
        """
        from sides.engines import importing

        files = importing.Files(Path(path), Path(documents), None if actors is None else Path(actors))
        report = importing.import_claims(self._writable(), files, today=date.today())
        self._current = None
        return report

    def import_actors(self, *paths: str | os.PathLike[str]) -> ActorsReport:
        """Know the actors of files: entities of FollowTheMoney, results of a Wikidata query, or registry files.

        What can be used of them is kept with the ledger, and what is read from now on, or reread, is read with it. Rows
        that make no sense stand in the report's `left_out`, with the reason; they raise nothing. Raises `RegistryError`
        for a file of which nothing can be used. See docs/importing.md.
        """
        from sides.engines.newcomers import import_actors

        report = import_actors(self._writable(), [Path(path) for path in paths])
        self._current = None
        return report

    def read_events(self, *paths: str | os.PathLike[str], dataset: str | None = None,
                    mapping: str | os.PathLike[str] | None = None, edition: str | None = None, memory: str = "2GB",
                    engine: str = LOCAL, progress: Progress | None = None) -> EventReport:
        """Read files of an event dataset, or of a table of your own, as claims; what was read before is passed over.

        `dataset`: what the files are ("gdelt-2"), where their names and columns do not tell; or `mapping`: a TOML that
        says what the columns mean. `edition`: of the dataset, where neither the names nor the mapping tell; of the
        records with one id the newest counts. `memory`: what the database may take, of each process. `engine`: as with
        `read`. Files that cannot be read stand in the report's `errors`; they raise nothing. Raises `MappingError` for
        a dataset that there is not or a mapping that makes no sense, `ValueError` where `memory` is no size. See
        docs/events.md.
        """
        from sides.engines import events
        from sides.events.database import size_of
        from sides.events.mapping import chosen

        mappings, name = chosen(dataset, None if mapping is None else Path(mapping))
        size_of(memory)  # a size that makes no sense makes no ledger
        store = self._writable()
        settings = events.EventSettings(store.snapshot().registry_files(), memory, None if engine == LOCAL else 1)
        report = events.read_events(store, [Path(path) for path in paths], mappings=mappings, settings=settings,
                                    dataset=name, edition=edition, engine=engine, progress=progress)
        self._current = None
        return report
