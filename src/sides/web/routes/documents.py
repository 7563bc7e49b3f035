"""The documents, listed and opened."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from sides.ledger.listing import DocumentOrder
from sides.ties.lens import UNNAMED
from sides.web.answers.documents import DocumentAnswer, DocumentsAnswer, document_answer
from sides.web.asked import AskedHere
from sides.web.faults import Refused
from sides.web.names import names_of

router = APIRouter()
# Documents of one page; the next page begins where this one ends.
MOST = 500


@router.get("/api/documents", response_model=DocumentsAnswer)
def documents(asked: AskedHere, sort: DocumentOrder = "published", falling: bool = False,
              words: Annotated[str, Query(max_length=200, description="In the text, title or name.")] = "",
              outlet: Annotated[str | None, Query(max_length=300, description='"unnamed": of no outlet.')] = None,
              offset: Annotated[int, Query(ge=0, le=2**31)] = 0, most: Annotated[int, Query(ge=1, le=MOST)] = 100,
              ) -> dict[str, Any]:
    """Documents that had been published by `known`, whatever the lens."""
    page = asked.ledger.documents_page(
        sort=sort, is_falling=falling, words=words.strip(), outlet="" if outlet == UNNAMED else outlet or None,
        known=asked.known, after=offset, most=most)
    return {"version": asked.version, "total": page.total, "offset": offset, "documents": list(page.rows)}


@router.get("/api/document", response_model=DocumentAnswer)
def document(id: Annotated[str, Query(max_length=100)], asked: AskedHere) -> dict[str, Any]:
    """One document with its claims, mentions and what people said of them."""
    found = asked.ledger.opened(id, known=asked.known, lens=asked.lens)
    if found is None:
        raise Refused(404, f"The ledger holds no document {id!r} at version {asked.version}.")
    return document_answer(found, asked.version, names_of(asked))
