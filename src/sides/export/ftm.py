"""Actors, documents, claims and ties as entities of FollowTheMoney: one JSON object a line.

A claim is an `Event`, a stretch of a tie an `UnknownLink`, who belongs where a `Membership`; each has the documents
that it rests on as `proof`. The library normalises the texts that it takes, so a claim's evidence also stands in
`indexText`, as JSON in ASCII, which that leaves as it is.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import BinaryIO

from sides.export.characters import Characters, json_text
from sides.export.everyone import everyone
from sides.export.evidence import evidence_fields
from sides.export.exporter import Ledger, Wanted, Written
from sides.ledger.event_blocks import FORMAT as EVENTS_FORMAT
from sides.ledger.values import StoredDocument
from sides.model.actor import Actor, ActorKind
from sides.model.claim_type import Kind, Modality
from sides.ties.evidence import Evidence
from sides.ties.told_ties import ToldTie

SCHEMATA = {ActorKind.STATE: "PublicBody", ActorKind.ORGANIZATION: "Organization", ActorKind.ORGAN: "PublicBody",
            ActorKind.BLOC: "Organization", ActorKind.PERSON: "Person"}
OTHER_SCHEMA = "LegalEntity"
ORGANIZATIONS = ("Organization", "PublicBody")
# What the properties hold at most, in characters (followthemoney 4.11, `max_length` of its types).
LONGEST = {"name": 384, "alias": 384, "title": 1024, "fileName": 1024, "author": 1024, "publisher": 1024, "role": 1024,
           "status": 1024, "keywords": 1024, "recordId": 1024}
LONGEST_TEXT = 65_000
PLAIN_ID = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.-]{0,150}[0-9a-zA-Z])?")
# What is surely taken for a web address; any other stands in the notes.
ADDRESS = re.compile(r"https?://([a-zA-Z0-9-]+\.)+[a-zA-Z]{2,}(:\d{1,5})?(/[^\s\"<>]*)?")
WIKIDATA = re.compile(r"Q\d+")


def identifier(kind: str, *parts: str) -> str:
    """The id of an entity, the same for the same thing in every export.

    >>> identifier("actor", "hamas")
    'sides-actor-hamas'
    >>> identifier("tie", "hamas", "syria", "2012-01")
    'sides-tie.cdd0c51aee4707f899c6dad3edcc8fcb'
    """
    if len(parts) == 1 and PLAIN_ID.fullmatch(parts[0]):
        return f"sides-{kind}-{parts[0]}"
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"sides-{kind}.{digest[:32]}"


@dataclass(slots=True)
class Entity:
    """An entity as it is put together."""

    schema: str
    id: str
    texts: Texts
    properties: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, *values: str | None) -> Entity:
        """Add values to a property; empty ones, and those that it has, are passed over."""
        held = self.properties.setdefault(name, [])
        for value in values:
            kept = self.texts.fitting(name, value)
            if kept and kept not in held:
                held.append(kept)
        if not held:
            del self.properties[name]
        return self

    @property
    def line(self) -> bytes:
        """The entity as FollowTheMoney writes it."""
        return f"{json_text({'id': self.id, 'schema': self.schema, 'properties': self.properties})}\n".encode()


class Texts:
    """Texts as properties take them; counts what had to be cut."""

    def __init__(self) -> None:
        self.characters, self.cut = Characters(), 0

    def fitting(self, name: str, value: str | None) -> str:
        """A value without what FollowTheMoney does not take."""
        text = self.characters.legal(value or "").strip()
        longest = LONGEST.get(name, LONGEST_TEXT)
        if len(text) > longest:
            self.cut += 1
            text = text[:longest - 1].rstrip() + "…"
        return text

    @property
    def notes(self) -> tuple[str, ...]:
        """What to tell of what was lost or cut."""
        cut = (f"{self.cut} values were longer than FollowTheMoney takes, and were cut.",) if self.cut else ()
        return self.characters.notes("FollowTheMoney") + cut


@dataclass(frozen=True, slots=True)
class FollowTheMoney:
    """Writes the whole ledger."""

    name: str = "ftm"
    suffix: str = ".ftm.json"
    subjects: tuple[str, ...] = ("ledger",)

    def write(self, ledger: Ledger, file: BinaryIO, wanted: Wanted) -> Written:
        """Documents, each before its claims, then ties, then actors."""
        texts, told_of, count = Texts(), set[str](), 0
        names = {actor.id: actor.name for actor in ledger.actors()}
        for document, evidence in ledger.by_document(*wanted.about, known=wanted.known, exact=wanted.exact):
            file.write(_document(document, texts).line)
            count += 1
            for one in evidence:
                claim = one.claim
                told_of |= {actor for actor in (claim.source, claim.target, claim.third) if actor}
                file.write(_event(one, names, texts).line)
                count += 1
                if claim.kind is Kind.STRUCTURE and claim.modality is Modality.ASSERTED and (
                        claim.source != claim.target):
                    schema = SCHEMATA.get(ledger.described(claim.target).kind, OTHER_SCHEMA)
                    file.write(_membership(one, schema, texts).line)
                    count += 1
        for tie in ledger.told_ties(*wanted.about, known=wanted.known, exact=wanted.exact, engine=wanted.engine):
            told_of |= {tie.left, tie.right}
            for link in _links(tie, texts):
                file.write(link.line)
                count += 1
        for actor in everyone(ledger, told_of, wanted):
            for entity in _actor(actor, ledger, texts):
                file.write(entity.line)
                count += 1
        return Written(count, "entities", texts.notes)


def _document(document: StoredDocument, texts: Texts) -> Entity:
    is_address = document.url is not None and ADDRESS.fullmatch(document.url)
    language = table("languages").get(document.language)
    schema = "Document" if document.format == EVENTS_FORMAT else "Article"
    return (Entity(schema, identifier("document", document.id), texts)
            .add("name", document.title or document.name).add("title", document.title).add("fileName", document.name)
            .add("author", document.author).add("publisher", *document.outlets)
            .add("publishedAt", str(document.published)).add("language", language)
            .add("sourceUrl", document.url if is_address else None)
            .add("notes", f"address: {document.url}" if document.url and not is_address else None,
                 None if language else f"language: {document.language}"))


def _event(one: Evidence, names: Mapping[str, str], texts: Texts) -> Entity:
    claim, fields = one.claim, evidence_fields(one, names)
    said = f"{fields['source_name']} {claim.type.value} {fields['target_name']}"
    third = f", {fields['third_name']}" if claim.third else ""
    actors = [identifier("actor", actor) for actor in (claim.source, claim.target, claim.third) if actor]
    return (_grounded("Event", identifier("claim", claim.id), one, texts)
            .add("name", f"{said}{third}").add("involved", *actors)
            .add("summary", f"{one.speaker_name}: {said}{third} ({claim.modality.value})")
            .add("keywords", claim.type.value, claim.modality.value)
            .add("indexText", json.dumps(fields)))


def _membership(one: Evidence, schema: str, texts: Texts) -> Entity:
    claim = one.claim
    member, whole = (identifier("actor", actor) for actor in (claim.source, claim.target))
    return _bond(_grounded("Membership" if schema in ORGANIZATIONS else "UnknownLink",
                           identifier("membership", claim.id), one, texts), member, whole, claim.type.value)


def _grounded(schema: str, entity: str, one: Evidence, texts: Texts) -> Entity:
    """An entity with what a claim rests on: its quote, its document, and both its dates."""
    claim = one.claim
    when = {"startDate": claim.start, "endDate": claim.end} if claim.start or claim.end else {"date": one.date}
    made = (Entity(schema, entity, texts).add("description", claim.quote)
            .add("proof", identifier("document", claim.document)).add("publisher", *one.outlets)
            .add("recordId", claim.id))
    for name, date in when.items():
        made.add(name, str(date) if date else None)
    return made


def _bond(entity: Entity, member: str, whole: str, role: str) -> Entity:
    ends = ("member", "organization") if entity.schema == "Membership" else ("subject", "object")
    return entity.add(ends[0], member).add(ends[1], whole).add("role", role)


def _links(tie: ToldTie, texts: Texts) -> Iterator[Entity]:
    for stretch, evidence in zip(tie.stretches, tie.grounds(), strict=True):
        yield (Entity("UnknownLink", identifier("tie", tie.left, tie.right, str(stretch.since)), texts)
               .add("subject", identifier("actor", tie.left)).add("object", identifier("actor", tie.right))
               .add("role", stretch.state.value if stretch.state else "denied")
               .add("status", stretch.certainty, *stretch.marks)
               .add("startDate", str(stretch.since)).add("endDate", str(stretch.end) if stretch.end else None)
               .add("proof", *(identifier("document", one.claim.document) for one in evidence))
               .add("recordId", *(one.claim.id for one in evidence)))


def _actor(actor: Actor, ledger: Ledger, texts: Texts) -> Iterator[Entity]:
    made = Entity(SCHEMATA.get(actor.kind, OTHER_SCHEMA), identifier("actor", actor.id), texts)
    state = actor.country or (actor.id if actor.kind is ActorKind.STATE else "")
    country = table("countries").get(state, (ledger.country_code(state) or "").lower())
    is_linked = WIKIDATA.fullmatch(actor.wikidata or "")
    yield (made.add("name", actor.name).add("alias", *(name for name in actor.names if name != actor.name))
           .add("description", actor.description).add("country", country)
           .add("notes", f"country: {ledger.described(actor.country).name}" if actor.country and not country else None,
                f"wikidata: {actor.wikidata}" if actor.wikidata and not is_linked else None)
           .add("wikidataId", actor.wikidata if is_linked else None)
           .add("keywords", actor.kind.value, "found in text, in no registry" if actor.is_provisional else None))
    if actor.parent and actor.parent != actor.id:
        schema = SCHEMATA.get(ledger.described(actor.parent).kind, OTHER_SCHEMA)
        link = Entity("Membership" if schema in ORGANIZATIONS else "UnknownLink",
                      identifier("membership", actor.id, actor.parent), texts)
        yield _bond(link, made.id, identifier("actor", actor.parent), "PART_OF")


@cache
def table(name: str) -> dict[str, str]:
    """What FollowTheMoney calls a language of ISO 639-1, or a country that it does not call as ISO 3166 does."""
    text = (files("sides") / f"data/export/{name}.tsv").read_text(encoding="utf-8")
    rows = [line.partition("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {ours: theirs for ours, _, theirs in rows[1:]}


FTM = FollowTheMoney()
