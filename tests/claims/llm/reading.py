"""A model's reader over small texts, with answers written by hand: sentence, quote, source, TYPE, target, and more."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from sides.actors.registry import Registry
from sides.actors.resolution import Resolution
from sides.actors.resolver import Resolver
from sides.claims.learned.reader import LearnedReader
from sides.claims.llm.endpoint import Endpoint
from sides.claims.llm.passages import Gated
from sides.claims.llm.reader import ModelReader, Read
from sides.model.claim import Claim
from sides.model.dates import PartialDate
from sides.model.document import Document
from sides.parsing.pipeline import Parsed, Parser

ENDPOINT = Endpoint(base_url="http://127.0.0.1:1/v1", model="scripted")


@cache
def _loaded() -> tuple[Parser, Resolver, LearnedReader]:
    return Parser.load(), Resolver(Registry.load(())), LearnedReader.load()


def reader() -> ModelReader:
    return ModelReader(_loaded()[2], ENDPOINT)


@cache
def studied(text: str) -> tuple[Parsed, Resolution]:
    parser, resolver, _ = _loaded()
    (parsed,) = parser.parse([Document(text=text, name="text", published=PartialDate.parse("2022-10-20"),
                                       published_from="option")])
    return parsed, resolver.resolve(parsed)


def by_default(text: str) -> list[Claim]:
    """What the default readers read."""
    return list(_loaded()[2].read(*studied(text)))


def gate(text: str) -> Gated:
    return reader().gate(*studied(text))


def row(sentence: int, quote: str, source: str, type_: str, target: str, **further: Any) -> dict[str, Any]:
    """A proposal as a model puts it."""
    return {"sentence": sentence, "quote": quote, "source": source, "target": target, "third": "", "type": type_,
            "modality": "asserted", "layer": "general", **further}


def answer(*rows: dict[str, Any]) -> str:
    return json.dumps({"claims": list(rows)})


def read(text: str, *samples: str) -> Read:
    """What comes of these samples about the one passage of a text."""
    return reader().read(*studied(text), [list(samples)])


def verdict(text: str, proposal: dict[str, Any]) -> str:
    """What becomes of one proposal: why it is not believed, "known", or "accepted"."""
    tally = read(text, answer(proposal)).tally
    (rejected,) = [*tally.rejected] or [None]
    return rejected or ("accepted" if tally.accepted else "known")


def said(claims: tuple[Claim, ...]) -> set[str]:
    return {f"{claim.source} {claim.type.value} {claim.target}" for claim in claims}
