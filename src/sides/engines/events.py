"""Event datasets into a ledger: files as blocks, converted, written as portions, committed in the order of the files.

What a process does with some files (`portions_of`) needs the folder of the ledger and nothing of its state, so that any
engine can have it done anywhere. A run that was interrupted goes on, when repeated, after the last portion that it
committed.
"""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Mapping as Mappings
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path

import duckdb

from sides.actors.overlays import OverlayFile
from sides.actors.registry import Registry
from sides.engines.engine import LOCAL, groups, opened
from sides.engines.event_rows import EventFile, EventRows, file_digest, storable
from sides.engines.local import Progress, Silence
from sides.engines.version import contents_digest
from sides.events.account import Account
from sides.events.blocks import BLOCK_BYTES, Block, blocks_of
from sides.events.converter import Converter
from sides.events.database import MEMORY, limit_of
from sides.events.mapping import Mapping as TableMapping
from sides.events.mapping import Table
from sides.events.mentions import MENTIONED, mention_accounts
from sides.events.pairs import of_pairs, pair_accounts, pair_header
from sides.events.recognize import recognized
from sides.events.sides import Sides
from sides.ledger.commits import EVENTS
from sides.ledger.portion import Portion, written
from sides.ledger.store import Store
from sides.model.errors import InputError, MalformedInput, is_interrupt

# So much of the code and data an event's reading goes through.
READING = ("model", "actors", "events", "data/events", "data/registry", "engines/event_rows.py", "data/engines")
# Of text: a commit takes a tenth of a second, so much text a few; it is done again after a kill.
PORTION_BYTES = 4 * BLOCK_BYTES
# Of files, plain or compressed: a task of a few seconds to a minute.
GROUP_BYTES = BLOCK_BYTES
MENTIONED_COLUMNS = ", ".join(f"{name} {kind}" for name, kind in MENTIONED.items())


@dataclass(frozen=True, slots=True)
class EventSettings:
    """What the reading of events depends on, besides the files."""

    registry_overlays: tuple[OverlayFile, ...] = ()
    memory: str = MEMORY
    threads: int | None = None  # of the database; `None`: as many as there are cores


@dataclass(frozen=True, slots=True)
class EventPortion:
    """Rows of files that are ready for the ledger, and what became of their records: by path."""

    accounts: Mappings[str, Account]
    portion: Portion


@dataclass(frozen=True, slots=True)
class Passed:
    """A file that had been read to its end before."""

    file: str


@dataclass(slots=True)
class EventReport:
    """What became of each file of a run."""

    accounts: list[Account] = field(default_factory=list)  # one a file, of what this run read of it
    already: list[str] = field(default_factory=list)  # files that had been read before
    errors: list[InputError] = field(default_factory=list)  # files that could not be read, or not to their end
    version: int = 0  # of the ledger, after the run
    seconds: float = 0.0
    was_interrupted: bool = False

    @property
    def claims(self) -> int:
        """How many claims the run read."""
        return sum(one.claims for one in self.accounts)


Told = EventPortion | Passed | InputError
Converted = tuple[Block, Account, bool]  # whether the block is the last of its file


def read_events(store: Store, paths: Sequence[Path], *, mappings: Mappings[str, TableMapping],
                settings: EventSettings, dataset: str | None = None, edition: str | None = None,
                engine: str = LOCAL, progress: Progress | None = None) -> EventReport:
    """Read files of events into a ledger, in the order of their names; each by the mapping that it fits, or by one.

    `mappings`: by name, as `sides.events.mapping.shipped` gives them; `dataset` names the one for all files. `edition`:
    of all files, where neither their names nor the mapping tell. A file that cannot be read costs itself alone; of one
    that breaks off, what comes before is kept. `engine`: see `sides.engines.engine.opened`; on a cluster each worker
    must see the ledger's folder and the files under the same paths.
    """
    began, progress, report = time.monotonic(), progress or Silence(), EventReport()
    files = list(_files(store, paths, mappings, settings, dataset, edition, report))
    progress.found(len(files))
    found: dict[str, Account] = {}
    try:
        with opened(engine) as running:
            together = groups(files, lambda file: Path(file.path), GROUP_BYTES)  # small files share a commit
            for told in running.each(partial(portions_of, store.path, settings), together, fallen, chunk=1):
                if isinstance(told, InputError):
                    report.errors.append(told)
                elif isinstance(told, Passed):
                    report.already.append(told.file)
                else:
                    store.take(told.portion, EVENTS)
                    for file, account in told.accounts.items():
                        progress.advanced(file)
                        found[file] = found[file].with_more(account) if file in found else account
    except (KeyboardInterrupt, RuntimeError) as error:
        if not is_interrupt(error):
            raise
        report.was_interrupted = True
    report.accounts = [found[file] for file in sorted(found)]
    report.version, report.seconds = store.snapshot().version, time.monotonic() - began
    return report


def fallen(files: tuple[EventFile, ...]) -> InputError:
    """What stands in the place of files that brought their process down."""
    more = f" (or one of the {len(files) - 1} files after it)" if len(files) > 1 else ""
    return MalformedInput(files[0].path, f"brought the reading process down (out of memory?){more}",
                          "Give more memory or less of it to the database (--memory); the other files are read.")


