"""Where actors stand on the map: one place for each, whatever date, lens or knowledge is asked about.

Friends are drawn together and rivals apart by the forces of a signed graph: everybody repels everybody by his ties, and
friendship attracts by the logarithm of the distance, which sets groups apart (Noack 2009, "Modularity clustering is
force-directed layout"; Jacomy et al. 2014, ForceAtlas2); a rivalry repels instead. Repulsion is summed over a grid by
Fourier transforms, as Linderman et al. 2019 do for t-SNE. Deterministic: places begin at a hash of the actor's id.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sides.ties.atlas_columns import AtlasColumns
from sides.ties.evidence_columns import Ints, grouped

Doubles = NDArray[np.float64]

STEPS, STEPS_AGAIN = 400, 60
CELLS = 64  # of the grid, a side
GRAVITY = 0.05
PART = 4.0  # how much stronger than a friendship a part is drawn to its whole
MOST = 0.5  # from this share of old actors on they stay
# No two actors are nearer than this share of the side of a square that each has for itself.
APART = 0.5
PUSHES = 400
EVEN = 0.5  # how far the crowd in the middle is spread: 0 not at all, 1 until every ring is as full


@dataclass(frozen=True, slots=True)
class Graph:
    """All actors that claims speak of, with their ties of all time."""

    actors: tuple[str, ...]  # sorted
    left: Ints  # places
    right: Ints
    balance: Doubles  # of each pair, from -1 (rivals) to 1 (friends)
    is_part: NDArray[np.bool_]  # one counts for the other at some time


def union_graph(atlas: AtlasColumns) -> Graph:
    """The actors of all claims themselves and those whom they count for, from the atlas of everybody's word."""
    claims = atlas.claims
    own = {name: place for place, name in enumerate(atlas.sides)}
    raw = np.asarray([own[name] for name in claims.names], np.int64)
    has_third = claims.third >= 0
    pairs = [(atlas.left[atlas.dyad], atlas.right[atlas.dyad], claims.sign[atlas.row], False),
             (raw[claims.source], raw[claims.target], claims.sign, False),
             (raw[claims.source][has_third], raw[claims.third[has_third]], claims.sign[has_third], False)]
    for name, whole in atlas.counted:  # each who counts for another, and whom for
        pairs.append((np.asarray([own[name]]), np.asarray([own[whole]]), np.ones(1, np.int64), True))
    one, other, sign = (np.concatenate([pair[place] for pair in pairs]) for place in range(3))
    is_part = np.concatenate([np.full(len(pair[0]), pair[3]) for pair in pairs])
    low, high = np.minimum(one, other), np.maximum(one, other)
    kept = low != high
    key = grouped(low[kept], high[kept])
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    signs = np.bincount(inverse, sign[kept])
    counts = np.bincount(inverse)
    present, places = np.unique(np.concatenate([low[kept][first], high[kept][first]]), return_inverse=True)
    left, right = np.split(places, 2)
    return Graph(tuple(atlas.sides[place] for place in present.tolist()), left, right, signs / (counts + 2),
                 np.bincount(inverse, is_part[kept]) > 0)


def layout(graph: Graph, before: Mapping[str, tuple[float, float]] | None = None) -> Doubles:
    """(N, 2) the place of each actor in the square from -1 to 1; no two of them overlap.

    `before`: where actors stood in an earlier version. Where most are of them, they stay but for the room that others
    need, and who is new comes to those it has ties with; otherwise all move, from where they stood.
    """
    count = len(graph.actors)
    if count < 2:
        return np.zeros((count, 2))
    old = before or {}
    is_old = np.asarray([actor in old for actor in graph.actors], bool)
    places = np.asarray([old.get(actor) or _begun(actor) for actor in graph.actors], float)
    if is_old.any():
        places[~is_old] = _among(graph, places, is_old)[~is_old]
    is_held = is_old & (is_old.mean() >= MOST)
    if not is_held.all():
        scale = np.sqrt(count)
        places = _settled(graph, places * scale, is_held, STEPS_AGAIN if is_held.any() else STEPS) / scale
    if not is_held.any():
        places = _even(places)
    return _apart(places, APART * 2 / np.sqrt(count))


