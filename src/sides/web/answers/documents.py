"""Documents as they are listed, and one opened to be read."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from sides.export.evidence import evidence_fields
from sides.ties.opened import Opened
from sides.web.answers.claims import CorrectionAnswer, correction_answer
from sides.web.answers.evidence import EvidenceAnswer


class DocumentRow(BaseModel):
    """A document in a list."""

    id: str
    name: str
    title: str | None
    author: str | None
    outlets: list[str]
    published: str
    format: str
    claims: int
    characters: int
    copies: int  # sightings of the same text, this one too


class DocumentsAnswer(BaseModel):
    """A page of documents, and how many there are under these conditions."""

    version: int
    total: int
    offset: int
    documents: list[DocumentRow]


class AsideAnswer(BaseModel):
    """A stretch that is kept but not read for claims, and why."""

    begin_char: int
    end_char: int
    reason: str


class MentionAnswer(BaseModel):
    """A stretch that names an actor; one that names several is here once for each."""

    begin_char: int
    end_char: int
    actor: str
    name: str
    form: str
    how: str  # the step that resolved it
    confidence: float


class CopyAnswer(BaseModel):
    """One copy of the text."""

    name: str
    outlet: str | None
    title: str | None
    author: str | None
    published: str
    published_from: str
    published_is: str
    url: str | None
    format: str


class IncompleteAnswer(BaseModel):
    """What lacks an actor and is therefore no claim."""

    id: str
    begin_char: int
    end_char: int
    quote: str
    source: str | None
    source_name: str | None
    target: str | None
    target_name: str | None
    type: str
    sign: int
    modality: str
    reader: str


class ReadClaim(EvidenceAnswer):
    """A claim of the document. `counts`: under the lens and by `known`. `judged`: the last correction in force."""

    counts: bool
    judged: str | None


class RejectedAnswer(BaseModel):
    """A claim that was read here and that a person rejected."""

    claim: str  # the id that it was read under
    begin_char: int
    end_char: int
    quote: str
    source_name: str
    target_name: str
    type: str
    correction: CorrectionAnswer


class DocumentAnswer(BaseModel):
    """A document with all that was read in it. Offsets count Unicode code points of `text`, not UTF-16 units."""

    version: int
    id: str
    name: str
    title: str | None
    author: str | None
    language: str
    format: str
    url: str | None
    published: str
    published_from: str
    published_is: str
    outlets: list[str]
    copies: list[CopyAnswer]
    text: str
    asides: list[AsideAnswer]
    claims: list[ReadClaim]
    rejected: list[RejectedAnswer]
    mentions: list[MentionAnswer]
    incomplete: list[IncompleteAnswer]


def document_answer(found: Opened, version: int, names: dict[str, str]) -> dict[str, Any]:
    """An opened document as plain values."""
    document = found.document
    last = {correction.claim: correction.action.value for correction in found.corrections}

    def name(actor: str) -> str:
        return names.get(actor, actor)

    return {
        "version": version, "id": document.id, "name": document.name, "title": document.title,
        "author": document.author, "language": document.language, "format": document.format, "url": document.url,
        "published": str(document.published), "published_from": document.published_from,
        "published_is": document.published_is, "outlets": list(document.outlets), "text": document.text,
        "copies": [{"name": copy.name, "outlet": copy.outlet, "title": copy.title, "author": copy.author,
                    "published": str(copy.published), "published_from": copy.published_from,
                    "published_is": copy.published_is, "url": copy.url, "format": copy.format}
                   for copy in document.sightings],
        "asides": [{"begin_char": one.begin_char, "end_char": one.end_char, "reason": one.reason.value}
                   for one in document.asides],
        "claims": [{**evidence_fields(one, names), "counts": one.claim.id in found.counting,
                    "judged": last.get(found.read_ids.get(one.claim.id, ""))} for one in found.claims],
        "rejected": [{"claim": claim.id, "begin_char": claim.begin_char, "end_char": claim.end_char,
                      "quote": claim.quote, "source_name": name(claim.source), "target_name": name(claim.target),
                      "type": claim.type.value, "correction": correction_answer(correction)}
                     for claim, correction in found.rejected],
        "mentions": [{"begin_char": one.begin_char, "end_char": one.end_char, "actor": one.actor,
                      "name": name(one.actor), "form": one.form.value, "how": one.how,
                      "confidence": round(one.confidence, 4)} for one in found.mentions],
        "incomplete": [{"id": one.id, "begin_char": one.begin_char, "end_char": one.end_char, "quote": one.quote,
                        "source": one.source, "source_name": name(one.source) if one.source else None,
                        "target": one.target, "target_name": name(one.target) if one.target else None,
                        "type": one.type.value, "sign": one.sign, "modality": one.modality.value,
                        "reader": one.reader} for one in found.incomplete],
    }
