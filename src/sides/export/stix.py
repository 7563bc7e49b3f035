"""Actors, documents, claims and ties as a STIX 2.1 bundle.

An actor is an `identity`, a document a `report`, a claim a `note` with its quote, a stretch of a tie a `relationship`;
who contradicts a tie has an `opinion` of it. What STIX has no property for stands in an extension of our own. Ids are
UUIDs of what they name; times come from the dates of documents, never from a clock.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, BinaryIO
from uuid import NAMESPACE_URL, uuid5

from sides.export.characters import json_text
from sides.export.everyone import everyone
from sides.export.evidence import evidence_fields
from sides.export.exporter import Ledger, Wanted, Written
from sides.ledger.values import StoredDocument
from sides.model.actor import Actor, ActorKind
from sides.model.claim_type import Modality
from sides.ties.evidence import Evidence
from sides.ties.states import State
from sides.ties.told_ties import Stretch, ToldTie

Object = dict[str, Any]

NAMESPACE = uuid5(NAMESPACE_URL, "urn:sides:")
# When the extension was defined.
DEFINED = date(2026, 11, 23)
CLASSES = {ActorKind.PERSON: "individual", ActorKind.STATE: "organization", ActorKind.ORGANIZATION: "organization",
           ActorKind.ORGAN: "organization", ActorKind.BLOC: "organization", ActorKind.PEOPLE: "class",
           ActorKind.GROUP: "group", ActorKind.OTHER: "unknown"}
RELATIONSHIPS = {State.ALLIED: "allied-with", State.FRIENDLY: "friendly-to", State.NEUTRAL: "neutral-to",
                 State.STRAINED: "strained-with", State.HOSTILE: "hostile-to"}
DENIED = "related-to"  # all that is told of the two is denied: the standard's word for no more than that
# The middles of Low, Med and High in the standard's appendix on scales of confidence.
CONFIDENCE = {"likely": 15, "probable": 50, "sure": 85}


def stix_id(kind: str, *parts: str) -> str:
    """The id of an object, the same for the same thing in every export."""
    return f"{kind}--{uuid5(NAMESPACE, chr(31).join((kind, *parts)).encode('utf-8', 'replace').decode())}"


def instant(day: date) -> str:
    """The first moment of a day."""
    return f"{day.isoformat()}T00:00:00.000Z"


EXTENSION = stix_id("extension-definition", "evidence")
OURSELVES = stix_id("identity", "sides")


def head() -> Iterator[Object]:
    """Who speaks, and what the extension means."""
    yield {"type": "identity", "spec_version": "2.1", "id": OURSELVES, "created": instant(DEFINED),
           "modified": instant(DEFINED), "name": "sides", "identity_class": "system"}
    yield {"type": "extension-definition", "spec_version": "2.1", "id": EXTENSION, "created_by_ref": OURSELVES,
           "created": instant(DEFINED), "modified": instant(DEFINED), "name": "sides evidence",
           "description": "What claims, ties, actors and documents of sides have beside the properties of STIX.",
           "schema": "Of an identity: actor, kind, names, country, parent, wikidata, is_provisional. Of a report: "
                     "document_id, document, author, outlets, published, language, format, sha256 of the text. Of a "
                     "note: the fields of a piece of evidence. Of a relationship: state, certainty, marks, claims. "
                     "docs/export.md of sides tells what each means.",
           "version": "1.0.0", "extension_types": ["property-extension"]}


@dataclass(frozen=True, slots=True)
class Stix:
    """Writes the whole ledger."""

    name: str = "stix"
    suffix: str = ".stix.json"
    subjects: tuple[str, ...] = ("ledger",)

    def write(self, ledger: Ledger, file: BinaryIO, wanted: Wanted) -> Written:
        """Documents with their claims, then ties with what contradicts them, then actors; one object a line."""
        bundle = hashlib.sha256()
        objects = [f"{json_text(one)}" for one in head()]
        file.write(b'{"type": "bundle", "objects": [\n')
        file.write(",\n".join(objects).encode())
        count = len(objects)
        for one in self._objects(ledger, wanted):
            line = json_text(one)
            bundle.update(str(one["id"]).encode())
            file.write(f",\n{line}".encode())
            count += 1
        file.write(f'\n], "id": "{stix_id("bundle", bundle.hexdigest())}"}}\n'.encode())
        return Written(count, "objects")

    def _objects(self, ledger: Ledger, wanted: Wanted) -> Iterator[Object]:
        names = {actor.id: actor.name for actor in ledger.actors()}
        first: dict[str, date] = {}  # when each actor was first told of
        earliest = latest = DEFINED
        for place, (document, evidence) in enumerate(
                ledger.by_document(*wanted.about, known=wanted.known, exact=wanted.exact)):
            published = document.published.first
            earliest, latest = (published if place == 0 else earliest), published
            told_of = list(dict.fromkeys(actor for one in evidence for actor in _actors(one)))
            for name in told_of:
                first.setdefault(name, published)
            yield _report(document, told_of, evidence)
            yield from (_note(one, names) for one in evidence)
        for tie in ledger.told_ties(*wanted.about, known=wanted.known, exact=wanted.exact, engine=wanted.engine):
            for side in (tie.left, tie.right):
                first.setdefault(side, earliest)
            for stretch, resting in zip(tie.stretches, tie.grounds(), strict=True):
                yield _relationship(tie, stretch, resting, latest)
                yield from _opinions(tie, stretch, resting)
        for actor in everyone(ledger, first, wanted):
            yield from _identity(actor, first.get(actor.id, earliest))


def _actors(one: Evidence) -> list[str]:
    claim = one.claim
    return [actor for actor in dict.fromkeys((claim.source, claim.target, claim.third)) if actor]


def _made(kind: str, identifier: str, day: date, extension: Mapping[str, Any]) -> Object:
    return {"type": kind, "spec_version": "2.1", "id": identifier, "created_by_ref": OURSELVES,
            "created": instant(day), "modified": instant(day),
            "extensions": {EXTENSION: {"extension_type": "property-extension",
                                       **{name: value for name, value in extension.items()
                                          if value not in (None, "", [], {})}}}}


def _identity(actor: Actor, day: date) -> Iterator[Object]:
    made = _made("identity", stix_id("identity", actor.id), day, {
        "actor": actor.id, "kind": actor.kind.value, "names": list(actor.names), "country": actor.country,
        "parent": actor.parent, "wikidata": actor.wikidata, "is_provisional": actor.is_provisional})
    made |= {"name": actor.name, "identity_class": CLASSES[actor.kind]}
    yield made | ({"description": actor.description} if actor.description else {})
    if actor.parent and actor.parent != actor.id:
        yield {"type": "relationship", "spec_version": "2.1",
               "id": stix_id("relationship", "part-of", actor.id, actor.parent), "created_by_ref": OURSELVES,
               "created": instant(day), "modified": instant(day), "relationship_type": "part-of",
               "source_ref": stix_id("identity", actor.id), "target_ref": stix_id("identity", actor.parent)}


def _report(document: StoredDocument, told_of: list[str], evidence: tuple[Evidence, ...]) -> Object:
    digest = hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
    made = _made("report", stix_id("report", document.id), document.published.first, {
        "document_id": document.id, "document": document.name, "author": document.author,
        "outlets": list(document.outlets), "published": str(document.published), "language": document.language,
        "format": document.format, "sha256": digest})
    reference = {"source_name": "; ".join(document.outlets) or "unnamed outlet", "external_id": document.id}
    # A report must tell of something; one without claims tells of who made it.
    refs = [*(stix_id("identity", actor) for actor in told_of), *(stix_id("note", one.claim.id) for one in evidence)]
    return made | {
        "name": document.title or document.name, "published": instant(document.published.first),
        "object_refs": refs or [OURSELVES],
        "external_references": [reference | ({"url": document.url, "hashes": {"SHA-256": digest}}
                                             if document.url else {})]}


def _note(one: Evidence, names: Mapping[str, str]) -> Object:
    fields = evidence_fields(one, names)
    said = f"{fields['source_name']} {fields['type']} {fields['target_name']} ({fields['modality']})"
    return _made("note", stix_id("note", one.claim.id), one.document.published.first, fields) | {
        "abstract": said, "content": one.quote, "authors": [one.speaker_name], "lang": one.document.language,
        "confidence": round(one.claim.confidence * 100),
        "object_refs": [*(stix_id("identity", actor) for actor in _actors(one)),
                        stix_id("report", one.claim.document)]}


def _relationship(tie: ToldTie, stretch: Stretch, resting: tuple[Evidence, ...], day: date) -> Object:
    made = _made("relationship", _stretch_id(tie, stretch), day, {
        "state": stretch.state.value if stretch.state else None, "certainty": stretch.certainty,
        "marks": list(stretch.marks), "claims": [one.claim.id for one in resting]})
    made |= {"relationship_type": RELATIONSHIPS[stretch.state] if stretch.state else DENIED,
             "source_ref": stix_id("identity", tie.left), "target_ref": stix_id("identity", tie.right),
             "start_time": instant(stretch.since.first)}
    if stretch.end is not None:
        made["stop_time"] = f"{(stretch.until.first - timedelta(days=1)).isoformat()}T23:59:59.999Z"
    return made | ({"confidence": CONFIDENCE[stretch.certainty]} if stretch.certainty else {})


def _stretch_id(tie: ToldTie, stretch: Stretch) -> str:
    return stix_id("relationship", "tie", tie.left, tie.right, str(stretch.since))


def _opinions(tie: ToldTie, stretch: Stretch, resting: tuple[Evidence, ...]) -> Iterator[Object]:
    """What those who contradict a state think of it; where it is contested, those who bear it out too."""
    for one in resting:
        said = _side(one)
        if not said or not stretch.sign or (said == stretch.sign and "contested" not in stretch.marks):
            continue
        yield _made("opinion", stix_id("opinion", _stretch_id(tie, stretch), one.claim.id),
                    one.document.published.first, {"claim": one.claim.id}) | {
            "opinion": "agree" if said == stretch.sign else "disagree", "explanation": one.quote,
            "authors": [one.speaker_name], "object_refs": [_stretch_id(tie, stretch)]}


def _side(one: Evidence) -> int:
    """The sign of what a claim says: of an assertion its own, of a denial the other; 0 for what is not said as so."""
    claim = one.claim
    return {Modality.ASSERTED: claim.sign, Modality.NEGATED: -claim.sign}.get(claim.modality, 0)


STIX = Stix()
