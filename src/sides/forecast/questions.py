"""Questions of yes and no about events to come: will at least one event of a channel from a to b fall in [T, T + H)?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sides.forecast.event_log import Kind, Past
from sides.model.errors import ForecastError

Integers = NDArray[np.int64]
QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")

# Who is asked about: dyads that have met, and lately.
LEAST_EVENTS = 3
ACTIVE_DAYS = 180


@dataclass(frozen=True, slots=True, eq=False)
class Channels:
    """Sets of kinds of events that are asked about together, by name."""

    names: tuple[str, ...]
    members: NDArray[np.bool_]  # (K, C), whether a kind belongs to a channel

    @classmethod
    def quads(cls, kinds: Sequence[Kind]) -> Channels:
        """The four quad classes."""
        return cls(QUADS, np.array([kind.quad for kind in kinds], int).reshape(-1, 1) == np.arange(1, 5))

    @classmethod
    def of_kinds(cls, kinds: Sequence[Kind], names: Sequence[str]) -> Channels:
        """The four quad classes, then one channel for each kind of a name, such as a claim type.

        Raises `ForecastError` for a kind that is not among `kinds`.
        """
        known = [kind.name for kind in kinds]
        for name in names:
            if name not in known:
                raise ForecastError(f"No event is of the kind {name!r}. Give one of: {', '.join(known)}.")
        return cls.of_sets(kinds, {name: [name] for name in names})

    @classmethod
    def of_sets(cls, kinds: Sequence[Kind], sets: Mapping[str, Collection[str]]) -> Channels:
        """The four quad classes, then one channel for each set of kinds, by its name."""
        quads, known = cls.quads(kinds), [kind.name for kind in kinds]
        own = np.array([[kind in some for some in sets.values()] for kind in known], np.bool_)
        return cls((*QUADS, *sets), np.concatenate([quads.members, own.reshape(len(known), len(sets))], axis=1))

    def __len__(self) -> int:
        return len(self.names)


@dataclass(frozen=True, slots=True, eq=False)
class Questions:
    """Q directed pairs that are asked about, by their places in `actors`."""

    source: Integers  # (Q,)
    target: Integers  # (Q,)

    @classmethod
    def eligible(cls, past: Past, *, least_events: int = LEAST_EVENTS, active_days: int = ACTIVE_DAYS) -> Questions:
        """Both directions of all dyads with enough events either way, one of late; in order of source, target."""
        actors = len(past.actors)
        is_between = past.source != past.target
        source, target = past.source[is_between].astype(np.int64), past.target[is_between].astype(np.int64)
        dyad, place, count = np.unique(np.minimum(source, target) * actors + np.maximum(source, target),
                                       return_inverse=True, return_counts=True)
        is_active = np.zeros(len(dyad), np.bool_)
        is_active[place[past.day[is_between] >= past.until - active_days]] = True
        kept = dyad[is_active & (count >= least_events)]
        both = np.sort(np.concatenate([kept, kept % actors * actors + kept // actors])) if len(kept) else kept
        return cls(both // max(actors, 1), both % max(actors, 1))

    def __len__(self) -> int:
        return len(self.source)


def happened(past: Past, questions: Questions, channels: Channels, since: int, until: int) -> NDArray[np.bool_]:
    """(Q, C) whether an event of each channel fell in the days [since, until).

    Raises `ForecastError` where the past ends before the window does: what came is not known yet.
    """
    if past.until < until:
        raise ForecastError(f"The window from day {since} ends at day {until}, and events are known only before day "
                            f"{past.until}. Ask from day {past.until - (until - since)} or earlier.")
    rows = np.arange(*np.searchsorted(past.day, (since, until)))
    actors, asked = len(past.actors), questions.source * len(past.actors) + questions.target
    key, kind = past.source[rows].astype(np.int64) * actors + past.target[rows], past.kind[rows]
    return np.stack([np.isin(asked, key[channels.members[kind, channel]]) for channel in range(len(channels))], axis=1)
