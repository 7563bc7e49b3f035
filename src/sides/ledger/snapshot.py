"""A ledger at one of its versions: everything that can be asked of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import TypeVar, Unpack

import duckdb

from sides.actors.overlays import OverlayFile
from sides.claims.grammar.own_lexicon import LexiconFile
from sides.claims.imported.claims import READER
from sides.ledger.actors import actors_named
from sides.ledger.claim_query import ORDER, ClaimQuery, Parameter, condition
from sides.ledger.commits import LEXICON, REGISTRY, Commit
from sides.ledger.corrections import Correction, Overlay
from sides.ledger.deciding import actors_shown
from sides.ledger.decisions import Decision
from sides.ledger.escape import escaped
from sides.ledger.event_blocks import READER as EVENTS_READER
from sides.ledger.event_blocks import EventBlock, event_blocks
from sides.ledger.filling import Connection
from sides.ledger.forecasts import KeptForecast, forecast_rows
from sides.ledger.lookup import lay_lookup, look_up, paired
from sides.ledger.settlement import Settlement
from sides.ledger.stored_documents import stored_documents
from sides.ledger.tables import LEXICON_FILES, REGISTRY_FILES, Table
from sides.ledger.values import (
    CLAIM_COLUMNS,
    CLAIM_FIELDS,
    INCOMPLETE_COLUMNS,
    INCOMPLETE_FIELDS,
    MENTION_COLUMNS,
    MENTION_FIELDS,
    Column,
    StoredDocument,
    actors_of,
    claims_of,
    fetched,
    incomplete_of,
    mentions_of,
)
from sides.ledger.views import KEPT, Judgements, Laid, connect, correction_rows, decision_rows, lay_out, lay_out_for_sql
from sides.model.actor import Actor, Mention
from sides.model.claim import Claim
from sides.model.dates import PartialDate
from sides.model.document import Document
from sides.model.errors import LedgerError
from sides.model.incomplete import Incomplete

ACCOUNTS = """
    SELECT document, id, name, kind, names, description, country, parent, wikidata, is_provisional
    FROM shown_actors JOIN shown_readings USING (batch, reading) ORDER BY ALL"""
READ = "SELECT document, anchor, reader, reader_version FROM shown_readings"
COUNTS = """
    SELECT (SELECT count(*) FROM shown_documents), (SELECT count(*) FROM sightings),
           (SELECT count(*) FROM shown_readings), (SELECT coalesce(sum(mentions), 0) FROM shown_readings),
           (SELECT count(DISTINCT id) FROM shown_actors), (SELECT count(*) FROM claims),
           (SELECT count(*) FROM incomplete)"""
HIDDEN = "SELECT hidden, count(*) FROM decided_claims WHERE hidden IS NOT NULL GROUP BY hidden ORDER BY hidden"

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much a ledger shows."""

    documents: int  # texts
    sightings: int  # copies of them
    readings: int
    mentions: int
    actors: int
    claims: int
    incomplete: int  # what lacks an actor: no claims
    corrections: int  # in force
    decisions: int  # in force


