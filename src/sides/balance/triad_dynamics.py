"""Ties that change one at a time to mend their triangles: local and constrained triad dynamics.

Antal, Krapivsky & Redner 2005, "Dynamics of social balance on networks", Physical Review E 72, 036121, and 2006,
"Social balance on networks: the dynamics of friendship and enmity", Physica D 224. Theirs run on a complete network, in
which everybody has a tie with everybody (`complete_network`); here they run on the triangles of any network, and a tie
of no triangle stays as it is. Signs change, |weights| do not.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from sides.balance.network import Ints, Network
from sides.balance.triads import Triads, triads
from sides.model.errors import NetworkError

Floats = NDArray[np.float64]
Outcome = Literal["balanced", "jammed", "unsettled"]
Signs = NDArray[np.int8]

INTERPRETED = 4096  # so many steps are over before a compiler would have been loaded


@dataclass(frozen=True, slots=True, eq=False)
class TriadRun:
    """One run of triad dynamics.

    `outcome` is `balanced` (no triangle is unbalanced under two camps), `jammed` (constrained dynamics: some are, and
    each flip of a tie would add to them) or `unsettled` (the steps ran out). `ending` is the network as it then was;
    `steps` how many draws were made, `flips` how many of them changed a tie. The history, shape (h,), is at the draws
    `at`: the share of triangles `balanced` (1 of a network without any), and of ties `friendly`.
    """

    start: Network
    ending: Network
    outcome: Outcome
    steps: int
    flips: int
    at: Ints
    balanced: Floats
    friendly: Floats


def local_triad_dynamics(network: Network, *, peace: float, steps: int, random: np.random.Generator,
                         every: int | None = None) -> TriadRun:
    """Local triad dynamics: each step draws a triangle, and mends it if it is unbalanced.

    Of `++-`, the hostile tie turns friendly with probability `peace` (the papers' p), else one of the friendly ones,
    either as likely, turns hostile; of `---`, any one turns friendly. Other triangles may be broken by that. A complete
    network of many actors comes to universal friendship where p >= 1/2, and where p < 1/2 stays unbalanced for a time
    that grows exponentially, with a share of friendly ties near `lasting_friendship(p)`.

    Stops where all is balanced, or after `steps`. `every` is how many draws lie between two points of the history: as
    many as there are ties, if not given. The same `random`, `steps` and `every` give the same run.

    Raises `NetworkError` for a probability that is none, or steps that are not positive.

    >>> war = Network.from_edges([("a", "b", -1), ("a", "c", -1), ("b", "c", -1)])
    >>> run = local_triad_dynamics(war, peace=0.5, steps=100, random=np.random.default_rng(1))
    >>> run.outcome, run.steps, run.friendly.tolist()
    ('balanced', 1, [0.0, 0.3333333333333333])
    """
    if not 0 <= peace <= 1:
        raise NetworkError(f"peace is a probability, not {peace}. Give a number from 0 to 1.")
    found = triads(network)

    def draw(many: int) -> tuple[Ints, Floats]:
        return random.integers(len(found), size=many), random.random((many, 2))

    return _run(found, draw, peace, steps, every)


def constrained_triad_dynamics(network: Network, *, steps: int, random: np.random.Generator,
                               every: int | None = None) -> TriadRun:
    """Constrained triad dynamics: each step draws a tie, any one of those in triangles as likely, and flips it if fewer
    triangles are then unbalanced; if as many are, with probability 1/2.

    Never unbalances more triangles than before, and so ends balanced, in two camps or one if the network is complete,
    or jammed: soon on a complete network, perhaps late on a sparse one, where a tie often has as many balanced
    triangles as unbalanced ones. Other arguments and errors as in `local_triad_dynamics`.
    """
    found = triads(network)
    held = np.unique(found.ties)

    def draw(many: int) -> tuple[Ints, Floats]:
        return held[random.integers(len(held), size=many)], random.random((many, 2))

    return _run(found, draw, None, steps, every)


def lasting_friendship(peace: float) -> float:
    """The share of friendly ties in which local triad dynamics stays on a large complete network: 1 where p >= 1/2,
    else 1 / (sqrt(3 (1 - 2p)) + 1) (Antal, Krapivsky & Redner 2005)."""
    return 1.0 if peace >= 0.5 else 1 / (float(np.sqrt(3 * (1 - 2 * peace))) + 1)


def complete_network(size: int, *, friendly: float, random: np.random.Generator) -> Network:
    """A complete network of `size` actors, each tie friendly with this probability, else hostile."""
    first, second = np.triu_indices(size, 1)
    sign = np.where(random.random(len(first)) < friendly, 1, -1)
    return Network.from_arrays([str(at) for at in range(size)], first, second, sign)


def _run(found: Triads, draw: Callable[[int], tuple[Ints, Floats]], peace: float | None, steps: int,
         every: int | None) -> TriadRun:
    """Steps in stretches of `every` until nothing moves any more; constrained without a `peace`."""
    network, constrained = found.network, peace is None
    every = max(network.ties, 1) if every is None else every
    if steps < 1 or every < 1:
        raise NetworkError(f"A run takes one step or more, not {steps}, told every {every}. Give larger numbers.")
    sign = np.sign(network.weight).astype(np.int8)
    around = np.argsort(found.ties.ravel(), kind="stable") // 3
    many_at = np.bincount(found.ties.ravel(), minlength=network.ties)
    bounds = np.concatenate(([0], np.cumsum(many_at)))
    bad, bad_at = found.hostile % 2, found.unbalanced_at()
    left, done, flips = int(bad.sum()), 0, 0
    history = [(0, left, int((sign > 0).sum()))]
    jammed = False
    while left and done < steps and not jammed:
        many = min(every, steps - done)
        kernel = _compiled() if done + many > INTERPRETED else _steps
        taken, flipped, left = kernel(*draw(many), constrained, peace or 0.0, found.ties, around, bounds, sign, bad,
                                      bad_at, left)
        done, flips = done + taken, flips + flipped
        history.append((done, left, int((sign > 0).sum())))
        jammed = constrained and left > 0 and not (2 * bad_at >= many_at)[many_at > 0].any()
    at, unbalanced, friendly = np.array(history, np.int64).T
    outcome: Outcome = "balanced" if not left else "jammed" if jammed else "unsettled"
    ending = replace(network, weight=np.abs(network.weight) * sign.astype(np.int64))
    return TriadRun(network, ending, outcome, done, flips, at, 1 - unbalanced / max(len(found), 1),
                    friendly / max(network.ties, 1))


def _steps(which: Ints, chance: Floats, constrained: bool, peace: float, ties: Ints, around: Ints, bounds: Ints,
           sign: Signs, bad: Ints, bad_at: Ints, left: int) -> tuple[int, int, int]:
    """One step for each of `which` (ties if constrained, else triangles), until no triangle is unbalanced.

    `around[bounds[i]:bounds[i + 1]]` are the triangles of tie i; `sign`, `bad` (of a triangle) and `bad_at` (how many
    of a tie) are kept up to date. Returns how many steps were taken, how many flipped a tie, and how many triangles are
    left unbalanced.
    """
    flips = 0
    for step in range(len(which)):
        if constrained:
            tie = which[step]
            more = bounds[tie + 1] - bounds[tie] - 2 * bad_at[tie]
            if more > 0 or (more == 0 and chance[step, 0] >= 0.5):
                continue
        else:
            row = which[step]
            if not bad[row]:
                continue
            if sign[ties[row, 0]] + sign[ties[row, 1]] + sign[ties[row, 2]] == -3:
                corner = int(3 * chance[step, 1])
            else:
                corner = 0
                while sign[ties[row, corner]] > 0:
                    corner += 1
                if chance[step, 0] >= peace:
                    corner = (corner + 1 + int(2 * chance[step, 1])) % 3
            tie = ties[row, corner]
        flips += 1
        sign[tie] = -sign[tie]
        for place in range(bounds[tie], bounds[tie + 1]):
            touched = around[place]
            bad[touched] = 1 - bad[touched]
            change = 2 * bad[touched] - 1
            left += change
            for corner in range(3):
                bad_at[ties[touched, corner]] += change
        if left == 0:
            return step + 1, flips, left
    return len(which), flips, left


@functools.cache
def _compiled() -> Any:
    from numba import njit

    return njit(cache=True)(_steps)
