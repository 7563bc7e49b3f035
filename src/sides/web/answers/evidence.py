"""A claim with its quote, where it stands and whose word it is."""

from __future__ import annotations

from pydantic import BaseModel


class Fault(BaseModel):
    """What is wrong with a request."""

    kind: str
    message: str


class FaultAnswer(BaseModel):
    """A refused request."""

    error: Fault


class FieldAnswer(BaseModel):
    """A field of a record, with the name of its column."""

    name: str
    value: str


class EvidenceAnswer(BaseModel):
    """One piece of evidence: the claim, its quote with the sentence around it, its document, its dates."""

    claim: str
    quote: str
    before: str  # of the sentence
    after: str
    fields: list[FieldAnswer]  # of a record of a table of events: those that are not empty
    document: str  # its name
    document_id: str
    title: str | None
    author: str | None
    url: str | None
    language: str
    format: str
    begin_char: int
    end_char: int
    outlets: list[str]
    report: str
    published: str
    happened: str  # when it happened or held; the document's date where the text gives none
    is_undated: bool
    start: str | None
    end: str | None
    source: str
    source_name: str
    target: str
    target_name: str
    third: str | None
    third_name: str | None
    type: str
    sign: int
    layer: str
    modality: str
    speaker: str
    speaker_name: str
    confidence: float
    reader: str
    reader_version: str
    trigger: str
    restatements: list[str]
    counted_for: dict[str, str]
