"""Numbers in a text and the signs and words of measure right beside them: "some $3.5bn", "ten to 15 percent"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sides.claims.connectives import listed
from sides.claims.word_lists import shipped
from sides.model.amount import AmountKind

FILE = "amounts.toml"
FIRST_YEAR, LAST_YEAR = 1000, 2100
LARGEST = 1e18  # what is larger is no amount that anybody tells
DIGITS = r"\d{1,3}(?:[,\u00a0\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a sentence, and what stands beside it. Offsets are those of the sentence."""

    begin: int
    end: int
    number_begin: int
    number_end: int
    low: float | None
    high: float | None
    kind: AmountKind | None  # None: what is counted has to be asked of the parse
    unit: str
    may_be_year: bool


@dataclass(frozen=True, slots=True)
class Quantities:
    """The words of amounts (`data/lexicon/amounts.toml`)."""

    pattern: re.Pattern[str]
    numbers: Mapping[str, float]
    magnitudes: Mapping[str, float]
    plurals: Mapping[str, float]
    vague: Mapping[str, float]
    bounds: Mapping[str, str]  # words before a number, and whether they make it the lowest, the highest, or about right
    after: Mapping[str, str]
    signs: Mapping[str, str]
    codes: frozenset[str]
    currencies: Mapping[str, Mapping[str, str]]  # by word, then by what stands before it; "*" for nothing
    kinds: Mapping[str, AmountKind]
    never: frozenset[str]
    never_before: frozenset[str]
    months: frozenset[str]
    of_people: frozenset[str]

    @classmethod
    @cache
    def load(cls) -> Quantities:
        """The words that ship with the package. Read once; never changed. Raises `LexiconError` for a bad row."""
        return shipped(FILE, cls.of_table)

    @classmethod
    def of_table(cls, data: Mapping[str, Any]) -> Quantities:
        """The words of a table in the layout of the file."""
        currencies: dict[str, dict[str, str]] = {}
        for name, row in data["currency"].items():
            own = {before: code for before, code in row.items() if before != "words"}
            for word in listed(row["words"]):
                currencies[word] = {"unit": _singular(word) if name == "old" else name, **own}
        kinds = {word: kind for kind in (AmountKind.GOODS, AmountKind.ARMS, AmountKind.PEOPLE)
                 for word in listed(data[kind.value]["nouns"])}
        return cls(
            pattern=_pattern(data, currencies), numbers=data["numbers"], magnitudes=data["magnitudes"],
            plurals=data["plurals"], vague=data["vague"], bounds=_by_word(data["bounds"]),
            after=_by_word(data["after"]), signs=data["signs"],
            codes=frozenset(listed(data["codes"]["iso"])), currencies=currencies, kinds=kinds,
            never=frozenset(listed(data["never"]["nouns"])), never_before=frozenset(listed(data["never"]["before"])),
            months=frozenset(listed(data["never"]["months"])), of_people=frozenset(listed(data["of_people"]["verbs"])))

    def within(self, text: str) -> Iterator[Quantity]:
        """The quantities of a sentence, by place."""
        for match in self.pattern.finditer(text):
            quantity = self._quantity(match)
            if quantity is not None:
                yield quantity

    def _quantity(self, match: re.Match[str]) -> Quantity | None:
        first, second = match["one"], match["two"]
        low, high, scale = self.value(first)
        if low is None:
            return None
        if second is not None:
            other_low, other_high, other_scale = self.value(second)
            if other_low is None:
                return None
            if scale == 1 and other_scale > 1:  # "10 to 15 million"
                low *= other_scale
            high = other_high
            if high is not None and high < low:
                return None
        kind, unit = self._unit(match)
        low, high = self._bounded(match, low, high)
        may_be_year = all(map(_is_year, (first, second or first)))
        if may_be_year and match["money"] and match["money"][0].isupper():
            return None
        opened = [place for part in ("bound", "sign", "code", "one") if (place := match.start(part)) >= 0]
        begin = match.start() if second is not None else min(opened)
        return Quantity(begin, match.end(), match.start("one"), match.end("two") if second else match.end("one"), low,
                        high, kind, unit, may_be_year)

    def _bounded(self, match: re.Match[str], low: float | None,
                 high: float | None) -> tuple[float | None, float | None]:
        """The numbers under the words around them: "at least", "up to", "or more"."""
        bound = self.bounds.get(_plain(match["bound"])) if match["bound"] else None
        bound = bound or (self.after.get(_plain(match["after"])) if match["after"] else None)
        if match["two"] is not None or high is None:
            return low, high
        return (low, None) if bound == "low" else (None, high) if bound == "high" else (low, high)

    def _unit(self, match: re.Match[str]) -> tuple[AmountKind | None, str]:
        if match["share"]:
            return AmountKind.SHARE, "percent"
        if match["sign"]:
            return AmountKind.MONEY, self.signs[match["sign"]]
        if code := match["code"] or match["code_after"]:
            return AmountKind.MONEY, "CNY" if code == "RMB" else code
        if match["money"]:
            row = self.currencies[_plain(match["money"])]
            of = _plain(match["whose"] or "")
            return AmountKind.MONEY, row.get(of) or row.get("*") or row["unit"]
        return None, ""

    def value(self, words: str) -> tuple[float | None, float | None, float]:
        """The lowest and highest number that some words say, and the magnitude that they end in.

        >>> Quantities.load().value("3.5bn"), Quantities.load().value("dozens")
        ((3500000000.0, 3500000000.0, 1000000000.0), (24.0, None, 12.0))
        """
        plain = _plain(words).replace("-", " ")
        pieces = re.findall(r"\d[\d,\u00a0\u202f]*(?:\.\d+)?|[a-z]+", plain)
        total, current, scale = 0.0, 0.0, 1.0
        is_open = False
        for place, piece in enumerate(pieces):
            if piece[0].isdigit():
                current = float(re.sub(r"[,\u00a0\u202f]", "", piece))
            elif piece in self.plurals:
                scale *= self.plurals[piece]
                current = (current or (1 if place and is_open else 2)) * self.plurals[piece]
                is_open = True
            elif piece in self.vague:
                current, is_open = self.vague[piece], True
                if piece == "couple":
                    is_open = False
            elif piece == "half":
                current += 0.5
            elif piece in self.numbers:
                current += self.numbers[piece]
            elif piece in self.magnitudes:
                size = self.magnitudes[piece]
                scale = size if size > 1 else scale
                current = (current or 1) * size
                if size >= 1000 and piece != "score":
                    total, current = total + current, 0.0
            elif piece not in {"a", "an", "and", "of", "quarter"}:
                return None, None, 1.0
        total += current
        return (total, None if is_open else total, float(scale)) if 0 < total < LARGEST else (None, None, 1.0)


