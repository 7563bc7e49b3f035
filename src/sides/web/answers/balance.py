"""How far a network is from balance, at a date and over time, and what would change it."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from sides.web.answers.tie import Named

# What a tie is to the optima: see docs/balance.md.
Kind = Literal["every", "some", "bearing", "slack"]


class IndexAnswer(BaseModel):
    """A frustration index with what is proven of it. `share`: of all ties; of an index not proven, at most that."""

    index: float
    lower: float
    proven: bool
    certified: bool
    actors: int
    ties: int
    negative: int
    share: float | None


class CertificateAnswer(BaseModel):
    """What proves the lower bound. `cycles`: bad cycles, each as ids; at least one tie of each is frustrated."""

    words: str
    total: int  # of bad cycles; of a proof by cases, in all of them
    is_disjoint: bool  # no two of them share a tie
    cases: int
    cycles: list[list[str]]


class TieAnswerOfBalance(BaseModel):
    """A tie of the signed network. `change`: of the index, if it were of the other sign; see `proven`."""

    left: Named
    right: Named
    sign: int
    state: str
    claims: int
    is_contested: bool
    kind: Kind
    change: float
    proven: bool
    frustrated: bool  # by the camps that are shown


class TriangleAnswer(BaseModel):
    """A triangle that does not fit together. `weight`: how far the tie of it that is nearest to neutral is from it."""

    kind: str
    weight: int
    actors: list[Named]
    ties: list[tuple[str, str, int, str]]  # ids, sign, state
    says: str


class TriadsAnswer(BaseModel):
    """The census of the triangles. `balanced`: the share."""

    triangles: int
    counts: dict[str, int]
    balanced: float | None


class CampOfActor(Named):
    """An actor, and the number of its camp; null: not determined."""

    camp: int | None


class BalanceAnswer(BaseModel):
    """The balance of the network of a date.

    `ties`: those of the kinds `every` and `some`, then `bearing`; at most `most` of them, as of the triangles; the
    totals tell of all. `always`: groups who are together in every optimum; `never`: pairs of these groups, by their
    places, who are together in none; null where that is not known. `limits`: what time did not do for.
    """

    version: int
    at: str
    result: IndexAnswer
    triads: TriadsAnswer
    certificate: CertificateAnswer
    kinds: dict[str, int]
    ties: list[TieAnswerOfBalance]
    unbalanced_total: int
    unbalanced: list[TriangleAnswer]
    optima: int | None
    always: list[list[Named]] | None
    never: list[tuple[int, int]] | None
    actors: list[CampOfActor]
    conventions: list[str]
    limits: list[str]


class BandAnswer(BaseModel):
    """The index of networks drawn by the probabilities of their ties: its median, and the middle nine in ten."""

    low: float
    median: float
    high: float
    draws: int
    proven: int


class PassingAnswer(BaseModel):
    """An actor in another camp than at the date before; null: not determined."""

    id: str
    name: str
    before: int | None
    now: int | None


class PointAnswer(BaseModel):
    """The balance of one date of a series. `strained`: ties that some optimum frustrates, where that is known."""

    at: str
    result: IndexAnswer
    triads: TriadsAnswer
    strained: int | None
    band: BandAnswer | None
    camps: dict[str, int] | None  # how many actors each has; of years only
    passings: list[PassingAnswer]


class BalanceOverTimeAnswer(BaseModel):
    """The balance at each year or month from `since` to `until`, by date.

    Ask again while `done`, the dates that are worked out, or `drawn`, those of which draws are made, is less than `of`.
    """

    version: int
    every: Literal["years", "months"]
    since: str | None
    until: str | None
    of: int
    done: int
    drawn: int
    points: list[PointAnswer]
    limits: list[str]


class EditRequest(BaseModel):
    """A tie made another one: `flip` its sign, `remove` it, `add` one, or `set` it (as `add`)."""

    kind: Literal["flip", "remove", "add", "set"]
    left: str = Field(max_length=300)
    right: str = Field(max_length=300)
    sign: Literal[1, -1] = 1


class WhatIfRequest(BaseModel):
    """Edits, laid on the network of a date one after the other."""

    edits: list[EditRequest] = Field(max_length=50)


class ShiftAnswer(BaseModel):
    """A tie that is something else to the optima than before; null: there is no such tie."""

    left: Named
    right: Named
    before: Kind | None
    after: Kind | None


class SideAnswer(BaseModel):
    """The network before the edits or after them."""

    result: IndexAnswer
    triads: TriadsAnswer


class WhatIfAnswer(BaseModel):
    """What would change. `moved`: who would stand in another camp, of all optima the fewest."""

    version: int
    at: str
    before: SideAnswer
    after: SideAnswer
    moved: list[PassingAnswer]
    ties: list[ShiftAnswer]
    limits: list[str]
