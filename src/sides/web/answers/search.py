"""What a search finds."""

from __future__ import annotations

from pydantic import BaseModel


class FoundActor(BaseModel):
    """An actor one of whose names begins with, or holds, the words."""

    id: str
    name: str
    kind: str
    matched: str  # the name that matched
    documents: int


class FoundQuote(BaseModel):
    """A claim whose quote holds the words."""

    claim: str
    quote: str
    document: str  # its name
    document_id: str
    published: str
    source: str  # names
    target: str


class FoundDocument(BaseModel):
    """A document whose title, name, outlet or text holds the words; where in the text, with the words around."""

    id: str
    title: str | None
    name: str
    published: str
    outlets: list[str]
    begin_char: int | None
    end_char: int | None
    excerpt: str | None


class SearchAnswer(BaseModel):
    """What is found, of each kind at most `most`, with how many there are."""

    version: int
    query: str
    actors: list[FoundActor]
    quotes: list[FoundQuote]
    documents: list[FoundDocument]
    totals: dict[str, int]
