"""Windows with what somebody annotated of them: what the learned reader is trained on and judged by."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
sys.path.insert(0, str(Path(__file__).parents[1] / "corpus"))

from resolution import SET_ASIDE, Case, cases, gold_form, mapped
from sentences import Passage, passages
from sides.actors.registry import Registry
from sides.actors.resolution import Resolution
from sides.actors.resolver import Resolver
from sides.claims.grammar.reader import GrammarReader
from sides.claims.learned.grammar_says import Floats, grammar_says
from sides.claims.learned.windows import TYPE_PLACES, Window, Windows
from sides.model.actor import Actor, ActorKind, Form, Mention
from sides.model.claim_type import ClaimType
from sides.model.dates import PartialDate
from sides.model.document import Document
from sides.parsing.pipeline import Parsed, Parser

Key = tuple[str, str]


@dataclass(slots=True)
class Example:
    """A window, what the grammar says of its pairs, and what is annotated of them."""

    key: str
    window: Window
    grammar: Floats  # (P, GRAMMAR_FEATURES)
    labels: list[list[int]]  # for each pair the types annotated, by their places; empty for none
    triggers: list[list[int]]  # for each pair the places of the pieces that carry its claims
    text: str  # of the sentence
    words: dict[int, str]  # of the document's tokens, those of the sentence


@dataclass(frozen=True, slots=True)
class Said:
    """One annotated claim: its actors, its type, and the stretches that it and its trigger stand on."""

    source: str
    target: str
    type: ClaimType
    third: str | None
    spans: tuple[tuple[int, int], ...]
    trigger: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class Maker:
    """Parses, resolves and reads by grammar what examples are made of."""

    windows: Windows
    parser: Parser = field(default_factory=Parser.load)
    resolver: Resolver = field(default_factory=lambda: Resolver(Registry.load()))
    grammar: GrammarReader = field(default_factory=GrammarReader.load)

    def of_case(self, case: Case, *, with_gold: bool) -> Iterator[Example]:
        """Examples of an article: with the annotated mentions, or with those that we resolve."""
        (parsed,) = self.parser.parse([case.document])
        said = [Said(row["source"], row["target"], ClaimType(row["type"]), row.get("third"),
                     occurrences(case.document.text, row["quote"])) for row in case.claims]
        if with_gold:
            resolution = annotated_resolution(
                parsed, [(one.begin, one.end, one.actor) for one in case.mentions], case.kinds)
            names = {actor.id: actor.id for actor in resolution.actors}
        else:
            resolution = self.resolver.resolve(parsed)
            names = mapped(case, resolution)
        yield from self.of_parsed(case.key, parsed, resolution, said, names)

    def of_passage(self, passage: Passage) -> Iterator[Example]:
        """Examples of an annotated passage."""
        document = Document(text=passage.text, name=passage.key, key=passage.key,
                            published=PartialDate.parse(passage.published), published_from="sidecar")
        (parsed,) = self.parser.parse([document])
        marks = [(mark.begin, mark.end, actor) for mark in passage.mentions for actor in mark.mark.split(",")]
        kinds = {identifier: kind for identifier, (kind, _) in passage.actors.items()}
        resolution = annotated_resolution(parsed, marks, kinds)
        ends = sentence_spans(parsed)
        said = []
        for claim in passage.claims:
            trigger = tuple((mark.begin, mark.end) for mark in passage.triggers
                            if claim.trigger in mark.mark.split(","))
            said.append(Said(claim.source, claim.target, claim.type, claim.third, trigger or tuple(ends), trigger))
        names = {actor.id: actor.id for actor in resolution.actors}
        yield from self.of_parsed(passage.key, parsed, resolution, said, names)

    def of_parsed(self, key: str, parsed: Parsed, resolution: Resolution, said: Iterable[Said],
                  names: Mapping[str, str]) -> Iterator[Example]:
        """Examples of a parsed text, of what is annotated of it and how its actors are called there."""
        readings = list(self.grammar.readings(parsed, resolution))
        said = list(said)
        for window in self.windows.of(parsed, resolution):
            labels, triggers = labelled(window, parsed, said, names)
            words = {int(index): parsed.doc[int(index)].text for index in window.tokens if index >= 0}
            text = " ".join(parsed.document.text[window.begin_char:window.end_char].split())
            yield Example(key, window, grammar_says(window, parsed, readings), labels, triggers, text, words)


def labelled(window: Window, parsed: Parsed, said: Iterable[Said],
             names: Mapping[str, str]) -> tuple[list[list[int]], list[list[int]]]:
    """For each pair of a window the annotated types and the pieces of their triggers."""
    here: dict[Key, set[int]] = defaultdict(set)
    triggers: dict[Key, set[int]] = defaultdict(set)
    begin, end = window.begin_char, window.end_char
    for claim in said:
        if not any(start < end and begin < stop for start, stop in claim.spans):
            continue
        ways = {(claim.source, claim.target)}
        if claim.type.meaning.is_reciprocal:
            ways.add((claim.target, claim.source))
        if claim.type is ClaimType.MEDIATE and claim.third:
            ways.add((claim.source, claim.third))
        tokens = {token.i for start, stop in claim.trigger for token in (parsed.doc.char_span(
            start, stop, alignment_mode="expand") or ())}
        for way in ways:
            here[way].add(TYPE_PLACES[claim.type])
            triggers[way] |= {place for place, index in enumerate(window.tokens) if index in tokens}
    labels, places = [], []
    for one, other in window.pairs:
        way = names.get(window.actors[one], ""), names.get(window.actors[other], "")
        labels.append(sorted(here.get(way, ())))
        places.append(sorted(triggers.get(way, ())))
    return labels, places


def annotated_resolution(parsed: Parsed, marks: Iterable[tuple[int, int, str]],
                         kinds: Mapping[str, str]) -> Resolution:
    """A resolution of annotated mentions, as if they had been resolved without a mistake."""
    mentions: set[tuple[int, Mention]] = set()
    for begin, end, actor in marks:
        span = parsed.doc.char_span(begin, end, alignment_mode="expand")
        if span is None or not span.text.strip():
            continue
        mention = Mention(document=parsed.document.id, begin_char=begin, end_char=end,
                          text=parsed.document.text[begin:end], actor=actor,
                          form=form_of(span), how="annotated", confidence=0.97)
        mentions.add((span.root.i, mention))
    ordered = sorted(mentions, key=lambda pair: (pair[1].begin_char, pair[1].end_char, pair[1].actor))
    heads: dict[int, tuple[Mention, ...]] = {}
    for head, mention in ordered:
        heads[head] = (*heads.get(head, ()), mention)
    named = sorted({mention.actor for _, mention in ordered})
    return Resolution(tuple(mention for _, mention in ordered), tuple(
        Actor(id=actor, name=actor, kind=known_kind(kinds.get(actor, "other"))) for actor in named), heads)


def known_kind(name: str) -> ActorKind:
    """The kind of that name; OTHER where we know none."""
    return ActorKind(name) if name in set(ActorKind) else ActorKind.OTHER


def form_of(span: object) -> Form:
    """How an annotated mention names its actor."""
    text, root = span.text, span.root  # type: ignore[attr-defined]
    form = gold_form(text)
    if form in ("pronoun", "collective"):
        return Form(form)
    if form == "bare":
        return Form.NOMINAL
    if root.pos_ == "ADJ":
        return Form.DEMONYM
    return Form.PHRASE if root.pos_ == "NOUN" else Form.NAME


def occurrences(text: str, quote: str) -> tuple[tuple[int, int], ...]:
    """Where a quote stands in a text."""
    found, at = [], text.find(quote) if quote else -1
    while at >= 0:
        found.append((at, at + len(quote)))
        at = text.find(quote, at + 1)
    return tuple(found)


def sentence_spans(parsed: Parsed) -> list[tuple[int, int]]:
    """Where the sentences of a document stand."""
    return [(sentence.start_char, sentence.end_char) for sentence in parsed.doc.sents]


def articles(folders: Iterable[Path], *, is_aside: bool = False) -> Iterator[Case]:
    """The annotated articles with claims: those that may be learned from, or those set aside."""
    for folder in folders:
        for case in cases(folder):
            if case.claims and (case.key in SET_ASIDE) == is_aside:
                yield case


def marked(folder: Path, *, is_aside: bool = False) -> Iterator[Passage]:
    """The annotated passages: those that may be learned from, or those set aside."""
    for path in sorted(folder.glob("*.txt")):
        yield from (one for one in passages(path) if one.is_aside == is_aside)


def share(examples: Iterable[Example]) -> tuple[int, int, int]:
    """Windows, pairs, and pairs with a claim."""
    windows = pairs = claimed = 0
    for example in examples:
        windows += 1
        pairs += len(example.labels)
        claimed += sum(map(bool, example.labels))
    return windows, pairs, claimed


