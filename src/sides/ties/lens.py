"""A lens: whose word counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, fields

from sides.ledger.values import StoredDocument
from sides.model.claim import Claim
from sides.model.errors import LensError

# What a document is counted under that names no outlet, author or language.
UNNAMED = "unnamed"
# A comma that no backslash makes part of a value.
BETWEEN = re.compile(r"(?<!\\),")


@dataclass(frozen=True, slots=True)
class Lens:
    """A choice of voices: a claim counts if it meets each of the conditions that are given (`None`: any).

    >>> str(Lens.parse("outlet=The Gazette,language=en"))
    'language=en,outlet=The Gazette'
    """

    outlets: frozenset[str] | None = None  # of the document or of a copy of it
    authors: frozenset[str] | None = None
    speakers: frozenset[str] | None = None  # "author", an actor's id, or the words of the text
    sides: frozenset[str] | None = None  # of the speaker: the actor that it speaks for at the claim's date
    languages: frozenset[str] | None = None
    formats: frozenset[str] | None = None  # kind of document: "text", "html", "pdf"...

    @classmethod
    def of(cls, **choices: Collection[str] | None) -> Lens:
        """From any collections of names."""
        return cls(**{name: None if chosen is None else frozenset(chosen) for name, chosen in choices.items()})

    @classmethod
    def parse(cls, text: str) -> Lens:
        """Read `key=value,key=value`; values of one key add up, a comma in a value is written `\\,`.

        Raises `LensError`.
        """
        chosen: dict[str, set[str]] = {}
        for part in BETWEEN.split(text):
            key, equals, value = (piece.strip() for piece in part.partition("="))
            if f"{key}s" not in KEYS or not equals or not value:
                raise LensError(f"{part.strip()!r} is no lens. Write one as "
                                f"{', '.join(f'{name[:-1]}=...' for name in KEYS)}, several with commas between them.")
            chosen.setdefault(f"{key}s", set()).add(value.replace("\\,", ","))
        return cls.of(**chosen)

    def __str__(self) -> str:
        parts = [name[:-1] + "=" + value.replace(",", "\\,") for name in KEYS
                 for value in getattr(self, name) or ()]
        return ",".join(sorted(parts)) or "all"

    @property
    def is_open(self) -> bool:
        """Whether everybody's word counts."""
        return all(getattr(self, name) is None for name in KEYS)

    def accepts(self, claim: Claim, document: StoredDocument, side: Callable[[Claim], str]) -> bool:
        """Whether a claim counts; `side` tells for whom its speaker speaks."""
        return (self.takes(document.outlets, document.author, document.language, document.format)
                and (self.speakers is None or claim.speaker in self.speakers)
                and (self.sides is None or side(claim) in self.sides))

    def takes(self, outlets: Collection[str], author: str | None, language: str | None, form: str) -> bool:
        """Whether what a document says counts, whoever says it there."""
        named = ((self.outlets, outlets or (UNNAMED,)), (self.authors, (author or UNNAMED,)),
                 (self.languages, (language or UNNAMED,)), (self.formats, (form,)))
        return all(chosen is None or not chosen.isdisjoint(names) for chosen, names in named)


KEYS = tuple(one.name for one in fields(Lens))
OPEN = Lens()
