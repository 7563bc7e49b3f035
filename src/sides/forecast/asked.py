"""Questions to a ledger about events to come: how likely, how surely, and because of what."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from sides.forecast.answer import Beside, Forecast, Item, Like, Point, Ranked, Ranking, Rule
from sides.forecast.calibration import logit
from sides.forecast.event_log import Past
from sides.forecast.explanation import Reason
from sides.forecast.features import Features
from sides.forecast.learned import HORIZONS
from sides.forecast.learned_answer import Learnt, learnt, too_little
from sides.forecast.of_ledger import EVENTS, LedgerEvents, calendar_day
from sides.forecast.pair_table import QUIET_DAYS
from sides.forecast.precedents import fired_rules, precedents
from sides.forecast.questions import QUADS, Channels, Questions
from sides.forecast.recurrence import Recurrence
from sides.forecast.reference_class import (
    FEW_WINDOWS,
    LEVELS,
    NAME,
    SHOWN_LIKES,
    SIGN_DAYS,
    Pooled,
    alike,
    pooled,
)
from sides.forecast.scores import Array
from sides.model.claim import Claim
from sides.model.dates import PartialDate
from sides.model.errors import ForecastError
from sides.ties.view import View

AUTO, REFERENCE, LEARNED = "auto", "reference", "learned"
FORECASTERS = (AUTO, REFERENCE, LEARNED)
INSTEAD = "Ask for the reference class."  # what to do where the learned forecaster is silent
LONGEST_DAYS = 3650
SIGNS = {-1: "hostile", 0: "of no sign", 1: "friendly"}


class Ranker(Protocol):
    """Whoever orders those to whom an actor may do something next."""

    @property
    def name(self) -> str:
        """What it is called in answers."""

    def chances(self, past: Past, questions: Questions) -> Array:
        """(Q, C) the chance of an event of each channel, or anything that rises with it."""


@dataclass(frozen=True, slots=True)
class Channel:
    """What is asked about, among the channels of a log."""

    channels: Channels
    at: int

    @classmethod
    def named(cls, name: str, past: Past) -> Channel:
        """The channel of a claim type or a quad class; raises `ForecastError` for any other name, with the nearest."""
        plain = name.replace("-", " ").replace("_", " ").strip()
        if plain.lower() in QUADS:
            return cls(Channels.quads(past.kinds), QUADS.index(plain.lower()))
        kind = plain.upper()
        if kind in EVENTS:
            return cls(Channels.of_kinds(past.kinds, [kind]), len(QUADS))
        if any(kind == each.name for each in past.kinds):
            raise ForecastError(f"{name!r} is how two stand, not what one does. Ask for a state and a month, or for "
                                f"one of the events: {', '.join(EVENTS)}.")
        near = difflib.get_close_matches(kind, EVENTS, 1) or [
            each.replace(" ", "-") for each in difflib.get_close_matches(plain.lower(), QUADS, 1)]
        raise ForecastError(f"No event is named {name!r}." + (f" Did you mean {near[0]!r}?" if near else "")
                            + f" Give one of {', '.join(EVENTS)}, or "
                            + ", ".join(each.replace(" ", "-") for each in QUADS) + ".")

    @property
    def name(self) -> str:
        """Its name."""
        return self.channels.names[self.at]


def forecast(view: View, told: LedgerEvents, source: str, target: str, event: str, *, within_days: int,
             at: PartialDate, forecaster: str = AUTO) -> Forecast:
    """The chance that one actor does something to another within some days after the end of `at`.

    `told` must hold the two as actors. Raises `ForecastError` for a question that makes no sense, and, with the
    learned forecaster asked for, where there is too little to learn from.
    """
    past, asked, edges = _checked(told, event, within_days, at)
    if source == target:
        raise ForecastError(f"{told.names[source]!r} stands on both sides. Name two actors.")
    questions = Questions(*(np.array([past.actors.index(name)], np.int64) for name in (source, target)))
    taught = _learnt(past, questions, asked, edges, within_days, forecaster)
    own = pooled(past, questions, asked.channels, asked.at, edges)
    place = edges.index(within_days)
    features = Features.of(past, questions, asked.channels)
    curve = own.curves[:, 0, :]
    points = taught.points if isinstance(taught, Learnt) else tuple(
        Point(days, float(chance), float(low), float(high))
        for days, chance, (low, high) in zip(edges, curve[-1], own.interval(0), strict=True))
    beside = tuple(
        Beside(days, float(curve[0, at]), float(curve[3, at]),
               float(_recurrence(past, questions, asked, days, float(curve[0, at]))[0]))
        for at, days in enumerate(edges))
    found, lacking = precedents(past, features, 0, asked.channels, asked.at, told.names)
    rows = _since(past, questions, asked, QUIET_DAYS)
    items = tuple(_item(told, past, each.row, each.likeness) for each in found)
    rules = tuple(Rule(_item(told, past, each.row, each.way), each.confidence, each.support, each.within_days)
                  for each in fired_rules(past, features, 0, asked.at))
    likes = _likes(told, past, questions, asked, within_days)
    between = len(past.of_pair(int(questions.source[0]), int(questions.target[0]))) + len(
        past.of_pair(int(questions.target[0]), int(questions.source[0])))
    why = taught if isinstance(taught, str) else None
    notes = _notes(view, told, at, between, float(own.windows[place, 3, 0]), why)
    silent = too_little(past, questions) if forecaster == REFERENCE else why
    pointed = [*items, *(each.item for each in rules), *(each.last for each in likes if each.last)]
    return Forecast(
        source, target, asked.name, at.last, told.known, within_days, points[place].chance, points[place].low,
        points[place].high, beside[place].base_rate, beside[place].like_rate, beside[place].recurrence_rate, points,
        beside, taught.name if isinstance(taught, Learnt) else NAME, not len(rows),
        taught.reasons if isinstance(taught, Learnt) else _reasons(told, past, questions, asked, own, place, len(rows)),
        rules, items, lacking, likes, len(past), between, float(own.windows[place, 3, 0]), silent, notes, told.names,
        _quotes(view, pointed))


def ranking(view: View, told: LedgerEvents, source: str, event: str, *, within_days: int, at: PartialDate,
            most: int = 10, ranker: Ranker | None = None) -> Ranking:
    """To whom an actor does something next: of those who ever dealt with it, the `most` likeliest.

    Without a `ranker` by the chances of the reference class. Ties go by name.
    """
    past, asked, _ = _checked(told, event, within_days, at)
    place = past.actors.index(source)
    others = np.setdiff1d(np.concatenate([past.target[past.of_source(place)], past.source[past.of_target(place)]]),
                          [place])
    if not len(others):
        raise ForecastError(f"Nothing dated that was published until {told.known} is told of what "
                            f"{told.names[source]!r} had to do with others. Ask of a later day, or of another actor.")
    questions = Questions(np.full(len(others), place, np.int64), others.astype(np.int64))
    own = pooled(past, questions, asked.channels, asked.at, (within_days,))
    scores = own.curves[-1, :, -1] if ranker is None else ranker.chances(past, questions)[:, asked.at]
    recurrence = _recurrence(past, questions, asked, within_days, float(own.curves[0, 0, -1]))
    rows = []
    for one in np.lexsort((others, -scores))[:most]:
        low, high = own.interval(int(one))[-1]
        last = _last(told, past, place, int(others[one]), asked)
        rows.append(Ranked(past.actors[others[one]], float(own.curves[-1, one, -1]), float(low), float(high),
                           float(recurrence[one]), last))
    notes = _notes(view, told, at, len(past.of_source(place)), float("inf"), None)
    return Ranking(source, asked.name, at.last, told.known, within_days,
                   NAME if ranker is None else ranker.name, tuple(rows), len(others), len(past), notes,
                   told.names, _quotes(view, [each.last for each in rows if each.last]))


def _checked(told: LedgerEvents, event: str, within_days: int,
             at: PartialDate) -> tuple[Past, Channel, tuple[int, ...]]:
    """The past, the channel and the horizons of a question."""
    if at.last < told.known.last:
        raise ForecastError(f"A forecast of {at} may not know what was published until {told.known}. Give a `known` "
                            f"of {at} or before, or none.")
    if not 1 <= within_days <= LONGEST_DAYS:
        raise ForecastError(f"A forecast looks 1 to {LONGEST_DAYS} days ahead, not {within_days}.")
    past = told.before(at)
    if not len(past):
        raise ForecastError(f"No asserted event that was published until {told.known} is dated to a month. Ask of a "
                            "later day, or read more into the ledger.")
    return past, Channel.named(event, past), tuple(sorted({*HORIZONS, within_days}))


def _learnt(past: Past, questions: Questions, asked: Channel, edges: Sequence[int], within_days: int,
            forecaster: str) -> Learnt | str | None:
    """What the learned forecaster says, or why it says nothing; nothing at all where it was not asked."""
    if forecaster not in FORECASTERS:
        raise ForecastError(f"No forecaster is named {forecaster!r}. Give one of: {', '.join(FORECASTERS)}.")
    if forecaster == REFERENCE:
        return None
    why = too_little(past, questions)
    if why is None:
        found = learnt(past, questions, asked.channels, asked.at, edges, within_days)
        if isinstance(found, Learnt):
            return found
        why = found
    if forecaster == LEARNED:
        raise ForecastError(f"{why} {INSTEAD}")
    return why


def _recurrence(past: Past, questions: Questions, asked: Channel, days: int, base: float) -> Array:
    """(Q,) the recurrence rate of the channel."""
    plain = Recurrence(asked.channels, days, np.full(len(asked.channels), base))
    return plain.chances(past, questions)[:, asked.at]


def _since(past: Past, questions: Questions, asked: Channel, days: int) -> Array:
    rows = past.of_pair(int(questions.source[0]), int(questions.target[0]))
    kept: Array = rows[asked.channels.members[past.kind[rows], asked.at] & (past.day[rows] >= past.until - days)]
    return kept


def _last(told: LedgerEvents, past: Past, source: int, target: int, asked: Channel) -> Item | None:
    rows = past.of_pair(source, target)
    rows = rows[asked.channels.members[past.kind[rows], asked.at]]
    return _item(told, past, int(rows[-1]), "the last such event") if len(rows) else None


def _item(told: LedgerEvents, past: Past, row: int, why: str) -> Item:
    assert past.evidence is not None
    return Item(calendar_day(int(past.day[row])), past.actors[past.source[row]], past.kinds[past.kind[row]].name,
                past.actors[past.target[row]], why, told.claims[int(past.evidence[row])])


def _likes(told: LedgerEvents, past: Past, questions: Questions, asked: Channel, days: int) -> tuple[Like, ...]:
    """The dyads alike of which most is known: those with most such windows first."""
    actors = len(past.actors)
    found = alike(past, questions, asked.channels, asked.at, days)
    first = sorted(found, key=lambda pair: (-found[pair][0], -found[pair][1], pair))[:SHOWN_LIKES]
    return tuple(Like(past.actors[pair // actors], past.actors[pair % actors], found[pair][1], found[pair][0],
                      _last(told, past, pair // actors, pair % actors, asked)) for pair in first)


def _reasons(told: LedgerEvents, past: Past, questions: Questions, asked: Channel, own: Pooled, place: int,
             lately: int) -> tuple[Reason, ...]:
    """How far each narrower class moves the logit, the strongest first."""
    source, target = int(questions.source[0]), int(questions.target[0])
    between = np.concatenate([past.of_pair(source, target), past.of_pair(target, source)])
    late = between[past.day[between] >= past.until - SIGN_DAYS]
    sign = int(np.sign(sum(past.kinds[kind].sign for kind in past.kind[late])))
    roles = [past.roles[past.role[one]] if past.role[one] >= 0 else "an unknown kind" for one in (source, target)]
    ever = len(_since(past, questions, asked, past.until - int(past.day[0])))
    texts = ("", f"{lately} such events in the last {QUIET_DAYS} days" if lately else
             f"no such event in the last {QUIET_DAYS} days" + ("" if ever else ", nor ever before"),
             f"what passed between them in the last three years is {SIGNS[sign]}",
             f"{roles[0]} toward {roles[1]}",
             f"what {told.names[past.actors[source]]} did to {told.names[past.actors[target]]} before")
    steps = logit(own.curves[:, 0, place])
    moved = [Reason(LEVELS[level], texts[level], float(steps[level] - steps[level - 1]), ())
             for level in range(1, len(LEVELS))]
    return tuple(sorted((one for one in moved if abs(one.push) >= 5e-4), key=lambda one: (-abs(one.push), one.topic)))


def _notes(view: View, told: LedgerEvents, at: PartialDate, between: int, windows: float,
           why: str | None) -> tuple[str, ...]:
    """What a reader must know of the answer."""
    notes = [why] if why else []
    horizon = view.horizon(told.known.last)
    if horizon and (at.last - horizon.last).days > QUIET_DAYS:
        notes.append(f"The latest document that counts is of {horizon}: nothing is known of the time after it.")
    if not between:
        notes.append("Nothing dated is told of them: the answer is that of the class alone.")
    if windows < FEW_WINDOWS:
        notes.append(f"Dyads alike were seen in only {windows:.1f} windows that do not overlap: the answer leans on "
                     "all dyads, and its interval is wide.")
    if told.without_month or told.ahead:
        notes.append(f"Left out: {told.without_month} claims that their text dates to no month, {told.ahead} that it "
                     "dates after their document.")
    return tuple(notes)


def _quotes(view: View, items: Iterable[Item]) -> dict[str, Claim]:
    wanted = sorted({each.claim for each in items})
    return {claim.id: claim for claim in view.snapshot.claims(ids=wanted)} if wanted else {}
