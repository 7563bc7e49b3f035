"""A batch: what one append adds, with nothing in it twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sides.ledger.contents import Contents
from sides.ledger.rows import (
    Columns,
    actor_columns,
    claim_columns,
    document_columns,
    incomplete_columns,
    mention_columns,
    reading_columns,
    reading_id,
    sighting_digest,
    sighting_id,
)
from sides.ledger.tables import ACTORS, CLAIMS, DOCUMENTS, INCOMPLETE, MENTIONS, READINGS, Table
from sides.model.claim import Claim
from sides.model.document import Document
from sides.model.incomplete import Incomplete
from sides.model.reading import Reading


@dataclass(frozen=True, slots=True)
class Batch:
    """Readings and sightings that a ledger does not show yet, each once, in an order of their own."""

    readings: tuple[Reading, ...]
    sightings: tuple[Document, ...]

    def __bool__(self) -> bool:
        return bool(self.readings or self.sightings)

    def tables(self, signatures: Mapping[str, Sequence[int]]) -> list[tuple[Table, Columns]]:
        """The rows to append, by table."""
        mentions = [(reading_id(reading), mention) for reading in self.readings for mention in reading.mentions]
        actors = [(reading_id(reading), actor) for reading in self.readings for actor in reading.actors]
        claims = [(reading_id(reading), claim) for reading in self.readings
                  for claim in distinct_claims(reading.claims)]
        incomplete = [(reading_id(reading), one) for reading in self.readings
                      for one in sorted({one.id: one for one in reading.incomplete}.values(),
                                        key=lambda one: (one.begin_char, one.id))]
        return [
            (DOCUMENTS, document_columns(self.sightings, signatures)),
            (MENTIONS, mention_columns(mentions)),
            (ACTORS, actor_columns(actors)),
            (CLAIMS, claim_columns(claims)),
            (INCOMPLETE, incomplete_columns(incomplete)),
            (READINGS, reading_columns(self.readings)),
        ]


def new_batch(readings: Iterable[Reading], sightings: Iterable[Document], contents: Contents) -> Batch:
    """What of the readings and sightings given is not in the ledger yet. A reading's document is a sighting as well.

    Raises `ValueError` for a reading whose parts do not belong to its document.
    """
    readings = list(readings)
    by_reading: dict[str, Reading] = {}
    for reading in readings:
        _check(reading)
        document = reading.document
        if not contents.holds(document.id, str(document.published), reading.reader, reading.reader_version):
            by_reading.setdefault(reading_id(reading), reading)
    by_sighting: dict[str, Document] = {}
    for document in (*(reading.document for reading in readings), *sightings):
        if not contents.shows(sighting_id(document), sighting_digest(document)):
            known = by_sighting.setdefault(sighting_id(document), document)
            if sighting_digest(document) < sighting_digest(known):
                by_sighting[sighting_id(document)] = document
    return Batch(tuple(by_reading[key] for key in sorted(by_reading)),
                 tuple(by_sighting[key] for key in sorted(by_sighting)))


def distinct_claims(claims: Iterable[Claim]) -> list[Claim]:
    """The claims, one for each id: the surest of several, by offset."""
    best: dict[str, Claim] = {}
    for claim in claims:
        known = best.get(claim.id)
        if known is None or _rank(claim) < _rank(known):
            best[claim.id] = claim
    return [best[key] for key in sorted(best, key=lambda key: (best[key].begin_char, key))]


def _rank(claim: Claim) -> tuple[Any, ...]:
    return (-claim.confidence, claim.reader, claim.modality.value, claim.speaker, str(claim.start), str(claim.end),
            claim.sign, claim.layer.value, claim.trigger, claim.source_text, claim.target_text, claim.dated_from,
            claim.inferred, claim.restates or "",
            [(one.begin_char, one.end_char, one.kind.value) for one in claim.reasons],
            [(one.begin_char, one.end_char, one.kind.value) for one in claim.amounts])


def _check(reading: Reading) -> None:
    text, identifier = reading.document.text, reading.document.id
    said: list[Claim | Incomplete] = [*reading.claims, *reading.incomplete]
    for claim in said:
        if claim.document != identifier or text[claim.begin_char:claim.end_char] != claim.quote:
            raise ValueError(f"The claim {claim.id} by {claim.reader!r} does not quote {reading.document.name!r}: "
                             f"{claim.quote!r} does not stand at {claim.begin_char} to {claim.end_char} of its text.")
    for claim in reading.claims:
        for part in claim.parts:
            if text[part.begin_char:part.end_char] != part.text:
                raise ValueError(f"The claim {claim.id} by {claim.reader!r} does not quote {reading.document.name!r}: "
                                 f"{part.text!r} does not stand at {part.begin_char} to {part.end_char} of its text.")
    for mention in reading.mentions:
        if mention.document != identifier:
            raise ValueError(f"The mention {mention.text!r} at {mention.begin_char} is not one of "
                             f"{reading.document.name!r}.")
