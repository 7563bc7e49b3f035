"""The balance of a date and over time, as plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from sides.balance.answers import Strain, drawn_from
from sides.balance.certificate import Branching, Packing, Proof
from sides.balance.day import day_of
from sides.balance.frustration import Frustration, frustration
from sides.balance.network import Network
from sides.balance.over_time import Moment
from sides.balance.parts import optima_of, together
from sides.balance.strain import strain
from sides.balance.triads import Triads, triads
from sides.report.counting import counted
from sides.report.states import DECIMALS
from sides.web.asked import Asked
from sides.web.camps import EACH_SECONDS, OPTIMA, Stands, worked_out, year_ends, years
from sides.web.dated import Dated, courses_of, dated, horizon_of
from sides.web.work import Work

Name = Callable[[str], str]
# Draws of each date of a series; and of how many ties and claims a network may be for that.
DRAWS = 60
DRAWN_TIES = 300
DRAWN_CLAIMS = 50_000
CYCLES_SHOWN = 200
STATE_WORDS = {"allied": "allied with", "friendly": "friendly with", "strained": "at odds with",
               "hostile": "hostile to"}


def balance_record(found: Stands, name: Name, most: int) -> dict[str, Any]:
    """The balance of a date."""
    before, one = found.standing.before, found.dated
    result, network = before.strains.base, one.network
    kinds = [before.kind(place) for place in range(network.ties)]
    shown = [int(place) for place in before.order if kinds[int(place)] != "slack"]
    shown.sort(key=lambda place: kinds[place] == "bearing")
    rows = ranked(one, before.triads)
    told = result.proven and before.strains.is_complete
    every = optima_of(result, limit=OPTIMA, strains=before.strains) if told else None
    groups = together(every, range(network.size)) if every else []
    heads = [group[0] for group in groups]
    frustrated = network.frustrated(found.standing.camp_map)
    return {
        "at": str(one.at), "result": index_record(result), "triads": triads_record(before.triads),
        "certificate": certificate_record(result, name),
        "kinds": {kind: kinds.count(kind) for kind in ("every", "some", "bearing", "slack")},
        "ties": [{**pair(one, place, name), "sign": int(network.weight[place]), "state": one.state_of(place).value,
                  "claims": int(one.claims[place]), "is_contested": bool(one.contested[place]), "kind": kinds[place],
                  "change": int(before.strains.change[place]), "proven": bool(before.strains.proven[place]),
                  "frustrated": bool(frustrated[place])} for place in shown[:most]],
        "unbalanced_total": len(rows), "unbalanced": [triangle_record(one, before.triads, row, name)
                                                      for row in rows[:most]],
        "optima": every.count if every else None,
        "always": [[named(network.names[at], name) for at in group] for group in groups] if every else None,
        "never": np.argwhere(np.triu(every.never[np.ix_(heads, heads)], 1)).tolist() if every else None,
        "actors": [{**named(actor, name), "camp": camp} for actor, camp in found.standing.membership.items()],
        "conventions": network.conventions.sentences(), "limits": limits(before, is_named=found.is_named),
    }


def limits(found: Strain, *, is_named: bool = True) -> list[str]:
    """What time did not do for, in words."""
    result, said = found.strains.base, []
    if not result.proven:
        said.append(f"The index is not proven: it lies between {result.lower:g} and {result.upper:g}. Ties are told by "
                    "the best camps found; others may do better.")
    elif not found.strains.is_complete:
        said.append("Time did not do to try every tie: of some that are strained it is not known whether every optimum "
                    "frustrates them, and what flipping others would change is a bound.")
    if not is_named:
        said.append("Camps of other years are still being worked out: the numbers of camps may change.")
    return said


def index_record(result: Frustration) -> dict[str, Any]:
    """An index with its bounds."""
    network = result.network
    return {"index": result.value, "lower": result.lower, "proven": result.proven, "certified": result.certified,
            "actors": network.size, "ties": network.ties, "negative": int((network.weight < 0).sum()),
            "share": round(result.value / network.ties, DECIMALS) if network.ties else None}


def triads_record(found: Triads) -> dict[str, Any]:
    """The census of the triangles."""
    share = found.share()
    return {"triangles": len(found), "counts": found.counts(),
            "balanced": None if share is None else round(share, DECIMALS)}


def certificate_record(result: Frustration, name: Name) -> dict[str, Any]:
    """What proves the lower bound, with its bad cycles where they are few."""
    packings = list(_packings(result.certificate.proof))
    walks = [walk for packing in packings for walk in packing.walks]
    is_whole = len(packings) == 1 and all(amount == packings[0].unit for _, amount in walks)
    bound = int(result.lower)
    if not result.certified:
        words = "No bound is certified."
    elif bound == 0:
        words = ("Nothing is to be proven: no tie is frustrated." if result.value == 0
                 else "No bound above 0 was found in time.")
    elif len(packings) > 1:
        words = (f"Proven by {len(packings)} cases: in each of them bad cycles force at least {bound} ties to be "
                 "frustrated.")
    elif is_whole:
        words = (f"Proven: {counted(len(walks), 'disjoint bad cycle')}, {'of' if len(walks) > 1 else 'in'} "
                 f"{'each of which ' if len(walks) > 1 else 'which '}any division frustrates a tie.")
    else:
        words = f"Proven: {len(walks)} bad cycles, shared out among the ties, force at least {bound} to be frustrated."
    if result.certified and 0 < bound < result.value:
        words = words.replace("Proven", f"Proven, that it is at least {bound}", 1)
    names = result.network.names
    return {"words": words, "total": len(walks), "is_disjoint": is_whole, "cases": len(packings),
            "cycles": [[names[at] for at in actors] for actors, _ in walks] if len(walks) <= CYCLES_SHOWN else []}


def _packings(proof: Proof) -> Iterator[Packing]:
    if isinstance(proof, Branching):
        yield from _packings(proof.together)
        yield from _packings(proof.apart)
    else:
        yield proof


def ranked(one: Dated, found: Triads) -> list[int]:
    """The rows of the unbalanced triangles: those whose ties are farthest from neutral first, then the surest."""
    rows = found.unbalanced()
    ties = found.ties[rows]
    order = np.lexsort((rows, -one.claims[ties].min(axis=1), -one.certainty[ties].min(axis=1),
                        -one.level[ties].min(axis=1)))
    return [int(rows[at]) for at in order]


def triangle_record(one: Dated, found: Triads, row: int, name: Name) -> dict[str, Any]:
    """An unbalanced triangle, and what does not fit in it."""
    network, ties = one.network, [int(at) for at in found.ties[row]]
    ids = [network.names[at] for at in found.actors[row]]
    ends = [(0, 1), (0, 2), (1, 2)]
    return {"kind": "".join(sorted("+" if network.weight[at] > 0 else "-" for at in ties)),
            "weight": int(one.level[ties].min()), "actors": [named(actor, name) for actor in ids],
            "ties": [(ids[left], ids[right], int(network.weight[at]), one.state_of(at).value)
                     for (left, right), at in zip(ends, ties, strict=True)],
            "says": triangle_words([name(actor) for actor in ids], [one.state_of(at).value for at in ties])}


def triangle_words(names: list[str], states: list[str]) -> str:
    """What does not fit together, from the states of the ties of the first and second, first and third, second and
    third.

    >>> triangle_words(["Hamas", "Iran", "Syria"], ["allied", "hostile", "friendly"])
    'Hamas is allied with Iran, and Iran friendly with Syria, yet Hamas is hostile to Syria.'
    """
    foes = [place for place, state in enumerate(states) if state in ("strained", "hostile")]
    words = [STATE_WORDS[state] for state in states]
    if len(foes) == 3:
        return (f"{names[0]} is {words[0]} {names[1]} and {words[1]} {names[2]}, and {names[1]} {words[2]} {names[2]}: "
                "of three foes, two would have to share a camp.")
    between = {0: 2, 1: 1, 2: 0}[foes[0]]
    one, other = (place for place in range(3) if place != between)
    tie = {frozenset((0, 1)): 0, frozenset((0, 2)): 1, frozenset((1, 2)): 2}
    return (f"{names[one]} is {words[tie[frozenset((one, between))]]} {names[between]}, and {names[between]} "
            f"{words[tie[frozenset((between, other))]]} {names[other]}, yet {names[one]} is {words[foes[0]]} "
            f"{names[other]}.")


def pair(one: Dated, place: int, name: Name) -> dict[str, Any]:
    """The actors of a tie."""
    names = one.network.names
    return {"left": named(names[one.network.first[place]], name),
            "right": named(names[one.network.second[place]], name)}


def named(actor: str, name: Name) -> dict[str, str]:
    """An actor by id and name."""
    return {"id": actor, "name": name(actor)}


def dates(asked: Asked, every: str) -> list[int]:
    """The months that a series has: the last of each year, or all, from the first that is told of."""
    courses = courses_of(asked)
    if every == "years" or not courses.left.size:
        return year_ends(asked)
    return list(range(courses.begin, horizon_of(courses) + 1))


def points(asked: Asked, every: str) -> Work[dict[str, Any]]:
    """The balance of each year or month, whatever date is asked about."""
    months = dates(asked, every)

    def made() -> Work[dict[str, Any]]:
        return Work(_of_years(years(asked)) if every == "years" else _of_months(asked, months), len(months))

    return asked.serving.once(("points", every, *asked.key), made)


def bands(asked: Asked, every: str) -> Work[dict[str, Any] | None]:
    """How far the index ranges at each year or month where ties are drawn by their probabilities; `None`: not told."""
    months = dates(asked, every)
    return asked.serving.once(("bands", every, *asked.key), lambda: Work(
        (band(asked, dated(asked, month)) for month in months), len(months)))


def _of_years(work: Work[Moment]) -> Iterator[dict[str, Any]]:
    for place in range(work.of):
        found, _ = work.items(float("inf"), place + 1)
        one = found[place]
        yield {**_point(str(one.at), one.balance.result, one.balance.triads,
                        int(one.strains.some.sum()) if one.strains else None),
               "camps": {str(camp): len(members) for camp, members in one.camps.items()},
               "passings": [{"id": passing.actor, "before": passing.before, "now": passing.now}
                            for passing in one.passings]}


def _of_months(asked: Asked, months: list[int]) -> Iterator[dict[str, Any]]:
    before: tuple[bytes, Frustration, Triads, int | None] | None = None
    for month in months:
        one = dated(asked, month)
        network = one.network
        same = b"|".join((repr(network.names).encode(), network.first.tobytes(), network.second.tobytes(),
                          network.weight.tobytes()))
        if before is None or before[0] != same:
            before = same, *worked_out(asked, network)(measured, network)
        yield {**_point(str(one.at), *before[1:]), "camps": None, "passings": []}


def measured(network: Network) -> tuple[Frustration, Triads, int | None]:
    """The index, the triangles and how many ties are strained; `None`: the index is not proven."""
    result = frustration(network, seconds=EACH_SECONDS)
    strained = int(strain(network, base=result, seconds=EACH_SECONDS).some.sum()) if result.proven else None
    return result, triads(network), strained


def _point(at: str, result: Frustration, census: Triads, strained: int | None) -> dict[str, Any]:
    return {"at": at, "result": index_record(result), "triads": triads_record(census), "strained": strained}


def is_drawn(one: Dated) -> bool:
    """Whether networks like this one are drawn to tell how sure its index is: it takes its ties with all evidence."""
    return one.network.ties <= DRAWN_TIES and int(one.claims.sum()) <= DRAWN_CLAIMS


def band(asked: Asked, one: Dated) -> dict[str, Any] | None:
    """How far the index ranges where ties are drawn by their probabilities; of small networks."""
    if not is_drawn(one) or not one.network.ties:
        return None
    ties = asked.serving.once(("ties", *asked.key), lambda: asked.ledger.ties(**asked.voices))
    drawn = drawn_from(day_of(ties, one.at), DRAWS)
    low, high = drawn.interval()
    return {"low": low, "median": float(np.median(drawn.index)), "high": high, "draws": DRAWS, "proven": drawn.proven}