def portions_of(folder: Path, settings: EventSettings, files: Iterable[EventFile]) -> Iterator[Told]:
    """The task that every engine runs: convert files, write their rows beside the tables of the ledger in `folder`."""
    registry = _registry(settings.registry_overlays)
    with tempfile.TemporaryDirectory(prefix="sides-events-") as scratch:
        connection = duckdb.connect(":memory:", config={
            "memory_limit": limit_of(settings.memory), "temp_directory": scratch,
            **({"threads": str(settings.threads)} if settings.threads else {})})
        try:
            yield from _Portions(connection, folder, registry).of(files)
        finally:
            connection.close()


class _Portions:
    """Files in their order, cut into portions of about the same size."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, folder: Path, registry: Registry) -> None:
        self._connection, self._folder, self._registry = connection, folder, registry
        self._sides = Sides(registry)
        self._rows = EventRows(connection, registry)
        self._accounts: dict[str, Account] = {}
        self._size = 0

    def of(self, files: Iterable[EventFile]) -> Iterator[Told]:
        for file in files:
            try:
                yield from self._read(file)
            except OSError as error:
                yield MalformedInput(file.path, f"cannot be read ({error})", "Check the path and its permissions.")
            except InputError as error:
                yield error
        if self._accounts:
            yield self._written()

    def _read(self, file: EventFile) -> Iterator[Told]:
        path, digest = Path(file.path), file_digest(Path(file.path))
        if digest in file.whole:
            yield Passed(file.path)
            return
        blocks = self._blocks(path, file.mapping.table)
        for block, account, is_last in self._pairs(file, blocks) if file.mapping.pairs else self._records(
                file, ((block, is_last) for block, is_last in blocks if (digest, block.first) not in file.known)):
            self._rows.tell(account, file, block.first, digest, is_last=is_last)
            before = self._accounts.get(file.path)
            self._accounts[file.path] = before.with_more(account) if before else account
            if self._size >= PORTION_BYTES:
                yield self._written()

    def _blocks(self, path: Path, table: Table) -> Iterator[tuple[Block, bool]]:
        """The blocks of a file, as they can be stored, each with whether it is the last."""
        before: Block | None = None
        for block in blocks_of(path, table):
            if before is not None:
                yield before, False
            before = replace(storable(block), file=path.name)
            self._size += len(block.text)
        if before is not None:
            yield before, True

    def _records(self, file: EventFile, blocks: Iterable[tuple[Block, bool]]) -> Iterator[Converted]:
        """Take in the records of blocks, or the mentions."""
        converter = Converter(self._connection, file.mapping, self._sides)
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE mentioned ({MENTIONED_COLUMNS})")
        for block, is_last in blocks:
            if file.mapping.mention:
                (account,) = mention_accounts(self._connection, file.mapping, [block])
                self._rows.mention()
            else:
                account = converter.convert(block)
                self._rows.add(file, block.header)
            yield block, account, is_last

    def _pairs(self, file: EventFile, blocks: Iterable[tuple[Block, bool]]) -> Iterator[Converted]:
        """Take in the pairs between the records of a whole file; they are told of as of its first block."""
        first, others = next(iter(blocks)), blocks
        converter = Converter(self._connection, of_pairs(file.mapping), self._sides)
        account: Account | None = None
        for one in pair_accounts(converter, file.mapping, (block for block, _ in chain([first], others))):
            self._rows.add(file, pair_header(first[0].header))
            account = account.with_more(one) if account else one
        assert account is not None  # a file without records has been refused
        yield first[0], account, True

    def _written(self) -> EventPortion:
        self._rows.close()
        portion = EventPortion(self._accounts, written(self._connection, self._folder, self._rows.RELATIONS))
        self._rows, self._accounts, self._size = EventRows(self._connection, self._registry), {}, 0
        return portion


@lru_cache(maxsize=2)
def _registry(files: tuple[OverlayFile, ...]) -> Registry:
    """A registry is only looked at here, and takes half a second to load."""
    return Registry.load(files)


def _files(store: Store, paths: Sequence[Path], mappings: Mappings[str, TableMapping], settings: EventSettings,
           dataset: str | None, edition: str | None, report: EventReport) -> Iterator[EventFile]:
    """The files with all that their reading takes; what is no file of events goes into the report."""
    versions: dict[str, str] = {}
    blocks = store.snapshot().event_blocks()
    for path in sorted(set(paths)):
        try:
            name = dataset or recognized(path, mappings)
        except InputError as error:
            report.errors.append(error)
            continue
        mapping = mappings[name]
        if name not in versions:
            versions[name] = events_version(mapping, settings.registry_overlays)
        told = edition if edition is not None else mapping.dataset.edition_of(path.name)
        mine = [one for one in blocks
                if (one.file, one.reader_version, one.edition) == (path.name, versions[name], told)]
        yield EventFile(str(path), mapping, told, versions[name], frozenset((one.digest, one.first) for one in mine),
                        frozenset(one.digest for one in mine if one.is_last))


def events_version(mapping: TableMapping, overlays: Sequence[OverlayFile] = ()) -> str:
    """Twelve hexadecimal digits: code, mapping, codes, and registry with the user's own files."""
    digest = hashlib.sha256(mapping.model_dump_json().encode())
    digest.update(contents_digest(READING).encode())
    for overlay in overlays:
        digest.update(f"\noverlay {hashlib.sha256(overlay.content).hexdigest()}".encode())
    return digest.hexdigest()[:12]
