"""How well mentions are resolved, against a corpus whose mentions were annotated by hand.

    python benchmarks/resolution.py FOLDER [--set-aside] [--errors STEP] [--steps-table]

`FOLDER` holds folders with `documents.json`, `mentions.jsonl`, `actors.jsonl` and `claims.jsonl`. A gold actor is
mapped to ours within a document: by id or name, else by the majority of overlapping names, else as what it is a part
of. Link precision: right among those that overlap an annotated mention (for phrases, titles and bare nouns: one that
holds the word which heads them, for "Indian" in "the Indian foreign minister" says nothing of the minister). Strict
precision: anything unannotated is wrong. Recall: annotated mentions that a right one of ours overlaps.

Same id: of all actors that names were found for in two documents, in how many pairs of documents ours has one id. With
`--set-aside` the pairs of which at least one document is set aside.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from sides.actors.names import fold
from sides.actors.registry import Registry
from sides.actors.resolution import Resolution
from sides.actors.resolver import Resolver
from sides.model.actor import Form, Mention
from sides.model.dates import PartialDate
from sides.model.document import Document
from sides.parsing.pipeline import Parsed, Parser

SET_ASIDE = frozenset(("a1", "b8", "c3", "d2", "d4", "d8", "e5", "e7", "i5", "j5", "k5", "l5"))
# Steps that find what the annotation mostly leaves unmarked: judged only where it marks something.
SELDOM_ANNOTATED = frozenset(("apposition", "relative"))
ORGANIZED = frozenset(("organization", "organ", "bloc"))
NAMED = (Form.NAME, Form.METONYM, Form.DEMONYM)
BARE = (Form.NOMINAL, Form.TITLE)
PRONOUNS = frozenset((
    "he", "him", "his", "himself", "she", "her", "hers", "herself", "it", "its", "itself", "they", "them", "their",
    "theirs", "themselves", "i", "me", "my", "we", "us", "our", "ours", "who", "whom", "whose", "which", "that", "you",
    "your"))
COUNTED = frozenset(("both", "two", "three", "either", "neither", "each", "pair", "duo", "trio", "couple", "four"))
FUNCTION = frozenset(("the", "a", "an", "its", "his", "her", "their", "this", "that", "these", "those", "our", "my",
                      "mr"))


@dataclass(frozen=True, slots=True)
class Gold:
    """An annotated mention of one actor."""

    begin: int
    end: int
    text: str
    actor: str
    form: str


@dataclass(slots=True)
class Case:
    """A document with its annotation."""

    key: str
    document: Document
    mentions: list[Gold]
    names: dict[str, set[str]]
    kinds: dict[str, str]
    claims: list[dict[str, Any]]


def gold_form(text: str, opens_sentence: bool = False) -> str:
    """What kind of mention an annotated text is, by rule.

    The capital of a word that only opens a sentence says nothing: "Officials", "Both governments", "Federal soldiers".
    """
    words = text.split()
    lower = [word.strip("'\"“”,.").lower() for word in words]
    if len(words) == 1 and lower[0] in PRONOUNS:
        return "pronoun"
    rest = words[1:] if opens_sentence or lower[0] in FUNCTION | PRONOUNS | COUNTED else words
    if any(word.strip("'\"“”‘’")[:1].isupper() or any(letter.isupper() for letter in word) for word in rest):
        return "named"
    if set(lower) & COUNTED:
        return "collective"
    return "bare"


def cases(folder: Path, is_set_aside: bool | None = None) -> Iterator[Case]:
    """The documents with their annotation, by folder and key: all, or those set aside, or the others."""
    for place in sorted(path.parent for path in folder.glob("*/documents.json")):
        documents = json.loads((place / "documents.json").read_text(encoding="utf-8"))
        texts = {entry["key"]: (place / entry["file"]).read_text(encoding="utf-8") for entry in documents}
        names: dict[str, set[str]] = {}
        kinds: dict[str, str] = {}
        for row in lines(place / "actors.jsonl"):
            # "The movement" at the head of a sentence is among the surface forms, and no name.
            spelled = [row["name"], *(alias for alias in row["aliases"]
                                      if alias[:1].isupper() and gold_form(alias) == "named"
                                      and alias.split()[0].lower() not in FUNCTION | PRONOUNS | COUNTED)]
            names[row["id"]] = {fold(row["id"].replace("-", " "))} | {fold(name) for name in spelled}
            kinds[row["id"]] = row["kind"]
        mentions: dict[str, list[Gold]] = defaultdict(list)
        for row in lines(place / "mentions.jsonl"):
            if row["doc"] in texts:
                opens = opens_sentence(texts[row["doc"]], row["begin_char"])
                mentions[row["doc"]].append(Gold(row["begin_char"], row["end_char"], row["text"], row["actor"],
                                                 gold_form(row["text"], opens)))
        claims: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in lines(place / "claims.jsonl"):
            if row["doc"] in texts:
                claims[row["doc"]].append(row)
        for entry in documents:
            if is_set_aside not in (None, entry["key"] in SET_ASIDE):
                continue
            document = Document(text=texts[entry["key"]], name=entry["file"], key=entry["key"],
                                published=PartialDate.parse(entry["published"]), published_from="sidecar")
            yield Case(entry["key"], document, mentions[entry["key"]], names, kinds, claims[entry["key"]])


def opens_sentence(text: str, begin: int) -> bool:
    """Whether the word at this place only has its capital because it opens a sentence: the text has it small too."""
    before = text[:begin].rstrip(" *'\"“‘(")
    word = re.match(r"[^\W\d_]+", text[begin:])
    return word is not None and (not before or before[-1] in ".!?:\n") and re.search(
        rf"\b{word[0].lower()}\b", text) is not None


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a file of JSON lines."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def mapped(case: Case, resolution: Resolution) -> dict[str, str]:
    """Our actors as the annotation's: by a shared name if one of them is mentioned here, else by most overlaps."""
    here = {gold.actor for gold in case.mentions}
    by_name: dict[str, set[str]] = defaultdict(set)
    for identifier in sorted(here):
        for name in case.names.get(identifier, ()):
            by_name[name].add(identifier)
    overlaps: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in resolution.mentions:
        if mention.form in (*NAMED, Form.PHRASE):
            for gold in overlapping(case, mention):
                overlaps[mention.actor][gold.actor] += 1
    found: dict[str, str] = {}
    for actor in resolution.actors:
        names = {fold(actor.id.replace("-", " ")), fold(actor.name)}
        exact = {gold for name in names for gold in by_name.get(name, ())}
        if actor.is_provisional or not exact:
            names |= {fold(name) for name in actor.names}
            exact = exact or {gold for name in names if len(name) > 3 for gold in by_name.get(name, ())}
        if actor.id in here:
            found[actor.id] = actor.id
        elif exact:
            found[actor.id] = min(exact, key=lambda gold: (-overlaps[actor.id][gold], gold))
        elif overlaps[actor.id]:
            found[actor.id] = min(overlaps[actor.id], key=lambda gold: (-overlaps[actor.id][gold], gold))
    for actor in resolution.actors:
        if actor.id not in found and actor.parent in found:
            found[actor.id] = found[actor.parent]
    return found


