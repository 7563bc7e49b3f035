"""Files with the numbers of the model of ties: read, checked key by key, and written."""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sides.model.claim_type import ClaimType, Kind, Layer, Modality
from sides.model.errors import ModelError

Range = tuple[float, float]
ANY: Range = (-math.inf, math.inf)
POSITIVE: Range = (1e-9, math.inf)
SHARE: Range = (0.0, 1.0)
INSIDE: Range = (1e-9, 1 - 1e-9)
COUNT: Range = (1, 1200)
LEVEL: Range = (-4.0, 4.0)

# What each table must hold, and between what. The other tables and keys are checked below.
NUMBERS: Mapping[str, Mapping[str, Range]] = {
    "chain": {"stay": INSIDE, "neighbour": SHARE, "tempering": POSITIVE, "tilt": (0.0, 10.0), "floor": INSIDE},
    "modality": {one.value: SHARE for one in Modality},
    "speaker": dict.fromkeys(("author", "party", "third"), SHARE),
    "time": {"hold": SHARE, "hold_fades": POSITIVE, "before_end": SHARE, "before_end_for": COUNT,
             "before_end_year": COUNT, "undated_fades": POSITIVE, "undated_tie": SHARE, "undated_event": SHARE,
             "recent_fades": POSITIVE, "recent_tie": SHARE, "recent_event": SHARE},
    "change": {"ratio": (1.0, math.inf), "most": (0.0, 50.0), "weak": SHARE, "undated": SHARE, "undated_for": COUNT,
               "recent_for": COUNT},
    "before": {"mean": LEVEL, "width": POSITIVE, "weight": (0.0, math.inf), "months": COUNT},
}
WHOLE = frozenset({"before_end_for", "before_end_year", "undated_for", "recent_for", "months"})
TABLES = (*NUMBERS, "provenance", "layer", "emission")
LISTS = ("up", "up_weak", "down", "down_weak")
HEADING = """\
# The model of a tie as a hidden state over time, written by `sides model fit`; docs/model.md tells what each number is.
# [provenance] tells what was fitted, on what; all else stands as it was before.
"""


def read_model(path: Path) -> dict[str, Any]:
    """The tables of a model file. Raises `ModelError`, with the table and the key, for one that makes no sense."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(f"{str(path)!r} cannot be read ({error.strerror}). "
                         "Name a model file, such as `sides model fit EVENTS.csv --write FILE` writes.") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ModelError(f"{str(path)!r} is no TOML ({error}).") from error
    try:
        check_model(table)
    except ModelError as error:
        raise ModelError(f"{str(path)!r}: {error}") from error
    return table


def check_model(table: Mapping[str, Any]) -> None:
    """Raise `ModelError` for the first table or key that is missing, unknown or out of range."""
    for name in TABLES:
        _table(table, name)
    _known(table, TABLES, "")
    for name, ranges in NUMBERS.items():
        for key, allowed in ranges.items():
            _number(table[name], name, key, allowed)
    for name, others in (("chain", ("initial",)), ("change", LISTS), ("before", ("type",)), ("modality", ()),
                         ("speaker", ()), ("time", ())):
        _known(table[name], (*NUMBERS[name], *others), name)
    _known(table["layer"], [one.value for one in Layer], "layer")
    for key in table["layer"]:
        _number(table["layer"], "layer", key, SHARE)
    initial = table["chain"].get("initial")
    if not (isinstance(initial, list) and len(initial) == 5 and all(_is_number(one) and one > 0 for one in initial)):
        raise ModelError(f"[chain] initial must be five numbers above 0, hostile first, and is {initial!r}.")
    for key in LISTS:
        if not isinstance(table["change"].get(key), list):
            raise ModelError(f"[change] {key} must be a list of types, and is {table['change'].get(key)!r}.")
        for one in table["change"][key]:
            _type(one, f"[change] {key}")
    _type(table["before"].get("type"), "[before] type")
    for name, row in table["emission"].items():
        kind = _type(name, "[emission]")
        if kind.meaning.kind is Kind.STRUCTURE:
            raise ModelError(f"[emission] {name} tells who belongs where, not how two stand. Take it out.")
        place = f"emission.{name}"
        _known(_table(table["emission"], name), ("mean", "width", "hostile", "neutral"), place)
        _number(row, place, "mean", LEVEL)
        _number(row, place, "width", POSITIVE)
        for key in ("hostile", "neutral"):
            if key in row:
                _number(row, place, key, LEVEL)
    if not any(ClaimType(name).meaning.kind is Kind.EVENT for name in table["emission"]):
        raise ModelError("[emission] has no type of event. Give it at least one.")


def written_model(table: Mapping[str, Any]) -> str:
    """A model file. Reading it gives the same tables."""
    lines = [HEADING]
    for name, rows in table.items():
        lines.append(f"[{name}]")
        lines += [f"{key} = {_value(value)}" for key, value in rows.items()]
        lines.append("")
    return "\n".join(lines)


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    # A text in JSON is one in TOML but for this character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


def _table(table: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    if not isinstance(table.get(name), Mapping):
        raise ModelError(f"[{name}] is missing. `sides model show --json` prints a whole model.")
    found: Mapping[str, Any] = table[name]
    return found


def _known(table: Mapping[str, Any], keys: tuple[str, ...] | list[str], name: str) -> None:
    for key in table:
        if key not in keys:
            place = f"[{name}] {key}" if name else f"[{key}]"
            raise ModelError(f"{place} is not known; there {'are' if len(keys) > 1 else 'is'} {', '.join(keys)}.")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _number(table: Mapping[str, Any], name: str, key: str, allowed: Range) -> None:
    if key not in table:
        raise ModelError(f"[{name}] {key} is missing.")
    value = table[key]
    low, high = allowed
    if not _is_number(value) or (key in WHOLE and not isinstance(value, int)):
        raise ModelError(f"[{name}] {key} must be a {'whole ' if key in WHOLE else ''}number, and is {value!r}.")
    if not low <= value <= high:
        raise ModelError(f"[{name}] {key} must lie between {low:g} and {high:g}, and is {value!r}.")


def _type(name: object, place: str) -> ClaimType:
    for one in ClaimType:
        if one == name:
            return one
    raise ModelError(f"{place} names {name!r}, which is no type of claim; there are {', '.join(ClaimType)}.")