def _begun(actor: str) -> tuple[float, float]:
    """A place of the disc that hangs on the id alone."""
    digest = hashlib.blake2b(actor.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    radius, angle = (int.from_bytes(part, "little") / 2**64 for part in (digest[:8], digest[8:]))
    return (float(np.sqrt(radius) * np.cos(2 * np.pi * angle)), float(np.sqrt(radius) * np.sin(2 * np.pi * angle)))


def _among(graph: Graph, places: Doubles, is_old: NDArray[np.bool_]) -> Doubles:
    """(N, 2) the middle of the old actors that each has ties with, a little beside it; where it was without any."""
    sums, counts = np.zeros_like(places), np.zeros(len(places))
    for one, other in ((graph.left, graph.right), (graph.right, graph.left)):
        known = is_old[other]
        np.add.at(sums, one[known], places[other[known]])
        np.add.at(counts, one[known], 1)
    found = sums / np.maximum(counts, 1)[:, None] + 0.05 * places
    return np.where(counts[:, None] > 0, found, places)


def _settled(graph: Graph, places: Doubles, is_held: NDArray[np.bool_], steps: int) -> Doubles:
    """The places once the forces have acted for so many steps, each a little cooler than the one before."""
    count = len(places)
    degree = 1 + np.bincount(np.concatenate([graph.left, graph.right]), minlength=count).astype(float)
    mass = np.sqrt(degree)  # hubs keep room about them, but not all of it
    pull = np.where(graph.is_part, PART, np.maximum(graph.balance, 0)) + 0.02
    push = np.maximum(-graph.balance, 0) * ~graph.is_part
    kernels = _kernels()
    heat = 0.1 * np.sqrt(count)
    for step in range(steps):
        force = mass[:, None] * _repulsion(places, mass, kernels)
        apart = places[graph.right] - places[graph.left]
        distance = np.sqrt((apart**2).sum(1)) + 1e-6
        along = ((pull * np.log1p(distance) - 4 * push / (1 + distance)) / distance)[:, None] * apart
        np.add.at(force, graph.left, along)
        np.subtract.at(force, graph.right, along)
        force -= GRAVITY * mass[:, None] * places
        force /= mass[:, None]
        force[is_held] = 0
        size = np.sqrt((force**2).sum(1)) + 1e-9
        most = heat * (1 - step / steps)
        places = places + force * np.minimum(1, most / size)[:, None]
    return places


def _kernels() -> tuple[NDArray[np.complex128], NDArray[np.complex128]]:
    """What one unit of mass does to each cell around it, transformed."""
    far = np.fft.fftfreq(2 * CELLS, 1 / (2 * CELLS))
    down, right = np.meshgrid(far, far, indexing="ij")
    square = down**2 + right**2 + 0.5
    return np.fft.rfft2(right / square), np.fft.rfft2(down / square)


def _repulsion(places: Doubles, mass: Doubles, kernels: tuple[NDArray[np.complex128], NDArray[np.complex128]],
               ) -> Doubles:
    """(N, 2) the sum over all others of their mass by the distance, away from them."""
    low = places.min(0)
    cell = float((places.max(0) - low).max()) / (CELLS - 2) + 1e-9
    at = (places - low) / cell
    corner = at.astype(np.int64)
    share = at - corner
    corners, shares = [], []
    for right in (0, 1):
        for down in (0, 1):
            corners.append((corner[:, 1] + down) * (2 * CELLS) + corner[:, 0] + right)
            shares.append(np.abs(1 - right - share[:, 0]) * np.abs(1 - down - share[:, 1]))
    index, weight = np.stack(corners), np.stack(shares)
    grid = np.bincount(index.ravel(), (weight * mass).ravel(), 4 * CELLS * CELLS).reshape(2 * CELLS, 2 * CELLS)
    turned = np.fft.rfft2(grid)
    fields = [np.fft.irfft2(turned * kernel, grid.shape).ravel() for kernel in kernels]
    return np.stack([(field[index] * weight).sum(0) for field in fields], 1) / cell


def _even(places: Doubles) -> Doubles:
    """The places with the crowd in the middle spread, within the disc of radius 1; who is where around whom stays."""
    centred = places - places.mean(0)
    radius = np.sqrt((centred**2).sum(1)) + 1e-9
    rank = np.argsort(np.argsort(radius, kind="stable"), kind="stable")
    wanted = EVEN * np.sqrt((rank + 1) / len(places)) + (1 - EVEN) * radius / radius.max()
    return np.asarray(centred / radius[:, None] * wanted[:, None])


def _apart(places: Doubles, least: float) -> Doubles:
    """The places pushed apart until no two are nearer than `least`, within the square from -1 to 1."""
    places = places.copy()
    for _ in range(PUSHES):
        np.clip(places, -1, 1, out=places)
        one, other = _near(places, least)
        if not len(one):
            return places
        between = places[other] - places[one]
        distance = np.sqrt((between**2).sum(1))
        beside = np.stack([np.cos(one + other), np.sin(one + 2.0 * other)], 1)  # of two in one place
        way = np.where(distance[:, None] > 1e-9, between / np.maximum(distance, 1e-9)[:, None], beside)
        step = way * (0.55 * (least - distance))[:, None]
        np.add.at(places, other, step)
        np.subtract.at(places, one, step)
    return _in_cells(places, least)


def _near(places: Doubles, least: float) -> tuple[Ints, Ints]:
    """The pairs that are nearer than `least`."""
    cell = np.floor((places + 2) / least).astype(np.int64)
    width = int(4 / least) + 3
    key = cell[:, 1] * width + cell[:, 0]
    order = np.argsort(key, kind="stable")
    ones, others = [], []
    for step in (0, 1, width - 1, width, width + 1):
        begin, end = (np.searchsorted(key[order], key + step, side=side) for side in ("left", "right"))
        one = np.repeat(np.arange(len(places)), end - begin)
        other = order[np.arange(len(one)) - np.repeat(np.cumsum(end - begin) - (end - begin), end - begin)
                      + np.repeat(begin, end - begin)]
        kept = (one < other) if step == 0 else np.ones(len(one), bool)
        one, other = one[kept], other[kept]
        near = ((places[one] - places[other]) ** 2).sum(1) < least**2 * (1 - 1e-9)
        ones.append(one[near])
        others.append(other[near])
    return np.concatenate(ones), np.concatenate(others)


def _in_cells(places: Doubles, least: float) -> Doubles:
    """Each in the free cell of a lattice that is nearest to it: what is left where pushing has found no room."""
    side = np.arange(-1, 1 + 1e-9, least)
    cells = np.stack(np.meshgrid(side, side), -1).reshape(-1, 2)
    is_free = np.ones(len(cells), bool)
    found = np.empty_like(places)
    for place in range(len(places)):
        free = np.flatnonzero(is_free)
        chosen = free[((cells[free] - places[place]) ** 2).sum(1).argmin()]
        found[place], is_free[chosen] = cells[chosen], False
    return found


def placed(actors: Sequence[str], places: Doubles) -> dict[str, tuple[float, float]]:
    """The places by actor, as `layout` takes them."""
    return {actor: (float(x), float(y)) for actor, (x, y) in zip(actors, places.tolist(), strict=True)}