def covering(case: Case, resolution: Resolution, parsed: Parsed) -> dict[Mention, list[Gold]]:
    """The annotated mentions that hold the word which heads a mention."""
    found: dict[Mention, list[Gold]] = defaultdict(list)
    for index, mentions in resolution.heads.items():
        at = parsed.doc[index].idx
        for mention in mentions:
            found[mention] += [gold for gold in case.mentions if gold.begin <= at < gold.end]
    return found


def overlapping(case: Case, mention: Mention) -> list[Gold]:
    """The annotated mentions that a mention overlaps."""
    return [gold for gold in case.mentions if gold.begin < mention.end_char and mention.begin_char < gold.end]


@dataclass(slots=True)
class Tally:
    """Counts of one row of the table."""

    right: int = 0
    wrong: int = 0
    unannotated: int = 0
    found: int = 0
    gold: int = 0

    def row(self, name: str) -> str:
        """The row as text: link precision, strict precision, recall, and on how many they rest."""
        out = self.right + self.wrong + self.unannotated
        recall = f"{self.found / self.gold:.3f} ({self.found}/{self.gold})" if self.gold else ""
        if not out:
            return f"{name:<34}{'':>28}   {recall}"
        link = self.right / max(1, self.right + self.wrong)
        return f"{name:<34}{out:>6} {link:>9.3f} {self.right / out:>10.3f}   {recall}"


