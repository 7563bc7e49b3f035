"""The form of an answer: a JSON schema that an endpoint may enforce, and the same checks on what comes back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sides.model.claim_type import ClaimType, Layer, Modality

TEXTS = ("quote", "source", "target", "third")
LISTS: Mapping[str, tuple[str, ...]] = {
    "type": tuple(ClaimType), "modality": tuple(Modality), "layer": tuple(Layer)}
# Models that are not held to the schema may leave these out.
DEFAULTS: Mapping[str, str] = {"third": "", "layer": ""}
FIELDS = ("sentence", *TEXTS, *LISTS)


@dataclass(frozen=True, slots=True)
class Said:
    """A claim as a model puts it, of the right form and not yet checked against the text."""

    sentence: int
    quote: str
    source: str
    target: str
    third: str
    type: ClaimType
    modality: Modality
    layer: Layer


class Malformed(ValueError):
    """An answer is not one JSON object with a list of claims."""


def schema() -> dict[str, Any]:
    """The JSON schema of an answer. It is the same for every passage, so that an endpoint compiles it once."""
    properties: dict[str, Any] = {"sentence": {"type": "integer"}, **{name: {"type": "string"} for name in TEXTS},
                                  **{name: {"type": "string", "enum": list(values)} for name, values in LISTS.items()}}
    claim = {"type": "object", "properties": properties, "required": list(FIELDS), "additionalProperties": False}
    return {"type": "object", "properties": {"claims": {"type": "array", "items": claim}}, "required": ["claims"],
            "additionalProperties": False}


@cache
def schema_version() -> str:
    """Six hexadecimal digits that change with the schema."""
    return hashlib.sha256(json.dumps(schema(), sort_keys=True).encode()).hexdigest()[:6]


def rows(text: str) -> tuple[list[Any], bool]:
    """The claims of an answer as they stand in it, wherever the object stands in the text, and whether it is whole.

    Of an answer that was cut off, the claims that are whole. Raises `Malformed` if there is no list of claims.

    >>> rows('Here you are: {"claims": [{"sentence": 1}, {"sentence": 2')
    ([{'sentence': 1}], False)
    """
    decoder = json.JSONDecoder()
    at = text.find("{")
    while at >= 0:
        try:
            found, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            found, end = None, at + 1
        if isinstance(found, dict) and isinstance(found.get("claims"), list):
            return list(found["claims"]), True
        at = text.find("{", end)
    return _whole(text, decoder), False


def _whole(text: str, decoder: json.JSONDecoder) -> list[Any]:
    """The claims of an answer that breaks off, up to where it does."""
    name = text.find('"claims"')
    at = text.find("[", name) + 1 if name >= 0 else 0
    found: list[Any] = []
    while at and at < len(text):
        if text[at] in " \t\r\n,":
            at += 1
            continue
        try:
            one, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        found.append(one)
    if not found:
        raise Malformed("no JSON object with a list \"claims\"")
    return found


def said(row: Any) -> Said | str:
    """A claim of an answer, or what is wrong with its form: `form`, or the field whose value is in no closed list."""
    if not isinstance(row, dict):
        return "form"
    row = {**DEFAULTS, **{name: row[name] for name in FIELDS if row.get(name) is not None}}
    sentence = row.get("sentence")
    if not isinstance(sentence, int) or isinstance(sentence, bool):
        return "form"
    if any(not isinstance(row.get(name), str) for name in (*TEXTS, *LISTS)):
        return "form"
    if not row["layer"] and row["type"] in LISTS["type"]:
        row["layer"] = ClaimType(row["type"]).meaning.layer.value
    unknown = next((name for name, values in LISTS.items() if row[name] not in values), None)
    if unknown is not None:
        return unknown
    return Said(sentence, row["quote"], row["source"].strip(), row["target"].strip(), row["third"].strip(),
                ClaimType(row["type"]), Modality(row["modality"]), Layer(row["layer"]))
