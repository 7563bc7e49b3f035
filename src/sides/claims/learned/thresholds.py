"""From the encoder's probabilities to claims: what is likely, and how likely it is to be right (merger.toml).

The confidence of a claim is a logistic regression over the odds of the encoder, what the grammar reads of the two
actors, and how sure it is who they are: the merger of the two readers. It is fitted on articles that the encoder did
not see.
"""

from __future__ import annotations

import hashlib
import math
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sides.claims.learned.model import Floats, Judgement, data
from sides.claims.learned.windows import CONFIDENCES, IS_SURE, TYPES, Window
from sides.model.claim import Claim
from sides.model.claim_type import ClaimType, Kind
from sides.model.errors import LanguageModelError

FILE = "merger.toml"
FLOOR, CEILING = 0.05, 0.97
# Odds beyond these tell no more.
SUREST = 0.999


@dataclass(frozen=True, slots=True)
class Verdict:
    """A claim that the encoder finds likely: two actors of a window, a type, how probable, and where it looks."""

    source: str
    target: str
    third: str | None  # of a mediation, the first of the two that it runs between
    type: ClaimType
    share: float  # of the probability
    pair: float  # the probability that there is any claim of the two, this way
    rank: int  # of the type among those of the pair, from 0
    place: int  # of the pair in the window
    looks: Floats


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What is likely enough, and how likely it is to be right."""

    pair: float  # the probability that two actors have a claim, this way, from which one is considered
    second: float  # the share of a type from which it is a further claim of a pair
    least: float  # the confidence from which a claim is kept
    unjudged: float  # the confidence from which a reading of the grammar is kept whose actors the encoder cannot see
    weights: Mapping[str, float]
    digest: str

    @classmethod
    def load(cls) -> Thresholds:
        """Those that ship with sides. Raises `LanguageModelError` if they cannot be read."""
        raw = data(FILE)
        try:
            table = tomllib.loads(raw.decode("utf-8"))
            bounds = {name: float(table["bounds"][name]) for name in ("pair", "second", "least", "unjudged")}
            weights = {str(sign): float(weight) for sign, weight in table["weights"].items()}
            return cls(**bounds, weights=weights, digest=hashlib.sha256(raw).hexdigest())
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise LanguageModelError(f"{FILE} of the learned reader cannot be read ({error}). Reinstall sides.") \
                from error

    def confidence(self, signs: Mapping[str, float]) -> float:
        """How likely a claim with these signs is to be right, between 0.05 and 0.97.

        >>> Thresholds(.2, .3, .4, .5, {"odds of the type": 1.0}, "").confidence({"odds of the type": 1.1})
        0.75
        """
        odds = sum(self.weights.get(sign, 0.0) * value for sign, value in signs.items())
        return round(min(CEILING, max(FLOOR, 1 / (1 + math.exp(-odds)))), 2)

    def reasons(self, signs: Mapping[str, float]) -> list[tuple[str, float]]:
        """What each sign adds to the logarithm of the odds, the weightiest first.

        >>> Thresholds(.2, .3, .4, .5, {"tie": 0.5, "always": -1.0}, "").reasons({"always": 1.0, "tie": 1.0})
        [('always', -1.0), ('tie', 0.5)]
        """
        found = [(sign, round(self.weights.get(sign, 0.0) * value, 2)) for sign, value in signs.items()]
        return sorted((one for one in found if one[1]), key=lambda one: (-abs(one[1]), one[0]))

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
            for rank, (kind, share) in enumerate(self._likely(shares, back)):
                if (other, one, kind) in given and kind.meaning.is_reciprocal:
                    continue
                given.add((one, other, kind))
                found.append(Verdict(window.actors[one], window.actors[other], None, kind, share, 1 - float(shares[0]),
                                     rank, place, judgement.looks[place]))
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


def signs_of(verdict: Verdict, window: Window, same: Sequence[Claim], others: Sequence[Claim]) -> dict[str, float]:
    """What speaks for and against a verdict.

    `same`: what the grammar reads that says the same. `others`: what else it reads of the two actors, either way.
    """
    place = window.places[verdict.place]
    sign = verdict.type.meaning.sign
    found = {
        "always": 1.0, "odds of the type": odds(verdict.share), "odds of any claim": odds(verdict.pair),
        "further type": float(verdict.rank > 0), "read by the grammar": float(bool(same)),
        "odds by the grammar": odds(max((one.confidence for one in same), default=0.5)),
        "read with its sign": float(not same and any(one.sign == sign for one in others)),
        "read with another sign": float(not same and any(one.sign != sign for one in others)),
        "doubt of the actors": -sum(math.log(max(0.05, float(confidence))) for confidence in place[CONFIDENCES]),
        "guessed actors": 2.0 - float(place[IS_SURE].sum()),
        "actors of the sentence": math.log(len(window.actors)),
        "structure": float(verdict.type.meaning.kind is Kind.STRUCTURE),
        "tie": float(verdict.type.meaning.kind is Kind.TIE)}
    return {name: value for name, value in found.items() if value}


def odds(share: float) -> float:
    """The logarithm of the odds of a probability."""
    share = min(SUREST, max(1 - SUREST, share))
    return math.log(share / (1 - share))