class Snapshot:
    """A ledger at one version. What it shows never changes, whatever is written to the ledger meanwhile.

    May be used from several threads. `tried`: judgements that are laid over it as if they had been given.
    """

    def __init__(self, folder: Path, commits: Sequence[Commit], tried: Judgements = KEPT) -> None:
        self.folder = folder
        self.commits = tuple(commits)
        self._tried = tried
        self._lock = RLock()
        self._connection: Connection | None = None
        self._sql_connection: Connection | None = None
        self._laid = Laid({}, Settlement())
        self._is_indexed = False

    @property
    def version(self) -> int:
        """The version that is shown."""
        return self.commits[-1].version

    @property
    def batch(self) -> str:
        """The batch that made the version: no other ledger has a version of this name."""
        return self.commits[-1].batch

    @property
    def is_as_kept(self) -> bool:
        """Whether it shows what is stored, and no judgement that is only tried out."""
        return self._tried is KEPT

    def documents(self, ids: Collection[str] | None = None) -> list[StoredDocument]:
        """All documents, or those of these ids, the first published first."""
        return self.ask(lambda connection: stored_documents(connection, ids))

    def document(self, identifier: str) -> StoredDocument | None:
        """The document of this id."""
        return next(iter(self.documents([identifier])), None)

    def has(self, document_id: str, published: PartialDate, reader: str, reader_version: str) -> bool:
        """Whether a document, under this date, has been read by this version of a reader, and the reading is shown."""
        return (document_id, str(published), reader, reader_version) in self._read

    def imported(self) -> dict[str, str]:
        """The version of what was imported, for each document about which claims were."""
        return {document: version for document, _, reader, version in self._read if reader == READER}

    def not_to_read(self) -> frozenset[str]:
        """The ids of the documents that no reader of texts has read: what they say was imported, or is a table."""
        texts = {document for document, _, reader, _ in self._read if reader not in (READER, EVENTS_READER)}
        return frozenset(document for document, _, _, _ in self._read if document not in texts)

    def has_sighting(self, document: Document) -> bool:
        """Whether this copy of a text, by outlet, date and name, is among those that the ledger knows."""
        return (document.id, *_place(document)) in self._sightings

    def unread(self, documents: Iterable[Document], reader: str, reader_version: str) -> list[Document]:
        """What is left to read of these documents, each text once, in the order of their ids.

        A text is to be read under the date of its first published copy, here or in the ledger; where that copy is one
        of the ledger's, it is given as the ledger has it. The other copies need only be handed on as sightings.
        """
        first: dict[str, Document] = {}
        for document in documents:
            known = first.setdefault(document.id, document)
            if _place(document) < _place(known):
                first[document.id] = document
        for identifier, document in list(first.items()):
            place = self._primary.get(identifier)
            if place is not None and place < _place(document):
                stored = self.document(identifier)
                assert stored is not None
                first[identifier] = stored.sightings[0]
        return [first[identifier] for identifier in sorted(first)
                if not self.has(identifier, first[identifier].published, reader, reader_version)]

    def claims(self, *, corrected: bool = True, **query: Unpack[ClaimQuery]) -> list[Claim]:
        """The claims that are asked for, by document (the first published first), place in the text, and id.

        See `ClaimQuery` for what may be asked. `corrected=False` gives the claims as they were read, without
        corrections and decisions.
        """
        def ask(connection: Connection) -> list[Column]:
            source = "claims" if corrected else "claims_as_read"
            if corrected and self._is_indexed and (both := query.get("both")) is not None:
                source = look_up(connection, paired(connection, *both))
                query["both"] = None
            text, parameters = _claims_sql(query, CLAIM_COLUMNS, source)
            return fetched(connection.execute(text, parameters), len(CLAIM_FIELDS))

        return claims_of(self.ask(ask))

    def claim(self, identifier: str, *, corrected: bool = True) -> Claim | None:
        """The claim that is shown under this id."""
        view = "claims" if corrected else "claims_as_read"
        text = f"SELECT {CLAIM_COLUMNS} FROM {view} WHERE id = ?"
        found = self.ask(
            lambda connection: fetched(connection.execute(text, [escaped(identifier)]), len(CLAIM_FIELDS)))
        return next(iter(claims_of(found)), None)

    def claims_relation(self, *, corrected: bool = True, **query: Unpack[ClaimQuery]) -> duckdb.DuckDBPyRelation:
        """The same claims in the same order as a DuckDB relation, with all that is known of each, to write to a file.

        Strings stand in it as they are stored: see `sides.ledger.escape`.
        """
        text, parameters = _claims_sql(query, "* EXCLUDE (published_first, published_last, document_order)",
                                       "claims" if corrected else "claims_as_read")
        return self.ask(lambda connection: connection.sql(text, params=parameters))

    def incomplete(self, **query: Unpack[ClaimQuery]) -> list[Incomplete]:
        """What lacks an actor and is therefore no claim, asked for and ordered like claims."""
        where, parameters = condition(query)
        text = f"SELECT {INCOMPLETE_COLUMNS} FROM incomplete WHERE {where} ORDER BY {ORDER}"
        return incomplete_of(self.ask(
            lambda connection: fetched(connection.execute(text, parameters), len(INCOMPLETE_FIELDS))))

    def mentions(self, document_id: str, *, decided: bool = True) -> list[Mention]:
        """The mentions in a document, by offset, then actor. `decided=False` gives them as they were read."""
        view = "seen_mentions" if decided else "shown_mentions"
        text = (f"SELECT {MENTION_COLUMNS} FROM {view} WHERE document = ? "
                "QUALIFY row_number() OVER ("
                "PARTITION BY begin_char, end_char, actor ORDER BY confidence DESC, form, how) = 1 "
                "ORDER BY begin_char, end_char, actor")
        return mentions_of(self.ask(
            lambda connection: fetched(connection.execute(text, [escaped(document_id)]), len(MENTION_FIELDS))))

    def actors(self) -> list[Actor]:
        """All actors of the documents, by id."""
        return list(self._actors.values())

    def actor(self, identifier: str) -> Actor | None:
        """The actor of this id."""
        return self._actors.get(identifier)

    def actors_named(self, text: str) -> list[Actor]:
        """The actors whose id, name or other name this is, whatever its case, accents and hyphens; by id."""
        return actors_named(text, self._actors.values())

    def corrections(self) -> list[Correction]:
        """All corrections that were ever given, withdrawals and what they withdrew included, by time."""
        return self.ask(lambda connection: correction_rows(connection, self._tried))

    def corrections_in_force(self, claim: str | None = None) -> list[Correction]:
        """The corrections that count, or those of the claim of this id, by time."""
        chosen = {self.read_id(claim)} if claim is not None else set(self._overlays)
        found = (correction for identifier, overlay in self._overlays.items() if identifier in chosen
                 for correction in overlay.corrections)
        return sorted(found, key=lambda correction: (correction.made_at, correction.id))

    def decisions(self) -> list[Decision]:
        """All decisions about actors that were ever made, withdrawals and what they withdrew included, by time."""
        return self.ask(lambda connection: decision_rows(connection, self._tried))

    def forecasts(self) -> list[KeptForecast]:
        """All forecasts that were kept, by the day they were made on."""
        return self.ask(forecast_rows)

    def registry_files(self) -> tuple[OverlayFile, ...]:
        """The user's registry files that are kept, in the order in which they are laid over the shipped registry."""
        return tuple(OverlayFile(name, content.encode()) for name, content in self._kept(REGISTRY, REGISTRY_FILES))

    def lexicon_files(self) -> tuple[LexiconFile, ...]:
        """The user's lexicon files that are kept, in the order in which they are laid over the shipped lexicon."""
        return tuple(LexiconFile(name, content.encode()) for name, content in self._kept(LEXICON, LEXICON_FILES))

    def _kept(self, kind: str, table: Table) -> list[tuple[str, str]]:
        """Names and contents of the user's files that the last commit of a kind has kept."""
        kept = [commit for commit in self.commits if commit.kind == kind]
        if not kept:
            return []
        text = f"SELECT name, content FROM stored.{table.name} WHERE batch = ? ORDER BY place"
        columns = self.ask(lambda connection: fetched(connection.execute(text, [kept[-1].batch]), 2))
        return list(zip(*columns, strict=True))

    @property
    def settlement(self) -> Settlement:
        """What the decisions in force come to: as whom each actor is shown."""
        self._open()
        return self._laid.settlement

    def event_blocks(self) -> list[EventBlock]:
        """What was read of files of events, block by block, in the order in which it was read."""
        return self.ask(event_blocks)

    def hidden_claims(self) -> dict[str, int]:
        """How many claims decisions leave out of view, by why: `rejected`, `self`, `double` (see docs/review.md)."""
        if not self.settlement:
            return {}
        return dict(self.ask(lambda connection: connection.execute(HIDDEN).fetchall()))

    def unattached_corrections(self) -> list[Correction]:
        """The corrections in force of claims that no shown reading makes any more: kept, and shown here."""
        text = "SELECT id FROM overlaid WHERE id NOT IN (SELECT id FROM claims_as_read)"
        lost = {identifier for identifier, in self.ask(lambda connection: connection.execute(text).fetchall())}
        return [correction for correction in self.corrections_in_force() if correction.claim in lost]

    def read_id(self, claim: str) -> str | None:
        """The id that a claim was read under, given that one or the id that it is shown under once corrected."""
        text = ("SELECT read_id FROM (SELECT read_id, 1 AS place FROM claims WHERE id = $id UNION ALL "
                "SELECT id, 2 FROM claims_as_read WHERE id = $id) ORDER BY place LIMIT 1")
        found = self.ask(lambda connection: connection.execute(text, {"id": escaped(claim)}).fetchall())
        return str(found[0][0]) if found else None

    def counts(self) -> Counts:
        """How much there is."""
        (row,) = self.ask(lambda connection: connection.execute(COUNTS).fetchall())
        names = [field.name for field in fields(Counts)]
        people = (len(self.corrections_in_force()), len(self.settlement.decisions))
        counts = Counts(**dict(zip(names, (*map(int, row), *people), strict=True)))
        if not self.settlement:
            return counts
        (mentions,), = self.ask(lambda connection: connection.execute("SELECT count(*) FROM seen_mentions").fetchall())
        return replace(counts, mentions=mentions, actors=len(self._actors))

    def sql(self, query: str) -> duckdb.DuckDBPyRelation:
        """The answer to one SELECT over the views documents, readings, mentions, actors, claims, incomplete, events,
        event_mentions, corrections, decisions and forecasts.

        Raises `LedgerError` for any other statement, and for SQL that DuckDB refuses. Nothing outside of the ledger's
        own files can be read, and nothing written.
        """
        try:
            parsed = duckdb.extract_statements(query)
            if len(parsed) != 1 or parsed[0].type != duckdb.StatementType.SELECT:
                raise LedgerError("A ledger answers one SELECT at a time, and no other statement: it is never changed "
                                  "through SQL.")
            return self.ask(lambda connection: connection.sql(query), for_sql=True)
        except duckdb.IOException:
            raise
        except duckdb.Error as error:
            raise LedgerError(f"This SQL cannot be run: {error}") from error

    @cached_property
    def _read(self) -> frozenset[tuple[str, str, str, str]]:
        return frozenset(self.ask(lambda connection: connection.execute(READ).fetchall()))

    @cached_property
    def published(self) -> dict[str, PartialDate]:
        """When each document was published, by id."""
        return {identifier: place[0] for identifier, place in self._primary.items()}

    @cached_property
    def _primary(self) -> dict[str, tuple[PartialDate, str, str]]:
        text = "SELECT id, published, coalesce(outlet, ''), name FROM shown_documents ORDER BY id"
        columns = self.ask(lambda connection: fetched(connection.execute(text), 4))
        return {identifier: (PartialDate.parse(published), outlet, name)
                for identifier, published, outlet, name in zip(*columns, strict=True)}

    @cached_property
    def _sightings(self) -> frozenset[tuple[str, PartialDate, str, str]]:
        text = "SELECT id, published, coalesce(outlet, ''), name FROM sightings"
        columns = self.ask(lambda connection: fetched(connection.execute(text), 4))
        return frozenset((identifier, PartialDate.parse(published), outlet, name)
                         for identifier, published, outlet, name in zip(*columns, strict=True))

    @cached_property
    def _actors(self) -> dict[str, Actor]:
        settlement = self.settlement
        return {actor.id: actor for actor in self.ask(lambda connection: actors_shown(connection, settlement))}

    def accounts(self) -> list[tuple[str, Actor]]:
        """What the reading of each document says of each actor, as it was read: with the document's id."""
        documents, *columns = self.ask(lambda connection: fetched(connection.execute(ACCOUNTS), 10))
        return list(zip(documents, actors_of(columns), strict=True))

    @cached_property
    def actors_as_read(self) -> dict[str, Actor]:
        """The actors as they were read, without decisions, by id."""
        return {actor.id: actor for actor in self.ask(lambda connection: actors_shown(connection, Settlement()))}

    @property
    def _overlays(self) -> Mapping[str, Overlay]:
        self._open()
        return self._laid.overlays

    def ask(self, question: Callable[[Connection], Result], *, for_sql: bool = False) -> Result:
        """Ask the views on a cursor of its own; once more, with newly opened tables, if files were compacted away."""
        try:
            return question(self._open(for_sql=for_sql).cursor())
        except duckdb.IOException:
            with self._lock:
                self._connection = self._sql_connection = None
                self._is_indexed = False
            return question(self._open(for_sql=for_sql).cursor())

    def index(self, path: Path | None) -> None:
        """Look claims up by their actors, and texts by their documents, in an index: see `lookup.lay_lookup`."""
        connection = self._open()
        with self._lock:
            if not self._is_indexed and connection is self._connection:
                lay_lookup(connection, path)
                self._is_indexed = True

    def _open(self, *, for_sql: bool = False) -> Connection:
        with self._lock:
            if for_sql:
                if self._sql_connection is None:
                    connection = connect()
                    lay_out_for_sql(connection, self.folder, self.commits, self._tried)
                    self._sql_connection = connection
                return self._sql_connection
            if self._connection is None:
                connection = connect()
                self._laid = lay_out(connection, self.folder, self.commits, self._tried)
                self._connection = connection
            return self._connection


def _claims_sql(query: ClaimQuery, columns: str, source: str) -> tuple[str, dict[str, Parameter]]:
    where, parameters = condition(query)
    return f"SELECT {columns} FROM {source} WHERE {where} ORDER BY {ORDER}", parameters


def _place(document: Document) -> tuple[PartialDate, str, str]:
    return document.published, document.outlet or "", document.name
