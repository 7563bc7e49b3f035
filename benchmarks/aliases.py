"""How well the aliases of annotated actors are resolved wherever they stand in the seed articles.

    python benchmarks/aliases.py SHARED [--errors]

`SHARED` holds `seeds` (texts and `documents.json`) and `gold/actors.jsonl`. An occurrence is an alias at word
boundaries, written as in the list, the longest first and none inside another. What counts:

- An alias that holds a name or is one: a word with a capital, "The" and "Various" apart. Bare nouns ("the movement",
  "these regimes") stand for whatever their sentence is about, and the list does not say where: they are counted apart.
- Not what is headed by an event or a thing ("the Syrian revolution", "the Palestinian cause"): no actor.
- Not a capital after a preposition of place ("in Damascus"): there it is a city.
- Not a name right before another capitalised word that is no name of the list: a piece of a longer name ("Israel
  Broadcasting Authority").

The answer is the actor of the mention that holds the word which heads the occurrence. It is right if it is the
annotated actor: the same id, a name in common, or a part of it. Precision: right of those answered; recall: of all.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Token

from sides.actors.names import fold
from sides.actors.registry import Head, NameType, Registry
from sides.actors.resolution import Resolution
from sides.actors.resolver import Resolver
from sides.model.actor import Actor
from sides.model.dates import PartialDate
from sides.model.document import Document
from sides.parsing.pipeline import Parsed, Parser

OPENINGS = ("The", "Various")
PARTICIPLE = re.compile(r"-[a-z]+$")  # "US-brokered"
NOBODY = Head("", "")
PLACE_BEFORE = re.compile(r"\b(?:in|at|from|near|outside|inside|around|to|towards?|into|via|through|of|for)\s+$", re.I)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An alias in a text, and whose it is."""

    begin: int
    end: int
    text: str
    actor: str


@dataclass(frozen=True, slots=True)
class Gold:
    """An annotated actor."""

    actor: str
    aliases: tuple[str, ...]

    def is_(self, actor: Actor, registry: Registry) -> bool:
        """Whether an actor of ours is this one."""
        own = {fold(self.actor.replace("-", " ")),
               *(fold(alias).removeprefix("the ") for alias in self.aliases if is_name(alias))}
        names = {fold(actor.id.replace("-", " ")), fold(actor.name), *(fold(name) for name in actor.names)}
        return actor.id == self.actor or bool(own & names)


def is_name(alias: str) -> bool:
    """Whether an alias holds a name: a word with a capital that is not just the opening of a sentence.

    >>> is_name("Hamas officials"), is_name("The armed resistance movement"), is_name("Various opposition elements")
    (True, False, False)
    """
    return any(word != word.lower() for word in re.findall(r"[^\W_]+", alias) if word not in OPENINGS)


