"""The reader that ships as the default: the grammar proposes, the encoder judges, drops and adds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sides.actors.resolution import Resolution
from sides.claims.grammar.circumstances import Circumstances
from sides.claims.grammar.own_lexicon import LexiconFile
from sides.claims.grammar.phrases import Filler, Route
from sides.claims.grammar.proposals import Proposal
from sides.claims.grammar.reader import GrammarReader, Weighed
from sides.claims.learned.grammar_says import grammar_says
from sides.claims.learned.model import VOCABULARY, Judgement, Network, cutter, data
from sides.claims.learned.thresholds import Thresholds, Verdict, signs_of
from sides.claims.learned.windows import Window, Windows, mentions_of
from sides.claims.merger import merged
from sides.claims.mode import Mode
from sides.claims.restatements import restated
from sides.model.claim import Claim
from sides.model.claim_type import ClaimType
from sides.model.incomplete import Incomplete
from sides.parsing.pipeline import Parsed

if TYPE_CHECKING:
    from spacy.tokens import Token

# Raised whenever a change of code may change what is read.
CODE_VERSION = "1"
PATTERN = "learned"
# What carries no claim by itself is no trigger, however much the encoder looks at it.
NO_TRIGGERS = frozenset({"PUNCT", "SPACE", "DET", "PRON", "CCONJ", "SYM", "PROPN", "NUM"})


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim that is considered, and what its confidence is weighed from: nothing where only the grammar reads it."""

    claim: Claim
    signs: Mapping[str, float]


class LearnedReader:
    """Reads with the encoder, alone or with what the grammar says. Needs no network and no key."""

    def __init__(self, grammar: GrammarReader, network: Network, thresholds: Thresholds, mode: Mode) -> None:
        self.name = mode.value
        self.grammar, self._network, self._thresholds, self._mode = grammar, network, thresholds, mode
        self._windows = Windows(cutter(), grammar.lexicon)
        parts = (CODE_VERSION, mode.value, grammar.version, network.digest, thresholds.digest,
                 hashlib.sha256(data(VOCABULARY)).hexdigest())
        self.version = hashlib.sha256(":".join(parts).encode()).hexdigest()[:12]

    @classmethod
    def load(cls, mode: Mode = Mode.BOTH, own: Sequence[Path | LexiconFile] = ()) -> LearnedReader:
        """The encoder that ships with sides beside the grammar, with own files of entries laid over its lexicon.

        Raises `LexiconError` if a row of a file makes no sense, `LanguageModelError` if the encoder cannot be loaded.
        """
        return cls(GrammarReader.load(own), Network.load(), Thresholds.load(), mode)

    def read(self, parsed: Parsed, resolution: Resolution) -> Sequence[Claim]:
        """Read the claims of one document, sorted by offset."""
        return self.read_all(parsed, resolution)[0]

    def read_all(self, parsed: Parsed, resolution: Resolution) -> tuple[Sequence[Claim], Sequence[Incomplete]]:
        """The claims of one document, and what the grammar finds said of one actor only; both sorted by offset."""
        readings, incomplete = self.grammar.study(parsed, resolution) if self._mode is Mode.BOTH else ([], ())
        return restated(merged(self._kept(self._judged(parsed, resolution, readings))), parsed), incomplete

    def readings(self, parsed: Parsed, resolution: Resolution) -> Iterator[Judged]:
        """Everything that is considered in one document, before what is unlikely is dropped."""
        weighed = self.grammar.study(parsed, resolution)[0] if self._mode is Mode.BOTH else []
        return self._judged(parsed, resolution, weighed)

    def _kept(self, judged: Iterable[Judged]) -> Iterator[Claim]:
        """The claims that are likely enough."""
        for one in judged:
            if one.claim.confidence >= (self._thresholds.least if one.signs else self._thresholds.unjudged):
                yield one.claim

    def _judged(self, parsed: Parsed, resolution: Resolution, weighed: Sequence[Weighed]) -> Iterator[Judged]:
        """What the encoder finds likely, and the grammar's readings of which it cannot see both actors."""
        maker = Maker(self.grammar, parsed, resolution)
        seen: set[int] = set()  # the grammar's readings that the encoder had a say in
        for window in self._windows.of(parsed, resolution):
            inside = [place for place, one in enumerate(weighed)
                      if window.begin_char <= one.proposal.trigger[0].idx < window.end_char
                      and {one.claim.source, one.claim.target} <= set(window.actors)]
            seen.update(inside)
            judgement = self._network.judge(window, grammar_says(window, parsed, weighed),
                                            is_with_grammar=self._mode is Mode.BOTH)
            yield from self._claims(window, judgement, [weighed[place].claim for place in inside], maker)
        for place, one in enumerate(weighed):
            if place not in seen:
                yield Judged(one.claim, {})

    def _claims(self, window: Window, judgement: Judgement, grammar: Sequence[Claim],
                maker: Maker) -> Iterator[Judged]:
        """The claims of a window: the grammar's where it reads what the encoder finds likely, else new ones."""
        for verdict in self._thresholds.verdicts(window, judgement):
            two = {verdict.source, verdict.target}
            read = [claim for claim in grammar if {claim.source, claim.target} == two]
            same = [claim for claim in read if says(claim, verdict)]
            signs = signs_of(verdict, window, same, read)
            confidence = self._thresholds.confidence(signs)
            surest = max(same, key=lambda one: (one.confidence, -one.begin_char), default=None)
            claim = surest or maker.claim(window, verdict)
            if claim is not None:
                name = self.name if same else Mode.LEARNED.value
                yield Judged(replace(claim, confidence=confidence, reader=name, reader_version=self.version), signs)


