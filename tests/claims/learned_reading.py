"""Windows, judgements and readers for the tests of the learned reader, none of which may depend on its weights."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import numpy as np

from sides.actors.resolution import Resolution
from sides.claims.grammar.reader import GrammarReader
from sides.claims.learned.model import Floats, Judgement, Network, cutter
from sides.claims.learned.reader import LearnedReader
from sides.claims.learned.thresholds import Thresholds
from sides.claims.learned.windows import TYPE_PLACES, TYPES, Window, Windows
from sides.claims.mode import Mode
from sides.model.actor import Actor, ActorKind, Form, Mention
from sides.model.claim_type import ClaimType
from sides.parsing.pipeline import Parsed

from .grammar_reading import parsed
from .grammar_reading import reader as grammar

MARK = re.compile(r"\[\[|\|([^|\[\]]+)\]\]")
# Every pair of actors has its likeliest claim: what is made of a text then does not hang on the weights.
BY_SHARE = {"odds of the type": 1.0}
ALL = Thresholds(pair=0.0, second=2.0, least=0.0, unjudged=0.0, weights=BY_SHARE, digest="all")
NONE = replace(ALL, pair=2.0, unjudged=2.0, digest="none")
Said = Mapping[tuple[str, str], Mapping[ClaimType, float]]


@cache
def network() -> Network:
    return Network.load()


@cache
def windows() -> Windows:
    return Windows(cutter(), grammar().lexicon)


def marked(text: str, guessed: tuple[str, ...] = ()) -> tuple[Parsed, Resolution]:
    """A text with [[words|actor,actor]] parsed, with these mentions; those of the words in `guessed` only guessed."""
    pieces, opened, spans, last = [], [], [], 0
    for mark in MARK.finditer(text):
        pieces.append(text[last:mark.start()])
        last, at = mark.end(), len("".join(pieces))
        if mark[1] is None:
            opened.append(at)
        else:
            begin = opened.pop()
            spans += [(begin, at, actor) for actor in mark[1].split(",")]
    read = parsed("".join([*pieces, text[last:]]))
    found: dict[int, list[Mention]] = defaultdict(list)
    guesses: dict[int, list[Mention]] = defaultdict(list)
    for begin, end, actor in sorted(spans):
        span = read.doc.char_span(begin, end, alignment_mode="expand")
        is_guessed = span.text in guessed
        mention = Mention(document=read.document.id, begin_char=begin, end_char=end, text=span.text, actor=actor,
                          form=Form.NAME if span.root.pos_ == "PROPN" else Form.PRONOUN, how="marked",
                          confidence=0.3 if is_guessed else 0.9)
        (guesses if is_guessed else found)[span.root.i].append(mention)
    mentions = [one for some in found.values() for one in some]
    actors = tuple(Actor(id=actor, name=actor, kind=ActorKind.STATE) for actor in sorted({span[2] for span in spans}))
    return read, Resolution(
        tuple(sorted(mentions, key=lambda one: (one.begin_char, one.actor))), actors,
        {place: tuple(some) for place, some in found.items()}, {place: tuple(some) for place, some in guesses.items()})


def window(text: str, guessed: tuple[str, ...] = ()) -> Window:
    """The one window of a marked sentence."""
    (found,) = windows().of(*marked(text, guessed))
    return found


def judgement(of: Window, said: Said, looks: Mapping[int, float] | None = None) -> Judgement:
    """What an encoder says that gives these shares to pairs, and looks at these tokens."""
    shares = np.zeros((len(of.pairs), 1 + len(TYPES)), np.float32)
    for place, (one, other) in enumerate(of.pairs):
        for kind, share in said.get((of.actors[one], of.actors[other]), {}).items():
            shares[place, TYPE_PLACES[kind]] = share
    shares[:, 0] = 1 - shares.sum(1)
    glances = np.asarray([(looks or {}).get(int(index), 0.0) for index in of.tokens], np.float32)
    return Judgement(shares, np.tile(glances, (len(of.pairs), 1)), np.ones((len(of.pairs), 256), np.float32))


class Scripted(Network):
    """A network that says what it is told, whatever the window."""

    def __init__(self, said: Said, looks: Mapping[int, float] | None = None) -> None:
        self.said, self.looks, self.digest = said, looks, "scripted"
        self.heard: list[Floats] = []

    def judge(self, window: Window, grammar: Floats, *, is_with_grammar: bool = True) -> Judgement:
        """See `Network`."""
        self.heard.append(grammar if is_with_grammar else np.zeros_like(grammar))
        return judgement(window, self.said, self.looks)


def scripted(said: Said, mode: Mode = Mode.BOTH, looks: Mapping[int, float] | None = None,
             thresholds: Thresholds | None = None) -> LearnedReader:
    bars = thresholds or Thresholds(0.4, 0.3, 0.0, 0.45, BY_SHARE, "test")
    return LearnedReader(grammar(), Scripted(said, looks), bars, mode)


def learned(mode: Mode = Mode.BOTH, thresholds: Thresholds = ALL, reader: GrammarReader | None = None) -> LearnedReader:
    """The shipped network with thresholds that let everything through, or others."""
    return LearnedReader(reader or grammar(), network(), thresholds, mode)
