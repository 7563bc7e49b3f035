"""The log of batches: which are part of the ledger, and since which version.

A batch's rows are written to their tables first; they count from the moment that the batch's one row stands here. That
row is appended only as the very next change of the table after the state that the writer had seen, so versions follow
each other without a gap, each belongs to one batch, and a writer always knows what it came after.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

import duckdb

from sides.ledger.columns import arrow_table
from sides.ledger.delta import append_if_unchanged, files, open_table, persist
from sides.ledger.parquet import table_scan
from sides.ledger.tables import COMMITS, SCHEMA_VERSION
from sides.model.errors import IncompatibleLedger, UnknownVersion

CREATE, READ, CORRECT, DECIDE, REGISTRY = "create", "read", "correct", "decide", "registry"
LEXICON, IMPORT, EVENTS, FORECAST = "lexicon", "import", "events", "forecast"
COMPACT, MIGRATE = "compact", "migrate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Commit:
    """One version of the ledger: the batch that made it, and how many rows it added to each table."""

    version: int
    batch: str = field(repr=False)
    kind: str  # create, read, import, events, correct, decide, forecast, registry, lexicon, compact, migrate
    schema_version: int = SCHEMA_VERSION
    documents: int = 0
    readings: int = 0
    mentions: int = 0
    actors: int = 0
    claims: int = 0
    corrections: int = 0
    decisions: int = 0
    registry_files: int = 0
    incomplete: int = 0
    lexicon_files: int = 0
    events: int = 0
    event_mentions: int = 0
    event_blocks: int = 0
    forecasts: int = 0


class CommitLog:
    """The commits of a ledger as of the last `refresh`, which reads only what is new."""

    def __init__(self, folder: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self._folder = folder
        self._connection = connection
        self._table = open_table(folder, COMMITS)
        self._files: set[str] = set()
        self._commits: dict[int, Commit] = {}
        self._take_in()

    @property
    def commits(self) -> list[Commit]:
        """All commits, the first version first."""
        return [self._commits[version] for version in sorted(self._commits)]

    @property
    def version(self) -> int:
        """The newest version."""
        return max(self._commits)

    @property
    def schema_version(self) -> int:
        """The schema under which the ledger is written."""
        return self._commits[self.version].schema_version

    def until(self, version: int | None) -> tuple[Commit, ...]:
        """The commits that a view at a version shows. Raises `UnknownVersion`."""
        if version is not None and version not in self._commits:
            raise UnknownVersion(f"The ledger at {str(self._folder)!r} has no version {version}: it has 0 to "
                                 f"{self.version}.")
        return tuple(commit for commit in self.commits if version is None or commit.version <= version)

    def refresh(self) -> None:
        """Take in what was committed since. Raises `IncompatibleLedger` if a newer release has taken over."""
        self._table.update_incremental()
        self._take_in()

    def add(self, batch: str, kind: str, counts: Mapping[str, int], is_still_good: Callable[[], bool],
            schema_version: int = SCHEMA_VERSION) -> bool:
        """Make a batch part of the ledger.

        `is_still_good` is asked each time that somebody else has committed in between; where it says no, nothing is
        committed and the answer is false. Raises `LedgerBusy` when others never stop committing.
        """
        def attempt() -> bool | None:
            before = self.version
            commit = Commit(version=before + 1, batch=batch, kind=kind, schema_version=schema_version, **counts)
            row = {name: [value] for name, value in asdict(commit).items()}
            if append_if_unchanged(self._table, arrow_table(COMMITS, row)):
                self._commits[commit.version] = commit
                return True
            self.refresh()
            return None if is_still_good() else False

        return persist(attempt, f"commit to the ledger at {str(self._folder)!r}")

    def _take_in(self) -> None:
        present = files(self._folder, COMMITS, self._table)
        new = [path for path in present if path not in self._files]
        names = [column.name for column in fields(Commit)]
        columns = ", ".join(f'"{name}"' for name in names)
        rows = self._connection.cursor().execute(f"SELECT {columns} FROM {table_scan(COMMITS, new)}").fetchall()
        for row in rows:
            commit = Commit(**dict(zip(names, row, strict=True)))
            self._commits[commit.version] = commit
        self._files = set(present)
        if self.schema_version > SCHEMA_VERSION:
            raise IncompatibleLedger(
                f"The ledger at {str(self._folder)!r} is written under schema {self.schema_version}; this release "
                f"knows schemas up to {SCHEMA_VERSION}. Update sides to open it.")
