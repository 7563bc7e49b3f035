"""How our readers do on three public sets that others annotated for other ends.

    python benchmarks/elsewhere.py CLAIMS [--set gsr|plv|dse ...] [--misses gsr|plv|dse] [--wrong gsr|plv|dse]
                                   [--reader grammar|learned|both]

CLAIMS holds `plover_gsr.jsonl`, `zsp_PLV_train.jsonl` and `dse_*.jsonl`. Each sentence is read as a document of its
own. Sets are parted in two halves by the hash of the sentence: *tune*, whose failures may be looked at (`--misses`,
`--wrong` list only these), and *other*. Of PLV only rows with a negation count; all were seen, so they are one half.

An annotated actor is a stretch of the sentence. One of ours stands for it if one of its mentions overlaps the stretch:
any form of mention, so that "Israeli helicopters" may be Israel and "Israel's Peres" Peres. Where a record of GSR gives
words that do not stand in the sentence, its code does: our actors of that state and, where both are known, that sector.

A claim speaks for a pair if its source and target stand for the annotated ones; reciprocal types, and records with two
sources and no target, count both ways. A cooperative claim that is negated counts as hostile ("does not support"), a
hostile one that is negated as neither. REQUEST has sign 0 with us and counts as right for DEMAND and REQUEST only.
Structure says nothing of sign. *Right*: some claim has the annotated sign. *Wrong*: none has it and one has the other.

DSE annotates sentiment, and a meeting is none: *no CONSULT* leaves these claims out there.

The floor, in the same run: each annotated pair with a mention of ours in both stretches, the first-named hostile toward
the other; most pairs of each set are hostile. Its share of pairs is also how many we could find with these mentions.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from sides.actors.affiliations import Affiliations
from sides.actors.registry import Registry
from sides.actors.resolution import Resolution
from sides.actors.resolver import Resolver
from sides.claims.mode import Mode
from sides.claims.readers import reader_of
from sides.model.claim import Claim
from sides.model.claim_type import ClaimType, Kind, Modality
from sides.model.dates import PartialDate
from sides.model.document import Document
from sides.parsing.pipeline import Parser

Span = tuple[int, int]
Saying = tuple[bool, int]  # whether from the first stretch to the second, and the sign

SETS = ("gsr", "plv", "dse")
TITLES = {"gsr": "GSR", "plv": "PLV negation", "dse": "DSE"}
# Sentences of PLV and DSE bear no date; most are from the years before this one.
UNDATED = "2017"
COOPERATIVE = frozenset(("AGREE", "SUPPORT", "CONCEDE", "RETREAT", "CONSULT", "AID", "COOPERATE", "YIELD"))
DEMANDS = frozenset(("DEMAND", "REQUEST"))
DSE_LABELS: dict[int, Saying | None] = {0: None, 1: (True, 1), 2: (False, 1), 3: (True, -1), 4: (False, -1)}
NEGATION = re.compile(r"\b(?:not|no|never|neither|nor|none|cannot|without|nobody|nothing)\b|n['’]t\b", re.IGNORECASE)
MARK = re.compile(r"</?([st])>")


@dataclass(frozen=True, slots=True)
class Annotated:
    """Where an actor stands in a sentence, or the code of one whose words do not stand there."""

    spans: tuple[Span, ...]
    code: str = ""
    sector: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence with pairs of actors, and what is said of them: a direction and a sign, or nothing."""

    text: str
    date: str
    pairs: tuple[tuple[Annotated, Annotated], ...]
    label: Saying | None
    kind: str = ""
    is_both_ways: bool = False

    @property
    def half(self) -> str:
        """Which half the sentence is in."""
        return ("tune", "other")[hashlib.sha256(self.text.encode()).digest()[0] % 2]


def gsr(folder: Path) -> Iterator[Row]:
    """Records of two actors of PLOVER's gold standard: every source with every target, or two sources together."""
    for record in records(folder / "plover_gsr.jsonl"):
        (event,) = record["expected"]
        sources, targets = ([coded(actor, record["text"]) for actor in event[side]] for side in ("source", "target"))
        together = not targets
        pairs = pairwise(sources) if together else (
            (source, target) for source in sources for target in targets)
        kind = event["plover_type"]
        label = (True, 1 if kind in COOPERATIVE else -1)
        row = Row(record["text"], record["date"], tuple(pairs), label, kind, together)
        if row.pairs:
            yield row


