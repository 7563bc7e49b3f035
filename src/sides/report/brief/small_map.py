"""The small map of a brief: two actors, those around them, and how they stand, as a drawing."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from sides.report.brief.values import MapTie, SmallMap
from sides.ties.states import State

WIDTH, HEIGHT = 480, 260
ENDS = ((52, 130), (428, 130))  # the two
ROWS = (26, 234)  # those around them, half above and half below
LONGEST = 18  # characters of a name; it is whole in the drawing's words
# How a state is drawn beside its colour: width and sign, which print without colours too.
WIDTHS = {State.HOSTILE: 4.0, State.STRAINED: 2.0, State.NEUTRAL: 1.2, State.FRIENDLY: 2.0, State.ALLIED: 4.0}
SIGNS = {State.HOSTILE: "−", State.STRAINED: "−", State.NEUTRAL: "=", State.FRIENDLY: "+", State.ALLIED: "+"}

# How far toward the one around them a tie's sign stands, for ties of the left and of the right: never one on another.
SIGN_AT = (.62, .79)


def small_map(drawn: SmallMap, colours: Mapping[State, str]) -> str:
    """The map as SVG."""
    places = _places(len(drawn.names))
    lines = "".join(_line(one, places, colours) for one in drawn.ties)
    names = "".join(_name(name, *place) for name, place in zip(drawn.names, places, strict=True))
    return (f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="Map of the ties around the two" '
            f'font-family="inherit">{lines}{names}</svg>')


def _places(count: int) -> list[tuple[float, float]]:
    """The two at the left and the right, the others in two rows between them."""
    others = count - 2
    above = (others + 1) // 2
    places: list[tuple[float, float]] = list(ENDS)
    for row, some in zip(ROWS, (above, others - above), strict=True):
        places += [(WIDTH * (place + .5) / some, row) for place in range(some)]
    return places


def _line(one: MapTie, places: list[tuple[float, float]], colours: Mapping[State, str]) -> str:
    (x1, y1), (x2, y2) = places[one.one], places[one.other]
    share = .5 if one.other == 1 else SIGN_AT[one.one]
    x, y = x1 + (x2 - x1) * share, y1 + (y2 - y1) * share
    colour = colours[one.state]
    dash = ' stroke-dasharray="7 4"' if one.state.level < 0 else ""
    return (f'<g><title>{escape(one.words)}</title><path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="{colour}" '
            f'stroke-width="{WIDTHS[one.state]}"{dash}/><circle cx="{x:.1f}" cy="{y:.1f}" r="7" fill="#fff" '
            f'stroke="{colour}"/><text x="{x:.1f}" y="{y + 4:.1f}" text-anchor="middle" font-size="12" '
            f'fill="#1b1f24">{SIGNS[one.state]}</text></g>')


def _name(name: str, x: float, y: float) -> str:
    short = name if len(name) <= LONGEST else name[:LONGEST - 1].rstrip() + "…"
    width = 7.4 * len(short) + 12
    left = min(max(x - width / 2, 1), WIDTH - width - 1)
    return (f'<g><title>{escape(name)}</title><rect x="{left:.1f}" y="{y - 11:.1f}" width="{width:.1f}" height="22" '
            f'rx="4" fill="#fff" stroke="#5c6670"/><text x="{left + width / 2:.1f}" y="{y + 4:.1f}" '
            f'text-anchor="middle" font-size="12" fill="#1b1f24">{escape(short)}</text></g>')