def _is_year(number: str) -> bool:
    return len(number) == 4 and number.isdigit() and FIRST_YEAR <= int(number) <= LAST_YEAR


def _plain(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip().lower()


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 4 else word


def _by_word(table: Mapping[str, str]) -> dict[str, str]:
    return {word: bound for bound, words in table.items() for word in listed(words)}


def _any(words: Iterable[str]) -> str:
    """The words as one alternative, the longest first, with any white space between their parts."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s+")
                    for word in sorted(words, key=lambda word: (-len(word), word)))


def _pattern(data: Mapping[str, Any], currencies: Mapping[str, Mapping[str, str]]) -> re.Pattern[str]:
    numbers, magnitudes = _any(data["numbers"]), _any(data["magnitudes"])
    plurals, vague = _any(data["plurals"]), _any(data["vague"])
    hundreds = r"(?:hundred|thousand|dozen|million|billion|trillion|score)"
    spelled = rf"(?:{numbers})(?:(?:-|\s+)(?:and\s+)?(?:{numbers}|{hundreds}))*"
    quantity = (rf"(?:{DIGITS})(?:[\s-]?(?:{magnitudes})\b)?"
                rf"|\b(?:{plurals})(?:\s+of\s+(?:{plurals}))*\b"
                rf"|\b(?:a\s+)?(?:{vague})\s+(?:of\s+)?{hundreds}(?:\s+{hundreds})*\b"
                rf"|\b(?:half\s+an?\s+|an?\s+(?:half\s+)?){hundreds}(?:\s+and\s+a\s+half)?(?:\s+{hundreds})*\b"
                rf"|\b{spelled}\b")
    bounds = _any(word for words in data["bounds"].values() for word in listed(words))
    after = _any(word for words in data["after"].values() for word in listed(words))
    whose = _any({before for row in currencies.values() for before in row if before not in {"*", "unit"}})
    return re.compile(
        rf"(?P<bound>(?<!\w)(?:{bounds})\s+)?(?:(?P<between>\bbetween\s+)|\bfrom\s+)?"
        rf"(?:(?<!\w)(?P<sign>(?-i:{_any(data['signs'])}))\s?|\b(?P<code>(?-i:{_any(listed(data['codes']['iso']))}))\s?)?"
        rf"(?<![\w.,:/-])(?P<one>{quantity})"
        rf"(?:(?:\s?[-–]\s?|\s+to\s+|(?(between)\s+and\s+|(?!))|\s+or\s+)(?:{_any(data['signs'])})?(?P<two>{quantity}))?"
        rf"(?![\w])"
        rf"(?:\s?(?P<share>{_any(listed(data['share']['signs']))}|(?:{_any(listed(data['share']['words']))})\b)"
        rf"|\s(?P<code_after>(?-i:{_any(listed(data['codes']['iso']))}))\b"
        rf"|[\s-](?:of\s+)?(?:(?:in|worth\s+of)\s+)?(?:(?P<whose>{whose})\s+)?(?P<money>{_any(currencies)})\b)?"
        rf"(?P<after>\s+(?:{after})\b)?", re.IGNORECASE)
