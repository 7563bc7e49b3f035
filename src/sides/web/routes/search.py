"""Search: actors by any of their names, quotes and documents by their words."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query

from sides.actors.search import folded, matching
from sides.web.answers.search import SearchAnswer
from sides.web.asked import Asked, AskedHere
from sides.web.names import names_of

router = APIRouter()


@router.get("/api/search", response_model=SearchAnswer)
def search(q: Annotated[str, Query(min_length=1, max_length=200)], asked: AskedHere,
           most: Annotated[int, Query(ge=1, le=50)] = 8) -> dict[str, Any]:
    """Actors, quotes and documents that the words stand in; what had been published by `known`."""
    actors, names = actors_found(asked, q), names_of(asked)
    quotes = asked.ledger.find("quotes", q, known=asked.known, most=most)
    documents = asked.ledger.find("documents", q, known=asked.known, most=most)
    return {"version": asked.version, "query": q, "actors": actors[:most],
            "quotes": [quote_found(row, names) for row in quotes.rows],
            "documents": list(documents.rows),
            "totals": {"actors": len(actors), "quotes": quotes.total, "documents": documents.total}}


def quote_found(row: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """A found quote, with the names of its actors."""
    return {"claim": row["id"], "quote": row["quote"], "document": row["document_name"],
            "document_id": row["document"], "published": row["published"],
            "source": names.get(row["source"], row["source"]), "target": names.get(row["target"], row["target"])}


def actors_found(asked: Asked, words: str) -> list[dict[str, Any]]:
    """Actors a name of which holds the words, as `sides.actors.search.matching` orders them."""
    mentioned = asked.ledger.documents_mentioning()
    named = asked.serving.once(("folded", asked.version), lambda: folded(asked.ledger.actors()))
    return [{"id": actor.id, "name": actor.name, "kind": actor.kind.value, "matched": matched,
             "documents": mentioned.get(actor.id, 0)} for actor, matched in matching(named, words, mentioned)]
