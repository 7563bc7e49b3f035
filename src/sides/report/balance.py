"""How far a network is from balance, at a date and over time. An index is never told without what is proven of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

import numpy as np
from rich.console import Group, RenderableType
from rich.text import Text

from sides.balance.answers import WALKED, Balance
from sides.balance.day import Day
from sides.balance.frustration import Frustration
from sides.balance.network import Network
from sides.balance.triads import Triads
from sides.model.dates import PartialDate
from sides.report.counting import counted
from sides.report.states import DECIMALS, percent

Name = Callable[[str], str]
# A first screen: what is left out is told by number, and stands in the JSON.
SHOWN = 10
LONGEST_WALK = 6


def balance_answer(found: Balance, name: Name) -> RenderableType:
    """The balance of a network as a page of a terminal."""
    return Group(*_parts(found, name))


def _parts(found: Balance, name: Name) -> Iterator[RenderableType]:
    result, network = found.result, found.result.network
    yield heading("Balance", network, found.day)
    yield index_line(result, found.share)
    yield Text(f"Triangles: {triads_words(found.triads, weak=is_weak(result))}")
    yield Text(f"Closed walks: {_walks_words(found)}")
    frustrated = np.flatnonzero(result.frustrated)
    if len(frustrated):
        yield Text("\nTies that the camps found frustrate" + more(SHOWN, len(frustrated)), style="bold")
        for place in frustrated[:SHOWN]:
            yield Text(f"  {tie_words(network, int(place), name)}")
        yield Text("  Other camps may do as well and frustrate others: see sides strain.", style="dim")
    yield conventions_lines(network)


def heading(what: str, network: Network, day: Day | None) -> Text:
    """What is asked about: the date, and how many actors and ties."""
    when = f" in {day.at}{f', known by {day.known}' if day.known else ''}" if day else ""
    plus = int((network.weight > 0).sum())
    line = Text(f"{what}{when}", style="bold")
    line.append(f": {counted(network.size, 'actor')}, {counted(network.ties, 'tie')}, {plus} positive and "
                f"{network.ties - plus} negative", style="not bold")
    return line


def index_line(result: Frustration, share: float | None = None) -> Text:
    """The frustration index with what is proven of it."""
    line = Text(f"Frustration index, {camps_words(result.allowed)}: ")
    line.append(index_words(result), style="bold")
    if share is not None:
        line.append(f", {'' if result.proven else '≤ '}{percent(share)} of "
                    f"{'the weight of all ties' if result.network.conventions.weighted else 'all ties'}")
    sure = ("proven" if result.proven else "not proven") + (", certificate checked" if result.certified else "")
    line.append(f" ({sure}; {result.seconds:.2f} s)", style="dim")
    return line


def index_words(result: Frustration) -> str:
    """The index as a number, or as the bounds that it lies between."""
    return f"{result.value:g}" if result.proven else f"≤ {result.upper:g}, ≥ {result.lower:g}"


def camps_words(allowed: int | None) -> str:
    """How many camps are allowed."""
    return "any number of camps" if allowed is None else "two camps" if allowed == 2 else f"{allowed} camps"


def is_weak(result: Frustration) -> bool:
    """Whether three mutual foes are balanced: not where there are two camps only."""
    return result.allowed != 2


def triads_words(found: Triads, *, weak: bool) -> str:
    """How many triangles there are of each kind, and how many are balanced."""
    share = found.share(weak=weak)
    if share is None:
        return "none"
    kinds = ", ".join(f"{signs(kind)} {count}" for kind, count in found.counts().items())
    return f"{len(found)}, {percent(share)} balanced ({kinds})"


def signs(kind: str) -> str:
    """The signs of a triangle, as they are written."""
    return kind.replace("-", "−")


def _walks_words(found: Balance) -> str:
    if found.walks is None:
        return f"not asked for; of more than {WALKED} actors it takes long (--walks)"
    shares = [f"{length}: {percent(float(share))}" for length, share in
              enumerate(found.walks.by_length(LONGEST_WALK)) if length > 2 and not np.isnan(share)]
    return (f"degree of balance {found.walks.degree:.3f}"
            + (f"; balanced of those of length {', '.join(shares)}" if shares else ""))


def tie_words(network: Network, place: int, name: Name) -> str:
    """A tie by its actors and sign, with its weight where ties have any."""
    left, right = network.names[network.first[place]], network.names[network.second[place]]
    weight = int(network.weight[place])
    size = f" {abs(weight) / network.scale:g}" if network.conventions.weighted else ""
    return f"{name(left)} {'+' if weight > 0 else '−'}{size} {name(right)}"


def conventions_lines(network: Network, of: str = "") -> RenderableType:
    """How reports became ties: what changes an index. `of`: of which of several networks."""
    return Group(Text(f"\nHow it was counted{of}", style="bold"),
                 *(Text(f"  {sentence}", style="dim") for sentence in network.conventions.sentences()))


def more(shown: int, total: int) -> str:
    """How many of all are shown, where it is not all."""
    return f" ({shown} of {total}; all with --json)" if total > shown else ""


def balance_record(found: Balance, name: Name) -> dict[str, Any]:
    """The balance of a network as plain values for JSON."""
    result = found.result
    weak = is_weak(result)
    return {
        **network_record(result, found.day),
        "share": _rounded(found.share),
        "triads": triads_record(found.triads, weak=weak),
        "walks": None if found.walks is None else {
            "degree": found.walks.degree, "log_degree": _rounded(found.walks.log_degree),
            "inverse_temperature": found.walks.inverse_temperature,
            "balanced_by_length": [None if np.isnan(one) else _rounded(float(one))
                                   for one in found.walks.by_length(LONGEST_WALK)]},
        "frustrated": [tie_record(result.network, int(place), name) for place in np.flatnonzero(result.frustrated)],
    }


def network_record(result: Frustration, day: Day | None) -> dict[str, Any]:
    """An index with its bounds, and what it is of, as plain values."""
    network = result.network
    said = network.conventions
    return {
        **({"at": str(day.at), "known": str(day.known) if day.known else None} if day else {}),
        "value": result.value, "lower": result.lower, "upper": result.upper, "proven": result.proven,
        "certified": result.certified, "seconds": round(result.seconds, 6), "camps_allowed": result.allowed,
        "camps": len(np.unique(result.camps)), "n": network.size, "m": network.ties,
        "negative": int((network.weight < 0).sum()),
        "conventions": {**{key: str(value) if isinstance(value, PartialDate) else value
                           for key, value in _fields(said).items()}, "sentences": said.sentences()},
    }


def _fields(said: Any) -> dict[str, Any]:
    return {key: getattr(said, key) for key in asdict(said)}


def triads_record(found: Triads, *, weak: bool) -> dict[str, Any]:
    """The census of the triangles as plain values."""
    return {"triangles": len(found), "counts": found.counts(), "balanced": _rounded(found.share(weak=weak)),
            "balanced_by_weight": _rounded(found.share(weak=weak, weighted=True)), "is_weak": weak}


def tie_record(network: Network, place: int, name: Name) -> dict[str, Any]:
    """A tie of a signed network as plain values."""
    left, right = network.names[network.first[place]], network.names[network.second[place]]
    return {"left": {"id": left, "name": name(left)}, "right": {"id": right, "name": name(right)},
            "weight": int(network.weight[place]) / network.scale}


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, DECIMALS) + 0.0  # no -0.0
