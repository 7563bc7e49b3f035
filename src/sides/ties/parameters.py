"""The numbers of the model of ties: `data/ties/model.toml`, with their sources there."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sides.model.claim_type import ClaimType, Kind, Layer, Modality
from sides.ties.model_file import read_model
from sides.ties.states import LEVELS

Floats = NDArray[np.float64]

TYPES = tuple(ClaimType)
PLACES = {kind: place for place, kind in enumerate(TYPES)}
SIGNS = (-1, 0, 1)


@dataclass(frozen=True, slots=True)
class Timing:
    """How long a claim speaks of its dyad: rates a month, and months."""

    hold: float
    hold_fades: float
    before_end: float
    before_end_for: int
    before_end_year: int
    undated_fades: float
    undated_tie: float
    undated_event: float
    recent_fades: float
    recent_tie: float
    recent_event: float


@dataclass(frozen=True, slots=True)
class Parameters:
    """The model's numbers. Arrays are over the types of claims in their order, and the five states in theirs."""

    move: Floats  # (5, 5) probability of each state a month after each
    initial: Floats  # (5,)
    means: Floats  # (types, 3) level that a claim speaks for most; signs -1, 0, 1; 0 for types that speak of no state
    evidence: Floats  # (types, 3, 5) log likelihood less its mean over the states; signs -1, 0, 1; see `of`
    denial: Floats  # (types, 3, 5) the same of the contrary
    before: Floats  # (5,) of the time before a tie was mended
    before_type: ClaimType
    before_weight: float
    before_months: int
    modality: Mapping[Modality, float]
    speaker: Mapping[str, float]
    layer: Mapping[Layer, float]
    change: Floats  # (types,) log ratio by which a claim of the type makes a move likelier: up > 0, down < 0
    change_most: float
    change_weak: float
    change_undated: float
    change_undated_for: int
    change_recent_for: int
    timing: Timing
    tempering: float
    tilt: float
    signs: Floats  # (3, 5) share of the hostile, neutral and cooperative among the events of each state

    @classmethod
    def load(cls, path: Path) -> Parameters:
        """From a model file. Raises `ModelError` for one that makes no sense, naming its table and key."""
        return cls.of(read_model(path))

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Parameters:
        """From the tables of a model file. Raises `KeyError` or `ValueError` for one that makes no sense."""
        chain, change, before = table["chain"], table["change"], table["before"]
        means, evidence, denial = np.zeros((len(TYPES), 3)), np.zeros((len(TYPES), 3, 5)), np.zeros((len(TYPES), 3, 5))
        for name, row in table["emission"].items():
            means[PLACES[ClaimType(name)]] = (row.get("hostile", row["mean"]), row.get("neutral", row["mean"]),
                                              row["mean"])
            for place, mean in enumerate(means[PLACES[ClaimType(name)]]):
                share = bell(mean, row["width"], chain["floor"])
                evidence[PLACES[ClaimType(name)], place] = centred(share)
                denial[PLACES[ClaimType(name)], place] = centred((1 - share) / (1 - share).sum())
        # An event says by its type how things stand: of all its state's events, so many are of this type. Without this
        # a state of which many types speak would gain with every event, whatever its type.
        events = [PLACES[kind] for kind in TYPES
                  if kind.meaning.kind is Kind.EVENT and kind.value in table["emission"]]
        usual = [TYPES[place].meaning.sign + 1 for place in events]
        shares = np.exp(evidence[events, usual])
        shares /= shares.sum(1, keepdims=True)
        evidence[events] -= np.log(shares.sum(0)) - np.log(shares.sum(0)).mean()
        signs = np.zeros((3, 5))
        np.add.at(signs, usual, shares)
        nudges = np.zeros(len(TYPES))
        for key, sign, size in (("up", 1, 1.0), ("up_weak", 1, change["weak"]), ("down", -1, 1.0),
                                ("down_weak", -1, change["weak"])):
            for name in change[key]:
                nudges[PLACES[ClaimType(name)]] = sign * size * np.log(change["ratio"])
        initial = np.asarray(chain["initial"], float)
        return cls(
            move=moves(chain["stay"], chain["neighbour"]), initial=initial / initial.sum(), means=means,
            evidence=evidence,
            denial=denial, before=centred(bell(before["mean"], before["width"], chain["floor"])),
            before_type=ClaimType(before["type"]), before_weight=before["weight"], before_months=before["months"],
            modality={Modality(name): float(weight) for name, weight in table["modality"].items()},
            speaker={name: float(weight) for name, weight in table["speaker"].items()},
            layer={layer: float(table["layer"].get(layer.value, 1.0)) for layer in Layer},
            change=nudges, change_most=change["most"], change_weak=change["weak"],
            change_undated=change["undated"], change_undated_for=change["undated_for"],
            change_recent_for=change["recent_for"], timing=Timing(**table["time"]),
            tempering=chain["tempering"], tilt=chain["tilt"], signs=signs / signs.sum(0))


@cache
def table() -> dict[str, Any]:
    """The shipped model file."""
    return tomllib.loads((files("sides") / "data/ties/model.toml").read_text(encoding="utf-8"))


@cache
def shipped() -> Parameters:
    """The shipped parameters."""
    return Parameters.of(table())


def bell(mean: float, width: float, floor: float) -> Floats:
    """How likely a claim is in each state, up to a factor: a bell around `mean`, and `floor` of it the same for all."""
    share = np.exp(-((LEVELS - mean) ** 2) / (2 * width**2))
    return np.asarray((1 - floor) * share / share.sum() + floor / 5)


def centred(share: Floats) -> Floats:
    """Logarithms less their mean."""
    logs = np.log(share)
    return np.asarray(logs - logs.mean())


def nodes(spread: float, *, is_coarse: bool = False) -> tuple[Floats, Floats]:
    """Seven values of a normal variable of mean 0 and their weights; one value where it has no spread.

    They stand evenly, up to 2.3 standard deviations away: a dyad of many events knows its tone well, and then the
    distance to the nearest value counts for more than the weights (`benchmarks/ties_calibration.py`). `is_coarse`: the
    three of Gauss and Hermite, for a dyad of few events, which leave its tone nearly as open as it was.

    >>> [float(value.round(3)) for value in nodes(1.0)[0]]
    [-2.282, -1.521, -0.761, 0.0, 0.761, 1.521, 2.282]
    """
    if not spread:
        return np.zeros(1), np.ones(1)
    if is_coarse:
        return spread * np.sqrt(3) * np.asarray([-1.0, 0.0, 1.0]), np.asarray([1.0, 4.0, 1.0]) / 6
    values = np.linspace(-2.2, 2.2, 7)
    weights = np.exp(-(values**2) / 2)
    weights /= weights.sum()
    return spread * values / np.sqrt(values**2 @ weights), weights


def moves(stay: float, neighbour: float) -> Floats:
    """The matrix of a month's moves: most stay, of the others `neighbour` go one step, the rest by 1 / distance^2."""
    distance = np.abs(LEVELS[:, None] - LEVELS[None, :])
    found = np.zeros((5, 5))
    for row in range(5):
        near, far = distance[row] == 1, distance[row] > 1
        found[row, near] = neighbour / near.sum()
        found[row, far] = (1 - neighbour) * distance[row, far] ** -2.0 / (distance[row, far] ** -2.0).sum()
    return np.asarray((1 - stay) * found + stay * np.eye(5))
