"""The chance that a tie is in a state in a month to come: the chain of the ties carried forward, beside dyads alike."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sides.forecast.answer import StateForecast
from sides.forecast.reference_class import FEW_WINDOWS, SHOWN_LIKES, USUAL_HOLD, interval
from sides.model.claim_type import Modality
from sides.model.dates import PartialDate
from sides.model.errors import ForecastError
from sides.ties.atlas import About, Atlas, Dyad
from sides.ties.carried import shares
from sides.ties.signals import month_date, month_of
from sides.ties.states import STATES, State

MOST_MONTHS = 240  # ahead; and of the past that dyads alike are looked for in
MOST_DYADS = 2000  # that are looked at: those of which most is told


def state_forecast(atlas: Atlas, left: str, right: str, state: State, by: PartialDate, at: PartialDate,
                   names: Mapping[str, str]) -> StateForecast:
    """What the chain, frozen at the end of `at`, says of a tie in a month, with what became of dyads that stood alike.

    `atlas` must have a `known`. Raises `ForecastError` for a month that is not ahead, and where nothing is told of the
    two.
    """
    assert atlas.known is not None
    if at.last < atlas.known.last:
        raise ForecastError(f"A forecast of {at} may not know what was published until {atlas.known}. Give a `known` "
                            f"of {at} or before, or none.")
    now, then = month_of(at.last), month_of(by.last)
    if not now < then <= now + MOST_MONTHS:
        raise ForecastError(f"{by} is not ahead of {at}, or more than {MOST_MONTHS} months. Give a later or nearer "
                            "month.")
    dyad = (min(left, right), max(left, right))
    about = {each: some for each, some in atlas.dyads.items() if _is_told(some)}
    if dyad not in about:
        raise ForecastError(f"Nothing that was published until {atlas.known} tells how {names.get(left, left)!r} and "
                            f"{names.get(right, right)!r} stand. Ask of a later day, or of others.")
    said = shares({dyad: about[dyad]}, [now, then])[dyad]
    others = sorted((each for each in about if each != dyad),
                    key=lambda each: (-len(about[each].evidence), each))[:MOST_DYADS]
    place, stood = STATES.index(state), int(said[0].argmax())
    became = _became({each: about[each] for each in others}, now, then - now)
    weight = 1 / (then - now)  # of a month: those of one stretch tell the same
    every = [(was, is_) for rows in became.values() for was, is_ in rows]
    came = sum(is_ == place for _, is_ in every)
    base = (weight * came + .5) / (weight * len(every) + 1)
    alike = {each: [is_ == place for was, is_ in rows if was == stood] for each, rows in became.items()}
    size, hits = weight * sum(map(len, alike.values())), weight * sum(map(sum, alike.values()))
    chance = float(said[1][place])
    (low, high), = interval(np.array([chance]), np.array([size + 2]))
    first = sorted((each for each in alike if alike[each]),
                   key=lambda each: (-sum(alike[each]), -len(alike[each]), each))
    notes = () if size >= FEW_WINDOWS else (
        f"Dyads that stood where this one stands were seen in only {size:.1f} stretches of {then - now} months that do "
        "not overlap: the interval is wide.",)
    return StateForecast(
        *dyad, state, at.last, atlas.known, month_date(then), then - now, chance, float(low), float(high),
        dict(zip(STATES, said[1].tolist(), strict=True)), dict(zip(STATES, said[0].tolist(), strict=True)), base,
        (hits + USUAL_HOLD * base) / (size + USUAL_HOLD), size,
        tuple((*each, len(alike[each]), sum(alike[each])) for each in first[:SHOWN_LIKES]), len(about[dyad].evidence),
        notes, names)


def _is_told(some: About) -> bool:
    return any(one.claim.modality is not Modality.NEGATED for one in (*some.evidence, *some.mediation))


def _became(dyads: Mapping[Dyad, About], now: int, ahead: int) -> dict[Dyad, list[tuple[int, int]]]:
    """For each dyad and month since it was first told of: its likeliest state then, and so many months later."""
    begins = {dyad: month_of(min(one.date.first for one in (*some.evidence, *some.mediation)))
              for dyad, some in dyads.items()}
    first = max(min(begins.values(), default=now), now - MOST_MONTHS)
    if first + ahead > now:
        return {dyad: [] for dyad in dyads}
    likeliest: dict[Dyad, NDArray[np.intp]] = {
        dyad: said.argmax(1) for dyad, said in shares(dyads, range(first, now + 1)).items()}
    return {dyad: [(int(states[month - first]), int(states[month - first + ahead]))
                   for month in range(max(begins[dyad], first), now - ahead + 1)] for dyad, states in likeliest.items()}
