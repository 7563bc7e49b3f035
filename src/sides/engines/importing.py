"""Claims that others made, from files into a ledger: one reading a document, all in one commit."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from sides.actors.registry import Registry
from sides.claims.imported.cast import Cast
from sides.claims.imported.claims import CERTAIN, READER, Imported, claim_of, spots_of
from sides.claims.imported.lines import objects
from sides.documents import Options, listed, outside_asides, signature
from sides.engines.local import ReadReport
from sides.ledger.actors import merged_actor
from sides.ledger.batch import distinct_claims
from sides.ledger.commits import IMPORT
from sides.ledger.store import Store
from sides.model.actor import Actor, Form, Mention
from sides.model.claim import Claim
from sides.model.document import Document
from sides.model.errors import InputError, MalformedInput
from sides.model.reading import Reading


@dataclass(frozen=True, slots=True)
class Files:
    """What is imported: claims as JSON lines, the list of their documents, and who the actors are."""

    claims: Path
    documents: Path
    actors: Path | None = None


def import_claims(store: Store, files: Files, *, today: date) -> ReadReport:
    """Take the claims over, as one version of the ledger; what the ledger shows already makes none.

    What is imported for a document takes the place of what was imported for it before. A line that makes no sense costs
    that line alone and stands in the report. `today` guards against documents of the future.
    """
    began = time.monotonic()
    report = ReadReport()
    listing = listed(files.documents, Options(today=today))
    cast, errors = Cast.read(files.actors, Registry.load(store.snapshot().registry_files()))
    report.left_out += [*listing.errors, *errors]
    imported: list[Imported] = []
    for found in objects(files.claims):
        claim = found if isinstance(found, InputError) else claim_of(*found, listing.called, cast)
        if isinstance(claim, InputError):
            report.left_out.append(claim)
        else:
            imported.append(claim)
    report.told_again += _told_again(imported)
    by_document: dict[str, list[Imported]] = {}
    for one in imported:
        by_document.setdefault(one.claim.document, []).append(one)
    copies: dict[str, list[Document]] = {}
    for document in listing.documents:
        copies.setdefault(document.id, []).append(document)
    readings = []
    for identifier, same in copies.items():
        if identifier in by_document:
            primary = min(same, key=lambda one: (one.published, one.outlet or "", one.name))
            readings.append(reading_of(primary, by_document[identifier]))
    _commit(store, readings, [copy for reading in readings for copy in copies[reading.document.id]], report)
    report.seconds = time.monotonic() - began
    return report


def reading_of(document: Document, imported: Sequence[Imported]) -> Reading:
    """The reading that the claims of a document make; the order in which they are given makes no difference."""
    claims = distinct_claims(one.claim for one in imported)
    told: dict[str, list[Actor]] = {}
    for one in imported:
        for actor in one.actors:
            told.setdefault(actor.id, []).append(actor)
    actors = [merged_actor([(actor, 1) for actor in told[identifier]]) for identifier in sorted(told)]
    mentions = [mention for actor in actors for mention in mentions_of(document, actor, claims)]
    said = repr(([sorted(asdict(claim).items()) for claim in claims], actors, mentions))
    version = hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    own = tuple(claim if claim.reader_version else replace(claim, reader_version=version) for claim in claims)
    return Reading(document=document, reader=READER, reader_version=version, mentions=tuple(mentions),
                   actors=tuple(actors), claims=own)


def mentions_of(document: Document, actor: Actor, claims: Iterable[Claim]) -> list[Mention]:
    """Where the quotes of an actor's claims name it; if none does, where its document first does, if anywhere."""
    text = document.text
    quotes = sorted({(claim.begin_char, claim.end_char) for claim in claims
                     if actor.id in (claim.source, claim.target, claim.third, claim.speaker)})
    spots = {(begin + first, begin + last) for begin, end in quotes for first, last in spots_of(actor, text[begin:end])}
    return [Mention(document=document.id, begin_char=begin, end_char=end, text=text[begin:end], actor=actor.id,
                    form=Form.NAME, how=READER, confidence=CERTAIN)
            for begin, end in sorted(spots) or sorted(spots_of(actor, text))[:1]]


def _told_again(imported: Sequence[Imported]) -> list[InputError]:
    """The lines that agree with another in quote, actors and type, of which a ledger keeps one."""
    kept = {claim.id: claim for claim in distinct_claims(one.claim for one in imported)}
    places = {one.claim.id: one.where for one in imported if kept[one.claim.id] == one.claim}
    return [MalformedInput(one.where, f"has the quote, actors and type of {places[one.claim.id]}, which is kept",
                           "Where both are meant, quote the words that each alone rests on.")
            for one in imported if kept[one.claim.id] != one.claim]


def _commit(store: Store, readings: Sequence[Reading], copies: Sequence[Document], report: ReadReport) -> None:
    shown = store.snapshot().imported()
    for reading in readings:
        if shown.get(reading.document.id) == reading.reader_version:
            report.already.append(reading.document.name)
        else:
            report.read.append(reading.document.name)
            report.claims += len(reading.claims)
            report.mentions += len(reading.mentions)
    signatures = {reading.document.id: signature(outside_asides(reading.document.text, reading.document.asides))
                  for reading in readings}
    report.version = store.append(readings, copies, signatures=signatures, kind=IMPORT)
