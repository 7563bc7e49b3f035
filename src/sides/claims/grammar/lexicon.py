"""The lexicon: which words say what of two actors, and where in the sentence the two stand. Data in `data/lexicon`."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from sides.model.actor import ActorKind
from sides.model.claim_type import ClaimType, Layer
from sides.model.errors import LexiconError

FILES = ("adjectives.toml", "aspects.toml", "carriers.toml", "control.toml", "idioms.toml", "nouns.toml",
         "objects.toml", "offices.toml", "verbs.toml")
PREPOSITIONS = frozenset({
    "about", "after", "against", "alongside", "at", "before", "behind", "between", "by", "for", "from",
    "in", "into", "of", "on", "over", "through", "to", "toward", "towards", "upon", "with"})
TIE = "TIE"  # a tie whose type comes from the words around it
NAMED_SLOTS = ("subj", "obj", "dative", "clause", "each", "objeach")


@dataclass(frozen=True, slots=True)
class Entry:
    """One word or phrase with what it says and where it finds its actors."""

    words: tuple[str, ...]  # lemmas: the trigger and the further words that depend on it
    type: ClaimType | None  # None: a tie whose type comes from the words around it
    sign: int
    layer: Layer
    source: tuple[str, ...]
    target: tuple[str, ...]
    needs: str | None = None  # name of the list in objects.toml that its object must come from
    is_reversed: bool = False  # "A depends on B": B backs A
    kinds: frozenset[ActorKind] | None = None  # what the target must be, where that decides what the word means
    file: str = field(default="", compare=False)  # where it is listed

    @property
    def phrase(self) -> str:
        """The words as they are listed.

        >>> Entry(("call", "on"), ClaimType.REQUEST, 0, Layer.GENERAL, ("subj",), ("on",)).phrase
        'call on'
        """
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Office:
    """A noun for a place in an organization, with the kinds of actor that it can join."""

    relation: ClaimType
    kinds: frozenset[ActorKind]
    of: frozenset[ActorKind]
    prepositions: tuple[str, ...]
    is_implied: bool  # an office of a state, which need not be named


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All that the grammar reader knows of words, by lemma."""

    verbs: Mapping[str, tuple[Entry, ...]]  # longest phrases first
    directed: Mapping[str, tuple[Entry, ...]]
    mutual: Mapping[str, tuple[Entry, ...]]
    agents: Mapping[str, tuple[Entry, ...]]
    adjectives: Mapping[str, tuple[Entry, ...]]
    compounds: Mapping[str, Entry]
    prefixes: Mapping[str, Entry]
    offices: Mapping[str, tuple[Office, ...]]
    tenure: Mapping[str, frozenset[str]]  # past, then, coming -> words that say when an office is held
    aspects: Mapping[str, Mapping[str, ClaimType]]  # verbs, nouns, adjectives -> lemma -> type
    carriers: Mapping[str, frozenset[str]]  # source, target, stop, light -> verbs, phrasal ones as written
    stops: Mapping[str, ClaimType]
    denied: Mapping[str, ClaimType]  # what a verb says when it is denied
    refusals: Mapping[str, frozenset[str]]  # will, until -> words that refuse, and that name a condition
    control: Mapping[str, frozenset[str]]
    objects: Mapping[str, frozenset[str]]
    opaque: frozenset[str]
    ends: frozenset[str]  # last words of the agents and offices of several words
    digest: str

    @classmethod
    def load(cls, folder: Traversable | None = None) -> Lexicon:
        """Read the lexicon that ships with sides, or another folder of the same files.

        Raises `LexiconError` for a row that makes no sense.
        """
        place = folder or files("sides") / "data" / "lexicon"
        digest = hashlib.sha256()
        tables: dict[str, dict[str, Any]] = {}
        for name in FILES:
            try:
                raw = (place / name).read_bytes()
                tables[name.removesuffix(".toml")] = tomllib.loads(raw.decode("utf-8"))
            except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
                raise LexiconError(f"{name} of the lexicon cannot be read ({error}).") from error
            digest.update(name.encode() + b"\0" + raw)
        nouns, adjectives, carriers = tables["nouns"], tables["adjectives"], tables["carriers"]
        agents = by_phrase(entries("nouns.toml", nouns["agent"], "nouns", target="of|to|for|with|in"))
        posts = offices(tables["offices"]["office"])
        return cls(
            verbs=indexed(entries("verbs.toml", tables["verbs"]["class"], "lemmas")
                          + entries("idioms.toml", tables["idioms"]["class"], "idioms")),
            directed=indexed(entries("nouns.toml", nouns["directed"], "nouns", source="own|by|from")),
            mutual=indexed(entries("nouns.toml", nouns["mutual"], "nouns", target="with")),
            agents=agents,
            adjectives=indexed(entries("adjectives.toml", adjectives["class"], "adjectives")),
            compounds={entry.words[0]: entry for entry in
                       reversed(entries("adjectives.toml", adjectives["compound"], "heads"))},
            prefixes={word: entries("adjectives.toml", [{"type": kind, "words": word}], "words")[0]
                      for word, kind in sorted(adjectives["prefix"].items())},
            offices=posts,
            tenure={when: frozenset(words(tables["offices"]["tenure"][when])) for when in ("past", "then", "coming")},
            aspects=aspects(tables["aspects"]),
            carriers={"pair noun": frozenset(words(carriers["pair"]["nouns"]))} | {
                role: frozenset(words(carriers[role]["verbs"])) for role in
                      ("pair", "source", "target", "stop", "light", "refuse", "serve", "threaten",
                       "cease")},
            stops={kind: claim_type("carriers.toml", becomes) for kind, becomes in sorted(carriers["stops"].items())},
            denied={lemma: claim_type("carriers.toml", becomes)
                    for lemma, becomes in sorted(carriers["denied"].items())},
            refusals={kind: frozenset(words(listing)) for kind, listing in sorted(carriers["refusals"].items())},
            control={kind: frozenset(words(table["verbs"])) for kind, table in sorted(tables["control"].items())},
            objects={kind: frozenset(words(table["nouns"])) for kind, table in sorted(tables["objects"].items())},
            opaque=frozenset(words(nouns["opaque"]["nouns"])),
            ends=frozenset(re.split("[ -]", phrase)[-1] for phrase in (*agents, *posts) if re.search("[ -]", phrase)),
            digest=digest.hexdigest())

    @property
    def size(self) -> dict[str, int]:
        """How many lemmas and phrases each part lists."""
        return {part: sum(len(rows) for rows in getattr(self, part).values())
                for part in ("verbs", "directed", "mutual", "agents", "adjectives", "offices")}


