"""Texts whose coreference somebody annotated, and what their annotation says of each reading of a word.

Three kinds: folders of articles like those that `benchmarks/resolution.py` measures on; the Georgetown University
Multilayer corpus (GUM), of whose genres only those are read whose texts are under CC BY; and the GAP corpus of
pronouns between two names (Apache-2.0). The latter two are read from bare git repositories.
"""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from resolution import SET_ASIDE, cases, mapped
from sides.actors.ranker import Reading
from sides.actors.resolver import Resolver
from sides.model.dates import PartialDate
from sides.model.document import Document
from sides.parsing.pipeline import Parsed

Parse = Callable[[Document], Parsed]
# Genres of GUM whose texts are under CC BY (its LICENSE.txt); all of its annotation is.
GUM_GENRES = ("news", "interview", "academic", "court")
GAP_FILES = ("gap-development.tsv", "gap-test.tsv", "gap-validation.tsv")
UNDATED = PartialDate.parse("2015")
PERSONAL = frozenset(("he", "him", "his", "himself", "she", "her", "hers", "herself"))
Span = tuple[int, int]


class Judge(Protocol):
    """What an annotation says of the readings of a word."""

    def right(self, parsed: Parsed, token: int, readings: Sequence[Reading]) -> list[bool] | None:
        """Which readings of a token are right, at least one; or nothing, where the annotation does not tell."""

    def is_annotated(self, parsed: Parsed, token: int) -> bool:
        """Whether the annotation gives the token an actor."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text, the fold that it is left out with, its judge, and how much each of its words counts."""

    key: str
    fold: str
    parsed: Parsed
    judge: Judge
    weight: float


def only_none(readings: Sequence[Reading]) -> list[bool]:
    """The judgement that a word stands for no actor."""
    return [not reading.actors for reading in readings]


@dataclass(frozen=True, slots=True)
class MentionJudge:
    """Judges by annotated mentions of actors: what is annotated for no actor stands for nobody."""

    golds: dict[Span, frozenset[str]]
    actors: dict[str, str]  # ours as the annotation's

    def gold(self, parsed: Parsed, token: int) -> frozenset[str]:
        """Whom the annotation has at a token: at just this one, or for nouns in the shortest phrase that it ends."""
        begin, end = parsed.doc[token].idx, parsed.doc[token].idx + len(parsed.doc[token])
        if (begin, end) in self.golds or parsed.doc[token].pos_ == "PRON":
            return self.golds.get((begin, end), frozenset())
        around = [span for span in self.golds if span[0] <= begin and span[1] == end]
        return self.golds[max(around)] if around else frozenset()

    def _annotated(self, actor: str) -> str | None:
        """An actor as the annotation has it: itself, or whose organ it is."""
        if actor in self.actors:
            return self.actors[actor]
        owner = max((known for known in self.actors if actor.startswith(f"{known}-")), key=len, default=None)
        return self.actors[owner] if owner is not None else None

    def is_annotated(self, parsed: Parsed, token: int) -> bool:
        """Whether the annotation gives the token an actor."""
        return bool(self.gold(parsed, token))

    def right(self, parsed: Parsed, token: int, readings: Sequence[Reading]) -> list[bool] | None:
        """The readings whose actors are those annotated here.

        Whom "he" and "his" stand for is often left unmarked, and so is "its" in "its government", which is marked.
        """
        gold = self.gold(parsed, token)
        at = parsed.doc[token].idx
        if not gold and (parsed.doc[token].lower_ in PERSONAL or (
                parsed.doc[token].dep_ == "poss" and any(begin <= at < end for begin, end in self.golds))):
            return None
        found = [bool(gold) and bool(reading.actors)
                 and {self._annotated(actor) for actor in reading.actors} == gold for reading in readings]
        return found if any(found) else only_none(readings)


def articles(folder: Path, unseen: str, resolver: Resolver, parse: Parse) -> Iterator[Annotated]:
    """The articles of a folder, without those set aside and those whose key begins with a letter of `unseen`."""
    for case in cases(folder):
        if case.key in SET_ASIDE or case.key[0] in unseen:
            continue
        parsed = parse(case.document)
        golds: dict[Span, set[str]] = defaultdict(set)
        for gold in case.mentions:
            golds[(gold.begin, gold.end)].add(gold.actor)
        ours = mapped(case, resolver.resolve(parsed))
        judge = MentionJudge({span: frozenset(actors) for span, actors in golds.items()}, ours)
        yield Annotated(case.key, case.key[0], parsed, judge, 1.0)


@dataclass(frozen=True, slots=True)
class ClusterJudge:
    """Judges by annotated clusters of mentions of anything."""

    mentions: tuple[tuple[int, int, str], ...]  # begin, end and cluster

    def _cluster(self, parsed: Parsed, begin: int, end: int) -> str | None:
        first, last = parsed.doc[begin].idx, parsed.doc[end - 1].idx + len(parsed.doc[end - 1])
        around = [mention for mention in self.mentions if mention[0] <= first and last <= mention[1]]
        return min(around, key=lambda mention: (mention[1] - mention[0], mention))[2] if around else None

    def _own(self, parsed: Parsed, token: int) -> str | None:
        begin, end = parsed.doc[token].idx, parsed.doc[token].idx + len(parsed.doc[token])
        if parsed.doc[token].pos_ == "PRON":
            return next((mention[2] for mention in self.mentions if mention[:2] == (begin, end)), None)
        return self._cluster(parsed, token, token + 1)

    def is_annotated(self, parsed: Parsed, token: int) -> bool:
        """Whether the token is in a cluster."""
        return self._own(parsed, token) is not None

    def right(self, parsed: Parsed, token: int, readings: Sequence[Reading]) -> list[bool] | None:
        """The readings that point at a mention of the same cluster."""
        if not any(reading.head >= 0 for reading in readings):
            return None
        own = self._own(parsed, token)
        found = [own is not None and reading.head >= 0
                 and self._cluster(parsed, reading.begin, reading.end) == own for reading in readings]
        return found if any(found) else [reading.head < 0 and not reading.actors for reading in readings]


