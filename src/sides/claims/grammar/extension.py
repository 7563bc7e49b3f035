"""An analyst's own entries, laid over the lexicon that ships with sides: TOML in the same classes as data/lexicon."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

from sides.claims.grammar.lexicon import (
    NAMED_SLOTS,
    PREPOSITIONS,
    TIE,
    Entry,
    Lexicon,
    Office,
    by_phrase,
    entries,
    indexed,
    offices,
    words,
)
from sides.claims.grammar.own_lexicon import LexiconFile
from sides.model.errors import LexiconError

# The key that lists the words of a class: it tells verbs, idioms and adjectives apart, which all stand in [[class]].
KEYS = {"class": ("lemmas", "idioms", "adjectives"), "directed": ("nouns",), "mutual": ("nouns",), "agent": ("nouns",),
        "compound": ("heads",), "office": ("nouns", "implied")}
DEFAULTS = {"directed": {"source": "own|by|from"}, "mutual": {"target": "with"},
            "agent": {"target": "of|to|for|with|in"}}
NEEDS = frozenset({"infinitive", "plain", "pledge"})
# What every message about a class ends in.
REMEDY = ("Correct this class or take it out, then try it: sides lexicon try \"...\" --lexicon FILE. docs/reading.md, "
          "'Your own words', tells what a class may have.")
TIED = frozenset({"mutual"})  # where the type may be TIE


@dataclass(frozen=True, slots=True)
class Rows:
    """The entries of some files, by the part of the lexicon that they go into."""

    found: Mapping[str, list[Entry]]
    offices: Mapping[str, tuple[Office, ...]]


def extended(lexicon: Lexicon, files: Sequence[Path | LexiconFile]) -> Lexicon:
    """A lexicon with an analyst's own entries before those that it has.

    Raises `LexiconError` for a file that cannot be read or a class that makes no sense, and names both, with the line
    and what to do.
    """
    for each in files:
        file = each if isinstance(each, LexiconFile) else LexiconFile.read(each)
        table = file.table
        try:
            own = rows(file, table, lexicon)
        except LexiconError as error:
            raise LexiconError(f"{error} {REMEDY}") from error
        digest = hashlib.sha256(f"{lexicon.digest}:".encode() + file.content).hexdigest()
        lexicon = replace(laid_over(lexicon, own), digest=digest)
    return lexicon


def listed_words(file: LexiconFile) -> dict[str, list[str]]:
    """The words that a file lists, by the name of their classes.

    >>> listed_words(LexiconFile("own.toml", b'[[class]]\\ntype = "ACCUSE"\\nlemmas = "zap, zip"'))
    {'class': ['zap', 'zip']}
    """
    return {name: [word for row in classes for key in KEYS[name] if key in row for word in words(row[key])]
            for name, classes in file.table.items()}


def laid_over(lexicon: Lexicon, own: Rows) -> Lexicon:
    """A lexicon with these entries first."""
    def joined(part: str) -> Iterator[Entry]:
        return chain(own.found[part], *getattr(lexicon, part).values())

    agents = by_phrase(joined("agents"))
    posts = {noun: (*own.offices.get(noun, ()), *lexicon.offices.get(noun, ()))
             for noun in sorted({*own.offices, *lexicon.offices})}
    ends = {re.split("[ -]", phrase)[-1] for phrase in (*agents, *posts) if re.search("[ -]", phrase)}
    return replace(
        lexicon, verbs=indexed(joined("verbs")), directed=indexed(joined("directed")), mutual=indexed(joined("mutual")),
        adjectives=indexed(joined("adjectives")), agents=agents, offices=posts, ends=frozenset(ends),
        compounds={**lexicon.compounds, **{entry.words[0]: entry for entry in reversed(own.found["compounds"])}})


def rows(file: LexiconFile, table: Mapping[str, Any], lexicon: Lexicon) -> Rows:
    """The entries of one file. Raises `LexiconError` for a class that makes no sense."""
    found: dict[str, list[Entry]] = {part: [] for part in
                                     ("verbs", "directed", "mutual", "agents", "adjectives", "compounds")}
    posts: dict[str, tuple[Office, ...]] = {}
    if unknown := sorted(set(table) - set(KEYS)):
        raise LexiconError(f"{file.name} line {file.line(unknown[0], 1)}: there is no class {unknown[0]!r}; there are "
                           f"{', '.join(sorted(KEYS))}.")
    for name, classes in table.items():
        if not isinstance(classes, list) or not all(isinstance(row, dict) for row in classes):
            raise LexiconError(f"{file.name} line {file.line(name, 1)}: {name} is to be written as [[{name}]].")
        for number, row in enumerate(classes, 1):
            where = f"{file.name} line {file.line(name, number)}, [[{name}]] {number}"
            key = keyed(where, name, row)
            if name == "office":
                for noun, listed in offices_of(where, row).items():
                    posts[noun] = (*posts.get(noun, ()), *listed)
                continue
            part = {"lemmas": "verbs", "idioms": "verbs", "adjectives": "adjectives", "heads": "compounds"}.get(
                key, "agents" if name == "agent" else name)
            one = entries(where, [row], key, **DEFAULTS.get(name, {}))
            check(where, name, one, lexicon)
            found[part] += one
    return Rows(found, posts)


def keyed(where: str, name: str, row: Mapping[str, Any]) -> str:
    """The key that lists the words of a class, all of whose values are of the right sort."""
    keys = [key for key in KEYS[name] if key in row]
    if not keys or (name == "class" and len(keys) > 1):
        raise LexiconError(f"{where}: one of {', '.join(KEYS[name])} must list its words.")
    for field, value in row.items():
        sort = int if field == "sign" else bool if field == "reverse" else str
        if not isinstance(value, sort) or (sort is int and isinstance(value, bool)):
            raise LexiconError(f"{where}: {field} is {value!r}, not of the sort {sort.__name__}.")
        if field in KEYS[name] and (not str(value).strip(" ,") or value != str(value).lower()):
            raise LexiconError(f"{where}: {field} must list lemmas in lower case.")
    return keys[0]


def check(where: str, name: str, own: Sequence[Entry], lexicon: Lexicon) -> None:
    """Raise `LexiconError` where entries look in a place that there is not, or need a list that there is not."""
    parts = (lexicon.verbs, lexicon.directed, lexicon.mutual, lexicon.agents, lexicon.adjectives)
    slots = PREPOSITIONS.union(NAMED_SLOTS, ("own",), *(
        entry.source + entry.target for part in parts for listed in part.values() for entry in listed))
    for entry in own:
        if entry.type is None and name not in TIED:
            raise LexiconError(f"{where}: only a class of [[mutual]] may have the type {TIE}.")
        known = slots | {entry.words[-1]}
        if wrong := [slot for slot in entry.source + entry.target if slot not in known]:
            raise LexiconError(f"{where}: {wrong[0]!r} is no place of an actor (subj, obj, own, each, a preposition).")
        if entry.needs and entry.needs not in lexicon.objects and entry.needs not in NEEDS:
            raise LexiconError(f"{where}: there is no list {entry.needs!r} that an object could come from; there are "
                               f"{', '.join(sorted({*lexicon.objects, *NEEDS}))}.")


def offices_of(where: str, row: Mapping[str, Any]) -> dict[str, tuple[Office, ...]]:
    """The offices of a class. Raises `LexiconError` where it makes no sense."""
    if unknown := set(row) - {"relation", "kinds", "of", "preps", "nouns", "implied"}:
        raise LexiconError(f"{where}: an office may not have {sorted(unknown)}.")
    try:
        return offices([row])
    except LexiconError as error:
        raise LexiconError(f"{where}: {str(error).removeprefix('offices.toml: ')}") from error
