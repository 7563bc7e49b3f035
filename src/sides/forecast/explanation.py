"""Why a forecast says what it says: what speaks for and against, the rules that fired, and dated precedents."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sides.forecast.boosting import contributions
from sides.forecast.event_log import Past
from sides.forecast.features import Features
from sides.forecast.learned import Learned
from sides.forecast.precedents import FiredRule, Precedent, fired_rules, precedents
from sides.forecast.questions import Questions
from sides.forecast.scores import Array

TOPICS = {
    "record": "what {source} did to {target} before",
    "rhythm": "how regularly it came, and the same days of last year",
    "back": "what {target} did to {source}",
    "sign": "whether they have been friendly or hostile",
    "rules": "what has followed such events elsewhere",
    "source": "what {source} does to others, and they to it",
    "target": "what others do to {target}, and it to them",
    "countries": "what goes on between their countries",
    "roles": "what actors of these roles do",
    "neighbours": "whom both deal with",
    "balance": "their common friends and enemies",
    "state": "how their tie stands, and since when",
    "strain": "which tie between them would strain fewer others, and whether they stand across camps",
    "activity": "how much both do in all, and what share of it with each other",
    "alike": "what actors like them do to each other",
}
NAMED_FEATURES = 3  # that weigh most in a reason


@dataclass(frozen=True, slots=True)
class Reason:
    """What features of one topic do to a forecast together."""

    topic: str  # a key of `TOPICS`
    text: str
    push: float  # on the logit of the first stretch up to the horizon: above 0 speaks for the event
    features: tuple[tuple[str, float, float], ...]  # the weightiest: name, value, push


@dataclass(frozen=True, slots=True)
class Explanation:
    """One forecast with all that it rests on."""

    source: str
    target: str
    channel: str
    curve: tuple[tuple[int, float], ...]  # days, chance within them
    base_push: float  # the logit that all pushes start from
    reasons: tuple[Reason, ...]  # the strongest first
    rules: tuple[FiredRule, ...]  # the surest first
    precedents: tuple[Precedent, ...]
    lacking: str | None  # why there are fewer than three precedents


@dataclass(frozen=True, slots=True, eq=False)
class Explainer:
    """The forecasts of one day, and what they were made of."""

    learned: Learned
    past: Past
    questions: Questions
    features: Features
    curves: Array  # (Q, C, H)

    @classmethod
    def of(cls, learned: Learned, past: Past, questions: Questions) -> Explainer:
        """All questions answered; each can then be explained at once."""
        features = Features.of(past, questions, learned.channels)
        return cls(learned, past, questions, features, learned.curves(features.values))

    def explain(self, question: int, channel: int, stretch: int = 0) -> Explanation:
        """Why the forecast of a question, by its place, is what it is for a channel; reasons are those of a stretch."""
        source, target = (self.past.actors[int(places[question])]
                          for places in (self.questions.source, self.questions.target))
        hazard = self.learned.hazards[stretch][channel]
        reasons: tuple[Reason, ...] = ()
        base = float(np.log(hazard.base / (1 - hazard.base)))
        if hazard.trees is not None:
            pushes = contributions(hazard.trees, self.features.values[question:question + 1])[0]
            base, reasons = float(pushes[-1]), self._reasons(question, pushes[:-1], source, target)
        found, lacking = precedents(self.past, self.features, question, self.learned.channels, channel)
        return Explanation(
            source, target, self.learned.channels.names[channel],
            tuple(zip(self.learned.horizons, map(float, self.curves[question, channel]), strict=True)), base, reasons,
            fired_rules(self.past, self.features, question, channel), found, lacking)

    def _reasons(self, question: int, pushes: NDArray[np.float64], source: str, target: str) -> tuple[Reason, ...]:
        topics = np.array(self.features.topics)
        reasons = []
        for topic, text in TOPICS.items():
            places = np.flatnonzero(topics == topic)
            push = float(pushes[places].sum())
            weighty = places[np.argsort(-np.abs(pushes[places]), kind="stable")][:NAMED_FEATURES]
            reasons.append(Reason(topic, text.format(source=source, target=target), push, tuple(
                (self.features.names[at], float(self.features.values[question, at]), float(pushes[at]))
                for at in weighty if pushes[at])))
        return tuple(sorted((each for each in reasons if each.push), key=lambda each: (-abs(each.push), each.topic)))


