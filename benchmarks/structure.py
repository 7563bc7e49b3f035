"""How well texts are read for who belongs where, against articles annotated by hand.

    python benchmarks/structure.py SHARED [--set-aside] [--errors TYPE]

SHARED holds `seeds`, `gold` and `data/reading`. Who belongs where is annotated once for a document, so that a claim is
right if the document's annotation has one of the same two actors (`pair`), and of the same type (`typed`), whatever
sentence they quote. `also true`: a person who leads is an official as well, and an envoy represents. Of the right
pairs: how often the year of start and end agree, and how often an end is given where the annotation has one. Then the
actors that no registry knows: how often their kind is the annotated one, and how often the state or body that the text
ties them to (`country`, `parent`) is one that the annotation ties them to, directly or in steps.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from resolution import SET_ASIDE, Case, cases, gold_form, lines, mapped
from resolution import Gold as GoldMention
from sides.actors.registry import Registry
from sides.actors.resolver import Resolver
from sides.claims.mode import Mode
from sides.claims.readers import reader_of
from sides.model.actor import Actor, ActorKind
from sides.model.claim import Claim
from sides.model.claim_type import ClaimType, Kind
from sides.model.dates import PartialDate
from sides.model.document import Document
from sides.parsing.pipeline import Parser

TYPES = [kind for kind in ClaimType if kind.meaning.kind is Kind.STRUCTURE]
ALIKE = frozenset(("LEADS", "OFFICIAL_OF", "REPRESENTS"))
# What only the annotation tells apart by taste: a wing is an organ or an organization.
BODIES = frozenset(("organization", "organ", "group", "bloc"))


def seeds(shared: Path) -> Iterator[Case]:
    """The five first articles. Their annotation has no mentions: the names of its actors stand in for them."""
    entries = json.loads((shared / "seeds/documents.json").read_text(encoding="utf-8"))
    names: dict[str, set[str]] = {}
    for row in lines(shared / "gold/actors.jsonl"):
        names[row["id"]] = {row["id"].replace("-", " "), row["name"], *row["aliases"]}
    claims: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in lines(shared / "gold/claims.jsonl"):
        claims[row["doc"]].append(row)
    for entry in entries:
        text = (shared / "seeds" / entry["file"]).read_text(encoding="utf-8")
        document = Document(text=text, name=entry["file"], published=PartialDate.parse(entry["published"]),
                            published_from="sidecar", key=entry["key"])
        mentions = [GoldMention(at, at + len(name), name, actor, gold_form(name))
                    for actor in sorted(names) for name in sorted(names[actor]) if name[:1].isupper()
                    for at in places(text, name)]
        folded = {actor: {name.lower() for name in known} for actor, known in names.items()}
        yield Case(entry["key"], document, mentions, folded, {}, claims[entry["key"]])


def places(text: str, name: str) -> Iterator[int]:
    """Where a name stands in a text."""
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + 1)


class Counts:
    """Counts by type, and the mistakes of the type that is asked about."""

    def __init__(self, wanted: str | None) -> None:
        self.said: Counter[str] = Counter()
        self.right_pair: Counter[str] = Counter()
        self.right_type: Counter[str] = Counter()
        self.also_true: Counter[str] = Counter()
        self.gold: Counter[str] = Counter()
        self.found_pair: Counter[str] = Counter()
        self.found_type: Counter[str] = Counter()
        self.dates: Counter[str] = Counter()
        self.actors: Counter[tuple[str, str]] = Counter()
        self.wanted = wanted

    def claims(self, case: Case, claims: list[Claim], mapping: dict[str, str]) -> None:
        """Count the structure claims of one document."""
        gold = [row for row in case.claims if row["kind"] == "structure"]
        by_pair: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for row in gold:
            by_pair[row["source"], row["target"]].append(row)
        ours: dict[tuple[str, str], set[str]] = defaultdict(set)
        for claim in claims:
            if claim.kind is not Kind.STRUCTURE:
                continue
            kind = claim.type.value
            pair = (mapping.get(claim.source, claim.source), mapping.get(claim.target, claim.target))
            ours[pair].add(kind)
            self.said[kind] += 1
            rows = by_pair.get(pair, [])
            self.right_pair[kind] += bool(rows)
            types = {row["type"] for row in rows}
            self.right_type[kind] += kind in types
            self.also_true[kind] += kind in types or (kind in ALIKE and bool(types & ALIKE))
            if rows:
                self.date(claim, rows[0])
            if self.wanted == kind and kind not in types:
                print(f"{case.key} wrong {pair[0]} {kind} {pair[1]} {sorted(types)}: {claim.trigger!r} in "
                      f"{claim.quote[:160]!r}")
        for row in gold:
            self.gold[row["type"]] += 1
            here = ours.get((row["source"], row["target"]), set())
            self.found_pair[row["type"]] += bool(here)
            self.found_type[row["type"]] += row["type"] in here
            if self.wanted == row["type"] and not here:
                print(f"{case.key} missed {row['source']} {row['type']} {row['target']}: {row['quote'][:160]!r}")

    def date(self, claim: Claim, row: dict[str, Any]) -> None:
        """Count whether the years agree."""
        start, end = (str(value.year) if value else None for value in (claim.start, claim.end))
        gold_start, gold_end = (row[name][:4] if row[name] else None for name in ("start", "end"))
        self.dates["pairs"] += 1
        self.dates["start right"] += start == gold_start
        self.dates["end right"] += end == gold_end
        self.dates["gold has end"] += gold_end is not None
        self.dates["gold end found"] += gold_end is not None and end == gold_end
        self.dates["modality right"] += claim.modality.value == row["modality"]
        if self.wanted == "dates" and (start, end) != (gold_start, gold_end):
            print(f"{row['doc']} {start}..{end}, not {gold_start}..{gold_end}: {claim.quote[:100]!r} / "
                  f"{row['quote'][:100]!r}")

    def described(self, case: Case, actor: Actor, gold_kinds: dict[str, str], mapping: dict[str, str]) -> None:
        """Count what the text was found to say of an actor that no registry knows."""
        gold = mapping.get(actor.id)
        kind = gold_kinds.get(gold or "")
        if gold is None or kind is None:
            return
        group = "person" if actor.kind is ActorKind.PERSON else "body"
        same = actor.kind.value == kind
        self.actors[group, "judged"] += 1
        self.actors[group, "kind right"] += same
        self.actors[group, "kind right, bodies alike"] += same or {actor.kind.value, kind} <= BODIES
        self.actors[group, "described"] += actor.description is not None
        above = closure(gold, case.claims)
        states = {other for other in above if gold_kinds.get(other) == "state"}
        for field, value, known in (("country", actor.country, states), ("parent", actor.parent, above)):
            self.actors[group, f"gold {field}"] += bool(known)
            if value is not None:
                self.actors[group, f"has {field}"] += 1
                if known:
                    right = mapping.get(value, value) in known
                    self.actors[group, f"{field} judged"] += 1
                    self.actors[group, f"{field} right"] += right
                    if self.wanted == field and not right:
                        print(f"{case.key} {actor.id} {field} {value}, not {sorted(known)}")
            elif known and self.wanted == field:
                print(f"{case.key} {actor.id} has no {field}: {sorted(known)}; {actor.description}")
        if self.wanted == "kind" and not same:
            print(f"{case.key} {actor.id} {actor.kind.value}, not {kind}: {actor.description}")

    def table(self, label: str) -> None:
        """Print the counts."""
        print(f"{label:14} {'said':>5} {'gold':>5}   {'pair P':>7} {'pair R':>7} {'typed P':>8} {'typed R':>8} "
              f"{'also true P':>12}")
        for kind in ["all", *(one.value for one in TYPES)]:
            said, pair, typed, also, gold, found, exact = (
                sum(counter.values()) if kind == "all" else counter[kind] for counter in (
                    self.said, self.right_pair, self.right_type, self.also_true, self.gold, self.found_pair,
                    self.found_type))
            print(f"{kind:14} {said:5} {gold:5}   {share(pair, said):>7} {share(found, gold):>7} "
                  f"{share(typed, said):>8} {share(exact, gold):>8} {share(also, said):>12}")
        print("dates of right pairs: " + ", ".join(f"{name} {count}" for name, count in sorted(self.dates.items())))
        for group in ("person", "body"):
            judged = self.actors[group, "judged"]
            if judged:
                print(f"new {group}: {judged}; " + ", ".join(
                    f"{name} {count}" for (one, name), count in sorted(self.actors.items())
                    if one == group and name != "judged"))


def share(part: int, whole: int) -> str:
    """A share to two places, a dash of nothing."""
    return f"{part / whole:.2f}" if whole else "-"


def closure(actor: str, claims: list[dict[str, Any]]) -> set[str]:
    """Whom the annotation of a document ties an actor to, in any number of steps."""
    above: dict[str, set[str]] = defaultdict(set)
    for row in claims:
        if row["kind"] == "structure" and row["modality"] == "asserted":
            above[row["source"]].add(row["target"])
    found: set[str] = set()
    waiting = [actor]
    while waiting:
        for other in above[waiting.pop()] - found:
            found.add(other)
            waiting.append(other)
    return found - {actor}


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("shared", type=Path)
    arguments.add_argument("--set-aside", action="store_true", help="the articles that nothing was developed on")
    arguments.add_argument("--errors", metavar="WHAT", help="list the mistakes of a type, or of dates, kind, country, "
                                                            "parent")
    options = arguments.parse_args()
    parser, resolver, reader = Parser.load(), Resolver(Registry.load()), reader_of(Mode.BOTH)
    corpus = options.shared / "data/reading"
    kinds = {row["id"]: row["kind"] for path in sorted(corpus.glob("*/actors.jsonl")) for row in lines(path)}
    label = "set aside" if options.set_aside else "developed on"
    for name, every in ([] if options.set_aside else [("seeds", seeds(options.shared))]) + [
            (label, cases(corpus, options.set_aside))]:
        counts = Counts(options.errors)
        for case in every:
            assert options.set_aside == (case.key in SET_ASIDE)
            (parsed,) = parser.parse([case.document])
            resolution = resolver.resolve(parsed)
            mapping = mapped(case, resolution)
            counts.claims(case, list(reader.read(parsed, resolution)), mapping)
            for actor in resolution.actors:
                if actor.is_provisional:
                    counts.described(case, actor, kinds, mapping)
        counts.table(name)
        print()


if __name__ == "__main__":
    main()