def coded(actor: dict[str, Any], text: str) -> Annotated:
    """An actor of GSR: where its words stand, in pieces if it has gaps, and its code."""
    pieces = [piece.strip() for piece in re.split(r"\.\.+|  +", actor["text"]) if piece.strip()]
    spans = tuple(found.span() for piece in pieces for found in re.finditer(rf"(?<!\w){re.escape(piece)}", text))
    return Annotated(spans, actor["code"], actor["sector"])


def plv(folder: Path) -> Iterator[Row]:
    """Rows of PLV with a negation and both actors marked."""
    for record in records(folder / "zsp_PLV_train.jsonl"):
        (event,) = record["expected"]
        text, spans = unmarked(record["meta"]["marked"])
        if NEGATION.search(text) and spans["s"] and spans["t"]:
            kind = event["plover_type"]
            yield Row(text, UNDATED, ((Annotated(spans["s"]), Annotated(spans["t"])),),
                      (True, 1 if kind in COOPERATIVE else -1), kind)


def unmarked(marked: str) -> tuple[str, dict[str, tuple[Span, ...]]]:
    """A sentence without its marks, and where they stood."""
    text, last, begins = "", 0, 0
    spans: dict[str, tuple[Span, ...]] = {"s": (), "t": ()}
    for mark in MARK.finditer(marked):
        text += marked[last:mark.start()]
        last = mark.end()
        if mark.group().startswith("</"):
            spans[mark.group(1)] += ((begins, len(text)),)
        else:
            begins = len(text)
    return text + marked[last:], spans


def dse(folder: Path) -> Iterator[Row]:
    """Pairs of entities in brackets, of all three published parts."""
    for part in ("train", "valid", "test"):
        for record in records(folder / f"dse_{part}.jsonl"):
            (event,) = record["expected"]
            pieces = re.split(r"[\[\]]", record["meta"]["marked"])
            if len(pieces) != 5 or "".join(pieces) != record["text"]:
                continue
            ends = [sum(map(len, pieces[:place])) for place in range(1, 5)]
            yield Row(record["text"], UNDATED, ((Annotated(((ends[0], ends[1]),)), Annotated(((ends[2], ends[3]),))),),
                      DSE_LABELS[event["label"]])


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a file of JSON lines."""
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


class Reader:
    """The reader under test; a sentence with several rows is read once."""

    def __init__(self, mode: Mode) -> None:
        registry = Registry.load()
        self.parser, self.resolver, self.reader = Parser.load(), Resolver(registry), reader_of(mode)
        self.affiliations = Affiliations(registry)

    def read(self, row: Row) -> tuple[Resolution, list[Claim]]:
        """The actors and the signed claims of a row's sentence."""
        document = Document(text=row.text, name="row", published=PartialDate.parse(row.date), published_from="option")
        (parsed,) = self.parser.parse([document])
        resolution = self.resolver.resolve(parsed)
        claims = [claim for claim in self.reader.read(parsed, resolution) if claim.kind is not Kind.STRUCTURE]
        return resolution, claims

    def actors(self, annotated: Annotated, resolution: Resolution, at: PartialDate) -> set[str]:
        """Our actors that stand for an annotated one."""
        if annotated.spans:
            return {mention.actor for mention in resolution.mentions for begin, end in annotated.spans
                    if mention.begin_char < end and begin < mention.end_char}
        return {actor.id for actor in resolution.actors if self.has_code(actor.id, annotated, resolution, at)}

    def has_code(self, identifier: str, annotated: Annotated, resolution: Resolution, at: PartialDate) -> bool:
        """Whether an actor belongs to the state of a code and, where both are known, to its sector."""
        actor = resolution.actor(identifier)
        if actor is None or not annotated.code:
            return False
        found = self.affiliations.of_actor(actor, at)
        if found.country is None or self.affiliations.code(found.country) != annotated.code:
            return False
        sector = self.affiliations.sectors.plover.get(found.sector or "")
        return not annotated.sector or sector is None or annotated.sector.startswith(sector)


def stance(claim: Claim) -> int:
    """The sign of a claim after negation: not to support is hostile, not to attack is neither."""
    if claim.modality is not Modality.NEGATED:
        return claim.sign
    return -1 if claim.sign > 0 else 0