def gum(repository: Path, parse: Parse) -> Iterator[Annotated]:
    """The texts of GUM under CC BY."""
    names = git(repository, "ls-tree", "--name-only", "HEAD:dep").split()
    for name in sorted(names):
        parts = name.split("_")
        if parts[0] != "GUM" or parts[1] not in GUM_GENRES:
            continue
        text, mentions = conllu(git(repository, "show", f"HEAD:dep/{name}"))
        yield Annotated(name, "gum", parse(undated(text, name)), ClusterJudge(tuple(mentions)), 0.2)


def conllu(source: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text of a CoNLL-U file and its clusters of mentions, from the brackets of its last column.

    >>> conllu("1\\tIran\\t_\\t_\\t_\\t_\\t_\\t_\\t_\\tEntity=(1-place-new)|SpaceAfter=No\\n"
    ...        "2\\t.\\t_\\t_\\t_\\t_\\t_\\t_\\t_\\t_\\n")
    ('Iran. ', [(0, 4, '1')])
    """
    text, found = "", []
    opened: dict[str, list[int]] = defaultdict(list)
    for line in source.splitlines():
        if line.startswith("# newpar") and text and not line.startswith("# newpar_"):
            text = text.rstrip() + "\n\n"
        columns = line.split("\t")
        if line.startswith("#") or len(columns) != 10 or not columns[0].isdigit():
            continue
        begin = len(text)
        text += columns[1]
        fields = dict(field.split("=", 1) for field in columns[9].split("|") if "=" in field)
        for sign, name in brackets(fields.get("Entity", "")):
            if sign == "(":
                opened[name].append(begin)
            elif opened[name]:
                found.append((opened[name].pop(), len(text), name))
        text += "" if fields.get("SpaceAfter") == "No" else " "
    return text, sorted(found)


def brackets(entity: str) -> Iterator[tuple[str, str]]:
    """The brackets that open and close at a token, with the cluster of each.

    >>> list(brackets("(1-event-new(2-person-new)3)"))
    [('(', '1'), ('(', '2'), (')', '2'), (')', '3')]
    """
    at = 0
    while at < len(entity):
        if entity[at] == "(":
            stop = min(place for place in (entity.find("(", at + 1), entity.find(")", at + 1), len(entity))
                       if place > 0)
            name = entity[at + 1:stop].split("-")[0]
            yield "(", name
            if entity[stop:stop + 1] == ")":
                yield ")", name
                stop += 1
        else:
            stop = entity.index(")", at) + 1
            yield ")", entity[at:stop - 1]
        at = stop


@dataclass(frozen=True, slots=True)
class NamesJudge:
    """Judges one pronoun by two names: one of them is right, or neither is."""

    pronoun: int
    names: tuple[tuple[Span, bool], ...]

    def is_annotated(self, parsed: Parsed, token: int) -> bool:
        """Whether this is the pronoun, and one of the names is right."""
        return parsed.doc[token].idx == self.pronoun and any(is_right for _, is_right in self.names)

    def right(self, parsed: Parsed, token: int, readings: Sequence[Reading]) -> list[bool] | None:
        """The readings whose actors are those of the right name; or all but those of the two names."""
        if parsed.doc[token].idx != self.pronoun:
            return None
        by_name = []
        for (begin, end), is_right in self.names:
            actors = {reading.actors for reading in readings if reading.actors and reading.begin >= 0
                      and parsed.doc[reading.begin].idx < end
                      and begin < parsed.doc[reading.end - 1].idx + len(parsed.doc[reading.end - 1])}
            by_name.append((actors, is_right))
        rights = [actors for actors, is_right in by_name if is_right]
        if rights:
            found = [reading.actors in rights[0] for reading in readings]
            return found if any(found) else None
        wrong = {actors for found, _ in by_name for actors in found}
        return [reading.actors not in wrong for reading in readings]


def gap(repository: Path, parse: Parse) -> Iterator[Annotated]:
    """The snippets of GAP."""
    for name in GAP_FILES:
        for row in csv.DictReader(io.StringIO(git(repository, "show", f"HEAD:{name}")), delimiter="\t",
                                  quoting=csv.QUOTE_NONE):
            names = tuple(((int(row[f"{one}-offset"]), int(row[f"{one}-offset"]) + len(row[one])),
                           row[f"{one}-coref"].lower() == "true") for one in ("A", "B"))
            yield Annotated(row["ID"], "gap", parse(undated(row["Text"], row["ID"])),
                            NamesJudge(int(row["Pronoun-offset"]), names), 0.1)


def undated(text: str, name: str) -> Document:
    """A document of a corpus that gives no dates."""
    return Document(text=text, name=name, published=UNDATED, published_from="option")


def git(repository: Path, *arguments: str) -> str:
    """What git says of a bare repository."""
    return subprocess.run(["git", "-C", str(repository), *arguments], check=True, capture_output=True,
                          text=True).stdout
