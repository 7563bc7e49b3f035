"""The reader that ships as the default: the grammar proposes, the encoder judges, drops and adds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sides.actors.resolution import Resolution
from sides.claims.grammar.circumstances import Circumstances
from sides.claims.grammar.own_lexicon import LexiconFile
from sides.claims.grammar.phrases import Filler, Route
from sides.claims.grammar.proposals import Proposal
from sides.claims.grammar.reader import GrammarReader, Weighed
from sides.claims.learned.explain import Opinion, opinions
from sides.claims.learned.findings import Finding, Hearing
from sides.claims.learned.grammar_says import grammar_says
from sides.claims.learned.model import VOCABULARY, Judgement, Network, cutter, data
from sides.claims.learned.nearest import Precedents
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
        hearings, unseen, incomplete = self._hear(parsed, resolution)
        return self._concluded(hearings, unseen, parsed), incomplete

    def explain(self, parsed: Parsed, resolution: Resolution) -> list[Opinion]:
        """What the encoder makes of each sentence that names two actors, with the training claims most like each.

        The claims are those of `read`. Raises `LanguageModelError` if the training claims are missing.
        """
        hearings, unseen, _ = self._hear(parsed, resolution)
        return opinions(hearings, unseen, self._concluded(hearings, unseen, parsed), self._thresholds,
                        Precedents.load())

    def considered(self, parsed: Parsed, resolution: Resolution) -> list[tuple[Claim, Mapping[str, float]]]:
        """Everything that is weighed in one document with its signs; none where only the grammar has a say."""
        hearings, unseen, _ = self._hear(parsed, resolution)
        return [*((finding.claim, finding.signs) for hearing in hearings for finding in hearing.findings),
                *((one.claim, {}) for one in unseen)]

    def _concluded(self, hearings: Sequence[Hearing], unseen: Sequence[Weighed], parsed: Parsed) -> list[Claim]:
        """The claims of one document: what was found, and what only the grammar could see and is sure of."""
        claims = [finding.claim for hearing in hearings for finding in hearing.kept(self._thresholds.least)]
        claims += [one.claim for one in unseen if one.claim.confidence >= self._thresholds.unjudged]
        return list(restated(merged(claims), parsed))

    def _hear(self, parsed: Parsed,
              resolution: Resolution) -> tuple[list[Hearing], list[Weighed], Sequence[Incomplete]]:
        """What came of each window, the readings that the encoder had no say in, and what is incomplete.

        The grammar reads only where it is asked.
        """
        around = Circumstances.of(parsed, resolution, self.grammar.lexicon)
        weighed, incomplete = self.grammar.study(parsed, resolution, around) if self._mode is Mode.BOTH else ([], ())
        maker = Maker(self.grammar, parsed, resolution, around)
        judged: set[int] = set()
        hearings: list[Hearing] = []
        for window in self._windows.of(parsed, resolution):
            inside = [place for place, one in enumerate(weighed)
                      if window.begin_char <= one.proposal.trigger[0].idx < window.end_char
                      and {one.claim.source, one.claim.target} <= set(window.actors)]
            judged.update(inside)
            judgement = self._network.judge(window, grammar_says(window, parsed, weighed),
                                            is_with_grammar=self._mode is Mode.BOTH)
            readings = tuple(weighed[place] for place in inside)
            hearings.append(Hearing(window, judgement, readings,
                                    tuple(self._findings(window, judgement, readings, maker))))
        return hearings, [one for place, one in enumerate(weighed) if place not in judged], incomplete

    def _findings(self, window: Window, judgement: Judgement, weighed: Sequence[Weighed],
                  maker: Maker) -> Iterator[Finding]:
        """What comes of each verdict: the grammar's claim where it reads the same, else a new one."""
        for verdict in self._thresholds.verdicts(window, judgement):
            two = {verdict.source, verdict.target}
            read = [one for one in weighed if {one.claim.source, one.claim.target} == two]
            same = [one for one in read if says(one.claim, verdict)]
            signs = signs_of(verdict, window, [one.claim for one in same], [one.claim for one in read])
            confidence = self._thresholds.confidence(signs)
            best = max(same, key=lambda one: (one.claim.confidence, -one.claim.begin_char), default=None)
            claim = best.claim if best else maker.claim(window, verdict)
            reader = self.name if best else Mode.LEARNED.value
            yield Finding(verdict, signs, maker.trigger(window, verdict).text, best, replace(
                claim, confidence=confidence, reader=reader, reader_version=self.version))


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

    def __init__(self, grammar: GrammarReader, parsed: Parsed, resolution: Resolution, around: Circumstances) -> None:
        self._grammar, self._parsed, self._resolution, self._around = grammar, parsed, resolution, around

    def claim(self, window: Window, verdict: Verdict) -> Claim:
        """The claim, quoted from the actors' mentions to the word that the encoder looks at most."""
        trigger = self.trigger(window, verdict)
        source, target = (self._filler(trigger, actor) for actor in (verdict.source, verdict.target))
        third = self._filler(trigger, verdict.third) if verdict.third else None
        meaning = verdict.type.meaning
        proposal = Proposal(verdict.type, meaning.sign, meaning.layer, source, target, (trigger,), PATTERN, third)
        return self._grammar.claim(proposal, self._around)

    def trigger(self, window: Window, verdict: Verdict) -> Token:
        """The word that carries the claim: of those that can, the one that the encoder looks at most."""
        weights: dict[int, float] = {}
        for index, look in zip(window.tokens, verdict.looks, strict=True):
            if index >= 0:
                weights[int(index)] = weights.get(int(index), 0.0) + float(look)
        doc = self._parsed.doc
        open_ = [index for index in weights if doc[index].pos_ not in NO_TRIGGERS] or list(weights)
        return doc[max(open_, key=lambda index: (round(weights[index], 3), -index))]

    def _filler(self, trigger: Token, actor: str) -> Filler:
        """The mention of an actor in the trigger's sentence that stands nearest to it."""
        named = [(token, mention) for token, mention in mentions_of(trigger.sent, self._resolution)
                 if mention.actor == actor]
        token, mention = min(named, key=lambda pair: (abs(pair[0].i - trigger.i), pair[0].i))
        return Filler(mention, token, Route.HEAD)

