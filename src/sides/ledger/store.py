"""The ledger on disk: created, opened, appended to, corrected, decided upon."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sides.actors.overlays import OverlayFile
from sides.claims.grammar.own_lexicon import LexiconFile
from sides.ledger.batch import new_batch
from sides.ledger.columns import arrow_table
from sides.ledger.commits import COMPACT, CORRECT, CREATE, DECIDE, FORECAST, LEXICON, READ, REGISTRY, Commit, CommitLog
from sides.ledger.compaction import Compaction, compact
from sides.ledger.contents import Contents
from sides.ledger.correcting import correction_of, withdrawal_of
from sides.ledger.corrections import Action, Correction, correction_columns
from sides.ledger.decisions import Decision, decision_columns
from sides.ledger.delta import (
    add_parts,
    append,
    create_table,
    create_table_with,
    is_ledger,
    ledger_path,
    open_table,
    persist,
)
from sides.ledger.forecasts import KeptForecast, forecast_columns
from sides.ledger.migration import STEPS, Step, bring_up_to_date
from sides.ledger.portion import Portion
from sides.ledger.rows import Columns
from sides.ledger.snapshot import Snapshot
from sides.ledger.tables import (
    COMMITS,
    CORRECTIONS,
    DATA_TABLES,
    DECISIONS,
    FORECASTS,
    LEXICON_FILES,
    REGISTRY_FILES,
    SCHEMA_VERSION,
    Table,
)
from sides.ledger.views import connect
from sides.ledger.withdrawals import in_order
from sides.model.document import Document
from sides.model.errors import LedgerBusy, LedgerError, NotALedger
from sides.model.reading import Reading


class Store:
    """A ledger on disk. Appends and never rewrites; each change is one atomic version.

    Open it once and keep it: it remembers what it has seen, so that an append reads only what is new. One thread at a
    time may write through one `Store`; any number of processes may each have their own.
    """

    def __init__(self, path: Path, steps: Mapping[int, Step] = STEPS) -> None:
        self.path = path
        self._steps = steps
        self._connection = connect()
        self._log = CommitLog(path, self._connection)
        self._known: Contents | None = None

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Store:
        """Open a ledger. Raises `NotALedger`, or `IncompatibleLedger` if a newer release has written it."""
        folder = ledger_path(path)
        if not folder.exists():
            raise NotALedger(f"There is no ledger at {str(path)!r}. Make one by reading something into it: "
                             f"sides read FOLDER -l {path}")
        if not is_ledger(folder):
            raise NotALedger(f"{str(path)!r} is not a ledger: it has no table of commits. Give the folder that "
                             "`sides read` made, usually NAME.sides.")
        return cls(folder)

    @classmethod
    def create_or_open(cls, path: str | os.PathLike[str]) -> Store:
        """Open a ledger, or create it where nothing is yet. Raises `NotALedger` where something else is."""
        folder = ledger_path(path)
        if not is_ledger(folder):
            own = {table.name for table in DATA_TABLES} | {COMMITS.name}
            if folder.exists() and not (folder.is_dir() and {entry.name for entry in folder.iterdir()} <= own):
                raise NotALedger(f"{str(path)!r} holds something else than a ledger, and is left alone. Choose a name "
                                 "that is not taken.")
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise LedgerError(f"The folder {str(path)!r} cannot be created ({error}).") from error
            for table in DATA_TABLES:
                create_table(folder, table)
            first = Commit(version=0, batch=new_batch_id(), kind=CREATE)
            row = {name: [value] for name, value in asdict(first).items()}
            create_table_with(folder, COMMITS, arrow_table(COMMITS, row))
        return cls(folder)

    @property
    def version(self) -> int:
        """The newest version that this `Store` has seen."""
        return self._log.version

    def versions(self) -> list[Commit]:
        """Every version: what kind of change made it, and how many rows of what it added."""
        self._log.refresh()
        return self._log.commits

    def snapshot(self, version: int | None = None) -> Snapshot:
        """The ledger as it is now, or as it was at a version. Raises `UnknownVersion`."""
        self._log.refresh()
        if any(self._log.schema_version <= step < SCHEMA_VERSION for step in self._steps):
            self.migrate()
        return Snapshot(self.path, self._log.until(version))

    def append(self, readings: Sequence[Reading] = (), sightings: Sequence[Document] = (), *,
               signatures: Mapping[str, Sequence[int]] | None = None, kind: str = READ) -> int:
        """Add readings with their documents, and further copies, as one atomic version; returns its number.

        What the ledger shows already is left out; if nothing is left, nothing is written and the version stays.
        `signatures` gives near-duplicate signatures (unsigned 64-bit numbers) by document id, `kind` what the version
        is listed as. Raises `ValueError` for a
        claim whose quote does not stand in its document, `LedgerBusy` when other writers leave no gap.
        """
        def write() -> int | None:
            self._refresh()
            batch = new_batch(readings, sightings, self._contents)
            if not batch:
                return self.version
            return self._commit(kind, batch.tables(signatures or {}))

        return persist(write, f"append to the ledger at {str(self.path)!r}")

    def take(self, portion: Portion, kind: str) -> int:
        """Make the rows of a portion part of the ledger, as one atomic version; returns its number.

        Raises `LedgerBusy` where a compaction has taken its files for abandoned ones.
        """
        self._refresh()
        began_at = self.version
        is_there = all((self.path / part.table / part.name).exists() for part in portion.parts)
        for table in DATA_TABLES if is_there else ():
            parts = [part for part in portion.parts if part.table == table.name]
            if parts:
                add_parts(open_table(self.path, table), parts)
        counts = {part.table: part.rows for part in portion.parts}
        if not is_there or not self._log.add(portion.batch, kind, counts, self._uncompacted(began_at)):
            raise LedgerBusy(f"The ledger at {str(self.path)!r} was compacted meanwhile. Repeat the command: what is "
                             "there already is passed over.")
        return self.version

    def correct(self, claim: str, action: Action | str, changes: Mapping[str, Any] | None = None, *,
                who: str, why: str, made_at: datetime) -> str:
        """Reject a claim, confirm it, or set fields of it; returns the id of the correction.

        `claim` is the id that the claim is shown under, or was read under. `changes` names fields and their values (see
        `corrections.FIELDS`); a date or third actor may be set to `None`. `made_at` must have a time zone. Raises
        `UnknownClaim`, or `ValueError` for changes that make no sense.
        """
        snapshot = self.snapshot()
        return self._add(correction_of(snapshot, claim, action, changes, who=who, why=why, made_at=made_at), snapshot)

    def withdraw(self, correction: str, *, who: str, why: str, made_at: datetime) -> str:
        """Take a correction back, or take back its withdrawal; returns the id of this withdrawal.

        Raises `LedgerError` if there is no such correction.
        """
        snapshot = self.snapshot()
        return self._add(withdrawal_of(snapshot, correction, who=who, why=why, made_at=made_at), snapshot)

    def decide(self, decisions: Sequence[Decision]) -> list[Decision]:
        """Add decisions about actors as one version; returns those that were not there yet.

        Of decisions that contradict each other all are kept: see `settlement` for which counts.
        """
        def write() -> list[Decision] | None:
            self._refresh()
            known = {found.id for found in self.snapshot().decisions()}
            new = in_order(decision for decision in decisions if decision.id not in known)
            if new and self._commit(DECIDE, [(DECISIONS, decision_columns(new))]) is None:
                return None
            return new

        return persist(write, f"keep decisions in the ledger at {str(self.path)!r}")

    def keep_forecasts(self, forecasts: Sequence[KeptForecast]) -> list[KeptForecast]:
        """Keep forecasts as they were made, as one version; returns those that were not there yet."""
        def write() -> list[KeptForecast] | None:
            self._refresh()
            known = {found.id for found in self.snapshot().forecasts()}
            new = list({one.id: one for one in forecasts if one.id not in known}.values())
            if new and self._commit(FORECAST, [(FORECASTS, forecast_columns(new))]) is None:
                return None
            return new

        return persist(write, f"keep forecasts in the ledger at {str(self.path)!r}")

    def keep_registry(self, files: Sequence[OverlayFile]) -> None:
        """Keep the user's registry files, so that what is read later, or again, is read with them.

        They take the place of those that were kept before; what is kept already makes no new version.
        """
        named = [OverlayFile(Path(file.name).name, file.content) for file in files]
        self._keep(REGISTRY, REGISTRY_FILES, named, lambda snapshot: snapshot.registry_files())

    def keep_lexicon(self, files: Sequence[LexiconFile]) -> None:
        """Keep the user's lexicon files, so that what is read later, or again, is read with them.

        They take the place of those that were kept before; what is kept already makes no new version.
        """
        named = [LexiconFile(Path(file.name).name, file.content) for file in files]
        self._keep(LEXICON, LEXICON_FILES, named, lambda snapshot: snapshot.lexicon_files())

    def _keep(self, kind: str, table: Table, named: Sequence[OverlayFile] | Sequence[LexiconFile],
              kept: Callable[[Snapshot], Sequence[OverlayFile] | Sequence[LexiconFile]]) -> None:
        def write() -> bool | None:
            self._refresh()
            if list(kept(self.snapshot())) == list(named):
                return True
            columns: Columns = {"place": list(range(len(named))), "name": [file.name for file in named],
                                "content": [file.content.decode("utf-8") for file in named]}
            return True if self._commit(kind, [(table, columns)]) is not None else None

        persist(write, f"keep {kind} files in the ledger at {str(self.path)!r}")

    def migrate(self) -> int:
        """Bring a ledger of an older release to this one's schema; returns the version. What is shown stays the same.

        The first append or correction does this by itself, and so does the first snapshot where more has changed than
        that columns were added.
        """
        self._log.refresh()
        if self._log.schema_version < SCHEMA_VERSION:
            bring_up_to_date(self.path, self._log, self._steps, new_batch_id())
            self._known = None
        return self.version

    def compact(self, *, now: datetime, safe_age: timedelta) -> Compaction:
        """Merge small files and drop what no version shows and no table needs, once it is older than `safe_age`.

        What is seen, at any version, stays as it is; readers and writers may be at work meanwhile. `safe_age` is longer
        than any append or query takes: an hour at least. Raises `LedgerBusy` when another compaction is at work.
        """
        self._refresh()
        return compact(self.path, self._log, self._connection, now=now, safe_age=safe_age, batch=new_batch_id())

    def _add(self, correction: Correction, snapshot: Snapshot) -> str:
        known = {found.id for found in snapshot.corrections()}
        if correction.id in known:
            if correction.action is not Action.WITHDRAW and correction.id not in {
                    found.id for found in snapshot.corrections_in_force()}:
                raise LedgerError(f"The correction {correction.id} has been withdrawn. Withdraw the withdrawal, or "
                                  "give the correction again with a later time.")
            return correction.id

        def write() -> int | None:
            self._refresh()
            return self._commit(CORRECT, [(CORRECTIONS, correction_columns([correction]))])

        persist(write, f"correct a claim in the ledger at {str(self.path)!r}")
        return correction.id

    def _commit(self, kind: str, tables: Sequence[tuple[Table, Columns]]) -> int | None:
        """Write rows and commit them; `None` if a compaction may have dropped them before they were committed."""
        batch, began_at = new_batch_id(), self.version
        counts = {}
        for table, columns in tables:
            count = len(next(iter(columns.values())))
            counts[table.name] = count
            if count:
                append(open_table(self.path, table), arrow_table(table, {"batch": [batch] * count, **columns}))
        return self.version if self._log.add(batch, kind, counts, self._uncompacted(began_at)) else None

    def _uncompacted(self, began_at: int) -> Callable[[], bool]:
        """Whether no compaction has committed itself since a version."""
        return lambda: not any(commit.kind == COMPACT for commit in self._log.commits if commit.version > began_at)

    def _refresh(self) -> None:
        self._log.refresh()
        self.migrate()

    @property
    def _contents(self) -> Contents:
        if self._known is None:
            self._known = Contents(self.path, self._connection)
        self._known.refresh(self._log.commits)
        return self._known


def new_batch_id() -> str:
    """A name for a batch that no other has. It is never shown, exported, or used to order anything."""
    return secrets.token_hex(16)