def group_of(mention: Mention) -> str:
    """The row of the table that a mention counts for."""
    if mention.form in NAMED:
        return "named"
    if mention.form in BARE:
        return "bare"
    return mention.form.value


def measure(case: Case, parsed: Parsed, resolution: Resolution, tallies: dict[str, Tally], errors: list[str],
            wanted: str | None) -> None:
    """Count the mentions of one document."""
    mapping = mapped(case, resolution)
    by_gold: dict[int, list[Mention]] = defaultdict(list)
    heads = covering(case, resolution, parsed)
    for mention in resolution.mentions:
        golds = overlapping(case, mention)
        is_right = any(mapping.get(mention.actor) == gold.actor for gold in golds)
        is_other = bool(golds if mention.form in NAMED else heads[mention])
        verdict = "right" if is_right else "wrong" if is_other else "unannotated"
        for name in ("all", group_of(mention), f"step {mention.how}"):
            tally = tallies[name]
            setattr(tally, verdict, getattr(tally, verdict) + 1)
        for place, gold in enumerate(case.mentions):
            if gold in golds and mapping.get(mention.actor) == gold.actor:
                by_gold[place].append(mention)
        if wanted is not None and verdict != "right" and mention.how.startswith(wanted):
            errors.append(context(case, mention, verdict, sorted({gold.actor for gold in golds})))
    for place, gold in enumerate(case.mentions):
        for name in rows_of(case, gold):
            tallies[name].gold += 1
            tallies[name].found += place in by_gold
        if wanted == f"missed-{gold.form}" and place not in by_gold:
            errors.append(f"{case.key} missed {gold.actor}: {around(case, gold.begin, gold.end)}")


def rows_of(case: Case, gold: Gold) -> list[str]:
    """The rows that an annotated mention counts for."""
    rows = ["all", gold.form]
    if gold.form == "named":
        kind = case.kinds.get(gold.actor, "other")
        rows.append(f"named, {'organizations' if kind in ORGANIZED else kind + 's'}")
    return rows


def identities(case: Case, resolution: Resolution) -> dict[str, str]:
    """For each annotated actor that names of ours were found for, the id that most of them have."""
    mapping = mapped(case, resolution)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in resolution.mentions:
        if mention.form in NAMED:
            for gold in overlapping(case, mention):
                if gold.form == "named" and mapping.get(mention.actor) == gold.actor:
                    votes[gold.actor][mention.actor] += 1
    return {actor: min(found, key=lambda ours: (-found[ours], ours)) for actor, found in votes.items()}


def same_ids(found: list[tuple[Case, dict[str, str]]], wanted: Collection[str], errors: list[str] | None,
             ) -> dict[str, tuple[int, int]]:
    """By kind of actor: pairs of documents in which an actor has one id, and all pairs, one of them wanted."""
    counts: dict[str, tuple[int, int]] = {}
    for (one, ours), (other, theirs) in combinations(found, 2):
        if one.key not in wanted and other.key not in wanted:
            continue
        for actor in sorted(ours.keys() & theirs.keys()):
            kind = one.kinds.get(actor, "other")
            kind = "organizations" if kind in ORGANIZED else f"{kind}s"
            same, every = counts.get(kind, (0, 0))
            counts[kind] = (same + (ours[actor] == theirs[actor]), every + 1)
            if errors is not None and ours[actor] != theirs[actor]:
                errors.append(f"{one.key} {other.key} {kind}: {actor} is {ours[actor]} and {theirs[actor]}")
    return dict(sorted(counts.items()))


def context(case: Case, mention: Mention, verdict: str, golds: list[str]) -> str:
    """A mistake with the words around it."""
    return (f"{case.key} {verdict} {mention.how} -> {mention.actor}, not {golds}: "
            f"{around(case, mention.begin_char, mention.end_char)}")


def around(case: Case, begin: int, end: int) -> str:
    """A stretch of text in brackets with its surroundings."""
    text = case.document.text
    return f"{text[max(0, begin - 70):begin]}[[{text[begin:end]}]]{text[end:end + 50]}".replace("\n", " ")