def said(row: Row, claims: Iterable[Claim], found: list[tuple[set[str], set[str]]]) -> Iterator[Saying]:
    """What claims say of the pairs of a row: directions, and signs after negation."""
    for claim in claims:
        for first, second in found:
            sign = -1 if claim.type is ClaimType.REQUEST and row.kind in DEMANDS and not claim.sign else stance(claim)
            forth = claim.source in first and claim.target in second
            back = claim.source in second and claim.target in first
            if forth or back:
                is_both_ways = row.is_both_ways or claim.type.meaning.is_reciprocal
                yield row.label[0] if is_both_ways and row.label else forth, sign


def floor(row: Row, resolution: Resolution, found: list[tuple[set[str], set[str]]]) -> set[Saying]:
    """The first-named hostile toward the other, where each has a mention."""
    for first, second in found:
        places = [min((mention.begin_char for mention in resolution.mentions if mention.actor in actors), default=None)
                  for actors in (first - second, second - first)]
        if places[0] is not None and places[1] is not None:
            return {(row.is_both_ways or places[0] <= places[1], -1)}
    return set()


def score(row: Row, sayings: set[Saying], counts: Counter[str]) -> str:
    """Count a row under what was said of its pair; returns the verdict on it."""
    signed = {saying for saying in sayings if saying[1]}
    counts["rows"] += 1
    counts["said"] += len(signed)
    counts["labelled"] += row.label is not None
    counts["pair"] += row.label is not None and any(forth == row.label[0] for forth, _ in sayings)
    if row.label is None:
        return "wrong" if signed else ""
    verdict = "right" if row.label in signed else "wrong" if (row.label[0], -row.label[1]) in signed else "missed"
    counts[verdict] += 1
    return verdict


def share(part: int, whole: int) -> str:
    """A share with its counts."""
    return f"{part / max(1, whole):.3f} ({part}/{whole})"


def main() -> None:
    """Read, score and print."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("claims", type=Path)
    arguments.add_argument("--set", choices=SETS, action="append", help="only this set; may be repeated")
    arguments.add_argument("--misses", choices=SETS, help="list the rows of the tune half of which nothing is said")
    arguments.add_argument("--wrong", choices=SETS, help="list the rows of the tune half of which the wrong is said")
    arguments.add_argument("--reader", choices=tuple(Mode), default=Mode.BOTH.value, help="what reads")
    options = arguments.parse_args()
    listed = {(options.misses, "missed"), (options.wrong, "wrong")}
    reader = Reader(Mode(options.reader))
    counts: dict[tuple[str, str, str], Counter[str]] = {}
    for name in options.set or SETS:
        last: tuple[str, tuple[Resolution, list[Claim]]] | None = None
        rows: list[Row] = sorted({"gsr": gsr, "plv": plv, "dse": dse}[name](options.claims), key=lambda row: row.text)
        for row in rows:
            if last is None or last[0] != row.text:
                last = row.text, reader.read(row)
            resolution, claims = last[1]
            at = PartialDate.parse(row.date)
            found = [(reader.actors(one, resolution, at), reader.actors(other, resolution, at))
                     for one, other in row.pairs]
            half = "seen" if name == "plv" else row.half
            verdict = score(row, set(said(row, claims, found)), counts.setdefault((name, half, "sides"), Counter()))
            if name == "dse":
                warm = [claim for claim in claims if claim.type is not ClaimType.CONSULT]
                score(row, set(said(row, warm, found)), counts.setdefault((name, half, "no CONSULT"), Counter()))
            score(row, floor(row, resolution, found), counts.setdefault((name, half, "floor"), Counter()))
            if (name, verdict) in listed and half != "other":
                read = [(claim.source, claim.type.value, claim.target, claim.sign, claim.modality.value)
                        for claim in claims]
                print(f"{name} {row.kind} {row.label} {row.text}\n    actors {found}\n    claims {read}")
    print(f"{'':28}{'pair found':>20}{'pair and sign':>20}{'wrong sign':>20}{'precision':>20}")
    for (name, half, system), count in sorted(counts.items(), key=lambda one: (SETS.index(one[0][0]), one[0][1:])):
        cells = [share(count[cell], count["labelled"]) for cell in ("pair", "right", "wrong")]
        print(f"{TITLES[name] + ', ' + half + ', ' + system:28}" + "".join(f"{cell:>20}" for cell in cells)
              + f"{share(count['right'], count['said']):>20}")


if __name__ == "__main__":
    main()
