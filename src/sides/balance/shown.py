"""A signed network as a notebook shows it: a small picture of a small one, and its heaviest ties."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from math import cos, pi, sin
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from sides.balance.network import Network

DRAWN = 24  # actors: with more, names on a circle overlap
LISTED = 10  # ties
SIZE_PX, RADIUS_PX = 360, 120
FRIENDS, FOES = "#542788", "#b35806"


def network_words(network: Network) -> str:
    """A network in one line."""
    friends = int((network.weight > 0).sum())
    return (f"<Network of {network.size} actors and {network.ties} ties: {friends} friendly, "
            f"{network.ties - friends} hostile>")


def network_html(network: Network) -> str:
    """A network as HTML. Names are escaped."""
    return "".join(_parts(network))


def _parts(network: Network) -> Iterator[str]:
    yield f'<div class="sides-network"><p>{escape(network_words(network)[1:-1])}</p>'
    if 0 < network.size <= DRAWN:
        yield from _picture(network)
    order = np.lexsort((np.arange(network.ties), -np.abs(network.weight)))[:LISTED]
    if len(order):
        yield f"<p>{len(order)} of {network.ties} ties:</p><table><tbody>"
        for place in order:
            one, other = (escape(network.names[at]) for at in (network.first[place], network.second[place]))
            weight = int(network.weight[place]) / network.scale
            yield f"<tr><td>{one}</td><td>{other}</td><td>{weight:+g}</td></tr>"
        yield "</tbody></table>"
    yield "</div>"


def _picture(network: Network) -> Iterator[str]:
    middle = SIZE_PX / 2
    angles = [2 * pi * at / network.size - pi / 2 for at in range(network.size)]
    spots = [(middle + RADIUS_PX * cos(angle), middle + RADIUS_PX * sin(angle)) for angle in angles]
    yield (f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE_PX}" height="{SIZE_PX}" role="img" '
           f'aria-label="{escape(network_words(network)[1:-1])}">')
    for one, other, weight in zip(network.first, network.second, network.weight, strict=True):
        (x1, y1), (x2, y2) = spots[one], spots[other]
        colour, dashes = (FRIENDS, "") if weight > 0 else (FOES, ' stroke-dasharray="5 3"')  # told apart without colour
        yield (f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" '
               f'stroke-width="1.5"{dashes}/>')
    for name, angle, (x, y) in zip(network.names, angles, spots, strict=True):
        anchor = "middle" if abs(cos(angle)) < 0.3 else "start" if cos(angle) > 0 else "end"
        yield (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4"/><text x="{x + 8 * cos(angle):.1f}" '
               f'y="{y + 12 * sin(angle) + 3:.1f}" font-size="10" text-anchor="{anchor}">{escape(name)}</text>')
    yield "</svg>"
