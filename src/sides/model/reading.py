"""A reading: all that one reader took from one document."""

from __future__ import annotations

from dataclasses import dataclass

from sides.model.actor import Actor, Mention
from sides.model.claim import Claim
from sides.model.document import Document
from sides.model.incomplete import Incomplete


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that a reader of a version took from a document: mentions, their actors, claims, and what is incomplete.

    Depends on the document's text and date, the reader and its data, and on nothing else: not on other documents.
    """

    document: Document
    reader: str
    reader_version: str  # code, lexicon, registry and language model, as one digest
    mentions: tuple[Mention, ...]
    actors: tuple[Actor, ...]
    claims: tuple[Claim, ...]
    incomplete: tuple[Incomplete, ...] = ()
