"""Questions to a ledger about events to come: how likely, how surely, and because of what."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from sides.forecast.answer import Beside, Forecast, Item, Like, Point, Ranked, Ranking, Rule
from sides.forecast.archive import Archive
from sides.forecast.calibration import logit
from sides.forecast.event_log import Past
from sides.forecast.explanation import Reason
from sides.forecast.features import Features
from sides.forecast.learned import HORIZONS
from sides.forecast.learned_answer import Learnt, Taught, learnt, too_short, unlike
from sides.forecast.learned_ranking import NAME as LEARNED_RANKER
from sides.forecast.learned_ranking import Next, dated, learned_next
from sides.forecast.of_ledger import EVENTS, LedgerEvents, calendar_day
from sides.forecast.pair_table import QUIET_DAYS
from sides.forecast.precedents import FEW, fired_rules, precedents
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


def forecast(archive: Archive, told: LedgerEvents, source: str, target: str, event: str, *, within_days: int,
             at: PartialDate, forecaster: str = AUTO) -> Forecast:
    """The chance that one actor does something to another within some days after the end of `at`.

    `told` must hold the two as actors. Raises `ForecastError` for a question that makes no sense, and, with the
    learned forecaster asked for, where there is too little to learn from.
    """
    past, asked, edges = _checked(told, event, within_days, at)
    if source == target:
        raise ForecastError(f"{told.names[source]!r} stands on both sides. Name two actors.")
    questions = Questions(*(np.array([past.actors.index(name)], np.int64) for name in (source, target)))
    own = pooled(past, questions, asked.channels, asked.at, edges)
    place = edges.index(within_days)
    features = Features.of(past, questions, asked.channels)
    taught = _learnt(archive, told, past, features, asked, edges, within_days, forecaster)
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
    notes = _notes(archive.view, told, at, between, float(own.windows[place, 3, 0]), why)
    silent = (too_short(past) or unlike(past, questions)) if forecaster == REFERENCE else why
    pointed = [*items, *(each.item for each in rules), *(each.last for each in likes if each.last)]
    return Forecast(
        source, target, asked.name, at.last, told.known, within_days, points[place].chance, points[place].low,
        points[place].high, beside[place].base_rate, beside[place].like_rate, beside[place].recurrence_rate, points,
        beside, taught.name if isinstance(taught, Learnt) else NAME, not len(rows),
        taught.reasons if isinstance(taught, Learnt) else _reasons(told, past, questions, asked, own, place, len(rows)),
        rules, items, lacking, likes, len(past), between, float(own.windows[place, 3, 0]), silent, notes, told.names,
        _quotes(archive.view, pointed))


def ranking(archive: Archive, told: LedgerEvents, source: str, event: str, *, within_days: int, at: PartialDate,
            most: int = 10, forecaster: str = AUTO) -> Ranking:
    """To whom an actor does something next: the `most` likeliest, ties by name.

    The learned ranker considers all actors; the reference class those who ever dealt with the one asked about.
    """
    past, asked, _ = _checked(told, event, within_days, at)
    place, found = past.actors.index(source), None
    if _is_learning(forecaster):
        found = learned_next(archive, told, past, place, asked.channels.members[:, asked.at], within_days)
        if isinstance(found, str) and forecaster == LEARNED:
            raise ForecastError(f"{found} Ask for the reference class.")
    rows, count = _learned_rows(told, past, place, asked, found, within_days, most) if isinstance(found, Next) else (
        _pooled_rows(told, past, place, asked, within_days, most))
    notes = _notes(archive.view, told, at, len(past.of_source(place)), float("inf"),
                   found if isinstance(found, str) else None)
    if isinstance(found, Next) and (unseated := int((found.ready.seats < 0).sum())):
        notes += (f"{unseated} actors who were first told of since the ranker learned are not ranked.",)
    items = [item for each in rows for item in (*each.precedents, *([each.last] if each.last else []))]
    return Ranking(source, asked.name, at.last, told.known, within_days,
                   LEARNED_RANKER if isinstance(found, Next) else NAME, rows, count, len(past), notes, told.names,
                   _quotes(archive.view, items))


def _learned_rows(told: LedgerEvents, past: Past, place: int, asked: Channel, found: Next, within_days: int,
                  most: int) -> tuple[tuple[Ranked, ...], int]:
    """The likeliest by the learned ranker, and how many were considered."""
    questions = Questions(np.full(len(found.answer[:most]), place, np.int64), found.answer[:most])
    recurrence = _recurrence(past, questions, asked, within_days, float(found.mapped.came.mean()))
    rows = []
    for at, other in enumerate(questions.target.tolist()):
        items, lacking = dated(found, at)
        rows.append(Ranked(past.actors[other], float(found.chance[at]), *found.interval(at), float(recurrence[at]),
                           _last(told, past, place, other, asked),
                           tuple(_item(told, past, row, why) for row, why in items), lacking))
    return tuple(rows), len(found.answer)


def _pooled_rows(told: LedgerEvents, past: Past, place: int, asked: Channel, within_days: int,
                 most: int) -> tuple[tuple[Ranked, ...], int]:
    """The likeliest by the reference class of those who ever dealt with an actor, and how many these are."""
    others = np.setdiff1d(np.concatenate([past.target[past.of_source(place)], past.source[past.of_target(place)]]),
                          [place])
    if not len(others):
        raise ForecastError(f"Nothing dated that was published until {told.known} is told of what "
                            f"{told.names[past.actors[place]]!r} had to do with others. Ask of a later day, or of "
                            "another actor.")
    questions = Questions(np.full(len(others), place, np.int64), others.astype(np.int64))
    # By the same stretches as a forecast of two, so that both say the same.
    edges = tuple(sorted({within_days, *(days for days in HORIZONS if days < within_days)}))
    own = pooled(past, questions, asked.channels, asked.at, edges)
    scores = own.curves[-1, :, -1]
    recurrence = _recurrence(past, questions, asked, within_days, float(own.curves[0, 0, -1]))
    rows = []
    for one in np.lexsort((others, -scores))[:most].tolist():
        low, high = own.interval(one)[-1]
        items = _latest(told, past, place, int(others[one]), asked)
        rows.append(Ranked(past.actors[others[one]], float(scores[one]), float(low), float(high),
                           float(recurrence[one]), _last(told, past, place, int(others[one]), asked), items,
                           None if len(items) >= FEW else "Fewer events of the two are told of."))
    return tuple(rows), len(others)


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


def _is_learning(forecaster: str) -> bool:
    """Whether learning is tried; raises `ForecastError` for a name that is none."""
    if forecaster not in FORECASTERS:
        raise ForecastError(f"No forecaster is named {forecaster!r}. Give one of: {', '.join(FORECASTERS)}.")
    return forecaster != REFERENCE


def _learnt(archive: Archive, told: LedgerEvents, past: Past, features: Features, asked: Channel,
            edges: Sequence[int], within_days: int, forecaster: str) -> Learnt | str | None:
    """What the learned forecaster says, or why it says nothing; nothing at all where it was not asked."""
    if not _is_learning(forecaster):
        return None
    why = too_short(past) or unlike(past, features.questions)
    if why is None:
        _, before = archive.fitting(told.known)
        why = too_short(before)
        found = why or _from_trees(archive, before, past, features, asked, edges, within_days)
        if isinstance(found, Learnt):
            return found
        why = found
    if forecaster == LEARNED:
        raise ForecastError(f"{why} {INSTEAD}")
    return why


def _from_trees(archive: Archive, before: Past, past: Past, features: Features, asked: Channel, edges: Sequence[int],
                within_days: int) -> Learnt | str:
    """The answer of what was learned from the past `before`, kept or made."""
    channels, about = asked.channels, range(len(QUADS)) if asked.at < len(QUADS) else (asked.at,)
    how = [*channels.names, *map(str, edges), "asked", *map(str, about)]
    try:
        taught = Taught.of(archive.learned("learned", before, how,
                                           lambda: Taught.fit(before, channels, edges, about).columns))
    except ForecastError as error:
        return str(error)
    return learnt(past, features, taught, asked.at, within_days)


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


def _latest(told: LedgerEvents, past: Past, source: int, target: int, asked: Channel) -> tuple[Item, ...]:
    """The latest such events, then what else passed between the two."""
    forth, back = past.of_pair(source, target), past.of_pair(target, source)
    is_asked = asked.channels.members[past.kind[forth], asked.at]
    rest = np.sort(np.concatenate([forth[~is_asked], back]))
    told_of = [(int(row), "the same before") for row in forth[is_asked][::-1][:FEW]]
    told_of += [(int(row), "between the two") for row in rest[::-1][:FEW - len(told_of)]]
    return tuple(_item(told, past, row, why) for row, why in told_of)


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
