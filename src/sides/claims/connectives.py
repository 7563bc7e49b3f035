"""The connectives of a document: where it gives a reason, of which kind, and on which word the reason hangs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sides.claims.word_lists import shipped
from sides.model.claim_type import ClaimType
from sides.model.reason import ReasonKind

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

FILE = "reasons.toml"
FORMS = ("clause", "phrase", "participle")
PIECES = re.compile(r"\w+|[^\w\s]")  # the words of a phrase as the language pipeline cuts them: "last-ditch" is three


@dataclass(frozen=True, slots=True)
class Connective:
    """Words that open a reason."""

    words: tuple[str, ...]
    kind: ReasonKind
    form: str
    types: frozenset[ClaimType]  # empty: of claims of any type
    of: frozenset[str]  # empty: after any word
    not_before: tuple[tuple[str, ...], ...]
    looks_ahead: bool


@dataclass(frozen=True, slots=True)
class Connectives:
    """The words by which a text gives reasons (`data/lexicon/reasons.toml`)."""

    first: Mapping[str, tuple[Connective, ...]]  # by first word, the longest first
    verbs: Mapping[str, Mapping[str, frozenset[str]]]  # by kind, then by what they make of their subject
    remaining: Mapping[str, frozenset[str]]
    nouns: Mapping[str, ReasonKind]
    wanted: frozenset[str]  # "at Turkey's request"
    prepositions: frozenset[str]
    openings: Mapping[tuple[str, ...], ReasonKind]
    conclusions: Mapping[tuple[str, ...], ReasonKind]
    to: Mapping[str, frozenset[str]]
    lengths: frozenset[str]  # of time: "years after" tells when

    @classmethod
    @cache
    def load(cls) -> Connectives:
        """The words that ship with the package. Read once; never changed. Raises `LexiconError` for a bad row."""
        return shipped(FILE, cls.of_table)

    @classmethod
    def of_table(cls, data: Mapping[str, Any]) -> Connectives:
        """The words of a table in the layout of the file."""
        first: dict[str, list[Connective]] = {}
        for row in data["connective"]:
            for one in _rows(row):
                first.setdefault(one.words[0], []).append(one)
        return cls(
            first={word: tuple(sorted(found, key=lambda one: -len(one.words)))
                   for word, found in sorted(first.items())},
            verbs={kind: {part: frozenset(listed(words)) for part, words in table.items()}
                   for kind, table in sorted(data["verbs"].items()) if ReasonKind(kind)},
            remaining={part: frozenset(listed(words)) for part, words in data["remaining"].items()},
            nouns={word: ReasonKind(kind) for kind, words in sorted(data["nouns"].items()) for word in listed(words)},
            wanted=frozenset(listed(data["wanted"]["nouns"])),
            prepositions=frozenset(listed(data["of"]["prepositions"])),
            openings=_by_words(data["openings"]), conclusions=_by_words(data["conclusions"]),
            to={part: frozenset(listed(words)) for part, words in data["to"].items()},
            lengths=frozenset(listed(data["lengths"]["words"])))

    def within(self, sentence: Span) -> Iterator[tuple[Connective, int]]:
        """Each connective of a sentence with the index of its first word; of several at one word, the longest first."""
        doc = sentence.doc
        for token in sentence:
            for one in self.first.get(token.lower_, ()):
                if opens(doc, token.i, one.words) and not any(
                        opens(doc, token.i + len(one.words), words) for words in one.not_before):
                    yield one, token.i

    def opening(self, sentence: Span, table: Mapping[tuple[str, ...], ReasonKind]) -> tuple[ReasonKind, int] | None:
        """The kind that the first words of a sentence give, and the index behind them."""
        begin = next((token.i for token in sentence if not (token.is_space or token.is_punct)), sentence.start)
        for words, kind in table.items():
            if opens(sentence.doc, begin, words):
                return kind, begin + len(words)
        return None


def opens(doc: Doc, place: int, words: tuple[str, ...]) -> bool:
    """Whether these words stand at a place of the text."""
    return place + len(words) <= len(doc) and all(
        doc[place + step].lower_ == word for step, word in enumerate(words))


def listed(words: str) -> list[str]:
    """The members of a list in the file.

    >>> listed("owing to, because")
    ['owing to', 'because']
    """
    return [word for word in re.split(r"\s*,\s*", words.strip()) if word]


def _rows(row: Mapping[str, Any]) -> Iterable[Connective]:
    if row["form"] not in FORMS:
        raise ValueError(f"form {row['form']!r} is none of {', '.join(FORMS)}")
    unknown = sorted(set(row) - {"kind", "form", "words", "types", "of", "not_before", "lookahead"})
    if unknown:
        raise ValueError(f"{unknown[0]!r} is no column")
    kind, types = ReasonKind(row["kind"]), frozenset(ClaimType(one) for one in listed(row.get("types", "")))
    of = frozenset(listed(row.get("of", "")))
    not_before = tuple(tuple(words.split()) for words in listed(row.get("not_before", "")))
    for words in listed(row["words"]):
        yield Connective(tuple(PIECES.findall(words)), kind, row["form"], types, of, not_before,
                         row.get("lookahead", False))


def _by_words(table: Mapping[str, str]) -> dict[tuple[str, ...], ReasonKind]:
    found = {tuple(words.split()): ReasonKind(kind) for kind, listing in sorted(table.items())
             for words in listed(listing)}
    return dict(sorted(found.items(), key=lambda item: (-len(item[0]), item[0])))
