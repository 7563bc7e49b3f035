"""How well speaker, modality and year are read where the claim itself is given.

    python benchmarks/attributes.py CORPUS [--skip a1,b8] [--show speaker|modality|year]

CORPUS is a folder with `documents.json`, `claims.jsonl` and, if there, `mentions.jsonl`, or a folder of such folders.
For each claim of the corpus the word is taken that heads its quote; what is read at that word is compared with what the
annotator wrote, beside the constant answers. The word is a guess (a quote may hold several verbs), so no reader can
reach 1; the figures serve to compare.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.tokens import Doc, Token

from sides.actors.resolution import Resolution
from sides.claims.dating import Dating
from sides.claims.modality import Modalities
from sides.claims.speakers import Speech, Voices
from sides.model.actor import Actor, ActorKind, Form, Mention
from sides.model.claim import AUTHOR
from sides.model.dates import PartialDate
from sides.model.document import Document
from sides.parsing.pipeline import Parsed, Parser

Row = dict[str, Any]


@dataclass(frozen=True)
class Case:
    gold: Row
    token: Token
    speaker: str
    modality: str
    start: str | None
    end: str | None
    dated_from: str


def rows(path: Path) -> list[Row]:
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def head(doc: Doc, begin: int, end: int) -> Token | None:
    """The word that heads a stretch of text."""
    span = doc.char_span(begin, end, alignment_mode="expand")
    if span is None:
        return None
    kept = [token for token in span if not token.is_punct and not token.is_space]
    if not kept:
        return None
    inside = {token.i for token in span}
    tops = [token for token in kept if token.head.i not in inside or token.head.i == token.i]
    verbs = [token for token in tops if token.pos_ in {"VERB", "AUX", "NOUN"}]
    return (verbs or tops or kept)[0]


# What verbs of these classes are read as themselves; under any other claim it is their complement that was read.
READ_AS = {"say": {"ACCUSE", "REQUEST", "THREATEN", "REJECT", "SUPPORT", "AGREE", "CONCEDE"},
           "possible": {"ACCUSE", "CONSULT"}, "forecast": set[str](),
           "negative": {"REJECT", "SANCTION", "COERCE", "CONCEDE"}, "denial": {"REJECT", "ACCUSE"},
           "planned": {"THREATEN", "AGREE", "MOBILIZE", "REQUEST"},
           "demanded": {"REQUEST", "ACCUSE", "THREATEN", "PROTEST"}}


def trigger(doc: Doc, claim: Row, begin: int, end: int, resolution: Resolution) -> Token | None:
    """The word in the quote at which the paths from the two actors meet; else the one that heads the quote.

    Under a verb of saying that is not itself what is claimed, the head of its clause.
    """
    top = head(doc, begin, end)
    if top is None:
        return None
    inside = doc.char_span(begin, end, alignment_mode="expand")
    assert inside is not None
    at = {role: [doc[i] for i, mentions in resolution.heads.items()
                 if inside.start <= i < inside.end and any(m.actor == claim[role] for m in mentions)]
          for role in ("source", "target")}
    meeting = [(abs(one.i - other.i), one.i, other.i) for one in at["source"] for other in at["target"]
               if one.i != other.i and one.sent.start == other.sent.start]
    if meeting:
        _, one, other = min(meeting)
        above = {token.i for token in [doc[one], *doc[one].ancestors]}
        met = next((token for token in [doc[other], *doc[other].ancestors] if token.i in above), None)
        if met is not None and inside.start <= met.i < inside.end:
            top = met
    classes: dict[str, frozenset[str]] = {"say": Speech.load().verbs["say"]} | {
        name: words for name, words in Modalities.load().words["verbs"].items() if name in READ_AS}
    for _ in range(4):
        passes_on = top.lemma_ == "be" or any(top.lemma_ in words and claim["type"] not in READ_AS[name]
                                              for name, words in classes.items())
        below = [child for child in top.children if child.dep_ in {"ccomp", "xcomp"} and begin <= child.idx < end]
        if not below and top.lemma_ != "be":
            below = [child for child in top.children if child.dep_ == "dobj" and begin <= child.idx < end]
        if top.pos_ not in {"VERB", "AUX"} or not passes_on or not below:
            break
        top = below[0]
    return top


def resolved(document: Document, doc: Doc, key: str, mentions: list[Row], actors: list[Row]) -> Resolution:
    """The annotated mentions as a resolution; where there are none, the names of the annotated actors."""
    places = [(row["begin_char"], row["end_char"], row["actor"]) for row in mentions if row["doc"] == key]
    if not places:
        for actor in actors:
            for name in sorted({actor["name"], *actor.get("aliases", [])}):
                at = document.text.find(name) if len(name) > 2 and name[0].isupper() else -1
                while at >= 0:
                    places.append((at, at + len(name), actor["id"]))
                    at = document.text.find(name, at + 1)
    made, heads = [], dict[int, list[Mention]]()
    for begin, end, actor_id in sorted(places):
        token = head(doc, begin, end)
        mention = Mention(document=document.id, begin_char=begin, end_char=end, text=document.text[begin:end],
                          actor=actor_id, form=Form.NAME, how="gold", confidence=1.0)
        made.append(mention)
        if token is not None:
            heads.setdefault(token.i, []).append(mention)
    known = tuple(Actor(id=row, name=row, kind=ActorKind.OTHER) for row in sorted({m.actor for m in made}))
    return Resolution(tuple(made), known, {at: tuple(found) for at, found in sorted(heads.items())})


def cases(folder: Path, parser: Parser, modalities: Modalities, skipped: set[str]) -> Iterator[Case]:
    listing = folder / "documents.json"
    if not listing.exists():
        listing = folder.parent / "seeds" / "documents.json"
    claims, mentions, actors = (rows(folder / f"{name}.jsonl") for name in ("claims", "mentions", "actors"))
    for entry in json.loads(listing.read_text(encoding="utf-8")):
        if entry["key"] in skipped:
            continue
        document = Document(text=(listing.parent / entry["file"]).read_text(encoding="utf-8"), name=entry["file"],
                            published=PartialDate.parse(entry["published"]), published_from="sidecar")
        parsed: Parsed = next(iter(parser.parse([document])))
        resolution = resolved(document, parsed.doc, entry["key"], mentions, actors)
        voices = Voices(parsed, resolution)
        dating = Dating(parsed)
        for claim in claims:
            if claim["doc"] != entry["key"]:
                continue
            begin = document.text.find(claim["quote"])
            token = trigger(parsed.doc, claim, begin, begin + len(claim["quote"]),
                            resolution) if begin >= 0 else None
            if token is None:
                continue
            start, end, dated_from = dating.at(token, is_standing=claim["kind"] != "event")
            yield Case(claim, token, voices.at(token), modalities.of(token).value, str(start) if start else None,
                       str(end) if end else None, dated_from)


def report(found: list[Case], published: dict[str, str]) -> None:
    n = len(found)
    print(f"{n} claims")
    said = [(case.gold["speaker"], case.speaker) for case in found]
    author = sum((g == AUTHOR) == (p == AUTHOR) for g, p in said) / n
    others = [(g, p) for g, p in said if g != AUTHOR]
    found_others = [(g, p) for g, p in said if p != AUTHOR]
    both = sum(g != AUTHOR and p != AUTHOR for g, p in said)
    print(f"speaker   author or not {author:.3f}  (always the author {sum(g == AUTHOR for g, _ in said) / n:.3f})   "
          f"exact {sum(g == p for g, p in said) / n:.3f}")
    print(f"          someone else: precision {both / max(1, len(found_others)):.3f} recall {both / len(others):.3f}; "
          f"exactly right {sum(g == p for g, p in others) / len(others):.3f}")
    pairs = [(case.gold["modality"], case.modality) for case in found]
    print(f"modality  {sum(g == p for g, p in pairs) / n:.3f}  "
          f"(always asserted {sum(g == 'asserted' for g, _ in pairs) / n:.3f})")
    for name in ("asserted", "negated", "planned", "demanded", "possible", "conditional", "forecast"):
        hit = sum(g == p == name for g, p in pairs)
        print(f"          {name:12} precision {hit / max(1, sum(p == name for _, p in pairs)):.2f}"
              f"  recall {hit / max(1, sum(g == name for g, _ in pairs)):.2f}  of {sum(g == name for g, _ in pairs)}")
    dated = [case for case in found if case.gold["start"]]
    right = sum(case.gold["start"][:4] == (case.start or "")[:4] for case in dated) / len(dated)
    constant = sum(case.gold["start"][:4] == published[case.gold["doc"]][:4] for case in dated) / len(dated)
    undated = [case for case in found if not case.gold["start"]]
    print(f"year      {right:.3f} of {len(dated)} dated  (always that of the document {constant:.3f});  "
          f"none given where gold has none {sum(case.start is None for case in undated) / max(1, len(undated)):.3f} "
          f"of {len(undated)}")
    for source in ("text", "document", "none"):
        of = [case for case in found if case.dated_from == source]
        both = [case for case in of if case.gold["start"]]
        within = sum(agree(case.gold["start"], case.start) for case in both) / max(1, len(both))
        print(f"          from {source:9} {len(of):5}, the annotator dates {len(both):5}; same year "
              f"{sum(case.gold['start'][:4] == (case.start or '')[:4] for case in both) / max(1, len(both)):.3f}, "
              f"one within the other {within:.3f}")


def agree(gold: str, read: str | None) -> bool:
    return read is not None and (gold.startswith(read) or read.startswith(gold))


def show(found: list[Case], what: str, limit: int) -> None:
    seen: Counter[str] = Counter()
    for case in found:
        gold, read = {"speaker": (case.gold["speaker"], case.speaker),
                      "modality": (case.gold["modality"], case.modality),
                      "year": ((case.gold["start"] or "none"), (case.start or "none"))}[what]
        if what == "year":
            gold, read = gold[:4], read[:4]
        key = f"{case.gold['doc']} {case.gold['quote']}"
        if gold == read or seen[key]:
            continue
        seen[key] += 1
        if len(seen) > limit:
            break
        print(f"{case.gold['doc']} gold {gold} read {read} at [{case.token.text}] {case.gold['type']}: "
              f"{case.gold['quote'][:110]!r}\n      in: {' '.join(case.token.sent.text.split())[:260]}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--skip", default="", help="keys of documents to leave out, comma-separated")
    parser.add_argument("--show", choices=["speaker", "modality", "year"])
    parser.add_argument("--limit", type=int, default=60)
    args = parser.parse_args()
    folders = [args.corpus] if (args.corpus / "claims.jsonl").exists() else sorted(
        path for path in args.corpus.iterdir() if (path / "claims.jsonl").exists())
    nlp, modalities, skipped = Parser.load(), Modalities.load(), set(args.skip.split(","))
    began = time.process_time()
    found = [case for folder in folders for case in cases(folder, nlp, modalities, skipped)]
    published: dict[str, str] = {}
    for folder in folders:
        listing = folder / "documents.json"
        if not listing.exists():
            listing = folder.parent / "seeds" / "documents.json"
        published |= {entry["key"]: entry["published"] for entry in json.loads(listing.read_text(encoding="utf-8"))}
    if args.show:
        show(found, args.show, args.limit)
    else:
        report(found, published)
        print(f"{time.process_time() - began:.1f} CPU seconds, parsing included")
    return 0


if __name__ == "__main__":
    sys.exit(main())