def participants(case: Case, parsed: Parsed, resolution: Resolution) -> Counter[str]:
    """How many participants of claims have a right mention in the sentences of the claim's quote."""
    mapping = mapped(case, resolution)
    counts: Counter[str] = Counter()
    spans = [(sentence.start_char, sentence.end_char) for sentence in parsed.doc.sents]
    for claim in case.claims:
        begin = case.document.text.find(claim["quote"])
        if begin < 0:
            continue
        end = begin + len(claim["quote"])
        first = min([start for start, stop in spans if start < end and begin < stop], default=begin)
        last = max([stop for start, stop in spans if start < end and begin < stop], default=end)
        here = {mapping.get(mention.actor) for mention in resolution.mentions
                if first <= mention.begin_char < last}
        have = [claim[role] in here for role in ("source", "target")]
        counts["participants"] += 2
        counts["mentioned"] += sum(have)
        counts["claims"] += 1
        counts["both"] += all(have)
    return counts


def main() -> None:
    """Measure and print the table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--set-aside", action="store_true", help="measure on the documents set aside instead")
    arguments.add_argument("--errors", metavar="STEP", help="list what this step got wrong, missed-FORM, or identity")
    arguments.add_argument("--steps-table", type=Path, help="write the measured confidence of each step here")
    given = arguments.parse_args()
    parser, resolver = Parser.load(), Resolver(Registry.load())
    tallies: dict[str, Tally] = defaultdict(Tally)
    shares: Counter[str] = Counter()
    errors: list[str] = []
    parse_s = resolve_s = 0.0
    found: list[tuple[Case, dict[str, str]]] = []
    wanted = []
    # An actor's id is compared between the documents set aside and all others.
    for case in cases(given.folder, None if given.set_aside else False):
        is_wanted = (case.key in SET_ASIDE) == given.set_aside
        started = time.process_time()
        parsed = next(iter(parser.parse([case.document])))
        parsed_at = time.process_time()
        resolution = resolver.resolve(parsed)
        resolved_at = time.process_time()
        found.append((case, identities(case, resolution)))
        if not is_wanted:
            continue
        wanted.append(case.key)
        parse_s, resolve_s = parse_s + parsed_at - started, resolve_s + resolved_at - parsed_at
        measure(case, parsed, resolution, tallies, errors, given.errors)
        shares += participants(case, parsed, resolution)
    same = same_ids(found, wanted, errors if given.errors == "identity" else None)
    for error in errors:
        print(error)
    print(f"{'':<34}{'out':>6} {'link P':>9} {'strict P':>10}   R")
    rows = ["all", "named", *sorted(name for name in tallies if name.startswith("named, ")),
            *(name for name in ("phrase", "pronoun", "bare", "collective") if name in tallies)]
    for name in rows + sorted(name for name in tallies if name.startswith("step ")):
        print(tallies[name].row(name))
    mentioned = shares["mentioned"] / max(1, shares["participants"])
    print(f"participants with a right mention in the sentence {mentioned:.3f},"
          f" both {shares['both'] / max(1, shares['claims']):.3f} ({shares['claims']} claims)")
    for kind, (alike, every) in same.items():
        print(f"same id in two documents, {kind}: {alike / every:.3f} ({alike}/{every})")
    print(f"CPU: parse {parse_s:.2f} s, resolution {resolve_s:.2f} s ({resolve_s / max(parse_s, 1e-9):.2f} of it)")
    if given.steps_table is not None:
        write_steps(given.steps_table, tallies)


def write_steps(path: Path, tallies: dict[str, Tally]) -> None:
    """Write the table of steps: how often right, counting half of what is unannotated as wrong, and of how many."""
    rows = []
    for name in sorted(tallies):
        if name.startswith("step "):
            tally = tallies[name]
            out = tally.right + tally.wrong + tally.unannotated
            if name.removeprefix("step ") in SELDOM_ANNOTATED:
                out = tally.right + tally.wrong
            unannotated = out - tally.right - tally.wrong
            # A step seen a few times only is drawn toward 0.7 with the weight of five mentions.
            share = (tally.right + 0.5 * unannotated + 3.5) / (out + 5)
            rows.append(f"{name.removeprefix('step ')}\t{share:.2f}\t{out}\n")
    path.write_text("# How often each step was right on the free reading documents. source: benchmarks/resolution.py.\n"
                    "how\tconfidence\tmentions\n" + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