def lists_digest(folder: Traversable | None = None) -> str:
    """Hash of every file beside the lexicon, its own too: voices, modality, dates, frames, reasons and amounts."""
    digest = hashlib.sha256()
    for file in sorted((folder or files("sides") / "data" / "lexicon").iterdir(), key=lambda one: one.name):
        if file.name.endswith(".toml"):
            digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def words(listing: str) -> list[str]:
    """The comma-separated phrases of a listing.

    >>> words("call on,  urge")
    ['call on', 'urge']
    """
    return [" ".join(word.split()) for word in listing.split(",") if word.strip()]


def claim_type(file: str, name: str) -> ClaimType:
    """The claim type of that name. Raises `LexiconError` if there is none."""
    try:
        return ClaimType(name)
    except ValueError as error:
        raise LexiconError(f"{file}: {name!r} is not a type of claim. Types: {', '.join(ClaimType)}.") from error


def entries(file: str, classes: Iterable[Mapping[str, Any]], key: str, source: str = "subj",
            target: str | None = None) -> list[Entry]:
    """The entries of some classes of words, in the order listed. Raises `LexiconError` where a class makes no sense."""
    found = []
    for row in classes:
        unknown = set(row) - {"type", "sign", "layer", "source", "target", "needs", "reverse", "kinds", key}
        if unknown or "type" not in row or key not in row:
            raise LexiconError(f"{file}: a class must have a type and {key}, and may not have {sorted(unknown)}.")
        kind = None if row["type"] == TIE else claim_type(file, row["type"])
        sign = row.get("sign", kind.meaning.sign if kind else 0)
        if sign not in (-1, 0, 1):
            raise LexiconError(f"{file}: the sign of {row['type']} is -1, 0 or 1, not {sign!r}.")
        try:
            layer = Layer(row["layer"]) if "layer" in row else kind.meaning.layer if kind else Layer.DIPLOMATIC
        except ValueError as error:
            raise LexiconError(f"{file}: {row['layer']!r} is not a layer.") from error
        try:
            kinds = frozenset(map(ActorKind, row["kinds"].split("|"))) if "kinds" in row else None
        except ValueError as error:
            raise LexiconError(f"{file}: {row['kinds']!r} are not kinds of actors.") from error
        for phrase in words(row[key]):
            parts = tuple(phrase.split())
            aim = row.get("target") or target or (parts[-1] if len(parts) > 1 else "obj")
            if len(parts) > 1 and parts[-1] in PREPOSITIONS and parts[-1] not in aim.split("|"):
                aim = f"{parts[-1]}|{aim}"
            found.append(Entry(parts, kind, sign, layer, tuple(row.get("source", source).split("|")),
                               tuple(aim.split("|")), row.get("needs"), bool(row.get("reverse", False)), kinds, file))
    return found


def indexed(rows: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    """Entries by their first word: longest phrases first, then those that ask for something, else as listed."""
    index: dict[str, list[Entry]] = {}
    for entry in rows:
        index.setdefault(entry.words[0], []).append(entry)
    return {word: tuple(sorted(found, key=lambda entry: (-len(entry.words), not (entry.needs or entry.kinds))))
            for word, found in sorted(index.items())}


def by_phrase(rows: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    """Entries by their whole phrase, in the order listed."""
    index: dict[str, list[Entry]] = {}
    for entry in rows:
        index.setdefault(entry.phrase, []).append(entry)
    return {phrase: tuple(found) for phrase, found in sorted(index.items())}


def offices(rows: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Office, ...]]:
    """Offices by noun, in the order listed."""
    index: dict[str, list[Office]] = {}
    for row in rows:
        try:
            office = Office(claim_type("offices.toml", row["relation"]),
                            frozenset(ActorKind(kind) for kind in row["kinds"].split("|")),
                            frozenset(ActorKind(kind) for kind in row["of"].split("|")),
                            tuple(row["preps"].split("|")), False)
        except (KeyError, ValueError) as error:
            raise LexiconError(f"offices.toml: an office makes no sense ({error}).") from error
        implied = set(words(row.get("implied", "")))
        for noun in sorted({*words(row["nouns"]), *implied}):
            index.setdefault(noun, []).append(replace(office, is_implied=noun in implied))
    return {noun: tuple(found) for noun, found in sorted(index.items())}


def aspects(table: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, ClaimType]]:
    """What verbs, nouns and adjectives make of a tie; the first type that lists a word has it."""
    index: dict[str, dict[str, ClaimType]] = {"verbs": {}, "nouns": {}, "adjectives": {}}
    for name, parts in table.items():
        for part, listing in parts.items():
            if part not in index:
                raise LexiconError(f"aspects.toml: {part!r} of {name} is not verbs, nouns or adjectives.")
            for word in words(listing):
                index[part].setdefault(word, claim_type("aspects.toml", name))
    return index
