"""From the encoder's probabilities to verdicts, by thresholds chosen on annotated articles (thresholds.toml)."""

from __future__ import annotations

import hashlib
import math
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sides.claims.learned.model import Floats, Judgement, data
from sides.claims.learned.windows import TYPES, Window
from sides.model.claim_type import ClaimType
from sides.model.errors import LanguageModelError

FILE = "thresholds.toml"
FLOOR, CEILING = 0.05, 0.97


@dataclass(frozen=True, slots=True)
class Verdict:
    """A claim that the encoder finds likely: two actors of a window, a type, how probable, and where it looks."""

    source: str
    target: str
    third: str | None  # of a mediation, the first of the two that it runs between
    type: ClaimType
    share: float  # of the probability
    looks: Floats


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What is likely enough, and how likely it is to be right."""

    pair: float  # the probability that two actors have a claim, this way, from which one is made
    second: float  # the share of a type from which it is a further claim of a pair
    unjudged: float  # the confidence from which a reading of the grammar is kept whose actors the encoder cannot see
    slope: float  # confidence: logistic of slope * log odds of the share + offset
    offset: float
    digest: str

    @classmethod
    def load(cls) -> Thresholds:
        """The thresholds that ship with sides. Raises `LanguageModelError` if they cannot be read."""
        raw = data(FILE)
        try:
            table = tomllib.loads(raw.decode("utf-8"))
            return cls(**{name: float(table[name]) for name in ("pair", "second", "unjudged", "slope", "offset")},
                       digest=hashlib.sha256(raw).hexdigest())
        except (KeyError, TypeError, ValueError) as error:
            raise LanguageModelError(f"{FILE} of the learned reader cannot be read ({error}). Reinstall sides.") \
                from error

    def confidence(self, share: float) -> float:
        """How likely a claim is to be right that has this share of the probability.

        >>> Thresholds(.4, .3, .5, 1.0, 0.0, "").confidence(0.7)
        0.7
        """
        share = min(0.999, max(0.001, share))
        odds = self.slope * math.log(share / (1 - share)) + self.offset
        return round(min(CEILING, max(FLOOR, 1 / (1 + math.exp(-odds)))), 2)

    def verdicts(self, window: Window, judgement: Judgement) -> list[Verdict]:
        """The likely claims of a window: of each pair the likeliest type, and others that are likely by themselves.

        A claim that runs both ways is given once, from the actor named first. Two mediations by one actor are one
        between the two others.
        """
        found: list[Verdict] = []
        ways = {(int(one), int(other)): place for place, (one, other) in enumerate(window.pairs)}
        given: set[tuple[int, int, ClaimType]] = set()
        for (one, other), place in sorted(ways.items(), key=lambda item: item[1]):
            shares, back = judgement.shares[place], judgement.shares[ways[other, one]]
            for kind, share in self._likely(shares, back):
                if (other, one, kind) in given and kind.meaning.is_reciprocal:
                    continue
                given.add((one, other, kind))
                found.append(Verdict(window.actors[one], window.actors[other], None, kind, share,
                                     judgement.looks[place]))
        return joined(found)

    def _likely(self, shares: Floats, back: Floats) -> Iterator[tuple[ClaimType, float]]:
        """The types that a pair is likely to have a claim of, the likeliest first."""
        order = sorted(range(1, len(shares)), key=lambda at: (-shares[at], at))
        for rank, at in enumerate(order):
            kind, share = TYPES[at - 1], float(shares[at])
            if kind.meaning.is_reciprocal:
                share = max(share, float(back[at]))
            if 1 - float(shares[0]) < self.pair or (rank and float(shares[at]) < self.second):
                return
            yield kind, share


def joined(verdicts: list[Verdict]) -> list[Verdict]:
    """The verdicts with each two mediations of one actor as one, between the two that it mediates between."""
    found: list[Verdict] = []
    open_: dict[str, int] = {}
    for verdict in verdicts:
        if verdict.type is ClaimType.MEDIATE:
            place = open_.pop(verdict.source, None)
            if place is not None:
                first = found[place]
                found[place] = replace(verdict, third=first.target, share=max(first.share, verdict.share))
                continue
            open_[verdict.source] = len(found)
        found.append(verdict)
    return found
