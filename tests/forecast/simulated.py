"""A world of events whose true chances are known: with a rule, a rhythm and a turn of sign planted in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sides.forecast.event_log import EventLog, Kind

KINDS = (Kind("host", 1, 1), Kind("aid", 2, 1), Kind("accuse", 3, -1), Kind("attack", 4, -1))
DAYS = 1500
PAIRS = 120
RULE_CHANCE = .6  # that an accusation is answered with an attack by the accused, within the lag
RULE_LAG = 20  # days
RHYTHM_DAYS = 60  # between visits of the rhythmic pairs
TURNING = 20  # pairs of friends who become enemies, each on a day of its own


@dataclass(frozen=True)
class World:
    log: EventLog
    columns: tuple  # day, source, target, kind: as drawn
    rates: np.ndarray  # (PAIRS,) of the accusations of each pair, a day
    turn_days: tuple[int, ...]  # of Friend0 and Foe0, and so on

    def attack_chance(self, pair: int, past, days: int) -> float:
        """The true chance that the accused attacks the accuser in the next days, given the past.

        Attacks answer accusations, open ones of the last days and ones to come.
        """
        source, target = name(pair, 0), name(pair, 1)
        rows = past.of_pair(past.actors.index(source), past.actors.index(target))
        spared = 1.0
        for row in rows:
            age = past.until - int(past.day[row])
            if past.kinds[past.kind[row]].name == "accuse" and age < RULE_LAG:
                # Not known to have been answered or not: its answer is uniform over lags 1 to RULE_LAG.
                spared *= 1 - RULE_CHANCE * min(days, RULE_LAG - age + 1) / RULE_LAG / (
                    1 - RULE_CHANCE * (age - 1) / RULE_LAG)
        for ahead in range(days):
            within = min(days - 1 - ahead, RULE_LAG) / RULE_LAG
            spared *= 1 - self.rates[pair] * RULE_CHANCE * within
        return 1 - spared


def name(pair: int, side: int) -> str:
    return f"{'AB'[side]}{pair:03d} (Land {pair % 7})"


def world(seed: int = 1) -> World:
    """Pairs that accuse and answer; visits in a rhythm; friends who turn."""
    chance = np.random.default_rng(seed)
    rates = chance.gamma(1.0, .01, PAIRS)
    events = []
    for pair in range(PAIRS):
        for day in np.flatnonzero(chance.random(DAYS) < rates[pair]):
            events.append((int(day), name(pair, 0), name(pair, 1), "accuse"))
            if chance.random() < RULE_CHANCE:
                events.append((int(day) + int(chance.integers(1, RULE_LAG + 1)), name(pair, 1), name(pair, 0),
                               "attack"))
    for pair in range(30):
        begin = int(chance.integers(RHYTHM_DAYS))
        events += [(day, f"Guest{pair}", f"House{pair}", "host")
                   for day in range(begin, DAYS, RHYTHM_DAYS)]
    turn_days = tuple(range(300, 1300, 1000 // TURNING))
    for pair, turn in enumerate(turn_days):
        events += [(day, f"Friend{pair}", f"Foe{pair}", "aid" if day < turn else "attack")
                   for day in range(10 + pair % 7, DAYS, 15)]
    events = [event for event in events if event[0] < DAYS]
    columns = tuple(zip(*events, strict=True))
    return World(EventLog.named(*columns, kinds=KINDS), columns, rates, turn_days)