def golds(path: Path) -> list[Gold]:
    """The annotated actors, each with its name among the aliases."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Gold(row["id"], tuple(dict.fromkeys((row["name"], *row["aliases"])))) for row in rows]


def occurrences(text: str, actors: list[Gold]) -> list[Occurrence]:
    """All aliases in a text, the longest first, none inside another, in the order of the text."""
    taken = [False] * len(text)
    found = []
    aliases = sorted({(PARTICIPLE.sub("", alias.strip("“”‘’,. ")), actor.actor)
                      for actor in actors for alias in actor.aliases},
                     key=lambda pair: (-len(pair[0]), pair))
    for alias, actor in aliases:
        for match in re.finditer(rf"(?<![^\W_]){re.escape(alias)}(?![^\W_])", text):
            if not any(taken[match.start():match.end()]):
                taken[match.start():match.end()] = [True] * len(alias)
                found.append(Occurrence(match.start(), match.end(), alias, actor))
    return sorted(found, key=lambda one: one.begin)


def answer(parsed: Parsed, resolution: Resolution, occurrence: Occurrence) -> list[Actor]:
    """The actors that the occurrence stands for: those of the mentions that hold its head."""
    tokens = [token for token in tokens_of(parsed, occurrence) if not token.is_punct]
    prepositions = [token.i for token in tokens if token.dep_ == "prep" and token.i > tokens[0].i]
    first = [token for token in tokens if token.i < min(prepositions, default=tokens[-1].i + 1)]
    inner = {token.i for token in first}
    root = [token for token in first if token.head.i not in inner or token.head == token][-1]
    here = list(resolution.heads.get(root.i, ())) or [
        mention for mention in resolution.mentions if mention.begin_char <= root.idx < mention.end_char]
    actors = [resolution.actor(mention.actor) for mention in here]
    return [actor for actor in actors if actor is not None]


def lemma(parsed: Parsed, occurrence: Occurrence) -> str:
    """The lemma of the last word of an occurrence."""
    return str(tokens_of(parsed, occurrence)[-1].lemma_).lower()


def tokens_of(parsed: Parsed, occurrence: Occurrence) -> list[Token]:
    """The tokens of an occurrence."""
    return [token for token in parsed.doc if token.idx < occurrence.end and occurrence.begin < token.idx + len(token)]


def is_piece(text: str, occurrence: Occurrence, found: list[Occurrence]) -> bool:
    """Whether the name goes on after the occurrence: a capitalised word that begins no other occurrence."""
    after = re.match(r" (?=[A-Z])", text[occurrence.end:])
    return after is not None and all(other.begin != occurrence.end + 1 for other in found)


def capitals(registry: Registry) -> frozenset[str]:
    """The folded names of capitals."""
    return frozenset(fold(name.text) for state in registry.states() for name in registry.names_of(state)
                     if name.type is NameType.CAPITAL)


def documents(shared: Path) -> Iterator[Document]:
    """The seed articles."""
    for entry in json.loads((shared / "seeds" / "documents.json").read_text(encoding="utf-8")):
        yield Document(text=(shared / "seeds" / entry["file"]).read_text(encoding="utf-8"), name=entry["file"],
                       published=PartialDate.parse(entry["published"]), published_from="sidecar", key=entry["key"])


def measure(shared: Path) -> tuple[Counter[str], list[str]]:
    """Counts of `right`, `wrong`, `unanswered` for names and `noun-...` for bare nouns; and what was not right."""
    registry = Registry.load()
    parser, resolver = Parser.load(), Resolver(registry)
    listed = golds(shared / "gold" / "actors.jsonl")
    by_id = {gold.actor: gold for gold in listed}
    cities = capitals(registry)
    counts: Counter[str] = Counter()
    errors: list[str] = []
    for document in documents(shared):
        parsed = next(iter(parser.parse([document])))
        resolution = resolver.resolve(parsed)
        found = occurrences(document.text, listed)
        for one in found:
            before = document.text[max(0, one.begin - 12):one.begin]
            if registry.heads().get(lemma(parsed, one), NOBODY).treatment == "not-actor":
                counts["event"] += 1
                continue
            if is_piece(document.text, one, found):
                counts["piece"] += 1
                continue
            if fold(one.text) in cities and PLACE_BEFORE.search(before):
                counts["place"] += 1
                continue
            actors = answer(parsed, resolution, one)
            wider = [parent for actor in actors if actor.parent and (parent := registry.get(actor.parent)) is not None]
            is_right = any(by_id[one.actor].is_(actor, registry) for actor in (*actors, *wider))
            verdict = "right" if is_right else "wrong" if actors else "unanswered"
            kind = "" if is_name(one.text) else "noun-"
            counts[kind + verdict] += 1
            if not is_right:
                around = document.text[max(0, one.begin - 60):one.begin], document.text[one.end:one.end + 40]
                errors.append(f"{document.key} {kind}{verdict} {one.actor} {[actor.id for actor in actors]}: "
                              + f"{around[0]}[[{one.text}]]{around[1]}".replace("\n", " "))
    return counts, errors


def shares(counts: Counter[str], kind: str = "") -> tuple[float, float]:
    """Precision and recall."""
    right, wrong, missed = (counts[kind + verdict] for verdict in ("right", "wrong", "unanswered"))
    return right / max(1, right + wrong), right / max(1, right + wrong + missed)


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("shared", type=Path)
    arguments.add_argument("--errors", action="store_true", help="list what is not right")
    given = arguments.parse_args()
    counts, errors = measure(given.shared)
    if given.errors:
        print("\n".join(errors))
    for kind, label in (("", "names and phrases on a name"), ("noun-", "bare nouns")):
        precision, recall = shares(counts, kind)
        print(f"{label}: precision {precision:.3f}, recall {recall:.3f} "
              f"(right {counts[kind + 'right']}, wrong {counts[kind + 'wrong']}, "
              f"unanswered {counts[kind + 'unanswered']})")
    print(f"not counted: capitals as places {counts['place']}, events and things {counts['event']}, "
          f"pieces of longer names {counts['piece']}")


if __name__ == "__main__":
    main()
