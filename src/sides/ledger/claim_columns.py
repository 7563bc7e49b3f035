"""Claims as columns of numbers, for what is asked of a million of them: no object is made for any of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Unpack

import numpy as np
from numpy.typing import NDArray

from sides.ledger.claim_query import ClaimQuery, condition
from sides.ledger.escape import escaped
from sides.ledger.filling import Connection
from sides.ledger.snapshot import Snapshot
from sides.ledger.values import fetched
from sides.model.claim_type import ClaimType, Layer, Modality
from sides.model.dates import PartialDate

Ints = NDArray[np.int64]
TYPES, LAYERS, MODALITIES = tuple(ClaimType), tuple(Layer), tuple(Modality)  # as in `ties.parameters`
DATED_FROM = ("text", "document", "none")

CHOSEN = """
CREATE TEMP TABLE chosen AS
    SELECT id, document, begin_char, source, target, third, type, sign, layer, speaker, modality, start, "end",
           dated_from, confidence, restates
    FROM claims WHERE {where}"""
NAMES = """
SELECT DISTINCT unnest([source, target, third, speaker]) AS value FROM chosen"""
DATES = 'SELECT DISTINCT unnest([start, "end"]) AS value FROM chosen'
CODED = """
SELECT ('0x' || id)::UBIGINT AS id, documents.place AS document, begin_char, sources.place AS source,
       targets.place AS target, coalesce(thirds.place, -1) AS third, speakers.place AS speaker,
       list_position($types, type) - 1 AS type, sign, list_position($layers, layer) - 1 AS layer,
       list_position($modalities, modality) - 1 AS modality, coalesce(starts.place, -1) AS start,
       coalesce(ends.place, -1) AS "end", list_position($dated_from, dated_from) - 1 AS dated_from, confidence,
       coalesce(('0x' || restates)::UBIGINT, 0) AS restates
FROM chosen
JOIN coded_documents AS documents ON documents.value = document
JOIN coded_names AS sources ON sources.value = source
JOIN coded_names AS targets ON targets.value = target
LEFT JOIN coded_names AS thirds ON thirds.value = third
JOIN coded_names AS speakers ON speakers.value = speaker
LEFT JOIN coded_dates AS starts ON starts.value = start
LEFT JOIN coded_dates AS ends ON ends.value = "end" """
QUOTES = "SELECT ('0x' || id)::UBIGINT, quote FROM claims WHERE list_contains($documents, document)"


@dataclass(frozen=True, slots=True)
class ClaimColumns:
    """N claims, as columns (N,), and what their numbers stand for. Places are -1 where there is none."""

    names: tuple[str, ...]  # actors and speakers, sorted
    documents: tuple[str, ...]  # ids, sorted; all of the ledger's
    dates: tuple[PartialDate, ...]  # sorted; those of documents too
    published: Ints  # of each document, place in `dates`
    id: NDArray[np.uint64]
    document: Ints
    begin: Ints  # of the quote, in characters
    source: Ints  # place in `names`
    target: Ints
    third: Ints
    speaker: Ints
    type: Ints  # place in `TYPES`
    sign: Ints
    layer: Ints  # place in `LAYERS`
    modality: Ints  # place in `MODALITIES`
    start: Ints  # place in `dates`
    end: Ints
    dated_from: Ints  # place in `DATED_FROM`
    confidence: NDArray[np.float64]
    restates: NDArray[np.uint64]  # the id of the fuller claim; 0: none

    def __len__(self) -> int:
        return len(self.id)

    @property
    def date(self) -> Ints:
        """The date of each claim as evidence: when it happened or held, else when it was published."""
        return np.where(self.start >= 0, self.start, self.published[self.document])

    def taken(self, rows: NDArray[Any]) -> ClaimColumns:
        """Some of the claims."""
        return replace(self, **{one.name: getattr(self, one.name)[rows] for one in fields(self)[4:]})


def claim_columns(snapshot: Snapshot, **query: Unpack[ClaimQuery]) -> ClaimColumns:
    """The claims that are asked for, in no order."""
    published = snapshot.published
    documents = sorted(published)
    where, parameters = condition(query)

    def ask(connection: Connection) -> tuple[list[str], list[str], list[PartialDate], dict[str, Any]]:
        connection.execute(CHOSEN.format(where=where), parameters)
        (names,), (dates,) = (fetched(connection.execute(text), 1) for text in (NAMES, DATES))
        sorted_names = sorted(name for name in names if name is not None)
        parsed = {text: PartialDate.parse(text) for text in {one for one in dates if one is not None}}
        sorted_dates = sorted({*parsed.values(), *published.values()})
        place = {day: number for number, day in enumerate(sorted_dates)}
        _code(connection, "coded_names", sorted_names, range(len(sorted_names)))
        _code(connection, "coded_documents", documents, range(len(documents)))
        _code(connection, "coded_dates", list(parsed), [place[day] for day in parsed.values()])
        found = connection.execute(CODED, {
            "types": [one.value for one in TYPES], "layers": [one.value for one in LAYERS],
            "modalities": [one.value for one in MODALITIES], "dated_from": list(DATED_FROM)}).fetchnumpy()
        return sorted_names, list(parsed), sorted_dates, found

    names, _, dates, found = snapshot.ask(ask)
    place = {day: number for number, day in enumerate(dates)}
    kinds = {"id": np.uint64, "restates": np.uint64, "confidence": np.float64}
    columns: dict[str, Any] = {name: np.asarray(values).astype(kinds.get(name, np.int64))
                               for name, values in found.items()}
    columns["begin"] = columns.pop("begin_char")
    return ClaimColumns(tuple(names), tuple(documents), tuple(dates),
                        np.asarray([place[published[one]] for one in documents], np.int64), **columns)


def quotes(snapshot: Snapshot, documents: Iterable[str]) -> dict[int, str]:
    """The quote of each claim of some documents, by the number of its id."""
    parameters = {"documents": sorted(documents)}
    identifiers, texts = snapshot.ask(lambda connection: fetched(connection.execute(QUOTES, parameters), 2))
    return dict(zip(identifiers, texts, strict=True))


def _code(connection: Connection, table: str, values: Sequence[str], places: Iterable[int]) -> None:
    """A table of DuckDB's own with the place of each value."""
    connection.execute(f"CREATE TEMP TABLE {table} AS SELECT unnest($values)::VARCHAR AS value, "
                       "unnest($places)::BIGINT AS place",
                       {"values": [escaped(value) for value in values], "places": list(places)})
