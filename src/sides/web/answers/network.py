"""All ties over all time as columns, sent once: the browser moves through time by itself."""

from __future__ import annotations

from pydantic import BaseModel


class Actors(BaseModel):
    """N actors; `parent` is the place of the organization that one is part of, or -1; x and y lie in -1 to 1."""

    id: list[str]
    name: list[str]
    kind: list[str]
    parent: list[int]
    x: list[float]
    y: list[float]
    claims: list[int]


class Ties(BaseModel):
    """D ties: `code[k]` is the look of tie i from `month[k]` on, for k from `offset[i]` up to `offset[i + 1]`."""

    left: list[int]
    right: list[int]
    claims: list[int]
    offset: list[int]
    month: list[int]
    code: list[int]


class Member(BaseModel):
    """A member of a bloc, by its place, and the months between which it was one, where they are known."""

    actor: int
    since: int | None
    until: int | None


class BlocAnswer(BaseModel):
    """A bloc and those of its members that have ties."""

    id: str
    name: str
    members: list[Member]


class PartAnswer(BaseModel):
    """An actor that is part of another, for a while."""

    part: int
    whole: int
    since: int | None
    until: int | None


class Histogram(BaseModel):
    """For each month, the claims about it and the documents published in it."""

    claims: list[int]
    documents: list[int]


class NetworkAnswer(BaseModel):
    """Every tie's course. Months are places from `begin` (12 * year + month - 1); after `horizon` is the outlook."""

    version: int
    known: str | None
    lens: str
    exact: bool
    begin: int
    months: int
    horizon: int
    actors: Actors
    ties: Ties
    parts: list[PartAnswer]
    blocs: list[BlocAnswer]
    histogram: Histogram