def says(claim: Claim, verdict: Verdict) -> bool:
    """Whether a claim of the grammar says what the encoder finds likely."""
    if claim.type is not verdict.type:
        return False
    there = (claim.source, claim.target)
    return (there == (verdict.source, verdict.target)
            or (claim.type.meaning.is_reciprocal and there == (verdict.target, verdict.source))
            or (claim.type is ClaimType.MEDIATE and claim.source == verdict.source
                and verdict.target in (claim.target, claim.third)))


class Maker:
    """Makes claims of what only the encoder finds in one document."""

    def __init__(self, grammar: GrammarReader, parsed: Parsed, resolution: Resolution) -> None:
        self._grammar, self._parsed, self._resolution = grammar, parsed, resolution
        self._around = Circumstances.of(parsed, resolution, grammar.lexicon)

    def claim(self, window: Window, verdict: Verdict) -> Claim | None:
        """The claim, quoted from the actors' mentions to the word that the encoder looks at most."""
        trigger = self._trigger(window, verdict)
        if trigger is None:
            return None
        source, target = (self._filler(trigger, actor) for actor in (verdict.source, verdict.target))
        third = self._filler(trigger, verdict.third) if verdict.third else None
        meaning = verdict.type.meaning
        proposal = Proposal(verdict.type, meaning.sign, meaning.layer, source, target, (trigger,), PATTERN, third)
        return self._grammar.claim(proposal, self._around)

    def _trigger(self, window: Window, verdict: Verdict) -> Token | None:
        """The word that carries the claim."""
        weights: dict[int, float] = {}
        for index, look in zip(window.tokens, verdict.looks, strict=True):
            if index >= 0:
                weights[int(index)] = weights.get(int(index), 0.0) + float(look)
        doc = self._parsed.doc
        open_ = [index for index in weights if doc[index].pos_ not in NO_TRIGGERS] or list(weights)
        return doc[max(open_, key=lambda index: (round(weights[index], 3), -index))] if open_ else None

    def _filler(self, trigger: Token, actor: str) -> Filler:
        """The mention of an actor in the trigger's sentence that stands nearest to it."""
        named = [(token, mention) for token, mention in mentions_of(trigger.sent, self._resolution)
                 if mention.actor == actor]
        token, mention = min(named, key=lambda pair: (abs(pair[0].i - trigger.i), pair[0].i))
        return Filler(mention, token, Route.HEAD)

