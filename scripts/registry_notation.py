"""The notation of the hand-written facts in `scripts/registry`, read into rows of the registry's tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from sides.actors.names import fold

FACTS = Path(__file__).parent / "registry"
MARKS = {"=": "abbr", "^": "former", "*": "official", "&": "nickname", "%": "seat", "$": "surname", "?": "demonym"}
DATED = re.compile(r"(?P<text>.*?)\s*@(?P<begin>[\d-]+|(?=\.\.))(?:\.\.(?P<end>[\d-]*))?")
OWN_REF = ""  # the source `own` says it all
# Parts of names that are written small.
PARTICLES = frozenset((
    "al", "bin", "ibn", "ben", "de", "da", "do", "dos", "van", "von", "der", "den", "del", "la", "le", "e", "y", "i",
    "ould", "ag", "el", "di", "du", "a", "wa", "za", "ol", "ud", "ul", "bint", "mac", "na"))
Row = tuple[str, ...]


def slug(text: str) -> str:
    """The id of a name: small ASCII letters and hyphens."""
    plain = unicodedata.normalize("NFKD", fold(text)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def lines(name: str, width: int = 0) -> Iterator[list[str]]:
    """The lines of a file of facts, cut at the bars and filled up to `width` fields."""
    for number, line in enumerate((FACTS / name).read_text("utf-8").splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            fields = [field.strip() for field in line.split("|")]
            if width and len(fields) > width:
                raise SystemExit(f"{name} line {number}: {len(fields)} fields, at most {width}")
            yield fields + [""] * (width - len(fields))


def listed(field: str) -> list[str]:
    """The parts of a field, separated by semicolons."""
    return [part.strip() for part in field.split(";") if part.strip()]


def dated(text: str) -> tuple[str, str, str]:
    """A text with `@begin..end` after it."""
    found = DATED.fullmatch(text)
    return (found["text"].strip(), found["begin"], found["end"] or "") if found else (text, "", "")


def span(field: str) -> tuple[str, str]:
    """`begin..end`, either of them open."""
    begin, _, end = field.partition("..")
    return begin.strip(), end.strip()


def name_row(actor: str, written: str, kind: str = "name", source: str = "own", ref: str = OWN_REF) -> Row:
    """One name with its marks: `~=IS@2014..`."""
    text, begin, end = dated(written)
    strength, case = "alone", "any"
    while text[0] in "~!" or text[0] in MARKS:
        mark, text = text[0], text[1:]
        if mark in "~!":
            strength = "context" if mark == "~" else "never-alone"
        else:
            kind = MARKS[mark]
            case = "exact" if mark == "=" else case
    strength = "context" if kind == "surname" else strength
    return (actor, text, kind, "en", begin, end, strength, case, source, ref)
