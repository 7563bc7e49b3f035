"""What a model is told and shown: one system text for all, and a passage as JSON, so that no text breaks out of it."""

from __future__ import annotations

import hashlib
import json
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from sides.model.claim_type import ClaimType

if TYPE_CHECKING:
    from sides.claims.llm.passages import Passage
    from sides.model.dates import PartialDate

Messages = tuple[dict[str, str], ...]


def messages(passage: Passage, published: PartialDate) -> Messages:
    """The messages that ask for the claims of a passage of a document of this date."""
    shown = {
        "document_date": str(published),
        "actors": [{"id": one.actor.id, "name": one.actor.name, "kind": one.actor.kind.value,
                    "words": {str(number): list(words) for number, words in one.words}} for one in passage.cast],
        "sentences": [{"number": one.number, "read": one.is_marked, "text": one.text} for one in passage.sentences]}
    return ({"role": "system", "content": system()},
            {"role": "user", "content": json.dumps(shown, ensure_ascii=False)})


def repair(asked: Messages, answer: str, why: str) -> Messages:
    """The messages that ask once more where an answer was not of the form asked for."""
    return (*asked, {"role": "assistant", "content": answer},
            {"role": "user", "content": _data("repair.txt").strip().replace("{why}", why)})


@cache
def system() -> str:
    """The text that every passage is sent under."""
    meanings = tomllib.loads(_data("types.toml"))
    types = "\n".join(f"- {kind.value}: {meanings[kind.value]}" for kind in ClaimType)
    return _data("system.txt").strip().replace("{types}", types)


@cache
def prompt_version() -> str:
    """Six hexadecimal digits that change with any word of the prompts."""
    return hashlib.sha256((system() + "\0" + _data("repair.txt")).encode()).hexdigest()[:6]


def _data(name: str) -> str:
    return (files("sides") / "data" / "llm" / name).read_text(encoding="utf-8")
