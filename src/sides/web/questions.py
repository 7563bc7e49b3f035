"""What the pages may ask of the API while one looks around: the questions whose answers a published copy holds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlencode

from sides.face import Ledger
from sides.model.dates import PartialDate
from sides.ties.lens import Lens
from sides.ties.signals import month_date, month_of
from sides.ties.tie import Tie

# What every question takes. A copy answers for one choice of them, and what is in `BY_DATE` at several dates.
CLOCKS = frozenset(("at", "known", "lens", "exact", "version"))
# What does not depend on `at`. Where it does, the copy answers for the dates that it holds, and says so of others.
DATELESS = frozenset(("/api/ledger", "/api/versions", "/api/network", "/api/changes", "/api/claim", "/api/claims",
                      "/api/document", "/api/documents", "/api/review", "/api/review/claims", "/api/judgements",
                      "/api/balance/over-time"))
NOW = "now"  # in a key: the date that the copy is opened at
BY_DATE = frozenset(("/api/camps", "/api/balance"))
# What a copy does not answer, and why.
LEFT_OUT = {
    "/api/tie/now": "a page finds it in what it holds of the whole tie",
    "/api/search": "a page finds actors and documents in what it holds",
    "/api/forecast": "a forecast is worked out when it is asked for, which takes a server",
    "/api/forecast/choices": "nothing is forecast in a copy",
    "/api/forecast/state": "a forecast is worked out when it is asked for, which takes a server",
    "/api/forecast/ranking": "a forecast is worked out when it is asked for, which takes a server",
    "/api/backtest": "a back-test is worked out when it is asked for, which takes a server",
    "/api/backtest/questions": "a back-test is worked out when it is asked for, which takes a server",
    "/api/reads": "nothing is read into a copy",
    "/api/reads/run": "nothing is read into a copy",
    "/api/reads/events": "nothing is read into a copy",
    "/api/review/actor": "nothing is judged in a copy",
    "/api/review/choices": "nothing is judged in a copy",
}
PLACEHOLDER = re.compile(r"\{(\w+)\}")
PAGE = 100  # documents that are listed at once
# How sources are told apart; the first is the default.
VOICES = ("outlet", "author", "speaker", "side", "language", "format")
Parameters = dict[str, str]


@dataclass(frozen=True, slots=True)
class Question:
    """A path of the API, and what is asked beside the clocks and the lens."""

    path: str
    parameters: Parameters = field(default_factory=dict)
    at: str | None = NOW  # None: the answer does not depend on it

    @property
    def key(self) -> str:
        """The name under which a page looks for the answer.

        >>> Question("/api/tie", {"right": "syria", "left": "hamas"}).key
        '/api/tie?at=now&left=hamas&right=syria'
        """
        given = self.parameters if self.at is None else {**self.parameters, "at": self.at}
        return f"{self.path}?{urlencode(sorted(given.items()))}" if given else self.path

    def asked(self, now: str | None) -> Parameters:
        """What to ask the API for; `now` is the date that the copy is opened at."""
        at = now if self.at == NOW else self.at
        return {**self.parameters, "at": at} if at else self.parameters


@dataclass(frozen=True)
class Subjects:
    """What there is to ask about: a ledger by what was known, through a lens; and how far dates lie apart."""

    ledger: Ledger
    known: PartialDate | None
    lens: Lens
    exact: bool
    step_months: int

    @cached_property
    def ties(self) -> list[Tie]:
        """All ties that are told of."""
        return self.ledger.ties(known=self.known, lens=self.lens, exact=self.exact)

    @cached_property
    def first(self) -> str | None:
        """The first month that a claim about a tie tells of."""
        told = [month_of(one.date.first) for tie in self.ties for one in tie.evidence]
        return str(month_date(min(told))) if told else None

    @cached_property
    def dates(self) -> list[str]:
        """Months back from the horizon to the first, every `step_months`."""
        horizon = self.ledger.horizon(known=self.known)
        if horizon is None or self.first is None:
            return []
        last, first = month_of(horizon.last), month_of(PartialDate.parse(self.first).first)
        return [str(month_date(month)) for month in range(last, first - 1, -self.step_months)][::-1]

    @cached_property
    def documents(self) -> list[str]:
        """The documents that had been published by `known`."""
        return [one.id for one in self.ledger.documents()
                if self.known is None or one.published.last <= self.known.last]

    def asked(self, path: str, needs: bool) -> list[Parameters] | None:
        """What a path is asked for, one by one; `None` where it needs to be told, and nobody knows what."""
        match path:
            case "/api/tie":
                pairs = sorted((min(tie.left, tie.right), max(tie.left, tie.right)) for tie in self.ties)
                return [{"left": left, "right": right} for left, right in pairs]
            case "/api/claim":
                return [{"id": one.id} for one in self.ledger.claims(known=self.known)]
            case "/api/actor":
                return [{"id": one} for one in sorted(actor.id for actor in self.ledger.actors())]
            case "/api/document":
                return [{"id": one} for one in self.documents]
            case "/api/changes":
                return [{"since": self.first}] if self.first else []
            case "/api/documents":  # as their screen lists them, the latest first
                return [{"falling": "true", **({"offset": str(first)} if first else {})}
                        for first in range(0, max(1, len(self.documents)), PAGE)]
            case "/api/claims":  # as the panel of an actor asks
                return [{"actor": one.id} for one in self.ledger.actors()]
            case "/api/sources":
                return [{}, *({"by": by} for by in VOICES[1:])]
        return None if needs else [{}]


def questions(described: dict[str, Any], subjects: Subjects) -> Iterator[Question]:
    """All questions that a page may ask of an API that is described like this (OpenAPI), in a steady order."""
    for path, needed in sorted(routes(described)):
        if path in LEFT_OUT:
            continue
        for parameters in subjects.asked(path, needed) or []:
            yield Question(*placed(path, parameters), None if path in DATELESS else NOW)
        if path in BY_DATE:
            yield from (Question(path, {}, date) for date in subjects.dates)


def placed(path: str, parameters: Parameters) -> tuple[str, Parameters]:
    """A path with its placeholders filled, and what is left to ask for.

    >>> placed("/api/documents/{id}", {"id": "a/b"})
    ('/api/documents/a%2Fb', {})
    """
    named = set(PLACEHOLDER.findall(path))
    filled = PLACEHOLDER.sub(lambda found: quote(parameters[found[1]], safe=""), path)
    return filled, {name: value for name, value in parameters.items() if name not in named}


def defaults(described: dict[str, Any]) -> dict[str, Parameters]:
    """What each path takes where it is not told: asking for just that is not to be another question."""
    found = {}
    for path, _ in routes(described):
        parameters = described["paths"][path]["get"].get("parameters", ())
        values = {one["name"]: one["schema"].get("default") for one in parameters if one["name"] not in CLOCKS}
        found[path] = {name: value if isinstance(value, str) else json.dumps(value)
                       for name, value in sorted(values.items()) if isinstance(value, str | bool | int)}
    return {path: found[path] for path in sorted(found) if found[path]}


def unasked(described: dict[str, Any], subjects: Subjects) -> list[str]:
    """Routes that a copy leaves out without a reason: nobody has said what to ask of them."""
    return [path for path, needed in sorted(routes(described))
            if path not in LEFT_OUT and subjects.asked(path, needed) is None]


def routes(described: dict[str, Any]) -> Iterable[tuple[str, bool]]:
    """The paths that are asked by GET, and whether they need to be told what about."""
    for path, methods in described["paths"].items():
        if "get" in methods:
            parameters = methods["get"].get("parameters", ())
            yield path, any(one["required"] for one in parameters if one["name"] not in CLOCKS)
