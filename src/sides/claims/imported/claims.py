"""From a line of a file of claims to a claim about one document, with every mistake told."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from sides.claims.imported.cast import Cast, is_name
from sides.claims.imported.lines import Row, texts, words
from sides.model.actor import Actor
from sides.model.amount import Amount, AmountKind
from sides.model.claim import AUTHOR, Claim
from sides.model.claim_type import ClaimType, Layer, Modality
from sides.model.dates import PartialDate
from sides.model.document import Document
from sides.model.errors import DateError, InputError, MalformedInput
from sides.model.reason import Reason, ReasonKind

READER = "imported"  # who made a claim of which the file does not say it
CERTAIN = 1.0  # what the file vouches for is not doubted unless it says how sure it is
DATED_FROM = ("text", "document", "none")
ROLES = ("source", "target", "third")

Value = TypeVar("Value", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Imported:
    """A claim, the actors that it speaks of, and the line that it comes from."""

    claim: Claim
    actors: tuple[Actor, ...]
    where: str


class _FaultyError(Exception):
    """Why a line is no claim, and what to do about it."""

    def __init__(self, reason: str, remedy: str) -> None:
        self.reason, self.remedy = reason, remedy
        super().__init__(reason)


def claim_of(where: str, row: Row, documents: Mapping[str, Document], cast: Cast) -> Imported | InputError:
    """The claim of a line, or why it is none. `documents`: by all that they may be called."""
    try:
        return _claim(where, row, documents, cast)
    except _FaultyError as fault:
        return MalformedInput(where, fault.reason, fault.remedy)


def _claim(where: str, row: Row, documents: Mapping[str, Document], cast: Cast) -> Imported:
    document = _document(row, documents)
    actors = {role: _actor(row, role, cast) for role in ROLES}
    source, target, third = (actors[role] for role in ROLES)
    if source is None or target is None:
        missing = "source" if source is None else "target"
        raise _FaultyError(f"has no {missing}", f"Write the id of an actor as `{missing}`.")
    if source.id == target.id:
        raise _FaultyError(f"is about {source.id!r} alone", "A claim has two actors: correct its source or target.")
    kind = _one_of(row, "type", ClaimType, None)
    if kind is ClaimType.MEDIATE and third is not None and third.id in (source.id, target.id):
        raise _FaultyError(f"has {third.id!r} mediate with itself", "Correct its third actor.")
    begin, end = _place(row, document.text, "quote", 0, len(document.text))
    quote = document.text[begin:end]
    start, stop = _date(row, "start"), _date(row, "end")
    if start is not None and stop is not None and stop.last < start.first:
        raise _FaultyError(f"ends ({stop}) before it starts ({start})", "Correct its `start` or `end`.")
    speaker = words(row.get("speaker")) or AUTHOR
    heard = [] if speaker == AUTHOR else [cast.actor(speaker, texts(row.get("speaker_names")))] \
        if cast.is_actor(speaker) or texts(row.get("speaker_names")) else []
    claim = Claim(
        document=document.id, begin_char=begin, end_char=end, quote=quote, source=source.id, target=target.id,
        third=third.id if third else None, type=kind, sign=_sign(row, kind.meaning.sign),
        layer=_one_of(row, "layer", Layer, kind.meaning.layer), speaker=speaker,
        modality=_one_of(row, "modality", Modality, Modality.ASSERTED), start=start, end=stop,
        dated_from=_dated_from(row, "text" if start or stop else "none"), confidence=_confidence(row),
        reader=words(row.get("reader")) or READER, reader_version=words(row.get("reader_version")),
        trigger=words(row.get("trigger")), source_text=named_in(source, quote), target_text=named_in(target, quote),
        inferred=tuple(role for role in ROLES if role in texts(row.get("inferred"))),
        restates=words(row.get("restates")) or None,
        reasons=tuple(_reason(one, document.text, begin, end) for one in _records(row, "reasons")),
        amounts=tuple(_amount(one, document.text, begin, end) for one in _records(row, "amounts")))
    spoken = [actor for actor in (source, target, third, *heard) if actor is not None]
    return Imported(claim, tuple(spoken), where)


def named_in(actor: Actor, text: str) -> str:
    """The longest name of an actor that stands in a text as a word or words of its own, the first in sorted order."""
    return next((text[begin:end] for begin, end in spots_of(actor, text)), "")


def spots_of(actor: Actor, text: str) -> list[tuple[int, int]]:
    """Where names of an actor stand in a text: of those that overlap the longest, the longest name's first.

    What names nobody outside its sentence ("the party") is not looked for.
    """
    found: list[tuple[int, int]] = []
    for name in sorted({actor.name, *actor.names}, key=lambda name: (-len(name), name)):
        if name in text and is_name(name):
            found += [spot.span() for spot in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)
                      if all(spot.end() <= begin or end <= spot.start() for begin, end in found)]
    return found


def _document(row: Row, documents: Mapping[str, Document]) -> Document:
    told = [words(row.get(name)) for name in ("doc", "document_id", "document") if words(row.get(name))]
    document = next((documents[name] for name in told if name in documents), None)
    if document is None:
        raise _FaultyError(f"is about a document that is not given ({told[0]})" if told else "names no document",
                           "Write the document's key as `doc`, as it stands in the list of documents.")
    return document


def _actor(row: Row, role: str, cast: Cast) -> Actor | None:
    identifier = words(row.get(role))
    if not identifier:
        return None
    actor = cast.actor(identifier, texts(row.get(f"{role}_names")))
    if actor is None:
        raise _FaultyError(f"has a {role} that neither the file of actors nor the registry knows ({identifier})",
                           "Add a line for it to the file of actors, or correct the id.")
    return actor


def _place(row: Row, text: str, name: str, first: int, last: int) -> tuple[int, int]:
    """Where the words of a field stand: from `begin_char` on, else at first between two offsets, else in the text."""
    quoted, begin, end = row.get(name), row.get("begin_char"), row.get("end_char")
    for place in (begin, end):
        if place is not None and (isinstance(place, bool) or not isinstance(place, int) or place < 0):
            raise _FaultyError(f"has an offset that is none ({place!r})", "Count characters from 0, or leave it out.")
    if quoted is None and begin is not None and end is not None and begin < end <= len(text):
        return begin, end
    if not isinstance(quoted, str) or not quoted.strip():
        raise _FaultyError(f"has no {name}", "Write the words of the document that say it.")
    if begin is None:
        begin = text.find(quoted, first, last)
        begin = text.find(quoted) if begin < 0 else begin
    if begin < 0 or text[begin:begin + len(quoted)] != quoted or end not in (None, begin + len(quoted)):
        where = "in its document" if row.get("begin_char") is None else "at its place in its document"
        raise _FaultyError(f"has a {name} that does not stand {where} ({_short(quoted)})",
                           "Copy it from the text, character for character.")
    return begin, begin + len(quoted)


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:59] + "…")


def _one_of(row: Row, name: str, values: type[Value], default: Value | None) -> Value:
    said = row.get(name)
    if said is None and default is not None:
        return default
    try:
        return values(said if isinstance(said, str) else "")
    except ValueError:
        raise _FaultyError(f"has a {name} that is none ({said!r})" if said is not None else f"has no {name}",
                           f"Write one of: {', '.join(values)}.") from None


def _sign(row: Row, default: int) -> int:
    said = row.get("sign")
    if said is None:
        return default
    if isinstance(said, bool) or said not in (-1, 0, 1):
        raise _FaultyError(f"has a sign that is none ({said!r})", "Write 1, 0 or -1.")
    return int(said)


def _confidence(row: Row) -> float:
    said = row.get("confidence", CERTAIN)
    if isinstance(said, bool) or not isinstance(said, int | float) or not 0 <= said <= 1:
        raise _FaultyError(f"has a confidence that is none ({said!r})", "Write a number from 0 to 1.")
    return float(said)


def _date(row: Row, name: str) -> PartialDate | None:
    said = row.get(name)
    if said is None or said == "":
        return None
    try:
        return PartialDate.parse(str(said))
    except DateError as error:
        raise _FaultyError(f"has a {name} that is no date ({said!r})", str(error)) from None


def _dated_from(row: Row, default: str) -> str:
    said = row.get("dated_from", default)
    if said not in DATED_FROM:
        raise _FaultyError(f"has a dated_from that is none ({said!r})", f"Write one of: {', '.join(DATED_FROM)}.")
    return str(said)


def _records(row: Row, name: str) -> list[Mapping[str, Any]]:
    said = row.get(name) or []
    if not isinstance(said, list) or not all(isinstance(one, dict) for one in said):
        raise _FaultyError(f"has {name} that are no list of objects", "See docs/export.md for their fields.")
    return said


def _reason(row: Row, text: str, first: int, last: int) -> Reason:
    begin, end = _place(row, text, "text", first, last)
    return Reason(begin_char=begin, end_char=end, kind=_one_of(row, "kind", ReasonKind, None), text=text[begin:end])


def _amount(row: Row, text: str, first: int, last: int) -> Amount:
    begin, end = _place(row, text, "text", first, last)
    low, high = (_number(row, name) for name in ("low", "high"))
    return Amount(begin_char=begin, end_char=end, kind=_one_of(row, "kind", AmountKind, None), low=low, high=high,
                  unit=words(row.get("unit")), text=text[begin:end])


def _number(row: Row, name: str) -> float | None:
    said = row.get(name)
    if said is None:
        return None
    if isinstance(said, bool) or not isinstance(said, int | float) or not abs(said) <= sys.float_info.max:
        raise _FaultyError(f"has an amount that is no number ({_short(str(said))})", "Write a number, or nothing.")
    return float(said)
